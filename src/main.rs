//! The `pressoir` command.

fn main() {}
