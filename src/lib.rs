//! Pressoir turns a folder of Markdown into a documentation site.
//!
//! One straight pipeline of values: `files -> Source -> Page -> Site -> View -> Artefact -> sink`.
//! A module names only modules on lower floors; `tests/architecture.rs` reads this list and holds it.
//!
//! | floor | module | what it makes |
//! |---|---|---|
//! | 8 | `cli` | arguments -> a settled request |
//! | 7 | `report` | `Report` -> text for people and programs |
//! | 7 | `diff` | two built sites -> what is gone, new or changed |
//! | 7 | `external` | links to other hosts -> what became of them |
//! | 7 | `watch` | file events, batched -> paths that changed |
//! | 7 | `serve` | HTTP from the in-memory snapshot |
//! | 6 | `build` | the order of the stages |
//! | 5 | `render` | `Page` + `Site` + theme -> HTML |
//! | 5 | `emit` | `Site` -> artefacts other than pages |
//! | 4 | `site` | all `Head`s -> one `Site` |
//! | 3 | `page` | one `Source` -> one `Page` |
//! | 3 | `compat` | a folder -> its layout and settings |
//! | 3 | `sink` | where the output goes |
//! | 2 | `config` | what was written -> what it means |
//! | 2 | `memo` | one value a key, kept while the hash of its inputs stands |
//! | 2 | `pictures` | pictures -> smaller ones; titles -> cards |
//! | 2 | `script` | settings that are a program -> what they say |
//! | 1 | `diag` | what went wrong, as data |
//! | 1 | `vfs` | the project's files |
//! | 1 | `artefact` | what a build makes, as data |
//! | 1 | `search` | documents -> the files of an index -> results |
//! | 0 | `base` | paths, URLs, hashes and spans that cannot be wrong |

pub mod artefact;
pub mod base;
pub mod build;
pub mod cli;
pub mod compat;
pub mod config;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod external;
pub mod memo;
pub mod page;
pub mod pictures;
pub mod render;
pub mod report;
pub mod script;
pub mod search;
pub mod serve;
pub mod sink;
pub mod site;
pub mod vfs;
pub mod watch;
