//! What the themes of VuePress and VitePress call colours, fonts and measures, and what they are called here.

/// Custom properties of theirs, and ours of the same meaning; the first of each is the one that most sheets use.
const PROPERTIES: &[(&str, &str)] = &[
    ("--vp-c-brand-1", "--link"),
    ("--vp-c-brand", "--link"),
    ("--vp-c-accent", "--link"),
    ("--c-brand", "--link"),
    ("--theme-color", "--link"),
    ("--vp-c-bg", "--bg"),
    ("--c-bg", "--bg"),
    ("--bg-color", "--bg"),
    ("--vp-c-bg-alt", "--bg-alt"),
    ("--c-bg-light", "--bg-alt"),
    ("--vp-c-text-1", "--text"),
    ("--vp-c-text", "--text"),
    ("--c-text", "--text"),
    ("--text-color", "--text"),
    ("--vp-c-text-2", "--text-muted"),
    ("--vp-c-text-mute", "--text-muted"),
    ("--c-text-light", "--text-muted"),
    ("--vp-c-divider", "--line"),
    ("--vp-c-border", "--line"),
    ("--c-border", "--line"),
    ("--border-color", "--line"),
    ("--vp-c-tip-1", "--tip"),
    ("--vp-c-tip-soft", "--tip-bg"),
    ("--c-tip", "--tip"),
    ("--c-tip-bg", "--tip-bg"),
    ("--vp-c-warning-1", "--warning"),
    ("--vp-c-warning-soft", "--warning-bg"),
    ("--c-warning", "--warning"),
    ("--c-warning-bg", "--warning-bg"),
    ("--vp-c-danger-1", "--danger"),
    ("--vp-c-danger-soft", "--danger-bg"),
    ("--c-danger", "--danger"),
    ("--c-danger-bg", "--danger-bg"),
    ("--vp-home-hero-name-color", "--hero"),
    ("--vp-home-hero-name-background", "--hero-bg"),
    ("--vp-button-brand-bg", "--button"),
    ("--vp-button-brand-text", "--button-text"),
    ("--vp-code-block-bg", "--code-bg"),
    ("--code-bg-color", "--code-bg"),
    ("--vp-c-bg-soft", "--bg-alt"),
    ("--vp-c-bg-mute", "--bg-hover"),
    ("--vp-c-gutter", "--line"),
    ("--vp-custom-block-tip-bg", "--tip-bg"),
    ("--vp-custom-block-info-bg", "--info-bg"),
    ("--vp-custom-block-warning-bg", "--warning-bg"),
    ("--vp-custom-block-danger-bg", "--danger-bg"),
    ("--vp-font-family-base", "--font"),
    ("--vp-font", "--font"),
    ("--font-family", "--font"),
    ("--vp-font-family-mono", "--font-code"),
    ("--font-family-mono", "--font-code"),
    ("--font-family-code", "--font-code"),
    ("--content-width", "--measure"),
];

/// What the variables of a palette set here.
const PALETTE: &[(&str, &str)] = &[
    ("accentcolor", "--link"),
    ("themecolor", "--link"),
    ("textcolor", "--text"),
    ("bordercolor", "--line"),
    ("contentwidth", "--measure"),
    ("fontfamily", "--font"),
    ("vpfont", "--font"),
    ("vpfontcode", "--font-code"),
];

/// What the themes themselves give to variables that a sheet may use without setting them.
const GIVEN: &[(&str, &str)] = &[
    ("accentcolor", "var(--link)"),
    ("themecolor", "var(--link)"),
    ("textcolor", "var(--text)"),
    ("bordercolor", "var(--line)"),
    ("contentwidth", "var(--measure)"),
    ("mqnarrow", "959px"),
    ("mqmobile", "719px"),
    ("mqmobilenarrow", "419px"),
];

/// Ours, for a custom property of theirs.
pub(super) fn property(theirs: &str) -> Option<&'static str> {
    PROPERTIES.iter().find(|(known, _)| *known == theirs).map(|(_, ours)| *ours)
}

/// A value with our custom properties in the place of theirs that are known.
pub(super) fn translated(value: &str) -> String {
    let mut translated = value.to_owned();
    for (theirs, ours) in PROPERTIES {
        if translated.contains(theirs) {
            translated = translated.replace(&format!("var({theirs})"), &format!("var({ours})"));
        }
    }
    translated
}

/// Ours, for a variable of a palette.
pub(super) fn palette(theirs: &str) -> Option<&'static str> {
    entry(PALETTE, theirs)
}

/// What a variable has that a sheet uses without setting it.
pub(super) fn given(theirs: &str) -> Option<&'static str> {
    entry(GIVEN, theirs)
}

/// `accentColor` and `accent-color` are one name.
fn entry(table: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    let name: String = name.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect();
    table.iter().find(|(known, _)| *known == name).map(|(_, ours)| *ours)
}
