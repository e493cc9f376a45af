//! What each kind of finding means: its section of `reference/diagnostics.md`, the one place where that is told.

/// A language in which the findings are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

/// What is said of a kind of finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it means, in one line.
    pub summary: String,
    /// The whole section, as Markdown, without its heading and without links, which lead nowhere outside of the page.
    pub text: String,
}

/// What is said of the kind of finding with this name.
pub fn section(code: &str, language: Language) -> Option<Section> {
    let manual = match language {
        Language::English => include_str!("../../content/en/reference/diagnostics.md"),
        Language::French => include_str!("../../content/reference/diagnostics.md"),
    };
    let heading = format!("\n### `{code}`\n");
    let start = manual.find(&heading)? + heading.len();
    let rest = &manual[start..];
    let end = ["\n## ", "\n### "].into_iter().filter_map(|next| rest.find(next)).min().unwrap_or(rest.len());
    let text = without_links(rest[..end].trim());
    Some(Section { summary: summary(&text), text })
}

/// The first sentence that says more than how much it matters.
fn summary(text: &str) -> String {
    let is_prose = |part: &&str| !part.is_empty() && !part.starts_with("```");
    let Some(paragraph) = text.split("\n\n").map(str::trim).find(is_prose) else { return String::new() };
    let paragraph = paragraph.replace('\n', " ");
    let mut sentences = paragraph.split_inclusive(". ");
    // How much it matters is said first.
    sentences.next();
    sentences.next().unwrap_or(&paragraph).trim().to_owned()
}

/// Markdown whose links are their texts. What stands in code stays as it is.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    for paragraph in text.split_inclusive("\n\n") {
        let mut rest = if paragraph.starts_with("```") { "" } else { paragraph };
        if rest.is_empty() {
            plain.push_str(paragraph);
        }
        let mut in_code = false;
        while let Some(at) = rest.find("](") {
            let (before, after) = (&rest[..at], &rest[at + 2..]);
            in_code ^= before.matches('`').count() % 2 == 1;
            let end = after.find(')').map_or(after.len(), |end| end + 1);
            match before.rfind('[') {
                Some(open) if !in_code => {
                    plain.push_str(&before[..open]);
                    plain.push_str(&before[open + 1..]);
                    rest = &after[end..];
                }
                _ => {
                    plain.push_str(&rest[..at + 2]);
                    rest = after;
                }
            }
        }
        plain.push_str(rest);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes::CODES;

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in CODES {
            for language in [Language::English, Language::French] {
                let section = section(code.name, language).expect(code.name);
                assert!(section.summary.len() > 10 && section.text.len() > section.summary.len(), "{section:?}");
                let cure = ["**What to do.**", "**Que faire.**"];
                assert!(cure.iter().any(|cure| section.text.contains(cure)), "{}: no cure", code.name);
                assert!(!section.text.contains("\n### "), "{}: it does not end", code.name);
            }
        }
        assert_eq!(section("no-such-thing", Language::English), None);
    }

    #[test]
    fn links_are_texts() {
        for (text, want) in [
            ("a [b `c`](d.md#e) f [g](h)", "a b `c` f g"),
            ("write `[a](b.md)` and `![](c)`, [d](e)", "write `[a](b.md)` and `![](c)`, d"),
            ("```md\n[a](b)\n```\n\n[c](d)", "```md\n[a](b)\n```\n\nc"),
        ] {
            assert_eq!(without_links(text), want);
        }
    }

    #[test]
    fn summaries_are_sentences() {
        let summary = |code| section(code, Language::English).expect("it is explained").summary;
        assert_eq!(summary("stray-tab"), "A line begins a tab, but no `tabs` are open.");
        assert_eq!(summary("wrong-math"), "A formula is no LaTeX that Pressoir knows.");
    }
}
