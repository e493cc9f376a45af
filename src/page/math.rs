//! LaTeX -> MathML, when the site is built.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::Content;
use pulldown_latex::{Event, Parser, ParserError, RenderConfig, Storage, push_mathml};

use crate::base::escape;

/// No formula is longer, and none has more groups in each other: the work on one is bounded.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 100;

/// Commands that are refused. Definitions hold within their formula only, and a few of them grow without bounds; the number after
/// `\char` may be none, which the reader of formulas does not survive.
const REFUSED: &[&str] = &["char", "def", "let", "futurelet", "newcommand", "renewcommand", "providecommand"];

/// The formula as MathML, with its source as an annotation that can be copied; or why it cannot be read.
pub(crate) fn mathml(latex: &str, display: bool) -> Result<String, String> {
    check(latex)?;
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, ParserError> = Parser::new(latex, &storage).collect();
    let events = events.map_err(|error| reason(&error))?;
    // What is written as a name is written as it is.
    let is_markup =
        |event: &Event<'_>| matches!(event, Event::Content(Content::Function(name)) if name.contains(['<', '>', '&']));
    if events.iter().any(is_markup) {
        return Err("`<`, `>` and `&` cannot stand in the name of an operator".to_owned());
    }
    let mut annotation = String::new();
    escape(latex.trim(), &mut annotation);
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        annotation: Some(&annotation),
        ..RenderConfig::default()
    };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, ParserError>);
    push_mathml(&mut html, events, config).map_err(|error| error.to_string())?;
    // Signs that stand alone in their element are written as they are, too.
    for (written, escaped) in
        [("><</", ">&lt;</"), ("><\u{338}</", ">&lt;\u{338}</"), (">&</", ">&amp;</"), ("\"minsize=", "\" minsize=")]
    {
        if html.contains(written) {
            html = html.replace(written, escaped);
        }
    }
    Ok(html)
}

/// Refuses what is too long, too deep, or not to be had here.
fn check(latex: &str) -> Result<(), String> {
    if latex.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    let mut depth = 0_usize;
    for (at, mark) in latex.match_indices(['{', '}', '\\']) {
        let rest = &latex[at + 1..];
        let command = rest.find(|char: char| !char.is_ascii_alphabetic()).map_or(rest, |end| &rest[..end]);
        match (mark, command) {
            ("{", _) | ("\\", "left" | "begin") => depth += 1,
            ("}", _) | ("\\", "right" | "end") => depth = depth.saturating_sub(1),
            (_, command) if REFUSED.contains(&command) => return Err(format!("`\\{command}` cannot be used here")),
            _ => {}
        }
        if depth > DEEPEST {
            return Err("its parts stand too deep in each other".to_owned());
        }
    }
    Ok(())
}

/// The first line of what is wrong.
fn reason(error: &ParserError) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or("");
    let reason = line.strip_prefix("parsing error: ").unwrap_or(line).replace("unkown", "unknown");
    match reason.as_str() {
        "unknown primitive command found" => "it has a command that is not known".to_owned(),
        _ => reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_well_formed() {
        for (latex, part) in [
            ("a < b", "<mo>&lt;</mo>"),
            ("a \\& b", "<mi>&amp;</mi>"),
            ("\\text{<b>}", "<mtext>&lt;b&gt;</mtext>"),
            ("\\not<", "<mo>&lt;\u{338}</mo>"),
            ("x^2", "<annotation encoding=\"application/x-tex\">x^2</annotation>"),
            ("a<b", "encoding=\"application/x-tex\">a&lt;b<"),
            ("\\big(x\\big)", "\" minsize=\""),
            ("é", "<mi>é</mi>"),
        ] {
            let html = mathml(latex, false).expect("a good formula");
            assert!(html.contains(part), "{latex}: {html}");
        }
        assert!(mathml("x", true).is_ok_and(|html| html.starts_with("<math display=\"block\">")));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (latex, reason) in [
            ("\\nope", "not known"),
            ("\\charé", "`\\char` cannot"),
            ("\\def\\a{\\a}\\a", "`\\def` cannot"),
            ("\\frac{1}{", "unbalanced"),
            ("x^1^2", "superscript twice"),
            ("\\begin{nope}\\end{nope}", "unknown mathematical environment"),
            ("\\operatorname{<script>}", "name of an operator"),
        ] {
            assert!(mathml(latex, false).is_err_and(|error| error.contains(reason)), "{latex}");
        }
        assert!(mathml(&"{".repeat(101), false).is_err());
        assert!(mathml(&"x".repeat(LONGEST + 1), false).is_err());
    }
}
