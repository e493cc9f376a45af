//! The keys of what surrounds the pages, at the top of the settings or in a language.

use serde_yaml::Value;

use super::notices;
use crate::config::fields::Fields;
use crate::config::frame;
use crate::config::settled::FrameConfig;
use crate::diag::{Diagnostic, Severity};

/// Puts what is written into `config`, which holds what counts without it.
pub fn settle(fields: &mut Fields<'_>, config: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.navbar = fields.bool(&["navbar"], diagnostics).unwrap_or(config.navbar);
    if let Some(logo) = frame::logo(fields, diagnostics) {
        config.logo = logo;
    }
    set(fields, &["site_name"], &mut config.site_name, Some(""), diagnostics);
    set(fields, &["home_link"], &mut config.home_link, None, diagnostics);
    set(fields, &["repo"], &mut config.repo, None, diagnostics);
    set(fields, &["repo_label"], &mut config.repo_label, None, diagnostics);
    if let Some(links) = frame::social_links(fields, diagnostics) {
        config.social_links = links;
    }
    set(fields, &["edit_link"], &mut config.edit_link, None, diagnostics);
    config.last_updated = fields.bool(&["last_updated"], diagnostics).unwrap_or(config.last_updated);
    match fields.one_of(&["date_style"], &["words", "numbers"], diagnostics).as_deref() {
        Some("words") => config.date_in_words = true,
        Some(_) => config.date_in_words = false,
        None => {}
    }
    config.contributors = fields.bool(&["contributors"], diagnostics).unwrap_or(config.contributors);
    config.page_title = fields.bool(&["page_title"], diagnostics).unwrap_or(config.page_title);
    set(fields, &["footer"], &mut config.footer, None, diagnostics);
    if let Some(outline) = frame::outline(fields, diagnostics) {
        config.outline = outline;
    }
    config.prev = fields.bool(&["prev"], diagnostics).unwrap_or(config.prev);
    config.next = fields.bool(&["next"], diagnostics).unwrap_or(config.next);
    set(fields, &["title_template"], &mut config.title_template, Some(""), diagnostics);
    search(fields, config, diagnostics);
    if let Some(head) = frame::head(fields, diagnostics) {
        config.head = head;
    }
    set(fields, &["image"], &mut config.image, None, diagnostics);
    notices::settle(fields, config, diagnostics);
    if let Some(mut texts) = fields.fields(&["texts"], diagnostics) {
        for (key, text) in texts.each_text(diagnostics) {
            config.set_text(&key, text);
        }
    }
}

/// `search: false`, or what the search is like.
fn search(fields: &mut Fields<'_>, config: &mut FrameConfig, diagnostics: &mut Vec<Diagnostic>) {
    match fields.value(&["search"]) {
        Some((Value::Mapping(_), _)) => {
            config.search = true;
            if let Some(mut parts) = fields.fields(&["search"], diagnostics) {
                config.search_slash = parts.bool(&["slash"], diagnostics).unwrap_or(config.search_slash);
                if let Some(text) = parts.text(&["placeholder"], diagnostics) {
                    config.set_text("search_placeholder", text);
                }
                parts.finish(Severity::Warning, diagnostics);
            }
        }
        Some(_) => config.search = fields.bool(&["search"], diagnostics).unwrap_or(config.search),
        None => {}
    }
}

/// Sets a text; `false` makes it `off`.
fn set(
    fields: &mut Fields<'_>,
    names: &[&str],
    text: &mut Option<String>,
    off: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match fields.value(names) {
        Some((Value::Bool(false), _)) => *text = off.map(str::to_owned),
        Some(_) => *text = fields.text(names, diagnostics).or_else(|| text.take()),
        None => {}
    }
}
