//! Output of terminals, with its escape sequences -> HTML with class spans.
//!
//! A theme cannot see to it that any of sixteen million colours is legible on its backgrounds. So each is reduced to one of seven
//! hues, which the theme has in shades that are.

use super::spans::push_escaped;

/// A hue that the theme has shades of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hue {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    Gray,
}

impl Hue {
    fn name(self) -> &'static str {
        match self {
            Hue::Red => "red",
            Hue::Green => "green",
            Hue::Yellow => "yellow",
            Hue::Blue => "blue",
            Hue::Magenta => "magenta",
            Hue::Cyan => "cyan",
            Hue::Gray => "gray",
        }
    }
}

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    /// `None`: the colour of all text.
    text: Option<Hue>,
    /// `None`: none.
    ground: Option<Hue>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    strike: bool,
    reversed: bool,
}

/// `code` as HTML: neighbours of one style share a span, across lines too.
pub(super) fn highlight(code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    let (mut style, mut open) = (Style::default(), Style::default());
    for (text, codes) in Texts(code) {
        if !text.is_empty() {
            if style != open {
                html.push_str(if open == Style::default() { "" } else { "</span>" });
                style.write(&mut html);
                open = style;
            }
            push_escaped(&mut html, text);
        }
        if let Some(codes) = codes {
            style = style.with(codes);
        }
    }
    html.push_str(if open == Style::default() { "" } else { "</span>" });
    html
}

/// `code` without its escape sequences.
pub fn plain(code: &str) -> String {
    Texts(code).map(|(text, _)| text).collect()
}

/// The texts between escape sequences; with each the numbers of the sequence after it, if that changes the style.
struct Texts<'c>(&'c str);

impl<'c> Iterator for Texts<'c> {
    type Item = (&'c str, Option<&'c str>);

    fn next(&mut self) -> Option<Self::Item> {
        let code = self.0;
        if code.is_empty() {
            return None;
        }
        let is_control = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
        let at = code.find(is_control).unwrap_or(code.len());
        let (text, rest) = code.split_at(at);
        let Some(escape) = rest.strip_prefix('\u{1b}') else {
            self.0 = rest.strip_prefix(is_control).unwrap_or(rest);
            return Some((text, None));
        };
        let (codes, rest) = sequence(escape);
        self.0 = rest;
        Some((text, codes))
    }
}

/// The numbers of the sequence at the start of what follows an escape, if it changes the style, and what follows it.
fn sequence(escape: &str) -> (Option<&str>, &str) {
    if let Some(body) = escape.strip_prefix('[') {
        let end = body.bytes().position(|byte| !(0x20..=0x3f).contains(&byte)).unwrap_or(body.len());
        let (codes, rest) = body.split_at(end);
        return match rest.strip_prefix('m') {
            Some(rest) => (Some(codes), rest),
            None => (None, rest.strip_prefix(|char: char| char.is_ascii_graphic()).unwrap_or(rest)),
        };
    }
    if let Some(body) = escape.strip_prefix(']') {
        // An address of a link, a title of a window: up to a bell or an escape, on its line.
        let end = body.find(['\u{7}', '\u{1b}', '\n']).unwrap_or(body.len());
        let rest = &body[end..];
        return (None, rest.strip_prefix('\u{7}').or(rest.strip_prefix("\u{1b}\\")).unwrap_or(rest));
    }
    (None, escape.strip_prefix(|char: char| char.is_ascii_graphic()).unwrap_or(escape))
}

impl Style {
    /// The style after the numbers of a sequence.
    fn with(mut self, codes: &str) -> Style {
        let mut codes =
            codes.split([';', ':']).map(|code| if code.is_empty() { 0 } else { code.parse().unwrap_or(-1) });
        while let Some(code) = codes.next() {
            match code {
                0 => self = Style::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = true,
                7 => self.reversed = true,
                9 => self.strike = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.reversed = false,
                29 => self.strike = false,
                30..=37 => self.text = basic(code - 30, None),
                38 => self.text = extended(&mut codes, None),
                39 => self.text = None,
                40..=47 => self.ground = basic(code - 40, Some(Hue::Gray)),
                48 => self.ground = extended(&mut codes, Some(Hue::Gray)),
                49 => self.ground = None,
                90 => self.text = Some(Hue::Gray),
                91..=97 => self.text = basic(code - 90, None),
                100..=107 => self.ground = basic(code - 100, Some(Hue::Gray)),
                _ => {}
            }
        }
        self
    }

    /// Writes the start tag of its span, if it is not that of all text.
    fn write(self, html: &mut String) {
        if self == Style::default() {
            return;
        }
        let ground = if self.reversed { self.text.or(Some(Hue::Gray)) } else { self.ground };
        html.push_str("<span class=\"ansi");
        // On a ground of any hue the theme knows which text is legible.
        match (ground, self.text) {
            (Some(hue), _) => html.push_str(&format!(" ansi-on-{}", hue.name())),
            (None, Some(hue)) => html.push_str(&format!(" ansi-{}", hue.name())),
            (None, None) => {}
        }
        let flags = [
            (self.bold, " ansi-bold"),
            (self.dim, " ansi-dim"),
            (self.italic, " ansi-italic"),
            (self.underline, " ansi-underline"),
            (self.strike, " ansi-strike"),
        ];
        flags.iter().filter(|(is_on, _)| *is_on).for_each(|(_, class)| html.push_str(class));
        html.push_str("\">");
    }
}

/// One of the eight; black and white are `neutral`.
fn basic(number: i32, neutral: Option<Hue>) -> Option<Hue> {
    match number {
        1 => Some(Hue::Red),
        2 => Some(Hue::Green),
        3 => Some(Hue::Yellow),
        4 => Some(Hue::Blue),
        5 => Some(Hue::Magenta),
        6 => Some(Hue::Cyan),
        _ => neutral,
    }
}

/// `5;n` or `2;r;g;b`.
fn extended(codes: &mut impl Iterator<Item = i32>, neutral: Option<Hue>) -> Option<Hue> {
    match codes.next() {
        Some(5) => match codes.next().unwrap_or(0) {
            8 => Some(Hue::Gray),
            number @ 0..=15 => basic(number % 8, neutral),
            number @ 16..=231 => {
                let level = |place: i32| (number - 16) / place % 6 * 51;
                nearest([level(36), level(6), level(1)], neutral)
            }
            number => nearest([(number - 232) * 10 + 8; 3], neutral),
        },
        Some(2) => {
            let rgb = [(); 3].map(|()| codes.next().unwrap_or(0).clamp(0, 255));
            nearest(rgb, neutral)
        }
        _ => neutral,
    }
}

/// The hue that is nearest to a colour.
fn nearest([red, green, blue]: [i32; 3], neutral: Option<Hue>) -> Option<Hue> {
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    if spread * 5 < most || spread == 0 {
        // Gray, if it is neither nearly black nor nearly white.
        return if (64..192).contains(&most) { Some(Hue::Gray) } else { neutral };
    }
    let degrees = if most == red {
        (green - blue) * 60 / spread
    } else if most == green {
        120 + (blue - red) * 60 / spread
    } else {
        240 + (red - green) * 60 / spread
    };
    Some(match degrees.rem_euclid(360) {
        20..75 => Hue::Yellow,
        75..160 => Hue::Green,
        160..205 => Hue::Cyan,
        205..265 => Hue::Blue,
        265..335 => Hue::Magenta,
        _ => Hue::Red,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `‹` stands for an escape and its bracket; `⟦red a⟧` for a span of class `ansi-red`.
    fn check(code: &str, short: &str) {
        let code = code.replace('‹', "\u{1b}[");
        let mut html = String::new();
        for part in short.split('⟦') {
            html.push_str(&match part.split_once('⟧') {
                Some((inner, after)) => {
                    let (classes, text) = inner.split_once(' ').expect("classes and a text");
                    format!("<span class=\"ansi ansi-{}\">{text}</span>{after}", classes.replace('.', " ansi-"))
                }
                None => part.to_owned(),
            });
        }
        assert_eq!(highlight(&code), html, "{code:?}");
    }

    #[test]
    fn styles() {
        for (code, short) in [
            ("a < b", "a &lt; b"),
            ("‹31ma‹0m b", "⟦red a⟧ b"),
            ("‹31ma‹mb", "⟦red a⟧b"),
            ("‹1;32ma‹22mb‹39mc", "⟦green.bold a⟧⟦green b⟧c"),
            ("‹31m‹31ma‹1m‹22mb\nc", "⟦red ab\nc⟧"),
            ("‹37ma‹30mb‹90mc‹97md", "ab⟦gray c⟧d"),
            ("‹41ma‹49mb‹47mc", "⟦on-red a⟧b⟦on-gray c⟧"),
            ("‹7ma‹27mb‹34;7mc", "⟦on-gray a⟧b⟦on-blue c⟧"),
            ("‹2;3;4;9ma‹23;24;29mb", "⟦dim.italic.underline.strike a⟧⟦dim b⟧"),
            ("‹38;5;196ma‹38;5;2mb‹38;5;240mc‹38;5;255md", "⟦red a⟧⟦green b⟧⟦gray c⟧d"),
            ("‹38;2;255;165;0ma‹48;2;0;0;200mb", "⟦yellow a⟧⟦on-blue b⟧"),
            ("‹38:2:200:0:200ma", "⟦magenta a⟧"),
        ] {
            check(code, short);
        }
    }

    #[test]
    fn other_sequences_are_not_shown() {
        for (code, short) in [
            ("a‹2Kb‹1Ac", "abc"),
            ("\u{1b}]8;;https://a.b/\u{1b}\\lien\u{1b}]8;;\u{7}", "lien"),
            ("a\u{8}\u{1b}(Bb\r", "aBb"),
            ("a\u{1b}", "a"),
            ("a‹31", "a"),
            ("a‹é", "aé"),
            ("‹999;?;38ma", "a"),
        ] {
            check(code, short);
            let code = code.replace('‹', "\u{1b}[");
            assert_eq!(plain(&code), short, "{code:?}");
        }
    }
}
