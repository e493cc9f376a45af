//! The settings of VitePress's default theme, at the top or in a language.

use serde_yaml::Value;

use super::super::edit_link::{Repository, address};
use super::super::{Language, before_value, functions, search, skip_if};
use crate::config::menu::{self, Groups, Outward};
use crate::config::{Fields, FrameConfig, frame};
use crate::diag::{Diagnostic, Severity};

/// How links to other sites open in menus.
const OUTWARD: Outward = Outward { rel: "noreferrer", only_new: false };

/// Words of the theme, by VitePress's keys.
const TEXTS: &[(&str, &str)] = &[
    ("darkModeSwitchLabel", "theme"),
    ("sidebarMenuLabel", "menu"),
    ("langMenuLabel", "language"),
    ("skipToContentLabel", "skip_to_content"),
    ("returnToTopLabel", "back_to_top"),
];

/// What only the old machinery needs: names of a switch that is a list here.
const MACHINERY: &[&str] = &["lightModeSwitchTitle", "darkModeSwitchTitle"];

/// Puts what the settings say into `language`, which holds what counts without them.
pub(super) fn settle(fields: &mut Fields<'_>, language: &mut Language, diagnostics: &mut Vec<Diagnostic>) {
    let document = fields.document();
    let Language { locale, frame } = language;
    if let Some((value, steps)) = fields.value(&["nav"]) {
        locale.nav = menu::items(document, value, &steps, Groups::Open, diagnostics);
        menu::each_link(&mut locale.nav, OUTWARD, true);
    }
    if let Some((value, steps)) = fields.value(&["sidebar"])
        && let Some(mut sidebar) = menu::sidebar(document, value, &steps, Groups::Open, diagnostics)
    {
        menu::each_link_of_sidebar(&mut sidebar, OUTWARD, true);
        locale.sidebar = sidebar;
    }
    if let Some(logo) = frame::logo(fields, diagnostics) {
        frame.logo = logo;
    }
    match fields.value(&["siteTitle"]) {
        Some((Value::Bool(shown), _)) => frame.site_name = (!shown).then(String::new),
        Some(_) => frame.site_name = fields.text(&["siteTitle"], diagnostics),
        None => {}
    }
    match fields.value(&["logoLink"]) {
        Some((Value::Mapping(_), _)) => {
            if let Some(mut link) = fields.fields(&["logoLink"], diagnostics) {
                frame.home_link = link.text(&["link"], diagnostics);
                link.without_effect(&["target", "rel"], diagnostics);
                link.finish(Severity::Info, diagnostics);
            }
        }
        Some(_) => frame.home_link = fields.text(&["logoLink"], diagnostics),
        None => {}
    }
    if let Some(links) = frame::social_links(fields, diagnostics) {
        frame.social_links = links;
    }
    for (name, word) in TEXTS {
        if let Some(text) = fields.text(&[name], diagnostics) {
            frame.set_text(word, text);
        }
    }
    parts(fields, language, diagnostics);
    let frame = &mut language.frame;
    first_releases(fields, frame, diagnostics);
    fields.without_effect(MACHINERY, diagnostics);
    search::settle(fields, frame, diagnostics);
    skip_if(fields, false, &["externalLinkIcon", "carbonAds"]);
    skip_if(fields, true, &["aside"]);
}

/// What the first releases of VitePress took over from VuePress.
fn first_releases(fields: &mut Fields<'_>, frame: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    let mut repository = Repository::default();
    for (name, part) in [
        ("repo", &mut repository.repo),
        ("docsRepo", &mut repository.docs_repo),
        ("docsDir", &mut repository.dir),
        ("docsBranch", &mut repository.branch),
    ] {
        *part = fields.text(&[name], diagnostics);
    }
    repository.wanted = fields.bool(&["editLinks"], diagnostics).unwrap_or(false);
    if let Some(repo) = &repository.repo {
        frame.repo = Some(address(repo));
    }
    frame.edit_link = repository.edit_link(true).or_else(|| frame.edit_link.take());
    for (name, word) in [("editLinkText", "edit_page"), ("selectText", "language")] {
        if let Some(text) = fields.text(&[name], diagnostics) {
            frame.set_text(word, text);
        }
    }
    for (name, shown) in [("prevLinks", &mut frame.prev), ("nextLinks", &mut frame.next)] {
        *shown = fields.bool(&[name], diagnostics).unwrap_or(*shown);
    }
}

/// Settings with parts of their own.
fn parts(fields: &mut Fields<'_>, language: &mut Language, diagnostics: &mut Vec<Diagnostic>) {
    let Language { locale, frame } = language;
    if fields.is("aside", false) {
        fields.skip(&["aside"]);
        frame.outline = None;
    } else if let Some(outline) = frame::outline(fields, diagnostics) {
        frame.outline = outline;
    }
    // The label stands in the same place as the levels.
    if let Some((Value::Mapping(outline), _)) = fields.value(&["outline"])
        && let Some(label) = outline.get("label").and_then(Value::as_str)
    {
        frame.set_text("on_this_page", label.to_owned());
    }
    if let Some((Value::String(label), _)) = fields.value(&["outlineTitle"]) {
        frame.set_text("on_this_page", label.clone());
    }
    if let Some(mut edit) = fields.fields(&["editLink"], diagnostics) {
        frame.edit_link = functions::edit_pattern(&mut edit, diagnostics).or_else(|| frame.edit_link.take());
        if let Some(text) = edit.text(&["text"], diagnostics) {
            frame.set_text("edit_page", text);
        }
        edit.finish(Severity::Info, diagnostics);
    }
    match fields.value(&["lastUpdated"]) {
        Some((Value::Bool(shown), _)) => frame.last_updated = *shown,
        // So the first releases had it.
        Some((Value::String(text), _)) => {
            frame.last_updated = true;
            frame.set_text("last_updated", before_value(text, &locale.lang));
        }
        Some(_) => {
            if let Some(mut updated) = fields.fields(&["lastUpdated"], diagnostics) {
                if let Some(text) = updated.text(&["text"], diagnostics) {
                    frame.set_text("last_updated", before_value(&text, &locale.lang));
                }
                if let Some(mut format) = updated.fields(&["formatOptions"], diagnostics) {
                    let style = format.value(&["dateStyle"]).or_else(|| format.value(&["month"]));
                    if let Some((Value::String(style), _)) = style {
                        frame.date_in_words = !matches!(style.as_str(), "short" | "numeric" | "2-digit");
                    }
                    // The day is told, as the language of the page has it.
                    format.without_effect(&["timeStyle", "forceLocale", "year", "day"], diagnostics);
                    format.finish(Severity::Info, diagnostics);
                }
                updated.finish(Severity::Info, diagnostics);
            }
        }
        None => {}
    }
    if let Some((Value::String(text), _)) = fields.value(&["lastUpdatedText"]) {
        frame.set_text("last_updated", before_value(text, &locale.lang));
    }
    match fields.value(&["footer"]) {
        Some((Value::Bool(false), _)) => frame.footer = None,
        Some(_) => {
            if let Some(mut footer) = fields.fields(&["footer"], diagnostics) {
                let parts = [footer.text(&["message"], diagnostics), footer.text(&["copyright"], diagnostics)];
                let parts: Vec<String> = parts.into_iter().flatten().collect();
                frame.footer = (!parts.is_empty()).then(|| parts.join("<br>"));
                footer.finish(Severity::Info, diagnostics);
            }
        }
        None => {}
    }
    match fields.value(&["docFooter"]) {
        Some((Value::Bool(shown), _)) => (frame.prev, frame.next) = (*shown, *shown),
        Some(_) => {
            if let Some(mut footer) = fields.fields(&["docFooter"], diagnostics) {
                for (name, word, shown) in [("prev", "previous", &mut frame.prev), ("next", "next", &mut frame.next)] {
                    match footer.value(&[name]) {
                        Some((Value::Bool(value), _)) => *shown = *value,
                        Some((Value::String(text), _)) => match frame.texts.iter_mut().find(|(key, _)| key == word) {
                            Some((_, known)) => known.clone_from(text),
                            None => frame.texts.push((word.to_owned(), text.clone())),
                        },
                        _ => {}
                    }
                }
                footer.finish(Severity::Info, diagnostics);
            }
        }
        None => {}
    }
    if let Some(mut missing) = fields.fields(&["notFound"], diagnostics) {
        for (name, word) in [("title", "not_found_title"), ("quote", "not_found_text"), ("linkText", "go_home")] {
            if let Some(text) = missing.text(&[name], diagnostics) {
                frame.set_text(word, text);
            }
        }
        missing.without_effect(&["linkLabel", "code", "link"], diagnostics);
        missing.finish(Severity::Info, diagnostics);
    }
}
