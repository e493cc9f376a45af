//! A request -> its response.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use axum::body::Body as HttpBody;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
};
use axum::http::header::{HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::{Semaphore, watch};

use crate::artefact::Body;
use crate::base::{Hash, OutPath, escaped};
use crate::vfs::Files;

use super::content_type::content_type;
use super::host::Hosts;
use super::live::{self, Live};
use super::lookup::{Found, lookup};
use super::range::{self, Asked};
use super::{Content, Snapshot, Stage, guard};

/// What every response is made from.
pub(super) struct App {
    pub snapshots: watch::Receiver<Arc<Snapshot>>,
    pub files: Arc<dyn Files + Send + Sync>,
    pub hosts: Hosts,
    pub live: Live,
    /// A page of a site that is not known yet is as much work as the site: one is made at a time, and the others wait, for
    /// their turn or for the site.
    pub turn: Semaphore,
    /// Told when such a page was made.
    pub first: SyncSender<()>,
}

/// The page for an address with nothing at it, where the site has no `404.html`.
const NOTHING: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Not found</title></head>\
    <body><h1>Not found</h1><p>There is no page at this address.</p></body></html>\n";

pub(super) async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let mut response = match guard::admit(&request.method, &request.uri, &request.headers, &app.hosts) {
        Ok(()) => admitted(&app, &request).await,
        Err((StatusCode::METHOD_NOT_ALLOWED, text)) => {
            (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")], text).into_response()
        }
        Err((status, text)) => (status, text).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    response
}

async fn admitted(app: &App, request: &Parts) -> Response {
    let path = request.uri.path();
    if app.live != Live::Off {
        match path {
            live::SCRIPT => return live::script(),
            live::EVENTS => return live::events(app.snapshots.clone(), request.uri.query()),
            _ => {}
        }
    }
    let mut snapshots = app.snapshots.clone();
    loop {
        let snapshot = snapshots.borrow_and_update().clone();
        if snapshot.stage == Stage::Whole {
            return found(app, &snapshot, request).await;
        }
        let is_known = lookup(&*snapshot.content, &snapshot.base, path) != Found::Nothing;
        tokio::select! {
            biased;
            Ok(_turn) = app.turn.acquire(), if is_known || snapshot.stage == Stage::Stuck => {
                let response = found(app, &snapshot, request).await;
                // It is enough to be told once.
                let _ = app.first.try_send(());
                return response;
            }
            Ok(()) = snapshots.changed() => {}
            else => return found(app, &snapshot, request).await,
        }
    }
}

async fn found(app: &App, snapshot: &Snapshot, request: &Parts) -> Response {
    let path = request.uri.path();
    match lookup(&*snapshot.content, &snapshot.base, path) {
        Found::File(out) => file(app, snapshot, out, path, &request.headers).await,
        Found::Redirect(to) => {
            let query = request.uri.query().map_or_else(String::new, |query| format!("?{query}"));
            // Not for ever: browsers would remember it for whatever is served here tomorrow.
            (StatusCode::FOUND, [(LOCATION, to + &query), (CACHE_CONTROL, "no-cache".into())]).into_response()
        }
        Found::Nothing => nothing(app, snapshot, path).await,
    }
}

async fn file(app: &App, snapshot: &Snapshot, out: OutPath, path: &str, headers: &HeaderMap) -> Response {
    let kind = content_type(&out);
    let followed = app.live != Live::Off && kind.starts_with("text/html");
    let version = version(snapshot, &out).await;
    let tag = match followed {
        // The script in it knows the state of the other files.
        true => format!("\"{}-{}\"", version.short(16), snapshot.state),
        false => format!("\"{}\"", version.hex()),
    };
    let about = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache"), (ETAG, tag.as_str())];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    match contents(app, &snapshot.content, out.clone()).await {
        Ok(body) if followed => {
            let version = live::version(snapshot, path);
            (about, live::follow(&body, app.live, &version, &snapshot.state)).into_response()
        }
        Ok(body) => {
            let asked = range::asked(headers, &tag, body.len());
            (about, part(body, asked)).into_response()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => nothing(app, snapshot, path).await,
        Err(error) => unmade(app, snapshot, &out, &error),
    }
}

/// A file, or the part of it that was asked for.
fn part(mut body: Vec<u8>, asked: Asked) -> Response {
    let length = body.len();
    match asked {
        Asked::Whole => ([(ACCEPT_RANGES, "bytes")], HttpBody::from(body)).into_response(),
        Asked::Part(Range { start, end }) => {
            body.truncate(end);
            let told = format!("bytes {start}-{}/{length}", end - 1);
            (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, told)], HttpBody::from(body.split_off(start)))
                .into_response()
        }
        Asked::Outside => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, format!("bytes */{length}"))]).into_response()
        }
    }
}

/// A page that cannot be made. The script in it waits until it can.
fn unmade(app: &App, snapshot: &Snapshot, out: &OutPath, error: &io::Error) -> Response {
    let text = escaped(&format!("{out} cannot be made: {error}"));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{out}</title></head>\
         <body><h1>This page cannot be made</h1><p>{text}</p></body></html>\n",
        out = escaped(out.as_str())
    );
    let body = match app.live {
        Live::Off => page.into_bytes(),
        live => live::follow(page.as_bytes(), live, "unmade", &snapshot.state),
    };
    let about = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (StatusCode::INTERNAL_SERVER_ERROR, about, body).into_response()
}

async fn nothing(app: &App, snapshot: &Snapshot, path: &str) -> Response {
    let page = OutPath::new("404.html").filter(|page| snapshot.content.holds(page));
    let body = match page {
        Some(page) => contents(app, &snapshot.content, page).await.unwrap_or_else(|_| NOTHING.into()),
        None => NOTHING.into(),
    };
    let body = match app.live {
        Live::Off => body,
        live => live::follow(&body, live, &live::version(snapshot, path), &snapshot.state),
    };
    let about = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (StatusCode::NOT_FOUND, about, body).into_response()
}

/// Whether the browser has this version already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

/// What changes whenever the contents of a file may. Only a whole site tells it at once.
async fn version(snapshot: &Snapshot, out: &OutPath) -> Hash {
    let (content, path) = (snapshot.content.clone(), out.clone());
    let version = match snapshot.stage {
        Stage::Whole => content.version(out),
        Stage::Coming | Stage::Stuck => {
            tokio::task::spawn_blocking(move || content.version(&path)).await.unwrap_or_default()
        }
    };
    version.unwrap_or_default()
}

/// The contents of a file: a page is rendered for it, off the threads that answer.
async fn contents(app: &App, content: &Arc<dyn Content>, out: OutPath) -> io::Result<Vec<u8>> {
    let (content, files) = (content.clone(), app.files.clone());
    let made = tokio::task::spawn_blocking(move || {
        let file = content.file(&out).ok_or(io::ErrorKind::NotFound)?;
        match file.map_err(|finding| io::Error::other(finding.message))?.body {
            Body::Bytes(bytes) => Ok(bytes.to_vec()),
            Body::Copy(path) => files.read_inside(&path),
        }
    });
    made.await.map_err(io::Error::other)?
}
