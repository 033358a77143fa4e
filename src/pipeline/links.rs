//! Symbolic links below folders that are followed, and the names that a place has by them.
//!
//! The system tells of a change under one name, whichever it was listened to by, and a walk calls the same place by
//! every name that leads to it. Opens nothing, listens to nothing: that is [`super::follow`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::read::{Link, WalkConfig, links};

/// The links of some folders.
pub(super) struct Links {
    config: WalkConfig,
    by_path: BTreeMap<PathBuf, Link>,
    /// Paths of links by what they lead to.
    by_target: HashMap<PathBuf, BTreeSet<PathBuf>>,
}

/// What a look at links found.
#[derive(Debug, Default)]
pub(super) struct Renewed {
    /// Links to listen to: those that were not there before, and others that lead where one led that has gone, since
    /// listening may have ended with that.
    pub links: Vec<Link>,
    /// Where links led that have gone.
    pub left: Vec<PathBuf>,
}

impl Links {
    /// None yet; `config` says which a walk follows.
    pub(super) fn new(config: WalkConfig) -> Self {
        Self { config, by_path: BTreeMap::new(), by_target: HashMap::new() }
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.by_path.clear();
        self.by_target.clear();
    }

    /// Looks again at what is at or below `path`.
    pub(super) fn renew(&mut self, path: &Path) -> Renewed {
        let found: BTreeMap<PathBuf, Link> = links(path, &self.config).map(|link| (link.path.clone(), link)).collect();
        let old = self.by_path.range(path.to_owned()..).take_while(|(place, _)| place.starts_with(path));
        let gone: Vec<Link> =
            old.filter(|(place, link)| found.get(*place) != Some(link)).map(|(_, link)| link.clone()).collect();
        let mut renewed = Renewed::default();
        for link in gone {
            self.by_path.remove(&link.path);
            if let Some(paths) = self.by_target.get_mut(&link.target) {
                paths.remove(&link.path);
                renewed.links.extend(paths.iter().filter_map(|path| self.by_path.get(path)).cloned());
            }
            renewed.left.push(link.target);
        }
        for (path, link) in found {
            if self.by_path.get(&path) != Some(&link) {
                self.by_target.entry(link.target.clone()).or_default().insert(path.clone());
                renewed.links.push(link.clone());
                self.by_path.insert(path, link);
            }
        }
        renewed
    }

    /// Whether a link leads to this folder or one that it lies in.
    pub(super) fn lead_to(&self, folder: &Path) -> bool {
        let paths = folder.ancestors().filter_map(|above| self.by_target.get(above)).flatten();
        paths.filter_map(|path| self.by_path.get(path)).any(|link| link.is_folder)
    }

    /// The names of a place, whether there is something or not: as it is told, as it is without links, and as links
    /// lead to it.
    pub(super) fn names_of(&self, told: &Path) -> BTreeSet<PathBuf> {
        let mut names = BTreeSet::from([told.to_owned()]);
        if self.by_path.is_empty() {
            return names;
        }
        let real = real_place(told);
        for above in real.ancestors() {
            for link in self.by_target.get(above).into_iter().flatten() {
                names.extend(real.strip_prefix(above).ok().map(|rest| joined(link, rest)));
            }
        }
        names.insert(real);
        names
    }
}

/// Where a path leads, links above it resolved, and not it itself.
fn real_place(path: &Path) -> PathBuf {
    for above in path.ancestors().skip(1) {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
            return real.join(rest);
        }
    }
    path.to_owned()
}

/// A path below another one; nothing behind one adds no slash.
fn joined(path: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { path.to_owned() } else { path.join(rest) }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_place_has_the_names_that_links_give_it() {
        use std::os::unix::fs::symlink;

        use super::*;

        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().canonicalize().expect("it is there");
        for name in ["news", "far/deep", "other"] {
            std::fs::create_dir_all(top.join(name)).expect("the disk has room");
        }
        std::fs::write(top.join("other/one.txt"), "text").expect("the disk has room");
        symlink(top.join("far"), top.join("news/link")).expect("a link");
        symlink(top.join("other"), top.join("far/deep/inner")).expect("a link");
        symlink(top.join("other/one.txt"), top.join("news/one.txt")).expect("a link");
        let news = top.join("news");
        let mut links = Links::new(WalkConfig::default());
        assert_eq!(links.renew(&news).links.len(), 3);
        assert!(links.renew(&news).links.is_empty(), "nothing has changed");
        let names = |links: &Links, path: &str| -> Vec<String> {
            let names = links.names_of(&top.join(path));
            names.iter().filter_map(|name| Some(name.strip_prefix(&news).ok()?.to_str()?.to_owned())).collect()
        };
        assert_eq!(names(&links, "far/new.txt"), ["link/new.txt"]);
        assert_eq!(names(&links, "news/link/new.txt"), ["link/new.txt"]);
        assert_eq!(names(&links, "other/one.txt"), ["link/deep/inner/one.txt", "one.txt"]);
        assert_eq!(names(&links, "news/plain.txt"), ["plain.txt"]);
        assert!(names(&links, "elsewhere/x.txt").is_empty());
        assert!(links.lead_to(&top.join("far/deep/x")) && !links.lead_to(&top));
        // A second way to the same place; then the first one is gone.
        symlink(top.join("far"), top.join("news/second")).expect("a link");
        assert_eq!(links.renew(&news.join("second")).links.len(), 2);
        std::fs::remove_file(top.join("news/link")).expect("it is there");
        let renewed = links.renew(&news.join("link"));
        let unheard: BTreeSet<PathBuf> = renewed.links.into_iter().map(|link| link.path).collect();
        assert_eq!(unheard, [news.join("second"), news.join("second/deep/inner")].into());
        assert_eq!(renewed.left, [top.join("far"), top.join("other")]);
        assert_eq!(names(&links, "far/new.txt"), ["second/new.txt"]);
    }
}
