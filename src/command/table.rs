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
    /// A query to mark by, being typed.
    MarkBy,
    /// The offerings of the items, the list of those they have.
    Offerings,
    /// The pane of offerings that can be added.
    AddOffering,
    /// Offerings across the library.
    Everywhere,
    /// The bulk edit of one field.
    Bulk,
    /// The facets.
    Facets,
    /// The vocabulary: every topic.
    Vocabulary,
    /// A filter or a new name being typed in the vocabulary.
    Naming,
    /// The form, between fields.
    Form,
    /// One field of the form, being typed.
    Field,
    /// One item's diff.
    Diff,
    /// The review before writing.
    Review,
    /// The findings.
    Findings,
    /// Fields that changed on both sides.
    Conflicts,
    /// What was done, batch by batch.
    History,
    /// The keys.
    Help,
    /// A question with its own letters.
    Ask,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 23] = [
        Mode::List,
        Mode::Read,
        Mode::Find,
        Mode::Filter,
        Mode::Pick,
        Mode::Topics,
        Mode::MarkBy,
        Mode::Offerings,
        Mode::AddOffering,
        Mode::Everywhere,
        Mode::Bulk,
        Mode::Facets,
        Mode::Vocabulary,
        Mode::Naming,
        Mode::Form,
        Mode::Field,
        Mode::Diff,
        Mode::Review,
        Mode::Findings,
        Mode::Conflicts,
        Mode::History,
        Mode::Help,
        Mode::Ask,
    ];

    /// Whether letters are text here; then only enter, esc, tab, arrows and ctrl keys act.
    pub fn types_text(self) -> bool {
        matches!(
            self,
            Mode::Find
                | Mode::Filter
                | Mode::Pick
                | Mode::Topics
                | Mode::MarkBy
                | Mode::Bulk
                | Mode::Naming
                | Mode::Field
                | Mode::AddOffering
                | Mode::Help
        )
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
            Mode::MarkBy => "a query to mark by",
            Mode::Offerings => "related offerings",
            Mode::AddOffering => "adding offerings",
            Mode::Everywhere => "offerings everywhere",
            Mode::Bulk => "the bulk edit",
            Mode::Facets => "the facets",
            Mode::Vocabulary => "the vocabulary",
            Mode::Naming => "typing in the vocabulary",
            Mode::Form => "the form",
            Mode::Field => "a field being edited",
            Mode::Diff => "the diff",
            Mode::Review => "the review",
            Mode::Findings => "the findings",
            Mode::Conflicts => "the conflicts",
            Mode::History => "the history",
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
    Accept        "accept"         Decide  [List Read]                        ["a"]              "accept"    "Accept, and move on; the same again clears";
    Reject        "reject"         Decide  [List Read]                        ["x"]              "reject"    "Reject, and move on; the same again clears";
    Skip          "skip"           Decide  [List Read]                        ["s"]              "skip"      "Skip, and move on; the same again clears";
    Change        "change"         Edit    [Form]                             ["enter"]          "edit"      "Edit this field, or unfold it";
    SetNull       "set-null"       Edit    [Form]                             ["n"]              "null"      "Null: the key stays, its value goes; enter lifts it";
    AsItWas       "as-it-was"      Edit    [Form]                             ["U"]              "as it was" "This field as it was on disk";
    Topics        "topics"         Edit    [List Read Form]                   ["t"]              "topics"    "Topics of this item, or of the marked ones";
    Write         "write"          Save    [Review]                           ["y"]              "write"     "Write what is not left out";
    Hunks         "hunks"          Save    [Review]                           ["tab"]            "hunks"     "Into the hunks of this file, and back to the files";
    LeaveOut      "leave-out"      Save    [Review]                           ["space"]          "leave out" "Leave this file or hunk out: it stays a draft";
    FindFile      "find-file"      Save    [Review]                           ["/"]              "find"      "Find a file by path, title, or what was done to it";
    Offerings     "offerings"      Edit    [List Read Form]                   ["r"]              "offerings" "Related offerings of this item, or of the marked ones";
    AllOfferings  "all-offerings"  Edit    [List]                             []                 ""          "Offerings across the library: uses, rename, merge";
    AddOffering   "add-offering"   Edit    [Offerings]                        ["/" "tab"]        "add"       "To the pane below: letters find, tab takes several";
    EntryUp       "entry-up"       Edit    [Form Offerings]                   ["K"]              "move"      "Move this entry up";
    EntryDown     "entry-down"     Edit    [Form Offerings]                   ["J"]              ""          "Move this entry down";
    RemoveEntry   "remove-entry"   Edit    [Form Offerings]                   ["x"]              "remove"    "Remove this entry from its list";
    Mine          "mine"           Decide  [Conflicts]                        ["m"]              "mine"      "Yours stays: it is made over what the file has now";
    Theirs        "theirs"         Decide  [Conflicts]                        ["t"]              "theirs"    "Theirs stays: your edit of this field goes";
    Edit          "edit"           Edit    [List Read Diff Review Offerings Conflicts] ["e"]              "edit"      "Edit the fields in a form";
    AllMine       "all-mine"       Decide  [Conflicts]                        ["M"]              "all mine"  "Yours in every conflict: one batch, one undo";
    AllTheirs     "all-theirs"     Decide  [Conflicts]                        ["T"]              "all theirs" "Theirs in every conflict: one batch, one undo";
    EditThis      "edit-this"      Edit    [List]                             []                 ""          "Edit the fields of this item alone, whatever is marked";
    OpenEntry     "open-entry"     Edit    [Offerings]                        ["enter" "space"]  ""          "This entry in the form; of marked items: its box below";
    ReplaceOffering "replace-offering" Edit    [Offerings]                        ["R"]              "replace"   "Another offering in the place of this one";
    Everywhere    "everywhere"     Edit    [Offerings]                        ["D"]              "everywhere" "This offering everywhere: rename, merge, make alike";
    ShowItems     "show-items"     Find    [Everywhere]                       ["enter"]          "items"     "The list, filtered to the items that have this offering";
    FindOffering  "find-offering"  Find    [Everywhere]                       ["/"]              "find"      "Find an offering by its label or id";
    OnlyDiffering "only-differing" Find    [Everywhere]                       ["f"]              "differing" "Only those written in several ways, or all again";
    MakeAlike     "make-alike"     Edit    [Everywhere]                       ["m"]              "make alike" "Make all entries of this offering like this one";
    RenameOffering "rename-offering" Edit    [Everywhere]                       ["e"]              "rename"    "Another label for this offering, everywhere";
    MergeOffering "merge-offering" Edit    [Everywhere]                       ["M"]              "merge"     "Another offering in its place, everywhere";
    DeleteOffering "delete-offering" Edit    [Everywhere]                       ["X"]              "delete"    "Take this offering from every item that has it";
    Conflicts     "conflicts"      Save    [List Read Diff Review]            ["C"]              ""          "Conflicts: fields that changed on disk meanwhile";
    TakeOver      "take-over"      Program [List Read]                        ["W"]              ""          "Take the library over when the other curate is gone";
    Down          "down"           Move    [List Read Facets Form Diff Review Help Pick Topics Bulk Offerings AddOffering Everywhere Vocabulary Naming Findings History Conflicts] ["j" "down"]       ""          "Down: next item, line or row";
    Up            "up"             Move    [List Read Facets Form Diff Review Help Pick Topics Bulk Offerings AddOffering Everywhere Vocabulary Naming Findings History Conflicts] ["k" "up"]         ""          "Up: previous item, line or row";
    Editor        "editor"         Edit    [List Read Form]                   ["E"]              ""          "The file, or in the form the field, in your $EDITOR";
    First         "first"          Move    [List Read Facets Form Diff Review Help Offerings Everywhere Vocabulary Findings History Conflicts] ["g" "home"]       ""          "To the first";
    Last          "last"           Move    [List Read Facets Form Diff Review Help Offerings Everywhere Vocabulary Findings History Conflicts] ["G" "end"]        ""          "To the last";
    PageDown      "page-down"      Move    [List Read Facets Form Diff Review Help Pick Topics Bulk Offerings AddOffering Everywhere Vocabulary Findings History Conflicts] ["ctrl-d" "pgdn"]  ""          "Half a page down";
    PageUp        "page-up"        Move    [List Read Facets Form Diff Review Help Pick Topics Bulk Offerings AddOffering Everywhere Vocabulary Findings History Conflicts] ["ctrl-u" "pgup"]  ""          "Half a page up";
    NextItem      "next-item"      Move    [List Read Form Diff Review Offerings] ["]"]              ""          "Next item, from inside any pane";
    PreviousItem  "previous-item"  Move    [List Read Form Diff Review Offerings] ["["]              ""          "Previous item, from inside any pane";
    NextUndecided "next-undecided" Move    [List Read]                        ["n"]              ""          "Next undecided item";
    Filter        "filter"         Find    [List]                             ["/"]              "filter"    "Filter as you type: enter keeps, esc puts back";
    Narrow        "narrow"         Find    [List Read]                        ["T"]              ""          "Narrow by topic, the list following live";
    Facets        "facets"         Find    [List Read]                        ["f"]              ""          "Facets: counts by topic, status, brand, author, date";
    FacetField    "facet-field"    Find    [Facets]                           ["/" "+"]          "other field" "Count the values of another field, or no longer";
    Views         "views"          Find    [List Read]                        ["V"]              ""          "Saved views; save this filter as one";
    Sort          "sort"           Find    [List Read]                        ["S"]              ""          "Sort the list";
    Vocabulary    "vocabulary"     Find    [List Read]                        []                 ""          "Vocabulary: topics and uses; rename, merge, delete";
    TopicItems    "topic-items"    Find    [Vocabulary]                       ["enter"]          "items"     "The items that have this topic, in the list";
    FindTopic     "find-topic"     Find    [Vocabulary]                       ["/"]              "find"      "Find a topic by its name or an alias";
    NearTopics    "near-topics"    Find    [Vocabulary]                       ["c"]              "near"      "Near-duplicates to be merged, or all topics again";
    RenameTopic   "rename-topic"   Edit    [Vocabulary]                       ["r"]              "rename"    "Rename this topic in every item that has it";
    MergeTopic    "merge-topic"    Edit    [Vocabulary]                       ["m"]              "merge"     "Merge into another; of near-duplicates, all into this";
    DeleteTopic   "delete-topic"   Edit    [Vocabulary]                       ["x"]              "delete"    "Take this topic out of every item";
    LeaveNearOut  "leave-near-out" Edit    [Vocabulary]                       ["space"]          "leave out" "Leave this near-duplicate out of the merge";
    FindText      "find-text"      Look    [Read]                             ["/"]              "find"      "Find words in this text, as you type";
    NextMatch     "next-match"     Look    [Find]                             ["enter" "down"]   "next"      "The next place where the words stand";
    PreviousMatch "previous-match" Look    [Find]                             ["up"]             "previous"  "The place before";
    Outline       "outline"        Look    [Read]                             ["#"]              ""          "The headings of this text, to jump to one";
    ClearText     "clear-text"     Find    [Find Filter Pick Topics MarkBy Bulk AddOffering Naming Help] ["ctrl-u"]         "clear"     "Clear what was typed";
    Keep          "keep"           Find    [Filter]                           ["enter"]          "keep"      "Keep this filter";
    Choose        "choose"         Find    [Pick Facets]                      ["enter"]          "choose"    "Take the highlighted row";
    Toggle        "toggle"         Find    [Pick Topics Facets AddOffering]   ["tab"]            "toggle"    "Take or leave the highlighted row, several if you like";
    Both          "both"           Find    [Facets]                           ["&"]              "as well"   "Narrow further: items that have this value as well";
    Exclude       "exclude"        Find    [Pick Facets]                      ["ctrl-x"]         "exclude"   "Exclude the highlighted row";
    Apply         "apply"          Edit    [Topics AddOffering]               ["enter"]          "apply"     "Apply what was toggled, or else the highlighted row";
    Bulk          "bulk"           Edit    [List Read]                        ["b"]              ""          "Bulk edit of one field: set, replace, copy, fill";
    GoOn          "go-on"          Edit    [Bulk]                             ["enter"]          "go on"     "Go on; at the end, do what is said below";
    OtherLine     "other-line"     Edit    [Bulk]                             ["tab"]            "other line" "What to find, or what to put in its place";
    NewField      "new-field"      Edit    [Bulk]                             ["ctrl-n"]         "new field" "What was typed as a new field";
    NewTopic      "new-topic"      Edit    [Topics]                           ["ctrl-n"]         "new topic" "What was typed as a new topic";
    AllTopics     "all-topics"     Find    [Pick Topics]                      ["ctrl-t"]         "vocabulary" "The vocabulary, at the highlighted topic";
    Repeat        "repeat"         Edit    [List Read]                        ["."]              ""          "The last edit again, on this item or the marked ones";
    Mark          "mark"           Mark    [List]                             ["space"]          "mark"      "Mark this item, or take the mark off";
    MarkRange     "mark-range"     Mark    [List]                             ["v"]              ""          "Mark a range: once to begin, again to end";
    MarkShown     "mark-shown"     Mark    [List]                             ["*"]              ""          "Mark all shown";
    InvertMarks   "invert-marks"   Mark    [List]                             ["~"]              ""          "Invert the marks of all shown";
    ClearMarks    "clear-marks"    Mark    [List]                             ["-"]              ""          "Take all marks off";
    MarkBy        "mark-by"        Mark    [List]                             ["M"]              ""          "Mark by a query: what matches is marked too";
    MarkFound     "mark-found"     Mark    [MarkBy]                           ["enter"]          "mark"      "Mark what matches, on top of the marks";
    ShowMarks     "show-marks"     Mark    [List]                             []                 ""          "The marked items alone, hidden ones too; or all again";
    Refused       "refused"        Edit    [List Read]                        []                 ""          "What the last edit refused, and why";
    Read          "read"           Look    [List]                             ["enter"]          "read"      "Read: the preview in full size";
    Preview       "preview"        Look    [List]                             ["p"]              ""          "Show or hide the preview";
    NextPane      "next-pane"      Look    [List Read]                        ["tab"]            ""          "Next pane";
    OpenLink      "open-link"      Look    [List Read Form]                   ["o"]              ""          "Open the source link";
    OpenBodyLink  "open-body-link" Look    [List Read]                        ["O"]              ""          "Open a numbered link of the body";
    CopyLink      "copy-link"      Look    [List Read]                        ["y"]              ""          "Copy the source link";
    Unfold        "unfold"         Edit    [Form Everywhere]                  ["right" "l"]      ""          "Unfold";
    Fold          "fold"           Edit    [Form Everywhere]                  ["left" "h"]       ""          "Fold";
    AddEntry      "add-entry"      Edit    [Form]                             ["a"]              "add"       "Add an entry to this list";
    FindField     "find-field"     Edit    [Form]                             ["/"]              "find"      "Find a field by its name";
    Commit        "commit"         Edit    [Field Naming]                     ["enter"]          "done"      "Done; in text of several lines: a new line";
    CommitText    "commit-text"    Edit    [Field]                            ["ctrl-s"]         "done"      "Done, in text of several lines too";
    Original      "original"       Edit    [Field]                            ["ctrl-o"]         "as it was" "What the disk has, into this field";
    Offer         "offer"          Edit    [Field]                            ["tab"]            "offer"     "The next value on offer";
    Undo          "undo"           Save    [List Read Form Diff Review Offerings Everywhere Vocabulary Findings History Conflicts] ["u"]              "undo"      "Undo the last edit that is not written";
    Redo          "redo"           Save    [List Read Form Diff Review Offerings Everywhere Vocabulary Findings History Conflicts] ["ctrl-r"]         ""          "Redo";
    Findings      "findings"       Look    [List Read]                        ["F"]              ""          "Findings of the marked items, or of all shown";
    GoThere       "go-there"       Edit    [Findings]                         ["enter"]          "go there"  "To this field in the form; on a kind: fold it";
    FixThis       "fix-this"       Edit    [Findings]                         ["f"]              "fix"       "Fix this finding: a draft";
    FixKind       "fix-kind"       Edit    [Findings]                         ["F"]              "fix all"   "Fix all findings of this kind: one batch, one undo";
    Diff          "diff"           Save    [List Read Form Offerings]         ["d"]              "diff"      "This item's diff";
    Review        "review"         Save    [List Read Diff Offerings Everywhere Vocabulary Findings History Conflicts] ["w"]              "write"     "Review every change, then write";
    Back          "back"           Program [List Read Filter Pick Topics MarkBy Bulk Facets Form Field Diff Review Help Ask Find Offerings AddOffering Everywhere Vocabulary Naming Findings History Conflicts] ["esc"]            "back"      "One layer back; nothing is lost";
    Palette       "palette"        Program [List Read Form Diff Review Offerings Everywhere Vocabulary Findings History Conflicts] [":"]              ""          "Every command, by name";
    Help          "help"           Program [List Read Facets Form Diff Review Offerings Everywhere Vocabulary Findings History Conflicts] ["?"]              "keys"      "The keys that work here, then all; letters search them";
    Quit          "quit"           Program [List Read]                        ["q"]              ""          "Quit: drafts are kept";
    QuitNow       "quit-now"       Program [List Read Find Filter Pick Topics MarkBy Bulk Facets Form Field Diff Review Help Ask Offerings AddOffering Everywhere Vocabulary Naming Findings History Conflicts] ["ctrl-c"]         ""          "Quit from anywhere; drafts are kept";
    TakeBack      "take-back"      Save    [History]                          ["enter"]          "take back" "Take this batch back: all is as it was before it";
    ShowBatch     "show-batch"     Save    [History]                          ["d"]              "diff"      "What this batch changed";
    History       "history"        Save    [List Read Form Review]            ["H"]              ""          "The history: every batch, written or not; take one back";
}

/// Keys that are no command of their own, for they do not always do the same.
#[derive(Debug)]
pub struct Digits {
    pub keys: &'static str,
    pub group: Group,
    pub modes: &'static [Mode],
    pub help: &'static str,
}

/// Digits toggle what the card shows on them.
pub const DIGITS: Digits = Digits {
    keys: "1-9",
    group: Group::Decide,
    modes: &[Mode::List, Mode::Read],
    help: "The topic that the card shows on this digit: on or off",
};

impl Command {
    /// Whether the letters that follow it are meant as text: it opens what is typed into.
    pub fn takes_text(self) -> bool {
        use Command::*;
        matches!(
            self,
            Topics
                | Narrow
                | Bulk
                | MarkBy
                | Offerings
                | AddOffering
                | ReplaceOffering
                | Filter
                | FindText
                | Refused
                | Outline
                | OpenBodyLink
                | FacetField
                | Change
                | AddEntry
                | FindField
                | FindTopic
                | FindFile
                | FindOffering
                | RenameTopic
                | MergeTopic
                | RenameOffering
                | MergeOffering
        )
    }
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
