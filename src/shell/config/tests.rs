use super::*;

/// A configuration folder of its own.
struct Home {
    folder: tempfile::TempDir,
    paths: Folders,
}

fn home(files: &[(&str, &str)]) -> Home {
    let folder = tempfile::tempdir().unwrap();
    let paths = Folders::under(folder.path());
    for (name, text) in files {
        let file = paths.config.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    Home { folder, paths }
}

fn config(text: &str) -> Result<Config, String> {
    let home = home(&[("config.yaml", text)]);
    let folder = home.folder.path().join("config").display().to_string();
    Config::load(&home.paths).map_err(|error| error.to_string().replace(&folder, "."))
}

#[test]
fn no_file_and_an_empty_file_are_the_defaults() {
    assert_eq!(Config::load(&home(&[]).paths).unwrap(), Config::default());
    assert_eq!(config("# nothing yet\n\n"), Ok(Config::default()));
    assert_eq!(config(""), Ok(Config::default()));
}

#[test]
fn what_is_chosen_is_read_and_one_key_needs_no_list() {
    let text = "theme: light\neditor: vim -f\nbrowser: firefox\nascii: true\nkeys:\n  accept: [a, ctrl-y]\n  reject: x\n  skip: []\n";
    let config = config(text).unwrap();
    assert_eq!((config.theme.as_str(), config.ascii), ("light", true));
    assert_eq!((config.editor.as_deref(), config.browser.as_deref()), (Some("vim -f"), Some("firefox")));
    assert_eq!(config.keys["accept"], ["a", "ctrl-y"]);
    assert_eq!((config.keys["reject"].len(), config.keys["skip"].len()), (1, 0));
}

#[test]
fn what_cannot_be_understood_is_said_with_file_line_and_reason() {
    let error = |text: &str| config(text).unwrap_err();
    assert!(error("theme: dark\ncolour: red\n").starts_with("./config.yaml:2: unknown field `colour`"));
    assert!(error("theme: dark\nascii: maybe\n").starts_with("./config.yaml:2: ascii: invalid type"));
    assert!(error("ascii: true\ntheme: 'dark\n").starts_with("./config.yaml:"));
    let keys = error("keys:\n  accept: {a: b}\n");
    assert!(keys.starts_with("./config.yaml:") && keys.contains("a key is a text, or a list of texts"), "{keys}");
}

#[test]
fn a_folder_in_place_of_the_file_is_said() {
    let home = home(&[("config.yaml/x", "")]);
    assert!(Config::load(&home.paths).unwrap_err().to_string().contains("config.yaml: "));
}

#[test]
fn the_printed_configuration_reads_back_to_the_same() {
    let keys = [("accept", vec!["a", "#", "': '"]), ("skip", vec![])];
    let keys = keys.map(|(id, keys)| (id.to_string(), keys.into_iter().map(str::to_string).collect()));
    let odd = Config {
        theme: "my: theme # 1".to_string(),
        keys: BTreeMap::from(keys),
        editor: Some("no".to_string()),
        browser: Some("a\nb: c\n".to_string()),
        ascii: true,
    };
    for wanted in [Config::default(), odd] {
        let text = wanted.to_yaml();
        assert_eq!(config(&text), Ok(wanted), "{text}");
    }
    insta::assert_snapshot!(Config::default().to_yaml(), @r"
    # dark, light, sixteen, high-contrast, none, or a file of the folder themes
    theme: dark
    # keys by command: {accept: [a], reject: [x]}
    keys: {}
    # the editor for E, with its arguments, where neither VISUAL nor EDITOR names one
    editor: null
    # the program that opens links; null: the desktop's
    browser: null
    # signs and lines in ASCII
    ascii: false
    ");
}

#[test]
fn themes_of_the_folder_are_found_by_name() {
    let home =
        home(&[("themes/sea.yaml", "inherits: dark\n"), ("themes/dark.yml", "# mine\n"), ("themes/README", "x")]);
    let files = theme_files(&home.paths).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _, _)| name.as_str()).collect();
    assert_eq!(names, ["dark", "sea"]);
    assert_eq!(files[1].2, "inherits: dark\n");
    assert!(theme_files(&self::home(&[]).paths).unwrap().is_empty());
}

#[test]
fn a_saved_view_is_there_the_next_time_for_its_root_alone() {
    let home = home(&[]);
    let (news, blog) = (Path::new("/sites/news"), Path::new("/sites/blog"));
    assert!(saved_views(&home.paths, news).unwrap().is_empty());
    save_view(&home.paths, news, "Nursing", "topic:nurse is:undecided").unwrap();
    save_view(&home.paths, news, "Before 2022", "date:<2022-01-01").unwrap();
    save_view(&home.paths, blog, "All: of it", "sort:-date # x").unwrap();
    save_view(&home.paths, news, "Nursing", "'nurse").unwrap();
    let pair = |name: &str, query: &str| (name.to_string(), query.to_string());
    let expected = [pair("Nursing", "'nurse"), pair("Before 2022", "date:<2022-01-01")];
    assert_eq!(saved_views(&home.paths, news).unwrap(), expected);
    assert_eq!(saved_views(&home.paths, blog).unwrap(), [pair("All: of it", "sort:-date # x")]);
    let left: Vec<_> = fs::read_dir(&home.paths.config).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["views.yaml"], "no temporary file is left");
}

#[test]
fn a_views_file_that_is_not_understood_is_never_overwritten() {
    for text in ["/sites/news: [a]\n", "/sites/other:\n  x: {y: z}\n", "- a\n", "a: [\n"] {
        let home = home(&[("views.yaml", text)]);
        let error = save_view(&home.paths, Path::new("/sites/news"), "n", "q").unwrap_err().to_string();
        assert!(error.contains("views.yaml:"), "{error}");
        assert_eq!(fs::read_to_string(home.paths.views_file()).unwrap(), text);
    }
}

#[test]
fn a_views_file_that_is_a_link_stays_one() {
    let home = home(&[("dotfiles/mine.yaml", "# mine\n")]);
    std::os::unix::fs::symlink("dotfiles/mine.yaml", home.paths.views_file()).unwrap();
    save_view(&home.paths, Path::new("/sites/news"), "n", "q").unwrap();
    assert!(fs::symlink_metadata(home.paths.views_file()).unwrap().is_symlink());
    assert!(fs::read_to_string(home.paths.config.join("dotfiles/mine.yaml")).unwrap().contains("/sites/news"));
}
