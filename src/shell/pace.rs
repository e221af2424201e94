//! How often is painted: at once what somebody waits for, now and then what comes by the thousand.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::app::{Event, State};

/// Answers that come by the thousand are painted this often: a frame for each would cost more than the work itself, and a slow
/// link most of all. Keys never wait for it.
const FRAME: Duration = Duration::from_millis(33);

/// When was painted last, and whether what has come since may wait for more.
#[derive(Debug)]
pub struct Pace {
    painted: Instant,
    /// Whether there were rows on the screen then.
    shows_rows: bool,
    at_once: bool,
}

impl Pace {
    /// The pace of a screen that shows `state` from now on.
    pub fn painted(state: &State) -> Pace {
        Pace { painted: Instant::now(), shows_rows: !state.queue.found.items.is_empty(), at_once: false }
    }

    /// Notes what was taken in.
    pub fn took(&mut self, kind: Kind, state: &State) {
        self.at_once |= match kind {
            Kind::OneOfMany => !state.works_on_many(),
            Kind::Filling => !self.shows_rows || state.library.loading.done || state.mode().types_text(),
            Kind::Other => true,
        };
    }

    /// What comes in before the next frame: what is there already; where that may wait, what comes until then.
    pub fn next<T>(&self, inbox: &Receiver<T>) -> Option<T> {
        match FRAME.checked_sub(self.painted.elapsed()) {
            // However much comes, there is a frame in between: a desk that has no end of answers to take shows what it has.
            Some(_) if self.at_once => inbox.try_recv().ok(),
            Some(rest) => inbox.recv_timeout(rest).ok(),
            None => None,
        }
    }
}

/// What an event is to the pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An answer that may come by the thousand.
    OneOfMany,
    /// Rows, while the folder is read.
    Filling,
    Other,
}

impl Kind {
    /// The kind of an event.
    pub fn of(event: &Event) -> Kind {
        match event {
            Event::Expanded { .. }
            | Event::Recomputed { .. }
            | Event::Reviewed { .. }
            | Event::Looked(_)
            | Event::Writing { .. }
            | Event::Written { .. }
            | Event::Synced { .. } => Kind::OneOfMany,
            Event::Rows(_) | Event::Matched { .. } => Kind::Filling,
            _ => Kind::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::command::Keymap;
    use crate::profile::{Origin, Profile};

    fn pace(ago: Duration) -> (Pace, State) {
        let state = State::new(Profile::empty("made up", Origin::Inferred), Keymap::default(), "here", 80, 24);
        (Pace { painted: Instant::now() - ago, ..Pace::painted(&state) }, state)
    }

    #[test]
    fn however_much_is_there_a_frame_comes_in_between() {
        let (outbox, inbox) = channel();
        outbox.send(1).unwrap();
        let (mut late, state) = pace(FRAME * 2);
        late.took(Kind::Other, &state);
        assert_eq!(late.next(&inbox), None);
        let (mut early, state) = pace(Duration::ZERO);
        early.took(Kind::Other, &state);
        assert_eq!((early.next(&inbox), early.next(&inbox)), (Some(1), None));
    }
}
