//! How a page begins: the least of it that tells its title and what others may know of its front matter.

use std::sync::Arc;

use super::{Source, frontmatter};

/// The source of a page that ends with its first heading of level 1, or with a line that another file may be put in
/// before that; if it has none, with its first heading. It has the same front matter, and nearly always the same title.
pub fn beginning(source: &Source) -> Source {
    let end = end(&source.text);
    Source { text: Arc::from(&source.text[..end]), diagnostics: Vec::new(), ..source.clone() }
}

/// Where the beginning of a text ends.
fn end(text: &str) -> usize {
    let body = frontmatter::end(text);
    let (mut at, mut paragraph, mut fence, mut first) = (body, false, None, None);
    for line in text[body..].split_inclusive('\n') {
        at += line.len();
        let words = line.trim();
        if let Some(marker) = fence {
            fence = Some(marker).filter(|marker| !words.starts_with(marker));
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|marker| words.starts_with(marker));
        let level = words.bytes().take_while(|byte| *byte == b'#').count();
        let is_underline = |mark: u8| paragraph && !words.is_empty() && words.bytes().all(|byte| byte == mark);
        if level == 1 || is_underline(b'=') || words.contains("@include") || words.contains("<h1") {
            return at;
        }
        if level > 1 || is_underline(b'-') {
            first = first.or(Some(at));
        }
        paragraph = !words.is_empty();
    }
    first.unwrap_or(body)
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
            ("---\ntitle: x\n---\n", "\n===\n\ntext\n"),
            ("text\n\n## B\n", "\ntext\n\nC\n---\n"),
            ("B\n---\n\ntext\n\n# A\n", "\ntext\n"),
            ("", "text\n"),
            ("", ""),
        ] {
            assert_eq!(end(&format!("{begins}{goes_on}")), begins.len(), "{begins}");
        }
    }
}
