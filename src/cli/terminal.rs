//! Who is talked to: two streams, colours or not, much or little.

use std::io::{self, IsTerminal as _, Write};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};

use crate::diag::{Report, Severity};
use crate::report::{self, Detail, Format, Options, Texts};

use super::arguments::Color;
use super::{Failure, written};

/// The width of frames where no terminal has one.
const WIDTH: usize = 120;

pub(super) struct Terminal {
    color: Color,
    detail: Detail,
    prefix: String,
    all: bool,
}

/// Where findings go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    /// They are what was asked for.
    Output,
    /// They are messages.
    Messages,
}

impl Terminal {
    pub fn new(color: Color, detail: Detail, prefix: String) -> Terminal {
        Terminal { color, detail, prefix, all: false }
    }

    /// The same, for someone who wants to see all findings, however many there are.
    pub fn showing_all(self, all: bool) -> Terminal {
        Terminal { all, ..self }
    }

    /// What stands before the path of a file of the project where it is shown.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Tells something that is no finding.
    pub fn say(&self, message: &str) -> Result<(), Failure> {
        match self.detail {
            Detail::Quiet => Ok(()),
            Detail::Normal | Detail::Verbose => written(writeln!(io::stderr(), "{message}")),
        }
    }

    /// Tells what was decided, to those who want to know.
    pub fn explain(&self, message: impl FnOnce() -> String) -> Result<(), Failure> {
        match self.detail {
            Detail::Verbose => self.say(&message()),
            Detail::Quiet | Detail::Normal => Ok(()),
        }
    }

    /// Writes what was asked for.
    pub fn answer(&self, text: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        written(out.write_all(text).and_then(|()| out.flush()))
    }

    /// Writes findings.
    pub fn report(
        &self,
        report: &Report,
        texts: &Texts<'_>,
        format: Format,
        strict: bool,
        stream: Stream,
    ) -> Result<(), Failure> {
        let options = self.options(strict, stream);
        // Documents are read by programs: no message may stand in between.
        let stream = if matches!(format, Format::Json | Format::Sarif) { Stream::Output } else { stream };
        let mut out: Box<dyn Write> = match stream {
            Stream::Output => Box::new(io::BufWriter::new(io::stdout().lock())),
            Stream::Messages => Box::new(io::BufWriter::new(io::stderr().lock())),
        };
        written(report::print(report, texts, format, &options, &mut *out).and_then(|()| out.flush()))
    }

    /// How findings look on a stream.
    pub fn options(&self, strict: bool, stream: Stream) -> Options {
        let auto = match stream {
            Stream::Output => AutoStream::choice(&io::stdout()),
            Stream::Messages => AutoStream::choice(&io::stderr()),
        };
        let color = match self.color {
            Color::Auto => auto != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        let width = match stream {
            Stream::Output => terminal_size::terminal_size_of(io::stdout()),
            Stream::Messages => terminal_size::terminal_size_of(io::stderr()),
        };
        let width = width.map_or(WIDTH, |(width, _)| usize::from(width.0).max(40));
        Options { prefix: self.prefix.clone(), detail: self.detail, all: self.all, strict, color, width }
    }

    /// Whether someone watches what happens.
    pub fn is_watched(&self) -> bool {
        self.detail > Detail::Quiet && io::stderr().is_terminal()
    }
}

/// `1 page`, `2 pages`.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `2 errors, 1 warning`, or `nothing to mend`. Where warnings count as errors they are called so.
pub(super) fn findings(report: &Report, strict: bool) -> String {
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let (errors, warnings) = if strict { (errors + warnings, 0) } else { (errors, warnings) };
    match (errors, warnings) {
        (0, 0) => "nothing to mend".into(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// `12 ms`, `3.4 s`.
pub(super) fn time(time: Duration) -> String {
    match time.as_millis() {
        milliseconds @ ..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}
