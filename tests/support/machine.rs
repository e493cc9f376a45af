//! What of a machine's settings the program would read.

/// Variables of the environment.
pub const READ: &[&str] = &[
    "CI",
    "GITHUB_ACTIONS",
    "GITHUB_PAGES",
    "GITHUB_REPOSITORY",
    "GITHUB_SERVER_URL",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "PRESSOIR_URL",
    "SOURCE_DATE_EPOCH",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
];
