//! The logo of a site, as cards show it.

use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg::Tree;

use super::card::options;
use super::fonts::Fonts;
use super::shrink::pixels;

/// How high it is, and how wide at most.
const HEIGHT: f32 = 72.0;
const WIDTH: f32 = 300.0;

/// A logo in the size that cards show it in.
pub struct Logo(Pixmap);

impl Logo {
    /// Reads a drawing or a picture; what is wrong with it.
    pub fn read(extension: &str, bytes: &[u8], fonts: &Fonts) -> Result<Logo, String> {
        let pixmap = match extension.eq_ignore_ascii_case("svg") {
            true => drawing(bytes, fonts)?,
            false => picture(bytes)?,
        };
        Ok(Logo(pixmap))
    }

    pub(super) fn width(&self) -> f32 {
        self.0.width() as f32
    }

    pub(super) fn height(&self) -> f32 {
        self.0.height() as f32
    }

    pub(super) fn draw(&self, card: &mut Pixmap, left: f32, top: f32) {
        let place = Transform::from_translate(left.round(), top.round());
        card.draw_pixmap(0, 0, self.0.as_ref(), &PixmapPaint::default(), place, None);
    }
}

/// By how much something of this size is to be scaled.
fn scale(width: f32, height: f32) -> f32 {
    (HEIGHT / height).min(WIDTH / width)
}

fn room(width: f32, height: f32) -> Result<Pixmap, String> {
    let side = |length: f32| (length.round() as u32).max(1);
    Pixmap::new(side(width), side(height)).ok_or_else(|| "it has no size".to_owned())
}

fn drawing(bytes: &[u8], fonts: &Fonts) -> Result<Pixmap, String> {
    let tree = Tree::from_data(bytes, &options(fonts)).map_err(|error| error.to_string())?;
    let size = tree.size();
    let scale = scale(size.width(), size.height());
    let mut pixmap = room(size.width() * scale, size.height() * scale)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

fn picture(bytes: &[u8]) -> Result<Pixmap, String> {
    let wanted = |width: u32, height: u32| {
        let scale = scale(width as f32, height as f32).min(1.0);
        ((width as f32 * scale).round() as u32).max(1)
    };
    let (width, height, mut rgba) = pixels(bytes, wanted)?;
    // Colours are held multiplied with how opaque they are.
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u16::from(pixel[3]);
        for colour in &mut pixel[..3] {
            *colour = ((u16::from(*colour) * alpha + 127) / 255) as u8;
        }
    }
    let size = IntSize::from_wh(width, height).ok_or("it has no size")?;
    Pixmap::from_vec(rgba, size).ok_or_else(|| "it has no size".to_owned())
}
