//! Functions in settings: what they do, told from samples while the engine lives.
//!
//! Nothing of a program is left when pages are read. So a function that settings hold is asked right away, and what it
//! answered is kept as data: beside its name, and whoever reads the settings looks for a rule that gives the same answers;
//! or in its place, where it writes the HTML around a container. `js/answers.js` asks.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::host;
use super::value::{Marker, Taking, Value};

/// A function that is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The last keys that lead to it.
    pub keys: &'static [&'static str],
    /// What it is asked.
    pub asked: Asked,
}

/// What a function is asked.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// What it makes of these texts; an answer is `[text, what was made of it]`.
    Texts(fn() -> Vec<String>),
    /// What it makes of paths that begin as those do that it looks for: `[path, folder, what was made of it]`.
    Paths,
    /// Where a page is edited whose path is `:path`: `[address]`.
    Page,
    /// What it does to markdown-it: `["plugin", name]`, `["option", name, value]`, `["change", part]`.
    MarkdownIt,
}

/// The question to a function that these keys lead to.
pub(super) fn of<'q>(questions: &'q [Question], keys: &[String]) -> Option<&'q Question> {
    questions.iter().find(|question| {
        let from = keys.len().checked_sub(question.keys.len());
        from.is_some_and(|from| keys[from..].iter().zip(question.keys).all(|(key, asked)| key == asked))
    })
}

/// Puts the answers of the functions, which are in the order of their markers, into the settings.
pub(super) fn answer(value: &mut Value, functions: Vec<(Asked, JsObject)>, context: &mut Context) -> JsResult<()> {
    let mut answered = Vec::with_capacity(functions.len());
    for (asked, function) in functions {
        answered.push(answers(asked, function, context)?);
    }
    fill(value, &mut answered.into_iter());
    Ok(())
}

fn answers(asked: Asked, function: JsObject, context: &mut Context) -> JsResult<Vec<Value>> {
    let (name, samples) = match asked {
        Asked::Texts(samples) => {
            let samples: Vec<JsValue> = samples()
                .into_iter()
                .map(|text| JsArray::from_iter([JsString::from(text).into()], context).into())
                .collect();
            ("answers", Some(JsArray::from_iter(samples, context)))
        }
        Asked::Paths => ("paths", None),
        Asked::Page => ("page", None),
        Asked::MarkdownIt => ("markdownIt", None),
    };
    let arguments = [Some(function.into()), samples.map(JsValue::from)];
    let arguments: Vec<JsValue> = arguments.into_iter().flatten().collect();
    let answers = host::call_library(name, &arguments, context)?;
    Ok(match Taking::new(context).take(&answers)? {
        Some(Value::List(answers)) => answers,
        _ => Vec::new(),
    })
}

/// What the functions of an object write around a container, if it describes one: `before` and `after`.
pub(super) fn around(object: &JsObject, context: &mut Context) -> JsResult<Vec<(String, Value)>> {
    let mut asks = false;
    for name in [js_string!("before"), js_string!("after"), js_string!("render")] {
        asks |= object.get(name, context)?.is_callable();
    }
    if !asks {
        return Ok(Vec::new());
    }
    let told = host::call_library("around", &[object.clone().into()], context)?;
    Ok(match Taking::new(context).take(&told)? {
        Some(Value::Map(told)) => told,
        _ => Vec::new(),
    })
}

/// Gives each function that was asked what it answered.
fn fill(value: &mut Value, answered: &mut dyn Iterator<Item = Vec<Value>>) {
    match value {
        Value::Marker(Marker::Function { answers: Some(answers), .. }) => {
            *answers = answered.next().unwrap_or_default();
        }
        Value::List(values) => values.iter_mut().for_each(|value| fill(value, answered)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| fill(value, answered)),
        _ => {}
    }
}
