//! What a function does that says where included files lie: beginnings of paths, and the folders that they stand for.

use serde_yaml::Value;

use crate::base::SourcePath;
use crate::script::ROOT;

/// What became of one beginning.
enum Told {
    /// It stands for a folder of the project.
    Folder(String),
    /// It is read as without the function, or leads out of the project, where no file can be.
    Nothing,
}

/// The beginnings and their folders, if the answers come to that.
pub(super) fn rules(answers: &[Value]) -> Option<Vec<(String, String)>> {
    let mut rules: Vec<(String, String)> = Vec::new();
    for three in answers.chunks(3) {
        let [one, elsewhere, deep] = three else { return None };
        let beginning = one.get(0)?.as_str()?.strip_suffix("one.md")?;
        match told(beginning, one, elsewhere, deep)? {
            Told::Folder(folder) => rules.push((beginning.to_owned(), folder)),
            // A longer beginning that is an exception of a shorter one.
            Told::Nothing if rules.iter().any(|(known, _)| !known.is_empty() && beginning.starts_with(known)) => {
                return None;
            }
            Told::Nothing => {}
        }
    }
    // What a shorter one says already.
    let told: Vec<(String, String)> = rules.clone();
    rules.retain(|(beginning, folder)| {
        let joined =
            |known: &str, to: &str| SourcePath::new(to)?.join(beginning.strip_prefix(known)?.trim_start_matches('/'));
        !told.iter().any(|(known, to)| {
            known != beginning && beginning.starts_with(known) && joined(known, to) == SourcePath::new(folder)
        })
    });
    Some(rules)
}

fn told(beginning: &str, one: &Value, elsewhere: &Value, deep: &Value) -> Option<Told> {
    let made = |answer: &Value| answer.get(2).and_then(Value::as_str).map(str::to_owned);
    let (Some(here), Some(there), Some(below)) = (made(one), made(elsewhere), made(deep)) else {
        // Of some beginnings it makes nothing at all.
        return Some(Told::Nothing);
    };
    if here != there || here == format!("{beginning}one.md") {
        // By the file that it stands in, or as written.
        return Some(Told::Nothing);
    }
    let folder = here.strip_suffix("one.md")?;
    if below != format!("{folder}in/two.md") {
        return None;
    }
    if beginning.is_empty() || beginning == "/" && folder == "/" {
        return (beginning == "/").then_some(Told::Nothing);
    }
    let Some(inside) = folder.strip_prefix(ROOT).and_then(|rest| rest.strip_prefix('/')) else {
        return Some(Told::Nothing);
    };
    let inside = inside.trim_end_matches('/');
    Some(match inside.split('/').any(|name| name == "node_modules") {
        true => Told::Nothing,
        false => Told::Folder(inside.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(resolve: fn(&str, &str) -> Option<String>, want: Option<&[(&str, &str)]>) {
        let mut answers = Vec::new();
        for beginning in ["@", "@/", "~", "/", "./", "", "@src", "@src/"] {
            for (name, folder) in [("one.md", "here"), ("one.md", "there/far"), ("in/two.md", "here")] {
                let (path, folder) = (format!("{beginning}{name}"), format!("{ROOT}/{folder}"));
                let made = resolve(&path, &folder).map_or(Value::Null, Value::from);
                answers.push(Value::from(vec![Value::from(path), Value::from(folder), made]));
            }
        }
        let got = rules(&answers);
        let got: Option<Vec<(&str, &str)>> =
            got.as_ref().map(|rules| rules.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect());
        assert_eq!(got.as_deref(), want);
    }

    #[test]
    fn beginnings_of_paths() {
        let from_here = |path: &str, folder: &str| Some(format!("{folder}/{}", path.trim_start_matches("./")));
        check(from_here, Some(&[]));
        check(|path, _| Some(path.to_owned()), Some(&[]));
        check(
            |path, folder| {
                Some(match path.strip_prefix('@') {
                    Some(rest) => format!("{ROOT}/docs/snippets/{}", rest.trim_start_matches('/')),
                    None => format!("{folder}/{path}"),
                })
            },
            Some(&[("@", "docs/snippets")]),
        );
        check(
            |path, _| Some(path.strip_prefix("@src/").map_or(path.to_owned(), |rest| format!("{ROOT}/src/{rest}"))),
            Some(&[("@src/", "src")]),
        );
        check(|path, _| path.starts_with('@').then(|| format!("/elsewhere/{path}")), Some(&[]));
        check(|path, _| Some(path.replace("one", "two")), None);
        check(|path, _| Some(format!("{ROOT}/docs/{path}")), None);
    }
}
