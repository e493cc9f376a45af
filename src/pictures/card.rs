//! A title -> a card: the picture that stands for a page where a link to it is shared.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontFamily, FontResolver, ImageHrefResolver, Options, Tree};

use super::fonts::{Fonts, Measures, WEIGHT};
use super::lines::{cut, lines, shortened};
use super::logo::Logo;
use crate::base::escaped;

/// How wide and how high cards are, as Open Graph has them.
pub const CARD: (u32, u32) = (1200, 630);

/// What the names of fonts begin with; a number follows.
const FONT: &str = "font";

/// What is left free at each side.
const MARGIN: f32 = 80.0;

/// How wide text may be.
const ROOM: f32 = CARD.0 as f32 - 2.0 * MARGIN;

/// Sizes of a title, the largest first, each with how many lines it may take.
const SIZES: [(f32, usize); 4] = [(92.0, 2), (76.0, 3), (64.0, 4), (54.0, 4)];

/// What a card says.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Card<'c> {
    /// What stands largest.
    pub title: &'c str,
    /// What stands above it, if anything does.
    pub above: Option<&'c str>,
    /// What stands below it, if there is room.
    pub below: Option<&'c str>,
    /// The name of the site.
    pub site: &'c str,
    /// The address of the site, as people say it.
    pub host: &'c str,
    /// Whether it is read from right to left.
    pub is_rtl: bool,
}

/// How a card looks: colours as `#rrggbb`.
#[derive(Clone, Copy)]
pub struct CardStyle<'c> {
    /// The ground.
    pub ground: &'c str,
    /// The title.
    pub text: &'c str,
    /// What is less than it.
    pub quiet: &'c str,
    /// The edge.
    pub accent: &'c str,
    /// The picture beside the name of the site.
    pub logo: Option<&'c Logo>,
    /// The fonts.
    pub fonts: &'c Fonts,
}

/// The card as PNG.
pub fn card(card: &Card<'_>, style: &CardStyle<'_>) -> Result<Vec<u8>, String> {
    let svg = svg(card, style);
    let tree = Tree::from_str(&svg, &options(style.fonts)).map_err(|error| error.to_string())?;
    let mut pixels = Pixmap::new(CARD.0, CARD.1).ok_or("there is no room for it")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    if let Some(logo) = style.logo {
        let left = if card.is_rtl { CARD.0 as f32 - MARGIN - logo.width() } else { MARGIN };
        logo.draw(&mut pixels, left, FOOT - logo.height() / 2.0);
    }
    super::png::opaque(&pixels)
}

/// Where the middle of what stands at the foot is.
const FOOT: f32 = 536.0;

/// No file and no font of the machine is read.
pub(super) fn options(fonts: &Fonts) -> Options<'_> {
    let images = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    // Each part of a text names its font by its number.
    let fonts_by_number = FontResolver {
        select_font: Box::new(|font, database| {
            let number = font.families().iter().find_map(|family| match family {
                FontFamily::Named(name) => name.strip_prefix(FONT)?.parse().ok(),
                _ => None,
            });
            let mut faces = database.faces();
            faces.nth(number.unwrap_or(0)).map(|face| face.id)
        }),
        select_fallback: Box::new(|_, _, _| None),
    };
    Options {
        image_href_resolver: images,
        font_resolver: fonts_by_number,
        fontdb: fonts.database.clone(),
        ..Options::default()
    }
}

fn svg(card: &Card<'_>, style: &CardStyle<'_>) -> String {
    let measures = style.fonts.measures();
    let measures = &measures;
    let [title, site, host] = [card.title, card.site, card.host].map(|text| shown(text, measures));
    let above = card.above.map(|text| shown(text, measures)).filter(|text| !text.is_empty());
    let (size, title) = fitted(&title, measures);
    let (width, height) = CARD;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" width=\"{width}\" height=\"{height}\" font-weight=\"{WEIGHT}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/><rect width=\"{width}\" height=\"16\" fill=\"{}\"/>",
        style.ground, style.accent
    );
    // The side where reading begins, and the other.
    let (start, end) = if card.is_rtl { (width as f32 - MARGIN, MARGIN) } else { (MARGIN, width as f32 - MARGIN) };
    let anchors = if card.is_rtl { ("end", "start") } else { ("start", "end") };
    let mut write = |x: f32, y: f32, size: f32, (anchor, colour): (&str, &str), text: &str| {
        svg.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{colour}\">"
        ));
        // Where a text is read from right to left, marks at its end are at its left.
        svg.push_str(if card.is_rtl { "\u{202b}" } else { "" });
        for (font, run) in measures.runs(text) {
            svg.push_str(&format!("<tspan font-family=\"{FONT}{font}\">{}</tspan>", escaped(run)));
        }
        svg.push_str("</text>");
    };
    let mut top = 96.0;
    if let Some(above) = above {
        let line = cut(&above, ROOM / 34.0, measures);
        write(start, top + 34.0, 34.0, (anchors.0, style.quiet), &line);
        top += 64.0;
    }
    for (index, line) in title.iter().enumerate() {
        write(start, top + size * (0.9 + 1.12 * index as f32), size, (anchors.0, style.text), line);
    }
    top += size * (1.12 * title.len() as f32) + 40.0;
    let below = card.below.map(|text| shown(text, measures)).filter(|text| !text.is_empty());
    let room = ((FOOT - 64.0 - top) / 48.0).floor().clamp(0.0, 2.0) as usize;
    if let Some(below) = below.filter(|_| room > 0) {
        for (index, line) in shortened(&below, ROOM / 36.0, room, measures).iter().enumerate() {
            write(start, top + 28.0 + 48.0 * index as f32, 36.0, (anchors.0, style.quiet), line);
        }
    }
    // The name of the site gives way to its logo, and the address to the name.
    let beside = style.logo.map_or(0.0, |logo| logo.width() + 24.0);
    let site = cut(&site, (ROOM - beside) / 38.0, measures);
    let sign = if card.is_rtl { -1.0 } else { 1.0 };
    write(start + sign * beside, FOOT + 13.0, 38.0, (anchors.0, style.text), &site);
    let left = ROOM - beside - measures.width(&site) * 38.0 - 48.0;
    if measures.width(&host) * 30.0 <= left {
        write(end, FOOT + 11.0, 30.0, (anchors.1, style.quiet), &host);
    }
    svg.push_str("</svg>");
    svg
}

/// The largest size in which a title fits, and its lines.
fn fitted(title: &str, measures: &Measures<'_>) -> (f32, Vec<String>) {
    let fits = |(size, most): (f32, usize)| Some((size, lines(title, ROOM / size, most, measures)?));
    SIZES.into_iter().find_map(fits).unwrap_or_else(|| {
        let (size, most) = SIZES[SIZES.len() - 1];
        (size, shortened(title, ROOM / size, most, measures))
    })
}

/// A text without the signs that no font has: what is drawn of them would be boxes. Spaces that forbid to break are as wide as others.
fn shown(text: &str, measures: &Measures<'_>) -> String {
    let known = text.chars().filter_map(|char| match char {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some('\u{a0}'),
        char if char.is_whitespace() => Some(' '),
        char if char.is_control() => None,
        char => measures.advance(char).map(|_| char),
    });
    known.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(title: &str, is_rtl: bool) -> String {
        let fonts = Fonts::shipped();
        let style =
            CardStyle { ground: "#fff", text: "#000", quiet: "#555", accent: "#00f", logo: None, fonts: &fonts };
        svg(&Card { title, above: Some("Guide"), below: None, site: "Le site", host: "example.org", is_rtl }, &style)
    }

    #[test]
    fn titles_are_as_large_as_they_fit() {
        for (title, size, lines) in [
            ("Début", 92.0, 1),
            ("Comment faire évoluer la fonction publique", 92.0, 2),
            ("Comment faire évoluer la fonction publique de l’intérieur, et avec qui ?", 76.0, 3),
        ] {
            let svg = drawn(title, false);
            let found = svg.matches(&format!("font-size=\"{size}\"")).count();
            assert_eq!(found, lines, "{title}: {svg}");
        }
        assert!(drawn(&"Anticonstitutionnellement ".repeat(20), false).contains('…'));
    }

    #[test]
    fn signs_without_a_glyph_are_left_out() {
        assert!(drawn("🎉 Version 2 <b>", false).contains(">Version 2 &lt;b&gt;</tspan></text>"));
        let fonts = Fonts::shipped();
        assert_eq!(fonts.lacking("中文 🎉 abc é Ж"), ['中', '文']);
    }

    #[test]
    fn a_card_is_a_picture_of_its_size() {
        let fonts = Fonts::shipped();
        let style =
            CardStyle { ground: "#fff", text: "#000", quiet: "#555", accent: "#00f", logo: None, fonts: &fonts };
        let what =
            Card { title: "Début", above: None, below: None, site: "Le site", host: "example.org", is_rtl: false };
        let png = card(&what, &style).expect("it is drawn");
        let size = imagesize::blob_size(&png).expect("a picture");
        assert_eq!((size.width, size.height), (1200, 630));
        assert_eq!(png, card(&what, &style).expect("it is drawn"), "the same bytes");
        assert_ne!(png, card(&Card { title: "Fin", ..what }, &style).expect("it is drawn"));
    }

    #[test]
    fn right_to_left_begins_at_the_right() {
        assert!(drawn("Début", true).contains("<text x=\"1120\""));
    }
}
