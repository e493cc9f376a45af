//! One `Source` -> one `Page`. Floor 3: a page never sees another page.

mod blocks;
mod types;

pub use types::{FrontMatter, Head, Heading, Link, LinkKind, Page, Piece, Section, Source};
