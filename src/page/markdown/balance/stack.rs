//! The elements that are open, and what each of them means for what stands in it.

use std::collections::BTreeMap;

use crate::page::elements::{holds_html, is_heading, is_raw, is_scope, is_special};

/// Who began an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The author, at this byte of the rewritten text.
    Author(usize),
    /// Markdown or a container: the number among those of ours that are open.
    Ours(usize),
    /// A component, as such.
    Component,
}

/// What an open element has around it, and is: places on the stack.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// The paragraph.
    pub p: Option<usize>,
    /// The link.
    pub a: Option<usize>,
    /// The list item that another would end.
    pub li: Option<usize>,
    /// The term or description that another would end.
    pub dd: Option<usize>,
    /// The button.
    pub button: Option<usize>,
    /// The form.
    pub form: Option<usize>,
    /// The `nobr`.
    pub nobr: Option<usize>,
    /// The author's heading.
    pub heading: Option<usize>,
    /// The author's table.
    pub table: Option<usize>,
    /// The author's menu.
    pub select: Option<usize>,
    /// The author's `noscript`.
    pub noscript: Option<usize>,
    /// What end tags do not reach beyond.
    pub scope: Option<usize>,
    /// The author's element that is no mere inline one.
    pub special: Option<usize>,
    /// The element of ours that the author's tags do not end.
    pub barrier: Option<usize>,
    /// The drawing or formula, where no HTML stands.
    pub foreign: Option<usize>,
    /// Whether that is a formula.
    is_math: bool,
}

#[derive(Debug)]
pub(super) struct Entry {
    /// Its name, in small letters.
    pub name: String,
    /// Its name as written.
    pub written: String,
    pub owner: Owner,
    /// Where the output ended when it had begun.
    pub begun: (usize, usize),
    /// Whether its end tag was met where it could not end.
    pub ended: bool,
    around: Around,
}

/// The stack of open elements.
#[derive(Debug, Default)]
pub(super) struct Stack {
    entries: Vec<Entry>,
    /// Where the author's elements of each name stand.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Stack {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn last(&self) -> Option<&Entry> {
        self.entries.last()
    }

    pub fn get(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    pub fn mark_ended(&mut self, index: usize) {
        self.entries[index].ended = true;
        if let Some(places) = self.by_name.get_mut(&self.entries[index].name) {
            // Only the innermost of a name is ever ended.
            places.pop();
        }
    }

    /// What is around that which comes next.
    pub fn around(&self) -> Around {
        self.entries.last().map(|entry| entry.around).unwrap_or_default()
    }

    /// The innermost element of the author's of this name.
    pub fn of_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name)?.last().copied()
    }

    /// Whether the innermost element holds nothing but text.
    pub fn is_raw(&self) -> bool {
        let around = self.around();
        self.last().is_some_and(|entry| {
            matches!(entry.owner, Owner::Author(_)) && is_raw(&entry.name) && around.foreign.is_none()
        })
    }

    pub fn push(&mut self, name: &str, written: &str, owner: Owner, gives_way: bool, begun: (usize, usize)) {
        let index = self.entries.len();
        let mut around = self.around();
        let is_author = matches!(owner, Owner::Author(_));
        if is_author {
            self.by_name.entry(name.to_owned()).or_default().push(index);
        } else if !gives_way {
            around.barrier = Some(index);
        }
        if owner != Owner::Component {
            around_element(&mut around, name, index, is_author);
        }
        self.entries.push(Entry {
            name: name.to_owned(),
            written: written.to_owned(),
            owner,
            begun,
            ended: false,
            around,
        });
    }

    pub fn pop(&mut self) -> Option<Entry> {
        let entry = self.entries.pop()?;
        if matches!(entry.owner, Owner::Author(_))
            && !entry.ended
            && let Some(places) = self.by_name.get_mut(&entry.name)
        {
            places.pop();
        }
        Some(entry)
    }
}

/// What an element that begins at `index` changes for what stands in it.
fn around_element(around: &mut Around, name: &str, index: usize, is_author: bool) {
    let here = Some(index);
    if around.foreign.is_some() || matches!(name, "svg" | "math") {
        if !is_author {
            return;
        }
        if around.foreign.is_none() {
            (around.foreign, around.is_math) = (here, name == "math");
        } else if holds_html(name, around.is_math) {
            *around = Around { barrier: around.barrier, scope: here, special: here, a: around.a, ..Around::default() };
        }
        return;
    }
    if is_scope(name) {
        around.scope = here;
        (around.p, around.button, around.nobr, around.heading) = (None, None, None, None);
        if name != "table" {
            around.a = None;
        }
    }
    if is_special(name) {
        if is_author {
            around.special = here;
        }
        if !matches!(name, "address" | "div" | "p") {
            (around.li, around.dd) = (None, None);
        }
    }
    match name {
        "p" => around.p = here,
        "a" => around.a = here,
        "li" => around.li = here,
        "dd" | "dt" => around.dd = here,
        "button" => (around.button, around.p) = (here, None),
        "form" => around.form = here,
        "nobr" => around.nobr = here,
        "noscript" => around.noscript = here,
        "select" => around.select = here,
        "table" => around.table = here.filter(|_| is_author),
        // A table stands around what is in its cells only for parts of the table.
        name if is_heading(name) && is_author => around.heading = here,
        _ => {}
    }
}
