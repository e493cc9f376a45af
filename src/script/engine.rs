//! Runs one settings file in an engine made for it.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, Sender};

use boa_engine::builtins::promise::PromiseState;
use boa_engine::context::time::FixedClock;
use boa_engine::context::{ContextBuilder, HostHooks};
use boa_engine::job::{Job, JobExecutor, SimpleJobExecutor};
use boa_engine::object::builtins::{JsArray, JsPromise};
use boa_engine::realm::Realm;
use boa_engine::{Context, JsNativeError, JsResult, JsString, JsValue, Source, js_string};

use super::host::{self, Host};
use super::modules::{self, Loader};
use super::value::{Taking, Value};
use super::{Environment, Evaluated, Member, ROOT, Said, faults, guard, literals, packages, questions};
use crate::base::SourcePath;

/// What one run needs.
pub(super) struct Task {
    pub entry: SourcePath,
    pub environment: Environment,
    /// The one member of what it exports that is wanted; `None`: all of it.
    pub member: Option<Member>,
    pub listing: Arc<[SourcePath]>,
    pub say: Sender<Said>,
    pub answers: Receiver<Option<Vec<u8>>>,
    /// Grows while something happens that is counted.
    pub alive: Arc<AtomicU64>,
}

/// No buffer is larger: settings have no use for them.
const MAX_BUFFER: u64 = 1 << 20;

/// What the engine asks of whoever runs it.
struct Hooks;

impl HostHooks for Hooks {
    fn ensure_can_compile_strings(
        &self,
        _: Realm,
        _: &[JsString],
        _: &JsString,
        _: bool,
        _: &mut Context,
    ) -> JsResult<()> {
        Err(JsNativeError::eval().with_message("settings cannot make programs out of texts").into())
    }

    fn local_timezone_offset_seconds(&self, _: i64) -> i32 {
        0
    }

    /// It is asked for each buffer, and not told how large that will be: each counts as the largest.
    fn max_buffer_size(&self, context: &mut Context) -> u64 {
        match guard::charge(MAX_BUFFER, context) {
            Ok(()) => MAX_BUFFER,
            Err(_) => 0,
        }
    }
}

/// Does what promises ask for, up to a number.
struct Jobs(Rc<SimpleJobExecutor>);

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, context: &mut Context) {
        let host = Host::of(context);
        host.jobs.set(host.jobs.get() + 1);
        // What is not done is never done: the promise stays as it is, and that is told.
        if host.jobs.get() <= host.limits.jobs {
            self.0.clone().enqueue_job(job, context);
        }
    }

    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        self.0.clone().run_jobs(context)
    }
}

/// Runs the file and says what came out.
pub(super) fn run(task: Task) {
    let host = Rc::new(Host::new(&task.environment, task.listing, (task.say.clone(), task.answers), task.alive));
    let limits = &task.environment.limits;
    let context = ContextBuilder::new()
        .host_hooks(Rc::new(Hooks))
        .clock(Rc::new(FixedClock::from_millis(task.environment.now)))
        .module_loader(Rc::new(Loader))
        .job_executor(Rc::new(Jobs(Rc::new(SimpleJobExecutor::new()))))
        .instructions_remaining(limits.instructions)
        .build();
    let mut evaluated = Evaluated::default();
    if let Ok(mut context) = context {
        let bounds = context.runtime_limits_mut();
        // Loops of built-in functions; those of programs are counted with their place.
        bounds.set_loop_iteration_limit(limits.rounds.saturating_mul(2));
        bounds.set_recursion_limit(limits.calls);
        bounds.set_stack_size_limit(1 << 20);
        bounds.set_backtrace_limit(30);
        context.insert_data(host.clone());
        match settings(&task.entry, task.member.as_ref(), &task.environment, &mut context) {
            Ok(value) => evaluated.value = value,
            Err(error) => {
                let diagnostic = faults::diagnostic(&error, &task.entry, &host, &mut context);
                evaluated.diagnostics.push(diagnostic);
                if task.member.is_none() {
                    let text = host.programs.borrow().get(&task.entry).map(|program| program.text.clone());
                    evaluated.value = text.map_or(Value::Null, |text| literals::exported(&task.entry, &text));
                }
            }
        }
        evaluated.diagnostics.extend(host.told.take());
        evaluated.notes = host.notes.take();
        evaluated.reads = host.reads();
        // Nobody waits for the engine to be taken apart.
        let _ = task.say.send(Said::Done(Box::new(evaluated)));
    }
}

/// What the settings file says.
fn settings(
    entry: &SourcePath,
    member: Option<&Member>,
    environment: &Environment,
    context: &mut Context,
) -> JsResult<Value> {
    let questions = environment.questions;
    let library = host::object(ROOT, environment, context);
    let library = packages::library(library.into(), context)?;
    *Host::of(context).library.borrow_mut() = library.as_object();
    guard::install(context)?;
    let exported = default_export(entry, context)?;
    let value = match member {
        None => called(exported, context)?,
        Some(member) => of_member(exported, member, context)?,
    };
    let value = kept(value, context)?;
    let mut taking = Taking::asking(questions, context);
    let mut taken = taking.take(&value)?.unwrap_or_default();
    let functions = taking.functions;
    questions::answer(&mut taken, functions, context)?;
    Ok(taken)
}

/// What settings are: what was exported, or what that gives if it is a function.
fn called(exported: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let is_function = exported.as_object().is_some_and(|object| object.is_callable());
    match exported.as_callable() {
        Some(function) if is_function && host::stand_in_name(&function, context)?.is_none() => {
            let asked = host::call_library("asked", &[], context)?;
            let value = function.call(&JsValue::undefined(), &[asked], context)?;
            kept(value, context)
        }
        _ => Ok(exported),
    }
}

/// What a member gives.
fn of_member(exported: JsValue, member: &Member, context: &mut Context) -> JsResult<JsValue> {
    let whole = called(exported, context)?;
    let Some(object) = whole.as_object() else { return Ok(JsValue::undefined()) };
    let value = object.get(JsString::from(member.name), context)?;
    let Some(function) = value.as_callable() else { return Ok(value) };
    let Some(texts) = &member.each else {
        // What VitePress gives it are files that it asked to be told of: there are none.
        let files = JsArray::new(context)?.into();
        return function.call(&whole, &[files], context);
    };
    let results = JsArray::new(context)?;
    for text in texts {
        let result = function.call(&whole, &[JsString::from(text.as_str()).into()], context)?;
        results.push(result, context)?;
    }
    Ok(results.into())
}

/// What the file exports.
fn default_export(entry: &SourcePath, context: &mut Context) -> JsResult<JsValue> {
    let value = modules::entry(entry, context)?;
    let value = kept(value, context)?;
    let Some(object) = value.as_object() else { return Ok(value) };
    let has_default = object.has_property(js_string!("default"), context)?;
    Ok(match has_default && host::stand_in_name(&object, context)?.is_none() {
        true => object.get(js_string!("default"), context)?,
        false => value,
    })
}

/// What a promise brings in the end; any other value is it itself.
fn kept(value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = value.as_object() else { return Ok(value) };
    if JsPromise::from_object(object.clone()).is_err() {
        let then = object.get(js_string!("then"), context)?;
        if !then.is_callable() {
            return Ok(value);
        }
    }
    let promise = JsPromise::resolve(value, context)?;
    match modules::settled(&promise, context)? {
        true => match promise.state() {
            PromiseState::Fulfilled(value) => Ok(value),
            _ => Ok(JsValue::undefined()),
        },
        false => Err(JsNativeError::error().with_message(faults::NEVER).into()),
    }
}

/// Runs a script of the library.
pub(super) fn run_library(name: &str, text: &str, context: &mut Context) -> JsResult<JsValue> {
    context.eval(Source::from_bytes(text).with_path(std::path::Path::new(name)))
}
