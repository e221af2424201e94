//! What a curator would lose: the right topic first, its reason, honesty where nothing is known, and no harm from bad input.

use super::*;

fn item(path: &str, title: &str, body: &str, topics: &[&str]) -> ItemText {
    ItemText {
        path: path.to_string(),
        title: title.to_string(),
        body: body.to_string(),
        topics: topics.iter().map(|topic| topic.to_string()).collect(),
        ..ItemText::default()
    }
}

fn asked(title: &str, body: &str) -> ItemText {
    item("asked.md", title, body, &[])
}

const NURSING: &str = "KLAS: Scheduling - Nurse and Staff";
const CARE: &str = "Symplur: Virtual Care";
const ROBOTS: &str = "MeSH: Robotics";

/// A library of sixty items on three subjects that never name their topics.
fn library() -> Vec<ItemText> {
    let subjects: [(&str, &[&str]); 3] = [
        ("shift rota ward handover weekend cover", &[NURSING]),
        ("video visit remote clinic telehealth camera", &[CARE, "MeSH: Telemedicine"]),
        ("arm gripper theatre surgeon console haptic", &[ROBOTS]),
    ];
    let of = |n: usize| {
        let (words, topics) = subjects[n % 3];
        let words: Vec<&str> = words.split(' ').collect();
        let title = format!("{} {} {n}", words[n % 6], words[(n / 3) % 6]);
        item(&format!("{n:03}.md"), &title, &format!("{} {} report {n}", words.join(" "), words[(n + 1) % 6]), topics)
    };
    (0..60).map(of).collect()
}

fn learned(items: &[ItemText]) -> Learner {
    let mut learner = Learner::new();
    learner.learn_all(items.iter().map(Prepared::of));
    learner
}

fn names(suggestions: &[Suggestion]) -> Vec<&str> {
    suggestions.iter().map(|suggestion| &*suggestion.name).collect()
}

#[test]
fn the_first_item_already_helps_by_its_label_and_then_as_a_neighbour() {
    let mut learner = Learner::new();
    learner.learn(&item("a.md", "Video visits at home", "", &[CARE]));
    let by_label = learner.suggest(&asked("Virtual care for all", ""), 5);
    assert_eq!((names(&by_label.topics), by_label.topics[0].reason().as_str()), (vec![CARE], "named in the title"));
    let by_nearness = learner.suggest(&asked("Visits by video", ""), 5);
    assert_eq!(names(&by_nearness.topics), [CARE]);
    assert!(by_nearness.topics[0].reason().contains("on the nearest item"), "{:?}", by_nearness.topics);
}

#[test]
fn a_vocabulary_is_suggested_from_before_anything_is_tagged() {
    let mut learner = Learner::new();
    learner.know_topics([CARE, NURSING, ROBOTS]);
    assert_eq!(names(&learner.suggest(&asked("Robotics in the ward", ""), 5).topics), [ROBOTS]);
    assert!(learner.suggest(&asked("Nothing of the kind", ""), 5).topics.is_empty());
}

#[test]
fn what_the_library_taught_comes_first_with_how_many_of_the_nearest() {
    let learner = learned(&library());
    let suggestions = learner.suggest(&asked("Weekend rota for the ward", "handover and cover of every shift"), 5);
    assert_eq!(&*suggestions.topics[0].name, NURSING);
    assert_eq!(suggestions.topics[0].reason(), "on 20 of the 20 nearest items");
    assert!(suggestions.topics[0].score > 0.7, "{:?}", suggestions.topics);
    let scores: Vec<f32> = suggestions.topics.iter().map(|topic| topic.score).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]) && scores.iter().all(|s| (0.0..=1.0).contains(s)));
}

#[test]
fn what_the_item_carries_or_has_lost_by_hand_is_not_suggested() {
    let learner = learned(&library());
    let mut asked = asked("A video visit", "telehealth in a remote clinic");
    asked.topics = vec![CARE.to_string()];
    let suggestions = learner.suggest(&asked, 5);
    assert_eq!(&*suggestions.topics[0].name, "MeSH: Telemedicine");
    assert!(
        suggestions.topics[0].reason().contains("with Virtual Care in 20 of 20")
            || suggestions.topics[0].reason().contains("nearest items")
    );
    asked.rejected = vec!["MeSH: Telemedicine".to_string()];
    assert!(!names(&learner.suggest(&asked, 9).topics).iter().any(|name| [CARE, "MeSH: Telemedicine"].contains(name)));
}

#[test]
fn what_stands_with_the_items_topics_is_a_reason_of_its_own() {
    let learner = learned(&library());
    let mut asked = asked("Of something else", "with words that no other item has");
    asked.topics = vec![CARE.to_string()];
    let suggestions = learner.suggest(&asked, 5);
    assert_eq!(&*suggestions.topics[0].name, "MeSH: Telemedicine");
    assert_eq!(suggestions.topics[0].reason(), "with Virtual Care in 20 of 20");
}

#[test]
fn an_item_that_changes_or_goes_is_no_evidence_any_more() {
    let mut items = library();
    let mut learner = learned(&items);
    for item in items.iter_mut().filter(|item| item.topics.iter().any(|topic| topic == NURSING)) {
        item.topics = vec!["KLAS: Rota".to_string()];
        learner.learn(item);
    }
    let about = asked("Weekend rota for the ward", "handover and cover of every shift");
    let changed = learner.suggest(&about, 1);
    assert_eq!((names(&changed.topics), learner.items()), (vec!["KLAS: Rota"], 60));
    items.iter().for_each(|item| learner.forget(&item.path));
    let mut gone = asked("Haptic console", "gripper arm of the surgeon");
    assert!(learner.suggest(&gone, 5).topics.is_empty());
    gone.title = "Robotics".to_string();
    assert_eq!(names(&learner.suggest(&gone, 5).topics), [ROBOTS], "a label is known as long as the program runs");
    assert_eq!(learner.items(), 0);
}

#[test]
fn an_item_is_never_evidence_for_itself() {
    let mut learner = learned(&library());
    let mut own = item("own.md", "Zither quodlibet", "unheard words alone", &["Odd: One"]);
    learner.learn(&own);
    let near = |suggestions: Suggestions| suggestions.topics.iter().map(Suggestion::reason).collect::<String>();
    own.topics.clear();
    assert!(!near(learner.suggest(&own, 5)).contains("nearest"), "its own words are its only neighbour");
}

#[test]
fn the_same_items_in_the_same_order_make_the_same_learner() {
    let about = asked("Video rota of the surgeon", "ward clinic console");
    let (one, other) = (learned(&library()), learned(&library()));
    assert_eq!(one.suggest(&about, 9), other.suggest(&about, 9));
}

#[test]
fn an_offering_comes_by_its_label_by_a_shared_topic_and_by_the_nearest() {
    let mut items = library();
    let offered = |label: &str, topic: &str| Offered { label: label.to_string(), topics: vec![topic.to_string()] };
    for (at, item) in items.iter_mut().enumerate() {
        item.offerings = match at % 3 {
            0 => vec![offered("ShiftBoard", NURSING)],
            1 => vec![offered("CamVisit", CARE), offered("ClinicLink", CARE)],
            _ => vec![offered("Gripper One", ROBOTS)],
        };
    }
    let learner = learned(&items);
    let of = |item: &ItemText| learner.suggest(item, 3).offerings;
    let named = of(&asked("ShiftBoard wins an award", ""));
    assert_eq!((&*named[0].name, named[0].why[0].to_string().as_str()), ("ShiftBoard", "named in the title"));
    let mut tagged = asked("Unheard words", "alone");
    tagged.topics = vec![ROBOTS.to_string()];
    assert_eq!((&*of(&tagged)[0].name, of(&tagged)[0].reason().as_str()), ("Gripper One", "shares Robotics"));
    let mut near = asked("A video visit", "remote clinic telehealth");
    assert!(["CamVisit", "ClinicLink"].contains(&&*of(&near)[0].name));
    near.offerings = vec![offered("CamVisit", CARE)];
    near.rejected = vec!["ShiftBoard".to_string()];
    assert_eq!(&*of(&near)[0].name, "ClinicLink");
    assert!(of(&near).iter().all(|offering| !["CamVisit", "ShiftBoard"].contains(&&*offering.name)));
}

#[test]
fn several_items_get_what_fits_most_of_them() {
    let learner = learned(&library());
    let items = [
        asked("Robotics and the rota", "a shift on the ward"),
        asked("Weekend cover", "ward handover rota and shift"),
        asked("Handover on the ward", "rota, shift and cover"),
    ];
    let suggestions = learner.suggest_for_many(&items, 3);
    assert_eq!((&*suggestions.topics[0].name, suggestions.topics[0].reason().as_str()), (NURSING, "fits 3 of 3"));
    let robots = suggestions.topics.iter().find(|topic| &*topic.name == ROBOTS).unwrap();
    assert_eq!(robots.reason(), "in 1 title");
    assert_eq!(learner.suggest_for_many(&[], 3), Suggestions::default());
}

#[test]
fn a_language_without_spaces_is_learned_too() {
    let mut learner = Learner::new();
    for n in 0..12 {
        let (title, topic) = if n % 2 == 0 {
            ("看護師の夜間勤務表", "看護")
        } else {
            ("遠隔診療の予約方法", "遠隔医療")
        };
        learner.learn(&item(&format!("{n}.md"), title, &format!("第{n}回の報告"), &[topic]));
    }
    assert_eq!(&*learner.suggest(&asked("夜間の勤務", ""), 1).topics[0].name, "看護");
    assert_eq!(&*learner.suggest(&asked("診療を予約する", ""), 1).topics[0].name, "遠隔医療");
}

#[test]
fn bad_input_gets_an_honest_empty_answer_and_does_no_harm() {
    let mut learner = Learner::new();
    assert_eq!(learner.suggest(&asked("Anything", "at all"), 5), Suggestions::default());
    learner.learn(&asked("No topics", "anywhere"));
    assert_eq!((learner.suggest(&asked("No topics", "anywhere"), 5), learner.items()), (Suggestions::default(), 0));
    learner.forget("never seen.md");
    let rubbish = "\u{0}\u{fffd}\u{1b}[\u{202e}¬¬¬ \u{1}";
    learner.learn(&item("empty.md", "", "", &["A", " ", "A"]));
    learner.learn(&item("rubbish.md", rubbish, rubbish, &[rubbish, "***"]));
    for about in [asked("", ""), asked(rubbish, rubbish), asked("***", "")] {
        assert_eq!(learner.suggest(&about, 5).topics, [], "{about:?}");
    }
    let mut large = learned(&library());
    large.learn(&item("large.md", "A large one", &"video visit remote ".repeat(95_000), &[CARE]));
    assert_eq!(&*large.suggest(&asked("Video", &"remote visit ".repeat(130_000)), 1).topics[0].name, CARE);
}

#[test]
fn five_thousand_topics_are_told_apart() {
    let mut learner = Learner::new();
    let topics: Vec<String> = (0..5_000).map(|n| format!("Many: Subject{n}")).collect();
    learner.know_topics(topics.iter().map(String::as_str));
    library().iter().take(12).for_each(|item| learner.learn(item));
    // Some items carry all of them: they say nothing of what goes together.
    let all: Vec<&str> = topics.iter().map(String::as_str).collect();
    ["x.md", "y.md"].into_iter().for_each(|path| learner.learn(&item(path, "Of everything", "", &all)));
    let suggestions = learner.suggest(&asked("On subject4999", "a video visit, telehealth"), 3);
    let found = names(&suggestions.topics);
    assert!(found.contains(&"Many: Subject4999") && found.contains(&CARE), "{suggestions:?}");
}
