//! The files of the default theme, as they lie in `themes/default/`.

macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../../themes/default/", $path)))
    };
}

/// Path below the theme's folder, and contents; sorted by path.
pub const DEFAULT_THEME: &[(&str, &str)] = &[
    file!("assets/diagrams.js"),
    file!("assets/script.js"),
    file!("assets/search.css"),
    file!("assets/search.js"),
    file!("assets/style.css"),
    file!("assets/terminal.css"),
    file!("components/badge.html"),
    file!("components/button.html"),
    file!("components/card.html"),
    file!("components/catalog.html"),
    file!("components/details.html"),
    file!("components/embed.html"),
    file!("components/icon.html"),
    file!("components/steps.html"),
    file!("components/tabs.html"),
    file!("components/team.html"),
    file!("components/theirs.html"),
    file!("components/vue.html"),
    file!("i18n/ar.yml"),
    file!("i18n/de.yml"),
    file!("i18n/en.yml"),
    file!("i18n/es.yml"),
    file!("i18n/fr.yml"),
    file!("i18n/it.yml"),
    file!("i18n/ja.yml"),
    file!("i18n/ko.yml"),
    file!("i18n/nl.yml"),
    file!("i18n/pl.yml"),
    file!("i18n/pt.yml"),
    file!("i18n/ru.yml"),
    file!("i18n/tr.yml"),
    file!("i18n/uk.yml"),
    file!("i18n/vi.yml"),
    file!("i18n/zh.yml"),
    file!("palettes/contrast.css"),
    file!("palettes/gouv.css"),
    file!("palettes/neutral.css"),
    file!("templates/404.html"),
    file!("templates/base.html"),
    file!("templates/home.html"),
    file!("templates/page.html"),
    file!("templates/partials/banner.html"),
    file!("templates/partials/bar.html"),
    file!("templates/partials/breadcrumb.html"),
    file!("templates/partials/find_root.html"),
    file!("templates/partials/footer.html"),
    file!("templates/partials/head.html"),
    file!("templates/partials/head_script.html"),
    file!("templates/partials/lang_switch.html"),
    file!("templates/partials/menu.html"),
    file!("templates/partials/moved.html"),
    file!("templates/partials/nav_item.html"),
    file!("templates/partials/nav_links.html"),
    file!("templates/partials/navbar.html"),
    file!("templates/partials/outline.html"),
    file!("templates/partials/outline_item.html"),
    file!("templates/partials/page_foot.html"),
    file!("templates/partials/pager.html"),
    file!("templates/partials/picture.html"),
    file!("templates/partials/plan_item.html"),
    file!("templates/partials/prefetch.html"),
    file!("templates/partials/search.html"),
    file!("templates/partials/sidebar.html"),
    file!("templates/partials/sidebar_item.html"),
    file!("templates/partials/theme_switch.html"),
    file!("templates/partials/version_switch.html"),
    file!("templates/redirect.html"),
    file!("templates/search.html"),
    file!("theme.yml"),
];

/// The contents of one of the files.
pub(super) fn text(path: &str) -> Option<&'static str> {
    let index = DEFAULT_THEME.binary_search_by(|(name, _)| name.cmp(&path)).ok()?;
    Some(DEFAULT_THEME[index].1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "it compares the sources with themselves")]
    fn every_file_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found = Vec::new();
        for entry in walkdir::WalkDir::new(&root) {
            let entry = entry.expect("a readable folder");
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&root).expect("a path below the root");
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        found.sort();
        let embedded: Vec<&str> = DEFAULT_THEME.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, found, "src/render/embedded.rs lists the files of themes/default/, sorted");
    }

    #[test]
    fn files_are_found_by_path() {
        assert!(text("templates/page.html").is_some_and(|text| text.contains("extends")));
        assert_eq!(text("templates/none.html"), None);
    }
}
