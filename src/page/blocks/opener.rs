//! What the first line of a container says. Every function looks at a line from its first character that is no white space.

use std::ops::Range;

use crate::config::MarkdownConfig;
use crate::page::attributes::Attributes;
use crate::page::containers::{self, Kind, Opening};

/// What a first line says; ranges count its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opener {
    /// The kind of container.
    pub kind: String,
    /// Its title; may be empty.
    pub title: Range<usize>,
    /// The name by which tabs are known, or a slot is; may be empty.
    pub name: Range<usize>,
    /// `{…}` at its end; may be empty.
    pub attributes: Range<usize>,
    /// Whether it is the tab that is shown first.
    pub active: bool,
}

impl Opener {
    fn new(kind: &str, line: &str, title: &str) -> Opener {
        Opener { kind: kind.to_owned(), title: place(line, title), name: 0..0, attributes: 0..0, active: false }
    }

    /// The title without the attributes at its end, which are noted.
    fn take_attributes<'t>(&mut self, line: &str, title: &'t str, config: &MarkdownConfig) -> &'t str {
        let start = Attributes::of_container(title).filter(|_| config.has_attributes()).map(|(_, start)| start);
        let Some(at) = start else { return title };
        self.attributes = place(line, &title[at..]);
        title[..at].trim_end()
    }
}

/// How many colons `text` begins with.
pub(super) fn colons_at(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b':').count()
}

/// The word after three or more colons, if there is one. Only the space ends it.
pub(super) fn word(rest: &str) -> Option<&str> {
    let colons = colons_at(rest);
    let word = rest[colons..].trim().split(' ').next()?;
    (colons >= 3 && !word.is_empty()).then_some(word)
}

/// The kind of container that `word` names, and the name of the group: `tabs#os`.
fn kind_and_name<'w>(word: &'w str, config: &MarkdownConfig) -> (&'w str, &'w str) {
    match word.split_once('#') {
        Some((kind, name)) if containers::kind(kind, config) == Kind::Tabs => (kind, name),
        _ => (word, ""),
    }
}

/// Whether a container begins here; `next` gives the next line that is not blank.
pub(super) fn opens<'n>(rest: &str, config: &MarkdownConfig, next: impl Fn() -> &'n str) -> bool {
    word(rest).is_some_and(|word| match containers::opening(kind_and_name(word, config).0, config) {
        Opening::Never => false,
        Opening::Always => true,
        Opening::Before(starts) => {
            let next = next().trim_start_matches(':');
            starts.iter().any(|start| next.starts_with(start.trim_start_matches(':')))
        }
    })
}

/// What `::: tip Title {.class}` says.
pub(super) fn colons(rest: &str, config: &MarkdownConfig) -> Opener {
    let word = word(rest).unwrap_or_default();
    let info = rest[colons_at(rest)..].trim();
    let (kind, name) = kind_and_name(word, config);
    let mut title = info[word.len()..].trim();
    // Colons at the end of the line are an ornament.
    let bare = title.trim_end_matches(':');
    if title.len() - bare.len() >= 3 && (bare.is_empty() || bare.ends_with(' ')) {
        title = bare.trim_end();
    }
    let mut opener = Opener { name: place(rest, name), ..Opener::new(kind, rest, title) };
    title = opener.take_attributes(rest, title, config);
    match containers::kind(kind, config) {
        Kind::Tabs if opener.name.is_empty() => {
            for start in ["key:", "#"] {
                if let Some(name) = title.strip_prefix(start).filter(|name| !name.contains(' ')) {
                    opener.name = place(rest, name);
                    title = "";
                }
            }
        }
        Kind::Tab => {
            if let Some(shown) = title.strip_suffix(":active") {
                (title, opener.active) = (shown.trim_end(), true);
            }
            // A plug-in of VuePress 1 has them in quotes, with attributes after them.
            if let Some((quoted, _)) = title.strip_prefix('"').and_then(|title| title.split_once('"')) {
                title = quoted;
            }
        }
        Kind::Plain(_) if kind == "slot" => {
            opener.name = place(rest, title);
            title = "";
        }
        _ => {}
    }
    opener.title = place(rest, title);
    opener
}

/// What `@tab:active Title#name` or `== Title` says, if it is such a line.
pub(super) fn tab(rest: &str, markers: &[&str]) -> Option<Opener> {
    let (marker, after) = markers.iter().find_map(|marker| Some((*marker, rest.strip_prefix(marker)?)))?;
    let (after, active) = match after.strip_prefix(":active") {
        Some(after) if marker == "@tab" => (after, true),
        _ => (after, false),
    };
    let mut title = after.trim();
    if !after.is_empty() && !after.starts_with([' ', '\t']) || title.is_empty() && marker != "@tab" {
        return None;
    }
    let mut name = "";
    if marker == "@tab"
        && let Some((before, after)) = title.rsplit_once('#')
        && !before.ends_with('\\')
        && !after.is_empty()
        && !after.contains([' ', '#'])
    {
        (title, name) = (before.trim_end(), after);
    }
    Some(Opener { name: place(rest, name), active, ..Opener::new("tab", rest, title) })
}

/// What `[!NOTE] Title` at the beginning of a quote says, if it is such a line.
pub(super) fn alert(rest: &str, config: &MarkdownConfig) -> Option<Opener> {
    let (word, title) = alert_word(rest)?;
    let kind = word.to_lowercase();
    containers::is_alert(&kind, config).then(|| {
        let mut opener = Opener::new(&kind, rest, "");
        opener.title = place(rest, opener.take_attributes(rest, title.trim(), config));
        opener
    })
}

/// The word of `[!word]`, and what follows.
pub(super) fn alert_word(rest: &str) -> Option<(&str, &str)> {
    let (word, after) = rest.strip_prefix("[!")?.split_once(']')?;
    let part = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    (!word.is_empty() && word.chars().all(part)).then_some((word, after))
}

/// What a line says that is one start tag of a group of tabs or of a tab; and the tag's name.
pub(super) fn tag(rest: &str) -> Option<(&str, Opener)> {
    let inner = rest.trim_end().strip_prefix('<')?.strip_suffix('>')?;
    let name = &inner[..inner.find([' ', '\t']).unwrap_or(inner.len())];
    let word = containers::component(name)?;
    let mut opener = Opener::new(word, rest, "");
    let mut attributes = inner[name.len()..].trim();
    while !attributes.is_empty() {
        let end = attributes.find([' ', '\t', '=']).unwrap_or(attributes.len());
        let (attribute, after) = (&attributes[..end], attributes[end..].trim_start());
        let Some(value) = after.strip_prefix('=') else {
            opener.active |= attribute == "active";
            attributes = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let (value, after) = value[1..].split_once(quote)?;
        match attribute {
            "title" => opener.title = place(rest, value.trim()),
            ":active" | "active" => opener.active |= value != "false",
            _ => {}
        }
        attributes = after.trim_start();
    }
    (!inner.contains(['<', '>'])).then_some((name, opener))
}

/// Whether the line is the end tag `name`.
pub(super) fn is_end_tag(rest: &str, name: &str) -> bool {
    rest.trim_end().strip_prefix("</").and_then(|rest| rest.strip_suffix('>')).is_some_and(|tag| tag.trim_end() == name)
}

/// Where `part`, a part of `line`, stands in it.
fn place(line: &str, part: &str) -> Range<usize> {
    if part.is_empty() {
        return 0..0;
    }
    let start = part.as_ptr().addr() - line.as_ptr().addr();
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, title, name, attributes and whether it is shown first, as they stand in the line.
    fn parts(line: &str, opener: &Opener) -> String {
        let part = |range: &Range<usize>| line[range.clone()].to_owned();
        let active = if opener.active { " active" } else { "" };
        let (title, name, attributes) = (part(&opener.title), part(&opener.name), part(&opener.attributes));
        format!("{}|{title}|{name}|{attributes}{active}", opener.kind)
    }

    #[test]
    fn lines_of_colons() {
        for (line, want) in [
            ("::: tip", "tip|||"),
            (":::tip  Un *titre*  ", "tip|Un *titre*||"),
            ("::: tip Titre :::", "tip|Titre||"),
            ("::: tip :::", "tip|||"),
            ("::: tip Voir std::", "tip|Voir std::||"),
            ("::: details Titre {open}", "details|Titre||{open}"),
            ("::: details {open .a}", "details|||{open .a}"),
            ("::: tip {{ a }}", "tip|{{ a }}||"),
            (":::: tabs#os", "tabs||os|"),
            (":::: tabs #os", "tabs||os|"),
            (":::tabs key:os", "tabs||os|"),
            ("::: code-tabs Installer", "code-tabs|Installer||"),
            ("::: code-group-item YARN:active", "code-group-item|YARN|| active"),
            ("::: tab \"Un titre\" id=\"a\"", "tab|Un titre||"),
            ("::: slot footer", "slot||footer|"),
        ] {
            assert_eq!(parts(line, &colons(line, &MarkdownConfig::default())), want, "{line}");
        }
    }

    #[test]
    fn lines_of_tabs() {
        for (line, want) in [
            ("@tab A", Some("tab|A||")),
            ("@tab:active Été *x*#b", Some("tab|Été *x*|b| active")),
            ("@tab C#", Some("tab|C#||")),
            ("@tab F\\#a", Some("tab|F\\#a||")),
            ("@tab", Some("tab|||")),
            ("@table", None),
            ("@tab:first A", None),
            ("== A#b", Some("tab|A#b||")),
            ("==", None),
            ("==A", None),
        ] {
            let got = tab(line, &["@tab", "=="]).map(|opener| parts(line, &opener));
            assert_eq!(got.as_deref(), want, "{line}");
        }
    }

    #[test]
    fn lines_of_alerts_and_tags() {
        let config = MarkdownConfig::default();
        for (line, want) in [
            ("[!NOTE]", Some("note|||")),
            ("[!Tip]  Un *titre* ", Some("tip|Un *titre*||")),
            ("[!note] Titre {#a}", Some("note|Titre||{#a}")),
            ("[!FOO]", None),
            ("[!NOTE", None),
            ("[NOTE]", None),
        ] {
            assert_eq!(alert(line, &config).map(|opener| parts(line, &opener)).as_deref(), want, "{line}");
        }
        for (line, want) in [
            ("<CodeGroup>", Some("code-group|||")),
            ("<code-block title=\"NPM\" active>", Some("code-group-item|NPM|| active")),
            ("<CodeGroupItem active title='a b' >", Some("code-group-item|a b|| active")),
            ("<CodeGroupItem :active=\"false\" title=\"x\">", Some("code-group-item|x||")),
            ("<CodeGroup/>", None),
            ("<CodeGroup></CodeGroup>", None),
            ("<CodeBlock title=\"x>", None),
            ("<div>", None),
        ] {
            assert_eq!(tag(line).map(|(_, opener)| parts(line, &opener)).as_deref(), want, "{line}");
        }
        assert!(is_end_tag("</code-block> ", "code-block") && !is_end_tag("</code-block>x", "code-block"));
    }
}
