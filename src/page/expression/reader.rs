//! Reads an expression from left to right. How deep it may nest is bounded, so that no input costs more than its length.

use serde_yaml::{Mapping, Number, Value};

use super::known::{self, Known};
use super::{Meaning, Scope};

/// How deep brackets may nest.
const MAX_DEPTH: u32 = 32;

/// What a whole expression means.
pub(super) fn read(text: &str, scope: &Scope<'_>) -> Option<Meaning> {
    let mut reader = Reader { rest: text, scope: Some(scope), depth: 0 };
    let found = reader.sum()?;
    reader.blank();
    reader.rest.is_empty().then_some(found)
}

/// See [`super::constants`].
pub(super) fn constants(script: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut start = 0;
    // What may be read in vain: values without an end cost no more than the script is long, a few times over.
    let mut vain = script.len().saturating_mul(4).saturating_add(10_000);
    for line in script.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let declared = line.trim_start();
        let declared = declared.strip_prefix("export ").unwrap_or(declared).trim_start();
        let Some(named) = declared.strip_prefix("const ") else { continue };
        let at = here + line.len() - named.len();
        if vain == 0 {
            break;
        }
        let mut reader = Reader { rest: &script[at..], scope: None, depth: 0 };
        reader.blank();
        let Some(name) = reader.name() else { continue };
        reader.blank();
        if reader.take("=")
            && let Some(Meaning::Value(value)) = reader.sum()
            && ends_statement(&script[at..script.len() - reader.rest.len()], reader.rest)
        {
            found.push((name.to_owned(), value));
        }
        vain = vain.saturating_sub((script.len() - at - reader.rest.len()).saturating_sub(line.len()));
    }
    found
}

/// Whether a statement ends between what was read and the rest: with the line, or at `;`.
fn ends_statement(read: &str, rest: &str) -> bool {
    let last_line = read.rsplit('\n').next().unwrap_or(read);
    rest.is_empty() || rest.starts_with([';', '\n']) || last_line.trim().is_empty()
}

struct Reader<'t, 's> {
    rest: &'t str,
    /// What names mean; without one, no name means anything.
    scope: Option<&'s Scope<'s>>,
    depth: u32,
}

impl<'t> Reader<'t, '_> {
    fn blank(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            self.rest = if self.rest.starts_with("//") {
                self.rest.split_once('\n').map_or("", |(_, rest)| rest)
            } else if self.rest.starts_with("/*") {
                self.rest.split_once("*/").map_or("", |(_, rest)| rest)
            } else {
                return;
            }
        }
    }

    fn take(&mut self, what: &str) -> bool {
        let rest = self.rest.strip_prefix(what);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn name(&mut self) -> Option<&'t str> {
        let length = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(self.rest.len());
        let name = &self.rest[..length];
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = &self.rest[length..];
        Some(name)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn sum(&mut self) -> Option<Meaning> {
        let mut left = self.product()?;
        loop {
            self.blank();
            let operator = match self.rest.as_bytes() {
                [b'+', b'+' | b'=', ..] | [b'-', b'-' | b'=', ..] => return None,
                [operator @ (b'+' | b'-'), ..] => *operator,
                _ => return Some(left),
            };
            self.rest = &self.rest[1..];
            left = combined(left, operator, self.product()?)?;
        }
    }

    fn product(&mut self) -> Option<Meaning> {
        let mut left = self.unary()?;
        loop {
            self.blank();
            let operator = match self.rest.as_bytes() {
                [b'*', b'*' | b'=', ..] => return None,
                [operator @ (b'*' | b'/' | b'%'), ..] => *operator,
                _ => return Some(left),
            };
            self.rest = &self.rest[1..];
            left = combined(left, operator, self.unary()?)?;
        }
    }

    fn unary(&mut self) -> Option<Meaning> {
        self.blank();
        if self.take("-") {
            let value = self.deeper(Self::unary)?;
            return combined(Meaning::Value(Value::from(0)), b'-', value);
        }
        self.primary()
    }

    fn primary(&mut self) -> Option<Meaning> {
        let first = self.rest.chars().next()?;
        match first {
            '(' => {
                self.rest = &self.rest[1..];
                let inner = self.deeper(Self::sum)?;
                self.blank();
                self.take(")").then_some(inner)
            }
            '[' => self.list(),
            '{' => self.mapping(),
            '"' | '\'' | '`' => self.string().map(|text| Meaning::Value(Value::String(text))),
            '0'..='9' | '.' => self.number().map(Meaning::Value),
            _ => self.access(),
        }
    }

    fn number(&mut self) -> Option<Value> {
        let length = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        match digits.parse::<i64>() {
            Ok(whole) => Some(Value::from(whole)),
            Err(_) => digits.parse::<f64>().ok().map(Value::from),
        }
    }

    /// A string; one with holes in it is none.
    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let mut text = String::new();
        let mut chars = self.rest[1..].char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'u' => {
                        let digits: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                        text.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                    }
                    '\n' => {}
                    other => text.push(other),
                },
                '$' if quote == '`' && self.rest[1 + at..].starts_with("${") => return None,
                '\n' if quote != '`' => return None,
                char if char == quote => {
                    self.rest = &self.rest[1 + at + 1..];
                    return Some(text);
                }
                char => text.push(char),
            }
        }
        None
    }

    fn value(&mut self) -> Option<Value> {
        match self.deeper(Self::sum)? {
            Meaning::Value(value) => Some(value),
            Meaning::Site(_) | Meaning::Address(_) => None,
        }
    }

    fn list(&mut self) -> Option<Meaning> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.take("]") {
                return Some(Meaning::Value(Value::Sequence(items)));
            }
            items.push(self.value()?);
            self.blank();
            if !self.take(",") && !self.rest.starts_with(']') {
                return None;
            }
        }
    }

    fn mapping(&mut self) -> Option<Meaning> {
        self.rest = &self.rest[1..];
        let mut entries = Mapping::new();
        loop {
            self.blank();
            if self.take("}") {
                return Some(Meaning::Value(Value::Mapping(entries)));
            }
            let key = match self.rest.chars().next()? {
                '"' | '\'' => self.string()?,
                _ => self.name()?.to_owned(),
            };
            self.blank();
            if !self.take(":") {
                return None;
            }
            entries.insert(key.into(), self.value()?);
            self.blank();
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
    }

    /// A name, and the members that are taken of it.
    fn access(&mut self) -> Option<Meaning> {
        let root = self.name()?;
        match root {
            "true" => return Some(Meaning::Value(Value::Bool(true))),
            "false" => return Some(Meaning::Value(Value::Bool(false))),
            "null" | "undefined" => return Some(Meaning::Value(Value::Null)),
            "$withBase" | "withBase" if self.take("(") => {
                self.blank();
                let address = self.string()?;
                self.blank();
                return self.take(")").then_some(Meaning::Address(address));
            }
            _ => {}
        }
        let scope = self.scope?;
        let mut steps = Vec::new();
        while let Some(step) = self.step()? {
            steps.push(step);
        }
        if let Some(value) = scope.named(root) {
            return member(value, &steps).map(Meaning::Value);
        }
        match known::known(root, &steps, scope)? {
            Known::Site(value) => Some(Meaning::Site(value)),
            Known::Params => {
                let (first, rest) = steps.split_first()?;
                member(scope.params.get(first.as_str())?, rest).map(Meaning::Value)
            }
            Known::FrontMatter(from) => {
                let (first, rest) = steps[from..].split_first()?;
                member(scope.front_matter.get(first.as_str())?, rest).map(Meaning::Value)
            }
        }
    }

    /// The next member, `None` within if there is none; `None` if what follows is no member that is plainly named.
    fn step(&mut self) -> Option<Option<String>> {
        let optional = self.take("?.");
        if self.take("[") {
            self.blank();
            let step = match self.rest.chars().next()? {
                '"' | '\'' => self.string()?,
                _ => {
                    let length = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
                    let (digits, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    (!digits.is_empty()).then(|| digits.to_owned())?
                }
            };
            self.blank();
            return self.take("]").then_some(Some(step));
        }
        if optional || self.take(".") {
            return self.name().map(|name| Some(name.to_owned()));
        }
        Some(None)
    }
}

/// The member of a value that the steps lead to.
fn member(value: &Value, steps: &[String]) -> Option<Value> {
    let mut value = value;
    for step in steps {
        value = match value {
            Value::Mapping(entries) => entries.get(step.as_str())?,
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

/// Two values, put together by an operator.
fn combined(left: Meaning, operator: u8, right: Meaning) -> Option<Meaning> {
    let (Meaning::Value(left), Meaning::Value(right)) = (left, right) else { return None };
    let value = match (&left, &right) {
        (Value::Number(left), Value::Number(right)) => number(left, operator, right)?,
        (Value::String(_), Value::String(_) | Value::Number(_)) | (Value::Number(_), Value::String(_))
            if operator == b'+' =>
        {
            Value::String(super::shown(&left) + &super::shown(&right))
        }
        _ => return None,
    };
    Some(Meaning::Value(value))
}

fn number(left: &Number, operator: u8, right: &Number) -> Option<Value> {
    if let (Some(left), Some(right)) = (left.as_i64(), right.as_i64()) {
        let whole = match operator {
            b'+' => left.checked_add(right),
            b'-' => left.checked_sub(right),
            b'*' => left.checked_mul(right),
            b'%' => left.checked_rem(right),
            _ => None,
        };
        if let Some(whole) = whole {
            return Some(Value::from(whole));
        }
    }
    let (left, right) = (left.as_f64()?, right.as_f64()?);
    let float = match operator {
        b'+' => left + right,
        b'-' => left - right,
        b'*' => left * right,
        b'/' => left / right,
        _ => left % right,
    };
    float.is_finite().then(|| Value::from(float))
}
