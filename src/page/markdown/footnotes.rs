//! Footnotes: written where they are defined, shown at the end of the page in the order in which they are referred to.

use std::collections::BTreeMap;

use super::out::Out;
use super::writer::Writer;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each label, in the order of their first references, and how often it is referred to.
    referred: BTreeMap<String, (usize, usize)>,
    /// Label and content of each definition.
    defined: Vec<(String, Out)>,
    /// The definition that is being written: its label, and what stood before it.
    open: Vec<(String, Out)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        if !self.images.is_empty() {
            return;
        }
        let notes = &mut self.footnotes.referred;
        let next = (notes.len() + 1, 0);
        let (number, times) = notes.entry(label.to_owned()).or_insert(next);
        *times += 1;
        let id = reference_id(*number, *times);
        let html = format!(
            "<sup class=\"footnote-ref\"><a href=\"#footnote{number}\" id=\"{id}\" role=\"doc-noteref\">[{number}]</a></sup>"
        );
        self.out.html().push_str(&html);
        self.before = Some(']');
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.footnotes.open.push((label.to_owned(), std::mem::take(&mut self.out)));
    }

    pub(super) fn end_footnote(&mut self) {
        if let Some((label, before)) = self.footnotes.open.pop() {
            let content = std::mem::replace(&mut self.out, before);
            self.footnotes.defined.push((label, content));
        }
    }

    /// Writes the list of footnotes. One that nothing refers to comes last, so that no text is lost.
    pub(super) fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.defined.is_empty() {
            return;
        }
        // Of two definitions the first is the note; the text of the other is not lost either.
        let mut referred = notes.referred;
        let mut listed: Vec<((usize, usize), Out)> = notes
            .defined
            .into_iter()
            .map(|(label, content)| (referred.remove(&label).unwrap_or((usize::MAX, 0)), content))
            .collect();
        listed.sort_by_key(|((number, _), _)| *number);
        let back = back(self.context.language);
        self.out.html().push_str(
            "<hr class=\"footnotes-sep\">\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol class=\"footnotes-list\">\n",
        );
        for ((number, times), content) in listed {
            match times {
                0 => self.out.html().push_str("<li class=\"footnote-item\">"),
                _ => self.out.html().push_str(&format!("<li id=\"footnote{number}\" class=\"footnote-item\">")),
            }
            self.out.append(content);
            let html = self.out.html();
            let end = if html.ends_with("</p>\n") { html.len() - "</p>\n".len() } else { html.len() };
            let links: String = (1..=times)
                .map(|time| {
                    let id = reference_id(number, time);
                    format!(
                        " <a href=\"#{id}\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"{back}\">\u{21a9}\u{fe0e}</a>"
                    )
                })
                .collect();
            html.insert_str(end, &links);
            html.push_str("</li>\n");
        }
        self.out.html().push_str("</ol>\n</section>\n");
    }
}

/// The id of a place that refers to note `number` for the `time`th time.
fn reference_id(number: usize, time: usize) -> String {
    match time {
        1 => format!("footnote-ref{number}"),
        _ => format!("footnote-ref{number}-{time}"),
    }
}

/// What a link back to the text says to readers of screens.
fn back(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("fr") => "Retour au texte",
        Some("de") => "Zurück zum Text",
        Some("es") => "Volver al texto",
        Some("it") => "Torna al testo",
        Some("nl") => "Terug naar de tekst",
        Some("pl") => "Powrót do tekstu",
        Some("pt") => "Voltar ao texto",
        Some("ru") => "Назад к тексту",
        Some("uk") => "Назад до тексту",
        Some("tr") => "Metne dön",
        Some("vi") => "Về lại bài viết",
        Some("ar") => "العودة إلى النص",
        Some("ko") => "본문으로 돌아가기",
        Some("zh") => "返回正文",
        Some("ja") => "本文に戻る",
        _ => "Back to the text",
    }
}
