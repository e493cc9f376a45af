//! A sign of life while something takes long.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Terminal;

/// Shorter work would only flicker.
const PATIENCE: Duration = Duration::from_millis(300);

/// Shown on a terminal until it is dropped.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Says what is being done, if it takes long.
    pub fn new(terminal: &Terminal, message: &'static str) -> Progress {
        if !terminal.is_watched() {
            return Progress(None);
        }
        let (end, ended) = channel();
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
                let bar = ProgressBar::new_spinner()
                    .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
                    .with_message(message);
                bar.enable_steady_tick(Duration::from_millis(100));
                // The sender says nothing: it is dropped.
                let _ = ended.recv();
                bar.finish_and_clear();
            }
        });
        Progress(Some((end, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.0.take() {
            drop(end);
            // A sign of life that dies is no reason to stop the work.
            let _ = thread.join();
        }
    }
}
