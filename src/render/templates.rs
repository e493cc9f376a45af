//! The theme's templates, compiled. Those of the project stand before the embedded ones, which lie below `default/` as
//! well, so that `{% extends "default/base.html" %}` reaches the one that a file of the same name hides.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use crate::base::{Hash, SourcePath, Span};
use crate::diag::Diagnostic;

use super::components::defined;
use super::embedded;

/// The folder, among the templates' names, of the embedded ones.
const DEFAULT: &str = "default/";

/// A template of the project.
pub(super) struct Template {
    /// What other templates call it: `partials/footer.html`.
    pub(super) name: String,
    /// Where it lies.
    pub(super) file: SourcePath,
    /// Its text.
    pub(super) text: String,
}

/// The compiled templates.
pub(super) struct Templates {
    tera: Tera,
    /// What the names of templates begin with that lie in themes that another extends.
    prefixes: Vec<String>,
    /// Those of the project that compiled: of the site and its theme, then of the themes that it extends.
    project: Vec<Template>,
}

impl Templates {
    /// Compiles the default theme's templates and the project's. One that is wrong is reported and left out; the embedded one
    /// of its name stands in.
    ///
    /// `parents` are the themes that the project's theme extends, the nearest first: their templates stand below their names,
    /// `parent/base.html`, and each of those names reaches a template, if need be one further up.
    pub(super) fn new(
        mut project: Vec<Template>,
        parents: Vec<(String, Vec<Template>)>,
    ) -> (Templates, Vec<Diagnostic>) {
        let names: Vec<String> = parents.iter().map(|(name, _)| format!("{name}/")).collect();
        let base = default_theme(&names);
        project.extend(below_names(parents));
        let mut diagnostics = Vec::new();
        loop {
            match with(&base, &project) {
                Ok(tera) => return (Templates { tera, prefixes: names, project }, diagnostics),
                Err(error) => {
                    let diagnostic = explain(&error, &project);
                    let culprit = match &diagnostic.span {
                        Some(span) => project.iter().position(|template| template.file == span.file),
                        None => (0..project.len()).find(|&index| fits_without(&base, &project, index)),
                    };
                    match culprit {
                        Some(index) => {
                            let file = project.remove(index).file;
                            // It may stand below the name of another theme, too.
                            project.retain(|template| template.file != file);
                            let placed = diagnostic.span.is_some();
                            diagnostics.push(if placed { diagnostic } else { diagnostic.at(Span::new(file, 0..0)) });
                        }
                        None => {
                            project.clear();
                            diagnostics.push(diagnostic);
                        }
                    }
                }
            }
        }
    }

    /// Whether there is a template of this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The names and texts of all templates: the default theme's first, then the project's.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let below =
            |name| self.prefixes.iter().find_map(|prefix| str::strip_prefix(name, prefix.as_str())).unwrap_or(name);
        let project = self.project.iter().map(move |template| (below(&template.name), template.text.as_str()));
        let embedded = embedded_templates().map(|(name, text)| -> (&str, &str) { (name, text) });
        embedded.chain(project)
    }

    /// The hash of a template and of all that it may include or use: of those that its text names, by file or by component.
    pub(super) fn hash(&self, name: &str) -> Hash {
        let all: Vec<(&str, &str)> = self.texts().collect();
        let components: Vec<Vec<&str>> = all.iter().map(|(_, text)| defined(text).collect()).collect();
        let mut reached: BTreeSet<usize> = (0..all.len()).filter(|&index| all[index].0 == name).collect();
        let mut next: Vec<usize> = reached.iter().copied().collect();
        while let Some(from) = next.pop() {
            let text = all[from].1;
            let is_named = |index: &usize| {
                text.contains(all[*index].0) || components[*index].iter().any(|name| has_word(text, name))
            };
            for index in (0..all.len()).filter(is_named) {
                if reached.insert(index) {
                    next.push(index);
                }
            }
        }
        Hash::of(&reached.into_iter().map(|index| all[index]).collect::<Vec<_>>())
    }

    /// A component, by its name as written.
    pub(super) fn component(&self, name: &str) -> Option<tera::ComponentInfo> {
        self.tera.get_component_definition(name)
    }

    /// A component, filled in. What it asks for of the page or the theme is in `context`.
    pub(super) fn render_component(
        &self,
        name: &str,
        arguments: &tera::Context,
        context: &tera::Context,
        body: &str,
    ) -> Result<String, Diagnostic> {
        let html = self.tera.render_component_with_implicits(name, arguments, context, Some(body), true);
        html.map_err(|error| explain(&error, &self.project))
    }

    /// A template, filled in.
    pub(super) fn render(&self, name: &str, context: &tera::Context) -> Result<String, Diagnostic> {
        self.tera.render(name, context).map_err(|error| explain(&error, &self.project))
    }
}

/// The templates of themes that another extends, below the names of the themes.
fn below_names(parents: Vec<(String, Vec<Template>)>) -> Vec<Template> {
    let mut placed: Vec<Template> = Vec::new();
    let mut known: BTreeMap<String, (SourcePath, String)> = BTreeMap::new();
    // From the farthest: what a theme has not, it has of the one that it extends. Components are known by their own names.
    for (theme, templates) in parents.into_iter().rev() {
        known.retain(|_, (_, text)| defined(text).next().is_none());
        known.extend(templates.into_iter().map(|template| (template.name, (template.file, template.text))));
        placed.extend(known.iter().map(|(name, (file, text))| Template {
            name: format!("{theme}/{name}"),
            file: file.clone(),
            text: text.clone(),
        }));
    }
    placed
}

/// The embedded templates, behind those of themes that have these names.
fn default_theme(names: &[String]) -> Tera {
    let mut tera = Tera::new();
    let prefixes = names.iter().cloned().map(Cow::Owned).chain([Cow::Borrowed(DEFAULT)]);
    tera.set_fallback_prefixes(prefixes).expect("no template has been added yet");
    let templates = embedded_templates().map(|(name, text)| (format!("{DEFAULT}{name}"), text));
    let frames = embedded_templates().filter(|(_, text)| defined(text).next().is_none());
    let reached = frames.flat_map(|(name, text)| names.iter().map(move |theme| (format!("{theme}{name}"), text)));
    tera.add_raw_templates(templates.chain(reached)).expect("a test compiles the embedded templates");
    tera
}

/// Whether a name stands in a text, and not only as a part of a longer one.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// The embedded templates, by name: those of pages, and those of components.
fn embedded_templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::DEFAULT_THEME.iter().filter_map(|(path, text)| Some((name_of(path)?, *text)))
}

/// What templates call the one at this path below the theme's folder, if it is one.
pub(super) fn name_of(path: &str) -> Option<&str> {
    let is_component = path.starts_with(super::components::FOLDER);
    path.strip_prefix("templates/").or_else(|| is_component.then_some(path)).filter(|name| name.ends_with(".html"))
}

fn with(base: &Tera, project: &[Template]) -> tera::TeraResult<Tera> {
    let mut tera = base.clone();
    tera.add_raw_templates(project.iter().map(|template| (&template.name, &template.text)))?;
    Ok(tera)
}

/// Whether the templates compile once the one at `index` is left out.
fn fits_without(base: &Tera, project: &[Template], index: usize) -> bool {
    let mut tera = base.clone();
    let others = project.iter().enumerate().filter(|(other, _)| *other != index);
    tera.add_raw_templates(others.map(|(_, template)| (&template.name, &template.text))).is_ok()
}

/// An error of Tera as a finding, in the project's file where it lies in one.
fn explain(error: &tera::Error, project: &[Template]) -> Diagnostic {
    let find = |name: &str| project.iter().find(|template| template.name == name);
    let at_start = |template: &Template| Span::new(template.file.clone(), 0..0);
    let (message, place, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = find(report.filename()).map(|found| Span::new(found.file.clone(), report.span().range.clone()));
            (report.message().to_owned(), report.filename().to_owned(), span)
        }
        ErrorKind::MissingParent { current, parent } => (
            format!("the template `{parent}` that it extends does not exist"),
            current.clone(),
            find(current).map(at_start),
        ),
        ErrorKind::CircularExtend { tpl, .. } => ("it extends itself".into(), tpl.clone(), find(tpl).map(at_start)),
        ErrorKind::CircularInclude { tpl, .. } => ("it includes itself".into(), tpl.clone(), find(tpl).map(at_start)),
        // Findings about several templates at once come as text only: a message, then `--> name:line:column`.
        other => {
            let text = other.to_string();
            let reports: Vec<(&str, &str)> = text.split("\n\n").filter_map(report_in).collect();
            let of_project = reports.iter().find_map(|(message, place)| Some((*message, span_at(place, project)?)));
            match (of_project, reports.first()) {
                (Some((message, span)), _) => (message.to_owned(), String::new(), Some(span)),
                (None, Some((message, place))) => ((*message).to_owned(), (*place).to_owned(), None),
                (None, None) => (text, String::new(), None),
            }
        }
    };
    let mut message = message;
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    if span.is_none() && !place.is_empty() {
        message.push_str(&format!(" (seen in the template `{place}`)"));
    }
    let diagnostic = Diagnostic::error("template-error", message);
    let help = "mend the template, or remove it: the default theme's takes its place";
    match span {
        Some(span) => diagnostic.at(span).help(help),
        None => diagnostic.help("compare the theme's templates with those of the default theme"),
    }
}

/// The message and the place in one of Tera's printed errors.
fn report_in(text: &str) -> Option<(&str, &str)> {
    let mut lines = text.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    Some((message, place))
}

/// The span of `name:line:column` if the template is the project's.
fn span_at(place: &str, project: &[Template]) -> Option<Span> {
    let mut parts = place.rsplitn(3, ':');
    let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
    let (column, line): (usize, usize) = (column.parse().ok()?, line.parse().ok()?);
    let template = project.iter().find(|template| template.name == name)?;
    let before: usize = template.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let inside: usize = template.text[before..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    Some(Span::new(template.file.clone(), before + inside..before + inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(name: &str, text: &str) -> Template {
        let file = SourcePath::new(&format!("themes/x/templates/{name}")).expect("a path");
        Template { name: name.into(), file, text: text.into() }
    }

    #[test]
    fn the_embedded_templates_compile() {
        assert!(default_theme(&[]).contains_template("base.html"));
    }

    #[test]
    fn wrong_templates_are_reported_where_they_are_wrong() {
        let good = "{% extends \"default/base.html\" %}{% block banner %}hello{% endblock %}";
        for (name, text, place) in [
            ("partials/footer.html", "a\n{% if %}", Some("partials/footer.html:2")),
            ("page.html", "{% extends \"none.html\" %}", Some("page.html:1")),
            ("page.html", "{% extends \"page.html\" %}", Some("page.html:1")),
            ("page.html", "{% extends \"base.html\" %}\n\n{% block blck %}{% endblock %}", Some("page.html:3")),
            ("page.html", "é {{ 1 | upperr }}", Some("page.html:1")),
            ("page.html", "{% include \"partials/none.html\" %}", Some("page.html:1")),
            // The default home page fills a block that this frame has not.
            ("base.html", "<p>{% block content %}{% endblock %}</p>", Some("base.html:1")),
            ("partials/other.html", "fine", None),
        ] {
            let (templates, found) =
                Templates::new(vec![template("partials/x.html", good), template(name, text)], Vec::new());
            assert!(templates.contains(name));
            let places: Vec<String> = found
                .iter()
                .map(|found| {
                    let span = found.span.as_ref().expect("a place");
                    let line = crate::base::line_column(text, span.start as usize).line;
                    format!("{}:{line}", span.file.as_str().replace("themes/x/templates/", ""))
                })
                .collect();
            assert_eq!(places, place.into_iter().collect::<Vec<_>>(), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_template_is_another_if_one_that_it_uses_is() {
        let hash = |own: &[(&str, &str)]| {
            let own = own.iter().map(|(name, text)| template(name, text)).collect();
            Templates::new(own, Vec::new()).0.hash("partials/sidebar.html")
        };
        let (plain, entry) = (hash(&[]), "{% component sidebar_item(item: map) %}<li><x></li>{% endcomponent %}");
        assert_eq!(hash(&[("partials/footer.html", "x"), ("partials/other.html", "y")]), plain);
        assert_ne!(hash(&[("partials/sidebar.html", "x")]), plain);
        assert_ne!(hash(&[("partials/sidebar_item.html", entry)]), plain);
        let uses = ("partials/sidebar.html", "{{ <Own /> }}{% include \"partials/more.html\" %}");
        let more = |text| {
            hash(&[
                uses,
                ("partials/more.html", text),
                ("components/any.html", "{% component Own() %}a{% endcomponent %}"),
            ])
        };
        assert_ne!(more("a"), more("b"));
        assert_ne!(
            more("a"),
            hash(&[
                uses,
                ("partials/more.html", "a"),
                ("components/any.html", "{% component Own() %}b{% endcomponent %}")
            ])
        );
    }
}
