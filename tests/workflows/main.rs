//! The action, the workflows of this repository and those that `pressoir init` writes: what must hold of them, and what their
//! steps do. GitHub's own reader of workflows holds them, too: `tests/workflows/lint.mjs`, run by `tests/run`.
#![allow(clippy::disallowed_methods, reason = "these tests read the project's own files and start programs")]

mod hosts;
mod rules;
mod steps;

#[allow(dead_code, reason = "each test uses its part of it")]
#[path = "../support/command.rs"]
mod command;
