//! What a container says that has no title of its own.

use crate::config::{Conventions, MarkdownConfig};

/// The title of a container that has none: from the settings, else by the conventions and the page's language.
/// `relative` is the path of the page below the content folder.
pub(crate) fn default_title(word: &str, relative: &str, language: &str, config: &MarkdownConfig) -> String {
    let here = config.container_titles.iter().filter(|title| title.kind == word && relative.starts_with(&title.prefix));
    if let Some(title) = here.max_by_key(|title| title.prefix.len()) {
        return title.title.clone();
    }
    let primary = language.split('-').next().unwrap_or("");
    match config.conventions {
        Conventions::VuePress1 | Conventions::VitePress1 | Conventions::VitePress2 if config.extended => {
            localised(word, primary)
        }
        Conventions::VuePress2 => localised(word, primary),
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

/// VuePress 2's titles, by language, and those of the theme's other languages; English for the rest. A kind of the site's own is called by its name.
fn localised(word: &str, primary: &str) -> String {
    let titles: [&str; 7] = match primary {
        "fr" => ["Conseil", "Avertissement", "Attention", "Info", "Note", "Important", "Détails"],
        "zh" => ["提示", "注意", "警告", "相关信息", "注", "重要", "详情"],
        "de" => ["Tipp", "Warnung", "Gefahr", "Information", "Notiz", "Wichtig", "Details"],
        "es" => ["Consejos", "Aviso", "Advertencia", "Información", "Nota", "Importante", "Detalles"],
        "ja" => ["ヒント", "注意", "警告", "関連情報", "注", "重要", "詳細"],
        "ar" => ["نصيحة", "تحذير", "تنبيه", "معلومة", "ملاحظة", "مهم", "تفاصيل"],
        "it" => ["Suggerimento", "Avviso", "Attenzione", "Informazione", "Nota", "Importante", "Dettagli"],
        "ko" => ["팁", "경고", "주의", "정보", "참고", "중요", "자세히"],
        "nl" => ["Tip", "Waarschuwing", "Let op", "Info", "Opmerking", "Belangrijk", "Details"],
        "pl" => ["Wskazówka", "Ostrzeżenie", "Uwaga", "Informacja", "Notatka", "Ważne", "Szczegóły"],
        "pt" => ["Dica", "Aviso", "Cuidado", "Informação", "Nota", "Importante", "Detalhes"],
        "ru" => ["Совет", "Предупреждение", "Осторожно", "Информация", "Примечание", "Важно", "Подробности"],
        "tr" => ["İpucu", "Uyarı", "Dikkat", "Bilgi", "Not", "Önemli", "Ayrıntılar"],
        "uk" => ["Порада", "Попередження", "Обережно", "Інформація", "Примітка", "Важливо", "Подробиці"],
        "vi" => ["Mẹo", "Cảnh báo", "Thận trọng", "Thông tin", "Ghi chú", "Quan trọng", "Chi tiết"],
        _ => ["Tips", "Warning", "Caution", "Info", "Note", "Important", "Details"],
    };
    let index = match word {
        "tip" => 0,
        "warning" => 1,
        "danger" | "caution" => 2,
        "info" => 3,
        "note" => 4,
        "important" => 5,
        "details" => 6,
        _ => {
            let mut letters = word.chars();
            return letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        }
    };
    titles[index].to_owned()
}
