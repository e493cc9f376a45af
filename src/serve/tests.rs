use super::*;

use axum::body::Body as HttpBody;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, LOCATION};

use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath};
use crate::vfs::Listing;

/// A project with one picture.
struct Picture;

impl Files for Picture {
    fn list(&self) -> io::Result<Listing> {
        Ok(Listing::default())
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match path.as_str() {
            "content/a.png" => Ok(b"picture".to_vec()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

fn output() -> Output {
    let out = |path| OutPath::new(path).expect("a good path");
    let copy = |path| Artefact::copy(SourcePath::new(path).expect("a good path"), Hash::of_bytes(b"picture"));
    Output::from([
        (out("index.html"), Artefact::bytes(*b"<body>home</body>")),
        (out("guide/index.html"), Artefact::bytes(*b"<body>guide</body>")),
        (out("404.html"), Artefact::bytes(*b"<body>lost</body>")),
        (out("a.png"), copy("content/a.png")),
        (out("gone.png"), copy("content/gone.png")),
    ])
}

/// What a server of `output` that follows changes, or does not, sends: status, a header, body.
fn answered(output: Output, live: bool, request: Request, header: &str) -> (StatusCode, String, String) {
    let snapshot = Arc::new(Snapshot::new(Arc::new(output), "/".into()));
    let hosts = Hosts::new("127.0.0.1", std::net::IpAddr::from([127, 0, 0, 1]));
    let live = if live { Live::Patch } else { Live::Off };
    let (first, _) = std::sync::mpsc::sync_channel(1);
    let app = App {
        snapshots: watch::Sender::new(snapshot).subscribe(),
        files: Arc::new(Picture),
        hosts,
        live,
        turn: Semaphore::new(1),
        first,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let response = respond::answer(State(Arc::new(app)), request).await;
        let status = response.status();
        let header = response.headers().get(header).map_or("", |value| value.to_str().expect("it is ASCII")).to_owned();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a short body");
        (status, header, String::from_utf8_lossy(&body).into_owned())
    })
}

fn get(path: &str) -> Request {
    Request::get(path).header(HOST, "localhost:8080").body(HttpBody::empty()).expect("a good request")
}

#[test]
fn pages_and_files() {
    for (path, status, kind, body) in [
        ("/", 200, "text/html; charset=utf-8", "<body>home</body>"),
        ("/guide/?q=1", 200, "text/html; charset=utf-8", "<body>guide</body>"),
        ("/a.png", 200, "image/png", "picture"),
        ("/gone.png", 404, "text/html; charset=utf-8", "<body>lost</body>"),
        ("/nowhere/at/all", 404, "text/html; charset=utf-8", "<body>lost</body>"),
        ("/_pressoir/live.js", 404, "text/html; charset=utf-8", "<body>lost</body>"),
    ] {
        let found = answered(output(), false, get(path), CONTENT_TYPE.as_str());
        assert_eq!(found, (StatusCode::from_u16(status).expect("a status"), kind.into(), body.into()), "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_is_redirected_with_its_query() {
    let (status, to, _) = answered(output(), false, get("/guide?q=1"), LOCATION.as_str());
    assert_eq!((status, to.as_str()), (StatusCode::FOUND, "./guide/?q=1"));
}

#[test]
fn a_page_that_the_browser_has_is_not_sent_again() {
    for live in [false, true] {
        let (_, tag, _) = answered(output(), live, get("/"), ETAG.as_str());
        let mut again = get("/");
        again.headers_mut().insert(IF_NONE_MATCH, format!("\"other\", W/{tag}").parse().expect("a header"));
        let (status, _, body) = answered(output(), live, again, ETAG.as_str());
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }
}

#[test]
fn a_followed_page_is_sent_again_when_other_files_change() {
    let (_, before, _) = answered(output(), true, get("/"), ETAG.as_str());
    let mut other = output();
    other.insert(OutPath::new("new.html").expect("a good path"), Artefact::bytes(*b"new"));
    let (_, after, _) = answered(other, true, get("/"), ETAG.as_str());
    assert_ne!(before, after, "the script in it knows the state of the others");
}

#[test]
fn only_reading() {
    let post = Request::post("/").header(HOST, "localhost").body(HttpBody::empty()).expect("a good request");
    assert_eq!(answered(output(), false, post, "allow").0, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn only_its_own_name() {
    let other = Request::get("/").header(HOST, "evil.example").body(HttpBody::empty()).expect("a good request");
    assert_eq!(answered(output(), false, other, "x").0, StatusCode::FORBIDDEN);
    let none = Request::get("/").body(HttpBody::empty()).expect("a good request");
    assert_eq!(answered(output(), false, none, "x").0, StatusCode::FORBIDDEN);
}

#[test]
fn followed_pages_have_the_script_and_other_files_do_not() {
    for (path, has) in [("/", true), ("/nowhere", true), ("/a.png", false)] {
        let (_, _, body) = answered(output(), true, get(path), "x");
        assert_eq!(body.contains("<script src=\"/_pressoir/live.js\""), has, "{path}: {body}");
    }
    assert_eq!(answered(output(), true, get("/_pressoir/live.js"), "x").0, StatusCode::OK);
}

#[test]
fn without_a_site_there_is_still_a_page_that_follows() {
    let (status, _, body) = answered(Output::new(), true, get("/"), "x");
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("/_pressoir/live.js"), "{body}");
}

#[test]
fn a_failed_build_keeps_the_last_output() {
    let (server, _) =
        Server::bind(&Address { host: "127.0.0.1".into(), port: 0, strict_port: true }).expect("a free port");
    let publisher = server.publisher();
    publisher.publish(Arc::new(output()), "/docs/", Vec::new(), Vec::new());
    let good = publisher.0.borrow().state.clone();
    let problem = Problem {
        site: false,
        code: "x".into(),
        message: "y".into(),
        place: None,
        frame: None,
        help: Some("z".into()),
        edit: None,
        file: None,
    };
    publisher.fail(vec![problem.clone()], Vec::new());
    let snapshot = publisher.0.borrow().clone();
    assert_eq!((&snapshot.state, snapshot.base.as_str(), &snapshot.problems), (&good, "/docs/", &vec![problem]));
    publisher.publish(Arc::new(output()), "/docs/", Vec::new(), Vec::new());
    assert!(publisher.0.borrow().problems.is_empty());
}

#[test]
fn a_taken_port_gives_the_next_unless_it_must_be_that_one() {
    let first = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = first.local_addr().expect("it is bound").port();
    let address = |strict_port| Address { host: "127.0.0.1".into(), port: taken, strict_port };
    assert!(Server::bind(&address(true)).is_err());
    let (server, _) = Server::bind(&address(false)).expect("another port");
    assert!(server.port() > taken);
    assert_eq!(server.url(), format!("http://127.0.0.1:{}/", server.port()));
}
