//! HTML that an author wrote for one line: the text of a link in a menu.

use super::balance;
use super::sections::{SOFT_HYPHEN, is_within_words};
use crate::base::escaped;
use crate::page::raw_html::{self, Token};

/// A line of HTML, as text and as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineHtml {
    /// Its text, without markup.
    pub text: String,
    /// Its HTML, balanced and without blocks, links and programs; `None` where it is no more than the text.
    pub html: Option<String>,
}

impl InlineHtml {
    /// Reads what an author wrote.
    pub fn read(written: &str) -> InlineHtml {
        let parts = raw_html::tokens(written).into_iter().map(|token| match token {
            Token::Text(text) => raw_html::unescape(text),
            _ => String::new(),
        });
        let text = parts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        let html = balance::inline(written);
        InlineHtml { html: (html.trim() != escaped(&text)).then(|| html.trim().to_owned()), text }
    }
}

/// The text of HTML as readers see it, for search: a tag parts words where it parts what is shown.
pub fn shown_text(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    for token in raw_html::tokens(html) {
        match token {
            Token::Text(text) => shown.push_str(&raw_html::unescape(text)),
            Token::Start { name, .. } | Token::End { name, .. } if !is_within_words(name) => shown.push(' '),
            _ => {}
        }
    }
    shown.retain(|char| char != SOFT_HYPHEN);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read() {
        for (html, text) in [
            ("a &amp; b", "a & b"),
            ("Une<br>fouine<BR/>rousse", "Une fouine rousse"),
            ("<b>Fou</b>ine<script>x()</script><!-- y -->", "Fouine"),
            ("<p class=\"x\">a</p><p>b &lt;c&gt;</p>", "a b <c>"),
            ("Fou&shy;ine 1 < 2", "Fouine 1 < 2"),
            ("**a**", "**a**"),
        ] {
            assert_eq!(shown_text(html), text, "{html}");
        }
    }

    #[test]
    fn what_is_shown_and_what_it_says() {
        for (written, text, html) in [
            ("Guide", "Guide", None),
            ("A &amp; B", "A & B", None),
            ("A <code>b</code>", "A b", Some("A <code>b</code>")),
            ("<b>never closed", "never closed", Some("<b>never closed</b>")),
            ("x</i> <p>y</p>", "x y", None),
            ("<a href=\"/x\">x</a><script>y()</script>", "x", None),
            ("<span class=\"new\">New</span>", "New", Some("<span class=\"new\">New</span>")),
        ] {
            let read = InlineHtml::read(written);
            assert_eq!((&*read.text, read.html.as_deref()), (text, html), "{written}");
        }
    }
}
