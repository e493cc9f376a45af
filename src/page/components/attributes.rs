//! The attributes of a tag.

/// An attribute, as it stands in its tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written<'t> {
    /// Its name, with all that Vue has of signs.
    pub name: &'t str,
    /// Its value, without quotes.
    pub value: Option<&'t str>,
    /// Where it begins in the tag.
    pub at: usize,
    /// Where its value begins, or where it ends.
    pub value_at: usize,
    /// One past its end.
    pub end: usize,
}

/// What the name of an attribute says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Named<'t> {
    /// Its value is a text.
    Text(&'t str),
    /// Its value is an expression.
    Bound(&'t str),
    /// The tag is for this slot.
    Slot(&'t str),
    /// It says what to do, which only Vue can: `@click`, `v-if`.
    Directive,
}

impl<'t> Written<'t> {
    /// What its name says.
    pub fn named(&self) -> Named<'t> {
        let name = self.name;
        if let Some(bound) = name.strip_prefix("v-bind:").or_else(|| name.strip_prefix(':')) {
            return Named::Bound(bound.split('.').next().unwrap_or(bound));
        }
        if let Some(slot) = name.strip_prefix("v-slot:").or_else(|| name.strip_prefix('#')) {
            return Named::Slot(slot);
        }
        match name {
            "slot" => Named::Slot(self.value.unwrap_or("")),
            "v-slot" => Named::Slot(""),
            _ if name.starts_with('@') || name.starts_with("v-") => Named::Directive,
            _ => Named::Text(name),
        }
    }
}

/// The attributes of `tag`, which begins with `<` and ends with `>`.
pub(crate) fn read(tag: &str) -> Vec<Written<'_>> {
    let bytes = tag.as_bytes();
    let end = tag.len() - if tag.ends_with("/>") { 2 } else { 1 };
    let is_end = |byte: u8| byte.is_ascii_whitespace();
    let skip = |from: usize| from + bytes[from..end.max(from)].iter().take_while(|byte| is_end(**byte)).count();
    let mut at = bytes.iter().position(|byte| is_end(*byte)).unwrap_or(end);
    let mut found = Vec::new();
    loop {
        at = skip(at);
        if at >= end {
            return found;
        }
        let start = at;
        // A name is never empty, so that this comes to an end.
        at += 1 + bytes[at + 1..end].iter().take_while(|byte| !is_end(**byte) && **byte != b'=').count();
        let name = &tag[start..at];
        let equals = skip(at);
        if equals >= end || bytes[equals] != b'=' {
            found.push(Written { name, value: None, at: start, value_at: at, end: at });
            continue;
        }
        let value = skip(equals + 1);
        let (from, to) = match bytes.get(value).filter(|_| value < end) {
            Some(&quote @ (b'"' | b'\'')) => {
                let length = memchr::memchr(quote, &bytes[value + 1..end]).unwrap_or(end - value - 1);
                (value + 1, value + 1 + length)
            }
            _ => (value, value + bytes[value..end].iter().take_while(|byte| !is_end(**byte)).count()),
        };
        at = if from > value { (to + 1).min(end) } else { to };
        found.push(Written { name, value: Some(&tag[from..to]), at: start, value_at: from, end: at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes() {
        for (tag, want) in [
            ("<Foo/>", ""),
            ("<Foo>", ""),
            ("<Foo a b=c d='e f' :g=\"h > 'i'\"/>", "a|b=c|d=e f|:g=h > 'i'"),
            ("<Foo\n  a = \"é\"\n  b\n>", "a=é|b"),
            ("<Foo a=\"b>", "a=b"),
            ("<Foo a=>", "a="),
            ("<Foo a=/>", "a="),
            ("<Foo = b>", "=|b"),
            ("<Foo a==b>", "a==b"),
            ("<Foo a=b/>", "a=b"),
        ] {
            let shown: Vec<String> = read(tag)
                .iter()
                .map(|attribute| match attribute.value {
                    Some(value) => {
                        assert_eq!(&tag[attribute.value_at..attribute.value_at + value.len()], value);
                        format!("{}={value}", attribute.name)
                    }
                    None => attribute.name.to_owned(),
                })
                .collect();
            assert_eq!(shown.join("|"), want, "{tag}");
        }
    }

    #[test]
    fn what_names_say() {
        for (name, want) in [
            ("a", Named::Text("a")),
            (":a", Named::Bound("a")),
            ("v-bind:a.sync", Named::Bound("a")),
            ("#a", Named::Slot("a")),
            ("v-slot:a", Named::Slot("a")),
            ("@click", Named::Directive),
            ("v-if", Named::Directive),
        ] {
            let written = Written { name, value: None, at: 0, value_at: 0, end: 0 };
            assert_eq!(written.named(), want);
        }
    }
}
