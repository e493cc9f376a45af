//! How a program is changed where the parts that need it are found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use oxc_ast::ast::{Argument, BindingPattern, Expression, Function, ImportDeclarationSpecifier, Program, Statement};

use super::super::prepare::range;
use super::super::text::Edit;
use super::{GUARD, Stripper};

/// Words before the name of a member or a parameter that only TypeScript knows.
const MODIFIERS: &[&str] = &["public", "private", "protected", "readonly", "override", "abstract", "declare"];
impl<'t> Stripper<'t> {
    pub(in crate::script) fn new(text: &'t str, typed: bool) -> Stripper<'t> {
        let (edits, names, inner_sums) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        Stripper { text, typed, edits, names, unsupported: None, inner_sums, depth: 0 }
    }

    pub(super) fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push(Edit { range, text: text.into(), order: 0 });
    }

    /// Overwrites a part inside a statement.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let blanks = " ".repeat(range.len());
            self.put(range, blanks);
        }
    }

    /// Overwrites a statement; the one before it must not go on with the one after it.
    pub(super) fn drop_statement(&mut self, range: Range<usize>) {
        let blanks = format!(";{}", " ".repeat(range.len().saturating_sub(1)));
        self.put(range, blanks);
    }

    pub(super) fn guard(&mut self, range: Range<usize>) {
        self.put(range.start..range.start, format!(" {GUARD}("));
        self.put(range.end..range.end, ")");
    }

    /// Guards the lists that are spread over the parameters of a function.
    pub(super) fn guard_spread(&mut self, arguments: &[Argument<'_>]) {
        for one in arguments {
            if let Argument::SpreadElement(spread) = one {
                self.guard(range(&spread.argument));
            }
        }
    }

    /// Guards what a pattern takes the rest of.
    pub(super) fn guard_rest(&mut self, pattern: &BindingPattern<'_>, value: &Expression<'_>) {
        let has_rest = match pattern {
            BindingPattern::ArrayPattern(list) => list.rest.is_some(),
            BindingPattern::ObjectPattern(map) => map.rest.is_some(),
            _ => false,
        };
        if has_rest {
            self.guard(range(value));
        }
    }

    /// Blanks `mark` if it is the first thing after `from`, before `to`.
    pub(super) fn blank_mark(&mut self, marks: &[char], from: usize, to: usize) {
        let between = self.text.get(from..to.max(from)).unwrap_or_default();
        let at = from + between.len() - between.trim_start_matches([' ', '\n', '\t', ']']).len();
        if self.text.get(at..to).is_some_and(|rest| rest.starts_with(marks)) {
            self.blank(at..at + 1);
        }
    }

    /// Blanks an element of a list and the comma after it.
    pub(super) fn blank_element(&mut self, range: Range<usize>) {
        let after = self.text.get(range.end..).unwrap_or_default();
        let rest = after.trim_start();
        let comma = if rest.starts_with(',') { after.len() - rest.len() + 1 } else { 0 };
        self.blank(range.start..range.end + comma);
    }

    /// Blanks the words of TypeScript in a range that holds only words.
    pub(super) fn blank_words(&mut self, range: Range<usize>) {
        let Some(part) = self.text.get(range.clone()) else { return };
        let mut at = 0;
        while let Some(start) = part[at..].find(|c: char| c.is_alphabetic()) {
            let start = at + start;
            let end = part[start..].find(|c: char| !c.is_alphanumeric()).map_or(part.len(), |length| start + length);
            if MODIFIERS.contains(&&part[start..end]) {
                self.blank(range.start + start..range.start + end);
            }
            at = end;
        }
    }

    pub(super) fn unsupported(&mut self, range: Range<usize>, what: &'static str) {
        self.unsupported.get_or_insert((range, what));
    }

    /// In TypeScript an import of a type need not say so: what is never used as a value is no import.
    pub(in crate::script) fn drop_unused_imports(&mut self, program: &Program<'_>) {
        if !self.typed {
            return;
        }
        for statement in &program.body {
            let Statement::ImportDeclaration(import) = statement else { continue };
            let Some(specifiers) = &import.specifiers else { continue };
            let is_used = |one: &ImportDeclarationSpecifier<'_>| {
                let typed =
                    matches!(one, ImportDeclarationSpecifier::ImportSpecifier(one) if one.import_kind.is_type());
                !typed && self.names.contains_key(one.local().name.as_str())
            };
            let unused: Vec<Range<usize>> = specifiers.iter().filter(|one| !is_used(one)).map(range).collect();
            if unused.is_empty() || import.import_kind.is_type() {
                continue;
            }
            if unused.len() == specifiers.len() {
                self.drop_statement(range(&**import));
                continue;
            }
            for one in unused {
                self.blank_element(one);
            }
        }
    }

    /// Each round of a loop is counted where it begins.
    pub(super) fn open_round(&mut self, body: &Statement<'_>) {
        let start = range(body).start;
        match body {
            Statement::BlockStatement(_) => self.put(start + 1..start + 1, format!("{GUARD}();")),
            _ => self.put(start..start, format!("{{{GUARD}();")),
        }
    }

    pub(super) fn close_round(&mut self, body: &Statement<'_>) {
        if !matches!(body, Statement::BlockStatement(_)) {
            let end = range(body).end;
            self.put(end..end, "}");
        }
    }

    /// `constructor(private a)` is `constructor(a) { this.a = a }`.
    pub(super) fn parameter_properties(&mut self, constructor: &Function<'_>, derived: bool) {
        let names: Vec<&str> = constructor
            .params
            .items
            .iter()
            .filter(|one| one.accessibility.is_some() || one.readonly || one.r#override)
            .filter_map(|one| one.pattern.get_identifier_name().map(|name| name.as_str()))
            .collect();
        let Some(body) = constructor.body.as_ref().filter(|_| !names.is_empty()) else { return };
        let after = match body.statements.first() {
            Some(Statement::ExpressionStatement(first)) if derived => range(&**first).end,
            _ if derived => {
                return self.unsupported(range(constructor), "a constructor that does not begin with `super`");
            }
            _ => range(&**body).start + 1,
        };
        let assigned: String = names.iter().map(|name| format!(";this.{name} = {name}; ")).collect();
        self.put(after..after, assigned);
    }
}
