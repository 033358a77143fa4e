//! A file that the user may change while a command runs.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Context as _;

/// What a file says, read again when it has changed.
pub(super) struct Reread<T> {
    path: PathBuf,
    /// Time and size of the file when it was read last; `None` where it was not there.
    stamp: Option<(SystemTime, u64)>,
    content: T,
}

impl<T> Reread<T> {
    /// Reads the file; `understand` gets its path and text.
    pub(super) fn new(path: &Path, understand: impl Fn(&Path, &str) -> anyhow::Result<T>) -> anyhow::Result<Self> {
        // What is written while it is read is read again.
        let stamp = stamp(path);
        Ok(Self { path: path.to_owned(), stamp, content: read(path, understand)? })
    }

    /// Reads the file again if it has changed, and tells whether it was so. Where it is wrong now, what it said before
    /// stays.
    pub(super) fn renew(&mut self, understand: impl Fn(&Path, &str) -> anyhow::Result<T>) -> anyhow::Result<bool> {
        let stamp = stamp(&self.path);
        if stamp == self.stamp {
            return Ok(false);
        }
        // One that is wrong is told once.
        self.stamp = stamp;
        self.content = read(&self.path, understand)?;
        Ok(true)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn content(&self) -> &T {
        &self.content
    }
}

fn read<T>(path: &Path, understand: impl Fn(&Path, &str) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    understand(path, &text)
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_by_now_leaves_what_was_said_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("number.txt");
        let understand = |_: &Path, text: &str| Ok(text.trim().parse::<u32>()?);
        std::fs::write(&path, "7").expect("the disk has room");
        let mut number = Reread::new(&path, understand).expect("it is a number");
        assert!(!number.renew(understand).expect("nothing has changed"));
        std::fs::write(&path, "seven").expect("the disk has room");
        assert!(number.renew(understand).is_err());
        assert!(!number.renew(understand).expect("it is told once"));
        assert_eq!(*number.content(), 7);
        std::fs::remove_file(&path).expect("it is there");
        assert!(number.renew(understand).is_err());
        std::fs::write(&path, "11").expect("the disk has room");
        assert!(number.renew(understand).expect("it is right again"));
        assert_eq!(*number.content(), 11);
    }
}
