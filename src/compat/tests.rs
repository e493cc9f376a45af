use super::*;
use crate::config::{Conventions, SidebarConfig};
use crate::vfs::Memory;

fn opened(files: &[(&str, &str)]) -> Opened {
    open(&Memory::new(files.iter().copied()), &Request::default())
}

fn paths(paths: &[SourcePath]) -> Vec<&str> {
    paths.iter().map(SourcePath::as_str).collect()
}

#[test]
fn layouts_are_told_from_the_files() {
    for (files, layout, content, out_dir) in [
        (&["pressoir.yml", "content/a.md", ".vuepress/config.js"][..], Layout::Native, "content", "public"),
        (&[".vuepress/config.yml", "README.md"], Layout::VuePress1, "", ".vuepress/dist"),
        (
            &["docs/.vuepress/enhanceApp.js", "docs/README.md", "README.md"],
            Layout::VuePress1,
            "docs",
            "docs/.vuepress/dist",
        ),
        (&["docs/.vitepress/config.mts", "docs/index.md"], Layout::VitePress, "docs", "docs/.vitepress/dist"),
        (&[".vuepress/x", "docs/.vitepress/config.ts", "a.md"], Layout::VuePress2, "", ".vuepress/dist"),
        // Two folders below are too deep: the project is not that one's.
        (&["a/b/.vuepress/config.yml", "a/b/x.md"], Layout::Bare, "", "public"),
        (&["a.md"], Layout::Bare, "", "public"),
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|path| (*path, "")).collect();
        let config = opened(&files).config;
        let got = (config.project.layout, config.project.content.as_str(), config.project.out_dir.as_str());
        assert_eq!(got, (layout, content, out_dir), "{files:?}");
    }
}

#[test]
fn versions_are_told_from_packages_and_settings() {
    for (package, settings, conventions) in [
        (r#"{"dependencies": {"vuepress": "^1.8.2"}}"#, "", Conventions::VuePress1),
        (r#"{"devDependencies": {"vuepress": "2.0.0-rc.26"}}"#, "", Conventions::VuePress2),
        (r#"{"devDependencies": {"vuepress": "next"}}"#, "themeConfig: {}", Conventions::VuePress2),
        (r#"{"devDependencies": {"@vuepress/client": "2.0.0"}}"#, "", Conventions::VuePress2),
        ("not json", "themeConfig: {}", Conventions::VuePress1),
        ("{}", "title: x", Conventions::VuePress1),
    ] {
        let config = opened(&[("package.json", package), (".vuepress/config.yml", settings), ("a.md", "")]).config;
        assert_eq!(config.markdown.conventions, conventions, "{package} {settings}");
    }
    let files = Memory::new([(".vuepress/config.yml", "title: x"), ("a.md", "")]);
    let package = Some(r#"{"devDependencies": {"vuepress": "1.9.10"}}"#.to_owned());
    let request = Request { package, ..Request::default() };
    assert_eq!(open(&files, &request).config.markdown.conventions, Conventions::VuePress1);
    let vitepress =
        |package: &str| opened(&[("package.json", package), (".vitepress/config.json", "{}"), ("a.md", "")]).config;
    let first = vitepress(r#"{"dependencies": {"vitepress": "^1.6.4"}}"#);
    assert_eq!(first.markdown.conventions, Conventions::VitePress1);
    assert_eq!(vitepress("{}").markdown.conventions, Conventions::VitePress2);
}

#[test]
fn what_was_asked_for_wins() {
    let files = Memory::new([("pressoir.yml", "output: a\nbase: /x/\n"), ("content/a.md", ""), ("b.md", "")]);
    let request = Request {
        layout: Some(Layout::Bare),
        out_dir: Some("o".to_owned()),
        base: Some("y".to_owned()),
        drafts: true,
        ..Request::default()
    };
    let config = open(&files, &request).config;
    assert_eq!((config.project.layout, config.project.out_dir.as_str()), (Layout::Bare, "o"));
    assert_eq!((config.site.base.as_str(), config.project.drafts), ("/y/", true));
}

#[test]
fn pages_and_files() {
    let bare = opened(&[
        ("README.md", "x"),
        ("a/B.MD", ""),
        ("a/i.png", ""),
        (".hidden/c.md", ""),
        ("public/old.md", ""),
        ("themes/default/templates/page.html", ""),
        ("themes/wine.md", ""),
    ]);
    assert_eq!(paths(&bare.inputs.pages), ["README.md", "a/B.MD", "themes/wine.md"]);
    assert_eq!(paths(&bare.inputs.files), ["a/i.png"]);

    let told: Vec<_> = bare.diagnostics.iter().map(|found| (found.code.as_ref(), found.message.as_str())).collect();
    assert_eq!(told, [("page-in-output", "the page `public/old.md` lies in the output folder")]);

    let vuepress = opened(&[
        ("docs/.vuepress/config.yml", "title: x"),
        ("docs/.vuepress/images/x.png", ""),
        ("docs/.vuepress/public/logo.png", ""),
        ("docs/README.md", "x"),
        ("docs/FOO.MD", ""),
        ("docs/.vuepress/dist/index.html", ""),
        ("README.md", ""),
    ]);
    assert_eq!(paths(&vuepress.inputs.pages), ["docs/README.md"]);
    let files = ["docs/.vuepress/config.yml", "docs/.vuepress/images/x.png", "docs/FOO.MD"];
    assert_eq!(paths(&vuepress.inputs.files), files);
    let public: Vec<_> = vuepress.inputs.public.iter().map(|(_, out)| out.as_str()).collect();
    assert_eq!(public, ["logo.png"]);

    let vitepress = opened(&[
        (".vitepress/config.yml", "srcDir: src\nsrcExclude: ['**/draft.md']\n"),
        ("src/index.md", "x"),
        ("src/a/draft.md", ""),
        ("src/public/i.png", ""),
        ("src/dist/x.md", ""),
    ]);
    assert_eq!(paths(&vitepress.inputs.pages), ["src/index.md"]);
    assert_eq!(paths(&vitepress.inputs.excluded), ["src/a/draft.md"]);
    assert_eq!(vitepress.inputs.public.len(), 1);
}

#[test]
fn patterns_stay_in_their_folder() {
    let left = |exclude: &str| {
        let settings = format!("content: .\nexclude: {exclude}\n");
        let files =
            [("pressoir.yml", settings.as_str()), ("a.md", ""), ("b/a.md", ""), ("b/c/a.md", ""), ("b.txt", "")];
        let inputs = opened(&files).inputs;
        [inputs.pages, inputs.files].concat().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    for (exclude, want) in [
        ("[]", "a.md b/a.md b/c/a.md b.txt"),
        ("['*.md']", "b/a.md b/c/a.md b.txt"),
        ("['**/a.md']", "b.txt"),
        ("[b/]", "a.md b.txt"),
        ("[./b/c, '*.txt']", "a.md b/a.md"),
    ] {
        assert_eq!(left(exclude), want, "{exclude}");
    }
}

#[test]
fn vuepress_settings() {
    let settings = "title: Guide\nbase: /docs\nthemeConfig:\n  repo: a/b\n  docsDir: docs\n  editLinks: true\n  nav:\n    - {text: A, link: /a/}\n  sidebar:\n    /a/:\n      - ['', Start]\n      - title: More\n        children: [x, y]\n      - title: Open\n        collapsable: false\n        children: [z]\n    /: auto\nlocales:\n  /: {lang: fr}\n  /en/: {lang: en, title: Manual}\nhost: 0.0.0.0\nplugins: [x]\ndevServer: 1\n";
    let opened = opened(&[
        ("package.json", r#"{"dependencies":{"vuepress":"1"}}"#),
        (".vuepress/config.yml", settings),
        ("a.md", ""),
    ]);
    let codes: Vec<_> = opened.diagnostics.iter().map(|found| (found.code.as_ref(), found.message.as_str())).collect();
    let told = [
        ("plugin-not-used", "the plugin `x` is not used"),
        ("setting-ignored", "this setting changes nothing here: `host`"),
        ("setting-ignored", "the setting `devServer` is not used"),
    ];
    assert_eq!(codes, told);
    let (site, theme) = (&opened.config.site, &opened.config.theme.frame);
    assert_eq!(site.base, "/docs/");
    assert_eq!(theme.repo.as_deref(), Some("https://github.com/a/b"));
    assert_eq!(theme.edit_link.as_deref(), Some("https://github.com/a/b/edit/master/docs/:path"));
    let shown: Vec<_> =
        site.locales.iter().map(|one| (one.prefix.as_str(), one.lang.as_str(), one.title.as_deref())).collect();
    assert_eq!(shown, [("/", "fr", Some("Guide")), ("/en/", "en", Some("Manual"))]);
    let SidebarConfig::ByPrefix(sections) = &site.locales[1].sidebar else { panic!("a sidebar by prefix") };
    let SidebarConfig::Items(items) = &sections[0].1 else { panic!("a list") };
    assert_eq!((items[0].link.as_deref(), items[0].text.as_deref()), (Some(""), Some("Start")));
    assert_eq!((items[1].collapsed, items[1].items.len(), items[2].collapsed), (Some(true), 2, None));
    assert_eq!(sections[1].1, SidebarConfig::Headings);
}

#[test]
fn vitepress_settings() {
    let settings = "title: Guide\nthemeConfig:\n  outline: {level: deep}\n  editLink: {pattern: 'https://x/:path'}\n  footer: {message: a, copyright: b}\n  sidebar:\n    /guide/: {base: /guide/, items: [{text: S, link: start}, {text: T, link: /t}, {base: /x, link: https://e.org}]}\nlocales:\n  root: {lang: en, label: English}\n  fr: {lang: fr, title: Manuel}\n";
    let opened = opened(&[(".vitepress/config.yml", settings), ("index.md", "")]);
    assert_eq!(opened.diagnostics, []);
    let (site, theme) = (&opened.config.site, &opened.config.theme.frame);
    assert_eq!((theme.outline, theme.footer.as_deref()), (Some((2, 6)), Some("a<br>b")));
    let shown: Vec<_> =
        site.locales.iter().map(|one| (one.prefix.as_str(), one.label.as_deref(), one.title.as_deref())).collect();
    assert_eq!(shown, [("/", Some("English"), Some("Guide")), ("/fr/", None, Some("Manuel"))]);
    let SidebarConfig::ByPrefix(sections) = &site.locales[0].sidebar else { panic!("a sidebar by prefix") };
    let SidebarConfig::Items(items) = &sections[0].1 else { panic!("a list") };
    let links: Vec<_> = items.iter().filter_map(|item| item.link.as_deref()).collect();
    assert_eq!(links, ["/guide/start", "/guide/t", "https://e.org"]);
}

#[test]
fn what_vuepress_turns_off() {
    let settings = "import { defaultTheme } from '@vuepress/theme-default'\nexport default { theme: defaultTheme({\n  navbar: [{ text: 2024, link: '/a' }], themePlugins: { backToTop: false, git: false } }) }\n";
    let opened = opened(&[("docs/.vuepress/config.js", settings), ("docs/README.md", "")]);
    assert_eq!(opened.diagnostics, []);
    let theme = &opened.config.theme;
    let features: Vec<_> = theme.look.features.iter().map(|(name, on)| (name.text.as_str(), *on)).collect();
    assert_eq!(features, [("back_to_top", false)]);
    assert_eq!((theme.frame.last_updated, theme.frame.contributors), (false, false));
    assert_eq!(opened.config.site.locales[0].nav[0].text.as_deref(), Some("2024"));
}

#[test]
fn folders_that_programs_name() {
    for (settings, want) in [
        (
            "import path from 'path'; export default { outDir: path.resolve(__dirname, '../../site'), srcDir: path.resolve(__dirname, '../src') }",
            ("site", "docs/src"),
        ),
        ("export default { outDir: '../site', srcDir: './src' }", ("site", "docs/src")),
        ("export default { outDir: '/var/site' }", ("docs/.vitepress/dist", "docs")),
    ] {
        let opened = opened(&[("docs/.vitepress/config.js", settings), ("docs/src/index.md", "")]);
        let project = &opened.config.project;
        assert_eq!((project.out_dir.as_str(), project.content.as_str()), want, "{settings}");
    }
}

#[test]
fn settings_that_are_none_are_told() {
    for (given, told) in [
        ("export default () => { title: 'x' }", "nothing"),
        ("export default []", "a list"),
        ("export default 'x'", "a text or a number"),
    ] {
        let opened = opened(&[(".vitepress/config.js", given), ("index.md", "")]);
        let messages: Vec<_> = opened.diagnostics.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, [format!("`.vitepress/config.js` gives no settings: it gives {told}")], "{given}");
    }
}

#[test]
fn settings_go_on_from_others() {
    let opened = opened(&[
        (
            ".vitepress/base.ts",
            "export default { title: 'Base', themeConfig: { nav: [{ text: 'A', link: '/a' }], sidebar: [] } }",
        ),
        (
            ".vitepress/config.ts",
            "import base from './base'\nexport default { extends: base, themeConfig: { nav: [{ text: 'B', link: '/a' }] } }",
        ),
        ("a.md", ""),
    ]);
    let locale = &opened.config.site.locales[0];
    let texts: Vec<_> = locale.nav.iter().filter_map(|item| item.text.as_deref()).collect();
    assert_eq!((locale.title.as_deref(), texts), (Some("Base"), vec!["A", "B"]));
}

#[test]
fn settings_of_vuepress_beside_the_pages() {
    let settings = "export default { title: 'Beside', pagePatterns: ['**/*.md'] }";
    for files in [
        &[("vuepress.config.ts", settings), ("docs/README.md", ""), ("README.md", "")][..],
        &[
            ("vuepress.config.js", settings),
            ("docs/.vuepress/public/x.png", ""),
            ("docs/README.md", ""),
            ("README.md", ""),
        ],
    ] {
        let opened = opened(files);
        assert_eq!(opened.config.site.locales[0].title.as_deref(), Some("Beside"));
        assert_eq!(
            (paths(&opened.inputs.pages), opened.config.project.layout),
            (vec!["docs/README.md"], Layout::VuePress2)
        );
    }
}

#[test]
fn a_root_that_is_no_language_is_not_listed() {
    let settings = "locales: {en: {label: English, lang: en}, fr: {label: Français, lang: fr}}\n";
    let opened = opened(&[(".vitepress/config.yml", settings), ("index.md", ""), ("en/a.md", "")]);
    let listed: Vec<_> = opened.config.site.locales.iter().map(|one| (one.prefix.as_str(), one.listed)).collect();
    assert_eq!(listed, [("/", false), ("/en/", true), ("/fr/", true)]);
}

#[test]
fn variables_of_the_environment() {
    let settings = "import { loadEnv } from 'vite'\nconst env = loadEnv('production', process.cwd())\nexport default { title: process.env.NAME, description: env.VITE_WORD, base: process.env.NONE || '/b/' }";
    let files = Memory::new([
        (".vitepress/config.js", settings),
        (".env", "# x\nVITE_OF=a\nVITE_WORD=\"from ${VITE_OF} file\"\nOTHER=1\n"),
        ("a.md", ""),
    ]);
    let variables = [("NAME".to_owned(), "From outside".to_owned())].into();
    let config = open(&files, &Request { variables, ..Request::default() }).config;
    let locale = &config.site.locales[0];
    assert_eq!((locale.title.as_deref(), locale.description.as_deref()), (Some("From outside"), Some("from a file")));
    assert_eq!(config.site.base, "/b/");
}

#[test]
fn a_program_that_fails_is_told_once_and_the_language_is_guessed() {
    let text = "# Bonjour\n\nVous êtes sur le site des entrepreneurs, qui est fait pour les agents et pour vous.\n";
    let opened = opened(&[("docs/.vuepress/config.js", "module.exports = x"), ("docs/README.md", text)]);
    let codes: Vec<_> = opened.diagnostics.iter().map(|found| found.code.as_ref()).collect();
    assert_eq!(codes, ["settings-failed"]);
    assert_eq!(opened.config.site.locales[0].lang, "fr");
    assert_eq!(opened.config.markdown.language("docs/README.md"), "fr");
}

#[test]
fn a_program_says_what_yaml_would_say() {
    for (path, program, yaml) in [
        (
            "docs/.vuepress/config.js",
            "sidebar = [{ title: 'A', children: ['b'] }]\nmodule.exports = { title: 'Ü', themeConfig: { sidebar } }",
            "title: Ü\nthemeConfig: {sidebar: [{title: A, children: [b]}]}",
        ),
        (
            ".vuepress/config.ts",
            "import { defaultTheme } from 'vuepress'\nexport default { theme: defaultTheme({ navbar: ['/a.md'], repo: 'a/b' }) }",
            "themeConfig: {navbar: [/a.md], repo: a/b}",
        ),
        (
            "docs/.vitepress/config/index.mts",
            "export default async () => ({ lang: 'fr', themeConfig: { outline: [2, 3], footer: { message: 'x' } } })",
            "lang: fr\nthemeConfig: {outline: [2, 3], footer: {message: x}}",
        ),
    ] {
        let package = ("package.json", r#"{"devDependencies": {"vuepress": "2.0.0", "vitepress": "1.0.0"}}"#);
        let data = path.split("config").next().map(|folder| format!("{folder}config.yml")).expect("a folder");
        let run = opened(&[(path, program), package]);
        let read = opened(&[(&data, yaml), package]);
        assert_eq!(run.diagnostics, read.diagnostics, "{path}");
        assert_eq!(run.config.to_yaml(), read.config.to_yaml(), "{path}");
    }
}

#[test]
fn what_cannot_be_built_is_told() {
    let codes = |files: &[(&str, &str)], request: &Request| -> Vec<String> {
        let opened = open(&Memory::new(files.iter().copied()), request);
        opened.diagnostics.iter().map(|found| found.code.to_string()).collect()
    };
    assert_eq!(codes(&[("a.txt", "")], &Request::default()), ["no-pages"]);
    assert_eq!(codes(&[("pressoir.yml", "content: docs"), ("a.md", "")], &Request::default()), ["no-pages"]);
    let two = [("a/.vuepress/x", ""), ("a/a.md", ""), ("b/.vuepress/x", ""), ("b/b.md", ""), (".c/.vuepress/x", "")];
    assert_eq!(codes(&two, &Request::default()), ["several-sites"]);
    assert_eq!(codes(&two[1..], &Request::default()), [] as [&str; 0]);
    let here = Request { out_dir: Some(".".to_owned()), ..Request::default() };
    assert_eq!(codes(&[("a.md", "")], &here), ["output-is-content"]);
    let content = Request { out_dir: Some("content".to_owned()), ..Request::default() };
    assert_eq!(codes(&[("pressoir.yml", ""), ("content/a.md", "")], &content), ["output-is-content"]);
}
