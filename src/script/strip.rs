//! What is overwritten in a program before it runs: types, and the few other things of TypeScript.

mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use oxc_ast::AstKind;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::scope::ScopeFlags;

use super::enums;
use super::prepare::range;
use super::text::Edit;

/// More nodes inside each other than any settings have; the engine needs stack for each.
const MAX_DEPTH: usize = 4000;
/// The function that a value goes through where it may have grown, and that is called in each round of a loop.
pub(super) const GUARD: &str = "__grown";

/// Collects the edits of one program.
pub(super) struct Stripper<'t> {
    text: &'t str,
    typed: bool,
    /// What is to be changed.
    pub edits: Vec<Edit>,
    /// The names that are used as values, and where they are first.
    pub names: BTreeMap<String, usize>,
    /// The first thing that cannot be run, and what it is called.
    pub unsupported: Option<(Range<usize>, &'static str)>,
    /// Where a sum begins that is the left part of another, which is guarded.
    inner_sums: BTreeSet<u32>,
    /// How many nodes stand around the current one.
    depth: usize,
}

impl<'a> Visit<'a> for Stripper<'_> {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.unsupported(range(&kind), "an expression of this depth");
        }
    }

    fn leave_node(&mut self, _: AstKind<'a>) {
        self.depth -= 1;
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.names.entry(it.name.to_string()).or_insert(it.span.start as usize);
    }

    fn visit_ts_type_annotation(&mut self, it: &TSTypeAnnotation<'a>) {
        self.blank(range(it));
    }

    fn visit_ts_type_parameter_declaration(&mut self, it: &TSTypeParameterDeclaration<'a>) {
        self.blank(range(it));
    }

    fn visit_ts_type_parameter_instantiation(&mut self, it: &TSTypeParameterInstantiation<'a>) {
        self.blank(range(it));
    }

    fn visit_ts_as_expression(&mut self, it: &TSAsExpression<'a>) {
        self.visit_expression(&it.expression);
        self.blank(range(&it.expression).end..range(it).end);
    }

    fn visit_ts_satisfies_expression(&mut self, it: &TSSatisfiesExpression<'a>) {
        self.visit_expression(&it.expression);
        self.blank(range(&it.expression).end..range(it).end);
    }

    fn visit_ts_type_assertion(&mut self, it: &TSTypeAssertion<'a>) {
        self.blank(range(it).start..range(&it.expression).start);
        self.visit_expression(&it.expression);
    }

    fn visit_ts_non_null_expression(&mut self, it: &TSNonNullExpression<'a>) {
        self.visit_expression(&it.expression);
        self.blank(range(&it.expression).end..range(it).end);
    }

    fn visit_ts_type_alias_declaration(&mut self, it: &TSTypeAliasDeclaration<'a>) {
        self.drop_statement(range(it));
    }

    fn visit_ts_interface_declaration(&mut self, it: &TSInterfaceDeclaration<'a>) {
        self.drop_statement(range(it));
    }

    fn visit_ts_global_declaration(&mut self, it: &TSGlobalDeclaration<'a>) {
        self.drop_statement(range(it));
    }

    fn visit_ts_namespace_export_declaration(&mut self, it: &TSNamespaceExportDeclaration<'a>) {
        self.drop_statement(range(it));
    }

    fn visit_ts_module_declaration(&mut self, it: &TSModuleDeclaration<'a>) {
        match it.declare {
            true => self.drop_statement(range(it)),
            false => self.unsupported(range(it), "a namespace of TypeScript"),
        }
    }

    fn visit_ts_enum_declaration(&mut self, it: &TSEnumDeclaration<'a>) {
        if it.declare {
            return self.drop_statement(range(it));
        }
        for member in &it.body.members {
            if let Some(value) = &member.initializer {
                self.visit_expression(value);
            }
        }
        // What was found inside stands in the part that is replaced.
        self.put(range(it), enums::as_object(it, self.text));
    }

    fn visit_ts_import_equals_declaration(&mut self, it: &TSImportEqualsDeclaration<'a>) {
        match &it.module_reference {
            TSModuleReference::ExternalModuleReference(_) if !it.import_kind.is_type() => {
                let start = range(it).start;
                self.put(start..start + "import".len(), "const ");
                self.names.insert("require".to_owned(), start);
            }
            TSModuleReference::ExternalModuleReference(_) => self.drop_statement(range(it)),
            _ => self.unsupported(range(it), "an alias of a TypeScript namespace"),
        }
    }

    fn visit_ts_export_assignment(&mut self, it: &TSExportAssignment<'a>) {
        self.put(range(it).start..range(&it.expression).start, "module.exports = ");
        self.names.insert("module".to_owned(), range(it).start);
        self.visit_expression(&it.expression);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        if it.import_kind.is_type() {
            return self.drop_statement(range(it));
        }
        if let Some(with) = &it.with_clause {
            self.blank(range(&it.source).end..range(&**with).end);
        }
        // A package that is not there has any name, which only a value can have, not a module.
        let is_local = it.source.value.starts_with(['.', '/']);
        for one in it.specifiers.iter().flatten() {
            match one {
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(all) if !is_local => {
                    self.blank(range(&**all).start..range(&all.local).start);
                }
                _ => {}
            }
        }
    }

    fn visit_export_named_declaration(&mut self, it: &ExportNamedDeclaration<'a>) {
        let is_type = match &it.declaration {
            Some(Declaration::TSTypeAliasDeclaration(_) | Declaration::TSInterfaceDeclaration(_)) => true,
            Some(declaration) => declaration.declare(),
            None => false,
        };
        if is_type || it.export_kind.is_type() {
            return self.drop_statement(range(it));
        }
        if let (Some(source), Some(with)) = (&it.source, &it.with_clause) {
            self.blank(range(source).end..range(&**with).end);
        }
        for one in it.specifiers.iter().filter(|one| one.export_kind.is_type()) {
            self.blank_element(range(one));
        }
        walk::walk_export_named_declaration(self, it);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        if it.export_kind.is_type() {
            return self.drop_statement(range(it));
        }
        if let Some(with) = &it.with_clause {
            self.blank(range(&it.source).end..range(&**with).end);
        }
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'a>) {
        match &it.declaration {
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => self.drop_statement(range(it)),
            // The engine takes `async` here for the beginning of a function of the old kind.
            ExportDefaultDeclarationKind::ArrowFunctionExpression(function) if function.r#async => {
                let range = range(&**function);
                self.put(range.start..range.start, "(");
                walk::walk_export_default_declaration(self, it);
                self.put(range.end..range.end, ")");
            }
            _ => walk::walk_export_default_declaration(self, it),
        }
    }

    fn visit_with_clause(&mut self, _: &WithClause<'a>) {}

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        match it.declare {
            true => self.drop_statement(range(it)),
            false => walk::walk_variable_declaration(self, it),
        }
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if it.definite {
            self.blank_mark(&['!'], range(&it.id).end, range(it).end);
        }
        if let Some(value) = &it.init {
            self.guard_rest(&it.id, value);
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if it.declare || it.body.is_none() {
            return self.drop_statement(range(it));
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_ts_this_parameter(&mut self, it: &TSThisParameter<'a>) {
        self.blank_element(range(it));
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        if it.accessibility.is_some() || it.readonly || it.r#override {
            self.blank_words(range(it).start..range(&it.pattern).start);
        }
        if it.optional {
            self.blank_mark(&['?'], range(&it.pattern).end, self.text.len());
        }
        walk::walk_formal_parameter(self, it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        if it.declare {
            return self.drop_statement(range(it));
        }
        let head = range(it).start;
        if it.r#abstract {
            let class = self.text.get(head..).and_then(|text| text.find("class")).unwrap_or(0);
            self.blank_words(head..head + class);
        }
        if let Some(last) = it.implements.last() {
            let from = it.super_class.as_ref().map(range).or_else(|| it.id.as_ref().map(range));
            let from = from.map_or(head, |range| range.end);
            let word = self.text.get(from..).and_then(|text| text.find("implements")).unwrap_or(0);
            self.blank(from + word..range(last).end);
        }
        let parameters = it.body.body.iter().find_map(|element| match element {
            ClassElement::MethodDefinition(method) if method.kind.is_constructor() => Some(&method.value),
            _ => None,
        });
        if let Some(constructor) = parameters {
            self.parameter_properties(constructor, it.super_class.is_some());
        }
        walk::walk_class(self, it);
    }

    fn visit_ts_class_implements(&mut self, _: &TSClassImplements<'a>) {}

    fn visit_ts_index_signature(&mut self, it: &TSIndexSignature<'a>) {
        self.drop_statement(range(it));
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        if it.value.body.is_none() {
            return self.drop_statement(range(it));
        }
        self.blank_words(range(it).start..range(&it.key).start);
        if it.optional {
            self.blank_mark(&['?'], range(&it.key).end, range(it).end);
        }
        walk::walk_method_definition(self, it);
    }

    fn visit_property_definition(&mut self, it: &PropertyDefinition<'a>) {
        if it.declare || it.r#type == PropertyDefinitionType::TSAbstractPropertyDefinition {
            return self.drop_statement(range(it));
        }
        self.blank_words(range(it).start..range(&it.key).start);
        if it.optional || it.definite {
            self.blank_mark(&['?', '!'], range(&it.key).end, range(it).end);
        }
        walk::walk_property_definition(self, it);
    }

    fn visit_decorator(&mut self, it: &Decorator<'a>) {
        self.unsupported(range(it), "a decorator");
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        use BinaryOperator::{Exponential, Multiplication, ShiftLeft};
        if matches!(it.operator, Multiplication | Exponential | ShiftLeft) {
            self.guard(range(it));
        }
        if it.operator == BinaryOperator::Addition {
            if !self.inner_sums.remove(&it.span.start) {
                self.guard(range(it));
            }
            if let Expression::BinaryExpression(left) = &it.left
                && left.operator == BinaryOperator::Addition
            {
                self.inner_sums.insert(left.span.start);
            }
        }
        walk::walk_binary_expression(self, it);
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        self.open_round(&it.body);
        walk::walk_for_statement(self, it);
        self.close_round(&it.body);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        // All names are listed before the first round.
        self.guard(range(&it.right));
        self.open_round(&it.body);
        walk::walk_for_in_statement(self, it);
        self.close_round(&it.body);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.open_round(&it.body);
        walk::walk_for_of_statement(self, it);
        self.close_round(&it.body);
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.open_round(&it.body);
        walk::walk_while_statement(self, it);
        self.close_round(&it.body);
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.open_round(&it.body);
        walk::walk_do_while_statement(self, it);
        self.close_round(&it.body);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        use AssignmentOperator::{Addition, Exponential, Multiplication, ShiftLeft};
        if matches!(it.operator, Addition | Multiplication | Exponential | ShiftLeft) {
            self.guard(range(it));
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_template_literal(&mut self, it: &TemplateLiteral<'a>) {
        if !it.expressions.is_empty() {
            self.guard(range(it));
        }
        walk::walk_template_literal(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        self.guard_spread(&it.arguments);
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.guard_spread(&it.arguments);
        // A list or a map is made of another without a call of it.
        for one in it.arguments.iter().filter_map(Argument::as_expression) {
            if !one.is_literal() && !one.is_function() {
                self.guard(range(one));
            }
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        self.visit_expression(&it.tag);
        if let Some(arguments) = &it.type_arguments {
            self.visit_ts_type_parameter_instantiation(arguments);
        }
        self.visit_expressions(&it.quasi.expressions);
    }

    fn visit_array_expression(&mut self, it: &ArrayExpression<'a>) {
        if it.elements.iter().any(ArrayExpressionElement::is_spread) {
            self.guard(range(it));
        }
        walk::walk_array_expression(self, it);
    }

    fn visit_object_expression(&mut self, it: &ObjectExpression<'a>) {
        if it.properties.iter().any(ObjectPropertyKind::is_spread) {
            self.guard(range(it));
        }
        walk::walk_object_expression(self, it);
    }
}
