//! Small sites for the tests of this folder.

use std::sync::Arc;

use crate::base::{Hash, SourcePath};
use crate::config::{Conventions, IgnoredLinks, Layout, LocaleConfig, MenuItem, Project, SidebarConfig, SiteConfig};
use crate::page::{FrontMatter, Head, Heading, Link, LinkKind};

use super::routes;
use super::titles;
use super::types::{Route, Site, SiteInputs, SitePage};

/// A path of the project.
pub(super) fn source(path: &str) -> SourcePath {
    SourcePath::new(path).expect("a path inside the project")
}

/// A page with this front matter.
pub(super) fn head(relative: &str, front: &str) -> Head {
    let values = match front {
        "" => serde_yaml::Mapping::new(),
        front => serde_yaml::from_str(front).expect("front matter"),
    };
    let title = values.get("title").and_then(|title| title.as_str()).map(Into::into);
    let aliases = values.get("aliases").and_then(|one| one.as_str()).map(Into::into).into_iter().collect();
    let front_matter = FrontMatter { values, ..FrontMatter::default() };
    Head { title, aliases, ..Head::new(source(relative), relative, front_matter, Hash::of(&(relative, front))) }
}

/// A folder of pages and files, and its settings.
pub(super) struct Folder {
    pub heads: Vec<Arc<Head>>,
    pub inputs: SiteInputs,
    pub project: Project,
    pub config: SiteConfig,
}

impl Folder {
    /// A folder with these files: Markdown files are pages titled by their stem, files in `public/` are public.
    pub fn new(layout: Layout, files: &[&str]) -> Folder {
        let mut inputs = SiteInputs::default();
        let mut heads = Vec::new();
        for file in files {
            match file.strip_prefix("public/") {
                Some(out) => inputs.public.push((source(file), out.to_owned())),
                None if source(file).is_markdown() => {
                    let mut head = head(file, "");
                    // Without a title of their own, they are called by their address there.
                    if layout == Layout::VuePress1 {
                        head.title = Some(titles::title(&head, "Documentation").into());
                    }
                    heads.push(Arc::new(head));
                }
                None => inputs.files.push(source(file)),
            }
        }
        heads.sort_by(|a, b| a.path.cmp(&b.path));
        inputs.files.sort();
        let conventions = match layout {
            Layout::VuePress1 => Conventions::VuePress1,
            Layout::VitePress => Conventions::VitePress1,
            _ => Conventions::VuePress2,
        };
        let locale = LocaleConfig {
            prefix: "/".into(),
            lang: "en-US".into(),
            label: None,
            listed: true,
            title: None,
            description: None,
            nav: Vec::new(),
            sidebar: SidebarConfig::Folders,
        };
        Folder {
            heads,
            inputs,
            project: Project {
                layout,
                content: SourcePath::root(),
                public: Vec::new(),
                out_dir: "public".into(),
                settings: Some(source("pressoir.yml")),
                exclude: Vec::new(),
                pages: Vec::new(),
                rewrites: Vec::new(),
                copy_all: false,
                drafts: false,
            },
            config: SiteConfig {
                layout,
                conventions,
                url: None,
                base: "/".into(),
                clean_urls: false,
                permalink: None,
                slugs: None,
                ignored_links: IgnoredLinks::default(),
                external_links: None,
                folder_pages: None,
                redirects: Vec::new(),
                redirect_files: Vec::new(),
                publish: crate::config::PublishConfig::default(),
                fallback: false,
                locales: vec![locale],
                same_page: true,
                elsewhere: Vec::new(),
            },
        }
    }

    /// Changes the page of this file.
    pub fn edit(mut self, file: &str, change: impl FnOnce(&mut Head)) -> Folder {
        let found = self.heads.iter_mut().find(|head| &*head.relative == file).expect("a page of the folder");
        change(Arc::make_mut(found));
        self
    }

    /// Gives the page of this file front matter.
    pub fn front(self, file: &str, front: &str) -> Folder {
        self.edit(file, |page| *page = head(file, front))
    }

    /// Gives the page of this file a Markdown link.
    pub fn link(self, file: &str, target: &str, kind: LinkKind) -> Folder {
        self.edit(file, |page| page.links.push(Link { target: target.into(), kind, written_in: None }))
    }

    /// Gives the page of this file headings of level 2 with these ids.
    pub fn headings(self, file: &str, ids: &[&str]) -> Folder {
        self.edit(file, |page| {
            let heading = |id: &&str| Heading {
                level: 2,
                id: (*id).into(),
                text: (*id).into(),
                html: (*id).into(),
                nested: false,
            };
            page.headings = ids.iter().map(heading).collect();
        })
    }

    /// Sets the sidebar of the first language.
    pub fn sidebar(mut self, sidebar: SidebarConfig) -> Folder {
        self.config.locales[0].sidebar = sidebar;
        self
    }

    /// Adds a language.
    pub fn locale(mut self, prefix: &str, lang: &str) -> Folder {
        let mut locale = self.config.locales[0].clone();
        locale.prefix = prefix.into();
        locale.lang = lang.into();
        self.config.locales.push(locale);
        self
    }

    /// The routes of the pages.
    pub fn routes(&self) -> Vec<Route> {
        self.heads.iter().map(|head| routes::route(head, "/", &self.config).0).collect()
    }

    /// The site.
    pub fn site(&self) -> Site {
        super::assemble(&self.heads, &self.inputs, &self.config, &self.project)
    }
}

/// The page of this file.
pub(super) fn page<'a>(site: &'a Site, file: &str) -> &'a SitePage {
    site.page(site.by_path[&source(file)])
}

/// A link of a menu: `text|link`, or `link` alone.
pub(super) fn item(written: &str) -> MenuItem {
    let (text, link) = match written.split_once('|') {
        Some((text, link)) => (Some(text.to_owned()), link),
        None => (None, written),
    };
    MenuItem { text, link: Some(link.to_owned()), ..MenuItem::default() }
}

/// A group of a menu.
pub(super) fn group(text: &str, link: Option<&str>, items: &[&str]) -> MenuItem {
    MenuItem {
        text: Some(text.to_owned()),
        link: link.map(str::to_owned),
        items: items.iter().map(|written| item(written)).collect(),
        ..MenuItem::default()
    }
}
