//! A request -> its response.

use std::io;
use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;

use crate::artefact::{Artefact, Body};
use crate::base::OutPath;
use crate::vfs::Files;

use super::Snapshot;
use super::content_type::content_type;
use super::host::Hosts;
use super::live;
use super::lookup::{Found, lookup};

/// What every response is made from.
pub(super) struct App {
    pub snapshots: watch::Receiver<Arc<Snapshot>>,
    pub files: Arc<dyn Files + Send + Sync>,
    pub hosts: Hosts,
    pub live: bool,
}

/// The page for an address with nothing at it, where the site has no `404.html`.
const NOTHING: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Not found</title></head>\
    <body><h1>Not found</h1><p>There is no page at this address.</p></body></html>\n";

pub(super) async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| app.hosts.answer(host)) {
        let hint = "This server answers to its own name only. Start it with --host NAME to reach it by another name.\n";
        return (StatusCode::FORBIDDEN, hint).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    if app.live {
        match request.uri().path() {
            live::SCRIPT => return live::script(),
            live::EVENTS => return live::events(app.snapshots.clone(), request.uri().query()),
            _ => {}
        }
    }
    let snapshot = app.snapshots.borrow().clone();
    match lookup(&snapshot.output, &snapshot.base, request.uri().path()) {
        Found::File(path, artefact) => file(&app, &snapshot, path, artefact, request.headers()).await,
        Found::Redirect(to) => {
            let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
            // Not for ever: browsers would remember it for whatever is served here tomorrow.
            (StatusCode::FOUND, [(LOCATION, to + &query), (CACHE_CONTROL, "no-cache".into())]).into_response()
        }
        Found::Nothing => nothing(&app, &snapshot).await,
    }
}

async fn file(app: &App, snapshot: &Snapshot, path: &OutPath, artefact: &Artefact, headers: &HeaderMap) -> Response {
    let kind = content_type(path);
    let followed = app.live && is_html(kind);
    let tag = match followed {
        // The script knows its build, so the page is another one after each build.
        true => format!("\"{}-{}\"", artefact.hash.short(16), snapshot.id),
        false => format!("\"{}\"", artefact.hash.hex()),
    };
    let about = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache"), (ETAG, tag.as_str())];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    match contents(app, &artefact.body).await {
        Ok(body) if followed => (about, live::follow(&body, snapshot, path.as_str())).into_response(),
        Ok(body) => (about, HttpBody::from(body)).into_response(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => nothing(app, snapshot).await,
        Err(error) => {
            let text = format!("{path} cannot be read: {error}\n");
            (StatusCode::INTERNAL_SERVER_ERROR, [(CACHE_CONTROL, "no-cache")], text).into_response()
        }
    }
}

async fn nothing(app: &App, snapshot: &Snapshot) -> Response {
    let page = OutPath::new("404.html").and_then(|path| snapshot.output.get(&path));
    let body = match page {
        Some(page) => contents(app, &page.body).await.unwrap_or_else(|_| NOTHING.into()),
        None => NOTHING.into(),
    };
    let body = if app.live { live::follow(&body, snapshot, "") } else { body };
    let about = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (StatusCode::NOT_FOUND, about, body).into_response()
}

fn is_html(kind: &str) -> bool {
    kind.starts_with("text/html")
}

/// Whether the browser has this version already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

async fn contents(app: &App, body: &Body) -> io::Result<Vec<u8>> {
    match body {
        Body::Bytes(bytes) => Ok(bytes.to_vec()),
        Body::Copy(path) => {
            let (files, path) = (app.files.clone(), path.clone());
            tokio::task::spawn_blocking(move || files.read(&path)).await.map_err(io::Error::other)?
        }
    }
}
