//! Kinds of containers: which words open one, what HTML it becomes, what its title is when it has none.

use crate::config::{Conventions, MarkdownConfig};

/// What a container becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A box with a title: `tip`, `warning`, ...
    Hint,
    /// A box that opens and shuts.
    Details,
    /// A plain `div` of this class.
    Plain(&'static str),
}

/// What the word after the colons opens, if anything.
pub(crate) fn kind(word: &str, config: &MarkdownConfig) -> Option<Kind> {
    use Conventions::*;
    let conventions = config.conventions;
    let known = match word {
        "tip" | "warning" | "danger" | "details" => true,
        "info" => config.extended || conventions != VuePress1,
        "note" | "important" | "caution" => config.extended || matches!(conventions, VuePress2 | VitePress2),
        "v-pre" => config.extended || conventions != VuePress2,
        "raw" => config.extended || conventions.is_vitepress(),
        _ => false,
    };
    known.then_some(match word {
        "details" => Kind::Details,
        "v-pre" => Kind::Plain("v-pre"),
        "raw" => Kind::Plain("vp-raw"),
        _ => Kind::Hint,
    })
}

/// The words that open a container.
pub(crate) fn words(config: &MarkdownConfig) -> impl Iterator<Item = &'static str> {
    let words = ["tip", "warning", "danger", "details", "info", "note", "important", "caution", "v-pre", "raw"];
    words.into_iter().filter(|word| kind(word, config).is_some())
}

/// The title of a container that has none: from the settings, else by the conventions and the page's language.
pub(crate) fn default_title(word: &str, language: &str, config: &MarkdownConfig) -> String {
    if let Some((_, title)) = config.container_titles.iter().find(|(kind, _)| kind == word) {
        return title.clone();
    }
    let primary = language.split('-').next().unwrap_or("");
    match config.conventions {
        _ if config.extended => localised(word, primary).to_owned(),
        Conventions::VuePress2 => localised(word, primary).to_owned(),
        Conventions::VuePress1 if primary == "zh" => match word {
            "tip" => "提示".to_owned(),
            "warning" => "注意".to_owned(),
            "danger" => "警告".to_owned(),
            _ => word.to_uppercase(),
        },
        Conventions::VuePress1 => word.to_uppercase(),
        Conventions::VitePress1 | Conventions::VitePress2 if word == "details" => "Details".to_owned(),
        Conventions::VitePress1 | Conventions::VitePress2 => word.to_uppercase(),
    }
}

/// VuePress 2's titles, by language; English where it has none.
fn localised(word: &str, primary: &str) -> &'static str {
    let titles: [&str; 7] = match primary {
        "fr" => ["Conseil", "Avertissement", "Attention", "Info", "Note", "Important", "Détails"],
        "zh" => ["提示", "注意", "警告", "相关信息", "注", "重要", "详情"],
        "de" => ["Tipp", "Warnung", "Gefahr", "Information", "Notiz", "Wichtig", "Details"],
        "es" => ["Consejos", "Aviso", "Advertencia", "Información", "Nota", "Importante", "Detalles"],
        "ja" => ["ヒント", "注意", "警告", "関連情報", "注", "重要", "詳細"],
        _ => ["Tips", "Warning", "Caution", "Info", "Note", "Important", "Details"],
    };
    match word {
        "tip" => titles[0],
        "warning" => titles[1],
        "danger" | "caution" => titles[2],
        "info" => titles[3],
        "note" => titles[4],
        "important" => titles[5],
        _ => titles[6],
    }
}
