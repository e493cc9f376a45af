//! Two built sites -> what is gone, new or changed between them. Floor 7.
//!
//! In: the files of two sites, of whatever generator. Out: a [`Difference`], and its texts. Steps: read each page for what
//! it says, apart from how its HTML says it; pair the pages by address; compare title, anchors, links and text; print.

mod address;
mod compare;
mod page;
mod print;
mod site;
mod text;

pub use compare::compare;
pub use print::{Format, print};
pub use site::Built;

/// What became of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// How many pages the two sites have: old, new.
    pub pages: (usize, usize),
    /// Addresses that lead nowhere now: pages, and files that readers download.
    pub gone: Vec<Gone>,
    /// Old addresses that lead on: `(address, where to)`.
    pub moved: Vec<(String, String)>,
    /// Addresses that were not there.
    pub new: Vec<String>,
    /// Pages that say something else.
    pub changed: Vec<Changed>,
}

impl Difference {
    /// Whether an address, or an anchor of a page, leads nowhere now.
    pub fn loses_addresses(&self) -> bool {
        !self.gone.is_empty() || self.changed.iter().any(|page| !page.anchors.gone.is_empty())
    }

    /// Whether the two sites say the same at the same addresses.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.moved.is_empty() && self.new.is_empty() && self.changed.is_empty()
    }
}

/// An address that leads nowhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// As the old site had it: `/guide/start.html`.
    pub address: String,
    /// The page of the new site that says the same, if there is one.
    pub became: Option<String>,
}

/// A page that both sites have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Its address.
    pub address: String,
    /// Its titles, old and new, if they differ.
    pub title: Option<(String, String)>,
    /// Places that a link can lead to; each may say what it became.
    pub anchors: Sides<Anchor>,
    /// Links, and pictures.
    pub links: Sides<Link>,
    /// Its words.
    pub text: Text,
}

impl Changed {
    /// Whether nothing differs.
    fn is_empty(&self) -> bool {
        self.title.is_none()
            && self.anchors.gone.is_empty()
            && self.anchors.new.is_empty()
            && self.links.gone.is_empty()
            && self.links.new.is_empty()
            && self.text.is_empty()
    }
}

/// What one side has and the other has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides<T> {
    /// Only in the old site.
    pub gone: Vec<T>,
    /// Only in the new site.
    pub new: Vec<T>,
}

impl<T> Default for Sides<T> {
    fn default() -> Sides<T> {
        Sides { gone: Vec::new(), new: Vec::new() }
    }
}

/// A place in a page that a link can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// As it stands behind `#`.
    pub id: String,
    /// The heading there, if it is one.
    pub heading: Option<String>,
    /// The anchor of the same page that took its place, as far as one can tell.
    pub became: Option<String>,
}

/// A link or a picture of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What the reader sees.
    pub text: String,
    /// Where it leads, from the root of the site.
    pub target: String,
}

/// How the words of a page differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// How many words are gone.
    pub gone: usize,
    /// How many are new.
    pub new: usize,
    /// The first places where they differ.
    pub places: Vec<Place>,
}

impl Text {
    fn is_empty(&self) -> bool {
        self.gone == 0 && self.new == 0
    }
}

/// A place where words differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The words before it, which are the same.
    pub before: String,
    /// The words of the old site.
    pub gone: String,
    /// The words of the new site.
    pub new: String,
}

#[cfg(test)]
mod tests;
