//! The offerings workbench, where a vocabulary of five thousand stands beside what the library has.

use curate::content::Value;

use crate::desk::Desk;
use crate::ms;
use crate::table::{Table, median};

const LISTED: i64 = 5_000;

fn entry(at: i64) -> Value {
    let words = ["Harbor", "Ward", "Lantern", "Signal", "Meadow", "Pulse", "Anchor"];
    let word = |by: i64| words[(at / by) as usize % words.len()];
    let label = format!("{} {} {at}", word(1), word(7));
    let topic = Value::Seq(vec![format!("Orbit: Topic {}", at % 300).into()]);
    let permalink = format!("/offering/{}", curate::profile::template::slug(&label));
    let pairs =
        [("label", label.into()), ("permalink", permalink.into()), ("categories", topic), ("offeringId", at.into())];
    Value::Map(pairs.map(|(key, value): (&str, Value)| (key.to_string(), value)).to_vec())
}

/// Opening it and a letter in its Add pane, on one item and on all of them.
pub fn workbench(table: &mut Table, desk: &mut Desk) {
    let rule = desk.state.profile.offerings.clone().expect("the demo has offerings");
    let entries: Vec<Value> = (0..LISTED).map(|at| entry(900_000 + at)).collect();
    desk.state.library.offerings.list(&rule, &entries);
    desk.key("g");
    // The entries of all files are read with the first opening.
    table.time("offerings, first opened: 10,000 files read", desk.key("r").0, ms(3_000));
    desk.key("esc");
    let opened: Vec<_> = (0..21)
        .map(|_| {
            let time = desk.key("r").0;
            desk.key("esc");
            time
        })
        .collect();
    table.time("offerings workbench over 5,000, opened", median(&opened), ms(30));
    desk.key("r");
    desk.key("/");
    let typed: Vec<_> = "harbor ward 90".chars().map(|letter| desk.letter(letter).0).collect();
    table.time("letter in Add, most", *typed.iter().max().expect("there are some"), ms(8));
    desk.key("esc");
    desk.key("esc");
}
