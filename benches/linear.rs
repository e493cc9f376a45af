//! Whether the time for a page grows with its length: `cargo bench --bench linear -- [SIZE]` (20,000 bytes by default). Each of the worst
//! inputs is timed at that size and at four times that; what takes more than eight times as long is told, worst first.

#[path = "../tests/support/strict.rs"]
mod strict;
#[path = "../tests/support/worst.rs"]
mod worst;

use std::time::{Duration, Instant};

use pressoir::config::{Conventions, MarkdownConfig, Typography};

/// What takes less at four times the size is not looked at: it is noise.
const LEAST: Duration = Duration::from_millis(4);

fn time(input: &str, config: &MarkdownConfig) -> Duration {
    let run = || {
        let start = Instant::now();
        std::hint::black_box(strict::html(&strict::parsed(input, config)));
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let mut found = Vec::new();
    let mut count = 0;
    for (conventions, extended) in
        [(Conventions::VuePress2, true), (Conventions::VuePress1, false), (Conventions::VitePress2, false)]
    {
        let config =
            MarkdownConfig { conventions, extended, typography: Typography::French, ..MarkdownConfig::default() };
        for ((name, small), (_, large)) in worst::inputs(size).into_iter().zip(worst::inputs(size * 4)) {
            let (short, long) = (time(&small, &config), time(&large, &config));
            count += 1;
            let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-6);
            if long > LEAST && ratio > 8.0 {
                found.push((ratio, format!("{conventions:?}, {name}: {short:.1?}, then {long:.1?}")));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (ratio, told) in &found {
        println!("{ratio:>6.1} times  {told}");
    }
    println!("{count} inputs, {} of them steep", found.len());
}
