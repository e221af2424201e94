//! The table itself. To add a command: a row here, an arm in `app::update::command`, a scenario test.

/// Where keys go: what is in front on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// The list of items.
    List,
    /// The preview, beside the list or in full size.
    Read,
    /// Words being looked for in the text that is read.
    Find,
    /// The filter line, being typed.
    Filter,
    /// A list that narrows as one types: topics to narrow by, views, sort orders, the palette.
    Pick,
    /// The topic picker.
    Topics,
    /// The bulk edit of one field.
    Bulk,
    /// The facets.
    Facets,
    /// The form, between fields.
    Form,
    /// One field of the form, being typed.
    Field,
    /// One item's diff.
    Diff,
    /// The review before writing.
    Review,
    /// The keys.
    Help,
    /// A question with its own letters.
    Ask,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 14] = [
        Mode::List,
        Mode::Read,
        Mode::Find,
        Mode::Filter,
        Mode::Pick,
        Mode::Topics,
        Mode::Bulk,
        Mode::Facets,
        Mode::Form,
        Mode::Field,
        Mode::Diff,
        Mode::Review,
        Mode::Help,
        Mode::Ask,
    ];

    /// Whether letters are text here; then only enter, esc, tab, arrows and ctrl keys act.
    pub fn types_text(self) -> bool {
        matches!(self, Mode::Find | Mode::Filter | Mode::Pick | Mode::Topics | Mode::Bulk | Mode::Field)
    }

    /// What the help calls it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::List => "the list",
            Mode::Read => "reading",
            Mode::Find => "finding in the text",
            Mode::Filter => "the filter",
            Mode::Pick => "choosing",
            Mode::Topics => "the topic picker",
            Mode::Bulk => "the bulk edit",
            Mode::Facets => "the facets",
            Mode::Form => "the form",
            Mode::Field => "a field being edited",
            Mode::Diff => "the diff",
            Mode::Review => "the review",
            Mode::Help => "the keys",
            Mode::Ask => "a question",
        }
    }
}

/// What a command is for; the help is ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    Move,
    Find,
    Mark,
    Decide,
    Edit,
    Save,
    Look,
    Program,
}

impl Group {
    /// All of them, in the order of the help.
    pub const ALL: [Group; 8] =
        [Group::Move, Group::Find, Group::Mark, Group::Decide, Group::Edit, Group::Save, Group::Look, Group::Program];

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Group::Move => "Move",
            Group::Find => "Find",
            Group::Mark => "Mark",
            Group::Decide => "Decide",
            Group::Edit => "Edit",
            Group::Save => "Review, undo, write",
            Group::Look => "Read and look",
            Group::Program => "Program",
        }
    }
}

macro_rules! commands {
    ($($variant:ident $id:literal $group:ident [$($mode:ident)+] [$($key:literal)*] $short:literal $help:literal;)+) => {
        /// Everything that can be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $(#[doc = $help] $variant,)+
        }

        impl Command {
            /// All commands, in the order of the table.
            pub const ALL: &'static [Command] = &[$(Command::$variant),+];

            /// The name in a keymap file.
            pub fn id(self) -> &'static str {
                match self { $(Command::$variant => $id),+ }
            }

            /// What it is for.
            pub fn group(self) -> Group {
                match self { $(Command::$variant => Group::$group),+ }
            }

            /// Where it is offered.
            pub fn modes(self) -> &'static [Mode] {
                match self { $(Command::$variant => &[$(Mode::$mode),+]),+ }
            }

            /// Its keys unless a keymap says otherwise.
            pub fn default_keys(self) -> &'static [&'static str] {
                match self { $(Command::$variant => &[$($key),*]),+ }
            }

            /// A word or two for the footer; empty: not shown there.
            pub fn short(self) -> &'static str {
                match self { $(Command::$variant => $short),+ }
            }

            /// What it does, as a sentence without a full stop.
            pub fn help(self) -> &'static str {
                match self { $(Command::$variant => $help),+ }
            }
        }
    };
}

// variant, id, group, modes, keys, footer, help
commands! {
    Accept        "accept"         Decide  [List Read]                        ["a"]                "accept"    "Accept, and move on; the same again clears";
    Reject        "reject"         Decide  [List Read]                        ["x"]                "reject"    "Reject, and move on; the same again clears";
    Skip          "skip"           Decide  [List Read]                        ["s"]                "skip"      "Skip, and move on; the same again clears";
    Change        "change"         Edit    [Form]                             ["enter"]            "edit"      "Edit this field, or unfold it";
    SetNull       "set-null"       Edit    [Form]                             ["n"]                "null"      "Null: the key stays, its value goes; enter lifts it";
    AsItWas       "as-it-was"      Edit    [Form]                             ["U"]                "as it was" "This field as it was on disk";
    Topics        "topics"        Edit    [List Read Form]                   ["t"]                "topics"    "Topics of this item, or of the marked ones";
    Write         "write"          Save    [Review]                           ["y"]                "write"     "Write what is not left out";
    Hunks         "hunks"          Save    [Review]                           ["tab"]              "hunks"     "Into the hunks of this file, and back to the files";
    LeaveOut      "leave-out"      Save    [Review]                           ["space"]            "leave out" "Leave this file or hunk out of the write: it stays a draft";
    FindFile      "find-file"      Save    [Review]                           ["/"]                "find"      "Find a file by its path, its title, or what was done to it";
    Edit          "edit"           Edit    [List Read Diff Review]                   ["e"]                "edit"      "Edit the fields in a form";
    Down          "down"           Move    [List Read Facets Form Diff Review Help Pick Topics Bulk] ["j" "down"] "" "Down: next item, line or row";
    Up            "up"             Move    [List Read Facets Form Diff Review Help Pick Topics Bulk] ["k" "up"]   "" "Up: previous item, line or row";
    Editor        "editor"         Edit    [List Read Form]                   ["E"]                ""          "The file, or in the form the field, in your $EDITOR";
    First         "first"          Move    [List Read Facets Form Diff Review Help] ["g" "home"]  ""          "To the first";
    Last          "last"           Move    [List Read Facets Form Diff Review Help] ["G" "end"]   ""          "To the last";
    PageDown      "page-down"      Move    [List Read Facets Form Diff Review Help Pick Topics Bulk] ["ctrl-d" "pgdn"] "" "Half a page down";
    PageUp        "page-up"        Move    [List Read Facets Form Diff Review Help Pick Topics Bulk] ["ctrl-u" "pgup"] "" "Half a page up";
    NextItem      "next-item"      Move    [List Read Form Diff Review]              ["]"]                ""          "Next item, from inside any pane";
    PreviousItem  "previous-item"  Move    [List Read Form Diff Review]              ["["]                ""          "Previous item, from inside any pane";
    NextUndecided "next-undecided" Move    [List Read]                        ["n"]                ""          "Next undecided item";
    Filter        "filter"         Find    [List]                             ["/"]                "filter"    "Filter as you type: enter keeps, esc puts back, ctrl-u clears";
    Narrow        "narrow"         Find    [List Read]                        ["T"]                ""          "Narrow by topic, the list following live";
    Facets        "facets"         Find    [List Read]                        ["f"]                ""          "Facets: counts by topic, status, brand, author and month";
    FacetField    "facet-field"   Find    [Facets]                           ["/" "+"]            "other field" "Count the values of another field, or no longer";
    Views         "views"          Find    [List Read]                        ["V"]                ""          "Saved views; save this filter as one";
    Sort          "sort"           Find    [List Read]                        ["S"]                ""          "Sort the list";
    FindText      "find-text"      Look    [Read]                             ["/"]                "find"      "Find words in this text, as you type";
    NextMatch     "next-match"     Look    [Find]                             ["enter" "down"]     "next"      "The next place where the words stand";
    PreviousMatch "previous-match" Look    [Find]                             ["up"]               "previous"  "The place before";
    Outline       "outline"        Look    [Read]                             ["#"]                ""          "The headings of this text, to jump to one";
    ClearText     "clear-text"     Find    [Find Filter Pick Topics Bulk]          ["ctrl-u"]           "clear"          "Clear what was typed";
    Keep          "keep"           Find    [Filter]                           ["enter"]            "keep"      "Keep this filter";
    Choose        "choose"         Find    [Pick Facets]                      ["enter"]            "choose"    "Take the highlighted row";
    Toggle        "toggle"         Find    [Pick Topics Facets]        ["tab"]              "toggle"    "Take or leave the highlighted row, several if you like";
    Exclude       "exclude"        Find    [Pick Facets]                      ["ctrl-x"]           "exclude"   "Exclude the highlighted row";
    Apply         "apply"         Edit    [Topics]                           ["enter"]            "apply"     "Apply what was toggled, or else the highlighted row";
    Bulk          "bulk"           Edit    [List Read]                        ["b"]                ""          "Bulk edit of one field: set, find and replace, copy, fill";
    GoOn          "go-on"          Edit    [Bulk]                             ["enter"]            "go on"     "Go on; at the end, do what is said below";
    OtherLine     "other-line"     Edit    [Bulk]                             ["tab"]              "other line" "What to find, or what to put in its place";
    NewField      "new-field"      Edit    [Bulk]                             ["ctrl-n"]           "new field" "What was typed as a new field";
    NewTopic      "new-topic"     Edit    [Topics]                           ["ctrl-n"]           "new topic" "What was typed as a new topic";
    Repeat        "repeat"        Edit    [List Read]                        ["."]                ""          "The last edit again, on this item or the marked ones";
    Mark          "mark"           Mark    [List]                             ["space"]            "mark"      "Mark this item, or take the mark off";
    MarkRange     "mark-range"     Mark    [List]                             ["v"]                ""          "Mark a range: once to begin, again to end";
    MarkShown     "mark-shown"     Mark    [List]                             ["*"]                ""          "Mark all shown";
    InvertMarks   "invert-marks"   Mark    [List]                             ["~"]                ""          "Invert the marks of all shown";
    ClearMarks    "clear-marks"    Mark    [List]                             ["-"]                ""          "Take all marks off";
    Read          "read"           Look    [List]                             ["enter"]            "read"      "Read: the preview in full size";
    Preview       "preview"        Look    [List]                             ["p"]                ""          "Show or hide the preview";
    NextPane      "next-pane"      Look    [List Read]                        ["tab"]              ""          "Next pane";
    OpenLink      "open-link"      Look    [List Read Form]                   ["o"]                ""          "Open the source link";
    OpenBodyLink  "open-body-link" Look    [List Read]                             ["O"]                ""          "Open a numbered link of the body";
    CopyLink      "copy-link"      Look    [List Read]                        ["y"]                ""          "Copy the source link";
    Unfold        "unfold"         Edit    [Form]                             ["right" "l"]        ""          "Unfold";
    Fold          "fold"           Edit    [Form]                             ["left" "h"]         ""          "Fold";
    AddEntry      "add-entry"      Edit    [Form]                             ["a"]                ""          "Add an entry to this list";
    RemoveEntry   "remove-entry"   Edit    [Form]                             ["x"]                ""          "Remove this entry from its list";
    EntryUp       "entry-up"       Edit    [Form]                             ["K"]                ""          "Move this entry up";
    EntryDown     "entry-down"     Edit    [Form]                             ["J"]                ""          "Move this entry down";
    FindField     "find-field"     Edit    [Form]                             ["/"]                "find"      "Find a field by its name";
    Commit        "commit"         Edit    [Field]                            ["enter"]            "done"      "Done; in text of several lines: a new line";
    CommitText    "commit-text"    Edit    [Field]                            ["ctrl-s"]           "done"          "Done, in text of several lines too";
    Offer         "offer"          Edit    [Field]                            ["tab"]              "offer"     "The next value on offer";
    Undo          "undo"           Save    [List Read Form Diff Review]       ["u"]                "undo"      "Undo the last edit that is not written";
    Redo          "redo"           Save    [List Read Form Diff Review]       ["ctrl-r"]           ""          "Redo";
    Diff          "diff"           Save    [List Read Form]                   ["d"]                "diff"      "This item's diff";
    Review        "review"         Save    [List Read Diff]                   ["w"]                "write"     "Review every change, then write";
    Back          "back"           Program [List Read Filter Pick Topics Bulk Facets Form Field Diff Review Help Ask Find] ["esc"] "back" "One layer back; nothing is lost";
    Palette       "palette"        Program [List Read Form Diff Review]       [":"]                ""          "Every command, by name";
    Help          "help"           Program [List Read Facets Form Diff Review] ["?"]               "keys"      "The keys that work here, then all";
    Quit          "quit"           Program [List Read Help]                   ["q"]                ""          "Quit: drafts are kept";
    QuitNow       "quit-now"       Program [List Read Find Filter Pick Topics Bulk Facets Form Field Diff Review Help Ask] ["ctrl-c"] "" "Quit from anywhere; drafts are kept";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_row_has_help() {
        let mut ids: Vec<_> = Command::ALL.iter().map(|c| c.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Command::ALL.len());
        assert!(Command::ALL.iter().all(|c| !c.help().is_empty() && !c.help().ends_with('.')));
    }
}
