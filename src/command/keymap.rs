//! Which key does what, in each mode: the table's keys, or those that a configuration gives.

use std::collections::HashMap;

use super::{Command, Key, Mode};

/// Why a configured keymap cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    #[error("`{0}` is no command; `curate config` lists them")]
    NoCommand(String),
    #[error("{command}: {reason}")]
    NoKey { command: String, reason: String },
    #[error("`{key}` does two things in {mode}: {first} and {second}")]
    Twice { key: String, mode: &'static str, first: &'static str, second: &'static str },
}

/// Keys to commands.
#[derive(Clone, Debug)]
pub struct Keymap {
    by_key: HashMap<(Mode, Key), Command>,
    keys: HashMap<Command, Vec<Key>>,
}

impl Default for Keymap {
    /// The table's keys.
    fn default() -> Keymap {
        Keymap::with(&[]).expect("a test shows that the table's keys are unique in each mode")
    }
}

impl Keymap {
    /// The table's keys, those commands that are named here having other ones.
    ///
    /// # Errors
    /// [`KeymapError`] for an unknown command, an unknown key, or a key that would do two things in one mode.
    pub fn with(changes: &[(String, Vec<String>)]) -> Result<Keymap, KeymapError> {
        let mut map = Keymap { by_key: HashMap::new(), keys: HashMap::new() };
        if let Some((name, _)) = changes.iter().find(|(name, _)| Command::ALL.iter().all(|c| c.id() != name)) {
            return Err(KeymapError::NoCommand(name.clone()));
        }
        for &command in Command::ALL {
            let changed = changes.iter().find(|(name, _)| name == command.id()).map(|(_, keys)| keys);
            let texts: Vec<&str> = match changed {
                Some(keys) => keys.iter().map(String::as_str).collect(),
                None => command.default_keys().to_vec(),
            };
            for text in texts {
                let key = text.parse().map_err(|reason| KeymapError::NoKey { command: command.id().into(), reason })?;
                map.bind(command, key)?;
            }
        }
        Ok(map)
    }

    fn bind(&mut self, command: Command, key: Key) -> Result<(), KeymapError> {
        self.keys.entry(command).or_default().push(key);
        for &mode in command.modes() {
            // Where letters are text, a letter cannot be a command.
            if mode.types_text() && key.typed().is_some() {
                continue;
            }
            if let Some(other) = self.by_key.insert((mode, key), command) {
                if mode.types_text() && other != command && is_move(other) != is_move(command) {
                    // Where text is typed, what edits the text comes before what moves.
                    self.by_key.insert((mode, key), if is_move(other) { command } else { other });
                    continue;
                }
                let (first, second) = (other.id(), command.id());
                return Err(KeymapError::Twice { key: key.to_string(), mode: mode.name(), first, second });
            }
        }
        Ok(())
    }

    /// What `key` does in `mode`.
    pub fn command(&self, mode: Mode, key: Key) -> Option<Command> {
        self.by_key.get(&(mode, key)).copied()
    }

    /// The keys of a command, first the one to teach.
    pub fn keys(&self, command: Command) -> &[Key] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// How a command is reached, to be taught: its keys, or its name in the palette where it has none.
    pub fn ways(&self, command: Command) -> Vec<String> {
        match self.keys(command) {
            [] => vec![format!(":{}", command.id())],
            keys => keys.iter().map(Key::to_string).collect(),
        }
    }

    /// The key to show for a command in a mode: the first that works there.
    pub fn key_in(&self, command: Command, mode: Mode) -> Option<Key> {
        self.keys(command).iter().copied().find(|key| self.command(mode, *key) == Some(command))
    }
}

fn is_move(command: Command) -> bool {
    command.group() == super::Group::Move
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_mode() {
        Keymap::with(&[]).unwrap();
    }

    #[test]
    fn a_configured_key_replaces_the_tables_and_a_clash_is_named() {
        let map = Keymap::with(&[("accept".into(), vec!["A".into()])]).unwrap();
        assert_eq!(map.command(Mode::List, "A".parse().unwrap()), Some(Command::Accept));
        assert_eq!(map.command(Mode::List, "a".parse().unwrap()), None);
        let clash = Keymap::with(&[("accept".into(), vec!["x".into()])]).unwrap_err();
        assert_eq!(clash.to_string(), "`x` does two things in the list: accept and reject");
        assert!(Keymap::with(&[("fly".into(), vec![])]).is_err());
        assert!(Keymap::with(&[("accept".into(), vec!["banana".into()])]).is_err());
    }

    #[test]
    fn letters_are_text_where_text_is_typed() {
        let map = Keymap::default();
        assert_eq!(map.command(Mode::Pick, "j".parse().unwrap()), None);
        assert_eq!(map.command(Mode::Pick, "down".parse().unwrap()), Some(Command::Down));
        assert_eq!(map.command(Mode::Pick, "ctrl-u".parse().unwrap()), Some(Command::ClearText));
    }
}
