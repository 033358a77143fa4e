//! Which files a corpus has, in one fixed order.
//!
//! Follows symbolic links, ends loops, and turns everything that is not a readable file into a
//! [`Rejected`], so that each entry of a folder is accounted for. Opens no file: that is
//! [`super::open()`].

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::error::{ReadError, RejectReason, Rejected};

/// What to leave out of a walk.
#[derive(Clone, Debug, Default)]
pub struct WalkConfig {
    /// Leave out files and folders whose name begins with a dot. Default: they are read.
    pub skip_hidden: bool,
    /// Folders and files that are not looked at, such as the index being written. Default: none.
    pub exclude: Vec<PathBuf>,
    /// Tells whether a folder is an index: what is in one is no news, and the folder is named.
    pub is_index: Option<fn(&Path) -> bool>,
}

/// A file that may hold articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Absolute path with `/` separators, as [`path_text`] writes it.
    pub path: Arc<str>,
    /// The same for the operating system.
    pub fs_path: PathBuf,
    /// Size, in bytes.
    pub size_bytes: u64,
    /// Last modification, in nanoseconds since 1970.
    pub modified_ns: i64,
}

/// Lists the files of `roots`, each once, in byte order of [`FileEntry::path`].
///
/// A root may be a folder or a file; its own symbolic links are resolved. Roots that lie inside
/// another root add nothing. Links to files and folders are followed, so that a file reachable by
/// two paths is listed under both. A folder that cannot be listed, a broken link, a loop, a socket,
/// pipe or device comes as a [`Rejected`] in its place.
///
/// # Errors
/// When a root does not exist or cannot be looked at.
pub fn walk(
    roots: &[PathBuf],
    config: &WalkConfig,
) -> Result<impl Iterator<Item = Result<FileEntry, Rejected>> + use<>, ReadError> {
    let mut tops = Vec::with_capacity(roots.len());
    for root in roots {
        let to_error = |source| ReadError::Root { path: root.clone(), source };
        let top = fs::canonicalize(root).map_err(to_error)?;
        let is_dir = fs::metadata(&top).map_err(to_error)?.is_dir();
        tops.push((sort_key(top.as_os_str(), is_dir), top));
    }
    tops.sort();
    tops.dedup_by(|later, earlier| later.1.starts_with(&earlier.1));

    let skip_hidden = config.skip_hidden;
    let exclude: Vec<PathBuf> = config.exclude.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_index = config.is_index.unwrap_or(|_| false);
    Ok(tops.into_iter().flat_map(move |(_, top)| {
        let exclude = exclude.clone();
        // What is left out within a folder was not asked for; this was.
        let is_refused = exclude.contains(&top);
        let mut refused = is_refused.then(|| Rejected::file(&path_text(&top), RejectReason::IsIndex));
        let walk = WalkDir::new(top).follow_links(true).sort_by(in_path_order).into_iter();
        let mut entries = walk.filter_entry(move |entry| {
            let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            !(skip_hidden && hidden || is_one_of(&exclude, entry))
        });
        std::iter::from_fn(move || {
            if let Some(rejected) = refused.take() {
                return Some(Err(rejected));
            }
            loop {
                let entry = match entries.next()? {
                    Ok(entry) => entry,
                    Err(error) => return Some(Err(to_rejected(&error))),
                };
                if !entry.file_type().is_dir() {
                    return Some(to_file_entry(&entry));
                }
                if is_index(entry.path()) {
                    entries.skip_current_dir();
                    return Some(Err(Rejected::file(&path_text(entry.path()), RejectReason::IsIndex)));
                }
            }
        })
    }))
}

/// A symbolic link that a walk follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it is.
    pub path: PathBuf,
    /// What it leads to, as the system calls it.
    pub target: PathBuf,
    /// Whether that is a folder.
    pub is_folder: bool,
}

/// The symbolic links that a walk of `top` follows, in no order; ones that lead nowhere or back are none.
pub fn links(top: &Path, config: &WalkConfig) -> impl Iterator<Item = Link> + use<> {
    let skip_hidden = config.skip_hidden;
    let exclude: Vec<PathBuf> = config.exclude.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let walk = WalkDir::new(top).follow_links(true).into_iter();
    let followed = walk.filter_entry(move |entry| {
        let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        !(skip_hidden && hidden || is_one_of(&exclude, entry))
    });
    followed.filter_map(|entry| {
        let entry = entry.ok().filter(DirEntry::path_is_symlink)?;
        let target = fs::canonicalize(entry.path()).ok()?;
        Some(Link { target, is_folder: entry.file_type().is_dir(), path: entry.into_path() })
    })
}

/// Whether an entry is one of these folders, or a link to one, or lies where a link leads to it.
fn is_one_of(folders: &[PathBuf], entry: &DirEntry) -> bool {
    folders.iter().any(|folder| {
        let may_be = entry.path_is_symlink() || folder.file_name() == Some(entry.file_name());
        folder == entry.path() || may_be && fs::canonicalize(entry.path()).is_ok_and(|path| path == *folder)
    })
}

/// A path as shown and stored: `/` between its parts on every system. No two paths have the same text: a byte
/// that is not UTF-8 is written `\xFC`, and a backslash that could be taken for the beginning of one `\x5C`.
pub fn path_text(path: &Path) -> Arc<str> {
    if cfg!(windows)
        && let Some(text) = path.to_str()
    {
        let text = text.strip_prefix(r"\\?\").unwrap_or(text);
        return text.replace('\\', "/").into();
    }
    os_text(path.as_os_str()).into()
}

/// A name or path as text, byte by byte where it is none.
fn os_text(name: &OsStr) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        let valid = chunk.valid();
        let mut written = 0;
        for (at, _) in valid.match_indices('\\').filter(|(at, _)| is_escape(&valid[*at..])) {
            text.push_str(&valid[written..at]);
            text.push_str(r"\x5C");
            written = at + 1;
        }
        text.push_str(&valid[written..]);
        for byte in chunk.invalid() {
            // Strings take everything.
            let _ = write!(text, r"\x{byte:02X}");
        }
    }
    text
}

/// Whether `text` begins like what [`os_text`] writes for a byte or a backslash.
fn is_escape(text: &str) -> bool {
    let Some([high, low]) = text.strip_prefix(r"\x").and_then(|digits| digits.as_bytes().first_chunk()) else {
        return false;
    };
    matches!((high, low), (b'5', b'C') | (b'8' | b'9' | b'A'..=b'F', b'0'..=b'9' | b'A'..=b'F'))
}

/// Modification time in nanoseconds since 1970; 0 where the file system knows none.
pub(crate) fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else { return 0 };
    match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

/// A folder sorts as its name and a slash, which makes the order of a walk that of the full paths.
fn sort_key(name: &OsStr, is_dir: bool) -> String {
    let mut key = os_text(name);
    if is_dir {
        key.push('/');
    }
    key
}

fn in_path_order(a: &DirEntry, b: &DirEntry) -> Ordering {
    // At this point links are not resolved yet, so those that lead to folders must be looked up.
    let is_dir = |entry: &DirEntry| {
        entry.file_type().is_dir() || (entry.path_is_symlink() && fs::metadata(entry.path()).is_ok_and(|m| m.is_dir()))
    };
    let by_key = sort_key(a.file_name(), is_dir(a)).cmp(&sort_key(b.file_name(), is_dir(b)));
    by_key.then_with(|| a.file_name().cmp(b.file_name()))
}

fn to_file_entry(entry: &DirEntry) -> Result<FileEntry, Rejected> {
    let path = path_text(entry.path());
    if !entry.file_type().is_file() {
        let kind = special_kind(entry.file_type());
        return Err(Rejected::file(&path, RejectReason::SpecialFile { kind }));
    }
    let metadata = entry.metadata().map_err(|error| to_rejected(&error))?;
    Ok(FileEntry {
        path,
        fs_path: entry.path().to_owned(),
        size_bytes: metadata.len(),
        modified_ns: modified_ns(&metadata),
    })
}

/// What systems say of a link that leads to itself.
const ELOOP: i32 = if cfg!(any(target_os = "linux", target_os = "android")) { 40 } else { 62 };

fn to_rejected(error: &walkdir::Error) -> Rejected {
    let path = path_text(error.path().unwrap_or(Path::new("")));
    let leads_to_itself = cfg!(unix) && error.io_error().is_some_and(|error| error.raw_os_error() == Some(ELOOP));
    let reason = match error.loop_ancestor() {
        Some(ancestor) => RejectReason::SymlinkLoop { ancestor: path_text(ancestor).to_string() },
        None if leads_to_itself => RejectReason::SymlinkLoop { ancestor: path.to_string() },
        None => RejectReason::Unreadable { kind: error.io_error().map_or(io::ErrorKind::Other, io::Error::kind) },
    };
    Rejected::file(&path, reason)
}

#[cfg(unix)]
fn special_kind(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_socket() {
        "a socket"
    } else if file_type.is_fifo() {
        "a pipe"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special_kind(_file_type: FileType) -> &'static str {
    "a special file"
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(files: &[&str]) -> Self {
            let folder = Self(tempfile::tempdir().expect("a temporary folder"));
            for file in files {
                let path = folder.path(file);
                fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
                fs::write(path, file).expect("a file");
            }
            folder
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        #[track_caller]
        fn check(&self, roots: &[&str], config: &WalkConfig, expected: &[&str]) {
            let roots: Vec<PathBuf> = roots.iter().map(|root| self.path(root)).collect();
            let top = format!("{}/", path_text(&fs::canonicalize(self.0.path()).expect("it exists")));
            let found: Vec<String> = walk(&roots, config)
                .expect("the roots exist")
                .map(|entry| match entry {
                    Ok(file) => file.path.replace(&top, ""),
                    Err(rejected) => format!("{} {}", rejected.origin, rejected.reason).replace(&top, ""),
                })
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn files_come_in_order_of_their_paths() {
        let folder = Folder::with(&["b/x", "b-c/y", "b.txt", "a/z", ".hidden/h", "a.md"]);
        let expected = [".hidden/h", "a.md", "a/z", "b-c/y", "b.txt", "b/x"];
        folder.check(&[""], &WalkConfig::default(), &expected);
        let mut sorted = expected;
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        folder.check(&[""], &WalkConfig { skip_hidden: true, ..WalkConfig::default() }, &expected[1..]);
        let exclude = vec![folder.path("b"), folder.path("missing")];
        folder.check(&[""], &WalkConfig { exclude, ..WalkConfig::default() }, &expected[..5]);
    }

    #[test]
    fn no_two_names_have_the_same_text() {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let texts: Vec<String> = [&b"M\xfcller"[..], b"M\xf6ller", br"M\xFCller", br"M\x5CxFCller", b"a\xff\\\xfe"]
                .map(|name| os_text(OsStr::from_bytes(name)))
                .into();
            assert_eq!(texts, [r"M\xFCller", r"M\xF6ller", r"M\x5CxFCller", r"M\x5Cx5CxFCller", r"a\xFF\\xFE"]);
        }
        for plain in ["M\u{fc}ller", r"a\b", r"\x41", r"\xfc", r"\x", ""] {
            assert_eq!(os_text(OsStr::new(plain)), plain);
        }
    }

    #[test]
    fn overlapping_roots_list_a_file_once() {
        let folder = Folder::with(&["b/x", "b-c/y", "a"]);
        folder.check(&["b", "", "b/x", "a", "b/../b"], &WalkConfig::default(), &["a", "b-c/y", "b/x"]);
        folder.check(&["b", "b-c", "a"], &WalkConfig::default(), &["a", "b-c/y", "b/x"]);
    }

    #[test]
    fn a_missing_root_is_an_error() {
        let folder = Folder::with(&[]);
        let error = walk(&[folder.path("none")], &WalkConfig::default()).err().expect("it is missing");
        assert!(error.to_string().ends_with("none`"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_end() {
        use std::os::unix::fs::symlink;
        let folder = Folder::with(&["a/x", "m-n", "z/y"]);
        symlink(folder.path("a"), folder.path("m")).expect("a link");
        symlink(folder.path(""), folder.path("z/up")).expect("a link");
        symlink(folder.path("gone"), folder.path("broken")).expect("a link");
        let top = path_text(&fs::canonicalize(folder.0.path()).expect("it exists"));
        let looped = format!("z/up is a symbolic link that leads back to `{top}`");
        let broken = "broken is gone, or a link that leads nowhere";
        folder.check(&[""], &WalkConfig::default(), &["a/x", broken, "m-n", "m/x", &looped, "z/y"]);
        symlink(folder.path("m-n"), folder.path("z/one")).expect("a link");
        let mut found: Vec<Link> = links(folder.0.path(), &WalkConfig::default()).collect();
        found.sort_by(|one, other| one.path.cmp(&other.path));
        let real = |name: &str| fs::canonicalize(folder.path(name)).expect("it exists");
        let expected = [
            Link { path: folder.path("m"), target: real("a"), is_folder: true },
            Link { path: folder.path("z/one"), target: real("m-n"), is_folder: false },
        ];
        assert_eq!(found, expected);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_left_out_is_not_reached_by_links() {
        use std::os::unix::fs::symlink;
        let folder = Folder::with(&["in/news/a", "in/index/b", "other/index/c"]);
        symlink(folder.path("in/index"), folder.path("in/news/link")).expect("a link");
        symlink(folder.path("in"), folder.path("other/in")).expect("a link");
        let exclude = vec![folder.path("in/index")];
        let config = WalkConfig { exclude, ..WalkConfig::default() };
        folder.check(&[""], &config, &["in/news/a", "other/in/news/a", "other/index/c"]);
    }
}
