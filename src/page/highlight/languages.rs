//! Names of languages, as people write them after a fence, -> grammars.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names for text that is not highlighted.
const PLAIN: &[&str] = &[
    "",
    "ansi",
    "ascii",
    "no-highlight",
    "nohighlight",
    "none",
    "output",
    "plain",
    "plaintext",
    "text",
    "tree",
    "txt",
];

/// Names that no grammar has, or that the wrong one has; lower case, sorted.
const ALIASES: &[(&str, &str)] = &[
    ("apache", "htaccess"),
    ("apacheconf", "htaccess"),
    ("astro", "html"),
    ("batch", "bat"),
    ("cjs", "JavaScript"),
    ("commonlisp", "lisp"),
    ("compose", "yaml"),
    ("conf", "ini"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("cson", "coffee"),
    ("django", "jinja2"),
    ("docker", "dockerfile"),
    ("docker-compose", "yaml"),
    ("dos", "bat"),
    ("dotenv", ".env"),
    ("ecmascript", "JavaScript"),
    ("editorconfig", "ini"),
    ("ejs", "erb"),
    ("elisp", "lisp"),
    ("emacs-lisp", "lisp"),
    ("env", ".env"),
    ("f#", "F#"),
    ("fs", "F#"),
    ("fsharp", "F#"),
    ("git", "diff"),
    ("golang", "go"),
    ("handlebars", "html"),
    ("hbs", "html"),
    ("http", "HTTP Request and Response"),
    ("https", "HTTP Request and Response"),
    ("ignore", "gitignore"),
    ("javascriptreact", "jsx"),
    // The grammar for JSX has the extension too, but takes half as long again and knows less.
    ("js", "JavaScript"),
    ("js-vue", "JavaScript"),
    ("json5", "JavaScript"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("kotlin-script", "kt"),
    ("latex", "tex"),
    ("liquid", "twig"),
    ("mathml", "xml"),
    ("mdc", "md"),
    ("mdx", "md"),
    ("mjs", "JavaScript"),
    ("mustache", "html"),
    ("mysql", "sql"),
    ("node", "JavaScript"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("objective-cpp", "mm"),
    ("objectivec", "m"),
    ("pcss", "css"),
    ("pgsql", "sql"),
    ("plist", "xml"),
    ("plsql", "sql"),
    ("postcss", "css"),
    ("postgresql", "sql"),
    ("powershell", "ps1"),
    ("ps", "ps1"),
    ("pwsh", "ps1"),
    ("python3", "py"),
    ("regex", "re"),
    ("regexp", "re"),
    ("scheme", "lisp"),
    ("sh-session", "sh"),
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("shellscript", "sh"),
    ("shellsession", "sh"),
    ("sqlite", "sql"),
    ("svg", "xml"),
    ("template", "html"),
    ("terminal", "sh"),
    ("ts-vue", "ts"),
    ("tsql", "sql"),
    ("typescriptreact", "tsx"),
    ("vimscript", "vim"),
    ("vue-html", "html"),
    ("vue-template", "html"),
    ("wat", "lisp"),
    ("webmanifest", "json"),
    ("xsl", "xml"),
    ("zsh", "sh"),
];

static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// All grammars.
pub(super) fn set() -> &'static SyntaxSet {
    &SET
}

/// The grammar of `language`, in any case: `Some(None)` for plain text, `None` if nobody knows it.
pub(super) fn grammar(language: &str) -> Option<Option<&'static SyntaxReference>> {
    let name = language.to_lowercase();
    if PLAIN.contains(&&*name) {
        return Some(None);
    }
    let alias = ALIASES.binary_search_by_key(&&*name, |&(alias, _)| alias);
    let token = alias.map_or(&*name, |index| ALIASES[index].1);
    SET.find_syntax_by_token(token).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_sorted_and_lead_to_a_grammar() {
        assert!(ALIASES.is_sorted());
        for (alias, _) in ALIASES {
            assert!(grammar(alias).flatten().is_some(), "{alias}");
        }
    }

    #[test]
    fn names_people_write() {
        let cases = [
            ("JS", "JavaScript"),
            ("jsx", "JavaScript (Babel)"),
            ("javascript", "JavaScript"),
            ("ts", "TypeScript"),
            ("tsx", "TypeScriptReact"),
            ("vue", "Vue Component"),
            ("vue-html", "HTML"),
            ("bash", "Bourne Again Shell (bash)"),
            ("shell", "Bourne Again Shell (bash)"),
            ("yml", "YAML"),
            ("styl", "Stylus"),
            ("c++", "C++"),
            ("C#", "C#"),
            ("cs", "C#"),
            ("fs", "F#"),
            ("rs", "Rust"),
            ("kt", "Kotlin"),
            ("docker", "Dockerfile"),
            ("toml", "TOML"),
            ("ini", "INI"),
            ("php", "PHP"),
            ("graphql", "GraphQL"),
            ("diff", "Diff"),
            ("nginx", "nginx"),
            ("properties", "Java Properties"),
        ];
        for (name, expected) in cases {
            let found = grammar(name).flatten().map(|syntax| &*syntax.name);
            assert_eq!(found, Some(expected), "{name}");
        }
    }
}
