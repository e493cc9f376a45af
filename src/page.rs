//! One `Source` -> one `Page`. Floor 3: a page never sees another page.

mod blocks;
mod code;
pub mod components;
mod containers;
pub mod emoji;
mod emoticons;
pub mod expression;
mod faults;
pub mod fence_info;
pub mod frontmatter;
pub mod highlight;
mod home_links;
mod includes;
mod library;
mod linkify;
mod markdown;
mod masks;
mod math;
mod parse;
mod raw_html;
mod regions;
mod selection;
pub mod slug;
mod snippets;
pub mod source;
pub mod title;
mod toc;
mod types;
mod typography;
mod wanted;

pub use code::{CodeBlock, CodeMemo};
pub use library::{Library, NoFiles, Reading, Reads};
pub use parse::parse;
pub use source::decode;
pub use types::{FrontMatter, Head, Heading, Link, LinkKind, Page, Piece, Section, Source};
