//! What can be typed while a site is served: a letter and Enter, so that the terminal stays as it is.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::sync::mpsc::Sender;
use std::thread;

use super::author::Event;

/// A wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Drafts,
    Open,
    Rebuild,
    Quit,
    Help,
}

pub(super) const HELP: &str = "Type a letter and Enter:\n  d  show or hide drafts\n  o  open the site in your browser\n  \
                               r  read everything again\n  q  stop\n  ?  this help";

impl Key {
    /// What a line asks for.
    fn of(line: &str) -> Option<Key> {
        match line.trim() {
            "d" => Some(Key::Drafts),
            "o" => Some(Key::Open),
            "r" => Some(Key::Rebuild),
            "q" => Some(Key::Quit),
            "?" | "h" => Some(Key::Help),
            _ => None,
        }
    }
}

/// Whether somebody can type.
pub(super) fn can_be_read() -> bool {
    io::stdin().is_terminal()
}

/// Listens on a thread of its own until nothing more can be typed.
pub(super) fn listen(events: Sender<Event>) {
    thread::spawn(move || {
        let keys = io::stdin().lock().lines().map_while(Result::ok).filter_map(|line| Key::of(&line));
        for key in keys {
            if events.send(Event::Key(key)).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed() {
        assert_eq!(
            ["d", " q ", "h", "?", "x", ""].map(Key::of),
            [Some(Key::Drafts), Some(Key::Quit), Some(Key::Help), Some(Key::Help), None, None]
        );
    }
}
