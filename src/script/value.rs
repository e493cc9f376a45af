//! What a program gives, as data.

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::{JsArray, JsDate, JsPromise, JsRegExp};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use super::host::{self, Host};
use super::questions::{self, Asked, Question};
use super::{faults, guard};

/// More levels than settings have.
const MAX_DEPTH: usize = 100;
/// What a value costs; an object that stands in many places costs it at each.
const COST: u64 = 1 << 10;
/// A longer list is none of settings.
const MAX_LENGTH: usize = 500_000;

/// What a program gives. What is no data is a [`Marker`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in order. A theme is `{"$theme": name, "options": …}`, a plugin `{"$plugin": name, "options": …}`.
    Map(Vec<(String, Value)>),
    /// Something that is no data.
    Marker(Marker),
}

/// Something in settings that is no data.
#[derive(Clone, Debug, PartialEq)]
pub enum Marker {
    /// A function, with its name, and what it answered if it was asked.
    Function {
        /// What it is called.
        name: String,
        /// What it answered.
        answers: Option<Vec<Value>>,
    },
    /// A regular expression, as written.
    Pattern(String),
    /// What a package would have given that is not there.
    StandIn(String),
    /// An object inside itself.
    Circle,
    /// A promise that was never kept, a symbol and the like: what it is called.
    Other(String),
}

impl Value {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Takes a value out of the engine.
pub(super) struct Taking<'c> {
    pub context: &'c mut Context,
    /// The objects around the current one.
    around: Vec<JsObject>,
    /// The keys that lead to the current value.
    keys: Vec<String>,
    /// Which functions are asked what they do.
    questions: &'c [Question],
    /// Those that were found, in order.
    pub functions: Vec<(Asked, JsObject)>,
}

impl Taking<'_> {
    pub fn new(context: &mut Context) -> Taking<'_> {
        Taking { context, around: Vec::new(), keys: Vec::new(), questions: &[], functions: Vec::new() }
    }

    /// One that looks for functions to be asked.
    pub fn asking<'c>(questions: &'c [Question], context: &'c mut Context) -> Taking<'c> {
        Taking { questions, ..Taking::new(context) }
    }

    /// The value as data; `None` for `undefined`.
    pub fn take(&mut self, value: &JsValue) -> JsResult<Option<Value>> {
        guard::charge(COST, self.context)?;
        if value.is_undefined() {
            return Ok(None);
        }
        Ok(Some(if value.is_null() {
            Value::Null
        } else if let Some(value) = value.as_boolean() {
            Value::Bool(value)
        } else if let Some(value) = value.as_number() {
            Value::Number(value)
        } else if let Some(text) = value.as_string() {
            Value::Text(text.to_std_string_lossy())
        } else if let Some(number) = value.as_bigint() {
            Value::Number(number.to_f64())
        } else if let Some(object) = value.as_object() {
            self.object(&object)?
        } else {
            Value::Marker(Marker::Other("a symbol".to_owned()))
        }))
    }

    fn object(&mut self, object: &JsObject) -> JsResult<Value> {
        if let Some(name) = host::stand_in_name(object, self.context)? {
            return Ok(Value::Marker(Marker::StandIn(name)));
        }
        if self.around.len() > MAX_DEPTH {
            return Err(guard::too_large(self.context));
        }
        if self.around.iter().any(|outer| JsObject::equals(outer, object)) {
            return Ok(Value::Marker(Marker::Circle));
        }
        if object.is_callable() {
            let name = object.get(js_string!("name"), self.context)?;
            let name = name.as_string().map(|name| name.to_std_string_lossy()).unwrap_or_default();
            let question = questions::of(self.questions, &self.keys);
            self.functions.extend(question.map(|question| (question.asked, object.clone())));
            return Ok(Value::Marker(Marker::Function { name, answers: question.map(|_| Vec::new()) }));
        }
        if let Ok(pattern) = JsRegExp::from_object(object.clone()) {
            // The engine escapes every slash, those too that the author escaped.
            let pattern = pattern.to_string(self.context)?.replace("\\/", "/");
            return Ok(Value::Marker(Marker::Pattern(pattern)));
        }
        if let Ok(date) = JsDate::from_object(object.clone()) {
            // A date that is none has no such form.
            let text = date.to_iso_string(self.context).ok();
            let text = text.and_then(|text| text.as_string().map(|text| text.to_std_string_lossy()));
            return Ok(text.map_or(Value::Null, Value::Text));
        }
        if let Ok(promise) = JsPromise::from_object(object.clone()) {
            return match promise.state() {
                PromiseState::Fulfilled(value) => Ok(self.take(&value)?.unwrap_or_default()),
                _ => Ok(Value::Marker(Marker::Other("a promise".to_owned()))),
            };
        }
        self.around.push(object.clone());
        let value = match object.is_array() {
            true => self.list(object),
            false => self.map(object),
        };
        self.around.pop();
        value
    }

    /// Goes on without the value of a key that ends with an error; what is over its limits ends all.
    fn without(&mut self, name: &str, error: JsError) -> JsResult<()> {
        if error.as_engine().is_some() || Host::of(self.context).is_too_large.get() {
            return Err(error);
        }
        faults::key(name, &error, self.context);
        Ok(())
    }

    fn list(&mut self, object: &JsObject) -> JsResult<Value> {
        let array = JsArray::from_object(object.clone())?;
        let length = usize::try_from(array.length(self.context)?).unwrap_or(usize::MAX);
        if length > MAX_LENGTH {
            return Err(guard::too_large(self.context));
        }
        let mut values = Vec::with_capacity(length);
        for index in 0..length {
            let value = object.get(index as u64, self.context)?;
            values.push(self.take(&value)?.unwrap_or_default());
        }
        Ok(Value::List(values))
    }

    fn map(&mut self, object: &JsObject) -> JsResult<Value> {
        // What knows its own form as data, an address for one, is taken in that form.
        let to_json = object.get(js_string!("toJSON"), self.context)?;
        if let Some(to_json) = to_json.as_callable() {
            let plain = to_json.call(&object.clone().into(), &[], self.context)?;
            return Ok(self.take(&plain)?.unwrap_or_default());
        }
        let mut entries = Vec::new();
        let mut told = questions::around(object, self.context)?;
        for key in object.own_property_keys(self.context)? {
            let name = match &key {
                PropertyKey::String(name) => name.to_std_string_lossy(),
                PropertyKey::Index(index) => index.get().to_string(),
                PropertyKey::Symbol(_) => continue,
            };
            if !object.borrow().properties().get(&key).is_none_or(|property| property.enumerable().unwrap_or(true)) {
                continue;
            }
            if let Some(known) = told.iter().position(|(told, _)| *told == name) {
                entries.push(told.remove(known));
                continue;
            }
            let value = match object.get(key, self.context) {
                Ok(value) => value,
                Err(error) => {
                    self.without(&name, error)?;
                    continue;
                }
            };
            self.keys.push(name);
            let taken = self.take(&value);
            let name = self.keys.pop().unwrap_or_default();
            if let Some(value) = taken? {
                entries.push((name, value));
            }
        }
        entries.extend(told);
        Ok(Value::Map(entries))
    }
}
