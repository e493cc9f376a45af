//! What we make of an input.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pressoir::base::{Hash, SourcePath};
use pressoir::compat::{self, Request};
use pressoir::config::{
    Conventions, IgnoredLinks, Layout, LocaleConfig, MarkdownConfig, Project, SidebarConfig, SiteConfig,
};
use pressoir::diag::Severity;
use pressoir::page::{self, Head, Library, Page, Piece, Reading};
use pressoir::site::{self, Resolved, Site, SiteInputs};
use pressoir::vfs::{Files, Memory};
use serde_json::Value;

use crate::cases::Version;

/// A page to be rendered.
pub struct Input {
    markdown: String,
    pub relative: String,
    pub base: String,
    clean_urls: bool,
    config: MarkdownConfig,
    files: Vectors,
}

/// The folder that the vectors call `FILES`, in which their pages lie, too; and the site's folder has it as `files`.
struct Vectors(PathBuf);

impl Library for Vectors {
    fn read(&self, path: &SourcePath) -> Reading {
        let name =
            ["docs/FILES/", "FILES/", "files/", "docs/"].iter().find_map(|start| path.as_str().strip_prefix(start));
        let bytes = name.filter(|name| !name.contains('/')).and_then(|name| std::fs::read(self.0.join(name)).ok());
        bytes.map_or(Reading::Absent, |bytes| Reading::Text(Arc::new(page::decode(path.clone(), &bytes))))
    }

    fn content(&self) -> SourcePath {
        SourcePath::new("docs").expect("a path")
    }

    fn paths(&self) -> &[SourcePath] {
        &[]
    }

    fn paths_hash(&self) -> Hash {
        Hash::default()
    }
}

impl Input {
    /// The page of a vector, which lies in `folder`.
    pub fn of(vector: &Value, version: Version, folder: &Path) -> Input {
        let text = |key: &str, default: &str| vector[key].as_str().unwrap_or(default).to_owned();
        let language = |prefix: &str, tag: &str| (prefix.to_owned(), tag.to_owned());
        let key = if version.conventions() == Conventions::VuePress1 { "v1_config" } else { "v2_vitepress_config" };
        let configured = settings(version.conventions(), &vector[key]);
        let config = MarkdownConfig {
            toc: configured.toc,
            toc_levels: configured.toc_levels,
            conventions: version.conventions(),
            line_numbers: version.line_numbers(),
            extended: false,
            languages: vec![language("fr/", "fr-FR"), language("zh/", "zh-CN"), language("", "en-US")],
            ..MarkdownConfig::default()
        };
        let file = text("file", "a.md");
        Input {
            markdown: text("markdown", ""),
            relative: text("relativePath", &file),
            base: text("base", "/"),
            clean_urls: vector["cleanUrls"].as_bool().unwrap_or(false),
            config,
            files: Vectors(folder.join("files")),
        }
    }

    pub fn page(&self) -> Page {
        let path = SourcePath::new(&format!("docs/{}", self.relative)).expect("vectors stay inside the project");
        let source = page::decode(path, self.markdown.as_bytes());
        page::parse(&source, &self.relative, &self.config, &self.files)
    }

    /// The page's HTML, its holes filled with the addresses that a site of this one page gives them: nothing that it links
    /// to is there, so each address is the one that the conventions make of it.
    pub fn html(&self) -> String {
        let page = self.page();
        let site = self.site(Arc::clone(&page.head));
        let mut html = String::new();
        for piece in &page.body {
            match piece {
                Piece::Html(part) => html.push_str(part),
                Piece::Link(number) => {
                    let address = address(&site.pages[0].links[*number as usize]);
                    html.push_str(&address.replace('&', "&amp;").replace('"', "&quot;"));
                }
                Piece::Code(number) => html.push_str(&page.code[*number as usize].html()),
                Piece::Component(n) => html.push_str(&page.components[*n as usize].shown_without().0),
                Piece::ComponentEnd(n) => html.push_str(&page.components[*n as usize].shown_without().1),
                Piece::Value(n) => html.push_str(&page.values[*n as usize].written),
                Piece::LinkAttributes(_)
                | Piece::LinkTarget(_)
                | Piece::LinkMark(_)
                | Piece::NewWindowMark
                | Piece::Picture(_) => {}
            }
        }
        html
    }

    /// The address of the page and its file, one a line.
    pub fn route(&self) -> String {
        let route = self.site(self.page().head).pages.remove(0).route;
        route_lines(route.url.as_str(), route.out.as_str())
    }

    /// A site of one page.
    fn site(&self, head: Arc<Head>) -> Site {
        let conventions = self.config.conventions;
        let layout = match conventions {
            Conventions::VuePress1 => Layout::VuePress1,
            Conventions::VuePress2 => Layout::VuePress2,
            Conventions::VitePress1 | Conventions::VitePress2 => Layout::VitePress,
        };
        let project = Project {
            layout,
            content: SourcePath::new("docs").expect("a path"),
            public: Vec::new(),
            out_dir: "public".to_owned(),
            settings: None,
            exclude: Vec::new(),
            pages: Vec::new(),
            rewrites: Vec::new(),
            copy_all: false,
            drafts: false,
        };
        let locale = LocaleConfig {
            prefix: "/".to_owned(),
            lang: "en-US".to_owned(),
            label: None,
            listed: true,
            title: None,
            description: None,
            nav: Vec::new(),
            sidebar: SidebarConfig::Folders,
        };
        let config = SiteConfig {
            redirects: Vec::new(),
            redirect_files: Vec::new(),
            publish: pressoir::config::PublishConfig::default(),
            layout,
            conventions,
            url: None,
            base: self.base.clone(),
            clean_urls: self.clean_urls,
            permalink: None,
            slugs: None,
            folder_pages: None,
            fallback: false,
            same_page: true,
            elsewhere: Vec::new(),
            ignored_links: IgnoredLinks::default(),
            external_links: None,
            locales: vec![locale],
        };
        site::assemble(&[head], &SiteInputs::default(), &config, &project)
    }

    /// Whether a file that the page asks for cannot be shown.
    pub fn lacks_a_file(&self) -> bool {
        let codes = ["missing-include", "missing-snippet", "missing-region"];
        self.page().diagnostics.iter().any(|diagnostic| codes.contains(&&*diagnostic.code))
    }

    /// The title and the front matter, or `refused`.
    pub fn title_facts(&self) -> String {
        let page = self.page();
        if page.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return "refused".to_owned();
        }
        let front_matter = serde_json::to_value(&page.head.front_matter.values).expect("the vectors have plain values");
        title_lines(page.head.title.as_deref().unwrap_or_default(), &front_matter.to_string())
    }
}

/// What the settings under `markdown` of a vector mean.
fn settings(conventions: Conventions, written: &Value) -> MarkdownConfig {
    let (folder, layout) = match conventions {
        Conventions::VuePress1 => (".vuepress", Layout::VuePress1),
        Conventions::VuePress2 => (".vuepress", Layout::VuePress2),
        Conventions::VitePress1 | Conventions::VitePress2 => (".vitepress", Layout::VitePress),
    };
    let text = serde_json::json!({ "markdown": written }).to_string();
    let files = Memory::new([(format!("{folder}/config.yml").as_str(), text.as_str()), ("index.md", "")]);
    let opened = compat::open(&files, &Request { layout: Some(layout), ..Request::default() });
    (*opened.config.markdown).clone()
}

/// Where a link leads, from the site's root or as written.
fn address(resolved: &Resolved) -> String {
    match resolved {
        Resolved::Page { url, suffix } | Resolved::File { url, suffix } => format!("{}{suffix}", url.encoded()),
        Resolved::Here(address) | Resolved::External(address) | Resolved::Broken(address) => address.to_string(),
    }
}

/// How routes are compared.
pub fn route_lines(url: &str, out: &str) -> String {
    format!("{url}\n{out}")
}

/// How title and front matter are compared.
pub fn title_lines(title: &str, front_matter: &str) -> String {
    format!("title {title}\nfront matter {front_matter}")
}

/// The address of a page of a VuePress 1 site whose languages are `/` and `locale`.
pub fn address_below(path: &str, markdown: &str, locale: &str) -> String {
    let settings = format!("locales:\n  /: {{}}\n  {locale:?}: {{}}\n");
    let files = [(".vuepress/config.yml", settings.as_str()), (path, markdown)];
    let site = whole_site(&Memory::new(files), Layout::VuePress1);
    site.pages[0].route.url.to_string()
}

/// The site of a folder.
pub fn whole_site(files: &Memory, layout: Layout) -> Site {
    let request = Request { layout: Some(layout), ..Request::default() };
    let opened = compat::open(files, &request);
    let config = &opened.config;
    let heads: Vec<Arc<Head>> = opened
        .inputs
        .pages
        .iter()
        .map(|path| {
            let bytes = files.read(path).expect("the page is in memory");
            let relative = path.below(&config.project.content).expect("pages lie in the content folder");
            page::parse(&page::decode(path.clone(), &bytes), relative, &config.markdown, &page::NoFiles).head
        })
        .collect();
    let inputs = SiteInputs { files: opened.inputs.files, public: opened.inputs.public, ..SiteInputs::default() };
    site::assemble(&heads, &inputs, &config.site, &config.project)
}
