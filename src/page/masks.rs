//! What the Markdown parser would read otherwise than the authors' own parser did: it is masked before it is parsed, and every
//! event shows it as it was typed again.
//!
//! Four things are masked: the names of Vue's attributes (`@click`, `#title`), which no tag of HTML may have; in Chinese,
//! Japanese and Korean, where words have no spaces around them, the marks of emphasis get a neighbour that lets them be marks; `|` in
//! code, which does not end the cell of a table in VuePress 1; and the size of an image, `![](a.png =200x100)`, which becomes its
//! title. A mask says what it stands for, wherever it is found. A page that has such characters itself is not masked.

mod find;
mod unmask;

use std::borrow::Cow;
use std::ops::Range;

use crate::config::{Construct, Conventions, MarkdownConfig};

use find::{begins_cjk, emphasis, names, pipes, sizes};
pub(crate) use unmask::{title_and_size, unmask, unmasked, unmasked_parts};

/// Stands for nothing, and is punctuation.
const NOTHING: char = '\u{10a50}';
/// Stands for `|`.
const PIPE: char = '\u{10a51}';
/// With the quotation mark beside it, stands for nothing: a title begins or ends where the author wrote none.
const SIZE: char = '\u{10a52}';
/// With the quotation mark behind it, stands for one and a space: the author's title ends here.
const AFTER_TITLE: char = '\u{10a53}';
/// What the bytes of all these begin with.
const MARKS: &str = "\u{10a50}";
const MARK_START: &[u8] = &[0xf0, 0x90, 0xa9];

/// Begins what stands for a character in the name of an attribute: its code in two digits and `-` follow.
const NAME: &str = ":-m-";

/// What is masked on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    vue: bool,
    cjk: bool,
    pipes: bool,
    sizes: bool,
}

/// A tag that goes on in the next line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tagged {
    /// None does.
    #[default]
    No,
    /// Between two attributes.
    Between,
    /// In a value, up to this quotation mark.
    Value(u8),
}

/// A part of a line that is replaced.
pub(crate) type Mask = (Range<usize>, Cow<'static, str>);

impl Masks {
    /// What is masked in `text`, by these settings.
    pub fn of(text: &str, config: &MarkdownConfig) -> Masks {
        let has = |needle: &[u8]| memchr::memmem::find(text.as_bytes(), needle).is_some();
        if has(MARK_START) || has(NAME.as_bytes()) {
            return Masks::default();
        }
        let vuepress1 = config.conventions == Conventions::VuePress1;
        Masks {
            vue: (config.extended || !vuepress1)
                && has(b"<")
                && [" @", "\n@", "\t@", " #", ":["].iter().any(|start| has(start.as_bytes())),
            cjk: config.has(Construct::CjkEmphasis) && (has(b"*") || has(b"~")) && text.bytes().any(begins_cjk),
            pipes: vuepress1 && has(b"`") && has(b"|"),
            sizes: config.has(Construct::ImageSizes) && has(b" ="),
        }
    }

    /// Whether nothing is masked.
    pub fn is_none(self) -> bool {
        self == Masks::default()
    }

    /// What is replaced in this part of a line, by place; `tagged` says what the line before left open.
    pub fn find(self, line: &str, tagged: &mut Tagged) -> Vec<Mask> {
        let mut found = Vec::new();
        if self.vue {
            names(line, tagged, &mut found);
        }
        if self.cjk && !line.is_ascii() {
            emphasis(line, &mut found);
        }
        if self.pipes {
            pipes(line, &mut found);
        }
        if self.sizes {
            sizes(line, &mut found);
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        // Where two overlap the first wins.
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_apart = range.start >= end;
            end = if is_apart { range.end } else { end };
            is_apart
        });
        found
    }

    /// The line as the parser will see it.
    pub fn masked<'l>(self, line: &'l str, mut tagged: Tagged) -> Cow<'l, str> {
        let found = if self.is_none() { Vec::new() } else { self.find(line, &mut tagged) };
        if found.is_empty() {
            return Cow::Borrowed(line);
        }
        let mut text = String::with_capacity(line.len() + 8 * found.len());
        let mut at = 0;
        for (range, mask) in found {
            text.push_str(&line[at..range.start]);
            text.push_str(&mask);
            at = range.end;
        }
        text.push_str(&line[at..]);
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Masks = Masks { vue: true, cjk: true, pipes: true, sizes: true };

    /// The line with what stands for something in a form that can be read, and as it is typed again.
    fn check(line: &str, want: &str) {
        let masked = ALL.masked(line, Tagged::No);
        let shown = masked.replace(NOTHING, "•").replace(PIPE, "¦").replace(SIZE, "‹").replace(AFTER_TITLE, "›");
        assert_eq!(shown, want, "{line}");
        assert_eq!(unmasked(&masked), line);
        let (typed, places) = unmasked_parts(&masked, 0);
        assert_eq!(typed, line);
        assert!(places.iter().all(|(_, place)| masked.is_char_boundary(*place)), "{line}");
    }

    #[test]
    fn lines() {
        for (line, want) in [
            ("a @b <c d", "a @b <c d"),
            ("<a @click.prevent=\"x > @y\" :href='#z'>@t", "<a :-m-40-click.prevent=\"x > @y\" :href='#z'>@t"),
            ("<t #title v-slot:[x]=\"y\"/> #a", "<t :-m-23-title v-slot::-m-5b-x:-m-5d-=\"y\"/> #a"),
            ("a < @b", "a < @b"),
            ("<a@b.org> <https://c.org/ @d>", "<a@b.org> <https://c.org/ @d>"),
            ("<b ,@c>", "<b ,@c>"),
            ("**注意：**文字", "**注意：**•文字"),
            ("文字**「注意」**文字", "文字•**「注意」**•文字"),
            ("文字**(x)**文字", "文字•**(x)**•文字"),
            ("**été :** mot **« a »**b", "**été :** mot **« a »**b"),
            ("**文字** ~~字。~~字", "**文字** ~~字。~~•字"),
            ("x `a|b` | ``c|`|`` \\`d|e` `f\\|g`", "x `a¦b` | ``c¦`¦`` \\`d|e` `f\\|g`"),
            ("![a](b.png =20x10)", "![a](b.png \"‹=20x10‹\")"),
            ("![a](b.png \"t\" =20x)", "![a](b.png \"t›=20x‹\")"),
            ("![a](b.png =x10) a = b (a =1x)", "![a](b.png \"‹=x10‹\") a = b (a \"‹=1x‹\")"),
            ("![a](b.png =x)", "![a](b.png =x)"),
        ] {
            check(line, want);
        }
    }

    #[test]
    fn a_tag_goes_on_in_the_next_line() {
        let mut tagged = Tagged::No;
        for (line, masks, after) in [
            ("text <a", 0, Tagged::Between),
            ("@click=\"x", 1, Tagged::Value(b'"')),
            ("@y\" #z", 1, Tagged::Between),
            ("> @a", 0, Tagged::No),
        ] {
            assert_eq!(ALL.find(line, &mut tagged).len(), masks, "{line}");
            assert_eq!(tagged, after, "{line}");
        }
    }

    #[test]
    fn titles() {
        for (line, want) in [
            ("![a](b \"t\" =20x10)", ("t", Some(("20", "10")))),
            ("![a](b =20x)", ("", Some(("20", "")))),
            ("![a](b \"t\")", ("t", None)),
        ] {
            let masked = ALL.masked(line, Tagged::No).into_owned();
            let title = masked.split_once('"').and_then(|(_, title)| title.rsplit_once('"')).expect("a title").0;
            assert_eq!(title_and_size(title), want, "{line}");
        }
    }

    #[test]
    fn a_page_with_such_characters_is_not_masked() {
        let config = MarkdownConfig::default();
        assert!(!Masks::of("<a @b>", &config).is_none());
        for text in ["<a @b> \u{10a51}", "<a @b> :-m-", "<a b>", "# a < b"] {
            assert!(Masks::of(text, &config).is_none(), "{text}");
        }
    }
}
