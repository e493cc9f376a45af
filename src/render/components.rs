//! The components of a theme: what their tags may say, and their HTML.

mod arguments;
mod findings;
pub(super) mod vue;

use std::collections::BTreeMap;

use tera::{ComponentArgType, Value};

use crate::base::SourcePath;
use crate::diag::Diagnostic;
use crate::page::components::{ComponentTag, normal};

use super::templates::Templates;

pub(super) use arguments::{Holes, arguments};
pub use findings::findings;

/// The folder of the files that define components.
pub(super) const FOLDER: &str = "components/";

/// The components that pages may use, by name in its normal form.
pub(super) struct Components {
    known: BTreeMap<String, Component>,
    /// Components of Vue that cannot be any here.
    pub(super) vue: BTreeMap<String, vue::Needs>,
    /// The project's files for components, by name in its normal form.
    pub(super) files: BTreeMap<String, ComponentFile>,
}

/// A file that should define a component of its name.
pub(super) struct ComponentFile {
    pub(super) path: SourcePath,
    /// What it defines.
    pub(super) defines: Vec<String>,
}

/// A component.
pub(super) struct Component {
    /// Its name, as its file writes it.
    pub(super) name: String,
    /// Its arguments, those of the page and the theme left out.
    pub(super) arguments: Vec<Argument>,
    /// Whether it takes arguments of any name besides.
    pub(super) takes_any: bool,
}

/// An argument of a component.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) kind: Option<ComponentArgType>,
    pub(super) required: bool,
}

impl Components {
    /// Those that the templates in [`FOLDER`] define: components of other templates are the theme's own parts.
    pub(super) fn new(templates: &Templates) -> Components {
        let names = templates.texts().filter(|(name, _)| name.starts_with(FOLDER)).flat_map(|(_, text)| defined(text));
        let known = names.filter_map(|name| {
            let info = templates.component(name)?;
            let arguments = info.args().iter().filter(|argument| !argument.is_implicit());
            let arguments = arguments
                .map(|argument| Argument {
                    name: argument.name().to_owned(),
                    kind: argument.arg_type(),
                    required: argument.is_required(),
                })
                .collect();
            let takes_any = info.rest_param().is_some();
            Some((normal(name), Component { name: name.to_owned(), arguments, takes_any }))
        });
        Components { known: known.collect(), vue: BTreeMap::new(), files: BTreeMap::new() }
    }

    /// The component that a tag of this name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Component> {
        self.known.get(&normal(name))
    }

    /// The component that this tag stands for. One of Vue that the site has for itself, and that cannot be one here, gives way to ours of
    /// that name only where the tag says what ours takes.
    pub(super) fn of(&self, tag: &ComponentTag, holes: &impl Holes) -> Option<&Component> {
        let component = self.get(&tag.name)?;
        let fits = || {
            let (_, faults) = arguments::read(component, tag, holes);
            !faults.iter().any(|fault| matches!(fault, arguments::Fault::Unknown(_) | arguments::Fault::Missing(_)))
        };
        (!self.vue.contains_key(&normal(&tag.name)) || fits()).then_some(component)
    }

    /// All names, as their files write them.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.values().map(|component| component.name.as_str())
    }
}

impl Component {
    /// Its HTML. `context` holds what every template may read.
    pub(super) fn html(
        &self,
        templates: &Templates,
        arguments: &[(String, Value)],
        body: &str,
        context: &tera::Context,
    ) -> Result<String, Diagnostic> {
        let mut given = tera::Context::new();
        for (name, value) in arguments {
            given.insert_value(name.clone(), value.clone());
        }
        templates.render_component(&self.name, &given, context, body)
    }
}

/// The names of the components that a template defines.
pub(super) fn defined(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).filter_map(|tag| {
        let rest = tag.trim_start_matches('-').trim_start().strip_prefix("component")?;
        let name = rest.strip_prefix(char::is_whitespace)?.trim_start();
        let end = name.find(|char: char| !char.is_alphanumeric() && !matches!(char, '_' | '.'))?;
        Some(&name[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_components() {
        let text = "{% component A(x) %}{% endcomponent A %}\n{%- component  ui.b-%}{% componentx c() %}{% component";
        assert_eq!(defined(text).collect::<Vec<_>>(), ["A", "ui.b"]);
    }
}
