//! What the signals are worth together, learned from what the curator decided, and how far that can be trusted.
//!
//! Here: the weights of the signals, moved by every decision as far as all decisions so far allow (a logistic regression in one pass
//! by Newton's steps), a weight of its own for each topic, and the table that makes scores honest. Not here: the signals (`topics`,
//! `offerings`).

/// How firm the first weights are: a pull as of so many undecided cases, on each signal, and on a topic's own, which has fewer to go by.
const FIRM: f32 = 10.0;
const FIRM_OWN: f32 = 25.0;

/// What was told counts less with every item: some three thousand items say what the signals are worth.
const LASTING: f32 = 0.9997;

/// A chance that leaves less doubt than this tells nothing of how the signals go together.
const DOUBT: f32 = 1e-4;

/// The weights of `N` signals.
#[derive(Clone, Debug)]
pub(super) struct Blend<const N: usize> {
    weights: [f32; N],
    /// How much was told of each signal beside each other one, lately: the more, the smaller a step. Only the lower half is kept.
    told: [[f32; N]; N],
    /// What is added for each topic, and how much was told of it.
    own: Vec<(f32, f32)>,
}

impl<const N: usize> Blend<N> {
    /// Weights to begin with, before anything was decided.
    pub(super) fn new(weights: [f32; N]) -> Blend<N> {
        Blend { weights, told: [[0.0; N]; N], own: Vec::new() }
    }

    /// One topic more; they are numbered from 0.
    pub(super) fn add(&mut self) {
        self.own.push((0.0, 0.0));
    }

    /// The chance of a topic with these signals, 0 to 1.
    fn chance(&self, topic: usize, signals: &[f32; N]) -> f32 {
        let own = self.own.get(topic).map_or(0.0, |own| own.0);
        let sum: f32 = self.weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum();
        1.0 / (1.0 + (-(own + sum)).exp())
    }

    /// The chance of each topic.
    pub(super) fn chances(&self, signals: &[[f32; N]]) -> Vec<f32> {
        signals.iter().enumerate().map(|(topic, signals)| self.chance(topic, signals)).collect()
    }

    /// Learns from a decision: the signals of every topic with the chance that they gave it, whether it was in question, and whether it
    /// was `right`.
    pub(super) fn learn(
        &mut self,
        signals: &[[f32; N]],
        chances: &[f32],
        asked: impl Fn(u16) -> bool,
        right: impl Fn(u16) -> bool,
    ) {
        let mut slope = [0.0; N];
        self.told.iter_mut().flatten().for_each(|told| *told *= LASTING);
        for (topic, (signals, chance)) in (0..).zip(signals.iter().zip(chances)) {
            if !asked(topic) {
                continue;
            }
            let off = chance - f32::from(u8::from(right(topic)));
            slope.iter_mut().zip(signals).for_each(|(slope, signal)| *slope += off * signal);
            let doubt = chance * (1.0 - chance);
            if doubt > DOUBT {
                self.tell(doubt, signals);
            }
            let (own, told) = &mut self.own[usize::from(topic)];
            *told += doubt;
            *own -= off / (FIRM_OWN + *told);
        }
        let step = self.step(slope);
        self.weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }

    fn tell(&mut self, doubt: f32, signals: &[f32; N]) {
        for (at, told) in self.told.iter_mut().enumerate() {
            let weight = doubt * signals[at];
            // Most topics are not named, and stand on none of the nearest.
            if weight == 0.0 {
                continue;
            }
            told.iter_mut().zip(&signals[..=at]).for_each(|(told, signal)| *told += weight * signal);
        }
    }

    /// How far to go down a slope: the slope by what was told, which is a square root of it (Cholesky's) taken twice.
    fn step(&self, slope: [f32; N]) -> [f32; N] {
        let mut root = self.told;
        for row in 0..N {
            root[row][row] += FIRM;
            for column in 0..=row {
                let known: f32 = (0..column).map(|at| root[row][at] * root[column][at]).sum();
                let rest = root[row][column] - known;
                root[row][column] = if row == column { rest.max(1e-6).sqrt() } else { rest / root[column][column] };
            }
        }
        let mut step = slope;
        for row in 0..N {
            let known: f32 = (0..row).map(|at| root[row][at] * step[at]).sum();
            step[row] = (step[row] - known) / root[row][row];
        }
        for row in (0..N).rev() {
            let known: f32 = (row + 1..N).map(|at| root[at][row] * step[at]).sum();
            step[row] = (step[row] - known) / root[row][row];
        }
        step
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.own.capacity() * size_of::<(f32, f32)>()
    }
}

/// Scores are told apart by so many steps.
pub(super) const STEPS: usize = 20;

/// How many of the suggestions shown at each score were right, lately; it makes a score what it says: of ten at 0.8, eight are right.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    shown: [f32; STEPS],
    right: [f32; STEPS],
    /// What a chance is worth, at the middle of each step; never falling.
    worth: [f32; STEPS],
}

/// What was shown counts less with every item, so that a library's last thousand items say how far it can be trusted.
const FADE: f32 = 0.999;

/// How many made-up ones that were right as often as they said stand in each step at the start.
const BELIEF: f32 = 8.0;

impl Default for Trust {
    fn default() -> Trust {
        let mut trust = Trust { shown: [0.0; STEPS], right: [0.0; STEPS], worth: [0.0; STEPS] };
        trust.settle();
        trust
    }
}

impl Trust {
    /// What was shown for an item, with its chance, and whether it was right.
    pub(super) fn learn(&mut self, shown: impl Iterator<Item = (f32, bool)>) {
        self.shown.iter_mut().chain(&mut self.right).for_each(|count| *count *= FADE);
        for (chance, right) in shown {
            self.shown[step(chance)] += 1.0;
            self.right[step(chance)] += f32::from(u8::from(right));
        }
        self.settle();
    }

    /// A chance as a score that can be believed.
    pub(super) fn score(&self, chance: f32) -> f32 {
        let place = (chance * STEPS as f32 - 0.5).clamp(0.0, STEPS as f32 - 1.0);
        let (below, above) = (place.floor() as usize, place.ceil() as usize);
        self.worth[below] + (self.worth[above] - self.worth[below]) * place.fract()
    }

    /// Works out what each step is worth; where a higher chance was right less often than a lower one, both are worth their mean.
    fn settle(&mut self) {
        let mut pools: Vec<(f32, f32, usize)> = Vec::with_capacity(STEPS);
        for at in 0..STEPS {
            let middle = (at as f32 + 0.5) / STEPS as f32;
            let mut pool = (self.right[at] + BELIEF * middle, self.shown[at] + BELIEF, 1);
            while let Some(last) = pools.last().filter(|last| last.0 / last.1 >= pool.0 / pool.1) {
                pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
                pools.pop();
            }
            pools.push(pool);
        }
        let worth = pools.iter().flat_map(|(right, shown, steps)| std::iter::repeat_n(right / shown, *steps));
        self.worth.iter_mut().zip(worth).for_each(|(worth, pooled)| *worth = pooled);
    }
}

/// The step that a chance or a score stands in.
pub(super) fn step(chance: f32) -> usize {
    ((chance * STEPS as f32) as usize).min(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signal_that_was_right_weighs_more_and_the_one_that_was_not_less() {
        let mut blend = Blend::new([-1.0, 1.0, 1.0]);
        (0..2).for_each(|_| blend.add());
        for round in 0..2_000_u16 {
            let (told, not) = ([1.0, 1.0, 0.0], [1.0, 0.0, 1.0]);
            let signals = if round % 2 == 0 { [told, not] } else { [not, told] };
            let chances = blend.chances(&signals);
            blend.learn(&signals, &chances, |_| true, |topic| topic == round % 2);
        }
        assert!(blend.chance(0, &[1.0, 1.0, 0.0]) > 0.9);
        assert!(blend.chance(0, &[1.0, 0.0, 1.0]) < 0.2);
    }

    #[test]
    fn a_score_says_how_many_of_ten_are_right() {
        let mut trust = Trust::default();
        assert!((trust.score(0.5) - 0.5).abs() < 0.03);
        for at in 0..2_000 {
            trust.learn([(0.97, at % 2 == 0), (0.12, at % 10 == 0)].into_iter());
        }
        assert!((trust.score(0.97) - 0.5).abs() < 0.03, "{}", trust.score(0.97));
        assert!((trust.score(0.12) - 0.1).abs() < 0.03, "{}", trust.score(0.12));
        let scores: Vec<f32> = (0..=100).map(|c| trust.score(c as f32 / 100.0)).collect();
        assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]), "{scores:?}");
    }
}
