//! Search: documents -> the files of an index -> results. Floor 1.
//!
//! A row of the index is a section of a page. [`Index`] cuts the sorted terms into shards and the texts into packs, each a
//! script that hands over its data, named after its contents; `index.js` leads to them all. [`Reader`] and the theme's
//! `search.js` rank alike from these files, result by result: every number in the ranking is whole, what differs between
//! languages lies in the files, and one list of cases is run on both sides (`tests/search/`).
//!
//! | step | made by |
//! |---|---|
//! | text -> tokens | `words`, `fold` |
//! | document -> terms with impacts | `terms` |
//! | terms of all -> files | `index`, `names`, `shards`, `packs`, `chunks`, `files`, `tree`, `digits` |
//! | query -> what is looked for | `query`, `language` |
//! | what is looked for -> terms of the index | `matches`, `distance` |
//! | postings -> results | `read`, `gather`, `rank`, `excerpt` |

mod chunks;
mod digits;
mod distance;
mod excerpt;
mod files;
mod fold;
mod gather;
mod index;
mod language;
mod matches;
mod names;
mod packs;
mod query;
mod rank;
mod read;
mod shards;
mod terms;
mod tree;
mod words;

pub use distance::distance;
pub use excerpt::{Excerpt, excerpt};
pub use files::File;
pub use fold::fold;
pub use index::{Changes, Index};
pub use language::Language;
pub use read::{Reader, Wrong};
pub use terms::{Terms, terms};
pub use words::{Token, as_written, tokens};

/// A page, as search sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Document {
    /// Its address below the site's root, percent-encoded: `guide/start.html`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// How much it counts, in hundredths.
    pub boost: u32,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section of a page: what stands below one heading, up to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Section {
    /// The id of its heading; empty for the beginning of the page.
    pub id: String,
    /// The level of its heading, 1 for the page itself.
    pub level: u8,
    /// Its heading; empty where it is not to be found: the section is shown by those above it.
    pub heading: String,
    /// What it is called besides: the first heading of a page whose title is another, and names that its author gives it.
    pub names: Vec<String>,
    /// The headings above it, the page's title first.
    pub trail: Vec<String>,
    /// Words that it is found by, and that readers do not see in it.
    pub said: Vec<String>,
    /// Its text.
    pub text: String,
    /// The text of its code blocks.
    pub code: String,
}

/// A page with its terms, as an index takes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// The page.
    pub document: Document,
    /// Its terms.
    pub terms: Terms,
}

/// A section that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The address of its page below the site's root, percent-encoded.
    pub url: String,
    /// The id of its heading; empty for the beginning of the page.
    pub id: String,
    /// The title of its page.
    pub title: String,
    /// The headings that lead to it, without the page's title; its own is the last, if it may be shown. Empty for the page itself.
    pub trail: Vec<String>,
    /// Its text, where the words are.
    pub excerpt: Excerpt,
    /// How well it fits: only its order means something.
    pub score: u64,
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best sections, the best first.
    pub hits: Vec<Hit>,
    /// How many sections hold something of it.
    pub total: usize,
    /// The words that were looked for in the place of words that nobody wrote, with those.
    pub corrected: Vec<(String, String)>,
}
