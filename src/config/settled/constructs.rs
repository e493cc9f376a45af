//! Ways of writing that not every version has.

use serde::Serialize;

use super::{Conventions, MarkdownConfig};

/// A way of writing text that plain Markdown lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Construct {
    /// `[^1]` and `^[note]`.
    Footnotes,
    /// `- [ ] to do`.
    TaskLists,
    /// A term, and below it `: its definition`.
    DefinitionLists,
    /// `*[HTML]: Hypertext Markup Language`.
    Abbreviations,
    /// `==marked==`.
    Mark,
    /// `++inserted++`.
    Insert,
    /// `H~2~O`.
    Subscript,
    /// `x^2^`.
    Superscript,
    /// `Table: what it shows` above a table.
    Captions,
    /// `![a](b.png =20x30)`: the size of a picture.
    ImageSizes,
    /// A picture alone in its paragraph, whose title is its caption.
    Figures,
    /// `$x$`, `$$x$$`.
    Math,
    /// The end of a line in a paragraph, which ends it for readers, too.
    Breaks,
    /// `// [!code ++]` in code.
    Notations,
    /// Emphasis beside the punctuation of Chinese, Japanese and Korean, which have no spaces between words.
    CjkEmphasis,
    /// `js [file.js]` at the opening of a fence, which is the title of its code.
    CodeTitles,
}

impl Construct {
    /// All of them, each with its name in the settings.
    pub const ALL: [(Construct, &'static str); 16] = [
        (Construct::Footnotes, "footnotes"),
        (Construct::TaskLists, "task_lists"),
        (Construct::DefinitionLists, "definition_lists"),
        (Construct::Abbreviations, "abbreviations"),
        (Construct::Mark, "mark"),
        (Construct::Insert, "insert"),
        (Construct::Subscript, "subscript"),
        (Construct::Superscript, "superscript"),
        (Construct::Captions, "captions"),
        (Construct::ImageSizes, "image_sizes"),
        (Construct::Figures, "figures"),
        (Construct::Math, "math"),
        (Construct::Breaks, "breaks"),
        (Construct::Notations, "notations"),
        (Construct::CjkEmphasis, "cjk_emphasis"),
        (Construct::CodeTitles, "code_titles"),
    ];
}

/// Whether text is set by the rules of French typography.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Typography {
    /// On pages in French.
    #[default]
    ByLanguage,
    /// On all pages.
    French,
    /// On none.
    Off,
}

impl MarkdownConfig {
    /// Whether authors have this construct: the settings say so, or else the version.
    pub fn has(&self, construct: Construct) -> bool {
        let set = self.constructs.iter().find(|(one, _)| *one == construct);
        set.map_or_else(|| self.has_by_default(construct), |(_, on)| *on)
    }

    fn has_by_default(&self, construct: Construct) -> bool {
        let vitepress2 = self.conventions == Conventions::VitePress2;
        match construct {
            Construct::Breaks => false,
            Construct::Notations => self.extended || self.conventions.is_vitepress(),
            Construct::Footnotes | Construct::TaskLists | Construct::CjkEmphasis => self.extended || vitepress2,
            _ => self.extended,
        }
    }

    /// Whether emoticons become emoji: in VuePress and VitePress, unless the settings say otherwise.
    pub fn has_emoticons(&self) -> bool {
        self.emoticons.unwrap_or(!self.extended)
    }

    /// Says whether authors have this construct, whatever the version.
    pub fn set(&mut self, construct: Construct, on: bool) {
        self.constructs.retain(|(one, _)| *one != construct);
        self.constructs.push((construct, on));
        self.constructs.sort_unstable();
    }
}
