//! What themes are made of, and what is said of those that are wrong.

use super::colour::{Colour, MORE, TEXT};
use super::tokens::Tokens;
use super::*;
use crate::artefact::Body;
use crate::config::native;
use crate::config::{Document, Format};
use crate::render::embedded;
use crate::render::slim;
use crate::render::testing::config;
use crate::vfs::Memory;

/// A theme of these files; what `pressoir.yml` among them says counts.
fn load_files(name: &str, files: &Memory) -> (Theme, Vec<Diagnostic>) {
    let mut config = config();
    let mut found = Vec::new();
    let settings = SourcePath::new("pressoir.yml").expect("a path");
    match files.read(&settings) {
        Ok(text) => {
            let text = String::from_utf8(text).expect("it is UTF-8");
            let (document, wrong) = Document::read(&settings, &text, Format::Yaml);
            found.extend(wrong);
            config.theme = native::settle(&document, &mut found).theme;
        }
        Err(_) => Arc::make_mut(&mut config.theme).name = name.into(),
    }
    let paths = files.list().expect("they are in memory").files;
    let (theme, of_theme) = Theme::load(files, &paths, &config);
    found.extend(of_theme);
    (theme, found)
}

fn load(name: &str, files: &[(&str, &str)]) -> (Theme, Vec<Diagnostic>) {
    load_files(name, &Memory::new(files.iter().copied()))
}

fn names(theme: &Theme) -> Vec<String> {
    theme.assets().into_iter().map(|(path, _)| path.as_str().to_owned()).collect()
}

/// The theme's own style sheet.
fn sheet(theme: &Theme) -> String {
    let sheet = theme.assets().into_iter().find(|(path, _)| path.as_str().starts_with("assets/style."));
    match sheet.expect("it has one").1.body {
        Body::Bytes(bytes) => String::from_utf8(bytes.to_vec()).expect("it is UTF-8"),
        Body::Copy(_) => panic!("it is the project's"),
    }
}

/// What was added to the default theme's style sheet.
fn added(theme: &Theme) -> String {
    let known = slim::sheet(embedded::text("assets/style.css").expect("it is embedded"));
    sheet(theme).strip_prefix(&*known).expect("it begins with it").to_owned()
}

/// Where each finding stands, its code, its message and its help.
fn told(found: &[Diagnostic]) -> Vec<String> {
    let shown = |found: &Diagnostic| {
        let place = found.span.as_ref().map_or(String::new(), |span| format!("{}:{} ", span.file, span.start));
        format!("{place}{}: {}; {}", found.code, found.message, found.help.as_deref().unwrap_or(""))
    };
    found.iter().map(shown).collect()
}

#[test]
fn the_default_theme_is_whole() {
    let (theme, found) = load("default", &[]);
    assert_eq!(found, []);
    let names = names(&theme);
    assert_eq!(names.len(), 6, "{names:?}");
    assert!(names[4].starts_with("assets/style.") && names[4].len() == "assets/style.12345678.css".len());
    assert_eq!(theme.styles[0].as_str(), format!("/{}", names[4]));
    assert_eq!(added(&theme), "");
}

#[test]
fn files_of_the_project_come_first() {
    let (plain, _) = load("default", &[]);
    let (theme, found) = load(
        "mine",
        &[
            ("themes/mine/theme.yml", "styles: [style.css, mine.css]\ncss: more.css\njs: more.js"),
            ("themes/mine/assets/mine.css", "a{}"),
            ("themes/mine/assets/more.css", "b{}"),
            ("themes/mine/assets/more.js", "2"),
            ("themes/mine/assets/font.woff2", "x"),
            ("themes/mine/assets/script.js", "1"),
            ("themes/other/assets/no.css", "x"),
        ],
    );
    assert_eq!(found, []);
    assert_ne!(theme.hash(), plain.hash());
    let script = Hash::of_bytes(b"1").short(8);
    let names = names(&theme);
    assert_eq!(names[0], "assets/font.woff2");
    assert!(names.contains(&format!("assets/script.{script}.js")), "{names:?}");
    let order: Vec<&str> = theme.styles.iter().chain(theme.scripts.iter()).map(|url| &url.as_str()[..13]).collect();
    assert_eq!(order, ["/assets/style", "/assets/mine.", "/assets/more.", "/assets/scrip", "/assets/more."]);
}

#[test]
fn faults_are_told() {
    for (name, files, want) in [
        ("mine", &[][..], "unknown-theme"),
        ("a/b", &[], "unknown-theme"),
        ("..", &[], "unknown-theme"),
        ("mine", &[("themes/mine/theme.yml", "style: [a]")], "unknown-setting"),
        ("mine", &[("themes/mine/theme.yml", "styles: {a: b}")], "setting-type"),
        ("mine", &[("themes/mine/theme.yml", "styles: [style.css")], "theme-file"),
        ("mine", &[("themes/mine/theme.yml", "- a")], "theme-file"),
        ("mine", &[("themes/mine/theme.yml", "styles: [none.css]")], "theme-file"),
        ("mine", &[("themes/mine/theme.yml", "css: ['https://example.org/x.css']")], "theme-file"),
        ("mine", &[("themes/mine/theme.yml", "features: {prefech: false}")], "theme-setting"),
        ("mine", &[("themes/mine/theme.yml", "features: {prefetch: maybe}")], "setting-type"),
        ("mine", &[("themes/mine/theme.yml", "measure: wide")], "setting-value"),
        ("mine", &[("themes/mine/theme.yml", "palette: gov")], "theme-setting"),
        ("mine", &[("themes/mine/theme.yml", "palette: {accent: blurple}")], "setting-value"),
        ("mine", &[("themes/mine/theme.yml", "palette: {accent: }\nfonts: {text: system}")], "unknown-setting"),
        ("mine", &[("themes/mine/theme.yml", "fonts: {body: none.woff2}")], "theme-font"),
        ("mine", &[("themes/mine/theme.yml", "fonts: {body: {preload: true}}")], "setting-value"),
        ("mine", &[("themes/mine/templates/page.html", "{{")], "template-error"),
        ("default", &[("themes/default/i18n/eo.yml", "menu: x")], "theme-text-missing"),
        ("default", &[("themes/default/i18n/fr.yml", "menuu: x")], "theme-text-unknown"),
        ("", &[("pressoir.yml", "css: x.css")], "unknown-setting"),
        ("", &[("pressoir.yml", "theme: {css: x.css}")], "theme-file"),
        ("", &[("pressoir.yml", "theme: {js: 'https://example.org/x.js'}")], "theme-file"),
        ("", &[("pressoir.yml", "theme: {nmae: x}")], "unknown-setting"),
    ] {
        let (_, found) = load(name, files);
        let codes: Vec<_> = found.iter().map(|found| &*found.code).collect();
        assert_eq!(codes, [want], "{files:?}: {found:?}");
        assert!(found[0].help.is_some(), "{found:?}");
    }
}

#[test]
fn a_theme_extends_another() {
    let files = [
        ("themes/mine/theme.yml", "extends: house\nfeatures: {prefetch: true}"),
        (
            "themes/mine/templates/base.html",
            "{% extends \"house/base.html\" %}{% block banner %}{{ super() }}mine{% endblock %}",
        ),
        ("themes/mine/assets/logo.svg", "mine"),
        ("themes/house/theme.yml", "extends: default\ncss: house.css\nfeatures: {prefetch: false, back_to_top: false}"),
        (
            "themes/house/templates/base.html",
            "{% extends \"default/base.html\" %}{% block banner %}house {% endblock %}",
        ),
        ("themes/house/templates/partials/footer.html", "house"),
        ("themes/house/components/seal.html", "{% component Seal() %}seal{% endcomponent Seal %}"),
        ("themes/house/assets/house.css", "a{}"),
        ("themes/house/assets/logo.svg", "house"),
        ("themes/house/i18n/fr.yml", "menu: Carte\nnext: Ensuite"),
        ("themes/mine/i18n/fr.yml", "next: Puis"),
    ];
    let (theme, found) = load("mine", &files);
    assert_eq!(found, []);
    let context = tera::Context::new();
    assert_eq!(theme.templates.render("partials/footer.html", &context).as_deref(), Ok("house"));
    assert!(theme.components.get("seal").is_some());
    assert_eq!(theme.features.values().copied().collect::<Vec<_>>(), [false, true]);
    assert_eq!(theme.texts.get("fr", &[], "menu"), "Carte");
    assert_eq!(theme.texts.get("fr", &[], "next"), "Puis");
    let copies: Vec<String> = theme
        .assets()
        .into_iter()
        .filter_map(|(_, asset)| match asset.body {
            Body::Copy(path) => Some(path.as_str().to_owned()),
            Body::Bytes(_) => None,
        })
        .collect();
    assert_eq!(copies, ["themes/house/assets/house.css", "themes/mine/assets/logo.svg"]);
    assert!(theme.templates.contains("house/partials/pager.html"), "what a theme lacks it has of the next");
}

#[test]
fn themes_that_extend_what_is_not_there_are_told() {
    for (files, want) in [
        (
            &[("themes/mine/theme.yml", "extends: hous"), ("themes/house/theme.yml", "")][..],
            "themes/mine/theme.yml:0 unknown-theme: there is no theme `hous`: the folder `themes/hous` has no file; make the \
             folder, or name one of `default`, `house`, `mine`",
        ),
        (
            &[("themes/mine/theme.yml", "extends: house"), ("themes/house/theme.yml", "extends: mine")],
            "themes/house/theme.yml:0 unknown-theme: the themes extend each other in a circle: `mine`, `house`, `mine`; take \
             `extends` out of one of them: the one in the program stands behind the last in any case",
        ),
        (
            &[("themes/mine/theme.yml", "extends: ../x")],
            "themes/mine/theme.yml:0 unknown-theme: there is no theme `../x`: a theme is named after its folder in `themes/`; \
             make the folder, or name one of `default`, `mine`",
        ),
    ] {
        assert_eq!(told(&load("mine", files).1), [want]);
    }
}

#[test]
fn an_accent_colours_what_is_chosen() {
    let (theme, found) = load("", &[("pressoir.yml", "theme: {palette: {accent: '#8d2f4b'}}")]);
    assert_eq!(found, []);
    let css = added(&theme);
    assert!(css.starts_with("@layer theme {\n:root { --accent: light-dark(#8d2f4b, #"), "{css}");
    let mut tokens = Tokens::read(embedded::text("assets/style.css").expect("it is embedded"));
    tokens.add(&css);
    let [light, dark] = tokens.get("--link").expect("it has links");
    assert_eq!(light.hex(), "#8d2f4b");
    // The dark one was not written: it is made of the light one, and can be read.
    assert_ne!(dark, light);
    let [_, ground] = tokens.get("--bg").expect("it has a ground");
    assert!(dark.contrast(ground) >= TEXT);
}

#[test]
fn an_accent_that_cannot_be_read_is_told_and_mended() {
    let yaml = "theme:\n  palette:\n    accent: '#41b883'\n    accent_dark: '#41b883'\n";
    let (theme, found) = load("", &[("pressoir.yml", yaml)]);
    assert_eq!(
        told(&found),
        [
            "pressoir.yml:22 theme-contrast: not everyone can read text in `#41b883`: its contrast is 2.1 to 1 on `#f3eafa`, the \
          ground of a box, and 4.5 is needed; write `\"#0d7b52\"`, the nearest colour that passes; until then text has it"
        ]
    );
    let css = added(&theme);
    assert!(css.contains("--accent: light-dark(#41b883, #41b883); --link: light-dark(#0d7b52, #41b883);"), "{css}");
}

#[test]
fn whatever_the_accent_links_can_be_read_on_every_ground() {
    for accent in ["#41b883", "#3eaf7c", "#ffff00", "#1747a6", "#ff00ff", "#808080", "#00f", "#fff", "#000", "#e1000f"]
    {
        for preset in ["neutral", "contrast", "gouv"] {
            let yaml = format!("theme: {{palette: {{preset: {preset}, accent: '{accent}', accent_dark: '{accent}'}}}}");
            let (theme, _) = load("", &[("pressoir.yml", &yaml)]);
            let mut tokens = Tokens::read(embedded::text("assets/style.css").expect("it is embedded"));
            let css = added(&theme);
            // What a palette says of some windows stands before what the accent makes.
            for part in css.split(":root {").skip(1).filter(|part| !part.contains("--bg-hover: var(")) {
                tokens.add(part.split('}').next().expect("a part"));
            }
            let grounds = ["--bg", "--bg-alt", "--bg-hover", "--tip-bg", "--info-bg", "--warning-bg", "--danger-bg"];
            for mode in 0..2 {
                let colour = |name: &str| tokens.get(name).expect("it has a colour")[mode];
                for ground in grounds {
                    let contrast = colour("--link").contrast(colour(ground));
                    assert!(contrast >= TEXT, "{accent}, {preset}, mode {mode}, on {ground}: {contrast}");
                }
            }
        }
    }
}

/// The colours of a palette; `more` are those of readers who ask for more contrast.
fn tokens_of(palette: &str, more: bool) -> Tokens {
    let sheets = ["assets/style.css".to_owned(), format!("palettes/{palette}.css")];
    let sheets = sheets.map(|path| embedded::text(&path).expect("it is embedded"));
    let mut tokens = Tokens::default();
    for sheet in sheets {
        tokens.add(sheet);
    }
    if more {
        for sheet in sheets {
            if let Some((_, rest)) = sheet.split_once("@media (prefers-contrast: more)") {
                tokens.add(rest.split("@media").next().unwrap_or_default().trim_start_matches([' ', '{']));
            }
        }
    }
    tokens
}

const BOXES: [&str; 5] = ["tip", "info", "warning", "danger", "important"];

/// Checks that each of `texts` has this contrast on each of `grounds`.
fn check(tokens: &Tokens, palette: &str, texts: &[&str], grounds: &[&str], least: f64) {
    for mode in 0..2 {
        let colour = |name: &str| -> Colour { tokens.get(name).unwrap_or_else(|| panic!("there is no {name}"))[mode] };
        for (text, ground) in texts.iter().flat_map(|text| grounds.iter().map(move |ground| (text, ground))) {
            let contrast = colour(text).contrast(colour(ground));
            assert!(contrast >= least, "{palette}, mode {mode}: {text} on {ground} has {contrast:.2}, wanted {least}");
        }
    }
}

#[test]
fn every_palette_can_be_read() {
    for palette in ["neutral", "contrast", "gouv"] {
        let tokens = tokens_of(palette, false);
        let least = if palette == "contrast" { MORE } else { TEXT };
        let is_code = |name: &&str| name.starts_with("--code-") && *name != "--code-bg";
        let code: Vec<&str> = tokens.iter().map(|(name, _)| name).filter(is_code).collect();
        assert_eq!(code.len(), 11);
        check(&tokens, palette, &code, &["--bg-alt"], least.max(5.5));
        let lines = ["--bg-hover", "--mark", "--add-bg", "--remove-bg", "--info-bg", "--warning-bg", "--danger-bg"];
        check(&tokens, palette, &code, &lines, least);
        let mut grounds = vec!["--bg", "--bg-alt", "--bg-hover"];
        let boxes = BOXES.map(|name| format!("--{name}-bg"));
        grounds.extend(boxes.iter().map(String::as_str));
        check(&tokens, palette, &["--text", "--text-muted", "--link"], &grounds, least);
        for name in BOXES {
            check(&tokens, palette, &[&format!("--{name}")], &["--bg", &format!("--{name}-bg")], least);
        }
        check(&tokens, palette, &["--tip"], &["--add-bg"], least);
        check(&tokens, palette, &["--danger"], &["--remove-bg"], least);
        check(&tokens, palette, &["--control"], &["--bg"], 3.0);
    }
}

#[test]
fn readers_who_ask_for_more_contrast_have_it() {
    for palette in ["neutral", "contrast", "gouv"] {
        let tokens = tokens_of(palette, true);
        check(&tokens, palette, &["--text", "--text-muted", "--link"], &["--bg", "--bg-alt", "--bg-hover"], MORE);
        for name in BOXES {
            check(&tokens, palette, &[&format!("--{name}")], &["--bg", &format!("--{name}-bg")], MORE);
        }
        check(&tokens, palette, &["--line", "--control"], &["--bg"], 3.0);
    }
}

/// Files with a font of boxes, each 0.6 wide, 0.9 above the line and 0.3 below it.
fn with_font(files: &[(&str, &str)]) -> Memory {
    let mut all = Memory::new(files.iter().copied());
    for (name, bytes) in [
        ("text", &include_bytes!("../../../tests/fonts/boxes.woff2")[..]),
        ("wide", include_bytes!("../../../tests/fonts/boxes-variable.woff2")),
    ] {
        let path = SourcePath::new(&format!("themes/mine/assets/fonts/{name}.woff2")).expect("a path");
        all.insert(path, bytes);
    }
    all
}

#[test]
fn fonts_of_the_site_bring_their_measures() {
    let yaml = "fonts:\n  body: {file: fonts/text.woff2, bold: fonts/wide.woff2, display: optional}\n  \
                code: {file: fonts/wide.woff2}\n";
    let (theme, found) = load_files("mine", &with_font(&[("themes/mine/theme.yml", yaml)]));
    assert_eq!(found, []);
    let css = added(&theme);
    let [text, wide] = [
        &include_bytes!("../../../tests/fonts/boxes.woff2")[..],
        include_bytes!("../../../tests/fonts/boxes-variable.woff2"),
    ]
    .map(|bytes| Hash::of_bytes(bytes).short(8));
    for part in [
        &format!(
            "@font-face {{ font-family: \"Site body\"; src: url(\"fonts/text.{text}.woff2\") format(\"woff2\"); \
             font-weight: 400; font-style: normal; font-display: optional; }}"
        ),
        // A variable font says itself how bold it can be.
        &format!("src: url(\"fonts/wide.{wide}.woff2\") format(\"woff2\"); font-weight: 200 800;"),
        // Arial's letters are 0.4407 wide in the mean: 0.6 is 136.15 % of that, and 0.9 is 66.11 % of so large a font.
        "@font-face { font-family: \"Site body fallback\"; src: local(\"Arial\"), local(\"Liberation Sans\"); size-adjust: 136.15%; \
         ascent-override: 66.11%; descent-override: 22.04%; line-gap-override: 0.00%; }",
        ":root { --font: \"Site body\", \"Site body fallback\", sans-serif; }",
        "local(\"Courier New\"), local(\"Liberation Mono\"); size-adjust: 100.00%;",
        ":root { --font-code: \"Site code\", \"Site code fallback\", monospace; }",
    ] {
        assert!(css.contains(part), "{part} is missing in\n{css}");
    }
    // Only text asks for its font at once.
    assert_eq!(
        theme.fonts.iter().map(UrlPath::as_str).collect::<Vec<_>>(),
        [format!("/assets/fonts/text.{text}.woff2")]
    );
    assert!(names(&theme).contains(&format!("assets/fonts/wide.{wide}.woff2")), "{:?}", names(&theme));
}

#[test]
fn fonts_that_cannot_be_used_are_told() {
    let mut damaged = include_bytes!("../../../tests/fonts/boxes.woff2").to_vec();
    damaged.truncate(300);
    let mut heavy = include_bytes!("../../../tests/fonts/boxes.woff2").to_vec();
    heavy.resize(20 * 1024 * 1024, 0);
    for (name, bytes, want) in [
        ("https://fonts.example.org/x.woff2", None, "lies on another host"),
        ("//fonts.example.org/x.woff2", None, "lies on another host"),
        ("fonts/none.woff2", None, "there is no font `fonts/none.woff2`"),
        ("../../../x.woff2", None, "there is no font"),
        ("x.woff2", Some(&b"\0\x01\0\0 a font of the kind ttf"[..]), "is no font of the kind woff2"),
        ("x.woff2", Some(b""), "is no font of the kind woff2"),
        ("x.woff2", Some(b"wOF2"), "cannot be measured: it ends too soon"),
        ("x.woff2", Some(&damaged), "cannot be measured: the file is damaged"),
    ] {
        wrong_font(name, bytes, &[want]);
    }
    // Its end is missing where its measures are looked for, too.
    wrong_font("x.woff2", Some(&heavy), &["weighs 20.0 MiB", "cannot be measured: the file is damaged"]);
}

/// Checks what is told of a font with these bytes.
fn wrong_font(name: &str, bytes: Option<&[u8]>, want: &[&str]) {
    let yaml = format!("fonts: {{body: '{name}'}}");
    let mut files = Memory::new([("themes/mine/theme.yml", yaml.as_str())]);
    if let Some(bytes) = bytes {
        files.insert(SourcePath::new("themes/mine/assets/x.woff2").expect("a path"), bytes);
    }
    let (_, found) = load_files("mine", &files);
    assert_eq!(found.len(), want.len(), "{found:?}");
    for (found, want) in found.iter().zip(want) {
        assert!(found.code == "theme-font" && found.message.contains(want), "{found:?}");
        assert_eq!(found.span.as_ref().map(|span| span.start), Some(0));
    }
}

#[test]
fn kinds_of_containers_have_their_colours_and_icons() {
    let yaml = "markdown:\n  containers:\n    example: {color: '#7a1fa2', icon: star}\n    note: {color: '#ffcc00'}\n    \
                law: {icon: '§'}\n    art: {icon: pictures/art.svg}\n    bad: {icon: staar}\n    none: {color: reddish}\n";
    let files = [("pressoir.yml", yaml), ("pictures/art.svg", "<svg/>")];
    let (theme, found) = load("", &files);
    let told: Vec<String> = found.iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    assert_eq!(
        told,
        [
            "theme-contrast not everyone can read text in `#ffcc00`: its contrast is 1.3 to 1 on `#f7efd9`, the ground of a box, \
             and 4.5 is needed",
            "setting-value there is no icon `staar`",
            "setting-value `reddish` is no colour that can be used here",
        ]
    );
    let css = added(&theme);
    let art = Hash::of_bytes(b"<svg/>").short(8);
    for part in [
        "@layer components {\n.custom-block.example { --kind: light-dark(#7a1fa2, #",
        "--icon: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'",
        ".custom-block.law > .custom-block-title::before { content: \"§\" / \"\";",
        &format!(".custom-block.art {{ --icon: url(\"art.{art}.svg\"); }}"),
    ] {
        assert!(css.contains(part), "{part} is missing in\n{css}");
    }
    assert!(!css.contains(".custom-block.bad") && !css.contains(".custom-block.none"), "{css}");
}

#[test]
fn the_settings_of_a_site_add_style_sheets_and_scripts() {
    let yaml = "theme: {css: [brand.css], js: extra/count.js, measure: 80ch, radius: 0, features: {prefetch: false}}";
    let files = [("pressoir.yml", yaml), ("brand.css", "p { color: red }"), ("extra/count.js", "1")];
    let (theme, found) = load("", &files);
    assert_eq!(found, []);
    assert_eq!(added(&theme), "@layer theme {\n:root { --measure: 80ch; }\n:root { --radius: 0; }\n}\n");
    assert!(theme.styles[1].as_str().starts_with("/assets/site."), "{:?}", theme.styles);
    assert!(theme.scripts[1].as_str().starts_with("/assets/count."), "{:?}", theme.scripts);
    assert!(!theme.features["prefetch"] && theme.features["back_to_top"]);
}

#[test]
fn copies_of_files_that_changed_are_told() {
    let fresh = ejected("templates/partials/footer.html").expect("it is embedded");
    let old = "{#- from pressoir 0.0.1: templates/partials/pager.html 0123456789ab -#}\n<p></p>";
    let (_, found) = load(
        "default",
        &[
            ("themes/default/templates/partials/footer.html", &fresh),
            ("themes/default/templates/partials/pager.html", old),
        ],
    );
    let codes: Vec<_> =
        found.iter().map(|found| (&*found.code, found.span.as_ref().map(|span| span.file.stem()))).collect();
    assert_eq!(codes, [("stale-theme-file", Some("pager"))]);
}
