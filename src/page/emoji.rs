//! Emoji by name: `:tada:` in text. The names are GitHub's.

use std::ops::Range;

/// No name is longer, with room to spare: it bounds the search for the second colon.
const LONGEST: usize = 64;

/// The emoji called `name`, without its colons.
pub fn shortcode(name: &str) -> Option<&'static str> {
    emojis::get_by_shortcode(name).map(emojis::Emoji::as_str)
}

/// A part of a text in which emoji are written by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPiece<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// An emoji, and where its `:name:` stands in the text.
    Emoji(&'static str, Range<usize>),
}

/// `text` in pieces. Text without a known name is one piece.
pub fn pieces(text: &str) -> Vec<TextPiece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find(':').map(|at| from + at) {
        let Some((emoji, end)) = named_at(text, open) else {
            from = open + 1;
            continue;
        };
        if done < open {
            pieces.push(TextPiece::Text(&text[done..open]));
        }
        pieces.push(TextPiece::Emoji(emoji, open..end));
        (done, from) = (end, end);
    }
    if done < text.len() {
        pieces.push(TextPiece::Text(&text[done..]));
    }
    pieces
}

/// `text` with emoji in place of their names.
pub fn replace(text: &str) -> String {
    let show = |piece| match piece {
        TextPiece::Text(text) => text,
        TextPiece::Emoji(emoji, _) => emoji,
    };
    pieces(text).into_iter().map(show).collect()
}

/// The emoji whose `:name:` starts at byte `open`, and where it ends.
fn named_at(text: &str, open: usize) -> Option<(&'static str, usize)> {
    let rest = &text.as_bytes()[open + 1..];
    let part_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    let length = rest.iter().take(LONGEST).take_while(|byte| part_of_name(byte)).count();
    if length == 0 || rest.get(length) != Some(&b':') {
        return None;
    }
    let name = &text[open + 1..open + 1 + length];
    shortcode(name).map(|emoji| (emoji, open + length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_emoji() {
        let cases = [
            ("a :tada: b", "a 🎉 b"),
            (":+1::-1:", "👍👎"),
            (":8ball:", "🎱"),
            ("x:heart:y", "x❤️y"),
            ("10:30:45 :nothing_known: ::", "10:30:45 :nothing_known: ::"),
            ("::rocket::", ":🚀:"),
            ("a:bc:rocket:", "a:bc🚀"),
            (":Tada:", ":Tada:"),
            ("été :fr:", "été 🇫🇷"),
        ];
        for (text, expected) in cases {
            assert_eq!(replace(text), expected);
        }
    }

    #[test]
    fn pieces_tell_where_a_name_stood() {
        assert_eq!(pieces("é :tada:"), [TextPiece::Text("é "), TextPiece::Emoji("🎉", 3..9)]);
        assert_eq!(pieces("plain"), [TextPiece::Text("plain")]);
        assert_eq!(pieces(""), []);
    }
}
