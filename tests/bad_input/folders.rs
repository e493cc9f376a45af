//! Folders that lie where they should not, hold what they should not, or nothing.

use std::fs;
use std::path::Path;

use crate::{Case, LIMIT, build, build_with, check, folder, pressoir, run, verify};

const HOME: &[u8] = b"# Accueil\n";

#[test]
fn two_pages_with_one_address() {
    let files =
        [("g/README.md", &b"# Lisez-moi\n"[..]), ("g/index.md", b"# Index\n"), ("README.md", b"[x](g/README.md)\n")];
    let told = ["warning[duplicate-address]", "g/README.md:1:1", "g/index.md:1:1", "`/g/README.html`"];
    let shown = [("g/index.html", "Index"), ("g/README.html", "Lisez-moi"), ("index.html", "href=\"g/README.html\"")];
    check(&Case { files: &files, code: 0, told: &told, shown: &shown });
    for (name, second) in [("a.md", "b.html"), ("a.md", "b.html/c/")] {
        let page = format!("---\npermalink: /{second}\n---\n# A\n");
        let files = [(name, page.as_bytes()), ("b.md", b"# B\n")];
        check(&Case {
            files: &files,
            code: 1,
            told: &["error[duplicate-address]", "b.md:1:1", "a.md:1:1"],
            shown: &[],
        });
    }
    let files = [("a.md", &b"# La page\n"[..]), ("a.html", b"<p>le fichier</p>")];
    check(&Case { files: &files, code: 0, told: &["duplicate-output", "a.html:1:1"], shown: &[("a.html", "La page")] });
    // What a theme or a permalink cannot take away.
    let files = [("a.md", &b"---\npermalink: /../../b.html\n---\nfin\n"[..]), ("404.md", b"perdu\n")];
    check(&Case { files: &files, code: 0, told: &[], shown: &[("b.html", "fin"), ("404.html", "perdu")] });
}

#[test]
fn a_folder_without_pages() {
    check_bare(&[], 1, &["no-pages", "README.md"]);
    check_bare(&[("a.txt", b"x")], 1, &["no-pages", "README.md"]);
    check_bare(
        &[("pressoir.yml", b""), ("README.md", HOME)],
        1,
        &["no-pages", "`content/`", "`content/README.md`", "`content: docs`"],
    );
    check_bare(&[("docs/.vuepress/config.yml", b"title: X\n")], 1, &["no-pages", "`docs/README.md`"]);
}

fn check_bare(files: &[(&str, &[u8])], code: i32, told: &[&str]) {
    let folder = folder(files.iter().copied());
    let ended = build(folder.path());
    verify(folder.path(), &ended, &Case { files, code, told, shown: &[] });
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = folder([("README.md", HOME)]);
    for (argument, told) in [("absent", "`absent`"), ("absent/plus", "`absent/plus`"), ("README.md", "is a file")] {
        let ended = build_with(folder.path(), &[argument]);
        assert!(ended.code == 2 && ended.err.contains(told), "{}", ended.err);
    }
}

#[test]
fn an_output_folder_that_holds_the_pages_is_refused() {
    let native = |output: &str| {
        folder([("pressoir.yml", format!("output: {output}\n")), ("content/README.md", "# H\n".to_owned())])
    };
    for output in [".", "./", "content", "./content/", "x/../content", "content/."] {
        let folder = native(output);
        let ended = build(folder.path());
        assert!(ended.code == 2 && ended.err.contains("output-is-content"), "{output}: {}", ended.err);
    }
    let outer = folder([("site/README.md", HOME)]);
    for arguments in
        [["site", "-o", "."], ["site", "-o", "site"], ["site", "-o", "site/../site"], ["site", "-o", "./site/."]]
    {
        let ended = build_with(outer.path(), &arguments);
        assert!(
            matches!(ended.code, 1 | 2) && ended.err.contains("written"),
            "{arguments:?}: {} {}",
            ended.code,
            ended.err
        );
    }
    let settings = folder([("site/pressoir.yml", &b"output: ..\n"[..]), ("site/content/README.md", HOME)]);
    let ended = build_with(settings.path(), &["site"]);
    assert!(ended.code == 2 && ended.err.contains("holds the pages"), "{}", ended.err);
}

#[test]
fn an_output_folder_among_the_pages_is_no_source() {
    let folder = folder([("pressoir.yml", &b"output: content/site\n"[..]), ("content/README.md", HOME)]);
    for _ in 0..3 {
        let ended = run(pressoir(folder.path()).arg("build"), LIMIT);
        assert!(ended.code == 0 && ended.err.contains("Built 1 page"), "{}", ended.err);
        assert!(!folder.path().join("content/site/site").exists(), "the site was copied into itself");
    }
    // Another output folder later: the first one is known by its mark.
    let ended = run(pressoir(folder.path()).args(["build", "-o", "elsewhere"]), LIMIT);
    assert!(ended.code == 0 && !folder.path().join("elsewhere/site").exists(), "{}", ended.err);
}

#[test]
fn what_others_put_into_the_output_folder_stays() {
    let beside = folder([("README.md", HOME), ("public/mine.txt", b"mine"), ("public/.htaccess", b"mine")]);
    let ended = build(beside.path());
    assert!(ended.code == 0 && beside.path().join("public/index.html").exists(), "{}", ended.err);
    for taken in ["public/index.html", "public/a", "public/a.html/x.txt"] {
        let folder = folder([("README.md", HOME), ("a.md", HOME), ("a/b.md", HOME), (taken, b"mine")]);
        let ended = build(folder.path());
        assert!(ended.code == 2 && ended.err.contains("Move them away"), "{taken}: {}", ended.err);
    }
}

#[test]
fn an_output_folder_that_is_a_file_stays_a_file() {
    let folder = folder([("README.md", HOME), ("public", b"mine"), ("notes", b"mine")]);
    for arguments in [&[][..], &["-o", "notes"], &["-o", "notes/site"]] {
        let ended = build_with(folder.path(), arguments);
        assert!(ended.code == 2 && ended.err.contains("is a file, not a folder"), "{arguments:?}: {}", ended.err);
    }
}

/// The program in a folder, started by a user whom permissions bind: the superuser starts a copy of it as somebody else.
#[cfg(unix)]
fn bound_by_permissions(root: &Path) -> std::process::Command {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let probe = root.join("probe");
    fs::write(&probe, "").expect("a file can be written");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).expect("it is ours");
    let is_superuser = fs::read(&probe).is_ok();
    fs::remove_file(&probe).expect("it is ours");
    let mut command = pressoir(root);
    if is_superuser {
        let copy = root.join(".pressoir-program");
        fs::copy(env!("CARGO_BIN_EXE_pressoir"), &copy).expect("the program can be copied");
        fs::set_permissions(root, fs::Permissions::from_mode(0o755)).expect("it is ours");
        command = std::process::Command::new(copy);
        command.current_dir(root).uid(65534).gid(65534);
    }
    command
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_nobody_may_write_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder([("README.md", HOME)]);
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("it is ours");
    for out in ["closed", "closed/site"] {
        let ended = run(bound_by_permissions(folder.path()).args(["build", "-o", out]), LIMIT);
        assert!(
            ended.code == 3 && ended.err.contains(out) && ended.err.contains("denied"),
            "{} {}",
            ended.code,
            ended.err
        );
    }
    assert_eq!(fs::read_dir(&closed).expect("it can be read").count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_that_takes_nothing() {
    let folder = folder([("README.md", "[x](rien.md)\n")]);
    let full = || fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let status = |command: &mut std::process::Command| command.status().expect("it starts").code();
    let devnull = || std::process::Stdio::null();
    assert_eq!(status(pressoir(folder.path()).args(["check"]).stdout(full()).stderr(devnull())), Some(3));
    assert_eq!(status(pressoir(folder.path()).args(["config"]).stdout(full()).stderr(devnull())), Some(3));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    fn linked(files: &[(&str, &[u8])], links: &[(&str, &str)], case: &Case<'_>) {
        let folder = folder(files.iter().copied());
        for (target, link) in links {
            symlink(target, folder.path().join(link)).expect("a link can be made");
        }
        let ended = build(folder.path());
        verify(folder.path(), &ended, case);
    }

    #[test]
    fn a_circle_of_links_ends() {
        let files = [("README.md", HOME), ("a/b.md", b"# B\n")];
        let case = Case { files: &files, code: 0, told: &[], shown: &[("a/b.html", "B")] };
        linked(&files, &[("..", "a/loop")], &case);
        let told = ["unreadable-file", "`moi.md`", "delete the link"];
        linked(
            &files,
            &[("moi.md", "moi.md")],
            &Case { files: &files, code: 0, told: &told, shown: &[("a/b.html", "B")] },
        );
    }

    #[test]
    fn links_out_of_the_project_are_left_out_and_told() {
        let outside = folder([("secret.md", "# Secret\n")]);
        let target = outside.path().to_string_lossy();
        let files = [("README.md", HOME)];
        for (target, link) in [(&*target, "dehors"), (&*format!("{target}/secret.md"), "secret.md")] {
            let told = ["unreadable-file", link, "leads out of the project", "it is left out"];
            linked(
                &files,
                &[(target, link)],
                &Case { files: &files, code: 0, told: &told, shown: &[("index.html", "Accueil")] },
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_told() {
        let files = [("README.md", HOME)];
        let told = ["unreadable-file", "`x.md` is a link to a file that is not there"];
        linked(
            &files,
            &[("absent.md", "x.md")],
            &Case { files: &files, code: 0, told: &told, shown: &[("index.html", "Accueil")] },
        );
        // A folder with the name of a page is a folder.
        let files = [("README.md", HOME), ("x.md/.keep", b"")];
        linked(&files, &[], &Case { files: &files, code: 0, told: &[], shown: &[("index.html", "Accueil")] });
    }

    #[test]
    fn a_file_without_permission_is_an_error() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder([("README.md", HOME), ("clos.md", HOME)]);
        let closed = folder.path().join("clos.md");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("it is ours");
        let ended = run(bound_by_permissions(folder.path()).arg("build"), LIMIT);
        assert!(ended.code == 1 && ended.err.contains("`clos.md` cannot be read"), "{} {}", ended.code, ended.err);
        assert!(ended.err.contains("permissions"), "{}", ended.err);
        assert!(!folder.path().join("public").exists());
    }

    #[test]
    fn a_folder_without_permission_is_left_out_and_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder([("README.md", HOME), ("clos/a.md", HOME)]);
        let closed = folder.path().join("clos");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("it is ours");
        let ended = run(bound_by_permissions(folder.path()).arg("check"), LIMIT);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("it is ours");
        assert!(ended.code == 0 && ended.out.contains("`clos` cannot be read"), "{} {}", ended.code, ended.out);
    }
}
