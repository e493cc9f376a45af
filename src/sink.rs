//! Where the output goes, and how the author's own files are changed where they ask for it. Floor 3.

mod disk;
mod edits;

pub use disk::{Disk, Published, Refusal};
pub use edits::{Edit, Unchanged, create, edit, relocate};
