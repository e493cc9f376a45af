//! The settings of VuePress's themes: the default ones of both versions, and those of the hope theme that have a use.

use serde_yaml::Value;

use super::super::edit_link::{Repository, address};
use super::super::{Language, before_value, search, skip_if};
use crate::base::Span;
use crate::config::menu::{self, Groups, Outward};
use crate::config::{Fields, HeadEntry, MarkdownConfig, frame};
use crate::diag::{Diagnostic, Severity};

/// What the theme's settings say of one language.
#[derive(Clone, Debug)]
pub(super) struct Theme {
    /// What they come to.
    pub language: Language,
    /// What they say of the repository.
    pub repository: Repository,
    /// Whether it is version 1.
    pub first: bool,
    /// Whether it is the hope theme.
    pub hope: bool,
}

/// How links to other sites open in menus.
const OUTWARD: Outward = Outward { rel: "noopener noreferrer", only_new: true };

/// What only the old machinery needs, or is here in any case.
const MACHINERY: &[&str] = &[
    "activeHeaderLinks",
    "smoothScroll",
    "externalLinkIcon",
    "navbarAutoHide",
    "navbarLayout",
    "mobileBreakPoint",
    "iconAssets",
    "navbarIcon",
    "sidebarIcon",
    "hotReload",
    "themeColor",
    "darkmode",
    "pure",
    "fullscreen",
    "titleIcon",
    "rtl",
    "sidebarSorter",
];

/// Words of the theme, by the keys of VuePress's.
const TEXTS: &[(&[&str], &str)] = &[
    (&["editLinkText"], "edit_page"),
    (&["selectText", "selectLanguageText"], "language"),
    (&["openNewWindowText", "openInNewWindow"], "new_window"),
    (&["backToHome"], "go_home"),
    (&["toggleColorMode"], "theme"),
    (&["toggleSidebar"], "menu"),
    (&["navbarLabel"], "main_navigation"),
    (&["pageNavbarLabel"], "pager"),
];

/// Tells of a theme that the settings name, if it is not the default one.
pub(super) fn named(name: &str, place: Span, diagnostics: &mut Vec<Diagnostic>) {
    if ["", "default", "@vuepress/default", "@vuepress/theme-default", "vuepress-theme-default"].contains(&name) {
        return;
    }
    diagnostics.push(
        Diagnostic::info("setting-ignored", format!("the theme `{name}` is not used: pages have Pressoir's"))
            .at(place)
            .help(
                "of `themeConfig`, what the default theme of VuePress knows is read; looks are set in `pressoir.yml`",
            ),
    );
}

impl Theme {
    /// Puts what the settings say into it.
    pub(super) fn read(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        self.navigation(fields, diagnostics);
        self.repository(fields, diagnostics);
        self.picture(fields, diagnostics);
        self.texts(fields, diagnostics);
        let frame = &mut self.language.frame;
        if let Some(home) = fields.text(&["home"], diagnostics) {
            frame.home_link = Some(home);
        }
        // Version 1 lists the headings of the page at its side, as many levels of them as this says; here they are in the
        // outline.
        if let Some((Value::Number(depth), _)) = fields.value(&["sidebarDepth", "headerDepth"]) {
            frame.outline = depth.as_u64().filter(|depth| *depth > 0).map(|depth| (2, (depth.min(5) + 1) as u8));
        }
        for (names, shown) in
            [(["prevLinks", "prevLink"], &mut frame.prev), (["nextLinks", "nextLink"], &mut frame.next)]
        {
            *shown = fields.bool(&names, diagnostics).unwrap_or(*shown);
        }
        for (name, word) in [("prev", "previous"), ("next", "next")] {
            match fields.value(&[name]) {
                Some((Value::Bool(shown), _)) => match name {
                    "prev" => frame.prev = *shown,
                    _ => frame.next = *shown,
                },
                Some(_) => {
                    if let Some(text) = fields.text(&[name], diagnostics) {
                        frame.set_text(word, text);
                    }
                }
                None => {}
            }
        }
        self.footer(fields, diagnostics);
        fields.without_effect(MACHINERY, diagnostics);
        search::settle(fields, &mut self.language.frame, diagnostics);
        if let Some(text) = fields.text(&["searchPlaceholder"], diagnostics) {
            self.language.frame.set_text("search_placeholder", text);
        }
        if let Some((value, steps)) = fields.value(&["encrypt"])
            && value.as_bool() != Some(false)
        {
            diagnostics.push(
                Diagnostic::warning(
                    "setting-ignored",
                    "the setting `encrypt` is not used: all pages can be read by everybody",
                )
                .at(fields.document().span(&steps))
                .help("leave such pages out of the site, or let the server ask for a password"),
            );
        }
        // The hope theme's switches: what they turn off is not here, or can be.
        skip_if(fields, false, &["changelog", "print", "displayAllHeaders", "pageInfo", "blog"]);
        skip_if(fields, true, &["colorModeSwitch", "breadcrumb", "toc"]);
        if fields.is("toc", false) {
            fields.skip(&["toc"]);
            self.language.frame.outline = None;
        }
        for name in ["colorModeSwitch", "breadcrumb"] {
            if fields.is(name, false) {
                fields.without_effect(&[name], diagnostics);
            }
        }
        self.history(fields, diagnostics);
    }

    /// When pages were changed, and by whom.
    fn history(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let Language { locale, frame } = &mut self.language;
        match fields.value(&["lastUpdated"]) {
            // In version 1 a text is what stands before the date.
            Some((Value::String(text), _)) => {
                frame.last_updated = true;
                frame.set_text("last_updated", before_value(text, &locale.lang));
            }
            Some(_) => frame.last_updated = fields.bool(&["lastUpdated"], diagnostics).unwrap_or(frame.last_updated),
            None => {}
        }
        frame.contributors = fields.bool(&["contributors"], diagnostics).unwrap_or(frame.contributors);
        for (name, word) in [("lastUpdatedText", "last_updated"), ("contributorsText", "contributors")] {
            if let Some(text) = fields.text(&[name], diagnostics) {
                frame.set_text(word, before_value(&text, &locale.lang));
            }
        }
    }

    /// What they come to.
    pub(super) fn settled(mut self) -> Language {
        self.language.frame.edit_link = self.repository.edit_link(self.first);
        self.language
    }

    /// The links of one language.
    fn navigation(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let document = fields.document();
        let Language { locale, frame } = &mut self.language;
        if let Some(label) = fields.text(&["label", "selectLanguageName"], diagnostics) {
            locale.label = Some(label);
        }
        match fields.value(&["nav", "navbar"]) {
            Some((Value::Bool(shown), _)) => frame.navbar = *shown,
            Some((value, steps)) => {
                locale.nav = menu::items(document, value, &steps, Groups::Open, diagnostics);
                menu::each_link(&mut locale.nav, OUTWARD, false);
            }
            None => {}
        }
        // Version 1 has both: the links, and whether there is a bar.
        if let Some((Value::Bool(false), _)) = fields.value(&["navbar"]) {
            frame.navbar = false;
        }
        let groups = match (self.first, self.hope) {
            (true, _) => Groups::Shut,
            (false, true) => Groups::Pages,
            (false, false) => Groups::Open,
        };
        if let Some((value, steps)) = fields.value(&["sidebar"])
            && let Some(mut sidebar) = menu::sidebar(document, value, &steps, groups, diagnostics)
        {
            menu::each_link_of_sidebar(&mut sidebar, OUTWARD, false);
            locale.sidebar = sidebar;
        }
    }

    fn repository(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let (repository, frame) = (&mut self.repository, &mut self.language.frame);
        match fields.value(&["repo"]) {
            Some((Value::Bool(false), _)) => (repository.repo, frame.repo) = (None, None),
            Some(_) => {
                repository.repo = fields.text(&["repo"], diagnostics);
                frame.repo = repository.repo.as_deref().map(address);
            }
            None => {}
        }
        if let Some((Value::Bool(false), _)) = fields.value(&["repoDisplay"]) {
            frame.repo = None;
        }
        for (name, part) in [
            ("docsRepo", &mut repository.docs_repo),
            ("docsDir", &mut repository.dir),
            ("docsBranch", &mut repository.branch),
            ("editLinkPattern", &mut repository.pattern),
            ("repoLabel", &mut frame.repo_label),
        ] {
            *part = fields.text(&[name], diagnostics).or_else(|| part.take());
        }
        repository.wanted = fields.bool(&["editLinks", "editLink"], diagnostics).unwrap_or(repository.wanted);
    }

    fn picture(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let frame = &mut self.language.frame;
        if let Some(logo) = frame::logo(fields, diagnostics) {
            frame.logo = logo;
        }
        let dark = fields.text_unless_false(&["logoDark"], diagnostics);
        let alt = fields.text(&["logoAlt"], diagnostics);
        if let Some(logo) = &mut frame.logo {
            logo.dark = dark.or_else(|| logo.dark.take());
            logo.alt = alt.or_else(|| logo.alt.take());
        }
    }

    fn texts(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let frame = &mut self.language.frame;
        for (names, word) in TEXTS {
            if let Some(text) = fields.text(names, diagnostics) {
                frame.set_text(word, text);
            }
        }
        // Four messages, of which the reader meets one; or, in the hope theme, keys.
        match fields.value(&["notFound"]) {
            Some((Value::Sequence(messages), _)) => {
                if let Some(message) = messages.first().and_then(Value::as_str) {
                    frame.set_text("not_found_text", message.to_owned());
                }
            }
            Some((Value::String(message), _)) => frame.set_text("not_found_text", message.clone()),
            _ => {}
        }
        fields.without_effect(&["ariaLabel", "selectLanguageAriaLabel"], diagnostics);
        if let Some(mut texts) = fields.fields(&["metaLocales"], diagnostics) {
            for (name, word) in
                [("editLink", "edit_page"), ("prev", "previous"), ("next", "next"), ("toc", "on_this_page")]
            {
                if let Some(text) = texts.text(&[name], diagnostics) {
                    frame.set_text(word, text);
                }
            }
            texts.finish(Severity::Info, diagnostics);
        }
    }

    /// The foot of the hope theme: shown only where it is wanted.
    fn footer(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let frame = &mut self.language.frame;
        let author = match fields.value(&["author"]) {
            Some((Value::Mapping(author), _)) => author.get("name").and_then(Value::as_str).map(str::to_owned),
            Some(_) => fields.text_unless_false(&["author"], diagnostics),
            None => None,
        };
        if let Some(author) = &author {
            let attribute = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
            let attributes = vec![attribute("name", "author"), attribute("content", author)];
            frame.head.push(HeadEntry { tag: "meta".to_owned(), attributes, content: None });
        }
        if let Some(icon) = fields.text_unless_false(&["favicon"], diagnostics) {
            let attributes = [("rel", "icon"), ("href", icon.as_str())];
            let attributes = attributes.map(|(name, value)| (name.to_owned(), Some(value.to_owned()))).into();
            frame.head.push(HeadEntry { tag: "link".to_owned(), attributes, content: None });
        }
        let text = fields.text_unless_false(&["footer"], diagnostics);
        let copyright = match fields.value(&["copyright"]) {
            Some((Value::Bool(_), _)) => None,
            Some(_) => fields.text(&["copyright"], diagnostics),
            None => author.map(|author| format!("Copyright © {author}")),
        };
        match fields.bool(&["displayFooter"], diagnostics) {
            Some(true) => {
                let parts: Vec<String> = [text, copyright].into_iter().flatten().collect();
                frame.footer = (!parts.is_empty()).then(|| parts.join("<br>"));
            }
            Some(false) => frame.footer = None,
            None => {}
        }
    }

    /// The titles of boxes, which version 2 has among the words of its theme.
    pub(super) fn containers(
        &self,
        fields: &mut Fields<'_>,
        config: &mut MarkdownConfig,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let prefix = &self.language.locale.prefix;
        for kind in ["tip", "warning", "danger", "important", "note"] {
            if let Some(title) = fields.text(&[kind], diagnostics) {
                // It knows both by one name.
                if kind == "danger" {
                    config.set_container_title("caution", prefix, title.clone());
                }
                config.set_container_title(kind, prefix, title);
            }
        }
    }
}
