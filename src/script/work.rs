//! How much the engine does within one instruction: what its built-in functions go over is counted, in elements of lists.

use boa_engine::error::RuntimeLimitError;
use boa_engine::object::builtins::{JsMap, JsSet, JsTypedArray};
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::host::Host;

/// What any call takes, in elements.
const CALL: u64 = 4;
/// So many characters are gone over in the time that one element of a list takes.
const CHARACTERS: u64 = 32;
/// Functions that do the same however long their list or text is, or whose work is told by what they give.
const SHORT: &[&str] = &[
    "at",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "concat",
    "endsWith",
    "pop",
    "push",
    "slice",
    "startsWith",
    "substr",
    "substring",
    "toString",
    "valueOf",
];
/// Functions of lists that only look at elements, most often not at all of them.
const LOOKING: &[&str] =
    &["every", "find", "findIndex", "findLast", "findLastIndex", "includes", "indexOf", "lastIndexOf", "shift", "some"];
/// Functions of lists that give one of the elements.
const FINDING: &[&str] = &["apply", "at", "find", "findLast", "pop", "reduce", "reduceRight", "shift"];
/// Functions that do more with each element than to look at it, and how much.
const HEAVY: &[(&str, u64)] = &[
    ("assign", 2),
    ("decodeURI", 8),
    ("decodeURIComponent", 8),
    ("defineProperties", 5),
    ("encodeURI", 8),
    ("encodeURIComponent", 8),
    ("entries", 4),
    ("escape", 8),
    ("fromEntries", 5),
    ("getOwnPropertyDescriptors", 5),
    ("groupBy", 4),
    ("parse", 8),
    ("unescape", 8),
];

/// Counts some elements that were gone over; ends the program if it goes on and on.
pub(super) fn charge(elements: u64, context: &Context) -> JsResult<()> {
    let host = Host::of(context);
    let work = host.work.get().saturating_add(elements);
    host.work.set(work);
    match work > host.limits.work {
        true => Err(RuntimeLimitError::LoopIteration.into()),
        false => Ok(()),
    }
}

/// How much there is to go over in a value.
pub(super) fn of(value: &JsValue, context: &mut Context) -> JsResult<u64> {
    if let Some(text) = value.as_string() {
        return Ok(text.len() as u64 / CHARACTERS);
    }
    let Some(object) = value.as_object() else { return Ok(0) };
    if object.is_callable() {
        return Ok(0);
    }
    if let Ok(map) = JsMap::from_object(object.clone()) {
        return Ok(map.get_size(context)?.as_number().unwrap_or_default() as u64);
    }
    if let Ok(set) = JsSet::from_object(object.clone()) {
        return Ok(set.size() as u64);
    }
    if let Ok(numbers) = JsTypedArray::from_object(object.clone()) {
        return Ok(numbers.length(context)? as u64);
    }
    match object.is_array() {
        true => length(value, context),
        // What only answers as an object does is not asked: it would notice.
        false if object.is_ordinary() => Ok(object.own_property_keys(context)?.len() as u64),
        false => Ok(0),
    }
}

/// What an object says that its length is.
pub(super) fn length(value: &JsValue, context: &mut Context) -> JsResult<u64> {
    let Some(object) = value.as_object() else { return Ok(0) };
    let length = object.get(js_string!("length"), context)?.as_number();
    Ok(length.filter(|length| *length > 0.0).unwrap_or_default() as u64)
}

/// What a call of a built-in function costs, as its name tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    kind: Kind,
    weight: u64,
    finds: bool,
}

/// What a built-in function goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nothing,
    /// The list of arguments that it is given.
    Arguments,
    /// The text that it reads.
    Text,
    /// Its text, from where it began to where it found something.
    Search,
    Sorted,
    Some,
    Made,
    /// Itself and what it is given.
    Pair,
    Whole,
}

impl Cost {
    /// What calls of the function of this name cost.
    pub(super) fn of(name: &str) -> Cost {
        let kind = match name {
            name if SHORT.contains(&name) => Kind::Nothing,
            name if LOOKING.contains(&name) => Kind::Some,
            "apply" | "construct" => Kind::Arguments,
            "parse" => Kind::Text,
            "exec" | "test" => Kind::Search,
            "sort" | "toSorted" => Kind::Sorted,
            "from" => Kind::Made,
            "set"
            | "union"
            | "intersection"
            | "difference"
            | "symmetricDifference"
            | "isSubsetOf"
            | "isSupersetOf"
            | "isDisjointFrom" => Kind::Pair,
            _ => Kind::Whole,
        };
        let weight = HEAVY.iter().find(|(heavy, _)| *heavy == name).map_or(1, |(_, weight)| *weight);
        Cost { kind, weight, finds: FINDING.contains(&name) }
    }

    /// What is gone over before anything is given.
    pub(super) fn before(self, this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<u64> {
        if matches!(self.kind, Kind::Nothing | Kind::Search) {
            return Ok(CALL);
        }
        let nothing = JsValue::undefined();
        let first = arguments.first().unwrap_or(&nothing);
        let object = this.as_object();
        let is_plain_this = is_plain(this);
        let own = match &object {
            Some(object) if object.is_callable() => 0,
            // What is no list is taken for one by its length.
            Some(_) if is_plain_this => length(this, context)?,
            _ => of(this, context)?,
        };
        let elements = match self.kind {
            Kind::Nothing | Kind::Search => 0,
            Kind::Arguments => length(arguments.last().unwrap_or(&nothing), context)?,
            Kind::Text => of(first, context)?,
            // Each element is compared with some others. For lists that is done by a program, which is counted.
            Kind::Sorted if object.as_ref().is_some_and(JsObject::is_array) => own,
            Kind::Sorted => own.saturating_mul(u64::from(own.checked_ilog2().unwrap_or_default()) + 1),
            Kind::Some => own / 4,
            Kind::Made if is_plain(first) => length(first, context)?,
            Kind::Pair => own.saturating_add(of(first, context)?),
            // Those of `Object` and others go over what they are given.
            _ if !this.is_string() && object.is_none_or(|object| object.is_callable() || is_plain_this) => {
                let mut all = own;
                for argument in arguments {
                    all = all.saturating_add(of(argument, context)?);
                }
                all
            }
            _ => own,
        };
        Ok(elements.saturating_mul(self.weight).saturating_add(CALL))
    }

    /// How much was made; what was only found is not made by it.
    pub(super) fn made(self, made: &JsValue, context: &mut Context) -> JsResult<u64> {
        match self.finds {
            true => Ok(0),
            false => of(made, context),
        }
    }

    /// Where a regular expression begins to search, if that is what the function does.
    pub(super) fn searched_from(self, this: &JsValue, context: &mut Context) -> JsResult<Option<u64>> {
        match this.as_object().filter(|_| self.kind == Kind::Search) {
            Some(pattern) => {
                let last = pattern.get(js_string!("lastIndex"), context)?.as_number();
                Ok(Some(last.filter(|last| *last > 0.0).unwrap_or_default() as u64))
            }
            None => Ok(None),
        }
    }
}

fn is_plain(value: &JsValue) -> bool {
    value.as_object().is_some_and(|object| object.is_ordinary())
}

/// What a regular expression went over in a text: from where it began to where it found something, or to the end.
pub(super) fn of_search(from: u64, found: &JsValue, texts: &[JsValue], context: &mut Context) -> JsResult<u64> {
    let length = texts.first().and_then(JsValue::as_string).map_or(0, |text| text.len() as u64);
    let to = match found.as_object() {
        Some(found) => found.get(js_string!("index"), context)?.as_number().map_or(length, |index| index as u64),
        None => length,
    };
    Ok(to.saturating_sub(from) / (CHARACTERS / 4))
}
