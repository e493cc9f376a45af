//! What keeps readers out: pictures without a text, links that do not say where they lead, headings that skip a level. Each
//! finding names the criterion of RGAA 4.1 and of WCAG 2.1.

use crate::base::Span;
use crate::config::MarkdownConfig;
use crate::diag::Diagnostic;
use crate::page::markdown::Body;
use crate::page::types::{Link, LinkKind, Piece, Source};

/// Texts of links that say nothing by themselves.
const VAGUE: &[&str] = &[
    "ici",
    "cliquez ici",
    "cliquer ici",
    "clique ici",
    "par ici",
    "là",
    "lien",
    "ce lien",
    "le lien",
    "en savoir plus",
    "lire la suite",
    "plus d'informations",
    "plus d'infos",
    "suite",
    "here",
    "click here",
    "right here",
    "link",
    "this link",
    "this",
    "more",
    "read more",
    "learn more",
    "more info",
    "see here",
    "go",
];
/// Endings of files that open outside of the browser, or have to be fetched.
const DOCUMENTS: &[&str] = &["pdf", "doc", "docx", "odt", "ods", "odp", "xls", "xlsx", "ppt", "pptx", "zip"];
/// Units in which a text tells what a file weighs.
const UNITS: &[&str] = &["ko", "mo", "go", "kio", "mio", "kb", "mb", "gb", "kib", "mib", "octets", "bytes"];

/// All of it on one page.
pub(crate) fn access(source: &Source, body: &Body, config: &MarkdownConfig) -> Vec<Diagnostic> {
    let mut found = Found { source, body, is_due: config.accessible, diagnostics: Vec::new() };
    found.headings();
    found.links_and_images();
    found.diagnostics
}

struct Found<'f> {
    source: &'f Source,
    body: &'f Body,
    /// Whether the site says that everyone can read it.
    is_due: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Found<'_> {
    fn tell(&mut self, code: &'static str, message: String, place: std::ops::Range<usize>, help: String) {
        let finding = if self.is_due { Diagnostic::warning(code, message) } else { Diagnostic::info(code, message) };
        self.diagnostics.push(finding.at(Span::new(self.source.path.clone(), place)).help(help));
    }

    fn headings(&mut self) {
        let mut last = None;
        for (heading, range) in self.body.headings.iter().zip(&self.body.heading_ranges) {
            if heading.text.trim().is_empty() && heading.html.trim().is_empty() {
                let help = "write what follows it, or remove it (RGAA 9.1, WCAG 2.4.6)".to_owned();
                self.tell("empty-heading", "this heading says nothing".to_owned(), range.clone(), help);
            }
            if heading.nested {
                continue;
            }
            let level = heading.level;
            if let Some(before) = last.filter(|before| level > before + 1) {
                let message = format!("a heading of level {level} follows one of level {before}");
                let help =
                    format!("write `{}`: no level is left out (RGAA 9.1, WCAG 1.3.1)", "#".repeat(before as usize + 1));
                self.tell("heading-jump", message, range.clone(), help);
            }
            last = Some(level);
        }
    }

    fn links_and_images(&mut self) {
        let mut open: Option<(u32, Opened)> = None;
        let mut tag = String::new();
        let mut in_tag = None;
        for piece in &self.body.pieces {
            match piece {
                Piece::Link(number) => in_tag = Some(*number),
                Piece::Html(html) => {
                    let mut rest: &str = html;
                    // The tag that the last address stands in goes on, perhaps over several pieces.
                    if let Some(number) = in_tag {
                        let Some((attributes, after)) = rest.split_once('>') else {
                            tag.push_str(rest);
                            continue;
                        };
                        tag.push_str(attributes);
                        self.tag(number, &tag, &mut open);
                        in_tag = None;
                        tag.clear();
                        rest = after;
                    }
                    self.text(rest, &mut open);
                    if let Some(at) = rest.rfind('<').filter(|at| !rest[*at..].contains('>')) {
                        tag = rest[at..].to_owned();
                    }
                }
                Piece::Code(_) | Piece::Value(_) | Piece::Component(_) => {
                    if let Some((_, opened)) = &mut open {
                        opened.text.push('…');
                    }
                }
                _ => {}
            }
        }
    }

    /// A tag with an address.
    fn tag(&mut self, number: u32, tag: &str, open: &mut Option<(u32, Opened)>) {
        let attribute = |name: &str| {
            let (_, value) = tag.split_once(&format!(" {name}=\""))?;
            value.split_once('"').map(|(value, _)| value.trim())
        };
        if tag.starts_with("<img") {
            let alt = attribute("alt");
            if let (Some((_, opened)), Some(alt)) = (open.as_mut(), alt) {
                opened.text.push_str(alt);
            }
            let is_markdown = self.link(number).is_some_and(|link| link.kind == LinkKind::Image);
            let hidden = ["presentation", "none"].contains(&attribute("role").unwrap_or_default())
                || attribute("aria-hidden") == Some("true")
                || attribute("aria-label").is_some();
            if !hidden && alt.is_none_or(|alt| alt.is_empty() && is_markdown) {
                let help = "say what it shows, `![A press of oak](press.jpg)`; where it only adorns, write `<img src=\"…\" alt=\"\">` \
                            (RGAA 1.1 and 1.2, WCAG 1.1.1)";
                self.tell(
                    "no-alt",
                    "this picture has no text for those who do not see it".to_owned(),
                    self.place(number),
                    help.to_owned(),
                );
            }
        } else if tag.starts_with("<a ") {
            let named = attribute("aria-label").or_else(|| attribute("title")).unwrap_or_default();
            let ignored = attribute("aria-hidden") == Some("true");
            *open = Some((number, Opened { text: String::new(), named: named.to_owned(), ignored }));
        }
    }

    /// Text and tags without an address.
    fn text(&mut self, html: &str, open: &mut Option<(u32, Opened)>) {
        let Some((number, opened)) = open else { return };
        let number = *number;
        let (inside, ended) = match html.find("</a>") {
            Some(end) => (&html[..end], true),
            None => (html, false),
        };
        let mut outside = true;
        for char in inside.chars() {
            match char {
                '<' => outside = false,
                '>' => outside = true,
                _ if outside => opened.text.push(char),
                _ => {}
            }
        }
        // A picture or a symbol that is drawn says what its own texts say.
        if ["<svg", "aria-label=\"", "<i ", "alt=\""].iter().any(|part| inside.contains(part))
            && opened.text.trim().is_empty()
        {
            opened.text.push('…');
        }
        if ended && let Some((_, opened)) = open.take() {
            self.link_text(number, &opened);
        }
    }

    fn link_text(&mut self, number: u32, opened: &Opened) {
        let Some(link) = self.link(number).filter(|_| !opened.ignored) else { return };
        let (target, kind) = (link.target.to_string(), link.kind);
        let text = opened.text.trim().replace('’', "'").to_lowercase();
        let bare = text.trim_matches(|char: char| !char.is_alphanumeric());
        if text.is_empty() && opened.named.is_empty() {
            let help = "write where it leads: `[How to book](book.md)` (RGAA 6.2, WCAG 2.4.4)".to_owned();
            self.tell("link-text", format!("the link to `{target}` has no text"), self.place(number), help);
        } else if VAGUE.contains(&bare) && opened.named.is_empty() {
            let message = format!("“{}” does not say where the link leads", opened.text.trim());
            let help = "write the name of what it leads to: links are read out by themselves (RGAA 6.1, WCAG 2.4.4)"
                .to_owned();
            self.tell("link-text", message, self.place(number), help);
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if DOCUMENTS.contains(&ending.as_str()) && matches!(kind, LinkKind::Link | LinkKind::HtmlLink) {
            let said = format!("{text} {}", opened.named.to_lowercase());
            let words: Vec<&str> =
                said.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let typed = words.iter().any(|word| *word == ending);
            let weighed =
                words.iter().any(|word| UNITS.contains(&word.trim_start_matches(|char: char| char.is_ascii_digit())));
            if !typed || !weighed {
                let message = format!("the text of the link to `{path}` does not tell its type and weight");
                let help = format!(
                    "write `[{} ({}, 240 KB)]({path})` (RGAA 6.1 and 13.3, WCAG 2.4.4)",
                    opened.text.trim(),
                    ending.to_uppercase()
                );
                self.tell("document-link", message, self.place(number), help);
            }
        }
    }

    fn link(&self, number: u32) -> Option<&Link> {
        self.body.links.get(number as usize)
    }

    fn place(&self, number: u32) -> std::ops::Range<usize> {
        self.body.link_spans.get(number as usize).map_or(0..0, |range| range.start as usize..range.end as usize)
    }
}

/// A link that is open.
struct Opened {
    /// What stands in it.
    text: String,
    /// What attributes say of it.
    named: String,
    /// Whether nobody hears it.
    ignored: bool,
}

#[cfg(test)]
mod tests {
    use crate::base::SourcePath;
    use crate::config::MarkdownConfig;
    use crate::page::{Source, decode, parse};

    /// The findings of this kind: code, and what is underlined.
    fn found(text: &str) -> Vec<String> {
        let source: Source = decode(SourcePath::new("a.md").expect("a path"), text.as_bytes());
        let page = parse(&source, "a.md", &MarkdownConfig::default(), &crate::page::NoFiles);
        let ours = ["no-alt", "link-text", "document-link", "heading-jump", "empty-heading"];
        let mut told: Vec<(u32, String)> = page
            .diagnostics
            .iter()
            .filter(|diagnostic| ours.contains(&&*diagnostic.code))
            .map(|diagnostic| {
                let span = diagnostic.span.as_ref().expect("a place");
                (span.start, format!("{} {}", diagnostic.code, text[span.start as usize..span.end as usize].trim()))
            })
            .collect();
        told.sort();
        told.into_iter().map(|(_, told)| told).collect()
    }

    #[test]
    fn what_keeps_readers_out_is_told() {
        for (text, want) in [
            ("![](a.png)", &["no-alt a.png"][..]),
            ("![A press](a.png)", &[]),
            ("<img src=\"a.png\">", &["no-alt a.png"]),
            ("<img src=\"a.png\" alt=\"\">", &[]),
            ("<img alt=\"\" src=\"a.png\">", &[]),
            ("[Cliquez ici](b.md) !", &["link-text b.md"]),
            ("[**here**](b.md).", &["link-text b.md"]),
            ("[here is the press](b.md)", &[]),
            ("[](b.md)", &["link-text b.md"]),
            ("[![](a.png)](b.md)", &["no-alt a.png", "link-text b.md"]),
            ("[![Home](a.png)](b.md)", &[]),
            ("[`code`](b.md)", &[]),
            ("<a href=\"b.md\">ici</a>", &["link-text b.md"]),
            ("<a href=\"b.md\" aria-label=\"The press\">here</a>", &[]),
            ("[Form](a.pdf)", &["document-link a.pdf"]),
            ("[Form (PDF, 240 Ko)](a.pdf)", &[]),
            ("[Form (PDF, 240Ko)](a.pdf#page=2)", &[]),
            ("# A\n\n### B\n\n#### C\n\n## D", &["heading-jump ### B"]),
            ("# A\n\n> ### B", &[]),
            ("# A\n\n##\n\nb", &["empty-heading ##"]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
