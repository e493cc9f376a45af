//! Settings: what was written, and what it means. Floor 2.
//!
//! [`Config`] is settled: every default is filled in and every value is checked. Each slice has its own hash, so that a
//! change of one leaves the work that depends on the others standing.

mod settled;

pub use settled::{
    Config, Conventions, Layout, LocaleConfig, MarkdownConfig, MenuItem, Project, SidebarConfig, SiteConfig,
    ThemeConfig,
};
