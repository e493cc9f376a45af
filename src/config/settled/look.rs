//! How a theme looks, as far as settings say it: `theme.yml`, or `theme:` in the settings of a site.

use std::hash::{Hash, Hasher};

use serde::Serialize;

use crate::base::Span;

/// A text, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Span,
}

impl Hash for Written {
    /// What a site looks like depends on the text alone.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// How a theme looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Look {
    /// Its colours.
    pub palette: PaletteConfig,
    /// Its fonts, by what they are for.
    pub fonts: Vec<(FontUse, FontConfig)>,
    /// How wide the text is: a length of CSS.
    pub measure: Option<Written>,
    /// How round corners are: a length of CSS.
    pub radius: Option<Written>,
    /// What it does or not, by name.
    pub features: Vec<(Written, bool)>,
    /// Style sheets besides its own.
    pub css: Vec<Written>,
    /// Scripts besides its own.
    pub js: Vec<Written>,
}

/// The colours of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct PaletteConfig {
    /// The name of a whole palette.
    pub preset: Option<Written>,
    /// The colour of links and of what is chosen.
    pub accent: Option<Written>,
    /// The same in the dark.
    pub accent_dark: Option<Written>,
}

/// What a font is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FontUse {
    /// All text that has no font of its own.
    Body,
    /// Headings.
    Headings,
    /// Code.
    Code,
}

impl FontUse {
    /// Each, with the key that it has in settings.
    pub const ALL: [(FontUse, &str); 3] =
        [(FontUse::Body, "body"), (FontUse::Headings, "headings"), (FontUse::Code, "code")];
}

/// A font: the system's, or files of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct FontConfig {
    /// The upright file; `None`: the system's font.
    pub file: Option<Written>,
    /// Files of its other faces.
    pub faces: Vec<(FontFace, Written)>,
    /// What stands in until it is there.
    pub fallback: Option<FontFallback>,
    /// Whether it may be left out on a first visit, where it would come late.
    pub optional: bool,
    /// Whether it is fetched before anything asks for it; `None`: as its use demands.
    pub preload: Option<bool>,
}

/// A face of a font besides the upright one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum FontFace {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Both.
    BoldItalic,
}

impl FontFace {
    /// Each, with the key that it has in settings.
    pub const ALL: [(FontFace, &str); 3] =
        [(FontFace::Bold, "bold"), (FontFace::Italic, "italic"), (FontFace::BoldItalic, "bold_italic")];
}

/// What kind of font of the system stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum FontFallback {
    /// Without strokes at the ends.
    SansSerif,
    /// With them.
    Serif,
    /// With letters of one width.
    Monospace,
}

impl FontFallback {
    /// Each, with its name in CSS and in settings.
    pub const ALL: [(FontFallback, &str); 3] = [
        (FontFallback::SansSerif, "sans-serif"),
        (FontFallback::Serif, "serif"),
        (FontFallback::Monospace, "monospace"),
    ];
}

/// How a kind of container looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContainerLook {
    /// The word after the colons.
    pub name: String,
    /// The name of a picture, a file, or a character.
    pub icon: Option<Written>,
    /// The colour of its title and its bar.
    pub color: Option<Written>,
    /// The same in the dark.
    pub color_dark: Option<Written>,
}
