//! Who may ask. A page of another site, open in the same browser, can send requests here; it must not learn what is served
//! (drafts among it), neither by reading the answer nor by running it as a script or showing it as a picture.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};

use super::host::Hosts;

/// A longer address was made by a machine, to see what happens.
const LONGEST: usize = 8 * 1024;

/// Why a request is not answered: the status, and a line that says it.
pub(super) type Refusal = (StatusCode, &'static str);

/// Whether a request is answered at all.
pub(super) fn admit(method: &Method, uri: &Uri, headers: &HeaderMap, hosts: &Hosts) -> Result<(), Refusal> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Two names are one that is checked and one that is not.
    let one = headers.get_all(HOST).iter().count() == 1;
    let Some(host) = text(HOST).filter(|host| one && hosts.answer(host)) else {
        let hint = "This server answers to its own name only. Start it with --host NAME to reach it by another name.\n";
        return Err((StatusCode::FORBIDDEN, hint));
    };
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "This server is only read from.\n"));
    }
    if uri.path_and_query().is_some_and(|path| path.as_str().len() > LONGEST) {
        return Err((StatusCode::URI_TOO_LONG, "This address is too long.\n"));
    }
    let foreign = "Pages of other sites may not read this server.\n";
    // Absent for what people open themselves; a browser sets it where a page asks, and no page can take it away.
    if headers.contains_key(ORIGIN)
        && text(ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host) != Some(host)
    {
        return Err((StatusCode::FORBIDDEN, foreign));
    }
    let from = text(HeaderName::from_static("sec-fetch-site"));
    let opened = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate")
        && !matches!(text(HeaderName::from_static("sec-fetch-dest")), Some("iframe" | "frame" | "embed" | "object"));
    match from {
        Some("cross-site" | "same-site") if !opened => Err((StatusCode::FORBIDDEN, foreign)),
        _ => Ok(()),
    }
}
