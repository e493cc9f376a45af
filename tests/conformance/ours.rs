//! What we make of an input.

use pressoir::base::SourcePath;
use pressoir::config::MarkdownConfig;
use pressoir::diag::Severity;
use pressoir::page::{self, Link, LinkKind, Page, Piece};
use serde_json::Value;

use crate::cases::Version;

/// A page to be rendered.
pub struct Input {
    markdown: String,
    pub relative: String,
    config: MarkdownConfig,
}

impl Input {
    /// The page of a vector.
    pub fn of(vector: &Value, version: Version) -> Input {
        let text = |key: &str, default: &str| vector[key].as_str().unwrap_or(default).to_owned();
        let language = |prefix: &str, tag: &str| (prefix.to_owned(), tag.to_owned());
        let config = MarkdownConfig {
            conventions: version.conventions(),
            line_numbers: version.line_numbers(),
            extended: false,
            languages: vec![language("fr/", "fr-FR"), language("zh/", "zh-CN"), language("", "en-US")],
            ..MarkdownConfig::default()
        };
        Input { markdown: text("markdown", ""), relative: text("relativePath", "a.md"), config }
    }

    pub fn page(&self) -> Page {
        let path = SourcePath::new(&self.relative).expect("vectors stay inside the project");
        let source = page::decode(path, self.markdown.as_bytes());
        page::parse(&source, &self.relative, &self.config)
    }

    /// The page's HTML, its holes filled as the site would fill them.
    pub fn html(&self) -> String {
        let page = self.page();
        let mut html = String::new();
        for piece in &page.body {
            match piece {
                Piece::Html(part) => html.push_str(part),
                Piece::Link(number) => html.push_str(&self.address(&page.head.links[*number as usize])),
                Piece::LinkAttributes(_) | Piece::LinkMark(_) => {}
            }
        }
        html
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

    /// Where a link leads, for the attribute that it stands in.
    fn address(&self, link: &Link) -> String {
        let target = &*link.target;
        let (path, rest) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
        let is_page = link.kind == LinkKind::Link && !path.contains("://");
        let vitepress = self.config.conventions.is_vitepress();
        let path = match path.strip_suffix(".md").filter(|_| is_page) {
            Some(page) => {
                let (folder, name) = page.rsplit_once('/').map_or(("", page), |(folder, name)| (folder, name));
                let is_index = name == "index" || name.eq_ignore_ascii_case("readme") && !vitepress;
                let folder = if page.contains('/') { folder } else { "." };
                if is_index { format!("{folder}/") } else { format!("{page}.html") }
            }
            None if is_page && vitepress && !path.is_empty() && !path.ends_with('/') && !path.contains(':') => {
                let name = path.rsplit('/').next().unwrap_or_default();
                if name.contains('.') { path.to_owned() } else { format!("{path}.html") }
            }
            None => path.to_owned(),
        };
        format!("{path}{rest}").replace('&', "&amp;").replace('"', "&quot;")
    }
}

/// How title and front matter are compared.
pub fn title_lines(title: &str, front_matter: &str) -> String {
    format!("title {title}\nfront matter {front_matter}")
}
