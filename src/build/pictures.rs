//! How wide and how high a picture is, as the first bytes of its file tell.

/// The size of a picture in CSS pixels; `None`: the file tells none, or is no picture.
pub(super) fn size(extension: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match extension.to_ascii_lowercase().as_str() {
        "svg" => svg(std::str::from_utf8(bytes).ok()?)?,
        "png" | "apng" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" | "ico" => {
            let size = imagesize::blob_size(bytes).ok()?;
            let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
            // A camera that was held upright notes that the picture is to be turned, and browsers turn it.
            if bytes.starts_with(&[0xff, 0xd8]) && is_turned(bytes) { (height, width) } else { (width, height) }
        }
        _ => return None,
    };
    // Nobody shows larger ones: the file is damaged.
    let is_size = |number: u32| (1..=100_000).contains(&number);
    (is_size(size.0) && is_size(size.1)).then_some(size)
}

/// What the root element of an SVG says: its `width` and `height`, or the ratio of its `viewBox`.
fn svg(text: &str) -> Option<(u32, u32)> {
    let start = text
        .match_indices("<svg")
        .map(|(at, _)| at)
        .find(|at| text[at + 4..].starts_with(|char: char| char.is_ascii_whitespace() || char == '>'))?;
    let tag = &text[start..start + text[start..].find('>')?];
    let number = |name: &str| {
        let value = attribute(tag, name)?;
        value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().ok().filter(|number| number.is_finite())
    };
    let in_view = |index: usize| {
        let mut numbers = attribute(tag, "viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
        numbers.nth(index)?.parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0)
    };
    let (width, height) = match (number("width"), number("height")) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) if attribute(tag, "height").is_none() => (width, width * in_view(3)? / in_view(2)?),
        (None, Some(height)) if attribute(tag, "width").is_none() => (height * in_view(2)? / in_view(3)?, height),
        // Without either it is as wide as there is room: a number would make it smaller.
        _ => return None,
    };
    let whole = |number: f64| (number.round() >= 1.0 && number < 100_000.0).then_some(number.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// The value of an attribute of a start tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let is_start = |at: &usize| tag[..*at].ends_with(|char: char| char.is_ascii_whitespace());
    let at = tag
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|at| is_start(at) && tag[at + name.len()..].trim_start().starts_with('='))?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// Whether the EXIF data of a JPEG say that width and height are to be swapped.
fn is_turned(bytes: &[u8]) -> bool {
    orientation(bytes).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The number under which EXIF notes how a camera was held.
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut at = 2;
    // Segments: a mark of two bytes, then the length of what follows.
    while let [0xff, mark, high, low] = *bytes.get(at..at + 4)? {
        let length = usize::from(u16::from_be_bytes([high, low]));
        match mark {
            0xe1 => {
                if let Some(data) = bytes.get(at + 4..at + 2 + length).and_then(|data| data.strip_prefix(b"Exif\0\0")) {
                    return in_tiff(data);
                }
            }
            // The picture itself begins.
            0xda | 0xd9 => return None,
            _ => {}
        }
        at += 2 + length.max(2);
    }
    None
}

/// The orientation in the first directory of TIFF data.
fn in_tiff(data: &[u8]) -> Option<u16> {
    let is_little = data.starts_with(b"II");
    let short = |at: usize| {
        let bytes: [u8; 2] = data.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = data.get(at..at + 4)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    let mut entries = (0..entries).map(|index| directory + 2 + index * 12);
    let entry = entries.find(|entry| short(*entry) == Some(0x0112))?;
    short(entry + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings() {
        for (text, want) in [
            ("<svg width=\"20\" height='30px'>", Some((20, 30))),
            ("<?xml version=\"1.0\"?>\n<!-- <svgx> -->\n<svg\n viewBox=\"0 0 24 12\" width=\"48\">", Some((48, 24))),
            ("<svg height=\"10\" viewBox=\"0,0,24,12\">", Some((20, 10))),
            ("<svg viewBox=\"0 0 24 12\">", None),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 24 12\">", None),
            ("<svg width=\"2em\" height=\"3em\">", None),
            ("<svg stroke-width=\"2\" width=\"5\" height=\"6\">", Some((5, 6))),
            ("<svg width=\"0\" height=\"6\">", None),
            ("<p>", None),
        ] {
            assert_eq!(size("svg", text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn pixels() {
        let mut gif = b"GIF89a".to_vec();
        gif.extend([7, 0, 9, 0, 0, 0, 0]);
        assert_eq!(size("gif", &gif), Some((7, 9)));
        assert_eq!(size("png", b"no picture"), None);
        assert_eq!(size("txt", &gif), None);
    }

    /// A JPEG of 4 by 3 whose EXIF data name this orientation.
    fn jpeg(orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, exif.len() as u8 + 2];
        bytes.extend(&exif);
        bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 3, 0, 4, 1, 1, 0x11, 0, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn a_camera_held_upright() {
        for (orientation, want) in [(1, (4, 3)), (3, (4, 3)), (6, (3, 4)), (8, (3, 4))] {
            assert_eq!(size("jpg", &jpeg(orientation)), Some(want), "{orientation}");
        }
    }
}
