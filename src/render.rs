//! `Page` + `Site` + theme -> HTML. Floor 5.
//!
//! 1. [`Theme::load`]: the embedded default theme, overridden file by file by the project's.
//! 2. [`Frame::new`]: what the pages of a site share (the lists of the side, rendered once for all pages that show the same
//!    ones), and for each page the key that its HTML stands or falls with.
//! 3. [`view`]: all that a template may read about one page.
//! 4. [`html`]: the holes of the page's body are filled, those of components by the theme's components, and the view goes through the theme's template.
//!
//! [`findings`] says what is wrong with the components that pages use; [`not_found`] makes `404.html`,
//! [`redirect_pages`] the pages at former addresses.

mod address;
mod analytics;
mod body;
mod catalog;
mod components;
#[cfg(test)]
mod contract;
mod dates;
mod embedded;
mod feet;
mod frame;
mod head;
mod head_title;
mod html;
mod languages;
mod navbar;
mod not_found;
mod outline;
mod outward;
mod own_pages;
mod plan;
mod redirects;
mod rooted;
mod search;
mod sharing;
mod sidebar;
mod slim;
mod styles;
mod templates;
#[cfg(test)]
mod testing;
mod texts;
mod theme;
mod values;
mod view;

pub use components::findings;
pub use embedded::DEFAULT_THEME;
pub use feet::dead_feet;
pub use frame::{Choices, Fragments, Frame};
pub use html::html;
pub use not_found::not_found;
pub use redirects::redirect_pages;
pub use search::search_pages;
pub use theme::{CardLook, Origin, Theme, ejected, origin, overrides};
pub use view::{View, direction, view};
