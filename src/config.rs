//! Settings: what was written, and what it means. Floor 2.
//!
//! [`Document`] is what a settings file says; [`Fields`] reads it key by key, and reports what it does not know;
//! [`native`] makes a [`Config`] of `pressoir.yml`. [`Config`] is settled: every default is filled in and every value is
//! checked. Each slice has its own hash, so that a change of one leaves the work that depends on the others standing.

mod document;
pub mod edits;
mod fault;
mod fields;
pub mod frame;
pub mod head;
mod locale;
mod locate;
pub mod look;
pub mod menu;
pub mod native;
pub mod scalars;
mod search_tests;
mod settled;
mod yaml;

pub use document::{Document, Format, Step};
pub use fault::{Fault, fault};
pub use fields::{Fields, is_program, pattern};
pub use locate::elements;
pub use search_tests::SearchTests;
pub use settled::{
    Accessibility, Analytics, CardsConfig, CharFate, ChecksConfig, Config, Conformity, Construct, ContainerConfig,
    ContainerLook, ContainerShape, ContainerTitle, Conventions, Elsewhere, ExternalConfig, FolderPages, FontConfig,
    FontFace, FontFallback, FontUse, FrameConfig, HeadEntry, IgnoredLinks, ImagesConfig, Layout, Levels, LocaleConfig,
    Logo, Look, MarkdownConfig, Matomo, MenuItem, PaletteConfig, Plausible, Project, PublishConfig, RedirectConfig,
    RedirectFile, SidebarConfig, SiteConfig, SlugRule, SmallerImages, SocialLink, ThemeConfig, TocConfig, Typography,
    Version, Written, languages,
};
