//! Whatever files hold and are called, the screen shows text and no more: nothing in it is obeyed, hides, or turns text around.

use curate::shown::is_invisible_control;
use proptest::prelude::*;

use crate::desk::{Desk, curated};

/// Ways through the panes of the desk.
const WAYS: [&str; 14] = [
    "enter j j esc",
    "e j j j enter esc esc",
    "e / esc G k k enter esc esc",
    "t esc",
    "r a esc esc",
    "d esc",
    "a d esc w enter esc esc u",
    "* b esc -",
    "* e j j esc esc -",
    "T esc",
    "f j j enter esc",
    "F j j esc",
    "H esc",
    "space M esc V esc S esc ? esc :",
];

/// Characters that a terminal obeys, hides or turns text around with, between harmless ones.
fn text() -> impl Strategy<Value = String> {
    let evil = prop::sample::select(vec![
        '\u{1b}',
        '\u{7}',
        '\u{8}',
        '\u{7f}',
        '\u{9b}',
        '\u{85}',
        '\u{9d}',
        '\u{202e}',
        '\u{2066}',
        '\u{200b}',
        '\u{feff}',
        '\u{ad}',
        '\u{2028}',
        '\u{e0041}',
        '\u{61c}',
        '\t',
        '\u{300}',
        '\u{200d}',
        '\u{fe0f}',
        '界',
        '🙂',
        '[',
        ']',
        '0',
        ';',
        'm',
        'J',
    ]);
    prop::collection::vec(prop_oneof![evil, any::<char>()], 1..24).prop_map(String::from_iter)
}

/// As double-quoted YAML.
fn quoted(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

fn shows_text_alone(desk: &mut Desk) -> Result<(), TestCaseError> {
    let screen = desk.screen();
    let evil = screen.chars().find(|c| c.is_control() && *c != '\n' || is_invisible_control(*c));
    prop_assert!(evil.is_none(), "{evil:?} is on the screen:\n{screen:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn the_screen_shows_text_alone_wherever_the_curator_goes(
        title in text(), topic in text(), name in text(), body in text(), typed in text(), key in text(),
    ) {
        let (_, whole) = curated("Zed");
        let title = quoted(&title);
        let topic = quoted(&format!("Care: {topic}"));
        let whole = whole.replace("\ntitle: Zed", &format!("\ntitle: {title}\n{}: {title}", quoted(&format!("k{key}"))));
        let whole = whole.replace("categories:\n", &format!("categories:\n  - {topic}\n")) + &body;
        let name: String = name.chars().filter(|c| !matches!(c, '/' | '\0')).take(40).collect();
        let (ordinary, text) = curated("Telehealth at home");
        let mut desk = Desk::with(&[(format!("news/a{name}.md"), whole), (ordinary, text)]);
        shows_text_alone(&mut desk)?;
        for way in WAYS {
            for key in way.split(' ') {
                desk.press(key);
                shows_text_alone(&mut desk)?;
            }
        }
        desk.happen(curate::app::Event::Paste(typed.clone()));
        shows_text_alone(&mut desk)?;
        desk.press("esc esc /").happen(curate::app::Event::Paste(typed));
        shows_text_alone(&mut desk)?;
    }
}
