//! What each command does: one arm a row of the table.

use super::{
    bulk, conflicts, decide, editor, facets, find, findings, forms, history, library_offerings, look, marks, moves,
    offerings, pickers, reading, review, save, taking, topics, vocabulary,
};
use crate::app::available::why_not;
use crate::app::state::VerdictSign;
use crate::app::{Effect, State};
use crate::command::{Command, Mode};
use crate::search::groups::Way;

/// Runs a command, or says why it cannot be run now. Where the letters that follow are meant as text, a refusal takes them:
/// `t nurse enter` must not become six commands because there is no topic to choose.
pub fn start(state: &mut State, command: Command) -> Vec<Effect> {
    if !command.takes_text() {
        return run(state, command);
    }
    let (mode, said) = (state.mode(), state.message.take());
    let effects = run(state, command);
    match state.message.take() {
        Some(refusal) if refusal.error && state.mode() == mode => pickers::open_refusal(state, refusal.text),
        now => state.message = now.or(said.filter(|_| state.mode() == mode)),
    }
    effects
}

fn run(state: &mut State, command: Command) -> Vec<Effect> {
    if let Some(reason) = why_not(state, command) {
        state.complain(reason);
        return Vec::new();
    }
    match command {
        Command::Accept => decide::verdict(state, VerdictSign::Accept),
        Command::Reject => decide::verdict(state, VerdictSign::Reject),
        Command::Skip => decide::verdict(state, VerdictSign::Skip),
        Command::Mark => decide::mark(state),
        Command::MarkRange => decide::mark_range(state),
        Command::MarkShown => decide::mark_shown(state),
        Command::InvertMarks => decide::invert_marks(state),
        Command::ClearMarks => decide::clear_marks(state),
        Command::MarkBy => marks::open(state),
        Command::MarkFound => marks::mark(state),
        Command::ShowMarks => marks::show(state),
        Command::Refused => pickers::open_refused(state),

        Command::Down => moves::step(state, 1),
        Command::Up => moves::step(state, -1),
        Command::PageDown => moves::page(state, 1),
        Command::PageUp => moves::page(state, -1),
        Command::First => moves::first(state),
        Command::Last => moves::last(state),
        Command::NextItem => moves::item(state, 1),
        Command::PreviousItem => moves::item(state, -1),
        Command::NextUndecided => decide::next_undecided(state),

        Command::Filter => find::open_filter(state),
        Command::Narrow => pickers::open_narrow(state),
        Command::Facets => facets::open_facets(state),
        Command::FacetField => pickers::open_facet_fields(state),
        Command::Views => pickers::open_views(state),
        Command::Sort => pickers::open_sort(state),
        Command::ClearText => find::clear_text(state),
        Command::Keep => find::keep(state),
        Command::Choose => pickers::choose(state),
        Command::Toggle => pickers::toggle(state),
        Command::Exclude => pickers::exclude(state),
        Command::Both => facets::choose_value(state, Way::Both),

        Command::Vocabulary => vocabulary::open(state),
        Command::AllTopics => vocabulary::open_from_picker(state),
        Command::TopicItems => vocabulary::items(state),
        Command::FindTopic => vocabulary::open_filter(state),
        Command::RenameTopic => vocabulary::rename(state),
        Command::MergeTopic => vocabulary::merge(state),
        Command::DeleteTopic => vocabulary::delete(state),
        Command::NearTopics => vocabulary::turn_near(state),
        Command::LeaveNearOut => vocabulary::leave_out(state),

        Command::Topics => topics::open(state),
        Command::Apply if state.mode() == Mode::AddOffering => offerings::run(state, command),
        Command::Apply => topics::apply(state),
        Command::NewTopic => topics::new_topic(state),
        Command::Repeat => decide::repeat(state),

        Command::Edit if state.mode() == Mode::Offerings => offerings::run(state, command),
        Command::Bulk => bulk::open(state),
        Command::GoOn => bulk::go_on(state),
        Command::OtherLine => bulk::other_line(state),
        Command::NewField => bulk::choose_field(state, true),

        Command::Edit if state.mode() == Mode::Review => review::edit(state),
        Command::Edit if state.mode() == Mode::Conflicts => conflicts::edit(state),
        Command::Conflicts => conflicts::open(state),
        Command::TakeOver => taking::take_over(state),
        Command::Mine => conflicts::decide(state, false),
        Command::Theirs => conflicts::decide(state, true),
        Command::AllMine => conflicts::decide_all(state, false),
        Command::AllTheirs => conflicts::decide_all(state, true),
        Command::Edit => forms::open(state),
        Command::EditThis => forms::open_this(state),
        Command::Editor => editor::open(state),
        Command::Offerings => offerings::open(state),
        Command::AllOfferings => library_offerings::open(state, None),
        Command::AddOffering | Command::OpenEntry | Command::ReplaceOffering | Command::Everywhere => {
            offerings::run(state, command)
        }
        Command::RemoveEntry | Command::EntryUp | Command::EntryDown if state.mode() == Mode::Offerings => {
            offerings::run(state, command)
        }
        Command::Unfold | Command::Fold if state.mode() == Mode::Everywhere => library_offerings::run(state, command),
        Command::MakeAlike
        | Command::RenameOffering
        | Command::MergeOffering
        | Command::DeleteOffering
        | Command::FindOffering
        | Command::OnlyDiffering
        | Command::ShowItems => library_offerings::run(state, command),

        Command::Change
        | Command::Unfold
        | Command::Fold
        | Command::SetNull
        | Command::AsItWas
        | Command::AddEntry
        | Command::RemoveEntry
        | Command::EntryUp
        | Command::EntryDown
        | Command::FindField
        | Command::CommitText
        | Command::Original
        | Command::Offer => forms::run(state, command),

        Command::Commit if state.mode() == Mode::Naming => vocabulary::commit(state),
        Command::Commit => forms::run(state, command),

        Command::Read => look::read(state),
        Command::FindText => reading::open_find(state),
        Command::NextMatch => reading::step(state, 1),
        Command::PreviousMatch => reading::step(state, -1),
        Command::Outline => reading::open_outline(state),
        Command::Preview => look::toggle_preview(state),
        Command::NextPane => look::next_pane(state),
        Command::OpenLink => forms::open_link(state),
        Command::OpenBodyLink => look::open_body_link(state),
        Command::CopyLink => look::copy_link(state),
        Command::Diff => look::open_diff(state),

        Command::TakeBack => history::take_back(state),
        Command::ShowBatch => history::show(state),
        Command::History => history::open(state),
        Command::Findings => findings::open(state),
        Command::GoThere => findings::go_there(state),
        Command::FixThis => findings::fix_this(state),
        Command::FixKind => findings::fix_kind(state),

        Command::Undo => save::undo(state),
        Command::Redo => save::redo(state),
        Command::Review => review::open(state),
        Command::LeaveOut => review::leave_out(state),
        Command::Hunks => review::into_hunks(state),
        Command::FindFile => review::open_filter(state),
        Command::Write => review::write(state),

        Command::Back => look::back(state),
        Command::Palette => pickers::open_palette(state),
        Command::Help => look::open_help(state),
        Command::Quit | Command::QuitNow => save::quit(state),
    }
}
