//! Four times the input takes four times the memory, not sixteen, whatever the input: what is allocated for the worst ones is counted.
//! What is read again and again without being kept does not show here; `cargo bench --bench linear` times the same inputs.

#[path = "support/strict.rs"]
mod strict;
#[path = "support/worst.rs"]
mod worst;

use pressoir::config::{MarkdownConfig, Typography};

use strict::{html, parsed};

/// What is looked for no further than a bound (addresses, the ends of brackets) costs more a byte below it: 1,000 bytes.
const SIZE: usize = 3_000;

/// So many times as much may four times the input take: memory grows by doubling.
const MOST: u64 = 7;

/// What is allocated for a page, and how long its HTML is.
fn work(input: &str, config: &MarkdownConfig) -> (u64, u64) {
    let mut length = 0;
    let counted = allocation_counter::measure(|| length = html(&parsed(input, config)).len());
    (counted.bytes_total, length as u64)
}

#[test]
fn what_is_allocated_grows_with_the_input() {
    let config = MarkdownConfig { typography: Typography::French, ..MarkdownConfig::default() };
    // All that is read once and kept.
    work("```js\na\n```\n:smile: $a$", &config);
    let mut steep = Vec::new();
    for ((name, small), (_, large)) in worst::inputs(SIZE).into_iter().zip(worst::inputs(SIZE * 4)) {
        let ((bytes, length), (more_bytes, more_length)) = (work(&small, &config), work(&large, &config));
        if more_bytes > MOST * bytes || more_length > MOST * length.max(small.len() as u64) {
            steep.push(format!(
                "{name}: {} bytes of input allocate {bytes} and make {length}, {} allocate {more_bytes} and make {more_length}",
                small.len(),
                large.len(),
            ));
        }
    }
    assert!(steep.is_empty(), "{} inputs\n{}", steep.len(), steep.join("\n"));
}
