//! What the machine itself can do: the floors.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// All items below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "md" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// Work on every file by two threads.
pub fn by_two(files: &[PathBuf], work: impl Fn(&Path) + Sync) {
    let (left, right) = files.split_at(files.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| left.iter().for_each(|file| work(file)));
        right.iter().for_each(|file| work(file));
    });
}

/// Reads every file, with two threads.
pub fn read_all(files: &[PathBuf]) {
    by_two(files, |file| drop(std::hint::black_box(std::fs::read(file).expect("it can be read"))));
}

/// The front matter of a file.
pub fn front(text: &str) -> &str {
    let rest = text.strip_prefix("---\n").unwrap_or(text);
    rest.find("\n---").map_or(rest, |end| &rest[..end])
}

/// Runs a program to its end.
pub fn run(program: &str, arguments: &[&str]) {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    assert!(status.expect("it starts").success());
}

/// The memory that this process holds, in bytes.
pub fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|number| number.trim().parse().ok());
    kilobytes.unwrap_or(0u64) * 1024
}
