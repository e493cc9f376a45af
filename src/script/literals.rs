//! What a program of settings says plainly: texts, numbers, lists and objects that are written out, and names for them.
//!
//! It is asked for where the program cannot be run to its end: what stands in the file is used all the same.

use std::collections::BTreeMap;

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_parser::{ParseOptions, Parser};

use super::prepare::source_type;
use super::value::Value;
use crate::base::SourcePath;

/// More levels than settings have, names that lead from one to the next among them.
const MAX_DEPTH: usize = 100;

/// What the file exports, as far as it is written out; nothing if that is nothing.
pub(super) fn exported(path: &SourcePath, text: &str) -> Value {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, source_type(path)).with_options(options).parse();
    if !parsed.errors.is_empty() {
        return Value::Null;
    }
    let mut reader = Reader { names: BTreeMap::new(), depth: 0 };
    let mut exported = None;
    for statement in &parsed.program.body {
        match statement {
            Statement::VariableDeclaration(variables) => reader.note(variables),
            Statement::ExportNamedDeclaration(export) => {
                if let Some(Declaration::VariableDeclaration(variables)) = &export.declaration {
                    reader.note(variables);
                }
            }
            Statement::ExportDefaultDeclaration(export) => exported = export.declaration.as_expression(),
            Statement::TSExportAssignment(export) => exported = Some(&export.expression),
            Statement::ExpressionStatement(statement) => {
                if let Expression::AssignmentExpression(set) = &statement.expression
                    && let Some(member) = set.left.as_member_expression()
                    && matches!(member.static_property_name(), Some("exports" | "default"))
                {
                    exported = Some(&set.right);
                }
            }
            _ => {}
        }
    }
    exported.and_then(|expression| reader.settings(expression)).unwrap_or_default()
}

struct Reader<'p> {
    /// What is declared at the top.
    names: BTreeMap<&'p str, &'p Expression<'p>>,
    depth: usize,
}

impl<'p> Reader<'p> {
    /// Notes what keeps its value.
    fn note(&mut self, variables: &'p VariableDeclaration<'p>) {
        if variables.kind != VariableDeclarationKind::Const {
            return;
        }
        for one in &variables.declarations {
            if let (Some(id), Some(value)) = (one.id.get_binding_identifier(), &one.init) {
                self.names.insert(id.name.as_str(), value);
            }
        }
    }

    /// Settings: an object, what a function returns, or what is handed to one that gives it back.
    fn settings(&mut self, expression: &'p Expression<'p>) -> Option<Value> {
        match expression.get_inner_expression() {
            Expression::CallExpression(call) => self.settings(call.arguments.first()?.as_expression()?),
            Expression::ArrowFunctionExpression(function) => self.returned(&function.body),
            Expression::FunctionExpression(function) => self.returned(function.body.as_ref()?),
            Expression::Identifier(name) => {
                let value = *self.names.get(name.name.as_str())?;
                self.deeper(|reader| reader.settings(value))
            }
            expression => self.value(expression).filter(|value| matches!(value, Value::Map(_))),
        }
    }

    fn returned(&mut self, body: &'p FunctionBody<'p>) -> Option<Value> {
        for statement in &body.statements {
            if let Statement::VariableDeclaration(variables) = statement {
                self.note(variables);
            }
        }
        match body.statements.last()? {
            Statement::ReturnStatement(done) => self.settings(done.argument.as_ref()?),
            Statement::ExpressionStatement(only) => self.settings(&only.expression),
            _ => None,
        }
    }

    fn deeper<T>(&mut self, with: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let made = if self.depth > MAX_DEPTH { None } else { with(self) };
        self.depth -= 1;
        made
    }

    /// The value of an expression, if all of it is written out; of lists and objects, those parts that are.
    fn value(&mut self, expression: &'p Expression<'p>) -> Option<Value> {
        self.deeper(|reader| reader.written_out(expression))
    }

    fn written_out(&mut self, expression: &'p Expression<'p>) -> Option<Value> {
        Some(match expression.get_inner_expression() {
            Expression::StringLiteral(text) => Value::Text(text.value.to_string()),
            Expression::NumericLiteral(number) => Value::Number(number.value),
            Expression::BooleanLiteral(value) => Value::Bool(value.value),
            Expression::NullLiteral(_) => Value::Null,
            Expression::TemplateLiteral(template) => {
                let mut text = String::new();
                for (index, part) in template.quasis.iter().enumerate() {
                    text.push_str(part.value.cooked.as_ref()?.as_str());
                    if let Some(expression) = template.expressions.get(index) {
                        text.push_str(&in_text(&self.value(expression)?)?);
                    }
                }
                Value::Text(text)
            }
            Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
                let (left, right) = (self.value(&sum.left)?, self.value(&sum.right)?);
                Value::Text(in_text(&left)? + &in_text(&right)?)
            }
            Expression::UnaryExpression(minus) if minus.operator == UnaryOperator::UnaryNegation => {
                match self.value(&minus.argument)? {
                    Value::Number(number) => Value::Number(-number),
                    _ => return None,
                }
            }
            Expression::Identifier(name) => {
                let value = *self.names.get(name.name.as_str())?;
                return self.value(value);
            }
            Expression::StaticMemberExpression(member) => {
                let object = self.value(&member.object)?;
                object.get(member.property.name.as_str())?.clone()
            }
            // What comes out empty says nothing, unless it is written so.
            Expression::ArrayExpression(list) => {
                Value::List(Some(self.list(list)).filter(|made| !made.is_empty() || list.elements.is_empty())?)
            }
            Expression::ObjectExpression(object) => {
                Value::Map(Some(self.object(object)).filter(|made| !made.is_empty() || object.properties.is_empty())?)
            }
            _ => return None,
        })
    }

    fn list(&mut self, list: &'p ArrayExpression<'p>) -> Vec<Value> {
        let mut values = Vec::new();
        for element in &list.elements {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    if let Some(Value::List(more)) = self.value(&spread.argument) {
                        values.extend(more);
                    }
                }
                element => values.extend(element.as_expression().and_then(|element| self.value(element))),
            }
        }
        values
    }

    fn object(&mut self, object: &'p ObjectExpression<'p>) -> Vec<(String, Value)> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut put = |key: String, value: Value| match entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => entries.push((key, value)),
        };
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    if let Some(Value::Map(more)) = self.value(&spread.argument) {
                        more.into_iter().for_each(|(key, value)| put(key, value));
                    }
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    let Some(key) = property.key.static_name() else { continue };
                    // Version 2 of VuePress hands its theme to a function.
                    let value = match (&*key, property.value.get_inner_expression()) {
                        ("theme", Expression::CallExpression(call)) => self.theme(call),
                        (_, value) => self.value(value),
                    };
                    if let Some(value) = value {
                        put(key.into_owned(), value);
                    }
                }
            }
        }
        entries
    }

    /// A theme, as what stands for its function gives it.
    fn theme(&mut self, call: &'p CallExpression<'p>) -> Option<Value> {
        let name = call.callee.get_identifier_reference()?.name.as_str().strip_suffix("Theme")?.to_owned();
        let options = self.value(call.arguments.first()?.as_expression()?)?;
        Some(Value::Map(vec![("$theme".to_owned(), Value::Text(name)), ("options".to_owned(), options)]))
    }
}

/// A value in a text.
fn in_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
