//! Extended attributes (and with them POSIX ACLs) of one file given to another.
//!
//! Here: making the attributes of a new file those of the one it is to replace. Not here: what any of them means.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;

/// Attributes by name.
type Attributes = BTreeMap<Vec<u8>, Vec<u8>>;

/// Attributes that the system makes from the bytes of a file, or keeps for itself: the new file gets its own.
const OF_THE_SYSTEM: [&[u8]; 3] = [b"security.ima", b"security.evm", b"com.apple.provenance"];

/// Gives `new` the attributes of `old`, and no others.
///
/// # Errors
/// The attribute that could not be kept, and why.
pub(super) fn copy(old: &File, new: &File) -> Result<(), (String, io::Error)> {
    let unnamed = |error| ("(list)".to_string(), error);
    let wanted = all(old).map_err(unnamed)?;
    let present = all(new).map_err(unnamed)?;
    let named = |name: &[u8], error| (String::from_utf8_lossy(name).to_string(), error);
    // A new file may have got an ACL from its folder that the old one does not have.
    let ours = |name: &Vec<u8>| !OF_THE_SYSTEM.contains(&name.as_slice());
    for name in present.keys().filter(|name| ours(name) && !wanted.contains_key(*name)) {
        remove(new, name).map_err(|e| named(name, e))?;
    }
    for (name, value) in wanted.iter().filter(|(name, value)| ours(name) && present.get(*name) != Some(value)) {
        set(new, name, value).map_err(|e| named(name, e))?;
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod system {
    use rustix::buffer::spare_capacity;
    use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query, fremovexattr, fsetxattr};
    use rustix::io::Errno;

    use super::{Attributes, File, io};

    pub(super) fn all(file: &File) -> io::Result<Attributes> {
        let names = match flistxattr_query(file) {
            // A file system that knows no attributes has none to lose.
            Err(Errno::NOTSUP) => return Ok(Attributes::new()),
            Err(error) => return Err(error.into()),
            Ok(size) => {
                let mut names: Vec<u8> = Vec::with_capacity(size + 1);
                flistxattr(file, spare_capacity(&mut names))?;
                names
            }
        };
        let mut found = Attributes::new();
        for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let size = fgetxattr_query(file, name)?;
            let mut value: Vec<u8> = Vec::with_capacity(size + 1);
            fgetxattr(file, name, spare_capacity(&mut value))?;
            found.insert(name.to_vec(), value);
        }
        Ok(found)
    }

    pub(super) fn set(file: &File, name: &[u8], value: &[u8]) -> io::Result<()> {
        Ok(fsetxattr(file, name, value, XattrFlags::empty())?)
    }

    pub(super) fn remove(file: &File, name: &[u8]) -> io::Result<()> {
        Ok(fremovexattr(file, name)?)
    }
}

/// Systems whose attributes cannot be listed here: none are seen, and none are kept.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod system {
    use super::{Attributes, File, io};

    pub(super) fn all(_: &File) -> io::Result<Attributes> {
        Ok(Attributes::new())
    }

    pub(super) fn set(_: &File, _: &[u8], _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn remove(_: &File, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

use system::{all, remove, set};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_exactly_the_attributes_of_the_old_one() {
        let (old, new) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
        if set(&old, b"user.note", b"by hand").is_err() {
            println!("skipped: no extended attributes here");
            return;
        }
        set(&old, b"user.empty", b"").unwrap();
        set(&new, b"user.other", b"x").unwrap();
        copy(&old, &new).unwrap();
        let kept = all(&new).unwrap();
        assert_eq!(kept.get(b"user.note".as_slice()).map(Vec::as_slice), Some(b"by hand".as_slice()));
        assert_eq!(kept.get(b"user.empty".as_slice()).map(Vec::len), Some(0));
        assert!(!kept.contains_key(b"user.other".as_slice()));
    }
}
