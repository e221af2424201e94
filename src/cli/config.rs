//! `curate config`: where configuration and state lie, and what is in force.

use std::path::{Path, PathBuf};

use super::output::{Exit, Out, Stop};
use super::yaml;
use crate::content::Value;
use crate::shell::config::Config;
use crate::shell::folders::Folders;
use crate::shell::root;

/// Print the configuration in force and where it, the state and the root lie, as YAML
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder whose root is asked for
    #[arg(default_value = ".")]
    path: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let folders = Folders::of_this_user();
    let mut entries = vec![
        entry("configuration", &folders.config_file()),
        entry("themes", &folders.config.join("themes")),
        entry("state", &folders.state),
        entry("data", &folders.data),
    ];
    let root = root::find_with(&args.path, &folders).map_err(|e| Stop::failed(e.to_string()))?;
    entries.push(entry("root", &root.dir));
    let why = match root.because {
        root::Because::Profile => "it has a profile",
        root::Because::Site => "a site begins there",
        root::Because::State => "it has state",
        root::Because::Opened => "it was opened",
    };
    entries.push(("rootBecause".to_string(), why.into()));
    let profile = root.dir.join(root::PROFILE_FILE);
    let kept = if profile.is_file() { profile.to_string_lossy().as_ref().into() } else { Value::Null };
    entries.push(("profile".to_string(), kept));
    entries.push(entry("rootState", &folders.state_of(&root.dir)));
    for name in ["NO_COLOR", "VISUAL", "EDITOR"] {
        let value = std::env::var(name).map_or(Value::Null, Value::from);
        entries.push((name.to_string(), value));
    }
    let config = Config::load(&folders).map_err(|e| Stop::failed(e.to_string()))?;
    out.text(&yaml::print(&Value::Map(entries)))?;
    out.text(&config.to_yaml())?;
    Ok(Exit::Done)
}

fn entry(name: &str, path: &Path) -> (String, Value) {
    (name.to_string(), path.to_string_lossy().as_ref().into())
}
