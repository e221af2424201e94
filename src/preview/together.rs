//! A long body laid out while it is still being read: by two threads, in half the time.
//!
//! The reader hands on what is finished, some hundred blocks at a time; a second thread lays them out, and the reader helps once it has come
//! to the end. What is laid out alone is put together in the order it was read in. Not here: what a block looks like ([`super::wrap`]).

use std::sync::{Mutex, PoisonError, mpsc};

use super::blocks::{self, Block, Markup};
use super::wrap::{self, Line, Page, Rendered, Role};

/// Bodies of so many bytes are worth a second thread.
pub(super) const LONG: usize = 128 * 1024;

/// Blocks that stand one after the other, laid out as if nothing else were there.
struct Part {
    /// Its place among the others.
    at: usize,
    page: Page,
    /// Its first and its last block decide whether an empty line stands before and after it.
    edges: Option<(Block, Block)>,
}

/// Reads a body and lays it out in `width` columns.
pub(super) fn render(body: &str, markup: Markup, width: usize) -> Rendered {
    let (hand_on, handed_on) = mpsc::channel();
    let handed_on = Mutex::new(handed_on.into_iter().enumerate());
    std::thread::scope(|scope| {
        let second = scope.spawn(|| lay_parts(&handed_on, width));
        let parsed = blocks::parse_in_parts(body, markup, &mut |blocks| {
            // The other end stays open until both threads are done.
            let _ = hand_on.send(blocks);
        });
        let _ = hand_on.send(parsed.blocks);
        drop(hand_on);
        let mut parts = lay_parts(&handed_on, width);
        match second.join() {
            Ok(more) => parts.extend(more),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        let page = put_together(parts);
        Rendered { lines: page.lines, links: parsed.links, headings: page.headings }
    })
}

/// Lays out what is handed on, until no more comes.
fn lay_parts(handed_on: &Mutex<impl Iterator<Item = (usize, Vec<Block>)>>, width: usize) -> Vec<Part> {
    let next = || handed_on.lock().unwrap_or_else(PoisonError::into_inner).next();
    let lay = |(at, mut blocks): (usize, Vec<Block>)| {
        let page = wrap::lay(&blocks, width, Role::Text);
        let last = blocks.pop();
        let edges = last.map(|last| (blocks.drain(..).next().unwrap_or_else(|| last.clone()), last));
        Part { at, page, edges }
    };
    std::iter::from_fn(next).map(lay).collect()
}

fn put_together(mut parts: Vec<Part>) -> Page {
    parts.sort_by_key(|part| part.at);
    let mut whole = Page::default();
    let mut before: Option<Block> = None;
    for Part { page, edges, .. } in parts {
        let Some((first, last)) = edges else { continue };
        if before.is_some_and(|before| !wrap::are_close(&before, &first)) && !whole.lines.is_empty() {
            whole.lines.push(Line::default());
        }
        whole.append(page);
        before = Some(last);
    }
    whole
}
