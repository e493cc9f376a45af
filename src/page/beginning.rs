//! How a page begins: the least of it that tells its title and what others may know of its front matter.

use std::sync::Arc;

use super::{Source, frontmatter};

/// The source of a page that ends with its first heading of level 1, or with a line that another file may be put in
/// before that. It has the same front matter, and nearly always the same title.
pub fn beginning(source: &Source) -> Source {
    let end = end(&source.text);
    Source { text: Arc::from(&source.text[..end]), diagnostics: Vec::new(), ..source.clone() }
}

/// Where the beginning of a text ends. A text without such a heading begins with its front matter alone.
fn end(text: &str) -> usize {
    let body = frontmatter::end(text);
    let (mut at, mut start_of_last, mut fence) = (body, body, None);
    for line in text[body..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        match fence {
            Some(marker) => {
                if words.starts_with(marker) {
                    fence = None;
                }
            }
            None if words.starts_with("```") => fence = Some("```"),
            None if words.starts_with("~~~") => fence = Some("~~~"),
            None => {
                let is_heading = words.strip_prefix('#').is_some_and(|rest| !rest.starts_with('#'));
                let is_underline = start > start_of_last && !words.is_empty() && words.bytes().all(|byte| byte == b'=');
                if is_heading || is_underline || words.contains("@include") || words.contains("<h1") {
                    return at;
                }
            }
        }
        start_of_last = if words.is_empty() { at } else { start_of_last };
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_beginning_ends() {
        for (begins, goes_on) in [
            ("# A\n", "\ntext\n"),
            ("---\ntitle: x\n---\n\ntext\n\n# A\n", "## B\n"),
            ("```sh\n# no heading\n```\n\nA\n===\n", "\nb"),
            ("text\n<!-- @include: ./a.md -->\n", "# A\n"),
            ("---\ntitle: x\n---\n", "\n===\n\n## B\n"),
            ("", "text\n"),
            ("", ""),
        ] {
            assert_eq!(end(&format!("{begins}{goes_on}")), begins.len(), "{begins}");
        }
    }
}
