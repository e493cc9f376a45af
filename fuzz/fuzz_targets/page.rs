//! Any bytes are a page: `cargo +nightly fuzz run page -- -max_len=4096`.

#![no_main]

#[path = "../../tests/support/strict.rs"]
mod strict;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|markdown: &str| {
    if let Err(wrong) = strict::check(markdown) {
        panic!("{wrong}");
    }
});
