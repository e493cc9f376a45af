//! What the engine's thread knows of the project, and what it hands to programs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{self, Receiver, Sender};

use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::Attribute;
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, Module, NativeFunction, js_string,
};

use super::prepare::Prepared;
use super::resolve::Named;
use super::{Environment, Limits, Note, Read, Said, resolve};
use crate::base::{Hash, SourcePath};
use crate::diag::Diagnostic;

/// A program of the project.
pub(super) struct Program {
    /// Its text as diagnostics count it.
    pub text: String,
    pub prepared: Prepared,
}

/// What one run knows.
pub(super) struct Host {
    pub listing: Arc<[SourcePath]>,
    pub limits: Limits,
    pub package: Option<String>,
    say: Sender<Said>,
    answers: Receiver<Option<Vec<u8>>>,
    texts: RefCell<BTreeMap<SourcePath, Option<Rc<[u8]>>>>,
    reads: RefCell<BTreeMap<(SourcePath, bool), Read>>,
    pub notes: RefCell<Vec<Note>>,
    pub programs: RefCell<BTreeMap<SourcePath, Rc<Program>>>,
    pub modules: RefCell<BTreeMap<SourcePath, Module>>,
    /// `module` of CommonJS, by file.
    pub exported: RefCell<BTreeMap<SourcePath, JsObject>>,
    /// What `script/js/` made.
    pub library: RefCell<Option<JsObject>>,
    /// What is wrong, where it is known better than by an error's place.
    pub fault: RefCell<Option<Diagnostic>>,
    /// What is wrong, and does not end the program.
    pub told: RefCell<Vec<Diagnostic>>,
    /// Bytes that were made out of others.
    pub charged: Cell<u64>,
    pub is_too_large: Cell<bool>,
    /// Grows while something happens that is counted.
    pub alive: Arc<AtomicU64>,
    /// Rounds of loops.
    pub rounds: Cell<u64>,
    /// Elements that built-in functions went over.
    pub work: Cell<u64>,
    /// What promises had to do.
    pub jobs: Cell<u64>,
}

impl Host {
    pub fn new(
        environment: &Environment,
        listing: Arc<[SourcePath]>,
        (say, answers): (Sender<Said>, Receiver<Option<Vec<u8>>>),
        alive: Arc<AtomicU64>,
    ) -> Host {
        Host {
            listing,
            limits: environment.limits.clone(),
            package: environment.package.clone(),
            say,
            answers,
            texts: RefCell::default(),
            reads: RefCell::default(),
            notes: RefCell::default(),
            programs: RefCell::default(),
            modules: RefCell::default(),
            exported: RefCell::default(),
            library: RefCell::default(),
            fault: RefCell::default(),
            told: RefCell::default(),
            charged: Cell::new(0),
            is_too_large: Cell::new(false),
            rounds: Cell::new(0),
            work: Cell::new(0),
            alive,
            jobs: Cell::new(0),
        }
    }

    /// The host of a run.
    pub fn of(context: &Context) -> Rc<Host> {
        // It is set before anything runs; one that sees no files would do, too.
        let none = || {
            let ways = (mpsc::channel().0, mpsc::channel().1);
            Rc::new(Host::new(&Environment::default(), Arc::from([]), ways, Arc::default()))
        };
        context.get_data::<Rc<Host>>().cloned().unwrap_or_else(none)
    }

    /// A file's bytes, if it is there.
    pub fn read(&self, path: &SourcePath) -> Option<Rc<[u8]>> {
        if let Some(known) = self.texts.borrow().get(path) {
            return known.clone();
        }
        let there = self.listing.binary_search(path).is_ok();
        let bytes = match there && self.say.send(Said::Wants(path.clone())).is_ok() {
            true => self.answers.recv().ok().flatten(),
            false => None,
        };
        let bytes: Option<Rc<[u8]>> = bytes.map(Rc::from);
        let hash = bytes.as_deref().map(Hash::of_bytes);
        self.reads.borrow_mut().insert((path.clone(), false), Read::File(path.clone(), hash));
        self.texts.borrow_mut().insert(path.clone(), bytes.clone());
        bytes
    }

    /// The names in a folder, each with whether it is a folder; `None` if there is no such folder.
    fn entries(&self, folder: &SourcePath) -> Option<BTreeMap<String, bool>> {
        let entries = entries(&self.listing, folder);
        let read = Read::Folder(folder.clone(), Hash::of(&entries));
        self.reads.borrow_mut().insert((folder.clone(), true), read);
        (!entries.is_empty() || folder.as_str().is_empty()).then_some(entries)
    }

    /// `Some(true)` for a folder, `Some(false)` for a file.
    fn kind(&self, path: &SourcePath) -> Option<bool> {
        if path.as_str().is_empty() {
            return Some(true);
        }
        // Whether it is there is told by the folder that it would lie in.
        self.entries(&path.folder())?.get(path.name()).copied()
    }

    /// What an import names.
    pub fn resolve(&self, from: &SourcePath, specifier: &str) -> Named {
        for folder in resolve::looked_in(from, specifier) {
            self.entries(&folder);
        }
        resolve::resolve(&self.listing, from, specifier)
    }

    /// The `package.json` of a package that is not there: its version is the one that the project asks for.
    pub fn manifest(&self, name: &str) -> String {
        let own = SourcePath::new("package.json").and_then(|path| self.read(&path));
        let own = own.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let asked = |text: &String| -> Option<String> {
            let package: serde_json::Value = serde_json::from_str(text).ok()?;
            let kinds = ["dependencies", "devDependencies", "peerDependencies"];
            let version = kinds.iter().find_map(|kind| package.get(kind)?.get(name)?.as_str())?;
            Some(version.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned())
        };
        let version = [&own, &self.package].into_iter().flatten().find_map(asked).unwrap_or_default();
        serde_json::json!({ "name": name, "version": version }).to_string()
    }

    /// Tells something that is wrong, once.
    pub fn tell(&self, found: Diagnostic) {
        let mut told = self.told.borrow_mut();
        if told.len() < 200 && !told.contains(&found) {
            told.push(found);
        }
    }

    pub fn note(&self, note: Note) {
        let mut notes = self.notes.borrow_mut();
        if notes.len() < 200 && !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// All that was seen of the project.
    pub fn reads(&self) -> Vec<Read> {
        self.reads.borrow().values().cloned().collect()
    }
}

/// The names in a folder, each with whether it is a folder.
fn entries(listing: &[SourcePath], folder: &SourcePath) -> BTreeMap<String, bool> {
    let prefix = match folder.as_str() {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let from = listing.partition_point(|path| path.as_str() < prefix.as_str());
    let below = listing[from..].iter().map_while(|path| path.as_str().strip_prefix(&prefix));
    below
        .map(|below| below.split_once('/').map_or((below, false), |(name, _)| (name, true)))
        .map(|(name, is_folder)| (name.to_owned(), is_folder))
        .collect()
}

/// The hash of the names in a folder.
pub(super) fn folder_hash(listing: &[SourcePath], folder: &SourcePath) -> Hash {
    Hash::of(&entries(listing, folder))
}

/// What a stand-in for a package stands for, if the object is one.
pub(super) fn stand_in_name(object: &JsObject, context: &mut Context) -> JsResult<Option<String>> {
    if !object.is_callable() {
        return Ok(None);
    }
    let name = call_library("nameOf", &[object.clone().into()], context)?;
    Ok(name.as_string().map(|name| name.to_std_string_lossy()))
}

/// Calls a function of `script/js/`.
pub(super) fn call_library(name: &str, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let library = Host::of(context).library.borrow().clone();
    let Some(library) = library else { return Ok(JsValue::undefined()) };
    match library.get(js_string!(name), context)?.as_callable() {
        Some(function) => function.call(&JsValue::undefined(), arguments, context),
        None => Ok(JsValue::undefined()),
    }
}

/// A text argument.
pub(super) fn text(arguments: &[JsValue], index: usize) -> String {
    let text = arguments.get(index).and_then(JsValue::as_string);
    text.map(|text| text.to_std_string_lossy()).unwrap_or_default()
}

/// An error that a program can catch, with a `code` as Node gives.
pub(super) fn error(code: &str, message: &str, context: &mut Context) -> JsError {
    let object = JsNativeError::error().with_message(message.to_owned()).into_opaque(context);
    let code = JsString::from(code);
    match object.set(js_string!("code"), code, false, context) {
        Ok(_) => JsError::from_opaque(object.into()),
        Err(error) => error,
    }
}

/// Where a file of a package would be.
pub(super) fn installed(name: &str) -> String {
    format!("{}/node_modules/{name}", super::ROOT)
}

/// The file or folder that a program means, if it lies in the project.
fn inside(arguments: &[JsValue], context: &mut Context) -> JsResult<SourcePath> {
    let path = text(arguments, 0);
    match resolve::below_root(&path) {
        Some(path) => Ok(path),
        None => {
            Host::of(context).note(Note::Ignored(format!("`{path}` lies outside of the project")));
            Err(error("EACCES", &format!("EACCES: '{path}' lies outside of the project"), context))
        }
    }
}

fn kind(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(path) = resolve::below_root(&text(arguments, 0)) else { return Ok(JsValue::undefined()) };
    Ok(match Host::of(context).kind(&path) {
        Some(true) => js_string!("folder").into(),
        Some(false) => js_string!("file").into(),
        None => JsValue::undefined(),
    })
}

fn names(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = inside(arguments, context)?;
    let Some(entries) = Host::of(context).entries(&path) else { return Ok(JsValue::undefined()) };
    let names: Vec<JsValue> = entries.into_keys().map(|name| JsString::from(name).into()).collect();
    Ok(JsArray::from_iter(names, context).into())
}

fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = text(arguments, 0);
    let host = Host::of(context);
    if let Some(name) = path.strip_prefix(&installed("")).and_then(|rest| rest.strip_suffix("/package.json")) {
        return Ok(JsString::from(host.manifest(name)).into());
    }
    if let Some(package) = &host.package
        && resolve::below_root(&path).is_none()
        && path.ends_with("/package.json")
    {
        return Ok(JsString::from(package.as_str()).into());
    }
    let path = inside(arguments, context)?;
    let bytes = host.read(&path);
    Ok(bytes.map_or(JsValue::undefined(), |bytes| JsString::from(&*String::from_utf8_lossy(&bytes)).into()))
}

fn note(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut said = text(arguments, 1);
    if let Some((end, _)) = said.char_indices().nth(500) {
        said.truncate(end);
    }
    Host::of(context).note(match text(arguments, 0).as_str() {
        "console" => Note::Console(said),
        "package" => Note::StandIn(said),
        _ => Note::Ignored(said),
    });
    Ok(JsValue::undefined())
}

/// YAML as JSON, which keeps the order of keys; nothing if it is none.
fn yaml(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let value = serde_yaml::from_str::<serde_yaml::Value>(&text(arguments, 0)).ok();
    let json = value.and_then(|value| serde_json::to_string(&value).ok());
    Ok(json.map_or(JsValue::undefined(), |json| JsString::from(json).into()))
}

/// What `script/js/` is made with.
pub(super) fn object(root: &str, environment: &Environment, context: &mut Context) -> JsObject {
    let variables = serde_json::to_string(&environment.variables).unwrap_or_default();
    let function = NativeFunction::from_fn_ptr;
    ObjectInitializer::new(context)
        .property(js_string!("root"), JsString::from(root), Attribute::all())
        .property(js_string!("now"), environment.now as f64, Attribute::all())
        .property(js_string!("variables"), JsString::from(variables), Attribute::all())
        .function(function(kind), js_string!("kind"), 1)
        .function(function(names), js_string!("names"), 1)
        .function(function(read), js_string!("read"), 1)
        .function(function(yaml), js_string!("yaml"), 1)
        .function(function(note), js_string!("note"), 2)
        .function(function(super::collate::collate), js_string!("collate"), 3)
        .function(function(super::modules::require), js_string!("require"), 2)
        .function(function(super::modules::resolve_name), js_string!("resolve"), 2)
        .build()
}
