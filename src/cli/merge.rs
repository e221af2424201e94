//! `curate merge BASE OURS THEIRS`: three versions of one file made one, field by field: git's merge driver.

mod install;

use std::fs;
use std::path::{Path, PathBuf};

use super::output::{Exit, Out, Stop, say};
use crate::content::{Document, Unreadable};
use crate::profile::merge::{self, Merged};
use crate::profile::{Origin, Profile};
use crate::shell::calls::Calls;
use crate::shell::profile;
use crate::shell::root::{self, reason};
use crate::shell::write::one;

/// Merge three versions of one file, field by field, into OURS: git's merge driver (%O %A %B %P)
///
/// What only one side changed is taken; topics are merged as a set, offerings by their id, the body by lines. What both sides changed
/// stands in OURS between git's markers, and the exit status is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The common ancestor; may be empty
    #[arg(required_unless_present = "install")]
    base: Option<PathBuf>,
    /// Our version; the result is written here
    #[arg(required_unless_present = "install")]
    ours: Option<PathBuf>,
    /// The other version
    #[arg(required_unless_present = "install")]
    theirs: Option<PathBuf>,
    /// The file's path in the library, for its profile
    name: Option<PathBuf>,
    /// Show the lines for .gitattributes and git's configuration
    #[arg(long, conflicts_with_all = ["base", "ours", "theirs", "name"])]
    install: bool,
    /// With --install: write them
    #[arg(long, requires = "install")]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let (Some(base), Some(ours), Some(theirs)) = (&args.base, &args.ours, &args.theirs) else {
        return install::run(args.write, out);
    };
    let our = Version::read(ours)?;
    let merged = merged(base, (ours, &our), theirs, args.name.as_deref())?;
    one::replace(&Calls::of_this_process(), ours, our.text.as_bytes(), &merged.text)
        .map_err(|why| Stop::failed(format!("{}: {why}", ours.display())))?;
    let name = args.name.as_deref().unwrap_or(ours).display();
    merged.notes.iter().for_each(|note| say(&format!("{name}: {note}")));
    if merged.conflicts.is_empty() {
        return Ok(Exit::Done);
    }
    say(&format!("{name}: both sides changed {}", merged.conflicts.join(", ")));
    Ok(Exit::Nothing)
}

fn merged(base: &Path, (ours, our): (&Path, &Version), theirs: &Path, name: Option<&Path>) -> Result<Merged, Stop> {
    let their = Version::read(theirs)?;
    let base_version = Version::read(base)?;
    let documents = (our.document(), their.document());
    let (Some(our_document), Some(their_document)) = documents else {
        // A page without front matter: nothing but lines.
        return Ok(merge::merge_texts(&base_version.text, &our.text, &their.text));
    };
    if our_document.format() != their_document.format() {
        return Ok(merge::merge_texts(&base_version.text, &our.text, &their.text));
    }
    let profile = profile_of(name, &our_document)?;
    let base_document = if base_version.text.trim().is_empty() { None } else { base_version.document() };
    let names = [("BASE", base), ("OURS", ours), ("THEIRS", theirs)];
    merge::merge(&profile, base_document.as_ref(), &our_document, &their_document).map_err(|error| {
        let named =
            names.iter().find_map(|(word, path)| Some(format!("{}{}", path.display(), error.strip_prefix(word)?)));
        Stop::failed(format!("{}; OURS is as it was", named.unwrap_or(error)))
    })
}

/// One of the three files.
struct Version {
    text: String,
}

impl Version {
    fn read(path: &Path) -> Result<Version, Stop> {
        let failed = |why: String| Stop::failed(format!("{}: {why}; OURS is as it was", path.display()));
        let bytes = fs::read(path).map_err(|error| failed(reason(&error)))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| failed(Unreadable::NotUtf8 { at: error.utf8_error().valid_up_to() }.to_string()))?;
        Ok(Version { text })
    }

    fn document(&self) -> Option<Document> {
        Document::open(self.text.clone().into_bytes()).ok()
    }
}

/// The profile of the place where the file lies, where it has one of its own; else what the file itself says.
fn profile_of(name: Option<&Path>, ours: &Document) -> Result<Profile, Stop> {
    let folder = name.map(|name| name.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    let root = folder.filter(|dir| dir.is_dir()).and_then(|dir| root::find(dir).ok());
    if let Some(root) = &root
        && let Some(profile) = profile::from_file(root)?
    {
        return Ok(profile);
    }
    let alone = Profile::infer(&ours.value().ok().into_iter().collect::<Vec<_>>());
    match root {
        // What two hundred files say is more than what one does; those that say it by themselves need nobody else.
        Some(root) if alone.origin == Origin::Inferred => Ok(profile::inferred(&root)),
        _ => Ok(alone),
    }
}
