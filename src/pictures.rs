//! Pictures: a large one -> smaller ones; a title -> a card that shows it. Floor 2.
//!
//! What comes out depends on nothing but what goes in: no font and no clock of the machine, and no number of threads.

mod card;
mod fonts;
mod lines;
mod logo;
mod png;
mod profile;
mod shrink;

pub use card::{CARD, Card, CardStyle, card};
pub use fonts::Fonts;
pub use logo::Logo;
pub use shrink::{Fault, Variant, Wanted, smaller};
