//! What is said of pages and headings that are gone, and what to do.

use super::became::{Clue, Guess, Heading};
use super::file::{From, Line, Lock, Locked};
use super::written::{address_of, written_address};
use super::{Cure, Gone, Texts};
use crate::base::{SourcePath, Span};
use crate::config::{Config, Format, Layout};
use crate::diag::Diagnostic;
use crate::site::types::{PageId, Site};

/// What ends every advice.
const GIVE_UP: &str = "`pressoir lock --accept` gives it up";

/// Who knows what can be done.
pub(super) struct Adviser<'a> {
    pub lock: &'a Lock,
    pub site: &'a Site,
    pub config: &'a Config,
    pub texts: &'a dyn Texts,
}

impl Adviser<'_> {
    /// What is said of a page that is gone.
    pub fn page(&self, gone: &Locked, guess: Option<Guess>) -> Option<Gone> {
        let line = gone.line()?;
        let address = line.address.split('#').next().unwrap_or_default();
        let found = Diagnostic::warning("gone-page", format!("nothing is found at `{address}` any more"))
            .at(self.lock.span(line));
        let was = self.was(line);
        let Some(guess) = guess else {
            let page =
                "bring it back, or list this address as `aliases` in the front matter of the page that took its place";
            return Some(Gone { diagnostic: found.help(format!("{was}: {page}; {GIVE_UP}")), cure: None });
        };
        let page = &self.site.page(guess.page).head;
        // A page made of another file cannot have a list of its own.
        let (file, is_made) = (page.template.as_ref().unwrap_or(&page.path), page.template.is_some());
        let why = match guess.clue {
            Clue::Led => String::new(),
            Clue::Text => ", which has most of its text".to_owned(),
            Clue::Title => ", which has the same title".to_owned(),
            Clue::Headings(shared) => format!(", which has {shared} of its headings"),
            Clue::Name => ", which has the same name".to_owned(),
        };
        let probably = match guess.clue {
            Clue::Led => was,
            _ => format!("{was}, and that is probably `{file}` now{why}"),
        };
        let is_counted = !is_made && self.texts.is_shown_by_line(file);
        let to = written_address(&self.site.page(guess.page).route.url);
        let advice = match (is_made, guess.is_certain) {
            (false, true) if is_counted && self.writes_redirects() => {
                format!("`pressoir check --fix` writes `{address}: {to}` below `redirects:` in the settings; {GIVE_UP}")
            }
            (false, _) if is_counted => format!(
                "lead readers on with `redirects` in the settings, as other pages show lines of `{file}` by their numbers; {GIVE_UP}"
            ),
            (true, _) => format!("lead readers on with `redirects` in the settings; {GIVE_UP}"),
            (false, true) => format!(
                "`pressoir check --fix` writes `aliases: {address}` into the front matter of `{file}`; {GIVE_UP}"
            ),
            (false, false) => format!("if so, write `aliases: {address}` into its front matter; {GIVE_UP}"),
        };
        let cure = match is_counted {
            true => Cure::Redirect { from: address.to_owned(), to },
            false => Cure::Alias { page: page.path.clone(), former: address.to_owned() },
        };
        let can_be = guess.is_certain && !is_made && (!is_counted || self.writes_redirects());
        let cure = can_be.then_some(cure);
        let label = if guess.clue == Clue::Led { "readers were led on to this page" } else { "probably this page" };
        let found = found.help(format!("{probably}: {advice}")).label(Span::new(file.clone(), 0..0), label);
        Some(Gone { diagnostic: found, cure })
    }

    /// What is said of an anchor that is gone from what readers come to, `page`.
    pub fn heading(&self, gone: &Locked, line: &Line, page: PageId, guess: Option<Heading<'_>>) -> Gone {
        let path = &self.site.page(page).head.path;
        let id = line.address.split_once('#').map_or("", |(_, id)| id);
        let message = match gone.page.as_ref().is_some_and(|of_page| self.file(of_page).as_ref() == Some(path)) {
            true => format!("the anchor `#{id}` is gone from `{path}`"),
            false => format!("readers of `{}` come to `{path}`, which has no such anchor", line.address),
        };
        let found = Diagnostic::warning("gone-anchor", message).at(self.lock.span(line));
        let was = self.was(line);
        let Some(guess) = guess else {
            let advice = match self.writes_redirects() {
                true => format!(
                    "bring it back, or say below `redirects:` in the settings where `{}` leads now",
                    line.address
                ),
                false => format!("bring it back, or put `<a id=\"{id}\"></a>` where readers are to come to"),
            };
            return Gone { diagnostic: found.help(format!("{was}: {advice}; {GIVE_UP}")), cure: None };
        };
        let there = &self.site.page(guess.page);
        let of_page = if guess.page == page { String::new() } else { format!(" in `{}`", there.head.path) };
        let probably = format!("{was}, and that is probably “{}” (`#{}`){of_page} now", guess.text, guess.id);
        let (from, to) = (line.address.to_string(), address_of(&there.route.url, guess.id));
        let native = self.config.project.layout == Layout::Native;
        let advice = match (self.writes_redirects(), guess.is_certain) {
            (true, true) => format!("`pressoir check --fix` writes `{from}: {to}` below `redirects:` in the settings"),
            (true, false) => format!("if so, write `{from}: {to}` below `redirects:` in the settings"),
            (false, _) if native => format!("if so, write `{{#{id}}}` behind that heading"),
            (false, _) => format!("if so, put `<a id=\"{id}\"></a>` before that heading"),
        };
        let cure = (guess.is_certain && self.writes_redirects()).then_some(Cure::Redirect { from, to });
        Gone { diagnostic: found.help(format!("{probably}: {advice}; {GIVE_UP}")), cure }
    }

    /// Whether the settings are such that redirects can be written into them.
    fn writes_redirects(&self) -> bool {
        let project = &self.config.project;
        let is_yaml = |file: &SourcePath| Format::of(file) == Some(Format::Yaml);
        project.layout == Layout::Native && project.settings.as_ref().is_some_and(is_yaml)
    }

    /// What had the address.
    fn was(&self, line: &Line) -> String {
        let file = self.file(line).map(|file| file.to_string()).unwrap_or_default();
        let is_heading = line.address.contains('#') && !line.text.is_empty();
        match &line.from {
            From::Redirect(to) => format!("readers were led on from there to `{to}`"),
            From::File(_) if is_heading => format!("it was “{}” in `{file}`", line.text),
            From::File(_) => format!("it was in `{file}`"),
        }
    }

    /// The file that had the address.
    fn file(&self, line: &Line) -> Option<SourcePath> {
        match &line.from {
            From::File(relative) => self.config.project.content.join(relative),
            From::Redirect(_) => None,
        }
    }
}
