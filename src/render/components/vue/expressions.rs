//! Expressions of a component of Vue -> those of a template. What a template cannot say is left alone.

use std::collections::BTreeSet;

/// How deep brackets may stand in one another.
const MAX_DEPTH: u32 = 24;

/// The expression as one of a template; `None` if it cannot be said there. `names` are those that are known.
pub(super) fn translated(text: &str, names: &BTreeSet<String>) -> Option<String> {
    let mut reader = Reader { rest: text, names, depth: 0 };
    let found = reader.choice()?;
    reader.blank();
    reader.rest.is_empty().then_some(found.text)
}

/// A part of an expression, said in a template.
struct Part {
    text: String,
    /// Whether it is a text, for `+` joins texts and adds numbers.
    is_text: bool,
    is_number: bool,
}

impl Part {
    fn other(text: String) -> Option<Part> {
        Some(Part { text, is_text: false, is_number: false })
    }
}

struct Reader<'t> {
    rest: &'t str,
    names: &'t BTreeSet<String>,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, what: &str) -> bool {
        self.blank();
        let rest = self.rest.strip_prefix(what);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `a ? b : c`
    fn choice(&mut self) -> Option<Part> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let condition = self.either()?;
        self.blank();
        let found = if self.rest.starts_with('?') && !self.rest.starts_with("?.") {
            self.rest = &self.rest[1..];
            let yes = self.choice()?;
            if !self.take(":") {
                return None;
            }
            let no = self.choice()?;
            let is_text = yes.is_text && no.is_text;
            let text = format!("({} if {} else {})", yes.text, condition.text, no.text);
            Some(Part { text, is_text, is_number: yes.is_number && no.is_number })
        } else {
            Some(condition)
        };
        self.depth -= 1;
        found
    }

    fn either(&mut self) -> Option<Part> {
        self.joined(Reader::both, &[("||", "or"), ("??", "or")])
    }

    fn both(&mut self) -> Option<Part> {
        self.joined(Reader::compared, &[("&&", "and")])
    }

    fn joined(&mut self, inner: fn(&mut Self) -> Option<Part>, signs: &[(&str, &str)]) -> Option<Part> {
        let mut left = inner(self)?;
        while let Some((_, word)) = signs.iter().find(|(sign, _)| self.take(sign)) {
            let right = inner(self)?;
            // In JavaScript these give one of their sides, here true or false: of `or`, a choice gives the side.
            left = match *word {
                "or" => Part { text: format!("({0} if {0} else {1})", left.text, right.text), ..right },
                _ => Part { text: format!("({1} if {0} else \"\")", left.text, right.text), ..right },
            };
            if left.text.len() > 2000 {
                return None;
            }
        }
        Some(left)
    }

    fn compared(&mut self) -> Option<Part> {
        let left = self.sum()?;
        let signs = [
            ("===", "=="),
            ("!==", "!="),
            ("==", "=="),
            ("!=", "!="),
            ("<=", "<="),
            (">=", ">="),
            ("<", "<"),
            (">", ">"),
        ];
        let Some((_, sign)) = signs.iter().find(|(sign, _)| self.take(sign)) else { return Some(left) };
        let right = self.sum()?;
        Part::other(format!("({} {sign} {})", left.text, right.text))
    }

    fn sum(&mut self) -> Option<Part> {
        let mut left = self.single()?;
        while self.take("+") {
            let right = self.single()?;
            left = match (left.is_text || right.is_text, left.is_number && right.is_number) {
                (true, _) => Part { text: format!("{} ~ {}", left.text, right.text), is_text: true, is_number: false },
                (_, true) => Part { text: format!("{} + {}", left.text, right.text), is_text: false, is_number: true },
                // It cannot be told which is meant.
                _ => return None,
            };
        }
        Some(left)
    }

    fn single(&mut self) -> Option<Part> {
        self.blank();
        let first = self.rest.chars().next()?;
        match first {
            '!' => {
                self.rest = &self.rest[1..];
                let inner = self.single()?;
                Part::other(format!("(not {})", inner.text))
            }
            '(' => {
                self.rest = &self.rest[1..];
                let inner = self.choice()?;
                self.take(")").then_some(Part { text: format!("({})", inner.text), ..inner })
            }
            '"' | '\'' => self.string(first).map(|text| Part { text: quoted(&text), is_text: true, is_number: false }),
            '`' => self.template(),
            '0'..='9' => {
                let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
                let (number, rest) = self.rest.split_at(end);
                self.rest = rest;
                number.parse::<f64>().ok()?;
                Some(Part { text: number.to_owned(), is_text: false, is_number: true })
            }
            _ => self.access(),
        }
    }

    fn string(&mut self, quote: char) -> Option<String> {
        let inner = &self.rest[1..];
        let end = inner.find(quote)?;
        let text = &inner[..end];
        if text.contains('\\') {
            return None;
        }
        self.rest = &inner[end + 1..];
        Some(text.to_owned())
    }

    /// `` `a${b}` ``
    fn template(&mut self) -> Option<Part> {
        let inner = &self.rest[1..];
        let end = inner.find('`')?;
        self.rest = &inner[end + 1..];
        let mut text = &inner[..end];
        if text.contains('\\') {
            return None;
        }
        let mut parts = Vec::new();
        while let Some(at) = text.find("${") {
            let close = at + text[at..].find('}')?;
            parts.push(quoted(&text[..at]));
            parts.push(translated(&text[at + 2..close], self.names)?);
            text = &text[close + 1..];
        }
        parts.push(quoted(text));
        Some(Part { text: format!("({})", parts.join(" ~ ")), is_text: true, is_number: false })
    }

    /// A name, and what is taken of it.
    fn access(&mut self) -> Option<Part> {
        let mut name = self.name()?;
        match name {
            "true" | "false" => return Part::other(name.to_owned()),
            "null" | "undefined" => return Part::other("none".to_owned()),
            "props" | "$props" if !self.names.contains(name) => {
                if !self.take(".") {
                    return None;
                }
                name = self.name()?;
            }
            "$slots" => {
                let slot = if self.take(".") { self.name()? } else { return None };
                return match slot {
                    "default" => Part::other("body".to_owned()),
                    slot => self.names.contains(slot).then(|| Part::other(slot.to_owned()))?,
                };
            }
            _ => {}
        }
        if !self.names.contains(name) {
            return None;
        }
        let mut text = name.to_owned();
        loop {
            if self.rest.starts_with("?.") || self.rest.starts_with('.') {
                self.rest = self.rest.trim_start_matches('?').trim_start_matches('.');
                let member = self.name()?;
                if self.rest.starts_with('(') {
                    return None;
                }
                match member {
                    "length" => {
                        return Some(Part { text: format!("({text} | length)"), is_text: false, is_number: true });
                    }
                    member => text = format!("{text}?.{member}"),
                }
            } else if self.rest.starts_with('[') {
                let end = self.rest.find(']')?;
                let index: usize = self.rest[1..end].trim().parse().ok()?;
                self.rest = &self.rest[end + 1..];
                text = format!("{text}[{index}]");
            } else if self.rest.starts_with('(') {
                return None;
            } else {
                return Part::other(text);
            }
        }
    }

    fn name(&mut self) -> Option<&'t str> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
    }
}

/// The text as a literal of a template.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let names = ["a", "b", "items"].map(str::to_owned).into();
        for (text, want) in [
            ("a", Some("a")),
            ("props.a", Some("a")),
            ("a.b.c", Some("a?.b?.c")),
            ("items[0].x", Some("items[0]?.x")),
            ("items.length > 1", Some("((items | length) > 1)")),
            ("!a && b", Some("(b if (not a) else \"\")")),
            ("a ? 'x' : 'y'", Some("(\"x\" if a else \"y\")")),
            ("'x-' + a", Some("\"x-\" ~ a")),
            ("`x-${a}`", Some("(\"x-\" ~ a ~ \"\")")),
            ("a + b", None),
            ("$slots.default", Some("body")),
            ("f(a)", None),
            ("a.map(x => x)", None),
            ("unknown", None),
            ("a b", None),
            ("", None),
        ] {
            assert_eq!(translated(text, &names).as_deref(), want, "{text}");
        }
        assert_eq!(translated(&"(".repeat(10_000), &names), None);
        assert_eq!(translated(&"!".repeat(100), &names), None);
    }
}
