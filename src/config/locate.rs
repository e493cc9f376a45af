//! Where a key stands in a settings file. The parsers keep no places, so it is looked for in the text: by indentation in
//! YAML, by order in TOML and JSON. What cannot be found is told without a place.

use std::ops::Range;

use super::document::{Format, Step};

/// The range of the last key or element that `steps` lead to, as far as they can be followed, and whether that is to the last key.
pub(super) fn find(text: &str, format: Format, steps: &[Step]) -> Option<(Range<usize>, bool)> {
    match format {
        Format::Yaml => Some((in_yaml(text, steps)?, true)),
        Format::Toml | Format::Json | Format::Program => in_order(text, steps),
    }
}

/// A line of YAML: where it starts, the column of its first character, its text from there.
struct Line<'t> {
    start: usize,
    indent: usize,
    text: &'t str,
}

/// The first lines of the elements of a text of YAML that is a list.
pub fn elements(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut elements = lines.iter().filter(|line| line.text == "-" || line.text.starts_with("- ")).peekable();
    let outer = elements.peek().map_or(0, |line| line.indent);
    elements.filter(|line| line.indent == outer).map(|line| line.start..line.start + line.text.len()).collect()
}

/// The lines of YAML that say something.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut indent = line.len() - line.trim_start_matches(' ').len();
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') {
            // `- key: value` is an element and, further right, a key.
            let mut rest = content;
            while let Some(inner) = rest.strip_prefix("- ") {
                lines.push(Line { start: start + indent, indent, text: rest });
                indent += rest.len() - inner.trim_start().len();
                rest = inner.trim_start();
            }
            lines.push(Line { start: start + indent, indent, text: rest });
        }
        start += line.len();
    }
    lines
}

fn in_yaml(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    let lines = lines(text);
    let (mut from, mut outer) = (0, None::<usize>);
    let mut found = None;
    for step in steps {
        let Some(first) = lines.get(from) else { return found };
        let inner = first.indent;
        if outer.is_some_and(|outer| inner < outer) {
            return found;
        }
        let mut elements = 0;
        let at = (from..lines.len()).take_while(|&at| lines[at].indent >= inner).find(|&at| {
            let line = &lines[at];
            line.indent == inner
                && match step {
                    Step::Key(key) => key_length(line.text, key).is_some(),
                    Step::Index(index) => {
                        elements += usize::from(line.text.starts_with('-'));
                        line.text.starts_with('-') && elements == index + 1
                    }
                }
        });
        // In `[a, b]` and `{a: b}` nothing more can be told.
        let Some(at) = at else { return found };
        let line = &lines[at];
        let length = match step {
            Step::Key(key) => key_length(line.text, key)?,
            Step::Index(_) => line.text.len(),
        };
        found = Some(line.start..line.start + length);
        (from, outer) = (at + 1, Some(inner));
    }
    found
}

/// How long the key is at the start of the line, quotes included, if it is this key.
fn key_length(line: &str, key: &str) -> Option<usize> {
    let quote = line.starts_with(['"', '\'']) as usize;
    let rest = line[quote..].strip_prefix(key)?;
    rest[quote.min(rest.len())..].trim_start().starts_with(':').then_some(key.len() + 2 * quote)
}

/// Each key after the one before it: right but where an earlier table has a key of the same name.
fn in_order(text: &str, steps: &[Step]) -> Option<(Range<usize>, bool)> {
    let mut from = 0;
    let mut found = None;
    for step in steps {
        let Step::Key(key) = step else { continue };
        let place = text[from..].match_indices(key.as_str()).map(|(at, _)| from + at).find(|&at| {
            let before = text[..at].chars().next_back();
            let after = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            before.is_none_or(|char| !char.is_alphanumeric() && char != '_') && after.starts_with([':', '=', ']', '.'])
        });
        let Some(at) = place else { return found.map(|range| (range, false)) };
        found = Some(at..at + key.len());
        from = at + key.len();
    }
    found.map(|range| (range, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(path: &str) -> Vec<Step> {
        path.split('.').map(|step| step.parse().map_or_else(|_| Step::Key(step.to_owned()), Step::Index)).collect()
    }

    #[test]
    fn elements_are_found() {
        let text = "---\n# one\n- a: 1\n  b:\n  - c\n-\n  a: 2\n- [d]\n";
        let found: Vec<&str> = elements(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["- a: 1", "-", "- [d]"]);
        assert!(elements("[{a: 1}]").is_empty());
    }

    #[test]
    fn keys_are_found() {
        let yaml = "# title: x\ntitle: a\nlocales:\n  /:\n    title: b\nnav:\n  - text: One\n    link: /one\n  - text: Two\n    items:\n    - link: /two\n\"quoted\": 1\n";
        let json = "{\n  \"markdown\": {\"toc\": 1},\n  \"title\": \"x\"\n}";
        let toml = "title = 'x'\n[markdown]\ntoc = 1\n";
        for (text, format, path, want) in [
            (yaml, Format::Yaml, "title", Some((2, "title"))),
            (yaml, Format::Yaml, "locales./.title", Some((5, "title"))),
            (yaml, Format::Yaml, "nav.1.text", Some((9, "text"))),
            (yaml, Format::Yaml, "nav.1.items.0.link", Some((11, "link"))),
            (yaml, Format::Yaml, "nav.1", Some((9, "- text: Two"))),
            (yaml, Format::Yaml, "quoted", Some((12, "\"quoted\""))),
            (yaml, Format::Yaml, "quoted.0", Some((12, "\"quoted\""))),
            (yaml, Format::Yaml, "nowhere", None),
            (json, Format::Json, "markdown.toc", Some((2, "toc"))),
            (toml, Format::Toml, "markdown.toc", Some((3, "toc"))),
        ] {
            let found = find(text, format, &steps(path));
            let shown = found.map(|(range, _)| (text[..range.start].matches('\n').count() + 1, &text[range]));
            assert_eq!(shown, want, "{path}");
        }
    }
}
