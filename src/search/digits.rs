//! Numbers as text: 64 signs that need no quoting anywhere.

const SIGNS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// A number below 64 as one sign.
pub(super) fn sign(number: u8) -> char {
    char::from(SIGNS[usize::from(number & 63)])
}

/// The number that a sign stands for.
pub(super) fn value(sign: u8) -> Option<u32> {
    match sign {
        b'0'..=b'9' => Some(u32::from(sign - b'0')),
        b'A'..=b'Z' => Some(u32::from(sign - b'A') + 10),
        b'a'..=b'z' => Some(u32::from(sign - b'a') + 36),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

/// Adds a number, the lowest five bits first; a sign from 32 on says that another follows.
pub(super) fn put(mut number: u32, text: &mut String) {
    while number >= 32 {
        text.push(sign(32 | (number & 31) as u8));
        number >>= 5;
    }
    text.push(sign(number as u8));
}

/// Reads a number that [`put`] wrote, and moves `at` behind it.
pub(super) fn take(text: &[u8], at: &mut usize) -> Option<u32> {
    let (mut number, mut shift) = (0u32, 0);
    loop {
        let digit = value(*text.get(*at)?)?;
        *at += 1;
        number |= (digit & 31).checked_shl(shift)?;
        if digit < 32 {
            return Some(number);
        }
        shift += 5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back() {
        let mut text = String::new();
        let numbers = [0, 1, 31, 32, 1023, 1024, 100_000, u32::MAX];
        numbers.iter().for_each(|number| put(*number, &mut text));
        let mut at = 0;
        for number in numbers {
            assert_eq!(take(text.as_bytes(), &mut at), Some(number));
        }
        assert_eq!((at, take(text.as_bytes(), &mut at)), (text.len(), None));
        assert!((0..64).all(|number| value(sign(number) as u8) == Some(u32::from(number))));
    }
}
