//! The colours of a picture, told in a WebP file as in the file that it is made of.

/// How a profile tells that its colours are red, green and blue.
const RGB: &[u8] = b"RGB ";

/// What becomes of the profile of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// There is none, or one that says what is so without it.
    Usual,
    /// Its numbers mean other colours than usual ones: the profile goes with them.
    Own(Vec<u8>),
    /// Its numbers are none of red, green and blue.
    Foreign,
}

impl Profile {
    pub fn of(icc: Option<Vec<u8>>) -> Profile {
        let Some(icc) = icc else { return Profile::Usual };
        match icc.get(16..20) {
            Some(space) if space == RGB => match icc.windows(4).any(|name| name == b"sRGB") || is_wide_srgb(&icc) {
                true => Profile::Usual,
                false => Profile::Own(icc),
            },
            Some(b"GRAY") => Profile::Usual,
            _ => Profile::Foreign,
        }
    }
}

/// Whether the name of the profile is in letters of two bytes, and says sRGB.
fn is_wide_srgb(icc: &[u8]) -> bool {
    icc.windows(8).any(|name| name == b"\0s\0R\0G\0B")
}

/// A WebP file of one frame, with a profile of its colours. The form is that of the container's specification
/// (<https://developers.google.com/speed/webp/docs/riff_container>).
pub(super) fn with(profile: &[u8], webp: &[u8], (width, height): (u32, u32), has_alpha: bool) -> Option<Vec<u8>> {
    let frame = webp.get(12..)?;
    // What libwebp wrote in the long form already begins with a header of its own.
    let (frame, has_alpha) = match frame.get(..4)? {
        b"VP8X" => (frame.get(18..)?, frame.get(8)? & 0x10 != 0),
        b"VP8L" => (frame, has_alpha),
        _ => (frame, false),
    };
    let mut chunks = b"WEBPVP8X\x0a\0\0\0".to_vec();
    chunks.extend([0x20 | u8::from(has_alpha) << 4, 0, 0, 0]);
    for side in [width, height] {
        chunks.extend_from_slice(&side.checked_sub(1)?.to_le_bytes()[..3]);
    }
    chunks.extend_from_slice(b"ICCP");
    chunks.extend_from_slice(&u32::try_from(profile.len()).ok()?.to_le_bytes());
    chunks.extend_from_slice(profile);
    if profile.len() % 2 == 1 {
        chunks.push(0);
    }
    chunks.extend_from_slice(frame);
    let mut file = b"RIFF".to_vec();
    file.extend_from_slice(&u32::try_from(chunks.len()).ok()?.to_le_bytes());
    file.extend(chunks);
    Some(file)
}
