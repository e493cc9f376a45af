//! The text of a lock -> its entries, by page.
//!
//! A line says what it is and in which version; then comes an address a line, sorted: `/guide/start.html`, a tab, the file that
//! it came from, a tab, the page's title; or with an anchor, and the heading's text. `=> /new.html` in place of the file:
//! readers are led on from there. Lines may stand in any order and twice, as a merge by lines leaves them.

use std::collections::BTreeMap;

use crate::base::{Hash, OutPath, SourcePath, Span, UrlPath};
use crate::config::SiteConfig;
use crate::diag::Diagnostic;
use crate::page::Source;
use crate::site::redirects::Former;

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u32 = 1;
/// What the first line begins with.
pub(super) const MARK: &str = "pressoir.lock ";
/// What stands before the address that a former one leads to.
pub(super) const LEADS: &str = "=> ";
/// The most lines of one lock that are told to be none.
const MOST_TOLD: usize = 20;

/// A lock that was read.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The file.
    pub path: SourcePath,
    /// The hash of its contents.
    pub hash: Hash,
    /// Whether its version is a later one than is known here; then it has no entries.
    pub is_newer: bool,
    /// Whether all of it could be read.
    pub is_whole: bool,
    /// The pages, by their file in the output.
    pub(super) pages: BTreeMap<OutPath, Locked>,
}

/// A page that the site has had.
#[derive(Clone, Debug, Default)]
pub(super) struct Locked {
    /// What is said of the page itself.
    pub page: Option<Line>,
    /// Its anchors.
    pub anchors: BTreeMap<String, Line>,
}

/// A line of the lock.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The address as it is written there.
    pub address: Box<str>,
    /// The file that had it, seen from the content folder; or where readers were led on to.
    pub from: From,
    /// The title of the page, or the text of the heading.
    pub text: Box<str>,
    /// Where it stands.
    pub place: (u32, u32),
}

/// Where an address came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A file, seen from the content folder.
    File(Box<str>),
    /// Nowhere: readers were led on to this address.
    Redirect(Box<str>),
}

impl Lock {
    /// Reads a lock; what is wrong with it is told.
    pub fn read(source: &Source, config: &SiteConfig) -> (Lock, Vec<Diagnostic>) {
        let mut reader = Reader {
            lock: Lock {
                path: source.path.clone(),
                hash: source.hash,
                is_newer: false,
                is_whole: true,
                pages: BTreeMap::new(),
            },
            config,
            root: UrlPath::root(),
            found: Vec::new(),
            told: 0,
        };
        let (mut start, mut has_mark) = (0, false);
        for line in source.text.split_inclusive('\n') {
            let text = line.trim_end_matches('\n');
            let place = start..start + text.len();
            start += line.len();
            if is_conflict(text) {
                reader.tell_conflict(text, place);
            } else if text.trim().is_empty() || text.starts_with('#') {
            } else if !has_mark {
                has_mark = true;
                if !reader.mark(text, place) {
                    break;
                }
            } else if text.strip_prefix(MARK) != Some(&VERSION.to_string()) {
                // Both sides of a merge may have the first line.
                reader.entry(text, place);
            }
        }
        if !has_mark && reader.found.is_empty() {
            reader.mark("", 0..0);
        }
        (reader.lock, reader.found)
    }

    /// How many pages and anchors it holds.
    pub fn count(&self) -> (usize, usize) {
        (self.pages.len(), self.pages.values().map(|page| page.anchors.len()).sum())
    }

    /// The place of a line.
    pub(super) fn span(&self, line: &Line) -> Span {
        Span { file: self.path.clone(), start: line.place.0, end: line.place.1 }
    }
}

impl Locked {
    /// The line that says most of the page.
    pub fn line(&self) -> Option<&Line> {
        self.page.as_ref().or_else(|| self.anchors.values().next())
    }
}

struct Reader<'r> {
    lock: Lock,
    config: &'r SiteConfig,
    root: UrlPath,
    found: Vec<Diagnostic>,
    /// How many lines were told to be none.
    told: usize,
}

impl Reader<'_> {
    /// Reads the first line; whether what follows can be read.
    fn mark(&mut self, text: &str, place: std::ops::Range<usize>) -> bool {
        let span = Span::new(self.lock.path.clone(), place);
        let version =
            text.trim_start_matches('\u{feff}').strip_prefix(MARK).map(|version| version.trim().parse::<u32>());
        let found = match version {
            Some(Ok(VERSION)) => return true,
            Some(Ok(version)) => {
                self.lock.is_newer = version > VERSION;
                Diagnostic::warning("lock-file", format!("version {version} of the list of addresses is not known here"))
                    .help("it was written by another version of Pressoir: use that one; until then, no address is checked")
            }
            _ => Diagnostic::warning("lock-file", format!("this is no list of addresses: it does not begin with `{MARK}{VERSION}`"))
                .help("take the file from your repository again, or let `pressoir lock --accept` write it anew; until then, no address is checked"),
        };
        self.lock.is_whole = false;
        self.found.push(found.at(span));
        false
    }

    fn tell_conflict(&mut self, text: &str, place: std::ops::Range<usize>) {
        if text.starts_with('<') {
            let found = Diagnostic::warning(
                "lock-file",
                "two versions of this file were merged, and the merge is not finished",
            )
            .at(Span::new(self.lock.path.clone(), place))
            .help("the addresses of both count; run `pressoir lock`, which writes the file anew");
            self.found.push(found);
        }
    }

    fn entry(&mut self, text: &str, place: std::ops::Range<usize>) {
        let mut columns = text.splitn(3, '\t');
        let address = columns.next().unwrap_or_default();
        let former = Former::read(address, &self.root, self.config).filter(|_| address.starts_with('/'));
        let (Some(former), Some(from)) = (former, columns.next()) else {
            self.told += 1;
            self.lock.is_whole = false;
            if self.told <= MOST_TOLD {
                let found =
                    Diagnostic::warning("lock-file", "this line names no address and the file that it came from")
                        .at(Span::new(self.lock.path.clone(), place))
                        .help("it does not count: restore the line, or let `pressoir lock --accept` write the file anew without it");
                self.found.push(found);
            }
            return;
        };
        let line = Line {
            address: address.into(),
            from: match from.strip_prefix(LEADS) {
                Some(to) => From::Redirect(to.into()),
                None => From::File(from.into()),
            },
            text: columns.next().unwrap_or_default().into(),
            place: (place.start as u32, (place.start + address.len()) as u32),
        };
        let locked = self.lock.pages.entry(former.out).or_default();
        let id = former.id;
        match id.is_empty() {
            true => _ = locked.page.get_or_insert(line),
            false => _ = locked.anchors.entry(id).or_insert(line),
        }
    }
}

/// Whether git left this line where a merge could not be made.
fn is_conflict(line: &str) -> bool {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    marks.iter().any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}
