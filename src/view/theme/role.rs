//! The roles a theme gives a style to.

/// Makes the enum, its list and its names from one table.
macro_rules! roles {
    ($($role:ident $name:literal $doc:literal),+ $(,)?) => {
        /// What a part of the screen is there for. A theme gives each one a style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role { $(#[doc = $doc] $role),+ }

        impl Role {
            /// Every role, in the order of their numbers.
            pub const ALL: [Role; [$($name),+].len()] = [$(Role::$role),+];

            /// Its name in a theme file.
            pub fn name(self) -> &'static str {
                match self { $(Role::$role => $name),+ }
            }

            /// The role of that name.
            pub fn named(name: &str) -> Option<Role> {
                match name { $($name => Some(Role::$role),)+ _ => None }
            }
        }
    };
}

roles! {
    // Surfaces: they state both colours, and are laid over what stands there.
    Text "text" "Whatever has no role of its own; its background is the screen's.",
    Cursor "cursor" "The row under the cursor, in the pane that has the keys.",
    CursorIdle "cursor-idle" "The row under the cursor, in a pane that waits.",
    Selection "selection" "Text selected in a field.",
    Input "input" "A field or filter while letters go into it.",
    // The frame.
    Header "header" "The first line: where am I and how far.",
    Progress "progress" "The progress line's done part.",
    Footer "footer" "The words of the last line.",
    Key "key" "A key, in the footer, the help and the palette.",
    Message "message" "What the last action did.",
    Error "error" "What went wrong.",
    Border "border" "Lines between panes and around overlays.",
    Title "title" "The name of a pane or an item on such a line.",
    Focus "focus" "The same, of the pane that has the keys.",
    // The list.
    Muted "muted" "What may be overlooked: dates, paths, hints.",
    Brand "brand" "An item's brand.",
    Topic "topic" "A topic or an offering.",
    Count "count" "A number of things.",
    Marked "marked" "The sign of a marked row.",
    Match "match" "Letters that the filter matched.",
    Dimmed "dimmed" "A row that no longer matches and stays until the next filter key.",
    Accept "accept" "Accepted.",
    Reject "reject" "Rejected.",
    Skip "skip" "Skipped.",
    Draft "draft" "Changed and not on disk yet.",
    Finding "finding" "Something that `check` reports.",
    // The form and the pickers.
    Label "label" "A field's name.",
    Badge "badge" "A note beside a field: how many places, what it was.",
    Empty "empty" "A value that is null, blank or missing.",
    Disabled "disabled" "What cannot be done now, and why.",
    // The preview.
    Heading "heading" "A heading of a body or of a group.",
    Strong "strong" "Strong text.",
    Emphasis "emphasis" "Emphasised text.",
    Quote "quote" "Quoted text.",
    Code "code" "Code.",
    Link "link" "A link and its number.",
    // Diffs.
    Added "added" "An added line.",
    Removed "removed" "A removed line.",
    AddedWord "added-word" "What is new in a line that was replaced.",
    RemovedWord "removed-word" "What is gone from a line that was replaced.",
    Hunk "hunk" "Where a hunk stands.",
}

impl Role {
    /// Whether the role states both colours and is laid over others.
    pub fn is_surface(self) -> bool {
        matches!(self, Role::Text | Role::Cursor | Role::CursorIdle | Role::Selection | Role::Input)
    }
}
