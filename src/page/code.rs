//! A code block as HTML.

use super::fence_info::FenceInfo;
use super::highlight;
use super::markdown::escape;
use crate::config::MarkdownConfig;

/// A line longer than this needs scrolling on a phone, and what scrolls must be reachable by keyboard.
const PHONE_COLUMNS: usize = 36;

/// A rendered code block.
pub(crate) struct Rendered {
    /// Its HTML.
    pub html: String,
    /// Its language, if no highlighting is known for it.
    pub unknown_language: Option<String>,
}

/// Renders `code`; `info` is what follows the opening fence, `None` for indented code.
pub(crate) fn html(code: &str, info: Option<&str>, config: &MarkdownConfig) -> Rendered {
    let fence = FenceInfo::parse(info.unwrap_or(""), config);
    let numbers = info.is_some() && fence.line_numbers.unwrap_or(config.line_numbers);
    let code = code.strip_suffix('\n').unwrap_or(code);
    let known = highlight::is_known(&fence.grammar);

    let mut html = String::with_capacity(code.len() * 2 + 100);
    html.push_str("<div class=\"language-");
    escape(if fence.language.is_empty() { "text" } else { &fence.language }, &mut html);
    if numbers {
        html.push_str(" line-numbers-mode");
    }
    html.push('"');
    if numbers && fence.start != 1 {
        html.push_str(&format!(" style=\"--start:{}\"", fence.start));
    }
    html.push_str("><pre");
    if code.lines().any(|line| line.len() > PHONE_COLUMNS) {
        html.push_str(" tabindex=\"0\"");
    }
    html.push_str("><code>");
    if numbers || !fence.highlight.is_empty() {
        for (index, line) in highlight::lines(code, &fence.grammar).iter().enumerate() {
            let number = index as u32 + 1;
            let marked = fence.highlight.iter().any(|range| range.contains(&number));
            html.push_str(if index > 0 { "\n" } else { "" });
            html.push_str(if marked { "<span class=\"line highlighted\">" } else { "<span class=\"line\">" });
            html.push_str(line);
            html.push_str("</span>");
        }
        html.push('\n');
    } else {
        html.push_str(&highlight::highlight(code, &fence.grammar));
        if !code.is_empty() {
            html.push('\n');
        }
    }
    html.push_str("</code></pre></div>\n");
    Rendered { html, unknown_language: (!known).then_some(fence.grammar) }
}
