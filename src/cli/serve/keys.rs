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
        let mut line = String::new();
        loop {
            wait_for_our_turn();
            line.clear();
            match io::stdin().lock().read_line(&mut line) {
                Ok(length) if length > 0 => {}
                _ => return,
            }
            if Key::of(&line).is_some_and(|key| events.send(Event::Key(key)).is_err()) {
                return;
            }
        }
    });
}

/// How often a program in the background looks whether it has come to the front.
#[cfg(unix)]
const LOOK: std::time::Duration = std::time::Duration::from_millis(500);

/// Waits until something is typed for this program: a system stops one that reads what is typed for another (`serve &`, or Ctrl-Z
/// and `bg`).
#[cfg(unix)]
fn wait_for_our_turn() {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::{process, termios};
    loop {
        let stdin = io::stdin();
        let _ = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None);
        // Where nobody can tell, there is no other program to read for.
        if termios::tcgetpgrp(&stdin).map_or(true, |front| front == process::getpgrp()) {
            return;
        }
        thread::sleep(LOOK);
    }
}

#[cfg(not(unix))]
fn wait_for_our_turn() {}

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
