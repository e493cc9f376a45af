//! All `Head`s -> one `Site`. Floor 4: it never sees a body.

mod types;

pub use types::{Finding, Locale, NavItem, NavLink, NavTree, PageId, Resolved, Route, Site, SitePage};
