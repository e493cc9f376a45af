//! The scripts of a page: of what they say, only names with plain values are taken.

use serde_yaml::Value;

use crate::page::expression;

/// The names that the page's scripts give plain values. Scripts shown in fences are none.
pub(crate) fn constants(text: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    if !text.contains("<script") {
        return found;
    }
    let mut fence: Option<&str> = None;
    let mut at = 0;
    while at < text.len() {
        let line = &text[at..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)];
        let trimmed = line.trim_start();
        let marks = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
        match fence {
            Some(open) if trimmed.starts_with(open) && marks >= open.len() => fence = None,
            Some(_) => {}
            None if marks >= 3 => fence = Some(&trimmed[..marks]),
            None if line.starts_with("<script") => {
                let script = &text[at..];
                let end = script.find("</script").unwrap_or(script.len());
                let start = script.find('>').map_or(end, |start| start + 1);
                found.extend(expression::constants(&script[start.min(end)..end]));
                at += end;
                at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
                continue;
            }
            None => {}
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_not_scripts() {
        let text = "# A\n\n```html\n<script setup>\nconst a = 1\n</script>\n```\n\n<script setup lang=\"ts\">\nconst b = 'x'\n</script>\nfin\n<script>";
        let names: Vec<String> = constants(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["b"]);
    }
}
