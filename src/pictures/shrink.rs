//! A picture -> smaller ones of it, as WebP.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, Limits};
use webp::Encoder;

use super::profile::{self, Profile};

/// How many pixels a picture may have: four bytes each are held while it is made smaller.
const MOST_PIXELS: u64 = 50_000_000;

/// How many bytes a decoder may take.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// From how many bytes on there is something to gain.
const LEAST: usize = 1000;

/// How many colours a drawing has at most: keeping each pixel of a photograph takes long, and makes no smaller file.
const COLOURS: usize = 1024;

/// The widest and highest WebP that there is.
const MOST_OF_WEBP: u32 = 16_383;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// From 1 to 100.
    pub quality: u8,
    /// In pixels.
    pub widths: &'w [u32],
}

/// One of the files that a browser may choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// In pixels.
    pub width: u32,
    /// A WebP file; `None`: the picture as it is.
    pub webp: Option<Arc<[u8]>>,
}

/// Why a picture stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read; what is wrong with it.
    Damaged(String),
    /// It has more pixels than can be held.
    TooLarge(u32, u32),
}

/// The smaller ones of a picture, the narrowest first; none if there is nothing to gain. Those that move, and those that are no pixels, are left
/// alone. `known` is asked for files that were made before, of a picture of these bytes in this width; it is told of new ones. A file that weighs
/// more than the picture, or than a wider one, is of no use: it is known by having no bytes.
pub fn smaller(
    bytes: &[u8],
    wanted: Wanted<'_>,
    known: &dyn Fn(u32) -> Option<Vec<u8>>,
    keep: &dyn Fn(u32, &[u8]),
) -> Result<Vec<Variant>, Fault> {
    let Some(source) = Source::open(bytes)?.filter(|_| bytes.len() >= LEAST) else { return Ok(Vec::new()) };
    let widths = widths(source.width, wanted.widths);
    let mut pixels = None;
    let mut found = Vec::new();
    // The widest first: it bounds the others.
    let mut most = bytes.len();
    for width in widths.into_iter().rev() {
        let is_whole = width == source.width;
        // One that is WebP already is not written again as wide as it is.
        let file = match known(width) {
            _ if is_whole && source.kind == Kind::Webp => Vec::new(),
            Some(file) => file,
            None => {
                let pixels = match &pixels {
                    Some(pixels) => pixels,
                    None => pixels.insert(source.decode(bytes)?),
                };
                let file = pixels.webp(width, wanted.quality)?;
                let file = if file.len() < most { file } else { Vec::new() };
                keep(width, &file);
                file
            }
        };
        if !file.is_empty() {
            most = file.len();
            found.push(Variant { width, webp: Some(file.into()) });
        } else if is_whole {
            found.push(Variant { width, webp: None });
        }
    }
    found.reverse();
    let gains = found.iter().any(|variant| variant.webp.is_some());
    Ok(if gains { found } else { Vec::new() })
}

/// The pixels of a picture that is made as wide as `wanted` says: how wide and how high it is then, and four bytes for each.
pub(super) fn pixels(bytes: &[u8], wanted: impl Fn(u32, u32) -> u32) -> Result<(u32, u32, Vec<u8>), String> {
    let told = |fault: Fault| match fault {
        Fault::Damaged(reason) => reason,
        Fault::TooLarge(width, height) => format!("it has {width} × {height} pixels"),
    };
    let source = Source::open(bytes).map_err(told)?.ok_or("it is no JPEG, PNG or WebP")?;
    let pixels = source.decode(bytes).map_err(told)?;
    let width = wanted(pixels.width, pixels.height).min(pixels.width);
    let height = pixels.height_at(width);
    let rgba = if width == pixels.width { pixels.rgba } else { pixels.resized(width, height).map_err(told)? };
    Ok((width, height, rgba))
}

/// The widths that a picture so wide is wanted in: it is never made wider.
fn widths(width: u32, wanted: &[u32]) -> Vec<u32> {
    let mut widths: Vec<u32> = wanted.iter().copied().filter(|wanted| *wanted < width).collect();
    if wanted.iter().any(|wanted| *wanted >= width) {
        widths.push(width);
    }
    widths.sort_unstable();
    widths.dedup();
    widths
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    Webp,
}

/// A picture of which the header is read.
#[derive(Debug)]
struct Source {
    kind: Kind,
    /// As it is shown.
    width: u32,
}

impl Source {
    /// `None`: it is to be left alone.
    fn open(bytes: &[u8]) -> Result<Option<Source>, Fault> {
        let kind = match bytes {
            [0xff, 0xd8, ..] => Kind::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => Kind::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::Webp,
            _ => return Ok(None),
        };
        let Some(mut decoder) = decoder(kind, bytes)? else { return Ok(None) };
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > MOST_OF_WEBP {
            return Err(Fault::TooLarge(width, height));
        }
        let is_cmyk = decoder.original_color_type() == ExtendedColorType::Cmyk8;
        if is_cmyk || Profile::of(decoder.icc_profile().unwrap_or_default()) == Profile::Foreign {
            return Ok(None);
        }
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        // Browsers do not agree whether the others are turned.
        if kind != Kind::Jpeg && turn != Orientation::NoTransforms {
            return Ok(None);
        }
        let width = if swaps(turn) { height } else { width };
        Ok(Some(Source { kind, width }))
    }

    fn decode(&self, bytes: &[u8]) -> Result<Pixels, Fault> {
        let Some(mut decoder) = decoder(self.kind, bytes)? else {
            return Err(Fault::Damaged("it ends too early".to_owned()));
        };
        let profile = Profile::of(decoder.icc_profile().unwrap_or_default());
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        image.apply_orientation(turn);
        let (width, height) = (image.width(), image.height());
        let image = image.into_rgba8();
        let has_alpha = image.pixels().any(|pixel| pixel.0[3] != u8::MAX);
        let rgba = image.into_raw();
        let is_drawing = self.kind == Kind::Png && is_drawing(&rgba);
        Ok(Pixels { width, height, rgba, has_alpha, is_drawing, profile })
    }
}

/// Whether pixels have few colours.
fn is_drawing(rgba: &[u8]) -> bool {
    let mut colours = BTreeSet::new();
    let mut last: &[u8] = &[];
    rgba.chunks_exact(4).all(|pixel| {
        if pixel != last {
            last = pixel;
            colours.insert(pixel);
        }
        colours.len() <= COLOURS
    })
}

/// Whether width and height are swapped.
fn swaps(turn: Orientation) -> bool {
    matches!(
        turn,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// `None`: the picture moves.
fn decoder<'b>(kind: Kind, bytes: &'b [u8]) -> Result<Option<Box<dyn ImageDecoder + 'b>>, Fault> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    let mut decoder: Box<dyn ImageDecoder + 'b> = match kind {
        Kind::Jpeg => Box::new(JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?),
        Kind::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits.clone()).map_err(damaged)?;
            if decoder.is_apng().map_err(damaged)? {
                return Ok(None);
            }
            Box::new(decoder)
        }
        Kind::Webp => {
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
            if decoder.has_animation() {
                return Ok(None);
            }
            Box::new(decoder)
        }
    };
    decoder.set_limits(limits).map_err(damaged)?;
    Ok(Some(decoder))
}

fn damaged(error: image::ImageError) -> Fault {
    Fault::Damaged(error.to_string())
}

/// The pixels of a picture, four bytes each.
struct Pixels {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    has_alpha: bool,
    is_drawing: bool,
    profile: Profile,
}

impl Pixels {
    /// A WebP file so wide; of a drawing whichever is smaller: the one with every pixel as it is, or the other.
    fn webp(&self, width: u32, quality: u8) -> Result<Vec<u8>, Fault> {
        let height = self.height_at(width);
        let resized = if width == self.width { None } else { Some(self.resized(width, height)?) };
        let encoder = Encoder::from_rgba(resized.as_deref().unwrap_or(&self.rgba), width, height);
        let encode = |is_lossless: bool, quality: f32| {
            let file = encoder.encode_simple(is_lossless, quality);
            file.map(|file| file.to_vec()).map_err(|error| Fault::Damaged(format!("it cannot be written: {error:?}")))
        };
        let mut file = encode(false, f32::from(quality))?;
        if self.is_drawing {
            let exact = encode(true, 75.0)?;
            if exact.len() <= file.len() {
                file = exact;
            }
        }
        Ok(match &self.profile {
            Profile::Own(icc) => profile::with(icc, &file, (width, height), self.has_alpha).unwrap_or(file),
            Profile::Usual | Profile::Foreign => file,
        })
    }

    /// How high it is if it is so wide.
    fn height_at(&self, width: u32) -> u32 {
        let height = u64::from(self.height) * u64::from(width);
        ((height + u64::from(self.width) / 2) / u64::from(self.width)).max(1) as u32
    }

    fn resized(&self, width: u32, height: u32) -> Result<Vec<u8>, Fault> {
        let failed = |error: &dyn std::fmt::Display| Fault::Damaged(format!("it cannot be made smaller: {error}"));
        let source = fast_image_resize::images::ImageRef::new(self.width, self.height, &self.rgba, PixelType::U8x4);
        let source = source.map_err(|error| failed(&error))?;
        let mut image = Image::new(width, height, PixelType::U8x4);
        // A curve of whole powers: the same numbers on every machine. Transparent pixels lend no colour to others.
        let filter = ResizeAlg::Convolution(FilterType::CatmullRom);
        let options = ResizeOptions::new().resize_alg(filter).use_alpha(self.has_alpha);
        Resizer::new().resize(&source, &mut image, &options).map_err(|error| failed(&error))?;
        Ok(image.into_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_picture_is_made_wider() {
        for (width, wanted, want) in [
            (2000, &[640, 960][..], &[640, 960][..]),
            (800, &[640, 960], &[640, 800]),
            (640, &[640, 960], &[640]),
            (100, &[640, 960], &[100]),
            (2000, &[], &[]),
        ] {
            assert_eq!(widths(width, wanted), want, "{width}");
        }
    }
}
