//! What makes an open page follow the site: a script that is added on the way out, and the events that it listens to.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::sync::watch;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use crate::artefact::{Artefact, Body, Output};
use crate::base::OutPath;

use super::lookup::{Found, lookup};
use super::{Problem, Snapshot, Stage};

/// Where the script is.
pub(super) const SCRIPT: &str = "/_pressoir/live.js";

/// Where the events are.
pub(super) const EVENTS: &str = "/_pressoir/events";

/// More changed files than this are told as "any".
const MOST: usize = 500;

/// How an open page follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// It does not.
    Off,
    /// It changes where it is.
    Patch,
    /// It shows the place that changed, too.
    Follow,
}

pub(super) fn script() -> Response {
    let about = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    let text = concat!(
        "// Added on the way out by `pressoir serve --watch`; it is no part of the site.\n(() => {\n",
        include_str!("live/morph.js"),
        include_str!("live/panel.js"),
        include_str!("live/news.js"),
        "})();\n"
    );
    (about, text).into_response()
}

/// The version of the page at a path of a request, which may be the one that says that there is none.
pub(super) fn version(snapshot: &Snapshot, path: &str) -> String {
    match lookup(&*snapshot.content, &snapshot.base, path) {
        Found::File(path) => snapshot.content.version(&path).map_or_else(String::new, |version| version.short(16)),
        Found::Redirect(to) => format!("to {to}"),
        Found::Nothing => {
            let page = OutPath::new("404.html").and_then(|path| snapshot.content.version(&path));
            page.map_or_else(|| "none".to_owned(), |version| format!("none {}", version.short(16)))
        }
    }
}

/// A page with the script at the end of its body. The script is not deferred: it sees the page as it was sent, before other
/// scripts change it.
pub(super) fn follow(page: &[u8], live: Live, version: &str, state: &str) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    let follow = if live == Live::Follow { " data-follow" } else { "" };
    let version = version.replace('&', "&amp;").replace('"', "&quot;");
    let tag = format!("<script src=\"{SCRIPT}\" data-version=\"{version}\" data-state=\"{state}\"{follow}></script>");
    [&page[..at], tag.as_bytes(), &page[at..]].concat()
}

/// What a page is told: when it connects, and after each build that concerns it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct News {
    /// The version of the page itself.
    version: String,
    /// The state of all files that are no pages.
    state: String,
    /// Those that differ from what the page knew; `None`: any may.
    files: Option<Vec<String>>,
    /// Why the site is not the newest.
    problems: Vec<Problem>,
    /// What else was found in the page, and in what is of the whole site.
    notes: Vec<Problem>,
}

/// Which page asks, and what it knows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Reader {
    path: String,
    state: String,
    /// Whether its search is open, which any page concerns.
    searches: bool,
}

impl Reader {
    /// Reads `path=/guide/&state=0123&searches=1`.
    fn of(query: Option<&str>) -> Reader {
        let mut reader = Reader { path: "/".to_owned(), ..Reader::default() };
        for (name, value) in
            query.into_iter().flat_map(|query| query.split('&')).filter_map(|pair| pair.split_once('='))
        {
            // What was encoded for the query is decoded once; the path itself stays percent-encoded.
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "path" => reader.path = value,
                "state" => reader.state = value,
                "searches" => reader.searches = true,
                _ => {}
            }
        }
        reader
    }
}

/// The stream of news for the page that the query names.
pub(super) fn events(snapshots: watch::Receiver<Arc<Snapshot>>, query: Option<&str>) -> Response {
    let reader = Reader::of(query);
    let mut last: Option<(Arc<Snapshot>, News)> = None;
    let stream = WatchStream::new(snapshots).filter_map(move |snapshot| {
        // All that a page learns of a site that is not known yet it learns when it is.
        if snapshot.stage == Stage::Coming {
            return None;
        }
        let news = news(&snapshot, last.as_ref().map(|(snapshot, _)| &**snapshot), &reader);
        let told = News { files: Some(Vec::new()), ..news.clone() };
        // What is nothing new for this page is not sent to it.
        let new = reader.searches || last.as_ref().is_none_or(|(_, last)| *last != told) || news.files != told.files;
        last = Some((snapshot, told));
        new.then(|| {
            let news = serde_json::to_string(&news).expect("texts and lists are JSON");
            Ok::<_, Infallible>(Event::default().data(news))
        })
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// The news of a snapshot for a page that saw `last`, or else knows what it says.
fn news(snapshot: &Snapshot, last: Option<&Snapshot>, reader: &Reader) -> News {
    let files = match last {
        Some(last) if last.state == snapshot.state => Some(Vec::new()),
        Some(last) => changed(last.content.others(), snapshot.content.others()),
        None if reader.state == snapshot.state => Some(Vec::new()),
        None => None,
    };
    let sources = match lookup(&*snapshot.content, &snapshot.base, &reader.path) {
        Found::File(path) => snapshot.content.sources(&path),
        Found::Redirect(_) | Found::Nothing => Vec::new(),
    };
    let of_page = |note: &&Problem| note.file.as_ref().is_some_and(|file| sources.contains(&file));
    let notes = snapshot.notes.iter().filter(|note| note.site || of_page(note)).cloned().collect();
    let version = version(snapshot, &reader.path);
    News { version, state: snapshot.state.clone(), files, problems: snapshot.problems.clone(), notes }
}

/// The files that are new, other or gone; `None` for too many to tell. Pages that are made, such as that of the search, are
/// not among them: no other page shows them, and where one is open its version tells of it.
fn changed(before: &Output, now: &Output) -> Option<Vec<String>> {
    let is_shown = |(path, artefact): &(&OutPath, &Artefact)| {
        matches!(artefact.body, Body::Copy(_)) || !path.as_str().ends_with(".html")
    };
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    let other = now.iter().filter(|(path, artefact)| before.get(*path).map(|was| was.hash) != Some(artefact.hash));
    let paths = gone.chain(other).filter(is_shown).map(|(path, _)| path.to_string());
    let paths: Vec<String> = paths.take(MOST + 1).collect();
    (paths.len() <= MOST).then_some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let file =
            |(path, text): &(&str, &str)| (OutPath::new(path).expect("a good path"), Artefact::bytes(text.as_bytes()));
        Snapshot::new(Arc::new(files.iter().map(file).collect::<Output>()), "/".into())
    }

    #[test]
    fn the_script_is_added_at_the_end_of_the_body() {
        for (page, before, after) in [
            ("<body>x</body></html>", "<body>x<script ", "></script></body></html>"),
            ("<pre></body></pre></BODY>", "<pre></body></pre><script ", "></script></BODY>"),
            ("no end", "no end<script ", "></script>"),
            ("", "<script ", "></script>"),
        ] {
            let page = follow(page.as_bytes(), Live::Patch, "to ./a\"b&/", "0");
            let page = String::from_utf8(page).expect("it was UTF-8");
            assert!(page.starts_with(before) && page.ends_with(after), "{page}");
            assert!(page.contains("data-version=\"to ./a&quot;b&amp;/\""), "{page}");
        }
    }

    #[test]
    fn news_tell_what_differs() {
        let first = snapshot(&[("a.html", "1"), ("b.html", "1"), ("x.css", "1"), ("y.png", "1")]);
        let second = snapshot(&[("a.html", "2"), ("b.html", "1"), ("d.html", "1"), ("x.css", "2"), ("z.svg", "1")]);
        let reader = |path: &str, state: &str| Reader { path: path.into(), state: state.into(), searches: false };
        let files = |snapshot, last, state: &str| news(snapshot, last, &reader("/a", state)).files;
        let told = Some(vec!["y.png".to_owned(), "x.css".to_owned(), "z.svg".to_owned()]);
        assert_eq!(files(&second, Some(&first), ""), told);
        assert_eq!(files(&first, Some(&first), ""), Some(vec![]));
        assert_eq!(files(&first, None, &first.state), Some(vec![]), "it reconnects and nothing changed");
        assert_eq!(files(&second, None, &first.state), None, "it reconnects and something changed");
        let version = |snapshot, path: &str| news(snapshot, None, &reader(path, "")).version;
        assert_ne!(version(&first, "/a.html"), version(&second, "/a.html"));
        assert_eq!(version(&first, "/b"), version(&second, "/b.html"));
        assert_eq!(version(&first, "/d.html"), "none");
        assert_ne!(version(&second, "/d.html"), "none");
    }

    #[test]
    fn a_reader_says_which_page_it_shows() {
        assert_eq!(Reader::of(Some("path=%2Fa%2520b.html&state=01&x")).path, "/a%20b.html");
        assert_eq!(Reader::of(None).path, "/");
    }

    #[test]
    fn equal_files_are_an_equal_state() {
        assert_eq!(snapshot(&[("a.html", "1")]).state, snapshot(&[("a.html", "1")]).state);
        assert_ne!(snapshot(&[("a.html", "1")]).state, snapshot(&[("a.html", "2")]).state);
    }
}
