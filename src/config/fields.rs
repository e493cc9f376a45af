//! Reads settings key by key: a value of another type, and a key that nobody asks for, become diagnostics, and the rest is
//! used all the same.

use serde_yaml::{Mapping, Value};

use super::document::{Document, Step};
use crate::diag::{Diagnostic, Severity};

/// The keys of one mapping of a settings file.
pub struct Fields<'d> {
    document: &'d Document,
    values: &'d Mapping,
    steps: Vec<Step>,
    asked: Vec<String>,
}

impl<'d> Fields<'d> {
    /// The keys at the top of a file.
    pub fn of(document: &'d Document) -> Fields<'d> {
        Fields { document, values: &document.values, steps: Vec::new(), asked: Vec::new() }
    }

    /// The keys of a mapping that lies at `steps` in a file.
    pub fn inside(document: &'d Document, values: &'d Mapping, steps: Vec<Step>) -> Fields<'d> {
        Fields { document, values, steps, asked: Vec::new() }
    }

    /// The file that is read.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// The steps that lead here.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The value of the first of `names` that is there; null counts as absent. Two-word names are also known as `camelCase`.
    pub fn value(&mut self, names: &[&str]) -> Option<(&'d Value, Vec<Step>)> {
        let mut found = None;
        for name in names.iter().flat_map(|name| [(*name).to_owned(), camel(name)]) {
            if found.is_none()
                && let Some(value) = self.values.get(name.as_str()).filter(|value| !value.is_null())
            {
                let mut steps = self.steps.clone();
                steps.push(Step::Key(name.clone()));
                found = Some((value, steps));
            }
            self.asked.push(name);
        }
        found
    }

    /// A text; numbers and booleans are taken as they are written.
    pub fn text(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let (value, steps) = self.value(names)?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => self.expected("a text", value, &steps, diagnostics),
        }
    }

    /// `lang`: a language as browsers know it, `fr` or `pt-BR`. An underscore, which systems write, becomes a hyphen.
    pub fn lang(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let written = self.text(&["lang"], diagnostics)?;
        let tag = written.trim().replace('_', "-");
        let is_part =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_language = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if tag.split('-').all(is_part) && tag.split('-').next().is_some_and(is_language) {
            return Some(tag);
        }
        let mut steps = self.steps.clone();
        steps.push(Step::Key("lang".to_owned()));
        diagnostics.push(
            Diagnostic::warning("setting-value", format!("`{written}` is no language"))
                .at(self.document.span(&steps))
                .help("write it as browsers know it: `fr`, `en-GB`, `zh-Hans`; the line is not used"),
        );
        None
    }

    /// A text, or `None` where it is `false`.
    pub fn text_unless_false(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        match self.value(names)? {
            (Value::Bool(false), _) => None,
            _ => self.text(names, diagnostics),
        }
    }

    /// One of these words.
    pub fn one_of(&mut self, names: &[&str], words: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let (value, steps) = self.value(names)?;
        let word = value.as_str().filter(|word| words.contains(word)).map(str::to_owned);
        if word.is_none() {
            let known: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            diagnostics.push(
                Diagnostic::warning("setting-value", "no such value is known here")
                    .at(self.document.span(&steps))
                    .help(format!("write {}", known.join(" or "))),
            );
        }
        word
    }

    /// `true` or `false`.
    pub fn bool(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<bool> {
        let (value, steps) = self.value(names)?;
        match value {
            Value::Bool(value) => Some(*value),
            _ => self.expected("`true` or `false`", value, &steps, diagnostics),
        }
    }

    /// A list of texts; one text is a list of one.
    pub fn texts(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
        let (value, steps) = self.value(names)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts = match value {
            Value::Sequence(values) => values.iter().map(text).collect(),
            value => text(value).map(|one| vec![one]),
        };
        match texts {
            Some(texts) => Some(texts),
            None => self.expected("a list of texts", value, &steps, diagnostics),
        }
    }

    /// Heading levels: `[2, 3]`, first and last included. One number is a range of one; a longer list, its ends.
    pub fn levels(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<(u8, u8)> {
        let (value, steps) = self.value(names)?;
        let level = |value: &Value| value.as_u64().filter(|level| (1..=6).contains(level)).map(|level| level as u8);
        let levels = match value {
            Value::String(text) if text == "deep" => Some((2, 6)),
            Value::Sequence(values) => {
                let levels: Option<Vec<u8>> = values.iter().map(level).collect();
                levels.and_then(|levels| Some((*levels.iter().min()?, *levels.iter().max()?)))
            }
            value => level(value).map(|level| (level, level)),
        };
        match levels {
            Some(levels) => Some(levels),
            None => self.expected("heading levels, `[2, 3]`", value, &steps, diagnostics),
        }
    }

    /// The keys of a mapping inside this one.
    pub fn fields(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Option<Fields<'d>> {
        let (value, steps) = self.value(names)?;
        match value {
            Value::Mapping(values) => Some(Fields { document: self.document, values, steps, asked: Vec::new() }),
            _ => self.expected("keys and values", value, &steps, diagnostics),
        }
    }

    /// Whether the value of a key is this switch.
    pub fn is(&self, name: &str, value: bool) -> bool {
        self.values.get(name).and_then(Value::as_bool) == Some(value)
    }

    /// Counts keys as known whose values are not asked for.
    pub fn skip(&mut self, names: &[&str]) {
        self.asked.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Tells in one finding which of these keys are there, whose values change nothing.
    pub fn without_effect(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) {
        let is_there = |name: &&&str| self.values.contains_key(**name);
        let there: Vec<String> = names.iter().filter(is_there).map(|name| (*name).to_owned()).collect();
        let Some(first) = there.first() else { return };
        let mut steps = self.steps.clone();
        steps.push(Step::Key(first.clone()));
        let names: Vec<String> = there.iter().map(|name| format!("`{}`", self.called(name))).collect();
        let what = if names.len() == 1 { "this setting changes" } else { "these settings change" };
        diagnostics.push(
            Diagnostic::info("setting-ignored", format!("{what} nothing here: {}", names.join(", ")))
                .at(self.document.span(&steps))
                .help("such settings are for tools that are not needed, or for what the site has in any case"),
        );
        self.asked.extend(there);
    }

    /// A key with the one around it, which many keys need to be known by: `markdown.theme`.
    fn called(&self, key: &str) -> String {
        // Those of the whole theme, of a language or of a part of the site say nothing more.
        let says =
            |around: &str| !matches!(around, "theme" | "options" | "themeConfig") && !around.starts_with(['/', '$']);
        match self.steps.as_slice() {
            [.., Step::Key(parent), Step::Key(_)] if parent == "locales" => key.to_owned(),
            [.., Step::Key(around)] if says(around) => format!("{around}.{key}"),
            _ => key.to_owned(),
        }
    }

    /// Each key with the keys of its value, in the order written.
    pub fn each(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Fields<'d>)> {
        self.each_of(|_| true, diagnostics)
    }

    /// Each of the keys that are `wanted`, with the keys of its value, in the order written.
    pub fn each_of(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<(String, Fields<'d>)> {
        let names = self.names().into_iter().filter(|name| wanted(name));
        names.filter_map(|name| Some((name.clone(), self.fields(&[&name], diagnostics)?))).collect()
    }

    /// The keys, in the order written.
    pub fn names(&self) -> Vec<String> {
        self.values.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect()
    }

    /// A text for all pages, or one for each locale: what the paths of pages begin with, and the text.
    pub fn by_locale(&mut self, names: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
        match self.value(names) {
            Some((Value::Mapping(_), _)) => {
                self.fields(names, diagnostics).map(|mut texts| texts.each_text(diagnostics)).unwrap_or_default()
            }
            Some(_) => self.text(names, diagnostics).map(|text| vec![(String::new(), text)]).unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// Each key whose value is a text.
    pub fn each_text(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
        let names = self.names();
        names.into_iter().filter_map(|name| Some((name.clone(), self.text(&[&name], diagnostics)?))).collect()
    }

    /// Reports the keys that nobody asked for: a mistake in our own settings, something that is not used in others'.
    pub fn finish(self, severity: Severity, diagnostics: &mut Vec<Diagnostic>) {
        for key in self.values.keys() {
            let Some(key) = key.as_str() else { continue };
            // What stands for a program is told as a whole.
            if key.starts_with('$') || self.asked.iter().any(|asked| asked == key) {
                continue;
            }
            let mut steps = self.steps.clone();
            steps.push(Step::Key(key.to_owned()));
            let near = self.asked.iter().min_by_key(|asked| strsim::osa_distance(asked, key));
            // Of our own settings a slip of the pen is likely; of others', a setting that is not known here.
            let slips = key.len() / 4 + usize::from(severity != Severity::Info);
            let near = near.filter(|near| strsim::osa_distance(near, key) <= slips || near.eq_ignore_ascii_case(key));
            let (code, message) = match severity {
                Severity::Info => ("setting-ignored", format!("the setting `{}` is not used", self.called(key))),
                _ => ("unknown-setting", format!("there is no setting `{}`", self.called(key))),
            };
            // What was meant for something is missed by whoever wrote it.
            let severity = if near.is_some() { severity.min(Severity::Warning) } else { severity };
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if severity == Severity::Info => "the site is built without it".to_owned(),
                None => "remove it, or see the list of settings in the documentation".to_owned(),
            };
            let span = self.document.span(&steps);
            diagnostics.push(Diagnostic::new(severity, code, message).at(span).help(help));
        }
    }

    /// Says that a value is of another type; it counts as absent.
    fn expected<T>(&self, what: &str, value: &Value, steps: &[Step], diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
        let name = match steps.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        if is_program(value) {
            diagnostics.push(
                Diagnostic::info("setting-ignored", format!("the setting `{name}` is a program, which is not run"))
                    .at(self.document.span(steps))
                    .help("the site is built without it"),
            );
            return None;
        }
        let found = match value {
            Value::Null => "nothing",
            Value::Bool(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys and values",
            Value::Tagged(_) => "a tagged value",
        };
        diagnostics.push(
            Diagnostic::warning("setting-type", format!("`{name}` should be {what}, but it is {found}"))
                .at(self.document.span(steps))
                .help("the setting is not used as it is"),
        );
        None
    }
}

/// Whether a value stands for one that data cannot hold: a function, what a package makes. Its keys start with `$`.
pub fn is_program(value: &Value) -> bool {
    value
        .as_mapping()
        .is_some_and(|mapping| mapping.keys().any(|key| key.as_str().is_some_and(|key| key.starts_with('$'))))
}

/// A regular expression that a value stands for: it is written under `$pattern`, between slashes.
pub fn pattern(value: &Value) -> Option<&str> {
    let written = value.get("$pattern")?.as_str()?;
    let inner = written.strip_prefix('/').and_then(|rest| rest.rsplit_once('/')).map(|(pattern, _)| pattern);
    Some(inner.unwrap_or(written))
}

/// `clean_urls` as `cleanUrls`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or("").to_owned();
    for part in parts {
        camel.extend(part.chars().take(1).flat_map(char::to_uppercase));
        camel.push_str(part.get(1..).unwrap_or(""));
    }
    camel
}
