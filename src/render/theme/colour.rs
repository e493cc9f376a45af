//! Colours: what is written, how well one is read on another, and the nearest that is read well.

/// An opaque colour of eight bits a channel, as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct Colour([u8; 3]);

/// The contrast that text needs (WCAG 1.4.3).
pub(in crate::render) const TEXT: f64 = 4.5;

/// The contrast that text has for readers who ask for more (WCAG 1.4.6).
pub(in crate::render) const MORE: f64 = 7.0;

impl Colour {
    /// The colour that CSS means by a text: `#1747a6`, `rgb(23 71 166)` or `hsl(220 76% 37%)`. `None` for what is none of these,
    /// and for what lets the ground shine through.
    pub(in crate::render) fn parse(text: &str) -> Option<Colour> {
        if let Some(digits) = text.strip_prefix('#') {
            let value = |digits: &str| u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'));
            let parts: Vec<u8> = match digits.len() {
                3 => (0..3).map(|at| value(digits.get(at..=at)?).map(|one| one * 17)).collect::<Option<_>>()?,
                6 => (0..3).map(|at| value(digits.get(at * 2..at * 2 + 2)?)).collect::<Option<_>>()?,
                _ => return None,
            };
            return Some(Colour(parts.try_into().ok()?));
        }
        let (name, rest) = text.split_once('(')?;
        let inner = rest.strip_suffix(')')?;
        let parts: Vec<&str> = inner.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        let [first, second, third] = parts[..] else { return None };
        let number = |text: &str, whole: f32| match text.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0 * whole),
            None => text.parse::<f32>().ok(),
        };
        let parts = match name {
            "rgb" | "rgba" => [number(first, 255.0)?, number(second, 255.0)?, number(third, 255.0)?],
            "hsl" | "hsla" => {
                let hue = first.strip_suffix("deg").unwrap_or(first).parse::<f32>().ok()?;
                let part = |text: &str| text.strip_suffix('%').and_then(|percent| percent.parse::<f32>().ok());
                hsl(hue, part(second)? / 100.0, part(third)? / 100.0)
            }
            _ => return None,
        };
        parts
            .iter()
            .all(|part| part.is_finite())
            .then(|| Colour(parts.map(|part| part.round().clamp(0.0, 255.0) as u8)))
    }

    /// It as `#1747a6`.
    pub(in crate::render) fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// How much light it gives, from 0 to 1 (WCAG, relative luminance).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours, from 1 to 21 (WCAG).
    pub(in crate::render) fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The one of `grounds` on which it is read worst, and its contrast there.
    pub(in crate::render) fn worst(self, grounds: &[Colour]) -> (usize, f64) {
        let contrasts = grounds.iter().map(|ground| self.contrast(*ground)).enumerate();
        contrasts.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 21.0))
    }

    /// White or black, whichever is read better on it.
    pub(in crate::render) fn opposite(self) -> Colour {
        let (white, black) = (Colour([255; 3]), Colour([0; 3]));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }

    /// The nearest colour of the same hue that has this contrast on all of `grounds`.
    pub(in crate::render) fn readable(self, grounds: &[Colour], contrast: f64) -> Colour {
        let [lightness, chroma, hue] = self.lightness_chroma_hue();
        let light: f64 = grounds.iter().map(|ground| ground.luminance()).sum::<f64>() / grounds.len().max(1) as f64;
        // Grey of 18 % is as far from white as from black.
        let step = if light > 0.18 { -0.0025 } else { 0.0025 };
        let tried = (0..=400).map(|count| lightness + step * f32::from(count as i16));
        let tried = tried.take_while(|lightness| (0.0..=1.0).contains(lightness));
        let mut all = std::iter::once(self).chain(tried.map(|lightness| Colour::of(lightness, chroma, hue)));
        let end = if step < 0.0 { Colour([0; 3]) } else { Colour([255; 3]) };
        all.find(|colour| colour.worst(grounds).1 >= contrast).unwrap_or(end)
    }

    /// A ground of its hue: of this lightness, and of no more colour than this.
    pub(in crate::render) fn tint(self, lightness: f32, most: f32) -> Colour {
        let [_, chroma, hue] = self.lightness_chroma_hue();
        Colour::of(lightness, chroma.min(most), hue)
    }

    /// Its lightness in OKLCH, from 0 to 1.
    pub(in crate::render) fn lightness(self) -> f32 {
        self.lightness_chroma_hue()[0]
    }

    /// It in OKLCH (B. Ottosson, 2020); the hue is an angle in radians.
    fn lightness_chroma_hue(self) -> [f32; 3] {
        let [red, green, blue] = self.0.map(|channel| linear(channel) as f32);
        let long = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
        let middle = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
        let short = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
        let lightness = 0.210_454_26 * long + 0.793_617_8 * middle - 0.004_072_047 * short;
        let a = 1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short;
        let b = 0.025_904_037 * long + 0.782_771_77 * middle - 0.808_675_77 * short;
        [lightness, a.hypot(b), b.atan2(a)]
    }

    /// The colour of OKLCH; where a screen cannot show it, one with less chroma.
    fn of(lightness: f32, chroma: f32, hue: f32) -> Colour {
        let shown = |chroma: f32| {
            let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
            let long = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
            let middle = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
            let short = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
            [
                4.076_741_7 * long - 3.307_711_6 * middle + 0.230_969_94 * short,
                -1.268_438 * long + 2.609_757_4 * middle - 0.341_319_4 * short,
                -0.004_196_086_3 * long - 0.703_418_6 * middle + 1.707_614_7 * short,
            ]
        };
        let less = (0..=20).map(|part| shown(chroma * (1.0 - part as f32 / 20.0)));
        let fits = |parts: &[f32; 3]| parts.iter().all(|part| (-0.001..=1.001).contains(part));
        let parts = less.into_iter().find(fits).unwrap_or_else(|| shown(0.0));
        Colour(parts.map(|part| {
            let part = part.clamp(0.0, 1.0);
            let printed = if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
            (printed * 255.0).round() as u8
        }))
    }
}

/// How much light a channel gives, from 0 to 1.
fn linear(channel: u8) -> f64 {
    let part = f64::from(channel) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// Red, green and blue, up to 255, of a hue in degrees, a saturation and a lightness up to 1.
fn hsl(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    [0.0, 8.0, 4.0].map(|offset| {
        let at = (offset + hue / 30.0).rem_euclid(12.0);
        let most = saturation * lightness.min(1.0 - lightness);
        255.0 * (lightness - most * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_as_css_has_them() {
        for (text, want) in [
            ("#1747a6", Some("#1747a6")),
            ("#FFF", Some("#ffffff")),
            ("rgb(23 71 166)", Some("#1747a6")),
            ("hsl(0deg 100% 50%)", Some("#ff0000")),
            ("hsl(220 76% 37%)", Some("#1746a6")),
            ("rgb(0, 50%, 300)", Some("#0080ff")),
            ("rebeccapurple", None),
            ("#12345é", None),
            ("#+12345", None),
            ("rgb(NaN 1 1)", None),
            ("#1747a680", None),
            ("transparent", None),
            ("blurple", None),
            ("var(--x)", None),
            ("1747a", None),
            ("", None),
        ] {
            assert_eq!(Colour::parse(text).map(Colour::hex).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        for (one, two, want) in
            [("#fff", "#000", 21.0), ("#777", "#fff", 4.48), ("#41b883", "#fff", 2.5), ("#000091", "#fff", 14.91)]
        {
            let contrast = colour(one).contrast(colour(two));
            assert!((contrast - want).abs() < 0.01, "{one} on {two}: {contrast}");
        }
    }

    #[test]
    fn the_nearest_colour_that_is_read_passes_just_and_keeps_its_hue() {
        for ground in ["#ffffff", "#f6f7f9", "#16181d", "#000000"] {
            for accent in ["#41b883", "#3eaf7c", "#ffff00", "#1747a6", "#ff00ff", "#808080", "#00f", "#fff", "#000"] {
                let (accent, grounds) = (colour(accent), [colour(ground)]);
                let near = accent.readable(&grounds, TEXT);
                let contrast = near.contrast(grounds[0]);
                assert!(contrast >= TEXT, "{accent:?} on {ground}: {contrast}");
                assert_eq!(near == accent, accent.contrast(grounds[0]) >= TEXT, "{accent:?} on {ground}");
                if near != accent {
                    assert!(contrast < TEXT + 0.2, "{accent:?} on {ground}: {contrast} is further than need be");
                }
            }
        }
        assert_eq!(colour("#41b883").readable(&[colour("#fff")], TEXT).hex(), "#12875a");
    }
}
