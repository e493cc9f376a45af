//! French typography: the spaces that keep punctuation with the word before it.
//!
//! A space that was typed before `; ! ?` becomes a narrow no-break space, one before `:` and inside « » a no-break space. Where none
//! was typed none is put in, but inside « »: `10:30`, `http://`, `!important` and `?query` are no French, and who
//! writes `Oui!` may mean it. Only text comes here: no code, addresses, attributes, formulas or tags.

use std::borrow::Cow;

/// No-break space.
const NBSP: char = '\u{a0}';
/// Narrow no-break space.
const NARROW: char = '\u{202f}';

/// `text` with the spaces of French. `before` is what stands before it on the page, as far as it is known: `None` at the start of a
/// block, a character of the same line otherwise.
pub(crate) fn french(text: &str, before: Option<char>) -> Cow<'_, str> {
    if before != Some('«') && !text.contains([';', '!', '?', ':', '«', '»']) {
        return Cow::Borrowed(text);
    }
    let mut set = String::with_capacity(text.len() + 8);
    let mut previous = before;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match char {
            ' ' => {
                let rest = text[at..].trim_start_matches(' ');
                match space_before(rest) {
                    // More than one space was typed: they are one.
                    Some(space) => {
                        while chars.next_if(|(_, next)| *next == ' ').is_some() {}
                        set.push(space);
                        previous = Some(space);
                        continue;
                    }
                    None if previous == Some('«') => {
                        while chars.next_if(|(_, next)| *next == ' ').is_some() {}
                        set.push(NBSP);
                        previous = Some(NBSP);
                        continue;
                    }
                    None => set.push(' '),
                }
            }
            '»' => {
                if previous.is_some_and(|previous| !previous.is_whitespace() && previous != '«') {
                    set.push(NBSP);
                }
                set.push('»');
            }
            char => {
                if previous == Some('«') && !char.is_whitespace() {
                    set.push(NBSP);
                }
                set.push(char);
            }
        }
        previous = Some(char);
    }
    Cow::Owned(set)
}

/// The space that belongs before what follows, if it is punctuation and not the start of something else.
pub(crate) fn space_before(rest: &str) -> Option<char> {
    let first = rest.chars().next()?;
    let after = |marks: &[char]| rest.trim_start_matches(marks).chars().next();
    let ends = |char: Option<char>| {
        char.is_none_or(|char| char.is_whitespace() || matches!(char, '»' | '"' | '”' | '’' | '\'' | '…'))
    };
    match first {
        '»' => Some(NBSP),
        // `::`, `:)`, `:name:` and `://` are something else.
        ':' => ends(rest[1..].chars().next()).then_some(NBSP),
        ';' => ends(rest[1..].chars().next()).then_some(NARROW),
        '!' | '?' => {
            let next = after(&['!', '?', '.', '…']);
            (ends(next) || matches!(next, Some(')' | ']' | ',' | ';'))).then_some(NARROW)
        }
        _ => None,
    }
}

/// Whether a language is French.
pub(crate) fn is_french(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("fr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `~` for a no-break space and `'` for a narrow one.
    fn show(text: &str, before: Option<char>) -> String {
        french(text, before).replace(NBSP, "~").replace(NARROW, "'")
    }

    #[test]
    fn spaces_that_were_typed_do_not_break() {
        for (text, want) in [
            ("Quoi ? Oui ! Ceci ; cela : voilà.", "Quoi'? Oui'! Ceci'; cela~: voilà."),
            ("Quoi ?! Non !!! Ah ?…", "Quoi'?! Non'!!! Ah'?…"),
            ("(vraiment ?) [si !], oui ?»", "(vraiment'?) [si'!], oui'?~»"),
            ("« mot » et «mot»", "«~mot~» et «~mot~»"),
            ("« Quoi ? » dit-il : « Rien. »", "«~Quoi'?~» dit-il~: «~Rien.~»"),
            ("deux  ! espaces   :", "deux'! espaces~:"),
            ("fin :", "fin~:"),
            ("dit « oui »: non", "dit «~oui~»: non"),
            ("«»", "«»"),
        ] {
            assert_eq!(show(text, None), want, "{text}");
        }
    }

    #[test]
    fn what_is_no_french_punctuation_stays() {
        for text in [
            "10:30 et a:b",
            "http://a.fr",
            "Oui! Quoi?",
            "std :: string",
            " :tada: ",
            "sourire :) ou ;)",
            "!important ?query !x",
            "a !== b",
            "a ?: b",
            "C :/x",
            "x\u{a0}: y\u{202f}!",
            "",
            "été",
        ] {
            let want = text.replace(NBSP, "~").replace(NARROW, "'");
            assert_eq!(show(text, None), want, "{text}");
        }
    }

    #[test]
    fn quotes_next_to_markup() {
        assert_eq!(show("»", Some('x')), "~»");
        assert_eq!(show("»", None), "»");
        assert_eq!(show("mot", Some('«')), "~mot");
        assert_eq!(show(" mot", Some('«')), "~mot");
    }

    #[test]
    fn languages() {
        for (language, french) in
            [("fr", true), ("fr-FR", true), ("FR_ca", true), ("en-US", false), ("frr", false), ("", false)]
        {
            assert_eq!(is_french(language), french, "{language}");
        }
    }
}
