//! Programs of the user's, named by a command that no shell sees.

use std::path::Path;
use std::process::Child;

/// Words of a command: parted by white space, kept together by quotes; a backslash takes the next
/// character as it is. `None` when a quote is not closed.
pub(super) fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Why a program can't be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoProgram {
    /// There is no file of its name.
    Missing,
    /// There is one, which nobody may run.
    NotExecutable,
}

/// Looks whether a program of this name can be started.
pub(super) fn find_program(name: &str) -> Result<(), NoProgram> {
    if Path::new(name).components().count() > 1 {
        return check_executable(Path::new(name));
    }
    // Where the system looks that is told of no place.
    let paths = std::env::var_os("PATH").unwrap_or_else(|| "/bin:/usr/bin".into());
    let mut found = Err(NoProgram::Missing);
    for folder in std::env::split_paths(&paths) {
        for file in [folder.join(name), folder.join(format!("{name}.exe"))] {
            match check_executable(&file) {
                Ok(()) => return Ok(()),
                Err(NoProgram::NotExecutable) => found = Err(NoProgram::NotExecutable),
                Err(NoProgram::Missing) => {}
            }
        }
    }
    found
}

fn check_executable(file: &Path) -> Result<(), NoProgram> {
    let metadata = file.metadata().ok().filter(std::fs::Metadata::is_file).ok_or(NoProgram::Missing)?;
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 == 0 {
        return Err(NoProgram::NotExecutable);
    }
    // Other systems tell programs by their names.
    let _ = metadata;
    Ok(())
}

/// Ends a program, and what it started; it may have ended by itself meanwhile.
pub(super) fn end(child: &mut Child) {
    #[cfg(target_os = "linux")]
    if let Ok(group) = i32::try_from(child.id()) {
        use nix::sys::signal::{Signal, killpg};
        // It leads a group of its own.
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_split_as_a_shell_would() {
        for (command, expected) in [
            ("pdftotext {} -", Some(vec!["pdftotext", "{}", "-"])),
            ("  a  'b c' \"d 'e'\" f\\ g \"\" ", Some(vec!["a", "b c", "d 'e'", "f g", ""])),
            ("a 'b", None),
            ("", Some(vec![])),
        ] {
            let words = split(command);
            assert_eq!(words.as_ref().map(|words| words.iter().map(String::as_str).collect()), expected, "{command}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_may_not_be_run_is_no_program() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("take.sh");
        let name = path.to_str().expect("it is text").to_owned();
        assert_eq!(find_program(&name), Err(NoProgram::Missing));
        std::fs::write(&path, "#!/bin/sh\n").expect("the disk has room");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
        assert_eq!(find_program(&name), Err(NoProgram::NotExecutable));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        assert_eq!(find_program(&name), Ok(()));
        assert_eq!(find_program("no-such-program-anywhere"), Err(NoProgram::Missing));
    }
}
