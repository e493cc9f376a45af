//! Where each key and value of a YAML text stands, one line long each: the parser keeps no places. What is written in other ways
//! (texts of several lines, anchors and tags) is passed over.

use std::ops::Range;

/// A key or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The keys that lead to it, from the outermost; for a key, those around it.
    pub keys: Vec<String>,
    /// Where it stands, without quotes.
    pub range: Range<usize>,
    /// Whether it is a key.
    pub is_key: bool,
}

/// The keys and values of a text, in order.
pub fn scalars(text: &str) -> Vec<Scalar> {
    let mut reader = Reader { text, found: Vec::new(), keys: Vec::new() };
    let mut start = 0;
    // The indentation of a key whose value is a text of several lines.
    let mut block: Option<usize> = None;
    while start < text.len() {
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        if block.is_some_and(|key| is_blank || indent > key) {
            start = end + 1;
            continue;
        }
        block = None;
        if is_blank || line[indent..].starts_with('#') || line.starts_with("---") {
            start = end + 1;
            continue;
        }
        let (next, opens_block) = reader.line(start, start + indent, end);
        block = opens_block.then_some(indent);
        start = next;
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Scalar>,
    /// The keys that are open, each with its column.
    keys: Vec<(usize, String)>,
}

impl Reader<'_> {
    /// Reads a line from its first character; where the next one begins, and whether a text of several lines follows.
    fn line(&mut self, start: usize, mut at: usize, end: usize) -> (usize, bool) {
        while let Some(rest) =
            self.text[at..end].strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            at = end - rest.trim_start_matches(' ').len();
        }
        let column = at - start;
        while self.keys.last().is_some_and(|(indent, _)| *indent >= column) {
            self.keys.pop();
        }
        if at == end {
            return (end + 1, false);
        }
        if self.text[at..].starts_with(['[', '{']) {
            let behind = self.flow(at);
            return (self.rest_of_line(behind), false);
        }
        let (range, behind) = token(self.text, at, end, false);
        let Some(value) = after_colon(self.text, behind, end) else {
            self.push(range, false, &[]);
            return (end + 1, false);
        };
        self.push(range.clone(), true, &[]);
        self.keys.push((column, self.text[range].to_owned()));
        let value = end - self.text[value..end].trim_start().len();
        match self.text[value..end].chars().next() {
            None | Some('#' | '&' | '*' | '!') => (end + 1, false),
            Some('|' | '>') => (end + 1, true),
            Some('[' | '{') => {
                let behind = self.flow(value);
                (self.rest_of_line(behind), false)
            }
            Some(_) => {
                self.push(token(self.text, value, end, false).0, false, &[]);
                (end + 1, false)
            }
        }
    }

    fn rest_of_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// Reads `[a, {b: c}]`, over as many lines as it takes; where it ends.
    fn flow(&mut self, start: usize) -> usize {
        let end = self.text.len();
        let mut at = start;
        // Each bracket that is open, with the key that was read last in it.
        let mut open: Vec<Option<String>> = Vec::new();
        while at < end {
            let Some(char) = self.text[at..].chars().next() else { break };
            match char {
                '[' | '{' => open.push(None),
                ']' | '}' => {
                    open.pop();
                    if open.is_empty() {
                        return at + 1;
                    }
                }
                ',' => open.last_mut().map_or((), |key| *key = None),
                '#' => {
                    at = self.rest_of_line(at);
                    continue;
                }
                char if char.is_whitespace() || char == ':' => {}
                _ => {
                    let (range, behind) = token(self.text, at, end, true);
                    let keys: Vec<String> = open.iter().flatten().cloned().collect();
                    let is_key = after_colon(self.text, behind, end).is_some();
                    self.push(range.clone(), is_key, &keys);
                    if let Some(last) = open.last_mut().filter(|_| is_key) {
                        *last = Some(self.text[range].to_owned());
                    }
                    at = behind.max(at + char.len_utf8());
                    continue;
                }
            }
            at += char.len_utf8();
        }
        end
    }

    fn push(&mut self, range: Range<usize>, is_key: bool, inner: &[String]) {
        let keys = self.keys.iter().map(|(_, key)| key.clone()).chain(inner.iter().cloned()).collect();
        if !range.is_empty() {
            self.found.push(Scalar { keys, range, is_key });
        }
    }
}

/// The key or value that begins at `at`, without quotes, and where what follows it begins.
fn token(text: &str, at: usize, end: usize, in_flow: bool) -> (Range<usize>, usize) {
    let rest = &text[at..end];
    if let Some(quote) = rest.chars().next().filter(|char| matches!(char, '"' | '\'')) {
        let mut escaped = false;
        for (index, char) in rest.char_indices().skip(1) {
            match char {
                _ if escaped => escaped = false,
                '\\' if quote == '"' => escaped = true,
                char if char == quote => return (at + 1..at + index, at + index + 1),
                '\n' => break,
                _ => {}
            }
        }
    }
    let mut before = ' ';
    let mut length = rest.len();
    for (index, char) in rest.char_indices() {
        let after = rest[index + char.len_utf8()..].chars().next();
        let ends = match char {
            '\n' => true,
            '#' => before.is_whitespace() && index > 0,
            ':' => after.is_none_or(|after| after.is_whitespace() || in_flow && ",]}".contains(after)),
            ',' | '[' | ']' | '{' | '}' => in_flow,
            _ => false,
        };
        if ends {
            length = index;
            break;
        }
        before = char;
    }
    let length = rest[..length].trim_end().len();
    (at..at + length, at + length)
}

/// Where the value begins, if a colon follows.
fn after_colon(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text[at..end].trim_start_matches(' ');
    let behind = rest.strip_prefix(':')?;
    (behind.is_empty() || behind.starts_with(char::is_whitespace)).then(|| end - behind.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_found() {
        let text = "title: A:b # no\nnav:\n- text: 'One'\n  link: \"/one.md\" # c\n- {text: T, link: /two.md}\nsidebar:\n  /x/:\n  - /x/a.md\n  - [/x/b.md, B]\nlong: |\n  link: /no.md\n\nredirects: {/a: /b,\n  \"/c\": /d}\n";
        let found: Vec<String> = scalars(text)
            .into_iter()
            .map(|one| format!("{}{}={}", one.keys.join("."), if one.is_key { "!" } else { "" }, &text[one.range]))
            .filter(|shown| !shown.starts_with('!') && !shown.contains("text"))
            .collect();
        let want = [
            "title=A:b",
            "nav!=link",
            "nav.link=/one.md",
            "nav!=link",
            "nav.link=/two.md",
            "sidebar!=/x/",
            "sidebar./x/=/x/a.md",
            "sidebar./x/=/x/b.md",
            "sidebar./x/=B",
            "redirects!=/a",
            "redirects./a=/b",
            "redirects!=/c",
            "redirects./c=/d",
        ];
        assert_eq!(found, want);
    }
}
