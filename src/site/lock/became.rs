//! What became of a page or a heading that is gone: the page with its text, its title, its headings or its name; the heading of
//! the same text, or one like it.
//!
//! Only what the lock does not know yet can be what something else became.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::cures::Adviser;
use super::file::{From, Line, Lock, Locked};
use super::missing::{Missing, locked_ids};
use super::{Gone, Texts};
use crate::base::{OutPath, UrlPath};
use crate::config::Config;
use crate::site::address::{self, Address};
use crate::site::fold;
use crate::site::links::ids;
use crate::site::suggestions::{Ids, Names};
use crate::site::types::{PageId, Site};

/// How alike two texts must be for one to be what the other became, from 0 to 1: as git has it for files that were renamed.
const ALIKE: f64 = 0.5;
/// How alike they must be for that to be certain.
const VERY_ALIKE: f64 = 0.75;
/// The most pairs of texts that are compared line by line.
const MOST_PAIRS: usize = 10_000;

/// What a page probably became.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    pub page: PageId,
    pub clue: Clue,
    pub is_certain: bool,
}

/// Why it is thought so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clue {
    /// Readers were led on there.
    Led,
    /// It has the text.
    Text,
    /// It has the title.
    Title,
    /// It has so many of the headings.
    Headings(usize),
    /// It has the name.
    Name,
}

/// What a heading probably became.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading<'s> {
    pub page: PageId,
    pub id: &'s str,
    pub text: &'s str,
    pub is_certain: bool,
}

/// All that is missing, told.
pub(super) fn told(lock: &Lock, missing: &Missing, site: &Site, config: &Config, texts: &dyn Texts) -> Vec<Gone> {
    let adviser = Adviser { lock, site, config, texts };
    let mut told = pages(lock, missing, site, config, texts, &adviser);
    told.extend(headings(lock, missing, site, &adviser));
    told
}

fn pages(
    lock: &Lock,
    missing: &Missing,
    site: &Site,
    config: &Config,
    texts: &dyn Texts,
    adviser: &Adviser<'_>,
) -> Vec<Gone> {
    if missing.pages.is_empty() {
        return Vec::new();
    }
    let gone: Vec<&Locked> = missing.pages.iter().filter_map(|out| lock.pages.get(out)).collect();
    let candidates = Candidates::new(lock, site, gone.len(), texts);
    let mut guesses: Vec<Option<Guess>> = Vec::with_capacity(gone.len());
    for page in &gone {
        let before = match page.line().map(|line| &line.from) {
            Some(From::File(relative)) => config.project.content.join(relative).and_then(|path| texts.before(&path)),
            _ => None,
        };
        guesses.push(candidates.guess(page, before.as_deref()));
    }
    // A page is what one page became, or it is not certain which.
    let mut claims: BTreeMap<PageId, usize> = BTreeMap::new();
    for guess in guesses.iter().flatten().filter(|guess| guess.clue != Clue::Led) {
        *claims.entry(guess.page).or_default() += 1;
    }
    for guess in guesses.iter_mut().flatten() {
        guess.is_certain &= claims.get(&guess.page).is_none_or(|claims| *claims == 1);
    }
    gone.iter().zip(guesses).filter_map(|(page, guess)| adviser.page(page, guess)).collect()
}

/// The pages that a page which is gone may have become.
struct Candidates<'s> {
    site: &'s Site,
    /// Pages that the lock does not know, with their texts.
    new: Vec<(PageId, Option<Arc<str>>)>,
    names: Names<'s>,
    by_path: HashMap<&'s str, PageId>,
    /// Ids of each page that the lock does not know there.
    ids: Vec<(PageId, HashSet<&'s str>)>,
    /// Whether texts are compared line by line.
    compares: bool,
}

impl<'s> Candidates<'s> {
    fn new(lock: &Lock, site: &'s Site, gone: usize, texts: &dyn Texts) -> Candidates<'s> {
        let locked = locked_ids(lock, site);
        let all = || site.pages.iter().zip((0..).map(PageId)).filter(|(page, _)| !page.head.stands_in);
        let is_new = |out: &OutPath| !lock.pages.contains_key(out);
        let new: Vec<_> = all().filter(|(page, _)| is_new(&page.route.out)).collect();
        let by_path: HashMap<&str, PageId> = new.iter().map(|(page, id)| (&*page.head.relative, *id)).collect();
        let new_ids = |(page, id): (&'s crate::site::types::SitePage, PageId)| {
            let known = locked.get(&id);
            let new = ids(&page.head).filter(|one| known.is_none_or(|known| !known.contains(one)));
            (id, new.collect::<HashSet<&str>>())
        };
        Candidates {
            site,
            names: Names::new(new.iter().map(|(page, _)| &*page.head.relative)),
            compares: gone.saturating_mul(new.len()) <= MOST_PAIRS,
            new: new.iter().map(|(page, id)| (*id, texts.now(&page.head.path))).collect(),
            by_path,
            ids: all().map(new_ids).filter(|(_, ids)| !ids.is_empty()).collect(),
        }
    }

    fn guess(&self, gone: &Locked, before: Option<&str>) -> Option<Guess> {
        let line = gone.line()?;
        let relative = match &line.from {
            From::Redirect(to) => return self.led(to),
            From::File(relative) => relative,
        };
        if let Some((page, alike)) = before.and_then(|before| self.of_text(before)) {
            return Some(Guess { page, clue: Clue::Text, is_certain: alike >= VERY_ALIKE });
        }
        let by_name = self.names.certain(relative).and_then(|path| self.by_path.get(path)).copied();
        let by_headings = self.of_headings(gone);
        let has_all = |page: PageId| {
            let own: HashSet<&str> = ids(&self.site.page(page).head).collect();
            !gone.anchors.is_empty() && gone.anchors.keys().all(|id| own.contains(id.as_str()))
        };
        if let Some(page) = gone.page.as_ref().and_then(|line| self.of_title(&line.text)) {
            return Some(Guess { page, clue: Clue::Title, is_certain: has_all(page) || by_name == Some(page) });
        }
        let by_headings =
            by_headings.map(|(page, shared)| Guess { page, clue: Clue::Headings(shared), is_certain: false });
        by_headings.or(by_name.map(|page| Guess { page, clue: Clue::Name, is_certain: false }))
    }

    /// The page that readers were led on to.
    fn led(&self, to: &str) -> Option<Guess> {
        let url = UrlPath::new(&address::decoded(Address::new(to).path));
        let page = self.site.pages.iter().position(|page| page.route.url == url).filter(|_| to.starts_with('/'))?;
        Some(Guess { page: PageId(page as u32), clue: Clue::Led, is_certain: !to.contains('#') })
    }

    /// The page that has most of a text, and how much.
    fn of_text(&self, before: &str) -> Option<(PageId, f64)> {
        if before.trim().is_empty() {
            return None;
        }
        let same = self.new.iter().find(|(_, now)| now.as_deref() == Some(before));
        if let Some((page, _)) = same {
            return Some((*page, 1.0));
        }
        let mut best: Option<(PageId, f64)> = None;
        for (page, now) in self.new.iter().filter(|_| self.compares) {
            let alike = now.as_deref().map_or(0.0, |now| likeness(before, now));
            if alike >= ALIKE && best.is_none_or(|(_, most)| alike > most) {
                best = Some((*page, alike));
            }
        }
        best
    }

    /// The only new page with this title.
    fn of_title(&self, title: &str) -> Option<PageId> {
        let wanted = fold::folded(title);
        let mut same = self.new.iter().filter(|(page, _)| fold::folded(&self.site.page(*page).title) == wanted);
        match (same.next(), same.next()) {
            (Some((page, _)), None) if !wanted.is_empty() => Some(*page),
            _ => None,
        }
    }

    /// The page that has the most of the headings, if these are at least two, and half of them.
    fn of_headings(&self, gone: &Locked) -> Option<(PageId, usize)> {
        let mut best: Option<(PageId, usize)> = None;
        for (page, ids) in &self.ids {
            let shared = gone.anchors.keys().filter(|id| ids.contains(id.as_str())).count();
            if shared * 2 >= gone.anchors.len() && shared >= 2 && best.is_none_or(|(_, most)| shared > most) {
                best = Some((*page, shared));
            }
        }
        best
    }
}

/// How much of two texts is the same, line by line, from 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for line in a.lines().map(str::trim).filter(|line| !line.is_empty()) {
        *lines.entry(line).or_default() += 1;
    }
    let length = |text: &str| text.lines().map(|line| line.trim().len()).sum::<usize>();
    let mut shared = 0;
    for line in b.lines().map(str::trim) {
        if let Some(left) = lines.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            shared += line.len();
        }
    }
    match length(a) + length(b) {
        0 => 0.0,
        whole => (2 * shared) as f64 / whole as f64,
    }
}

fn headings(lock: &Lock, missing: &Missing, site: &Site, adviser: &Adviser<'_>) -> Vec<Gone> {
    if missing.anchors.is_empty() {
        return Vec::new();
    }
    let locked = locked_ids(lock, site);
    let is_new = |page: PageId, id: &str| !locked.get(&page).is_some_and(|ids| ids.contains(id));
    // The new headings of all pages, by what they say.
    let mut by_text: HashMap<String, Vec<Heading<'_>>> = HashMap::new();
    for (page, number) in site.pages.iter().zip((0..).map(PageId)).filter(|(page, _)| !page.head.stands_in) {
        for heading in page.head.headings.iter().filter(|heading| !heading.id.is_empty()) {
            if is_new(number, &heading.id) {
                let found = Heading { page: number, id: &heading.id, text: &heading.text, is_certain: false };
                by_text.entry(fold::folded(&heading.text)).or_default().push(found);
            }
        }
    }
    let mut guesses: Vec<(&Locked, &Line, PageId, Option<Heading<'_>>)> = Vec::with_capacity(missing.anchors.len());
    let mut known: BTreeMap<PageId, (Ids<'_>, Vec<Heading<'_>>)> = BTreeMap::new();
    for (out, id, page) in &missing.anchors {
        let Some((gone, line)) = lock.pages.get(out).and_then(|gone| Some((gone, gone.anchors.get(id)?))) else {
            continue;
        };
        let same = by_text.get(&fold::folded(&line.text)).filter(|_| !line.text.is_empty());
        let (near, new) = known.entry(*page).or_insert_with(|| {
            let headings = site.page(*page).head.headings.iter().filter(|heading| !heading.id.is_empty());
            let new = headings.filter(|heading| is_new(*page, &heading.id));
            let new =
                new.map(|heading| Heading { page: *page, id: &heading.id, text: &heading.text, is_certain: false });
            (Ids::new(ids(&site.page(*page).head).filter(|id| is_new(*page, id))), new.collect())
        });
        let here = same.and_then(|same| same.iter().find(|heading| heading.page == *page));
        let guess = here.map(|heading| Heading { is_certain: true, ..heading.clone() });
        let guess = guess.or_else(|| {
            let nearest = near.nearest(id)?;
            let heading = new.iter().find(|heading| heading.id == nearest)?;
            Some(Heading { is_certain: near.certain(id) == Some(nearest), ..heading.clone() })
        });
        let elsewhere = || match same.map(Vec::as_slice) {
            Some([only]) => Some(Heading { is_certain: only.id == id, ..only.clone() }),
            _ => None,
        };
        guesses.push((gone, line, *page, guess.or_else(elsewhere)));
    }
    // Where one heading is gone and one is new, that is it.
    let mut gone_from: BTreeMap<PageId, usize> = BTreeMap::new();
    guesses.iter().for_each(|(_, _, page, _)| *gone_from.entry(*page).or_default() += 1);
    let mut claims: BTreeMap<(PageId, &str), usize> = BTreeMap::new();
    for (_, line, page, guess) in &mut guesses {
        if guess.is_none()
            && gone_from.get(page) == Some(&1)
            && let Some([only]) = known.get(page).map(|(_, new)| new.as_slice())
        {
            let (was, is) = (fold::essence(&line.text), fold::essence(only.text));
            // "Install" and "Installation".
            let goes_on = !was.is_empty() && !is.is_empty() && (was.contains(&is) || is.contains(&was));
            *guess = Some(Heading { is_certain: goes_on, ..only.clone() });
        }
        if let Some(guess) = guess {
            *claims.entry((guess.page, guess.id)).or_default() += 1;
        }
    }
    let mut told = Vec::with_capacity(guesses.len());
    let mut lines: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (gone, line, page, mut guess) in guesses {
        if let Some(guess) = &mut guess {
            guess.is_certain &= claims.get(&(guess.page, guess.id)) == Some(&1);
        }
        if lines.insert(line.place) {
            told.push(adviser.heading(gone, line, page, guess));
        }
    }
    told
}
