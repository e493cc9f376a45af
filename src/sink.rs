//! Where the output goes. Floor 2.

mod disk;

pub use disk::{Disk, Published, Refusal};
