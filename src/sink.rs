//! Where the output goes, and how the author's own files are changed where they ask for it, and what is kept between runs. Floor 3.

mod disk;
mod edits;
mod kept;

pub use disk::{Disk, Published, Refusal};
pub use edits::{Edit, Unchanged, create, edit, relocate};
pub use kept::Kept;
