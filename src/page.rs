//! One `Source` -> one `Page`. Floor 3: a page never sees another page.

mod aliases;
mod attributes;
mod beginning;
mod blocks;
mod catalog;
mod checks;
mod code;
pub mod components;
mod containers;
mod directives;
pub mod elements;
pub mod emoji;
mod emoticons;
pub mod expression;
mod faults;
pub mod fence_info;
mod folder_pages;
pub mod frontmatter;
pub mod highlight;
mod home_links;
mod ignores;
mod includes;
mod legal;
mod library;
mod linkify;
mod made;
mod markdown;
mod masks;
mod math;
mod parse;
mod raw_html;
mod regions;
mod resolved;
mod selection;
pub mod slug;
mod snippets;
pub mod source;
pub mod title;
mod toc;
mod types;
mod typography;
mod wanted;

pub use beginning::beginning;
pub use code::{CodeBlock, CodeMemo};
pub use folder_pages::folder_pages;
pub use ignores::Ignore;
pub use legal::{Legal, legal_gaps, legal_pages, legal_path};
pub use library::{Library, NoFiles, Reading, Reads};
pub use made::{made, stand_in};
pub use markdown::InlineHtml;
pub use parse::parse;
pub use resolved::Markdown;
pub use source::decode;
pub use types::{
    Catalog, FrontMatter, Head, Heading, Link, LinkKind, Made, Page, PictureTag, Piece, Section, Shown, Source,
};
