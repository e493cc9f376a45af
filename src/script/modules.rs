//! Modules: `import` and `require` of the project's files and of packages.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::module::{ModuleLoader, ModuleRequest, Referrer, SyntheticModuleInitializer};
use boa_engine::object::builtins::JsPromise;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, Module, Script, Source, js_string,
};

use super::host::{self, Host, Program};
use super::prepare::{self, LOCAL_NAMES, LOCALS};
use super::resolve::{self, Named};
use crate::base::{SourcePath, Span};
use crate::diag::{Diagnostic, Severity};

/// Finds what is imported.
pub(super) struct Loader;

impl ModuleLoader for Loader {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        let mut context = context.borrow_mut();
        let from = referrer.path().and_then(Path::to_str).and_then(resolve::below_root);
        let from = from.unwrap_or_else(SourcePath::root);
        imported(&from, &request.specifier().to_std_string_lossy(), &mut context)
    }

    fn init_import_meta(self: Rc<Self>, meta: &JsObject, module: &Module, context: &mut Context) {
        let path = module.path().and_then(Path::to_str).unwrap_or_default();
        let arguments = [meta.clone().into(), JsString::from(path).into()];
        // It only sets properties of a new object.
        let _ = host::call_library("meta", &arguments, context);
    }
}

fn imported(from: &SourcePath, specifier: &str, context: &mut Context) -> JsResult<Module> {
    let host = Host::of(context);
    let locals = [JsString::from(resolve::shown(from)).into()];
    if specifier == LOCALS {
        let locals = host::call_library("locals", &locals, context)?;
        return Ok(of_object(&locals, LOCAL_NAMES.iter().map(|name| (*name).to_owned()), context));
    }
    let names = host.programs.borrow().get(from).and_then(|program| {
        let imported = program.prepared.imports.get(specifier)?;
        Some(imported.names.keys().cloned().collect::<Vec<String>>())
    });
    match host.resolve(from, specifier) {
        Named::File(path) => module_of(&path, names, context),
        Named::Package(name) if name.ends_with("/package.json") => {
            let owner = name.trim_end_matches("/package.json");
            let value = json(&host.manifest(owner), specifier, context)?;
            Ok(of_object(&value, ["name".to_owned(), "version".to_owned()], context))
        }
        Named::Package(name) => {
            let package = host::call_library("package", &[JsString::from(name).into()], context)?;
            let known = match &names {
                Some(names) => names.clone(),
                None => own_names(&package, context)?,
            };
            Ok(of_object(&package, known, context))
        }
        Named::PackageAbove => match &host.package {
            Some(package) => {
                let value = json(package, specifier, context)?;
                let names = own_names(&value, context)?;
                Ok(of_object(&value, names, context))
            }
            None => absent(from, specifier, names, context),
        },
        Named::Above(_) | Named::Missing(_) => absent(from, specifier, names, context),
    }
}

/// What stands in for a file that is imported and is not there; it is told. One that is asked for while the program runs is
/// an error, which the program may be ready for.
fn absent(from: &SourcePath, specifier: &str, names: Option<Vec<String>>, context: &mut Context) -> JsResult<Module> {
    let host = Host::of(context);
    let imported =
        host.programs.borrow().get(from).and_then(|program| program.prepared.imports.get(specifier).cloned());
    let Some(imported) = imported else { return Err(missing(from, specifier, context)) };
    host.tell(absence(from, specifier, imported.range));
    let value = host::call_library("standIn", &[JsString::from(specifier).into()], context)?;
    Ok(of_object(&value, names.unwrap_or_default(), context))
}

/// What to say of a file that is not there, and the program goes on without it.
fn absence(from: &SourcePath, specifier: &str, range: std::ops::Range<usize>) -> Diagnostic {
    let mut found = missing_file(from, specifier, range);
    found.severity = Severity::Warning;
    found.help("what it would give is left out: check the path; a file above the project's folder is seen if the command is given that folder")
}

/// What the settings file exports: the `exports` of CommonJS, or a promise of a module's names.
pub(super) fn entry(path: &SourcePath, context: &mut Context) -> JsResult<JsValue> {
    let program = program(path, context)?;
    if !program.prepared.is_module {
        return value_of(path, context);
    }
    let module = parsed(path, &program, context)?;
    let promise = module.load_link_evaluate(context);
    if !settled(&promise, context)? {
        return Err(JsNativeError::error().with_message(super::faults::NEVER).into());
    }
    let namespace = module.namespace(context);
    // A module may write `module.exports` all the same.
    let locals = host::call_library("exported", &[JsString::from(resolve::shown(path)).into()], context)?;
    Ok(match namespace.has_property(js_string!("default"), context)? {
        false if !locals.is_undefined() => locals,
        _ => namespace.into(),
    })
}

/// A file as a module. `names` are those that are asked for.
fn module_of(path: &SourcePath, names: Option<Vec<String>>, context: &mut Context) -> JsResult<Module> {
    if is_program(path)
        && let program = program(path, context)?
        && program.prepared.is_module
    {
        return parsed(path, &program, context);
    }
    let value = value_of(path, context)?;
    let names = match own_names(&value, context)? {
        known if known.is_empty() => names.unwrap_or_default(),
        known => known,
    };
    Ok(of_object(&value, names, context))
}

/// An ES module of the project, parsed once.
fn parsed(path: &SourcePath, program: &Program, context: &mut Context) -> JsResult<Module> {
    let host = Host::of(context);
    if let Some(module) = host.modules.borrow().get(path) {
        return Ok(module.clone());
    }
    let shown = resolve::shown(path);
    let source = Source::from_bytes(&program.prepared.text.text).with_path(Path::new(&shown));
    let module = Module::parse(source, None, context).map_err(|error| in_file(error, path, context))?;
    host.modules.borrow_mut().insert(path.clone(), module.clone());
    Ok(module)
}

/// A file's program, made ready once.
fn program(path: &SourcePath, context: &mut Context) -> JsResult<Rc<Program>> {
    let host = Host::of(context);
    if let Some(program) = host.programs.borrow().get(path) {
        return Ok(program.clone());
    }
    let text = host.read(path).map(|bytes| prepare::normalised(&bytes)).unwrap_or_default();
    match prepare::prepare(path, &text) {
        Ok(prepared) => {
            let program = Rc::new(Program { text, prepared });
            host.programs.borrow_mut().insert(path.clone(), program.clone());
            Ok(program)
        }
        Err(diagnostic) => {
            let message = diagnostic.message.clone();
            host.fault.borrow_mut().get_or_insert(diagnostic);
            Err(JsNativeError::syntax().with_message(message).into())
        }
    }
}

fn is_program(path: &SourcePath) -> bool {
    matches!(path.extension(), "js" | "ts" | "mjs" | "mts" | "cjs" | "cts")
}

/// What `require` gives for a file of the project.
pub(super) fn value_of(path: &SourcePath, context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    if path.extension() == "json" {
        let text = host.read(path).map(|bytes| prepare::normalised(&bytes)).unwrap_or_default();
        return json(&text, path.as_str(), context).inspect_err(|_| {
            host.fault.borrow_mut().get_or_insert_with(|| faulty_json(path, &text));
        });
    }
    if !is_program(path) {
        // A style sheet, a component, a picture: something for a bundler.
        let shown = resolve::shown(path);
        return host::call_library("asset", &[JsString::from(shown).into()], context);
    }
    let program = program(path, context)?;
    if program.prepared.is_module {
        let module = parsed(path, &program, context)?;
        let promise = module.load_link_evaluate(context);
        return match settled(&promise, context)? {
            true => Ok(module.namespace(context).into()),
            false => Err(host::error("ERR_REQUIRE_ASYNC_MODULE", "a module with `await` is not ready yet", context)),
        };
    }
    let known = host.exported.borrow().get(path).cloned();
    let module = match known {
        Some(module) => module,
        None => run_commonjs(path, &program, context)?,
    };
    module.get(js_string!("exports"), context)
}

/// Runs a file of CommonJS; gives its `module`.
fn run_commonjs(path: &SourcePath, program: &Program, context: &mut Context) -> JsResult<JsObject> {
    let shown = resolve::shown(path);
    let source = Source::from_bytes(&program.prepared.text.text).with_path(Path::new(&shown));
    let script = Script::parse(source, None, context).map_err(|error| in_file(error, path, context))?;
    let function = script.evaluate(context)?;
    let locals = host::call_library("locals", &[JsString::from(shown).into()], context)?;
    let (Some(function), Some(locals)) = (function.as_callable(), locals.as_object()) else {
        return Err(JsNativeError::typ().with_message("the program cannot be run").into());
    };
    let mut arguments = Vec::with_capacity(LOCAL_NAMES.len());
    for name in LOCAL_NAMES {
        arguments.push(locals.get(js_string!(*name), context)?);
    }
    let Some(module) = locals.get(js_string!("module"), context)?.as_object() else {
        return Err(JsNativeError::typ().with_message("the program cannot be run").into());
    };
    // In a circle the other file sees what is there so far.
    Host::of(context).exported.borrow_mut().insert(path.clone(), module.clone());
    function.call(&arguments[0].clone(), &arguments, context)?;
    Ok(module)
}

/// Whether a promise is kept once all that can run has run; its error if it is broken.
pub(super) fn settled(promise: &JsPromise, context: &mut Context) -> JsResult<bool> {
    loop {
        context.run_jobs()?;
        match promise.state() {
            PromiseState::Fulfilled(_) => return Ok(true),
            PromiseState::Rejected(error) => return Err(JsError::from_opaque(error)),
            // Time passes only here: the next timer is due at once.
            PromiseState::Pending if host::call_library("tick", &[], context)?.to_boolean() => {}
            PromiseState::Pending => return Ok(false),
        }
    }
}

/// A module with the properties of an object; `default` is its own `default` or the object.
fn of_object(value: &JsValue, names: impl IntoIterator<Item = String>, context: &mut Context) -> Module {
    let mut names: Vec<JsString> = names.into_iter().filter(|name| name != "default").map(JsString::from).collect();
    names.push(js_string!("default"));
    let init = SyntheticModuleInitializer::from_copy_closure_with_captures(
        |module, (value, names): &(JsValue, Vec<JsString>), context| {
            let object = value.as_object();
            for name in names {
                let found = match &object {
                    Some(object) => object.get(name.clone(), context)?,
                    None => JsValue::undefined(),
                };
                let is_default = *name == js_string!("default");
                module.set_export(name, if is_default { default_of(value, found, context)? } else { found })?;
            }
            Ok(())
        },
        (value.clone(), names.clone()),
    );
    Module::synthetic(&names, init, None, None, context)
}

/// What `import x from` gives: a compiled ES module says so, anything else is it itself.
pub(super) fn default_of(value: &JsValue, default: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = value.as_object() else { return Ok(value.clone()) };
    let is_compiled = object.get(js_string!("__esModule"), context)?.to_boolean();
    Ok(if is_compiled { default } else { value.clone() })
}

/// The names of an object's own properties.
fn own_names(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let Some(object) = value.as_object().filter(|object| !object.is_array()) else { return Ok(Vec::new()) };
    let keys = object.own_property_keys(context)?;
    let name = |key: PropertyKey| match key {
        PropertyKey::String(name) => Some(name.to_std_string_lossy()),
        _ => None,
    };
    Ok(keys.into_iter().filter_map(name).collect())
}

fn json(text: &str, name: &str, context: &mut Context) -> JsResult<JsValue> {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => {
            // The engine's own function keeps the order of keys.
            let json = context.intrinsics().objects().json();
            let parse = json.get(js_string!("parse"), context)?;
            match parse.as_callable() {
                Some(parse) => parse.call(&JsValue::undefined(), &[JsString::from(text).into()], context),
                None => Ok(JsValue::undefined()),
            }
        }
        Err(error) => Err(JsNativeError::syntax().with_message(format!("{name}: {error}")).into()),
    }
}

/// What is wrong in a file of JSON.
fn faulty_json(path: &SourcePath, text: &str) -> Diagnostic {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
    let (message, at) = error.map_or_else(Default::default, |error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        (message, super::text::offset(text, error.line(), error.column()))
    });
    Diagnostic::error("settings-syntax", format!("`{path}` cannot be read: {message}"))
        .at(Span::new(path.clone(), at..at + 1))
        .help("mend this line")
}

/// An import of a file that is not there.
fn missing(from: &SourcePath, specifier: &str, context: &mut Context) -> JsError {
    let host = Host::of(context);
    let imported =
        host.programs.borrow().get(from).and_then(|program| program.prepared.imports.get(specifier).cloned());
    if let Some(imported) = imported {
        host.fault.borrow_mut().get_or_insert(missing_file(from, specifier, imported.range));
    }
    host::error("MODULE_NOT_FOUND", &format!("Cannot find module '{specifier}'"), context)
}

/// What to say of a file that is not there.
pub(super) fn missing_file(from: &SourcePath, specifier: &str, range: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error(
        "settings-import",
        format!("`{specifier}` is imported here, and there is no such file in the project"),
    )
    .at(Span::new(from.clone(), range))
    .help("check the path; a file above the project's folder is seen if the command is given that folder")
}

/// A syntax error that only the engine saw.
fn in_file(error: JsError, path: &SourcePath, context: &mut Context) -> JsError {
    let message = error.as_native().map(|native| native.message().to_owned()).unwrap_or_default();
    let host = Host::of(context);
    let program = host.programs.borrow().get(path).cloned();
    let place = program.and_then(|program| {
        let (line, column) = super::faults::last_place(&message)?;
        let at = super::text::offset(&program.prepared.text.text, line, column);
        Some(program.prepared.text.original(at))
    });
    let at = place.unwrap_or_default();
    host.fault.borrow_mut().get_or_insert(
        Diagnostic::error(
            "settings-syntax",
            format!("`{path}` cannot be read: {}", super::faults::placeless(&message)),
        )
        .at(Span::new(path.clone(), at..at + 1))
        .help("mend this line"),
    );
    error
}

/// `require(specifier, from)`.
pub(super) fn require(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (specifier, from) = (host::text(arguments, 0), host::text(arguments, 1));
    let from = resolve::below_root(&from).unwrap_or_else(SourcePath::root);
    let host = Host::of(context);
    match host.resolve(&from, &specifier) {
        Named::File(path) => value_of(&path, context),
        Named::Package(name) => match name.strip_suffix("/package.json") {
            Some(owner) => json(&host.manifest(owner), &specifier, context),
            None => host::call_library("package", &[JsString::from(name).into()], context),
        },
        Named::PackageAbove if host.package.is_some() => {
            json(host.package.as_deref().unwrap_or_default(), &specifier, context)
        }
        // Whatever is above is there for its author.
        Named::Above(_) => {
            let place = host.programs.borrow().get(&from).and_then(|program| quoted(&program.text, &specifier));
            host.tell(absence(&from, &specifier, place.unwrap_or_default()));
            host::call_library("standIn", &[JsString::from(specifier).into()], context)
        }
        Named::PackageAbove | Named::Missing(_) => Err(missing(&from, &specifier, context)),
    }
}

/// Where a text stands in quotes.
fn quoted(text: &str, wanted: &str) -> Option<std::ops::Range<usize>> {
    let found = ['\'', '"', '`'].iter().find_map(|quote| text.find(&format!("{quote}{wanted}{quote}")))?;
    Some(found..found + wanted.len() + 2)
}

/// `require.resolve(specifier)`, as seen from a file.
pub(super) fn resolve_name(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (specifier, from) = (host::text(arguments, 0), host::text(arguments, 1));
    let from = resolve::below_root(&from).unwrap_or_else(SourcePath::root);
    Ok(match Host::of(context).resolve(&from, &specifier) {
        Named::File(path) => JsString::from(resolve::shown(&path)).into(),
        Named::Package(name) if name.contains('/') && name.contains('.') => {
            JsString::from(host::installed(&name)).into()
        }
        Named::Package(name) => JsString::from(name).into(),
        Named::PackageAbove | Named::Above(_) | Named::Missing(_) => return Err(missing(&from, &specifier, context)),
    })
}
