//! Functions in settings that write the HTML around a container: what they write for a title is known once they are asked
//! with the mark that stands for one.

use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

/// What stands for the title.
const TITLE: &str = ":title";

/// The word of the container that an object describes, if it describes one.
fn word(object: &JsObject, context: &mut Context) -> JsResult<Option<String>> {
    let word = object.get(js_string!("type"), context)?;
    Ok(word.as_string().map(|word| word.to_std_string_lossy()))
}

/// `before` or `after` of a container: a function is asked, anything else is as it was.
pub(super) fn around(object: &JsObject, value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let Some(function) = value.as_callable() else { return Ok(value) };
    if word(object, context)?.is_none() {
        return Ok(value);
    }
    let asked = function.call(&object.clone().into(), &[JsString::from(TITLE).into()], context);
    // One that fails is a function like any other.
    Ok(asked.ok().filter(JsValue::is_string).unwrap_or(value))
}

/// What `render` of a container writes at its begin and at its end.
pub(super) fn rendered(object: &JsObject, context: &mut Context) -> JsResult<Option<(String, String)>> {
    let render = object.get(js_string!("render"), context)?;
    let (Some(render), Some(word)) = (render.as_callable(), word(object, context)?) else { return Ok(None) };
    let mut written = Vec::new();
    for (nesting, info) in [(1, format!(" {word} {TITLE}")), (-1, String::new())] {
        let token = ObjectInitializer::new(context)
            .property(js_string!("nesting"), nesting, Attribute::all())
            .property(js_string!("info"), JsString::from(info), Attribute::all())
            .property(js_string!("type"), js_string!("container"), Attribute::all())
            .build();
        let tokens = JsArray::from_iter([token.into()], context);
        let arguments = [tokens.into(), JsValue::from(0)];
        let Ok(html) = render.call(&object.clone().into(), &arguments, context) else { return Ok(None) };
        let Some(html) = html.as_string() else { return Ok(None) };
        written.push(html.to_std_string_lossy());
    }
    Ok(written.pop().and_then(|after| Some((written.pop()?, after))))
}
