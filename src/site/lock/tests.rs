use super::{Lock, Missing, written};
use crate::base::SourcePath;
use crate::config::Layout;
use crate::page::decode;
use crate::site::fixture::Folder;
use crate::site::types::Site;

/// The lock with this text, and what is said of it: line and message.
fn read(text: &str, folder: &Folder) -> (Lock, Vec<(usize, String)>) {
    let path = SourcePath::new("pressoir.lock").expect("a path");
    let source = decode(path, text.as_bytes());
    let (lock, found) = Lock::read(&source, &folder.config);
    let told = |found: &crate::diag::Diagnostic| {
        let span = found.span.as_ref().expect("a place");
        (source.text[..span.range().start].matches('\n').count() + 1, found.message.clone())
    };
    (lock, found.iter().map(told).collect())
}

/// What of a lock is missing, as addresses of files with anchors.
fn missing(lock: &Lock, site: &Site) -> Vec<String> {
    let missing = Missing::new(lock, site);
    let anchors = missing.anchors.iter().map(|(out, id, _)| format!("{out}#{id}"));
    missing.pages.iter().map(ToString::to_string).chain(anchors).collect()
}

fn folder() -> Folder {
    Folder::new(Layout::Native, &["README.md", "guide/à la #1.md", "guide/start.md", "404.md"])
        .front("guide/start.md", "title: \"A\\tB\"\naliases: /old.html")
        .headings("guide/start.md", &["install", "été%"])
}

#[test]
fn what_is_written_is_read_and_nothing_of_it_is_missing() {
    let folder = folder();
    let text = written(&folder.site());
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
    assert_eq!(
        lines,
        [
            "/\tREADME.md\tDocumentation",
            "/guide/start.html\tguide/start.md\tA B",
            "/guide/start.html#install\tguide/start.md\tinstall",
            "/guide/start.html#été%25\tguide/start.md\tété%",
            "/guide/à la %231.html\tguide/à la #1.md\tÀ la #1",
            "/old.html\t=> /guide/start.html",
        ]
    );
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}"), format!("{text}{text}")] {
        let (lock, found) = read(&text, &folder);
        assert_eq!((found, missing(&lock, &folder.site())), (vec![], vec![]), "{text}");
        assert_eq!(lock.count(), (4, 2));
    }
}

#[test]
fn what_is_gone_is_missing_and_what_leads_on_is_not() {
    let before = written(&folder().site());
    let (lock, _) = read(&before, &folder());
    let after = Folder::new(Layout::Native, &["README.md", "guide/begin.md"]).headings("guide/begin.md", &["install"]);
    let gone = ["guide/start.html", "guide/à la #1.html", "old.html"];
    assert_eq!(missing(&lock, &after.site()), gone);
    // A page that is led on to answers for its anchors, too.
    let after = after.edit("guide/begin.md", |page| page.aliases.push("/guide/start.html".into()));
    assert_eq!(missing(&lock, &after.site()), ["guide/à la #1.html", "old.html", "guide/start.html#été%"]);
}

#[test]
fn an_address_without_its_ending_is_the_same_address() {
    let mut clean = folder();
    clean.config.clean_urls = true;
    let (with, without) = (written(&folder().site()), written(&clean.site()));
    assert!(without.contains("\n/guide/start#install\t"), "{without}");
    for text in [&with, &without] {
        for folder in [&folder(), &clean] {
            let (lock, found) = read(text, folder);
            assert_eq!((found, missing(&lock, &folder.site())), (vec![], vec![]), "{text}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let told = |text: &str| read(text, &folder()).1;
    assert_eq!(told("pressoir.lock 1\n# no matter what\n\n/a.html\ta.md\n"), []);
    let conflict = "pressoir.lock 1\n<<<<<<< HEAD\n/a.html\ta.md\tA\n=======\n/b.html\tb.md\tB\n>>>>>>> main\n";
    let unfinished = "two versions of this file were merged, and the merge is not finished";
    assert_eq!(told(conflict), [(2, unfinished.to_owned())]);
    assert_eq!(read(conflict, &folder()).0.count().0, 2, "both sides count");
    let whole = format!("<<<<<<< HEAD\n{conflict}>>>>>>> main\n");
    assert_eq!(told(&whole).len(), 2);
    let no_entry = "this line names no address and the file that it came from";
    for line in ["a.html\ta.md", "/a.html", "https://a.fr/\ta.md", "\t\t"] {
        assert_eq!(
            told(&format!("pressoir.lock 1\n/x.html\tx.md\n{line}\n")).len(),
            usize::from(!line.trim().is_empty()),
            "{line}"
        );
    }
    assert_eq!(told("pressoir.lock 1\nx\n"), [(2, no_entry.to_owned())]);
    let (lock, found) = read("pressoir.lock 2\n/a.html\ta.md\n", &folder());
    assert!(lock.is_newer && lock.count() == (0, 0) && found[0].0 == 1);
    for text in ["", "\n", "# x\n", "/a.html\ta.md\n"] {
        assert_eq!(told(text)[0].1, "this is no list of addresses: it does not begin with `pressoir.lock 1`", "{text}");
    }
    let many = format!("pressoir.lock 1\n{}", "x\n".repeat(500));
    assert_eq!(told(&many).len(), 20);
}
