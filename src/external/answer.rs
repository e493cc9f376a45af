//! What a host says of an address, and what is told of it.

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It is there.
    Alive,
    /// It is there, for good at another address.
    Moved(String),
    /// It is gone, and why.
    Dead(String),
    /// A program cannot tell, and why.
    Unsure(String),
}

impl Answer {
    /// What is told of an address with this answer.
    pub(super) fn diagnostic(&self, address: &str) -> Option<Diagnostic> {
        match self {
            Answer::Alive => None,
            Answer::Moved(to) => {
                let moved = Diagnostic::info("moved-external-link", format!("`{address}` has moved for good"));
                Some(moved.help(format!("write `{to}`")))
            }
            Answer::Dead(why) => {
                let dead = Diagnostic::warning("dead-external-link", format!("`{address}` is gone: {why}"));
                Some(dead.help("link to where it is now, or to an archive of it, or take the link away"))
            }
            Answer::Unsure(why) => {
                let unsure = format!("it cannot be told whether `{address}` is there: {why}");
                Some(Diagnostic::info("unsure-external-link", unsure).help("look at it in a browser"))
            }
        }
    }

    /// What a status says; a redirect and one that asks for patience are no answers yet.
    pub(super) fn of_status(status: u16) -> Answer {
        match status {
            200..=399 => Answer::Alive,
            404 | 410 => Answer::Dead(format!("its host answers {status}")),
            401 | 403 | 999 => Answer::Unsure(format!("its host answers {status}, perhaps to programs only")),
            429 => Answer::Unsure("its host answers 429: it was asked too often".to_owned()),
            500..=599 => Answer::Unsure(format!("its host answers {status}: it fails for now")),
            _ => Answer::Unsure(format!("its host answers {status}")),
        }
    }
}
