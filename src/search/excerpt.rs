//! The part of a text that holds the words that were looked for.

use std::collections::BTreeSet;

use super::words::tokens;

/// A part of a section's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text; white space is one space.
    pub text: String,
    /// Where the words are in it, in bytes.
    pub marks: Vec<(usize, usize)>,
}

/// How long an excerpt is, in characters.
const LENGTH: usize = 160;
/// How much of it stands before the first word.
const BEFORE: usize = 40;

/// The part of a section that holds the most of these terms: of its text, or of its code where more of them stand there.
pub fn excerpt(text: &str, code: &str, terms: &BTreeSet<String>) -> Excerpt {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, code) = (clean(text), clean(code));
    let (in_text, in_code) = (marks(&text, terms), marks(&code, terms));
    match !text.is_empty() && different(&in_code) <= different(&in_text) {
        true => around(&text, &in_text),
        false => around(&code, &in_code),
    }
}

/// How many different terms are marked.
fn different<'m>(marks: impl IntoIterator<Item = &'m (usize, usize, String)>) -> usize {
    marks.into_iter().map(|(_, _, term)| term).collect::<BTreeSet<_>>().len()
}

/// Where terms are in a text, with the term.
fn marks(text: &str, terms: &BTreeSet<String>) -> Vec<(usize, usize, String)> {
    let mut marks = Vec::new();
    for token in tokens(text) {
        if token.run {
            // A pair or a single character of the run, wherever it stands in it.
            let chars: Vec<(usize, char)> =
                text[token.start..token.end].char_indices().map(|(at, c)| (token.start + at, c)).collect();
            let mut index = 0;
            while index < chars.len() {
                let pair: String = chars[index..].iter().take(2).map(|(_, c)| *c).collect();
                let one = chars[index].1.to_string();
                let long = if terms.contains(&pair) { 2 } else { usize::from(terms.contains(&one)) };
                if long > 0 {
                    let end = chars.get(index + long).map_or(token.end, |(at, _)| *at);
                    let term = if long == 2 { pair } else { one };
                    match marks.last_mut() {
                        Some((_, last, _)) if *last >= chars[index].0 => *last = end,
                        _ => marks.push((chars[index].0, end, term)),
                    }
                }
                // Pairs overlap, so that a whole word is one mark.
                index += 1;
            }
        } else if let Some(term) = token.leaves.iter().chain(&token.joins).find(|leaf| terms.contains(*leaf)) {
            marks.push((token.start, token.end, term.clone()));
        }
    }
    marks
}

/// What stands around the marks where most different terms are close together.
fn around(text: &str, marks: &[(usize, usize, String)]) -> Excerpt {
    let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |offset: usize| chars.partition_point(|at| *at < offset);
    let mut best = (0, 0);
    for (start, _, _) in marks {
        let end = place(*start) + LENGTH - BEFORE;
        let near = different(marks.iter().filter(|(from, to, _)| from >= start && place(*to) <= end));
        if near > best.0 {
            best = (near, place(*start));
        }
    }
    let last = chars.len() - 1;
    let mut first = if best.1 <= BEFORE || last <= LENGTH { 0 } else { best.1 - BEFORE };
    // An excerpt begins with a whole word if one begins soon.
    if first > 0
        && let Some(space) = text[chars[first]..chars[best.1]].find(' ')
    {
        first = place(chars[first] + space + 1);
    }
    let mut end = (first + LENGTH).min(last);
    if end < last
        && let Some(space) = text[chars[first]..chars[end]].rfind(' ').filter(|space| *space > 60)
    {
        end = place(chars[first] + space);
    }
    let (from, to) = (chars[first], chars[end]);
    let before = if from > 0 { "… " } else { "" };
    let after = if to < text.len() { " …" } else { "" };
    let shift = |at: usize| at - from + before.len();
    Excerpt {
        text: format!("{before}{}{after}", &text[from..to]),
        marks: marks
            .iter()
            .filter(|(start, end, _)| *start >= from && *end <= to)
            .map(|(start, end, _)| (shift(*start), shift(*end)))
            .collect(),
    }
}
