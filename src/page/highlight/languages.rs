//! Names of languages, as people write them after a fence, -> grammars.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names for text that is not highlighted.
const PLAIN: &[&str] = &[
    "",
    "ansi",
    "ascii",
    "diagram",
    "no-highlight",
    "nohighlight",
    "none",
    "output",
    "plain",
    "plaintext",
    "raw",
    "text",
    "tree",
    "txt",
];

/// Names for what is typed into a shell and what it answers.
const SESSIONS: &[&str] = &["console", "sh-session", "shell-session", "shellsession", "terminal"];

/// Names that no grammar has, or that the wrong one has; lower case, sorted.
const ALIASES: &[(&str, &str)] = &[
    ("angular-html", "html"),
    ("angular-ts", "ts"),
    ("apache", "htaccess"),
    ("apacheconf", "htaccess"),
    ("apex", "java"),
    ("armasm", "ARM Assembly"),
    ("astro", "html"),
    ("atom", "xml"),
    ("avro", "proto"),
    ("ballerina", "java"),
    ("batch", "bat"),
    ("bazel", "py"),
    ("bicep", "tf"),
    ("blade", "php"),
    ("cairo", "rs"),
    ("capnp", "proto"),
    ("cjs", "JavaScript"),
    ("clarity", "lisp"),
    ("commonlisp", "lisp"),
    ("compose", "yaml"),
    ("conf", "ini"),
    ("config", "ini"),
    ("console", "sh"),
    ("cron", "crontab"),
    ("csh", "sh"),
    ("csharp", "cs"),
    ("cshtml", "html"),
    ("cson", "coffee"),
    ("cuda", "cpp"),
    ("curl", "sh"),
    ("cypher", "sql"),
    ("delphi", "pas"),
    ("deno", "JavaScript"),
    ("django", "jinja2"),
    ("docker", "dockerfile"),
    ("docker-compose", "yaml"),
    ("dockerignore", "gitignore"),
    ("dos", "bat"),
    ("dotenv", ".env"),
    ("ecmascript", "JavaScript"),
    ("editorconfig", "ini"),
    ("ejs", "erb"),
    ("elisp", "lisp"),
    ("emacs-lisp", "lisp"),
    ("env", ".env"),
    ("f#", "F#"),
    ("flow", "JavaScript"),
    ("fortran", "f90"),
    ("freemarker", "html"),
    ("fs", "F#"),
    ("fsharp", "F#"),
    ("ftl", "html"),
    ("gdscript", "gd"),
    ("geojson", "json"),
    ("git", "diff"),
    ("git-commit", "COMMIT_EDITMSG"),
    ("git-rebase", "git-rebase-todo"),
    ("gitcommit", "COMMIT_EDITMSG"),
    ("gleam", "rs"),
    ("golang", "go"),
    ("graphviz", "dot"),
    ("hack", "php"),
    ("handlebars", "html"),
    ("haxe", "as"),
    ("hbs", "html"),
    ("hjson", "JavaScript"),
    ("hlsl", "glsl"),
    ("html+erb", "erb"),
    ("html+php", "php"),
    ("html-derivative", "html"),
    ("html5", "html"),
    ("http", "HTTP Request and Response"),
    ("https", "HTTP Request and Response"),
    ("hurl", "http"),
    ("ignore", "gitignore"),
    ("irb", "rb"),
    ("jade", "slim"),
    ("java-properties", "properties"),
    ("javascriptreact", "jsx"),
    // The grammar for JSX has the extension too, but takes half as long again and knows less.
    ("js", "JavaScript"),
    ("js-vue", "JavaScript"),
    ("jsdoc", "JavaScript"),
    ("json5", "JavaScript"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsstacktrace", "log"),
    ("kotlin-script", "kt"),
    ("kql", "sql"),
    ("ksh", "sh"),
    ("kusto", "sql"),
    ("latex", "tex"),
    ("liquid", "twig"),
    ("mail", "eml"),
    ("marko", "html"),
    ("markup", "html"),
    ("mathml", "xml"),
    ("maven", "xml"),
    ("mdc", "md"),
    ("mdx", "md"),
    ("meson", "py"),
    ("metal", "cpp"),
    ("mjs", "JavaScript"),
    ("mongodb", "JavaScript"),
    ("move", "rs"),
    ("mustache", "html"),
    ("mysql", "sql"),
    ("ndjson", "json"),
    ("ng", "html"),
    ("njk", "jinja2"),
    ("node", "JavaScript"),
    ("nu", "sh"),
    ("nunjucks", "jinja2"),
    ("nushell", "sh"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("objective-cpp", "mm"),
    ("objectivec", "m"),
    ("octave", "matlab"),
    ("opa", "rego"),
    ("openapi", "yaml"),
    ("opencl", "c"),
    ("pcss", "css"),
    ("pgsql", "sql"),
    ("php-template", "php"),
    ("plist", "xml"),
    ("plsql", "sql"),
    ("pom", "xml"),
    ("postcss", "css"),
    ("postgresql", "sql"),
    ("powershell", "ps1"),
    ("powershell-session", "ps1"),
    ("prisma", "swift"),
    ("ps", "ps1"),
    ("pug", "slim"),
    ("pwsh", "ps1"),
    ("pycon", "py"),
    ("python-repl", "py"),
    ("python-traceback", "py"),
    ("python3", "py"),
    ("qmake", "make"),
    ("qwik", "tsx"),
    ("raml", "yaml"),
    ("razor", "html"),
    ("reason", "ml"),
    ("regex", "re"),
    ("regexp", "re"),
    ("registry", "ini"),
    ("rescript", "JavaScript"),
    ("restclient", "http"),
    ("riot", "html"),
    ("ron", "rs"),
    ("ruby-repl", "rb"),
    ("scheme", "lisp"),
    ("sh-session", "sh"),
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("shellscript", "sh"),
    ("shellsession", "sh"),
    ("soap", "xml"),
    ("solid", "tsx"),
    ("soql", "sql"),
    ("sparql", "sql"),
    ("sqlite", "sql"),
    ("ssh-config", "ssh_config"),
    ("sshconfig", "ssh_config"),
    ("starlark", "py"),
    ("svg", "xml"),
    ("swagger", "yaml"),
    ("systemd", "ini"),
    ("tcsh", "sh"),
    ("template", "html"),
    ("terminal", "sh"),
    ("thrift", "proto"),
    ("ts-vue", "ts"),
    ("tsp", "ts"),
    ("tsql", "sql"),
    ("typescriptreact", "tsx"),
    ("typespec", "ts"),
    ("udiff", "diff"),
    ("vala", "cs"),
    ("vb", "asa"),
    ("vba", "asa"),
    ("vbnet", "asa"),
    ("vbs", "asa"),
    ("vbscript", "asa"),
    ("vimscript", "vim"),
    ("visual-basic", "asa"),
    ("vlang", "go"),
    ("vue-html", "html"),
    ("vue-sfc", "vue"),
    ("vue-template", "html"),
    ("wasm", "lisp"),
    ("wat", "lisp"),
    ("webmanifest", "json"),
    ("wit", "rs"),
    ("wsdl", "xml"),
    ("xsl", "xml"),
    ("zsh", "sh"),
];

static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// All grammars.
pub(super) fn set() -> &'static SyntaxSet {
    &SET
}

/// Whether it is the input and output of a shell.
pub(super) fn is_session(language: &str) -> bool {
    SESSIONS.iter().any(|name| language.eq_ignore_ascii_case(name))
}

/// The grammar of `language`, in any case: `Some(None)` for plain text, `None` if nobody knows it.
pub(super) fn grammar(language: &str) -> Option<Option<&'static SyntaxReference>> {
    let name = language.to_lowercase();
    if PLAIN.contains(&&*name) {
        return Some(None);
    }
    // A difference of two texts in some language.
    let name = if name.starts_with("diff-") || name.ends_with("-diff") { "diff" } else { &name };
    let alias = ALIASES.binary_search_by_key(&name, |&(alias, _)| alias);
    let token = alias.map_or(name, |index| ALIASES[index].1);
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
            ("diff-js", "Diff"),
            ("JS-diff", "Diff"),
            ("twig", "HTML (Twig)"),
            ("svelte", "Svelte"),
            ("pug", "Ruby Slim"),
            ("http", "HTTP Request and Response"),
            ("nginx", "nginx"),
            ("properties", "Java Properties"),
        ];
        for (name, expected) in cases {
            let found = grammar(name).flatten().map(|syntax| &*syntax.name);
            assert_eq!(found, Some(expected), "{name}");
        }
    }
}
