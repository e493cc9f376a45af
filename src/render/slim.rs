//! Files of the program as readers get them: without what only their authors read.

mod scripts;
mod sheets;

pub(super) use scripts::script;
pub(super) use sheets::sheet;
