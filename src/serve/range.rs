//! A part of a file, as players of films and sound ask for it.

use std::ops::Range;

use axum::http::HeaderMap;
use axum::http::header::{IF_RANGE, RANGE};

/// What a request asks for of a file of `length` bytes whose version is `tag`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it, or what is not understood here, such as several parts.
    Whole,
    /// These bytes.
    Part(Range<usize>),
    /// Bytes that it does not have.
    Outside,
}

/// Reads `Range` and `If-Range` (RFC 9110, 14.2 and 13.1.5).
pub(super) fn asked(headers: &HeaderMap, tag: &str, length: usize) -> Asked {
    if headers.get(IF_RANGE).is_some_and(|known| known.as_bytes() != tag.as_bytes()) {
        return Asked::Whole;
    }
    let range = headers.get(RANGE).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else { return Asked::Whole };
    let number = |text: &str| text.parse::<usize>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (start, end) = match (first.is_empty(), last.is_empty(), number(first), number(last)) {
        (true, false, _, Some(count)) => (length.saturating_sub(count), if count > 0 { length } else { 0 }),
        (false, true, Some(start), _) => (start, length),
        (false, false, Some(start), Some(last)) if start <= last => (start, last.saturating_add(1).min(length)),
        _ => return Asked::Whole,
    };
    if start < end { Asked::Part(start..end) } else { Asked::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_ten_bytes() {
        for (range, if_range, want) in [
            ("bytes=0-3", "", Asked::Part(0..4)),
            ("bytes=4-", "", Asked::Part(4..10)),
            ("bytes=-3", "", Asked::Part(7..10)),
            ("bytes=-30", "", Asked::Part(0..10)),
            ("bytes=8-100", "", Asked::Part(8..10)),
            ("bytes=10-", "", Asked::Outside),
            ("bytes=-0", "", Asked::Outside),
            ("bytes=5-4", "", Asked::Whole),
            ("bytes=0-1,3-4", "", Asked::Whole),
            ("bytes=+1-2", "", Asked::Whole),
            ("bytes=-", "", Asked::Whole),
            ("lines=0-3", "", Asked::Whole),
            ("bytes=0-99999999999999999999999", "", Asked::Whole),
            ("", "", Asked::Whole),
            ("bytes=0-3", "\"tag\"", Asked::Part(0..4)),
            ("bytes=0-3", "\"old\"", Asked::Whole),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [(RANGE, range), (IF_RANGE, if_range)] {
                if !value.is_empty() {
                    headers.insert(name, value.parse().expect("a header"));
                }
            }
            assert_eq!(asked(&headers, "\"tag\"", 10), want, "{range} {if_range}");
        }
    }
}
