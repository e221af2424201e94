use ratatui::style::Color;

use super::*;

/// The shipped themes whose colours are the same on every terminal.
const KNOWN_COLOURS: [(&str, f64); 3] = [("dark", 4.5), ("light", 4.5), ("high-contrast", 7.0)];

fn theme(name: &str) -> Theme {
    Themes::shipped().load(name).unwrap()
}

/// The colour letters of `role` have where `surface` is laid over them, and that surface's colour.
fn letters_on(theme: &Theme, role: Role, surface: Role) -> (Color, Color) {
    let style = theme.style(Role::Text).patch(theme.style(role)).patch(theme.style(surface));
    (style.fg.unwrap(), style.bg.unwrap())
}

fn reason(themes: &Themes, name: &str) -> String {
    themes.load(name).unwrap_err().to_string()
}

#[test]
fn every_text_reads_well_on_the_ground_under_the_cursor_and_in_a_selection() {
    let surfaces: Vec<Role> = Role::ALL.into_iter().filter(|role| role.is_surface()).collect();
    for (name, wanted) in KNOWN_COLOURS {
        let theme = theme(name);
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Border) {
            let ground = theme.style(Role::Text).patch(theme.style(role));
            let ground = (ground.fg.unwrap(), ground.bg.unwrap());
            let over = surfaces.iter().skip(1).map(|surface| letters_on(&theme, role, *surface));
            for (letters, under) in over.chain([ground]) {
                let [a, b] = [letters, under].map(|color| palette::fixed_rgb(color).expect("a fixed colour"));
                let contrast = palette::contrast(a, b);
                assert!(contrast >= wanted, "{name}: {} has {contrast:.2}, {a:?} on {b:?}", role.name());
            }
        }
    }
}

#[test]
fn a_line_between_panes_can_be_seen() {
    for (name, _) in KNOWN_COLOURS {
        let theme = theme(name);
        let [line, ground] = [theme.style(Role::Border).fg, theme.style(Role::Text).bg]
            .map(|color| palette::fixed_rgb(color.unwrap()).unwrap());
        assert!(palette::contrast(line, ground) >= 3.0, "{name}");
    }
}

/// `sixteen` and `none` cannot be measured: their colours are the user's. What can be proved is that they never put two
/// colours against each other: letters lie on the terminal's own ground, and surfaces are ground and letters swapped.
#[test]
fn themes_of_the_users_colours_leave_the_ground_to_the_terminal() {
    for name in ["sixteen", "none"] {
        let theme = theme(name);
        for role in Role::ALL {
            let style = theme.style(role);
            assert!(matches!(style.bg, None | Some(Color::Reset)), "{name}: {}", role.name());
            if role.is_surface() || name == "none" {
                assert!(matches!(style.fg, None | Some(Color::Reset)), "{name}: {}", role.name());
            }
        }
        assert!(theme.style(Role::Cursor).add_modifier.contains(Modifier::REVERSED));
    }
}

#[test]
fn surfaces_state_both_colours_and_other_roles_leave_the_ground_alone() {
    for name in ["dark", "light", "high-contrast", "sixteen"] {
        let theme = theme(name);
        for role in Role::ALL {
            let style = theme.style(role);
            assert_eq!(role.is_surface(), style.bg.is_some(), "{name}: {}", role.name());
            assert!(!role.is_surface() || style.fg.is_some(), "{name}: {}", role.name());
        }
    }
}

#[test]
fn fewer_colours_never_hide_a_text() {
    for (name, _) in KNOWN_COLOURS {
        for depth in [Depth::Indexed, Depth::Sixteen] {
            let theme = theme(name).at(depth);
            for role in Role::ALL {
                let style = theme.style(Role::Text).patch(theme.style(role));
                assert_ne!(style.fg, style.bg, "{name} at {depth:?}: {}", role.name());
            }
        }
    }
}

#[test]
fn shipped_colours_cost_the_bytes_of_a_number_and_look_the_same_at_256() {
    for (name, _) in KNOWN_COLOURS {
        let (full, indexed) = (theme(name).at(Depth::True), theme(name).at(Depth::Indexed));
        assert_eq!(full, indexed, "{name}");
    }
}

#[test]
fn no_colour_keeps_modifiers_and_still_shows_the_cursor() {
    for (name, text) in SHIPPED {
        let theme = theme(name).without_colour();
        for role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{text}");
        }
        assert!(theme.style(Role::Cursor).add_modifier.contains(Modifier::REVERSED), "{name}");
        assert!(theme.style(Role::Match).add_modifier.contains(Modifier::UNDERLINED), "{name}");
    }
}

#[test]
fn what_a_verdict_or_a_match_means_is_never_colour_alone_in_any_theme() {
    for (name, _) in SHIPPED {
        let theme = theme(name);
        for role in [Role::Match, Role::Marked, Role::Draft, Role::Finding, Role::Link, Role::Error] {
            assert_ne!(theme.style(role).add_modifier, Modifier::empty(), "{name}: {}", role.name());
        }
    }
}

#[test]
fn a_theme_of_ones_own_inherits_and_changes_a_role() {
    let mut themes = Themes::shipped();
    themes.add(
        "mine",
        "mine.yaml",
        "inherits: dark\npalette: {sea: '#00005f'}\nroles:\n  topic: sea\n  cursor: {bg: 17}\n",
    );
    let mine = themes.load("mine").unwrap();
    assert_eq!(mine.style(Role::Topic).fg, Some(Color::Rgb(0, 0, 0x5f)));
    assert_eq!(mine.style(Role::Cursor).bg, Some(Color::Indexed(17)));
    assert_eq!(mine.style(Role::Cursor).fg, theme("dark").style(Role::Cursor).fg);
    assert_eq!(mine.style(Role::Link), theme("dark").style(Role::Link));
    assert_eq!(themes.names(), ["dark", "light", "sixteen", "high-contrast", "none", "mine"]);
}

#[test]
fn a_file_named_like_a_shipped_theme_lies_over_it() {
    let mut themes = Themes::shipped();
    themes.add("dark", "dark.yaml", "inherits: dark\nroles: {topic: red}\n");
    let dark = themes.load("dark").unwrap();
    assert_eq!(dark.style(Role::Topic).fg, Some(Color::Red));
    assert_eq!(dark.style(Role::Link), theme("dark").style(Role::Link));
    themes.add("mine", "mine.yaml", "inherits: dark\n");
    assert_eq!(themes.load("mine").unwrap().style(Role::Topic).fg, Some(Color::Red));
}

#[test]
fn an_empty_file_is_the_theme_none() {
    let mut themes = Themes::shipped();
    themes.add("bare", "bare.yaml", "# nothing yet\n");
    assert_eq!(themes.load("bare").unwrap().styles, theme("none").styles);
}

#[test]
fn what_cannot_be_understood_is_said_with_its_file_and_line() {
    let wrong = [
        ("roles:\n  text: {fg: blu}\n", "my.yaml:2: text: no colour \"blu\"; write"),
        ("roles:\n\n  txt: red\n", "my.yaml:3: no role \"txt\"; there are text, cursor"),
        ("roles:\n  key: {mods: [loud]}\n", "my.yaml:2: key: loud is none of bold"),
        ("roles:\n  key: {colour: red}\n", "my.yaml:2: key: colour is none of fg, bg, mods"),
        ("rolls: {}\n", "my.yaml:1: unknown field `rolls`"),
        ("roles: [a]\n", "my.yaml:1: roles: invalid type"),
    ];
    for (text, expected) in wrong {
        let mut themes = Themes::shipped();
        themes.add("my", "my.yaml", text);
        let reason = reason(&themes, "my");
        assert!(reason.starts_with(expected), "{reason}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_said_with_those_that_are() {
    assert_eq!(
        reason(&Themes::shipped(), "drak"),
        "no theme \"drak\"; there are dark, light, sixteen, high-contrast, none"
    );
}

#[test]
fn themes_that_inherit_in_a_circle_are_refused() {
    let mut themes = Themes::shipped();
    themes.add("a", "a.yaml", "inherits: b\n");
    themes.add("b", "b.yaml", "# over a\ninherits: a\n");
    assert_eq!(reason(&themes, "a"), "b.yaml:2: \"a\" is inherited in a circle");
}
