//! One `Source` -> one `Page`. Floor 3: a page never sees another page.

pub mod emoji;
pub mod fence_info;
pub mod frontmatter;
pub mod highlight;
pub mod slug;
pub mod source;
pub mod title;
mod types;

pub use types::{FrontMatter, Head, Heading, Link, LinkKind, Page, Piece, Section, Source};
