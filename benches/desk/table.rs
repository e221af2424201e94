//! The table of figures: what was measured, the floor beside it, the budget, and whether it holds.

use std::time::{Duration, Instant};

/// Figures as they come in.
#[derive(Default)]
pub struct Table {
    missed: usize,
}

impl Table {
    /// Prints the head.
    pub fn begin() -> Table {
        println!("| what | measured | floor | ratio | budget | ok |");
        println!("| --- | --- | --- | --- | --- | --- |");
        Table::default()
    }

    fn row(&mut self, what: &str, measured: &str, floor: &str, ratio: &str, budget: &str, holds: bool) {
        self.missed += usize::from(!holds);
        let ok = if holds { "yes" } else { "NO" };
        println!("| {what} | {measured} | {floor} | {ratio} | {budget} | {ok} |");
    }

    /// A time with a budget of its own.
    pub fn time(&mut self, what: &str, measured: Duration, budget: Duration) {
        self.row(what, &shown(measured), "", "", &format!("{budget:?}"), measured <= budget);
    }

    /// A time with a budget of its own, beside a floor that says what the machine can do.
    pub fn beside(&mut self, what: &str, measured: Duration, floor: (&str, Duration), budget: Duration) {
        let ratio = format!("{:.1}", measured.as_secs_f64() / floor.1.as_secs_f64());
        let floor = format!("{}: {}", floor.0, shown(floor.1));
        self.row(what, &shown(measured), &floor, &ratio, &format!("{budget:?}"), measured <= budget);
    }

    /// A time whose budget is a multiple of the floor.
    pub fn ratio(&mut self, what: &str, measured: Duration, floor: (&str, Duration), most: f64) {
        let ratio = measured.as_secs_f64() / floor.1.as_secs_f64();
        let floor = format!("{}: {}", floor.0, shown(floor.1));
        self.row(what, &shown(measured), &floor, &format!("{ratio:.2}"), &format!("{most} x"), ratio <= most);
    }

    /// Bytes with a budget.
    pub fn bytes(&mut self, what: &str, measured: u64, budget: u64) {
        self.row(what, &format!("{measured} B"), "", "", &format!("{budget} B"), measured <= budget);
    }

    /// How many budgets were missed.
    pub fn missed(&self) -> usize {
        self.missed
    }
}

fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        ..1000.0 => format!("{micros:.0} µs"),
        ..100_000.0 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

/// How long something takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

/// How long something takes, each of `times` times, sorted.
pub fn each(times: usize, mut work: impl FnMut()) -> Vec<Duration> {
    let mut all: Vec<Duration> = (0..times).map(|_| timed(&mut work).0).collect();
    all.sort();
    all
}

/// The middle one.
pub fn median<T: Copy + Ord>(of: &[T]) -> T {
    let mut sorted = of.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}
