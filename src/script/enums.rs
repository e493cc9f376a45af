//! `enum` of TypeScript as the object that it is when it runs.

use oxc_ast::ast::{TSEnumDeclaration, TSEnumMemberName};
use oxc_syntax::keyword::is_reserved_keyword;

use super::prepare::range;

/// The statement that makes an enum's object.
pub(super) fn as_object(it: &TSEnumDeclaration<'_>, text: &str) -> String {
    let name = it.id.name.as_str();
    let mut made = format!("var {name} = (function ({name}) {{ let $value = -1;");
    for member in &it.body.members {
        let key = match &member.id {
            TSEnumMemberName::Identifier(id) => id.name.to_string(),
            TSEnumMemberName::String(text) | TSEnumMemberName::ComputedString(text) => text.value.to_string(),
            TSEnumMemberName::ComputedTemplateString(text) => {
                text.quasis.iter().map(|part| part.value.raw.to_string()).collect()
            }
        };
        // JSON's quotes are those of JavaScript.
        let quoted = serde_json::Value::from(key.as_str()).to_string();
        let value = member.initializer.as_ref().and_then(|value| text.get(range(value)));
        let value = value.map_or_else(|| "$value + 1".to_owned(), str::to_owned);
        let is_name = key.chars().all(|c| c.is_alphanumeric() || c == '_') && !key.starts_with(char::is_numeric);
        let is_name = is_name && !is_reserved_keyword(&key);
        // A member may be named by those after it.
        let named = if is_name { format!("const {key} = $value; ") } else { String::new() };
        made.push_str(&format!(
            " $value = ({value}); {named}{name}[{quoted}] = $value; if (typeof $value === 'number') {name}[$value] = {quoted};"
        ));
    }
    made.push_str(&format!(" return {name}; }})({name} || {{}});"));
    made
}
