//! The `pressoir` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pressoir::cli::run()
}
