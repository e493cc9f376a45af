//! Tokens -> HTML with as few spans as the classes allow.

use super::classes::Class;

/// The HTML so far. White space takes the class of both its neighbours, if they have the same.
pub(super) struct Spans {
    html: String,
    open: Option<Class>,
    /// White space that was not written yet.
    blank: String,
}

impl Spans {
    /// No HTML yet, of code that is `bytes` long.
    pub(super) fn with_capacity(bytes: usize) -> Spans {
        Spans { html: String::with_capacity(bytes * 2), open: None, blank: String::new() }
    }

    /// Adds a token. Only text between white space is put in a span.
    pub(super) fn push(&mut self, class: Option<Class>, text: &str) {
        let body = text.trim();
        if body.is_empty() {
            self.blank.push_str(text);
            return;
        }
        let start = text.len() - text.trim_start().len();
        self.blank.push_str(&text[..start]);
        if self.open == class {
            self.html.push_str(&self.blank);
        } else {
            self.close();
            self.html.push_str(&self.blank);
            if let Some(class) = class {
                self.html.push_str(class.tag());
            }
            self.open = class;
        }
        self.blank.clear();
        push_escaped(&mut self.html, body);
        self.blank.push_str(&text[start + body.len()..]);
    }

    /// The HTML of all tokens.
    pub(super) fn end(mut self) -> String {
        self.close();
        self.html.push_str(&self.blank);
        self.html
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// Appends `text`, as HTML.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'>', b'&', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// What [`Spans`] wrote, by line; a span that crosses a line's end is ended there and begun again on the next.
pub(super) fn split_lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    // The tag of the span that the line begins in.
    let mut open = "";
    for line in html.split_terminator('\n') {
        let carried = if line.is_empty() { "" } else { open };
        let last_tag = line.rfind("<span").filter(|&tag| !line[tag..].contains("</span>"));
        let ended = line.contains("</span>");
        open = match last_tag {
            Some(tag) => line[tag..].find('>').map_or("", |end| &line[tag..tag + end + 1]),
            None if ended => "",
            None => open,
        };
        let close = if open.is_empty() || line.is_empty() { "" } else { "</span>" };
        lines.push(format!("{carried}{line}{close}"));
    }
    lines
}
