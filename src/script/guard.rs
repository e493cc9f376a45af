//! What keeps a program from taking all memory and all time: whatever makes much out of little is counted.
//!
//! The engine counts instructions, and one of them can make a text twice as long. So sums and spreads go through
//! [`grown`], and the built-in functions that copy, repeat or go over much are put behind a function that counts first:
//! the bytes that are made, and what is gone over ([`work`]).

use std::sync::atomic::Ordering;

use boa_engine::error::RuntimeLimitError;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, NativeFunction, js_string};

use super::host::Host;
use super::strip::GUARD;
use super::value::Taking;
use super::work;

/// No text and no list of settings is longer.
const MAX_LENGTH: u64 = 1 << 24;
/// No whole number of settings has more bits: to write a larger one out takes long.
const MAX_BITS: u64 = 1 << 11;

/// Ends the program: it takes too much memory.
pub(super) fn too_large(context: &Context) -> JsError {
    Host::of(context).is_too_large.set(true);
    RuntimeLimitError::StackSize.into()
}

/// Ends the program if something is too large by itself.
fn allow(bytes: u64, context: &Context) -> JsResult<()> {
    match bytes > MAX_LENGTH * 2 {
        true => Err(too_large(context)),
        false => Ok(()),
    }
}

/// Counts some bytes that were made.
pub(super) fn charge(bytes: u64, context: &Context) -> JsResult<()> {
    allow(bytes, context)?;
    let host = Host::of(context);
    host.alive.fetch_add(1, Ordering::Relaxed);
    let charged = host.charged.get().saturating_add(bytes);
    host.charged.set(charged);
    match charged > host.limits.bytes {
        true => Err(too_large(context)),
        false => Ok(()),
    }
}

/// About how many bytes a copy of the value takes.
fn size(value: &JsValue, context: &mut Context) -> JsResult<u64> {
    if let Some(text) = value.as_string() {
        return Ok(text.len() as u64);
    }
    let Some(object) = value.as_object() else { return Ok(0) };
    if object.is_array() {
        let length = object.get(js_string!("length"), context)?.as_number().unwrap_or_default();
        return Ok(length as u64 * 8);
    }
    match object.is_callable() {
        true => Ok(0),
        false => Ok(object.own_property_keys(context)?.len() as u64 * 16),
    }
}

/// Counts a round of any loop.
fn round(context: &Context) -> JsResult<()> {
    let host = Host::of(context);
    let rounds = host.rounds.get() + 1;
    host.rounds.set(rounds);
    match rounds > host.limits.rounds {
        true => Err(RuntimeLimitError::LoopIteration.into()),
        false => Ok(()),
    }
}

/// Lets a value through that may have grown.
fn grown(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.first().cloned().unwrap_or_default();
    Host::of(context).alive.fetch_add(1, Ordering::Relaxed);
    if arguments.is_empty() {
        round(context)?;
    } else if let Some(number) = value.as_bigint() {
        if number.as_inner().bits() > MAX_BITS {
            return Err(too_large(context));
        }
    } else if value.is_string() || value.is_object() {
        // To spread a list takes longer than to go over it, to copy a text takes less.
        let gone_over = work::of(&value, context)?;
        let gone_over = if value.is_object() { gone_over * 2 } else { gone_over / 16 };
        work::charge(gone_over + 1, context)?;
        // To spread a list takes much longer than to copy a text.
        let bytes = size(&value, context)? * if value.is_object() { 8 } else { 1 };
        charge(bytes, context)?;
    }
    Ok(value)
}

/// How many bytes a built-in function makes, at most where that can be told; else how many it reads.
fn estimate(name: &str, this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<u64> {
    let length = |value: &JsValue, context: &mut Context| -> JsResult<u64> {
        let Some(object) = value.as_object() else { return size(value, context) };
        let length = object.get(js_string!("length"), context)?.as_number();
        Ok(length.filter(|length| *length > 0.0).unwrap_or_default() as u64)
    };
    let number = |context: &mut Context| -> JsResult<u64> {
        let number = arguments.first().cloned().unwrap_or_default().to_number(context)?;
        Ok(if number > 0.0 { number as u64 } else { 0 })
    };
    let own = length(this, context)?;
    Ok(match name {
        "repeat" => own.saturating_mul(number(context)?),
        "padStart" | "padEnd" => number(context)?.max(own),
        "split" => own.saturating_mul(8),
        "replace" | "replaceAll" => match arguments.get(1).and_then(JsValue::as_string) {
            // No more can be replaced than there are characters; a few long texts are all right.
            Some(with) if own.saturating_mul(with.len() as u64) > 1 << 30 => u64::MAX,
            _ => own,
        },
        "apply" | "construct" => arguments.last().map_or(Ok(0), |list| work::length(list, context))?.saturating_mul(8),
        "from" | "stringify" => match arguments.first() {
            Some(first) if name == "from" => length(first, context)?.saturating_mul(8),
            Some(first) => Taking::new(context).take(first).map(|_| 0)?,
            None => 0,
        },
        "join" if this.is_object() && own < MAX_LENGTH => {
            let glue = arguments.first().and_then(JsValue::as_string).map_or(1, |glue| glue.len() as u64);
            let mut sum = own.saturating_mul(glue);
            let Some(object) = this.as_object() else { return Ok(sum) };
            for index in 0..own {
                let element = object.get(index, context)?;
                sum = sum.saturating_add(element.as_string().map_or(0, |text| text.len() as u64));
            }
            sum
        }
        _ if this.is_object() => own.saturating_mul(8),
        _ => own,
    })
}

/// Puts a built-in function behind one that counts what goes in and what comes out.
fn counted(object: &JsObject, name: &str, context: &mut Context) -> JsResult<()> {
    // An accessor is no function, and cannot be read of what all objects of a kind have.
    let Ok(original) = object.get(js_string!(name), context) else { return Ok(()) };
    let Some(function) = original.as_callable() else { return Ok(()) };
    let length = function.get(js_string!("length"), context)?.as_number().unwrap_or_default() as usize;
    let cost = work::Cost::of(name);
    let native = NativeFunction::from_copy_closure_with_captures(
        move |this, arguments, (function, name): &(JsObject, String), context| {
            let bytes = estimate(name, this, arguments, context)?;
            allow(bytes, context)?;
            let before = cost.before(this, arguments, context)?;
            work::charge(before, context)?;
            let searched_from = cost.searched_from(this, context)?;
            let made = function.call(this, arguments, context)?;
            let bytes = size(&made, context)?;
            charge(bytes, context)?;
            match searched_from {
                Some(from) => work::charge(work::of_search(from, &made, arguments, context)?, context)?,
                // What was made is what is too much.
                None => {
                    let after = cost.made(&made, context)?.saturating_sub(before);
                    work::charge(after, context).map_err(|_| too_large(context))?;
                }
            }
            Ok(made)
        },
        (function.clone(), name.to_owned()),
    );
    let made = FunctionObjectBuilder::new(context.realm(), native).name(js_string!(name)).length(length).build();
    let descriptor = PropertyDescriptor::builder().value(made).writable(true).enumerable(false).configurable(true);
    object.define_property_or_throw(js_string!(name), descriptor, context)?;
    Ok(())
}

/// The functions that are counted one by one; of lists and texts it is all of them.
const COUNTED: &[(&str, &[&str])] = &[
    (
        "Object",
        &[
            "assign",
            "defineProperties",
            "entries",
            "freeze",
            "fromEntries",
            "getOwnPropertyDescriptors",
            "getOwnPropertyNames",
            "getOwnPropertySymbols",
            "groupBy",
            "isFrozen",
            "isSealed",
            "keys",
            "seal",
            "values",
        ],
    ),
    ("JSON", &["parse", "stringify"]),
    ("Array", &["from"]),
    ("Reflect", &["apply", "construct", "ownKeys"]),
    ("Promise", &["all", "allSettled", "any", "race"]),
    ("Map", &["groupBy"]),
];

/// The same of what all objects of a kind have.
const COUNTED_OF_EACH: &[(&str, &[&str])] = &[
    ("Map", &["entries", "forEach", "keys", "values"]),
    (
        "Set",
        &[
            "difference",
            "entries",
            "forEach",
            "intersection",
            "isDisjointFrom",
            "isSubsetOf",
            "isSupersetOf",
            "keys",
            "symmetricDifference",
            "union",
            "values",
        ],
    ),
    ("RegExp", &["exec", "test"]),
    ("Function", &["apply"]),
];

/// Sets all of it up.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    context.register_global_callable(js_string!(GUARD), 1, NativeFunction::from_fn_ptr(grown))?;
    let constructors = context.intrinsics().constructors();
    let numbers = constructors.typed_array();
    let (numbers, of_numbers) = (numbers.constructor(), numbers.prototype());
    for name in ["from", "of"] {
        counted(&numbers, name, context)?;
    }
    let constructors = context.intrinsics().constructors();
    let prototypes = [constructors.array().prototype(), constructors.string().prototype(), of_numbers];
    for prototype in prototypes {
        for key in prototype.own_property_keys(context)? {
            let PropertyKey::String(name) = key else { continue };
            let name = name.to_std_string_lossy();
            if name != "constructor" {
                counted(&prototype, &name, context)?;
            }
        }
    }
    let global = context.global_object();
    for (name, functions) in COUNTED {
        if let Some(object) = global.get(js_string!(*name), context)?.as_object() {
            for function in *functions {
                counted(&object, function, context)?;
            }
        }
    }
    for name in ["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape"] {
        counted(&global, name, context)?;
    }
    for (name, functions) in COUNTED_OF_EACH {
        let Some(kind) = global.get(js_string!(*name), context)?.as_object() else { continue };
        if let Some(object) = kind.get(js_string!("prototype"), context)?.as_object() {
            for function in *functions {
                counted(&object, function, context)?;
            }
        }
    }
    Ok(())
}
