//! Kinds of containers: which words open one, what HTML it becomes, what its title is when it has none.

mod titles;

use crate::config::{ContainerConfig, ContainerShape, Conventions, MarkdownConfig};

pub(crate) use titles::default_title;

/// What a container becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'c> {
    /// A box with a title, `tip`, `warning`, ..., and the classes that the settings add.
    Hint(Option<&'c str>),
    /// A box that opens and shuts, and the classes that the settings add.
    Details(Option<&'c str>),
    /// A block of this class.
    Plain(&'c str),
    /// HTML of the settings' own, before and after.
    Html(&'c str, &'c str),
    /// A block whose text is aligned so.
    Aligned(&'c str),
    /// A group of tabs, which `@tab` divides.
    Tabs,
    /// A group of tabs, each a code block.
    CodeGroup,
    /// One of a group of tabs.
    Tab,
}

/// Whether a word opens a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// It is text.
    Never,
    /// It does.
    Always,
    /// It does if the next line that is not blank begins so: without that it is text under these conventions.
    Before(&'static [&'static str]),
}

/// Words of containers that stand in tabs, or hold them.
const GROUPS: [(&str, Kind<'static>); 5] = [
    ("tabs", Kind::Tabs),
    ("code-tabs", Kind::Tabs),
    ("code-group", Kind::CodeGroup),
    ("code-group-item", Kind::Tab),
    ("tab", Kind::Tab),
];

/// The words that open a container somewhere, but for those of the settings and of single tabs.
const WORDS: [&str; 18] = [
    "tip",
    "warning",
    "danger",
    "details",
    "info",
    "note",
    "important",
    "caution",
    "tabs",
    "code-tabs",
    "code-group",
    "v-pre",
    "raw",
    "slot",
    "left",
    "center",
    "right",
    "justify",
];

/// What the container that `word` opens becomes.
pub(crate) fn kind<'c>(word: &'c str, config: &'c MarkdownConfig) -> Kind<'c> {
    if let Some((_, kind)) = GROUPS.into_iter().find(|(known, _)| *known == word) {
        return kind;
    }
    if let Some(own) = own(word, config) {
        let class = own.class.as_deref();
        if let Some((before, after)) = &own.html {
            return Kind::Html(before, after);
        }
        return match own.shape {
            ContainerShape::Hint => Kind::Hint(class),
            ContainerShape::Details => Kind::Details(class),
            ContainerShape::Plain if class.is_none() && is_side(word) => Kind::Aligned(word),
            ContainerShape::Plain => Kind::Plain(class.unwrap_or(word)),
        };
    }
    match word {
        "details" => Kind::Details(None),
        "raw" => Kind::Plain("vp-raw"),
        "v-pre" | "slot" => Kind::Plain(word),
        _ if is_side(word) => Kind::Aligned(word),
        _ => Kind::Hint(None),
    }
}

/// Whether the word after the colons opens a container.
pub(crate) fn opening(word: &str, config: &MarkdownConfig) -> Opening {
    use Conventions::*;
    let MarkdownConfig { conventions, extended, .. } = *config;
    let opens = match word {
        _ if own(word, config).is_some() => true,
        "tip" | "warning" | "danger" | "details" => true,
        "info" => extended || conventions != VuePress1,
        "note" | "important" | "caution" => extended || matches!(conventions, VuePress2 | VitePress2),
        "v-pre" => extended || conventions != VuePress2,
        "raw" => extended || conventions.is_vitepress(),
        "slot" => extended || conventions == VuePress1,
        _ if is_side(word) => extended,
        "tabs" | "code-tabs" if extended || conventions == VuePress2 => true,
        // Plug-ins brought them, and it shows which.
        "tabs" if conventions == VuePress1 => return Opening::Before(&["::: tab", ":::tab"]),
        "tabs" => return Opening::Before(&["== "]),
        "code-group" if extended || conventions.is_vitepress() => true,
        // Newer versions of VuePress 2 have no groups like those of VitePress, older ones had these.
        "code-group" => return Opening::Before(&["::: code-group-item", ":::code-group-item"]),
        "code-group-item" => extended || !conventions.is_vitepress(),
        "tab" => extended || conventions == VuePress1,
        _ => false,
    };
    if opens { Opening::Always } else { Opening::Never }
}

/// Whether the word is one to which text can be aligned.
fn is_side(word: &str) -> bool {
    matches!(word, "left" | "center" | "right" | "justify")
}

/// What the lines begin with that begin a tab.
pub(crate) fn tab_markers(config: &MarkdownConfig) -> &'static [&'static str] {
    match config.conventions {
        _ if config.extended => &["@tab", "=="],
        Conventions::VuePress1 => &[],
        Conventions::VuePress2 => &["@tab"],
        Conventions::VitePress1 | Conventions::VitePress2 => &["=="],
    }
}

/// Whether `> [!word]` begins a container; `word` is in lower case.
pub(crate) fn is_alert(word: &str, config: &MarkdownConfig) -> bool {
    let known = match word {
        "danger" => config.extended || config.conventions.is_vitepress(),
        "tip" | "note" | "info" | "important" | "warning" | "caution" => true,
        _ => own(word, config).is_some_and(|own| own.shape == ContainerShape::Hint),
    };
    known && config.has_alerts()
}

/// Whether the element `name` is a group of tabs (`CodeGroup`) or one of its tabs (`CodeBlock`): then its word is returned.
/// VuePress has them; where they are met in a folder of VitePress, they came with the text, and mean the same.
pub(crate) fn component(name: &str) -> Option<&'static str> {
    match name {
        "CodeGroup" | "code-group" => Some("code-group"),
        "CodeGroupItem" | "CodeBlock" | "code-block" => Some("code-group-item"),
        _ => None,
    }
}

/// The words that open a container.
pub(crate) fn words(config: &MarkdownConfig) -> impl Iterator<Item = &str> {
    let known = WORDS.into_iter().filter(|word| opening(word, config) == Opening::Always);
    known.chain(config.containers.iter().map(|own| own.name.as_str()))
}

/// The kind of container that the settings define under this name.
fn own<'c>(word: &str, config: &'c MarkdownConfig) -> Option<&'c ContainerConfig> {
    config.containers.iter().find(|own| own.name == word)
}
