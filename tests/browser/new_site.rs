//! `pressoir init` in three situations, then `build`, then the site in a browser as GitHub Pages would serve it.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;

use super::LIMIT;
use super::chromium::Browser;
use super::host::Host;
use super::program::{contents, folder, pressoir, run};
use super::walk::Place;

/// Runs a command, which has to end well; what it says.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let ended = run(pressoir(folder).args(arguments), LIMIT);
    assert_eq!(ended.code, 0, "{arguments:?}: {}{}", ended.out, ended.err);
    ended.out + &ended.err
}

/// Walks through the site that a folder builds to.
fn walked(browser: &mut Browser, site: &Path, outside: &[&str]) -> Host {
    let out = site.join("public-out");
    done(site, &["build", "-o", "public-out"]);
    let host = Host::serve(&out, "/repo/");
    let place = Place { root: host.url.clone(), out: &out, outside };
    assert!(place.walk(browser, &[]) >= 4);
    host
}

#[test]
fn an_empty_folder_becomes_a_site() {
    let mut browser = Browser::start();
    for (lang, guide, words) in
        [("fr", "guide/premiers-pas.html", "Premiers pas"), ("en", "guide/start.html", "First steps")]
    {
        let place = folder([] as [(&str, &str); 0]);
        let said = done(place.path(), &["init", "nos-salles", "--lang", lang, "--pull-requests"]);
        assert!(said.contains("nos-salles/content/index.md") && said.contains("pressoir serve"), "{said}");
        let site = place.path().join("nos-salles");
        let checked = done(&site, &["check", "--strict"]);
        assert!(checked.contains("nothing to mend"), "{checked}");
        let host = walked(&mut browser, &site, &["https://www.insee.fr/", "https://en.wikipedia.org/"]);
        browser.open(&host.url);
        assert_eq!(browser.text("document.documentElement.lang"), lang);
        assert!(browser.text("document.querySelector('h1').textContent").contains("Nos salles"));
        browser.click("main a");
        browser.until(&format!("location.href.endsWith({guide:?}) && document.querySelector('h1')"));
        assert!(browser.text("document.querySelector('h1').textContent").contains(words));
        assert!(browser.holds("document.querySelectorAll('.sidebar a').length >= 3"));
        assert!(browser.holds("document.querySelector('.custom-block.tip')"));
        browser.resize(390, 800);
        for page in ["", guide] {
            browser.open(&format!("{}{page}", host.url));
            assert!(browser.holds("document.documentElement.scrollWidth <= 390"), "{page}");
        }
        browser.resize(1280, 900);
    }
}

/// What the folder holds that `init` did not write.
fn others(site: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let mut files = contents(site.path());
    files.retain(|path, _| !path.starts_with(".github/") && !path.starts_with("public-out/"));
    files
}

fn is_only_published(site: &TempDir, kind: &str, title: &str) {
    let before = contents(site.path());
    let said = done(site.path(), &["init", "--lang", "fr", "--pull-requests"]);
    assert!(said.contains(kind) && said.contains(".github/workflows/pages.yml"), "{said}");
    assert!(said.contains(".github/workflows/pages-preview.yml") && !said.contains("pressoir.yml"), "{said}");
    assert_eq!(others(site), before, "nothing else came or changed");
    let mut browser = Browser::start();
    let host = walked(&mut browser, site.path(), &["https://github.com/", "https://example.org/"]);
    browser.open(&host.url);
    assert!(browser.text("document.title").contains(title), "{}", browser.text("document.title"));
    assert!(browser.holds("document.querySelectorAll('.navbar a').length > 1"));
    // A second time nothing is missing.
    let said = done(site.path(), &["init", "--lang", "fr", "--pull-requests"]);
    assert!(said.contains("rien n’a été écrit"), "{said}");
}

#[test]
fn a_vuepress_site_is_only_published() {
    let site = folder([
        (
            "package.json",
            "{\"devDependencies\": {\"vuepress\": \"^1.9.10\"}, \"scripts\": {\"docs:build\": \"vuepress build\"}}\n",
        ),
        (".gitignore", "node_modules\n.vuepress/dist\n"),
        (
            ".vuepress/config.js",
            "module.exports = {\n  title: 'EIG Link',\n  base: '/eig-link/',\n  locales: { '/': { lang: 'fr-FR' } },\n  themeConfig: {\n    \
             repo: 'entrepreneur-interet-general/eig-link',\n    nav: [{ text: 'Guides', link: '/guides/' }, { text: 'Accueil', link: '/' }],\n    \
             sidebar: [['/', 'Accueil'], { title: 'Guides', children: ['/guides/', '/guides/design.md'] }]\n  }\n}\n",
        ),
        (".vuepress/public/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        (
            "README.md",
            "# EIG Link\n\n![Logo](./images/logo.svg)\n\n[Les guides](guides/) et [le design](./guides/design.md#les-mots).\n",
        ),
        ("images/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        ("guides/README.md", "# Les guides\n\n::: tip Astuce\nLisez tout.\n:::\n"),
        ("guides/design.md", "# Le design\n\n## Les mots\n\n[Ailleurs](https://example.org/)\n"),
    ]);
    is_only_published(&site, "VuePress", "EIG Link");
}

#[test]
fn a_vitepress_site_is_only_published() {
    let site = folder([
        ("package.json", "{\"devDependencies\": {\"vitepress\": \"^1.6.0\"}}\n"),
        (
            "docs/.vitepress/config.mts",
            "import { defineConfig } from 'vitepress'\n\nexport default defineConfig({\n  title: 'Rooms',\n  base: '/rooms/',\n  cleanUrls: \
             false,\n  themeConfig: {\n    nav: [{ text: 'Guide', link: '/guide/' }, { text: 'Home', link: '/' }],\n    sidebar: [{ text: 'Guide', \
             items: [{ text: 'Start', link: '/guide/' }, { text: 'Book', link: '/guide/book' }] }]\n  }\n})\n",
        ),
        (
            "docs/index.md",
            "---\nlayout: home\nhero:\n  name: Rooms\n  text: Booked in two minutes\n  actions:\n    - text: Start\n      link: /guide/\n---\n",
        ),
        ("docs/guide/index.md", "# Start\n\n[Book](./book.md)\n\n> [!NOTE]\n> Free.\n"),
        ("docs/guide/book.md", "# Book\n\n```js {1}\nbook()\n```\n"),
    ]);
    is_only_published(&site, "VitePress", "Rooms");
}
