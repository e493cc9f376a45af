//! Components of Vue, `.vue`, that are markup and what they are given -> components of ours.
//!
//! [`markup`] reads the template, [`props`] the script, [`template`] and [`expressions`] write what they say as a template of
//! ours. One that needs more than that is no component here; what it needs is told where a page uses it.

mod callee;
mod expressions;
mod markup;
mod props;
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_yaml::Value;

use crate::base::{Hash, SourcePath, Span};
use crate::page::components::normal;
use crate::vfs::Files;

use props::Script;
use template::{Writer, identifier};

pub(in crate::render) use callee::{Callee, callees};

/// A component of Vue as one of ours.
pub(in crate::render) struct Made {
    /// What defines it.
    pub template: String,
    /// Where it came from.
    pub file: SourcePath,
    /// Its style sheets: the language, the text, and the attribute of the elements that it is for, if not for all.
    pub styles: Vec<(String, String, Option<String>)>,
}

/// Why a component of Vue is none here: what it needs, and where that stands.
pub(in crate::render) struct Needs {
    pub what: String,
    pub place: Span,
}

/// The components of Vue of a project.
#[derive(Default)]
pub(in crate::render) struct Found {
    pub made: Vec<Made>,
    /// Those that cannot be, by name in its normal form.
    pub others: BTreeMap<String, Needs>,
}

/// A larger file is no component.
const MAX_SIZE: usize = 1 << 20;

/// Reads the components of Vue in the project whose pages are in `content`. `is_ours`: a component of that name is known.
pub(in crate::render) fn found(
    files: &dyn Files,
    paths: &[SourcePath],
    content: &SourcePath,
    ours: &dyn Fn(&str) -> Option<Callee>,
) -> Found {
    let mut texts: BTreeMap<String, (String, SourcePath)> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.extension() == "vue") {
        let Some(below) = path.below(content).or_else(|| below_theme(path, content)) else { continue };
        let Ok(bytes) = files.read(path) else { continue };
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        if text.len() > MAX_SIZE {
            continue;
        }
        let stem = path.stem();
        // VuePress names them after their folders, too.
        let own = below.strip_prefix(".vuepress/components/").and_then(|below| below.strip_suffix(".vue"));
        let name = own.map_or_else(|| stem.to_owned(), |own| own.replace('/', "-"));
        let entry = (text, path.clone());
        match own {
            Some(_) => drop(texts.insert(normal(&name), entry)),
            None => drop(texts.entry(normal(&name)).or_insert(entry)),
        }
    }
    let callees: BTreeMap<&str, Callee> =
        texts.iter().map(|(name, (text, _))| (name.as_str(), callee(identifier(name), text))).collect();
    let mut left: BTreeSet<String> = texts.keys().cloned().collect();
    let mut others = BTreeMap::new();
    // One may use another, which may turn out to be none.
    loop {
        let component = |name: &str| {
            let name = normal(name);
            match callees.get(name.as_str()) {
                Some(callee) => left.contains(&name).then(|| callee.clone()),
                None => ours(&name),
            }
        };
        let mut made = Vec::new();
        let before = left.len();
        let mut gone = Vec::new();
        for name in &left {
            let (text, file) = &texts[name];
            match convert(&identifier(name), text, file, &component) {
                Ok(one) => made.push(one),
                Err((what, range)) => {
                    others.insert(name.clone(), Needs { what, place: Span::new(file.clone(), range) });
                    gone.push(name.clone());
                }
            }
        }
        left.retain(|name| !gone.contains(name));
        if left.len() == before {
            return Found { made, others };
        }
    }
}

/// The path below the folder of VitePress's theme, which may lie above that of the pages.
fn below_theme<'p>(path: &'p SourcePath, content: &SourcePath) -> Option<&'p str> {
    let mut folder = content.clone();
    while !folder.as_str().is_empty() {
        folder = folder.folder();
        let theme = folder.join(".vitepress")?;
        if let Some(below) = path.below(&theme) {
            return Some(below);
        }
    }
    None
}

/// A part of the file: its start tag, what is in it, and where that begins.
struct Block<'t> {
    tag: &'t str,
    text: &'t str,
    at: usize,
}

impl Block<'_> {
    /// The value of an attribute; empty if it stands alone.
    fn attribute(&self, name: &str) -> Option<String> {
        let attributes = crate::page::components::read(self.tag);
        attributes.into_iter().find(|one| one.name == name).map(|one| one.value.unwrap_or("").to_owned())
    }
}

/// The parts of a file: template, scripts, style sheets.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|start| at + start) {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + end + 3);
            continue;
        }
        let Some(end) = markup::end_of_tag(rest).filter(|_| rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            at = start + 1;
            continue;
        };
        let tag = &rest[..end];
        let closing = format!("</{}", markup::name(tag));
        // Templates stand in templates.
        let close = match markup::name(tag) {
            "template" => {
                let next = ["\n<script", "\n<style"].iter().filter_map(|next| rest.find(next)).min();
                rest[..next.unwrap_or(rest.len())].rfind(&closing)
            }
            _ => rest.find(&closing),
        };
        let close = close.filter(|close| *close >= end).unwrap_or(rest.len());
        found.push(Block { tag, text: &rest[end..close], at: start + end });
        at = (start + close + closing.len()).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// What the scripts say of the component.
fn script(blocks: &[Block<'_>]) -> Script {
    let scripts = blocks.iter().filter(|block| markup::name(block.tag) == "script").map(|block| block.text);
    props::read(&scripts.collect::<Vec<_>>().join("\n"))
}

/// The component as others see it.
fn callee(name: String, text: &str) -> Callee {
    let props = script(&blocks(text)).props;
    let arguments = props.into_iter().map(|prop| prop.name).filter(|name| is_name(name)).collect();
    Callee { name, arguments, takes_any: false }
}

/// One component; what it needs that is not here, with its place, if it cannot be.
fn convert(
    name: &str,
    text: &str,
    file: &SourcePath,
    component: &dyn Fn(&str) -> Option<Callee>,
) -> Result<Made, (String, Range<usize>)> {
    let blocks = blocks(text);
    let named = |name: &'static str| blocks.iter().filter(move |block| markup::name(block.tag) == name);
    let Some(template) = named("template").next() else { return Err(("no `<template>`".to_owned(), 0..0)) };
    if let Some(language) = template.attribute("lang").filter(|language| language != "html") {
        return Err((format!("`{language}`"), template.at..template.at));
    }
    let Script { props, values } = script(&blocks);
    let is_scoped = named("style").any(|block| block.attribute("scoped").is_some());
    let mark = is_scoped.then(|| format!("data-v-{}", Hash::of_bytes(file.as_str().as_bytes()).short(8)));
    let names = props.iter().map(|prop| prop.name.clone()).chain(values.iter().map(|(name, _)| name.clone()));
    let names: BTreeSet<String> = names.filter(|name| is_name(name)).collect();
    let mut writer =
        Writer { names, slots: BTreeSet::new(), component, mark: mark.clone(), wrong: Vec::new(), out: String::new() };
    let parts = markup::read(template.text, template.at)?;
    writer.parts(&parts);
    if let Some(wrong) = writer.wrong.into_iter().next() {
        return Err((format!("`{}`", wrong.0.trim_matches('`')), wrong.1));
    }
    let mut arguments: Vec<String> = Vec::new();
    for prop in props.iter().filter(|prop| is_name(&prop.name)) {
        let kind = prop.kind.map(|kind| format!(": {kind}")).unwrap_or_default();
        let default = match (&prop.default, prop.required, prop.kind) {
            (Some(value), ..) => format!(" = {}", value_literal(value)),
            (None, true, _) => String::new(),
            (None, false, Some("Bool")) => " = false".to_owned(),
            (None, false, _) => " = none".to_owned(),
        };
        arguments.push(format!("{}{kind}{default}", prop.name));
    }
    let slots = writer.slots.iter().filter(|slot| props.iter().all(|prop| prop.name != **slot));
    arguments.extend(slots.map(|slot| format!("{slot}: String = \"\"")));
    let set: String = values
        .iter()
        .filter(|(name, _)| is_name(name))
        .map(|(name, value)| format!("{{% set {name} = {} %}}", value_literal(value)))
        .collect();
    let template = format!(
        "{{% component {name}({}) %}}{set}{}{{% endcomponent {name} %}}",
        arguments.join(", "),
        writer.out.trim()
    );
    let styles = named("style").map(|block| {
        let language = block.attribute("lang").unwrap_or_else(|| "css".to_owned());
        (language, block.text.to_owned(), mark.clone().filter(|_| block.attribute("scoped").is_some()))
    });
    Ok(Made { template, file: file.clone(), styles: styles.collect() })
}

/// Whether templates can call something so.
fn is_name(name: &str) -> bool {
    let words = ["body", "loop", "self", "in", "and", "or", "not", "is", "if", "else", "none", "null", "true", "false"];
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !words.contains(&name) && name.chars().all(part) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// The value as a literal of a template.
fn value_literal(value: &Value) -> String {
    match value {
        Value::String(text) => expressions::quoted(text),
        Value::Sequence(items) => format!("[{}]", items.iter().map(value_literal).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entry = |(key, value): (&Value, &Value)| {
                Some(format!("{}: {}", expressions::quoted(key.as_str()?), value_literal(value)))
            };
            format!("{{{}}}", entries.iter().filter_map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        _ => "none".to_owned(),
    }
}
