//! What makes an open page follow the site: a script that is added on the way out, and the events that it listens to.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::watch;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use crate::artefact::Output;

use super::{Problem, Snapshot};

/// Where the script is.
pub(super) const SCRIPT: &str = "/_pressoir/live.js";

/// Where the events are.
pub(super) const EVENTS: &str = "/_pressoir/events";

/// More changed files than this are told as "everything".
const MOST: usize = 500;

pub(super) fn script() -> Response {
    let about = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (about, include_str!("live.js")).into_response()
}

/// A page with the script before the end of its body. `file` is the page's path in the output, empty if it has none.
pub(super) fn follow(page: &[u8], snapshot: &Snapshot, file: &str) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    let file = file.replace('&', "&amp;").replace('"', "&quot;");
    let tag = format!("<script src=\"{SCRIPT}\" data-build=\"{}\" data-file=\"{file}\" defer></script>", snapshot.id);
    [&page[..at], tag.as_bytes(), &page[at..]].concat()
}

/// What a page is told: when it connects, and after each build.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct News<'a> {
    build: &'a str,
    /// The files that differ from what the page knew; `None`: any may.
    changed: Option<Vec<&'a str>>,
    problems: &'a [Problem],
}

/// The stream of news for a page; its query says which build it knows: `build=0123`.
pub(super) fn events(snapshots: watch::Receiver<Arc<Snapshot>>, query: Option<&str>) -> Response {
    let known = query.and_then(|query| query.strip_prefix("build=")).unwrap_or_default().to_owned();
    let mut last: Option<Arc<Snapshot>> = None;
    let stream = WatchStream::new(snapshots).map(move |snapshot| {
        let news = serde_json::to_string(&news(&snapshot, last.as_deref(), &known)).expect("texts and lists are JSON");
        last = Some(snapshot);
        Ok::<_, Infallible>(Event::default().data(news))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// The news of a snapshot for a page that saw `last`, or that knows the build `known`.
fn news<'a>(snapshot: &'a Snapshot, last: Option<&'a Snapshot>, known: &str) -> News<'a> {
    let changed = match last {
        Some(last) if last.id == snapshot.id => Some(Vec::new()),
        Some(last) => changed(&last.output, &snapshot.output),
        None if known == snapshot.id => Some(Vec::new()),
        None => None,
    };
    News { build: &snapshot.id, changed, problems: &snapshot.problems }
}

/// The files that are new, other or gone; `None` for too many to tell.
fn changed<'a>(before: &'a Output, now: &'a Output) -> Option<Vec<&'a str>> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now.iter().filter(|(path, artefact)| before.get(*path).map(|was| was.hash) != Some(artefact.hash));
    let paths: Vec<&str> = gone.chain(other.map(|(path, _)| path)).map(|path| path.as_str()).take(MOST + 1).collect();
    (paths.len() <= MOST).then_some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artefact::Artefact;
    use crate::base::OutPath;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let file =
            |(path, text): &(&str, &str)| (OutPath::new(path).expect("a good path"), Artefact::bytes(text.as_bytes()));
        Snapshot::new(Arc::new(files.iter().map(file).collect()), "/".into())
    }

    #[test]
    fn the_script_is_added_at_the_end_of_the_body() {
        let snapshot = snapshot(&[]);
        for (page, before, after) in [
            ("<body>x</body></html>", "<body>x<script ", "></script></body></html>"),
            ("<pre></body></pre></BODY>", "<pre></body></pre><script ", "></script></BODY>"),
            ("no end", "no end<script ", "></script>"),
            ("", "<script ", "></script>"),
        ] {
            let page = follow(page.as_bytes(), &snapshot, "a\"b&.html");
            let page = String::from_utf8(page).expect("it was UTF-8");
            assert!(page.starts_with(before) && page.ends_with(after), "{page}");
            assert!(page.contains("data-file=\"a&quot;b&amp;.html\""), "{page}");
        }
    }

    #[test]
    fn news_tell_what_differs() {
        let first = snapshot(&[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]);
        let second = snapshot(&[("a.html", "2"), ("b.html", "1"), ("d.html", "1")]);
        let changed = |snapshot, last, known: &str| news(snapshot, last, known).changed;
        assert_eq!(changed(&second, Some(&first), ""), Some(vec!["c.html", "a.html", "d.html"]));
        assert_eq!(changed(&first, Some(&first), ""), Some(vec![]));
        assert_eq!(changed(&first, None, &first.id), Some(vec![]), "it reconnects and nothing changed");
        assert_eq!(changed(&second, None, &first.id), None, "it reconnects and something changed");
    }

    #[test]
    fn equal_outputs_have_equal_ids() {
        assert_eq!(snapshot(&[("a.html", "1")]).id, snapshot(&[("a.html", "1")]).id);
        assert_ne!(snapshot(&[("a.html", "1")]).id, snapshot(&[("a.html", "2")]).id);
    }
}
