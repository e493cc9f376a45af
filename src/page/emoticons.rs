//! Emoticons: `:)` in text is an emoji in VuePress and VitePress, where white space or punctuation stands around it.

use std::ops::Range;

/// What people type, and the emoji's name. The longest is tried first at each place.
const EMOTICONS: &[(&str, &[&str])] = &[
    ("angry", &[">:(", ">:-("]),
    ("blush", &[":\")", ":-\")"]),
    ("broken_heart", &["</3", "<\\3"]),
    ("confused", &[":/", ":-/"]),
    ("cry", &[":'(", ":'-(", ":,(", ":,-("]),
    ("frowning", &[":(", ":-("]),
    ("heart", &["<3"]),
    ("imp", &["]:(", "]:-("]),
    ("innocent", &["o:)", "O:)", "o:-)", "O:-)", "0:)", "0:-)"]),
    ("joy", &[":')", ":'-)", ":,)", ":,-)", ":'D", ":'-D", ":,D", ":,-D"]),
    ("kissing", &[":*", ":-*"]),
    ("laughing", &["x-)", "X-)"]),
    ("neutral_face", &[":|", ":-|"]),
    ("open_mouth", &[":o", ":-o", ":O", ":-O"]),
    ("rage", &[":@", ":-@"]),
    ("smile", &[":D", ":-D"]),
    ("smiley", &[":)", ":-)"]),
    ("smiling_imp", &["]:)", "]:-)"]),
    ("sob", &[":,'(", ":,'-(", ";(", ";-("]),
    ("stuck_out_tongue", &[":P", ":-P"]),
    ("sunglasses", &["8-)", "B-)"]),
    ("sweat", &[",:(", ",:-("]),
    ("sweat_smile", &[",:)", ",:-)"]),
    ("unamused", &[":s", ":-S", ":z", ":-Z", ":$", ":-$"]),
    ("wink", &[";)", ";-)"]),
];

/// The emoticons in `text`: where they stand, and the names of their emoji.
pub(crate) fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(char) = text[at..].chars().next() {
        let begins = may_begin(char) && before.is_none_or(is_delimiter);
        match begins.then(|| emoticon(&text[at..])).flatten() {
            Some((typed, name)) if text[at + typed.len()..].chars().next().is_none_or(is_delimiter) => {
                found.push((at..at + typed.len(), name));
                at += typed.len();
                before = typed.chars().next_back();
            }
            _ => {
                at += char.len_utf8();
                before = Some(char);
            }
        }
    }
    found
}

fn may_begin(char: char) -> bool {
    matches!(char, '>' | ':' | '<' | ']' | 'o' | 'O' | '0' | 'x' | 'X' | ';' | '8' | 'B' | ',')
}

/// The longest emoticon that `rest` begins with.
fn emoticon(rest: &str) -> Option<(&'static str, &'static str)> {
    let [first, second, ..] = *rest.as_bytes() else { return None };
    let all = EMOTICONS.iter().flat_map(|(name, typed)| typed.iter().map(move |typed| (*typed, *name)));
    // Two bytes tell most of them apart, and this is asked at every colon.
    all.filter(|(typed, _)| typed.as_bytes()[..2] == [first, second] && rest.starts_with(typed))
        .max_by_key(|(typed, _)| typed.len())
}

/// White space, punctuation (Unicode's category P) or a control character.
fn is_delimiter(char: char) -> bool {
    match char {
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => false,
        char if char.is_ascii_punctuation() => true,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '‐'..='‧' | '‰'..='⁃' | '⁅'..='⁑' | '⁓'..='⁞' => {
            true
        }
        '、'..='〃'
        | '〈'..='】'
        | '〔'..='〟'
        | '！'..='＃'
        | '％'..='＊'
        | '，'..='／'
        | '：'
        | '；'
        | '？'
        | '＠' => true,
        char => char.is_whitespace() || char.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoticons_stand_alone() {
        for (text, want) in [
            (":) :( ;)", &["smiley", "frowning", "wink"][..]),
            ("pour l'instant ;) #x", &["wink"]),
            ("(:D)", &["smile"]),
            ("a:)", &[]),
            (":)a", &[]),
            ("http://x", &[]),
            ("C:/x", &[]),
            ("oui :-) !", &["smiley"]),
            (":,-) <3", &["joy", "heart"]),
            ("« :/ »", &["confused"]),
            ("8) 8-)", &["sunglasses"]),
        ] {
            let found: Vec<&str> = find(text).into_iter().map(|(_, name)| name).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
