//! The fonts of cards: the site's own, and after it one that lies in the program, of which each file has other letters. None is the machine's.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};
use ttf_parser::{Face, Tag};

/// Source Sans 3, semi-bold, in pieces. Its licence lies beside it.
const SHIPPED: [&[u8]; 5] = [
    include_bytes!("fonts/source-sans-3-latin-600-normal.woff2"),
    include_bytes!("fonts/source-sans-3-latin-ext-600-normal.woff2"),
    include_bytes!("fonts/source-sans-3-cyrillic-600-normal.woff2"),
    include_bytes!("fonts/source-sans-3-greek-600-normal.woff2"),
    include_bytes!("fonts/source-sans-3-vietnamese-600-normal.woff2"),
];

/// How bold text is, where a font has several weights.
pub(super) const WEIGHT: u16 = 600;

/// How large a font may be once it is unpacked.
const MOST: u32 = 32 * 1024 * 1024;

/// Fonts, the one that is looked at first in front.
pub struct Fonts {
    files: Vec<Arc<Vec<u8>>>,
    pub(super) database: Arc<Database>,
}

impl Fonts {
    /// The shipped font alone.
    pub fn shipped() -> Fonts {
        Fonts::new(None).expect("the shipped fonts are whole, as tests of this module see")
    }

    /// The font in a file of woff2, if there is one, and the shipped one; what is wrong with the file.
    pub fn new(own: Option<&[u8]>) -> Result<Fonts, String> {
        let mut files = Vec::new();
        for woff2 in own.into_iter().chain(SHIPPED) {
            files.push(Arc::new(unpacked(woff2)?));
        }
        let mut database = Database::new();
        for file in &files {
            database.load_font_source(Source::Binary(file.clone()));
        }
        Ok(Fonts { files, database: Arc::new(database) })
    }

    /// The fonts, ready to be asked.
    pub(super) fn measures(&self) -> Measures<'_> {
        let faces = self.files.iter().filter_map(|file| {
            let mut face = Face::parse(file, 0).ok()?;
            face.set_variation(Tag::from_bytes(b"wght"), f32::from(WEIGHT));
            Some(face)
        });
        Measures(faces.collect())
    }

    /// The letters and digits of a text that no font has.
    pub fn lacking(&self, text: &str) -> Vec<char> {
        let measures = self.measures();
        let mut lacking: Vec<char> =
            text.chars().filter(|char| char.is_alphanumeric() && measures.advance(*char).is_none()).collect();
        lacking.dedup();
        lacking
    }
}

fn unpacked(woff2: &[u8]) -> Result<Vec<u8>, String> {
    if !woff2.starts_with(b"wOF2") {
        return Err("it is no font of the kind woff2".to_owned());
    }
    // What it will be unpacked to stands at the start.
    let size = woff2.get(16..20).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    if size.is_none_or(|size| size > MOST) {
        return Err("it is damaged, or too large".to_owned());
    }
    let bytes = wuff::decompress_woff2(woff2).map_err(|_| "the file is damaged".to_owned())?;
    Face::parse(&bytes, 0).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// How wide texts are, and which font has which of their signs.
pub(super) struct Measures<'f>(Vec<Face<'f>>);

impl Measures<'_> {
    /// How wide a sign is, as a part of the size of the text, in the first font that has it.
    pub fn advance(&self, char: char) -> Option<f32> {
        self.advance_in(self.font_of(char, None)?, char)
    }

    /// How wide a text is, as a part of its size.
    pub fn width(&self, text: &str) -> f32 {
        let runs = self.runs(text).into_iter();
        runs.flat_map(|(font, run)| run.chars().map(move |char| self.advance_in(font, char).unwrap_or(0.0))).sum()
    }

    /// The parts of a text that are written in one font each.
    pub fn runs<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let mut runs: Vec<(usize, &str)> = Vec::new();
        let mut start = 0;
        for (at, char) in text.char_indices() {
            let current = runs.last().map(|(font, _)| *font);
            let font = self.font_of(char, current).or(current).unwrap_or_default();
            let end = at + char.len_utf8();
            match runs.last_mut().filter(|(known, _)| *known == font) {
                Some((_, run)) => *run = &text[start..end],
                None => {
                    start = at;
                    runs.push((font, &text[at..end]));
                }
            }
        }
        runs
    }

    /// The first font that has a sign; spaces and marks stay with what stands before them, if they can.
    fn font_of(&self, char: char, current: Option<usize>) -> Option<usize> {
        let has = |font: &usize| self.0[*font].glyph_index(char).is_some();
        let current = current.filter(|font| !char.is_alphanumeric() && has(font));
        current.or_else(|| (0..self.0.len()).find(has))
    }

    fn advance_in(&self, font: usize, char: char) -> Option<f32> {
        let face = self.0.get(font)?;
        let glyph = face.glyph_index(char)?;
        Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_text_is_in_a_font_that_has_it() {
        // Greek letters come first, all others after them.
        let fonts = Fonts::new(Some(SHIPPED[3])).expect("a font");
        let measures = fonts.measures();
        for (text, want) in [
            ("abc", &[(1, "abc")][..]),
            ("αβγ", &[(0, "αβγ")]),
            ("αβ 12", &[(0, "αβ "), (1, "12")]),
            ("12 αβ", &[(1, "12 "), (0, "αβ")]),
            ("Жук łąka", &[(3, "Жук "), (2, "łą"), (1, "ka")]),
            ("", &[]),
        ] {
            assert_eq!(measures.runs(text), want, "{text}");
            let alone: f32 = text.chars().map(|char| measures.advance(char).expect("each has a font")).sum();
            assert!((measures.width(text) - alone).abs() < 0.01, "{text}");
        }
    }

    #[test]
    fn what_is_no_font_is_told() {
        for bytes in
            [&b""[..], b"wOF2", b"\0\x01\0\0 a font of another kind", &[b"wOF2".as_slice(), &[0xff; 60]].concat()]
        {
            assert!(Fonts::new(Some(bytes)).is_err());
        }
        assert!(Fonts::shipped().lacking("Été, œuvre, Straße, żółć, İstanbul, Київ, Ελλάδα, Việt Nam").is_empty());
    }
}
