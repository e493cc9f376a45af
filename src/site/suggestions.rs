//! The target that an author most likely meant.
//!
//! The same name elsewhere is the best guess, since pages move; then a name nearly the same, in the same folder first.
//! Names are compared only with their neighbours in the alphabet, so that thousands of dead links stay cheap.

use std::collections::{BTreeMap, HashMap};

use super::fold;
use super::targets::{is_index_name, split_name, stem};
use super::types::{Site, SitePage};

/// How many names of its folder on each side of the wanted one are compared with it.
const NEAR: usize = 64;
/// How many of all names.
const FAR: usize = 24;
/// How many ids of a page are compared with a wanted one.
const MOST_IDS: usize = 512;
/// With how many of them it is compared letter by letter.
const MOST_TABLES: usize = 24;

/// What is suggested, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suggestion<'a> {
    /// The same path in other letters: `Install.md` for `install.md`.
    Case(&'a str),
    /// Another path.
    Path(&'a str),
}

impl Site {
    /// The page that was most likely meant by a path below the folder of the pages.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        match Names::new(self.pages.iter().map(|page| &*page.head.relative)).nearest(wanted)? {
            Suggestion::Case(path) | Suggestion::Path(path) => Some(path),
        }
    }
}

impl SitePage {
    /// The id of the heading that was most likely meant.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        Ids::new(self.head.headings.iter().map(|heading| &*heading.id)).nearest(wanted)
    }
}

/// Paths of pages or files, ready to be searched.
pub(super) struct Names<'a> {
    /// Paths in their folded form, without extension, and whether no other has the same.
    folded: HashMap<String, (&'a str, bool)>,
    /// By folder: folded names, sorted.
    folders: BTreeMap<&'a str, Vec<(String, &'a str)>>,
    /// All folded names, sorted.
    all: Vec<(String, &'a str)>,
}

impl<'a> Names<'a> {
    /// The names of these paths, which are sorted.
    pub fn new(paths: impl Iterator<Item = &'a str>) -> Names<'a> {
        let mut names = Names { folded: HashMap::new(), folders: BTreeMap::new(), all: Vec::new() };
        for path in paths {
            names.folded.entry(fold::folded(stem(path))).and_modify(|(_, only)| *only = false).or_insert((path, true));
            let name = name(path);
            names.folders.entry(split_name(path).0).or_default().push((name.clone(), path));
            names.all.push((name, path));
        }
        names.all.sort();
        names.folders.values_mut().for_each(|names| names.sort());
        names
    }

    /// The path that is `wanted` but for capitals and accents.
    pub fn in_other_letters(&self, wanted: &str) -> Option<Suggestion<'a>> {
        self.folded.get(&fold::folded(stem(wanted))).map(|(path, _)| Suggestion::Case(path))
    }

    /// The only path that can have been meant by `wanted`: the same in other letters, or one that was moved with its name.
    pub fn certain(&self, wanted: &str) -> Option<&'a str> {
        if let Some((path, only)) = self.folded.get(&fold::folded(stem(wanted))) {
            return only.then_some(*path);
        }
        let wanted_name = name(wanted);
        let start = self.all.partition_point(|(name, _)| *name < wanted_name);
        let mut same = self.all[start..].iter().take_while(|(name, _)| *name == wanted_name);
        match (same.next(), same.next()) {
            // The name of a folder's page is that of the folder, which says less.
            (Some((_, path)), None)
                if !wanted_name.is_empty()
                    && !is_index_name(stem(split_name(path).1))
                    && self.beside(wanted, &wanted_name).is_none() =>
            {
                Some(path)
            }
            _ => None,
        }
    }

    /// The path that was most likely meant by `wanted`.
    pub fn nearest(&self, wanted: &str) -> Option<Suggestion<'a>> {
        if let Some(same) = self.in_other_letters(wanted) {
            return Some(same);
        }
        let wanted_name = name(wanted);
        if wanted_name.is_empty() {
            return None;
        }
        let here = self.folders.get(split_name(wanted).0).map_or(&[][..], Vec::as_slice);
        let path = self.beside(wanted, &wanted_name).or_else(|| self.moved(wanted, &wanted_name));
        let path = path
            .or_else(|| closest(here, &wanted_name, NEAR, 0.6))
            .or_else(|| closest(&self.all, &wanted_name, FAR, 0.75));
        path.map(Suggestion::Path)
    }

    /// The path in the folder of the wanted one that has its name and more: `guide/start-2019.md` for `guide/start.md`. It may be what
    /// became of it, whoever else has the name.
    fn beside(&self, wanted: &str, wanted_name: &str) -> Option<&'a str> {
        let here = self.folders.get(split_name(wanted).0)?;
        let has_more = |name: &str| {
            let ends = |rest: &str| rest.starts_with(|next: char| !next.is_alphanumeric());
            let begins = |rest: &str| rest.ends_with(|last: char| !last.is_alphanumeric());
            name.strip_prefix(wanted_name).is_some_and(ends) || name.strip_suffix(wanted_name).is_some_and(begins)
        };
        here.iter().find(|(name, _)| has_more(name)).map(|(_, path)| *path)
    }

    /// The path of the same name that shares the most folders with `wanted`.
    fn moved(&self, wanted: &str, wanted_name: &str) -> Option<&'a str> {
        let start = self.all.partition_point(|(name, _)| &**name < wanted_name);
        let same = self.all[start..].iter().take(NEAR).take_while(|(name, _)| name == wanted_name);
        let shared = |path: &str| path.split('/').zip(wanted.split('/')).take_while(|(a, b)| a == b).count();
        let mut best: Option<(usize, &str)> = None;
        for (_, path) in same {
            let shared = shared(path);
            if best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, path));
            }
        }
        best.map(|(_, path)| path)
    }
}

/// The ids of a page, ready to be searched: thousands of dead anchors may lead to one page.
pub(super) struct Ids<'a> {
    /// Ids by their essence, and whether no other has the same.
    same: HashMap<String, (&'a str, bool)>,
    /// Some with their essence and its letters, in the order of the page.
    near: Vec<(String, u64, &'a str)>,
}

impl<'a> Ids<'a> {
    /// These ids.
    pub fn new(ids: impl Iterator<Item = &'a str>) -> Ids<'a> {
        let (mut same, mut near) = (HashMap::new(), Vec::new());
        for id in ids {
            let essence = fold::essence(id);
            same.entry(essence.clone()).and_modify(|(_, only)| *only = false).or_insert((id, true));
            if near.len() < MOST_IDS {
                near.push((essence.clone(), letters(&essence), id));
            }
        }
        Ids { same, near }
    }

    /// The id that was most likely meant by `wanted`.
    pub fn nearest(&self, wanted: &str) -> Option<&'a str> {
        let essence = fold::essence(wanted);
        if let Some((id, _)) = self.same.get(&essence) {
            return Some(id);
        }
        let mut best: Option<(f64, &str)> = None;
        for (likeness, id) in self.alike(&essence) {
            if best.is_none_or(|(most, _)| likeness > most) {
                best = Some((likeness, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The only id that can have been meant by `wanted`: the same but for accents and signs, or the one that is much alike
    /// where no other is at all.
    pub fn certain(&self, wanted: &str) -> Option<&'a str> {
        let essence = fold::essence(wanted);
        if let Some((id, only)) = self.same.get(&essence) {
            return only.then_some(*id);
        }
        match self.alike(&essence).as_slice() {
            [(likeness, id)] if *likeness >= 0.75 => Some(id),
            _ => None,
        }
    }

    /// The ids whose essences are somewhat alike, in the order of the page.
    fn alike(&self, essence: &str) -> Vec<(f64, &'a str)> {
        let wanted_letters = letters(essence);
        let mut likely: Vec<(usize, usize)> = Vec::new();
        for (index, (other, letters, _)) in self.near.iter().enumerate() {
            let unshared = unshared(*letters, wanted_letters);
            if may_be_like(other, essence, unshared) {
                likely.push((unshared + other.len().abs_diff(essence.len()), index));
            }
        }
        // Those that differ least at first sight are looked at closely.
        likely.sort_unstable();
        likely.truncate(MOST_TABLES);
        likely.sort_unstable_by_key(|(_, index)| *index);
        let compared = likely.into_iter().map(|(_, index)| {
            let (other, _, id) = &self.near[index];
            (strsim::normalized_damerau_levenshtein(other, essence), *id)
        });
        compared.filter(|(likeness, _)| *likeness >= 0.6).collect()
    }
}

/// The most alike of the neighbours of `wanted` in a sorted list, if it is alike enough.
fn closest<'a>(names: &[(String, &'a str)], wanted: &str, reach: usize, enough: f64) -> Option<&'a str> {
    let place = names.partition_point(|(name, _)| &**name < wanted);
    let around = &names[place.saturating_sub(reach)..names.len().min(place + reach)];
    let mut best: Option<(f64, &str)> = None;
    for (name, path) in around {
        let likeness = likeness(name, wanted);
        if likeness >= enough && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, path));
        }
    }
    best.map(|(_, path)| path)
}

/// How alike two names are, from 0 to 1; 0 without a closer look where they plainly differ.
fn likeness(a: &str, b: &str) -> f64 {
    match may_be_like(a, b, unshared(letters(a), letters(b))) {
        true => strsim::normalized_damerau_levenshtein(a, b),
        false => 0.0,
    }
}

/// Whether two names that differ in so many letters are worth a closer look: their lengths are alike, and each letter that only one of
/// them has costs a change.
fn may_be_like(a: &str, b: &str, unshared: usize) -> bool {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    shorter * 2 >= longer && longer <= 200 && unshared * 2 <= longer
}

/// The letters of a name, roughly.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte % 64))
}

/// How many letters one name has that the other lacks.
fn unshared(a: u64, b: u64) -> usize {
    (a & !b).count_ones().max((b & !a).count_ones()) as usize
}

/// The name that a path is known by: its file's without `.md` or `.html`, its folder's for the page of a folder.
fn name(path: &str) -> String {
    let path = stem(path.trim_end_matches('/'));
    let (folder, name) = split_name(path);
    match is_index_name(name) {
        true => fold::folded(split_name(folder.trim_end_matches('/')).1),
        false => fold::folded(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let paths = ["README.md", "a/install.md", "b/install.md", "b/usage.md", "guide/README.md", "guide/Début.md"];
        let names = Names::new(paths.into_iter());
        for (wanted, want) in [
            ("guide/début.md", Some(Suggestion::Case("guide/Début.md"))),
            ("guide/debut", Some(Suggestion::Case("guide/Début.md"))),
            ("b/x/install.html", Some(Suggestion::Path("b/install.md"))),
            ("c/install.md", Some(Suggestion::Path("a/install.md"))),
            ("b/instal.md", Some(Suggestion::Path("b/install.md"))),
            ("b/usages.md", Some(Suggestion::Path("b/usage.md"))),
            ("old/guide/", Some(Suggestion::Path("guide/README.md"))),
            ("guides/", Some(Suggestion::Path("guide/README.md"))),
            ("b/other.md", None),
        ] {
            assert_eq!(names.nearest(wanted), want, "{wanted}");
        }
    }

    #[test]
    fn some_are_certain() {
        let paths = [
            "a/install.md",
            "b/install.md",
            "b/usage.md",
            "guide/README.md",
            "guide/Début.md",
            "old/2019/tour_2019.md",
            "tour.md",
            "x/A.md",
            "x/a.md",
        ];
        let names = Names::new(paths.into_iter());
        for (wanted, want) in [
            ("guide/debut.md", Some("guide/Début.md")),
            ("old/usage.html", Some("b/usage.md")),
            ("old/install.md", None),
            ("b/usages.md", None),
            ("old/guide/", None),
            ("x/Á.md", None),
            ("old/2018/tour.md", Some("tour.md")),
            // What has the name and more, in the very folder, may be meant as well.
            ("old/2019/tour.md", None),
        ] {
            assert_eq!(names.certain(wanted), want, "{wanted}");
        }
        let ids = ["linux-x64", "_1-intro", "sessions-plenieres", "install", "installed", "prices", "a-b", "ab"];
        for (wanted, want) in [
            ("1-intro", Some("_1-intro")),
            ("sessions-plénières", Some("sessions-plenieres")),
            ("instal", None),
            ("price", Some("prices")),
            ("linux", None),
        ] {
            assert_eq!(Ids::new(ids.into_iter()).certain(wanted), want, "{wanted}");
        }
    }

    #[test]
    fn ids() {
        let ids = ["linux-x64", "_1-intro", "sessions-plenieres"];
        for (wanted, want) in [
            ("1-intro", Some("_1-intro")),
            ("sessions-plénières", Some("sessions-plenieres")),
            ("linux", Some("linux-x64")),
            ("windows", None),
        ] {
            assert_eq!(Ids::new(ids.into_iter()).nearest(wanted), want, "{wanted}");
        }
    }
}
