//! The measures of a font in a file of woff2, and what a font of the system needs to take as much room.

use ttf_parser::{Face, Tag};

use crate::config::FontFallback;

/// How large a font may be once it is unpacked.
const MOST: u32 = 32 * 1024 * 1024;

/// How many of a thousand signs of English and French text are this one, and how wide it is in Arial and in Times New Roman,
/// in thousandths of their size.
const LETTERS: [(char, u16, u16, u16); 27] = [
    (' ', 175, 278, 250),
    ('a', 65, 556, 444),
    ('b', 10, 556, 500),
    ('c', 26, 500, 444),
    ('d', 33, 556, 500),
    ('e', 113, 556, 444),
    ('f', 13, 278, 333),
    ('g', 13, 556, 500),
    ('h', 28, 556, 500),
    ('i', 60, 222, 278),
    ('j', 3, 222, 278),
    ('k', 4, 500, 500),
    ('l', 39, 222, 278),
    ('m', 22, 833, 778),
    ('n', 58, 556, 500),
    ('o', 54, 556, 500),
    ('p', 21, 556, 500),
    ('q', 6, 556, 500),
    ('r', 53, 333, 333),
    ('s', 60, 500, 389),
    ('t', 66, 278, 278),
    ('u', 41, 556, 500),
    ('v', 11, 500, 500),
    ('w', 10, 722, 722),
    ('x', 3, 500, 500),
    ('y', 11, 500, 500),
    ('z', 2, 500, 444),
];

/// How wide the letters of Courier New are.
const MONOSPACE: u16 = 600;

/// The measures of a font, as parts of its size.
#[derive(Debug)]
pub(super) struct Metrics {
    ascent: f64,
    descent: f64,
    line_gap: f64,
    /// The mean width of the signs of a text; `None` where the font has not all letters.
    width: Option<f64>,
    /// The lightest and the boldest weight of a variable font.
    pub(super) weights: Option<(u16, u16)>,
}

/// The measures of the font in a file of woff2.
pub(super) fn read(woff2: &[u8]) -> Result<Metrics, String> {
    // What it will be unpacked to stands at the start.
    let unpacked = woff2.get(16..20).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    match unpacked {
        None => return Err("it ends too soon".to_owned()),
        Some(size) if size > MOST => return Err("it is too large".to_owned()),
        Some(_) => {}
    }
    let bytes = wuff::decompress_woff2(woff2).map_err(|_| "the file is damaged".to_owned())?;
    let face = Face::parse(&bytes, 0).map_err(|error| error.to_string())?;
    let size = f64::from(face.units_per_em());
    if size == 0.0 {
        return Err("it has no size".to_owned());
    }
    let part = |units: i16| f64::from(units) / size;
    let weight = face.variation_axes().into_iter().find(|axis| axis.tag == Tag::from_bytes(b"wght"));
    Ok(Metrics {
        ascent: part(face.ascender()),
        descent: -part(face.descender()),
        line_gap: part(face.line_gap()),
        width: mean(|letter, _, _| {
            let glyph = face.glyph_index(letter)?;
            Some(f64::from(face.glyph_hor_advance(glyph)?) / size)
        }),
        weights: weight
            .map(|axis| (axis.min_value.clamp(1.0, 1000.0) as u16, axis.max_value.clamp(1.0, 1000.0) as u16)),
    })
}

/// The mean width of the signs of a text, if each has one.
fn mean(width: impl Fn(char, u16, u16) -> Option<f64>) -> Option<f64> {
    let mut sum = 0.0;
    for (letter, count, sans_serif, serif) in LETTERS {
        sum += width(letter, sans_serif, serif)? * f64::from(count) / 1000.0;
    }
    Some(sum)
}

impl Metrics {
    /// Descriptors of `@font-face` that make a font of the system take as much room.
    pub(super) fn stand_in(&self, fallback: FontFallback) -> Option<String> {
        let thousandths = |width: u16| Some(f64::from(width) / 1000.0);
        let (names, known) = match fallback {
            FontFallback::SansSerif => (["Arial", "Liberation Sans"], mean(|_, width, _| thousandths(width))),
            FontFallback::Serif => (["Times New Roman", "Liberation Serif"], mean(|_, _, width| thousandths(width))),
            FontFallback::Monospace => (["Courier New", "Liberation Mono"], mean(|_, _, _| thousandths(MONOSPACE))),
        };
        let adjust = self.width? / known?;
        let usable = |part: f64| part.is_finite() && (0.0..10.0).contains(&part);
        let parts = [self.ascent, self.descent, self.line_gap].map(|part| part / adjust);
        if adjust <= 0.1 || !usable(adjust) || !parts.into_iter().all(usable) {
            return None;
        }
        let percent = |part: f64| format!("{:.2}%", part * 100.0);
        let [ascent, descent, line_gap] = parts.map(percent);
        Some(format!(
            "src: local(\"{}\"), local(\"{}\"); size-adjust: {}; ascent-override: {ascent}; descent-override: {descent}; \
             line-gap-override: {line_gap};",
            names[0],
            names[1],
            percent(adjust),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_all_of_a_text() {
        assert_eq!(LETTERS.iter().map(|(_, count, _, _)| count).sum::<u16>(), 1000);
    }

    #[test]
    fn no_bytes_of_a_font_make_the_program_fall() {
        let whole = include_bytes!("../../../../tests/fonts/boxes-variable.woff2");
        let mut measured = 0;
        for at in 0..whole.len() {
            for mask in [0x01, 0x80, 0xff] {
                let mut bytes = whole.to_vec();
                bytes[at] ^= mask;
                measured += usize::from(read(&bytes).is_ok());
            }
            assert!(read(&whole[..at]).is_err(), "a part of {at} bytes");
        }
        assert!(measured > 0, "what hits no measure leaves the font whole");
    }
}
