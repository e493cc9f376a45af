//! The style sheets in a page: `<style>` elements, with what Vue lets be written in them.

/// A `style` element that is shown, or why it is not.
pub(crate) enum Style {
    /// The element, in CSS as browsers know it.
    Kept(String),
    /// It is written in this other language.
    OtherLanguage(String),
}

/// Rules that cannot stand among those of an element.
const TOP_LEVEL: &[&str] =
    &["@import", "@font-face", "@keyframes", "@-webkit-keyframes", "@charset", "@namespace", "@property"];

/// Reads a whole `style` element.
pub(crate) fn style(element: &str) -> Style {
    let tag_end = element.find('>').unwrap_or(element.len());
    let (tag, rest) = element.split_at(tag_end);
    let attributes: Vec<_> = tag.split_ascii_whitespace().skip(1).collect();
    let language = attributes.iter().find_map(|attribute| attribute.strip_prefix("lang="));
    let language = language.unwrap_or("css").trim_matches(['"', '\'']).to_ascii_lowercase();
    if !matches!(language.as_str(), "" | "css" | "postcss") {
        return Style::OtherLanguage(language);
    }
    // One in a line of text comes in parts.
    if tag_end + 1 >= element.len() {
        return Style::Kept(element.to_owned());
    }
    let is_scoped = attributes.contains(&"scoped");
    if !is_scoped
        && !attributes.contains(&"module")
        && !attributes.iter().any(|attribute| attribute.starts_with("lang"))
    {
        return Style::Kept(element.to_owned());
    }
    let rules = rest.strip_prefix('>').unwrap_or(rest);
    let end = rules.rfind("</").unwrap_or(rules.len());
    let rules = rules[..end].trim();
    if !is_scoped || TOP_LEVEL.iter().any(|rule| rules.contains(rule)) {
        return Style::Kept(format!("<style>\n{rules}\n</style>"));
    }
    // The rules of a page are for its text, not for the frame around it.
    Style::Kept(format!("<style>\n.prose {{\n{}\n}}\n</style>", plain_selectors(rules)))
}

/// The rules without Vue's ways to reach into components, of which a page has none.
fn plain_selectors(rules: &str) -> String {
    let mut plain = String::with_capacity(rules.len());
    let mut rest = rules;
    while let Some(at) = [":deep(", ":slotted(", ":global("].iter().filter_map(|name| rest.find(name)).min() {
        plain.push_str(&rest[..at]);
        let inside = &rest[at + rest[at..].find('(').map_or(0, |open| open + 1)..];
        let mut depth = 1;
        let end = inside.find(|char| {
            depth += match char {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let end = end.unwrap_or(inside.len());
        plain.push_str(&inside[..end]);
        rest = inside.get(end + 1..).unwrap_or("");
    }
    plain.push_str(rest);
    for combinator in ["::v-deep ", "/deep/ ", ">>> "] {
        if plain.contains(combinator) {
            plain = plain.replace(combinator, "");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for (element, want) in [
            ("<style>\na{}\n</style>", "<style>\na{}\n</style>"),
            ("<style scoped>\na { b: c }\n</style>", "<style>\n.prose {\na { b: c }\n}\n</style>"),
            (
                "<style lang=\"css\" scoped>.x :deep(.a:not(.b)) c{}</style>",
                "<style>\n.prose {\n.x .a:not(.b) c{}\n}\n</style>",
            ),
            ("<style scoped>.x ::v-deep a{}</style>", "<style>\n.prose {\n.x a{}\n}\n</style>"),
            ("<style scoped>@keyframes x{}</style>", "<style>\n@keyframes x{}\n</style>"),
            ("<style module>.a{}</style>", "<style>\n.a{}\n</style>"),
            ("<style lang=\"stylus\" scoped>\na\n  b c\n</style>", "stylus"),
            ("<style lang=scss>a{}</style>", "scss"),
            ("<style scoped>:deep(a", "<style>\n.prose {\na\n}\n</style>"),
        ] {
            let found = match style(element) {
                Style::Kept(css) => css,
                Style::OtherLanguage(language) => language,
            };
            assert_eq!(found, want, "{element}");
        }
    }
}
