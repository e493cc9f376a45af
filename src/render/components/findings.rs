//! What is wrong with the components of a site's pages: tags that no component stands for, attributes that one does not
//! take, and values that the site does not have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::Span;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::page::Page;
use crate::page::components::{ComponentTag, TagEnd, Without, faults, normal};
use crate::site::{PageId, Site};

use super::arguments::{Fault, Holes, read};
use super::vue::Needs;
use super::{Component, ComponentFile, Components};
use crate::render::theme::Theme;
use crate::render::values;

/// How many places of one name are shown.
const MAX_PLACES: usize = 4;

/// A name that no component has, and where it is used.
struct Unknown<'p> {
    name: &'p str,
    count: usize,
    places: Vec<Span>,
    without: Without,
}

/// The values of a page as far as findings need them.
struct Values<'p>(&'p Page, Vec<Option<String>>);

impl Holes for Values<'_> {
    fn address(&self, n: u32) -> String {
        self.0.head.links.get(n as usize).map_or_else(String::new, |link| link.target.to_string())
    }

    fn value(&self, n: u32) -> Option<String> {
        self.1.get(n as usize).cloned().flatten()
    }
}

/// What is wrong with the components and values of the pages, which stand in the order of the site's.
pub fn findings(pages: &[Arc<Page>], site: &Site, config: &Config, theme: &Theme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut unknown: BTreeMap<String, Unknown<'_>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        if page.components.is_empty() && page.values.is_empty() {
            continue;
        }
        let id = PageId(index as u32);
        let values = Values(page, values::of(page, site.page(id), site, config));
        found.extend(unknown_values(page, &values.1));
        for tag in &page.components {
            match theme.components.of(tag, &values) {
                Some(component) => found.extend(faults_of(component, tag, &values)),
                None if is_silent(tag) => {}
                None => {
                    let uses = unknown.entry(normal(&tag.name)).or_insert(Unknown {
                        name: &tag.name,
                        count: 0,
                        places: Vec::new(),
                        without: Without::Text,
                    });
                    uses.count += 1;
                    if tag.without == Without::Children {
                        uses.without = Without::Children;
                    }
                    if uses.places.len() <= MAX_PLACES {
                        uses.places.push(tag.span.clone());
                    }
                }
            }
        }
    }
    let unknown = unknown.into_iter().map(|(name, unknown)| match theme.components.vue.get(&name) {
        Some(needs) => unknown.of_vue(needs),
        None => unknown.finding(&theme.components),
    });
    found.extend(unknown);
    found
}

/// Whether nothing is said where no component has the name: slots, and what the browser may know.
fn is_silent(tag: &ComponentTag) -> bool {
    tag.name.starts_with('#') || tag.name.eq_ignore_ascii_case("template") || tag.without == Without::Element
}

/// Values that the settings do not have, each once.
fn unknown_values(page: &Page, values: &[Option<String>]) -> Vec<Diagnostic> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (hole, _) in page.values.iter().zip(values).filter(|(_, value)| value.is_none()) {
        let expression = hole.written.trim_start_matches("{{").trim_end_matches("}}").trim();
        if told.insert(expression) {
            found.push(faults::unknown_expression(expression).at(hole.span.clone()));
        }
    }
    found
}

impl Unknown<'_> {
    /// That it is a component of Vue which needs Vue.
    fn of_vue(self, needs: &Needs) -> Diagnostic {
        let message = format!("`{}` is a component of Vue that needs {}{}", self.name, needs.what, self.uses());
        let help = format!(
            "what stands between its tags is shown; what it does by itself can be a component here: make a file \
             `components/{file}.html`: `{{% component {file}() %}}…{{{{ body }}}}…{{% endcomponent %}}`",
            file = pascal(self.name)
        );
        let finding = Diagnostic::warning("unknown-component", message).help(help);
        let needed = needs.place.clone();
        self.placed(finding).label(needed, "here it needs Vue")
    }

    fn uses(&self) -> String {
        match self.count {
            1 => String::new(),
            count => format!(" ({count} uses)"),
        }
    }

    fn placed(self, mut finding: Diagnostic) -> Diagnostic {
        let mut places = self.places.into_iter();
        if let Some(first) = places.next() {
            finding = finding.at(first);
        }
        places.take(MAX_PLACES).fold(finding, |finding, place| finding.label(place, "here as well"))
    }

    fn finding(self, known: &Components) -> Diagnostic {
        let name = self.name;
        let uses = self.uses();
        let near = known.names().find(|known| strsim::osa_distance(&normal(known), &normal(name)) <= 1);
        let is_other = |file: &&ComponentFile| file.defines.iter().all(|defined| normal(defined) != normal(name));
        let file = known.files.get(&normal(name)).filter(is_other);
        let help = match (self.without, near) {
            (_, Some(near)) => format!("did you mean `<{near}>`?"),
            (_, None) if let Some(file) = file => without_definition(file, name),
            (Without::Text, None) => {
                format!(
                    "it is shown as text, for nothing closes it; if it is meant so, write it in code: `` `<{name}>` ``"
                )
            }
            (_, None) => format!(
                "what stands between its tags is shown; to say what it is, make a file `components/{file}.html`: \
                 `{{% component {file}() %}}…{{{{ body }}}}…{{% endcomponent %}}`",
                file = pascal(name)
            ),
        };
        self.placed(
            Diagnostic::warning("unknown-component", format!("there is no component `{name}`{uses}")).help(help),
        )
    }
}

/// What to do about a file of the name that defines no component of that name.
fn without_definition(file: &ComponentFile, name: &str) -> String {
    let (path, name) = (&file.path, pascal(name));
    match file.defines.first() {
        Some(other) => format!(
            "`{path}` is there, and what it defines is called `{other}`: write `{{% component {name}(…) %}}` in it, or \
             `<{other}>` here"
        ),
        None => format!(
            "`{path}` is there, and defines no component: put what is in it between `{{% component {name}() %}}` and \
             `{{% endcomponent %}}`"
        ),
    }
}

/// `my-card` as `MyCard`, a name that a template can define.
fn pascal(name: &str) -> String {
    let words = name.split(['-', '_', '.']);
    words
        .flat_map(|word| word.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }))
        .collect()
}

/// What is wrong with a tag whose component is known.
fn faults_of(component: &Component, tag: &ComponentTag, values: &impl Holes) -> Vec<Diagnostic> {
    let name = &component.name;
    let of_tag = || tag.span.clone();
    let mut found = Vec::new();
    match tag.end {
        TagEnd::Never => found.push(
            Diagnostic::warning("unclosed-component", format!("`{}` is never closed", tag.written.lines().next().unwrap_or("")))
                .at(of_tag())
                .help(format!("it is empty; put `</{0}>` where it ends, or write `<{0} />`", tag.name)),
        ),
        TagEnd::Crossed => found.push(
            Diagnostic::warning("unclosed-component", format!("`<{}>` ends with the paragraph, list or quote that it began in", tag.name))
                .at(of_tag())
                .help("put both of its tags on lines of their own, indented alike, with blank lines around what is between them"),
        ),
        TagEnd::Whole | TagEnd::Closed => {}
    }
    let takes = || match component.arguments.as_slice() {
        [] => format!("`{name}` takes no attributes"),
        arguments => {
            let names: Vec<String> = arguments.iter().map(|argument| format!("`{}`", argument.name)).collect();
            format!("it takes {}", names.join(", "))
        }
    };
    for fault in read(component, tag, values).1 {
        let (message, place, help) = match fault {
            Fault::Unknown(attribute) => {
                let near = component
                    .arguments
                    .iter()
                    .find(|argument| strsim::osa_distance(&normal(&argument.name), &normal(&attribute.name)) <= 1);
                let help = near.map_or_else(takes, |argument| format!("did you mean `{}`?", argument.name));
                (format!("`{name}` has no attribute `{}`", attribute.name), attribute.span.clone(), help)
            }
            Fault::WrongType(attribute, kind) => {
                let (what, example) = describe(kind);
                let help = format!("write it like `:{}=\"{example}\"`", attribute.name);
                (format!("`{}` of `{name}` must be {what}", attribute.name), attribute.span.clone(), help)
            }
            Fault::Expression(attribute, _) if attribute.name.starts_with("v-") => {
                let help = "it needs Vue, which does not run here: write out what should be shown".to_owned();
                (format!("`{}` does nothing here", attribute.name), attribute.span.clone(), help)
            }
            Fault::Expression(attribute, expression) => {
                let expression = expression.trim();
                let help =
                    "what can be read: texts, numbers, lists and mappings of them, `$frontmatter.x`, and names that a \
                            script of the page gives such a value"
                        .to_owned();
                let message = format!("`{expression}`, the value of `{}`, is not known here", attribute.name);
                (message, attribute.span.clone(), help)
            }
            Fault::Missing(argument) if argument.is_empty() => continue,
            Fault::Missing(argument) => {
                let help = "until then, only what stands between its tags is shown".to_owned();
                (format!("`{name}` needs the attribute `{argument}`"), of_tag(), help)
            }
        };
        found.push(Diagnostic::warning("component-attribute", message).at(place).help(help));
    }
    found
}

/// A type in words, and a value of it.
fn describe(kind: tera::ComponentArgType) -> (&'static str, &'static str) {
    use tera::ComponentArgType::*;
    match kind {
        Bool => ("true or false", "true"),
        Integer => ("a whole number", "2"),
        Float | Number => ("a number", "2.5"),
        Array => ("a list", "['a', 'b']"),
        Map => ("a mapping", "{ a: 1 }"),
        _ => ("a text", "'text'"),
    }
}
