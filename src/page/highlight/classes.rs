//! Scopes (`string.quoted.double.json`) -> a dozen token classes.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ClearAmount, Scope, ScopeStackOp};

/// What a token is, as the theme colours it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Attribute,
    Comment,
    Deleted,
    Escape,
    Function,
    Heading,
    Inserted,
    Keyword,
    Number,
    String,
    Tag,
    Type,
    Variable,
}

impl Class {
    /// The start tag of its span.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Class::Attribute => "<span class=\"t-a\">",
            Class::Comment => "<span class=\"t-c\">",
            Class::Deleted => "<span class=\"t-d\">",
            Class::Escape => "<span class=\"t-e\">",
            Class::Function => "<span class=\"t-f\">",
            Class::Heading => "<span class=\"t-h\">",
            Class::Inserted => "<span class=\"t-i\">",
            Class::Keyword => "<span class=\"t-k\">",
            Class::Number => "<span class=\"t-n\">",
            Class::String => "<span class=\"t-s\">",
            Class::Tag => "<span class=\"t-g\">",
            Class::Type => "<span class=\"t-t\">",
            Class::Variable => "<span class=\"t-v\">",
        }
    }
}

/// What a scope does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// It has this class.
    Set(Class),
    /// It is a keyword if it is a word (`typeof`, `and`), and plain if it is a sign.
    Operator,
    /// It is plain, whatever it stands in: code in a string.
    Plain,
    /// It is what it stands in.
    Inherit,
}

/// The scopes that matter. The longest prefix of a scope decides; the others change nothing.
const EFFECTS: &[(&str, Effect)] = {
    use Class::*;
    use Effect::*;
    &[
        ("comment", Set(Comment)),
        ("constant", Set(Number)),
        ("constant.character.entity", Set(Escape)),
        ("constant.character.escape", Set(Escape)),
        ("constant.other.color", Set(Number)),
        ("constant.other.object.key", Plain),
        ("constant.other.placeholder", Set(Escape)),
        ("entity.name.class", Set(Type)),
        ("entity.name.constant", Set(Number)),
        ("entity.name.enum", Set(Type)),
        ("entity.name.function", Set(Function)),
        ("entity.name.impl", Set(Type)),
        ("entity.name.interface", Set(Type)),
        ("entity.name.method", Set(Function)),
        ("entity.name.namespace", Set(Type)),
        ("entity.name.section", Set(Heading)),
        ("entity.name.struct", Set(Type)),
        ("entity.name.tag", Set(Tag)),
        ("entity.name.trait", Set(Type)),
        ("entity.name.type", Set(Type)),
        ("entity.other.attribute-name", Set(Attribute)),
        ("entity.other.inherited-class", Set(Type)),
        ("keyword", Set(Keyword)),
        ("keyword.operator", Operator),
        ("keyword.other.substitution", Plain),
        ("keyword.other.template", Inherit),
        ("keyword.other.unit", Set(Number)),
        ("markup.bold", Set(Heading)),
        ("markup.deleted", Set(Deleted)),
        ("markup.heading", Set(Heading)),
        ("markup.inserted", Set(Inserted)),
        ("markup.quote", Set(Comment)),
        ("markup.raw", Set(String)),
        ("markup.raw.block", Plain),
        ("markup.raw.code-fence", Plain),
        ("markup.underline.link", Set(String)),
        ("meta.diff.header", Set(Heading)),
        ("meta.diff.range", Set(Comment)),
        ("meta.embedded", Plain),
        ("meta.interpolation", Plain),
        ("meta.mapping.key", Set(Attribute)),
        ("meta.mapping.key.js", Inherit),
        ("meta.structure.dictionary.key", Set(Attribute)),
        ("source", Plain),
        ("storage", Set(Keyword)),
        ("storage.type.function.arrow", Operator),
        ("string", Set(String)),
        ("string.regexp", Set(Escape)),
        ("string.unquoted", Inherit),
        ("string.unquoted.heredoc", Set(String)),
        ("support.class", Set(Type)),
        ("support.constant", Set(Number)),
        ("support.function", Set(Function)),
        ("support.type", Set(Type)),
        ("support.type.property-name", Set(Attribute)),
        ("text", Plain),
        ("variable.annotation", Set(Function)),
        ("variable.function", Set(Function)),
        ("variable.function.constructor", Set(Type)),
        ("variable.language", Set(Keyword)),
        ("variable.parameter", Set(Variable)),
        ("variable.type", Set(Type)),
    ]
};

/// [`EFFECTS`] as syntect's scopes, the longest first.
static SCOPES: LazyLock<Vec<(Scope, Effect)>> = LazyLock::new(|| {
    let scope = |&(name, effect): &(&str, Effect)| Some((Scope::new(name).ok()?, effect));
    let mut scopes: Vec<(Scope, Effect)> = EFFECTS.iter().filter_map(scope).collect();
    scopes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    scopes
});

/// The scopes that are open, reduced to what they do.
#[derive(Default)]
pub(super) struct ClassStack {
    /// For each open scope, what the text in it is in the end.
    stack: Vec<Effect>,
    /// What was set aside by a grammar, to come back.
    cleared: Vec<Vec<Effect>>,
    /// Scopes that were met, so that each is looked up once.
    met: HashMap<Scope, Effect>,
}

impl ClassStack {
    /// The class of `text`, which stands in the open scopes.
    pub(super) fn class_of(&self, text: &str) -> Option<Class> {
        match self.top() {
            Effect::Set(class) => Some(class),
            Effect::Operator if text.starts_with(|first: char| first.is_alphabetic()) => Some(Class::Keyword),
            Effect::Operator | Effect::Plain | Effect::Inherit => None,
        }
    }

    /// Opens or closes scopes.
    pub(super) fn apply(&mut self, change: &ScopeStackOp) {
        match *change {
            ScopeStackOp::Push(scope) => {
                let effect = self.effect(scope);
                self.stack.push(effect);
            }
            ScopeStackOp::Pop(count) => self.stack.truncate(self.stack.len().saturating_sub(count)),
            ScopeStackOp::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(count) => self.stack.len().saturating_sub(count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.stack.split_off(kept));
            }
            ScopeStackOp::Restore => self.stack.extend(self.cleared.pop().into_iter().flatten()),
            ScopeStackOp::Noop => {}
        }
    }

    fn top(&self) -> Effect {
        self.stack.last().copied().unwrap_or(Effect::Plain)
    }

    /// What the text in `scope` is, given what `scope` stands in.
    fn effect(&mut self, scope: Scope) -> Effect {
        let own = *self.met.entry(scope).or_insert_with(|| {
            let found = SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
            found.map_or(Effect::Inherit, |&(_, effect)| effect)
        });
        match (self.top(), own) {
            (outer, Effect::Inherit) => outer,
            (_, Effect::Plain) => Effect::Plain,
            // All of a comment is a comment, and the key of a mapping is no ordinary string.
            (Effect::Set(Class::Comment), _) => Effect::Set(Class::Comment),
            (Effect::Set(Class::Attribute), Effect::Set(Class::String)) => Effect::Set(Class::Attribute),
            // The unit of a number, an operator in a string: part of it.
            (Effect::Set(class), Effect::Operator) => Effect::Set(class),
            (_, own) => own,
        }
    }
}
