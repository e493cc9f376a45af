use crate::compat::{Opened, Request, open};
use crate::config::Construct;
use crate::vfs::Memory;

fn opened(files: &[(&str, &str)]) -> Opened {
    open(&Memory::new(files.iter().copied()), &Request::default())
}

/// What is told of the settings, a line each.
fn told(opened: &Opened) -> Vec<String> {
    let not_pages = opened.diagnostics.iter().filter(|found| found.code != "no-pages");
    not_pages.map(|found| format!("{} {}", found.code, found.message)).collect()
}

fn vitepress(markdown: &str) -> Opened {
    let config = format!("export default {{ markdown: {{ {markdown} }} }}");
    opened(&[(".vitepress/config.ts", &config), ("a.md", "")])
}

#[test]
fn ids_of_headings_follow_the_function_of_the_settings() {
    for (function, text, want) in [
        (
            "s => s.normalize('NFKD').replace(/[\\u0300-\\u036F]/g, '').replace(/[\\s!-/:-@[-`{-~]+/g, '-')",
            "Été, v1?",
            "Ete-v1-",
        ),
        (
            "s => encodeURIComponent(String(s).trim().toLowerCase().replace(/\\s+/g, '-'))",
            "Été & co",
            "%C3%A9t%C3%A9-%26-co",
        ),
        (
            "(s: string): string => s.toLowerCase().replace(/[^\\p{L}\\p{N}\\s_-]/gu, '').replace(/\\s/g, '-')",
            "A (b) — c",
            "a-b--c",
        ),
    ] {
        let opened = vitepress(&format!("anchor: {{ slugify: {function} }}"));
        assert_eq!(told(&opened), [] as [&str; 0], "{function}");
        let rule = opened.config.markdown.slugs.as_ref().expect("it is a rule");
        assert_eq!(rule.slug(text), want, "{function}");
        assert_eq!(opened.config.site.slugs.as_ref(), Some(rule));
        // The rule can be saved.
        let saved = opened.config.to_yaml();
        assert_eq!(self::opened(&[("pressoir.yml", &saved)]).config.markdown.slugs.as_ref(), Some(rule));
    }
}

#[test]
fn a_function_that_follows_no_rule_is_told_once() {
    for function in ["s => 'h' + s.length", "() => { throw new Error('no') }", "async s => s", "() => 1"] {
        let opened = vitepress(&format!("anchor: {{ slugify: {function} }}, slugify: {function}"));
        let want = "setting-ignored how the function `slugify` makes ids of headings is not known here";
        assert_eq!(told(&opened), [want], "{function}");
        assert_eq!(opened.config.markdown.slugs, None);
    }
}

#[test]
fn paths_of_included_files_follow_the_function_of_the_settings() {
    let hope = |include: &str| {
        let config = format!(
            "import {{ hopeTheme }} from 'vuepress-theme-hope'\nimport {{ path }} from 'vuepress/utils'\n\
             export default {{ theme: hopeTheme({{ markdown: {{ gfm: true, include: {{ {include} }} }} }}) }}"
        );
        opened(&[("docs/.vuepress/config.ts", &config), ("docs/a.md", "")])
    };
    let one = hope(
        "resolvePath: (file, cwd) => file.startsWith('@') ? path.resolve(__dirname, '../parts', file.replace('@', './')) : path.resolve(cwd, file)",
    );
    assert_eq!(told(&one), [] as [&str; 0]);
    assert_eq!(one.config.markdown.paths, [("@".to_owned(), "docs/parts".to_owned())]);
    assert!(one.config.markdown.has_linkify() && one.config.markdown.written_languages);
    let odd = hope("resolvePath: file => path.resolve(__dirname, file.toUpperCase())");
    assert_eq!(told(&odd), ["setting-ignored which files the function `resolvePath` means is not known here"]);
    assert_eq!(odd.config.markdown.paths, []);
}

#[test]
fn plugins_of_markdown_it_bring_their_way_of_writing() {
    let config = "module.exports = { extendMarkdown: md => {\n\
                  md.set({ breaks: true, typographer: true })\n\
                  md.use(require('markdown-it-footnote')).use(require('markdown-it-attrs'))\n\
                  md.use(require('markdown-it-wavedrom'))\n\
                  md.renderer.rules.image = () => ''\n} }";
    let one = opened(&[(".vuepress/config.js", config), ("a.md", "")]);
    let markdown = &one.config.markdown;
    assert!(markdown.has(Construct::Breaks) && markdown.has(Construct::Footnotes) && markdown.smart_punctuation);
    let told: Vec<String> = told(&one).into_iter().filter(|line| !line.starts_with("settings-stand-in")).collect();
    assert_eq!(
        told,
        [
            "plugin-not-used the plugin `markdown-it-wavedrom` of markdown-it is not used",
            "setting-ignored what `extendMarkdown` changes of markdown-it is not used: `renderer`",
        ]
    );
}

#[test]
fn folders_of_vitepress_2_have_settings_of_their_own() {
    let site = "export default { locales: { root: { label: 'English' }, fr: { label: 'Français' } } }";
    let french = "export default { title: 'Guide', themeConfig: { sidebar: [{ text: 'A', link: '/fr/a' }] } }";
    let english = "export default { themeConfig: { footer: { message: 'x' } } }";
    let deep = "export default { title: 'Lost', themeConfig: { sidebar: [{ text: 'B', link: '/fr/deep/b' }] } }";
    let files = [
        (".vitepress/config.ts", site),
        ("fr/config.ts", french),
        ("config.mts", english),
        ("fr/deep/config.js", deep),
        ("fr/a.md", ""),
    ];
    let one = opened(&files);
    let [english, french] = one.config.site.locales.as_slice() else { panic!("two languages") };
    assert_eq!((english.title.as_deref(), french.title.as_deref()), (None, Some("Guide")));
    assert_eq!(one.config.theme.frame.footer.as_deref(), Some("x"));
    let saved = one.config.to_yaml();
    assert!(saved.contains("/fr/deep/b") && saved.contains("/fr/a"), "{saved}");
    let want = "setting-ignored of the settings of the folder `/fr/deep/` only the sidebar is used: not `title`";
    assert_eq!(told(&one), [want]);
    // VitePress 1 has no such settings.
    let package = ("package.json", r#"{"devDependencies": {"vitepress": "^1.6.0"}}"#);
    let old = opened(&[files[0], files[1], files[4], package]);
    assert_eq!(old.config.site.locales[1].title, None);
}

#[test]
fn what_other_themes_have_is_told_by_name() {
    let told_of = |config: &str| {
        let mut told: Vec<String> = told(&opened(&[(".vuepress/config.js", config), ("a.md", "")]))
            .into_iter()
            .filter_map(|line| Some(line.split('`').nth(1)?.to_owned()))
            .collect();
        told.sort();
        told
    };
    let hope = "import { hopeTheme } from 'vuepress-theme-hope'\nexport default { lang: 'fr', theme: hopeTheme({\n\
                hostname: 'https://example.org', author: { name: 'A', url: '/a' }, favicon: '/f.ico', repo: 'a/b', docsDir: 'docs',\n\
                navbar: ['/', { text: 'Guide', icon: 'book', prefix: '/guide/', children: ['a', 'b'] }],\n\
                sidebar: { '/guide/': 'structure' }, displayFooter: true, footer: 'x', fullscreen: true, encrypt: { config: {} },\n\
                markdown: { align: true, hint: true, tabs: true, mermaid: true, sub: true, playground: {} },\n\
                plugins: { blog: true, icon: { assets: 'iconify' }, search: false } }) }";
    assert_eq!(told_of(hope), ["blog", "encrypt", "fullscreen", "icon", "markdown.playground"]);
    let plume = "import { plumeTheme } from 'vuepress-theme-plume'\nexport default { theme: plumeTheme({\n\
                 hostname: 'https://example.org', profile: { name: 'A' }, navbar: [{ text: 'Home', link: '/' }], notes: { dir: 'notes' } }) }";
    assert_eq!(told_of(plume), ["notes", "profile"]);
    let vdoing = "module.exports = { theme: 'vdoing', title: 'x', themeConfig: { nav: [], sidebar: 'structuring', logo: '/a.png',\n\
                  category: false, tag: false, archive: true, author: { name: 'A' }, blogger: { name: 'A' }, lastUpdated: 'Last' } }";
    let told = told_of(vdoing);
    for name in ["archive", "blogger"] {
        assert_eq!(told.iter().filter(|told| *told == name).count(), 1, "{name} in {told:?}");
    }
}
