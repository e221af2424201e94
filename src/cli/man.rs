//! `curate man`: the manual page, one for all verbs.

use clap::CommandFactory;
use clap_mangen::Man;

use super::output::{Exit, Out, Stop};
use super::{Cli, EXIT};

/// Print the manual page (`curate man | man -l -`)
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, out: &mut Out) -> Result<Exit, Stop> {
    out.bytes(&page().map_err(|e| Stop::failed(e.to_string()))?)?;
    Ok(Exit::Done)
}

/// The page of the program, and behind it the synopsis and options of each verb.
fn page() -> std::io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        page.extend(format!(".SH \"CURATE {}\"\n", verb.get_name().to_uppercase()).bytes());
        let man = Man::new(verb.clone());
        let mut parts = Vec::new();
        man.render_synopsis_section(&mut parts)?;
        man.render_description_section(&mut parts)?;
        man.render_options_section(&mut parts)?;
        page.extend(String::from_utf8_lossy(&parts).replace(".SH ", ".SS ").bytes());
    }
    page.extend(format!(".SH \"EXIT STATUS\"\n{EXIT}\n").bytes());
    Ok(page)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_verb_has_its_part_of_the_page() {
        let page = String::from_utf8(super::page().unwrap()).unwrap();
        for verb in
            ["DEMO", "LIST", "SHOW", "GET", "SET", "TAG", "CHECK", "TOPICS", "PROFILE", "CONFIG", "COMPLETIONS", "MAN"]
        {
            assert!(page.contains(&format!("CURATE {verb}")), "{verb}");
        }
        assert!(page.starts_with(".ie") || page.contains(".TH curate"));
    }
}
