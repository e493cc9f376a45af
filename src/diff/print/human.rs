//! For a terminal: `-` is gone, `+` is new, `>` leads on.

use std::io::{self, Write};

use super::super::{Changed, Difference};
use super::{became, counted, ranked, summary};

struct Printer<'a> {
    out: &'a mut dyn Write,
    color: bool,
    most: usize,
}

pub(super) fn print(difference: &Difference, color: bool, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer { out, color, most };
    let gone: Vec<String> = difference.gone.iter().map(|gone| format!("{}{}", gone.address, became(gone))).collect();
    printer.list("Gone", '-', &gone)?;
    let moved: Vec<String> = difference.moved.iter().map(|(from, to)| format!("{from} -> {to}")).collect();
    printer.list("Redirected", '>', &moved)?;
    printer.list("New", '+', &difference.new)?;
    let pages = ranked(difference);
    for page in pages.iter().take(most) {
        printer.page(page)?;
    }
    printer.rest(pages.len(), "more changed page", "")?;
    writeln!(printer.out, "{}", summary(difference))
}

impl Printer<'_> {
    fn line(&mut self, indent: &str, sign: char, text: &str) -> io::Result<()> {
        let (on, off) = match (self.color, sign) {
            (true, '-') => ("\x1b[31m", "\x1b[0m"),
            (true, '+') => ("\x1b[32m", "\x1b[0m"),
            _ => ("", ""),
        };
        writeln!(self.out, "{indent}{on}{sign} {text}{off}")
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        let (on, off) = if self.color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        writeln!(self.out, "{on}{text}{off}")
    }

    fn rest(&mut self, number: usize, what: &str, indent: &str) -> io::Result<()> {
        match number.saturating_sub(self.most) {
            0 => Ok(()),
            rest => writeln!(self.out, "{indent}and {} (`--all` shows them)", counted(rest, what)),
        }
    }

    fn list(&mut self, title: &str, sign: char, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.title(&format!("{title} ({})", lines.len()))?;
        self.lines(sign, lines)?;
        writeln!(self.out)
    }

    fn lines(&mut self, sign: char, lines: &[String]) -> io::Result<()> {
        for line in lines.iter().take(self.most) {
            self.line("  ", sign, line)?;
        }
        self.rest(lines.len(), "more", "  ")
    }

    fn page(&mut self, page: &Changed) -> io::Result<()> {
        self.title(&page.address)?;
        if let Some((old, new)) = &page.title {
            self.line("  ", '-', &format!("title: {old}"))?;
            self.line("  ", '+', &format!("title: {new}"))?;
        }
        let anchors = |anchors: &[super::super::Anchor]| -> Vec<String> {
            let became =
                |id: &Option<String>| id.as_ref().map_or_else(String::new, |id| format!(" (now probably #{id})"));
            anchors.iter().map(|anchor| format!("#{}{}", anchor.id, became(&anchor.became))).collect()
        };
        self.lines('-', &anchors(&page.anchors.gone))?;
        self.lines('+', &anchors(&page.anchors.new))?;
        let links = |links: &[super::super::Link]| -> Vec<String> {
            links.iter().map(|link| format!("link: [{}]({})", link.text, link.target)).collect()
        };
        self.lines('-', &links(&page.links.gone))?;
        self.lines('+', &links(&page.links.new))?;
        for place in page.text.places.iter().take(self.most) {
            let before = if place.before.is_empty() { String::new() } else { format!("{} ", place.before) };
            match (place.gone.is_empty(), place.new.is_empty()) {
                (false, true) => self.line("  ", '-', &format!("text: … {before}[{}]", place.gone))?,
                (true, _) => self.line("  ", '+', &format!("text: … {before}[{}]", place.new))?,
                (false, false) => {
                    self.line("  ", '-', &format!("text: … {before}[{}]", place.gone))?;
                    self.line("  ", '+', &format!("text: … {before}[{}]", place.new))?;
                }
            }
        }
        if page.text.gone + page.text.new > 0 {
            writeln!(self.out, "    {} gone, {} new", counted(page.text.gone, "word"), page.text.new)?;
        }
        writeln!(self.out)
    }
}
