//! The preview: from a body to blocks to wrapped lines, and the link card above them. Pure.
//!
//! Here: what a body says ([`blocks`]), how it is laid out in a width ([`wrap`]), and what the card holds ([`card`]).
//! Not here: colours and drawing (`view` maps roles to its theme), any disk, and any network: an image is its
//! alternative text.

pub mod blocks;
mod build;
pub mod card;
mod card_lines;
mod find;
mod flow;
mod html;
mod inline;
mod markdown;
mod table;
mod together;
pub mod wrap;

#[cfg(test)]
mod any_body;
#[cfg(test)]
mod shapes;

pub use blocks::Markup;
pub use card::{Card, card};
pub use find::Found;
pub use wrap::{Heading, Line, Link, Rendered, Role, SIGNS, Span, lay_out, render};
