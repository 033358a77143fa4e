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

/// Whether a program of this name can be started.
pub(super) fn is_program(name: &str) -> bool {
    if Path::new(name).components().count() > 1 {
        return Path::new(name).is_file();
    }
    // Where the system looks that is told of no place.
    let paths = std::env::var_os("PATH").unwrap_or_else(|| "/bin:/usr/bin".into());
    std::env::split_paths(&paths)
        .any(|folder| folder.join(name).is_file() || folder.join(format!("{name}.exe")).is_file())
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
}
