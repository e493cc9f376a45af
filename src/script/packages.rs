//! What Node and the packages of VuePress and VitePress give to settings, written in JavaScript.

use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsResult, JsValue, js_string};

use super::engine::run_library;

/// Each is a function of what the host gives and what those before it made, which it adds to.
const PARTS: &[(&str, &str)] = &[
    ("stand_ins.js", include_str!("js/stand_ins.js")),
    ("path.js", include_str!("js/path.js")),
    ("url.js", include_str!("js/url.js")),
    ("fs.js", include_str!("js/fs.js")),
    ("node.js", include_str!("js/node.js")),
    ("globals.js", include_str!("js/globals.js")),
    ("vue.js", include_str!("js/vue.js")),
    ("modules.js", include_str!("js/modules.js")),
    ("answers.js", include_str!("js/answers.js")),
];

/// Makes the library: an object of functions.
pub(super) fn library(host: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let library: JsValue = ObjectInitializer::new(context)
        .property(js_string!("packages"), JsValue::null(), Attribute::all())
        .build()
        .into();
    for (name, text) in PARTS {
        let part = run_library(name, text, context)?;
        if let Some(part) = part.as_callable() {
            part.call(&JsValue::undefined(), &[host.clone(), library.clone()], context)?;
        }
    }
    Ok(library)
}
