//! The keys under `markdown:`.

use super::containers;
use crate::config::document::Step;
use crate::config::fields::Fields;
use crate::config::settled::{CharFate, Construct, MarkdownConfig, SlugRule, TocConfig, Typography};
use crate::diag::{Diagnostic, Severity};

/// Puts what is written under `markdown:` into `config`.
pub fn settle(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    config.extended = fields.bool(&["extensions"], diagnostics).unwrap_or(true);
    config.line_numbers = false;
    line_numbers(fields, config, diagnostics);
    config.attributes = fields.bool(&["attributes"], diagnostics);
    config.linkify = fields.bool(&["linkify"], diagnostics);
    config.lazy_images = fields.bool(&["lazy_images"], diagnostics);
    config.repair_headings = fields.bool(&["repair_headings"], diagnostics).unwrap_or(false);
    if let Some(mut toc) = fields.fields(&["toc"], diagnostics) {
        config.toc_levels = toc.levels(&["levels"], diagnostics).unwrap_or(config.toc_levels);
        let how = &mut config.toc;
        if let Some(marker) = toc.text_unless_false(&["marker"], diagnostics) {
            how.marker = marker.trim().to_owned();
        }
        how.ordered = toc.one_of(&["list"], &["ul", "ol"], diagnostics).as_deref() == Some("ol");
        how.class = toc.text(&["class"], diagnostics).unwrap_or_else(|| std::mem::take(&mut how.class));
        toc_look(&mut toc, how, |ours, _| ours, diagnostics);
        how.nested = toc.bool(&["nested"], diagnostics);
        how.full = toc.bool(&["full"], diagnostics).unwrap_or(false);
        toc.finish(Severity::Warning, diagnostics);
    }
    config.slugs = slugs(fields, diagnostics);
    for (beginning, folder) in
        fields.fields(&["paths"], diagnostics).map(|mut paths| paths.each_text(diagnostics)).unwrap_or_default()
    {
        config.set_path(&beginning, folder);
    }
    config.written_languages = fields.bool(&["written_languages"], diagnostics).unwrap_or(false);
    config.alerts = fields.bool(&["alerts"], diagnostics);
    containers::settle(fields, config, diagnostics);
    for (construct, name) in Construct::ALL {
        if let Some(on) = fields.bool(&[name], diagnostics) {
            config.set(construct, on);
        }
    }
    config.emoji = fields.bool(&["emoji"], diagnostics).unwrap_or(true);
    config.emoticons = fields.bool(&["emoticons"], diagnostics);
    config.smart_punctuation = fields.bool(&["smart_punctuation"], diagnostics).unwrap_or(false);
    config.typography = typography(fields, diagnostics);
    config.mermaid = mermaid(fields, diagnostics);
}

/// Reads which code blocks have line numbers: all, none, or those of so many lines.
pub fn line_numbers(fields: &mut Fields<'_>, config: &mut MarkdownConfig, diagnostics: &mut Vec<Diagnostic>) {
    match fields.value(&["line_numbers"]).and_then(|(value, _)| value.as_u64()) {
        Some(lines) => (config.line_numbers, config.numbered_from) = (true, lines.min(u64::from(u32::MAX)) as u32),
        None => config.line_numbers = fields.bool(&["line_numbers"], diagnostics).unwrap_or(config.line_numbers),
    }
}

/// Reads the classes of a table of contents and the HTML around its list. `key` chooses between our key and that of others.
pub fn toc_look(
    fields: &mut Fields<'_>,
    toc: &mut TocConfig,
    key: fn(&'static str, &'static str) -> &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (ours, theirs, text) in toc.texts() {
        *text = fields.text(&[key(ours, theirs)], diagnostics).unwrap_or_default();
    }
    if !containers::is_balanced(&toc.header, &toc.footer) {
        let steps = ["header", "footer"].iter().zip(["containerHeaderHtml", "containerFooterHtml"]);
        let place =
            steps.filter_map(|(ours, theirs)| fields.value(&[key(ours, theirs)])).map(|(_, steps)| steps).next();
        diagnostics.push(
            Diagnostic::warning("setting-value", "the HTML around the table of contents leaves elements open")
                .at(fields.document().span(&place.unwrap_or_default()))
                .help("write the HTML before the list and the one after it so that together they are whole elements; until then neither is used"),
        );
        (toc.header, toc.footer) = Default::default();
    }
}

/// How ids are made of headings.
fn slugs(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<SlugRule> {
    let mut slugs = fields.fields(&["slugs"], diagnostics)?;
    let mut rule = SlugRule::default();
    for (name, switch) in [
        ("lower", &mut rule.lower),
        ("plain", &mut rule.plain),
        ("joined", &mut rule.joined),
        ("starts", &mut rule.starts),
        ("ends", &mut rule.ends),
        ("encoded", &mut rule.encoded),
    ] {
        *switch = slugs.bool(&[name], diagnostics).unwrap_or(*switch);
    }
    for (name, text) in [
        ("separator", &mut rule.separator),
        ("keep", &mut rule.keep),
        ("drop", &mut rule.drop),
        ("separate", &mut rule.separate),
        ("digits", &mut rule.digits),
    ] {
        if let Some(written) = slugs.text(&[name], diagnostics) {
            *text = written;
        }
    }
    for (name, fate) in [("letters", &mut rule.letters), ("symbols", &mut rule.symbols)] {
        let names = CharFate::ALL.map(|(_, name)| name);
        if let Some(word) = slugs.one_of(&[name], &names, diagnostics) {
            *fate = CharFate::ALL.into_iter().find(|(_, name)| *name == word).map_or(*fate, |(fate, _)| fate);
        }
    }
    slugs.finish(Severity::Warning, diagnostics);
    Some(rule)
}

/// The script that draws diagrams: a file of the site, as readers need not tell others what they read.
pub fn mermaid(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let script = fields.text_unless_false(&["mermaid"], diagnostics)?;
    if !script.contains("://") && !script.starts_with("//") {
        return Some(script);
    }
    let mut steps = fields.steps().to_vec();
    steps.push(Step::Key("mermaid".to_owned()));
    let finding = Diagnostic::warning("setting-value", format!("`{script}` lies on another site"))
        .at(fields.document().span(&steps))
        .help("put the script into a public folder of this site, and write `/mermaid.min.js`");
    diagnostics.push(finding);
    None
}

/// `french`, `none`, or, without it, by the language of the page.
fn typography(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Typography {
    let Some((value, steps)) = fields.value(&["typography"]) else { return Typography::ByLanguage };
    match (value.as_str(), value.as_bool()) {
        (Some("french"), _) => Typography::French,
        (Some("none"), _) | (_, Some(false)) => Typography::Off,
        _ => {
            let finding = Diagnostic::warning("setting-value", "there is no such typography")
                .at(fields.document().span(&steps))
                .help("write `french` or `none`; without it, pages in French are set as French is");
            diagnostics.push(finding);
            Typography::ByLanguage
        }
    }
}
