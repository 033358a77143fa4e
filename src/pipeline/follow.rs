//! Following folders: which parts of them have to be looked at again, and when.
//!
//! The system tells of changes while they happen, in bursts, more than once, out of order, and not always.
//! So what it tells only says *where* to look: the folders are then compared with the index like in any
//! other run, which finds what there is. When it loses count, and every now and then in any case, all is
//! looked at. Where it tells nothing (drives over a network), all is looked at every so often.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded, never};
use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind};
use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::links::{Links, Renewed};
use crate::read::{Link, WalkConfig};

/// How to follow folders.
#[derive(Clone, Debug)]
pub struct FollowConfig {
    /// Look at everything every so often instead of listening for changes.
    pub poll: Option<Duration>,
    /// How long nothing must change before a burst of changes is taken as over.
    pub quiet: Duration,
    /// How long a burst may last before it is looked at nevertheless.
    pub patience: Duration,
    /// How often everything is looked at, changes or not.
    pub rescan: Duration,
    /// Files and folders that do not count, such as the index being written.
    pub exclude: Vec<PathBuf>,
    /// Tells folders in which nothing counts, such as other indexes. Default: none.
    pub is_index: Option<fn(&Path) -> bool>,
    /// Whether names that begin with a dot do not count.
    pub skip_hidden: bool,
}

impl Default for FollowConfig {
    fn default() -> Self {
        Self {
            poll: None,
            quiet: Duration::from_millis(300),
            patience: Duration::from_secs(3),
            rescan: Duration::from_secs(15 * 60),
            exclude: Vec::new(),
            is_index: None,
            skip_hidden: false,
        }
    }
}

/// Why folders can't be followed.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are the words of the message")]
pub enum FollowError {
    /// A folder is not there.
    #[error("cannot read `{}`", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    /// The system does not tell of changes.
    #[error("the system does not tell of changes in `{}`", path.display())]
    NoEvents { path: PathBuf, source: notify::Error },
    /// The system does not tell of changes any more, or not of all.
    #[error("the system tells of no more folders; everything is looked at every {} seconds from now on", FALLBACK.as_secs())]
    LostEvents { source: notify::Error },
}

impl FollowError {
    /// What the user can do about it, in words that end the sentence "hint: ...".
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { .. } => None,
            Self::NoEvents { .. } => Some("look at the folder every so often instead: `--poll SECONDS`".to_owned()),
            Self::LostEvents { .. } => Some(
                "choose how often with `--poll SECONDS`, or raise the system's limit (`fs.inotify.max_user_watches`) \
                 and start again"
                    .to_owned(),
            ),
        }
    }
}

/// What has to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// All folders.
    Everything,
    /// What is at or below these paths; they were there when they were named.
    Below(Vec<PathBuf>),
    /// Nothing has changed for as long as one was willing to wait.
    Nothing,
}

/// Folders whose changes are listened for.
pub struct Follower {
    roots: Vec<Root>,
    config: FollowConfig,
    events: Receiver<notify::Result<notify::Event>>,
    /// Stops listening when it is dropped; none when polling.
    watcher: Option<RecommendedWatcher>,
    last_scan: Instant,
    last_check: Instant,
    /// Whether a root was removed or renamed since, be there one of its name again or not.
    has_lost_a_root: bool,
    /// Whether the system told more than there was room for.
    has_lost_events: Arc<AtomicBool>,
    links: Links,
    /// What went wrong and was not told yet.
    trouble: Option<FollowError>,
}

/// A folder or file to follow. The system tells of what it was when listening began, whatever has the name by now.
struct Root {
    named: PathBuf,
    /// Its absolute path, links resolved; the last one when it is away.
    path: PathBuf,
    identity: Option<Identity>,
}

impl Root {
    fn new(named: &Path) -> Self {
        let identity = Identity::of(named);
        let path = identity.as_ref().map_or(named, |identity| &identity.path).to_owned();
        Self { named: named.to_owned(), path, identity }
    }
}

/// What tells a folder or file from another one of the same name.
#[derive(PartialEq, Eq)]
struct Identity {
    path: PathBuf,
    number: (u64, u64),
    created: Option<SystemTime>,
}

impl Identity {
    /// `None` for what is not there.
    fn of(named: &Path) -> Option<Self> {
        let path = named.canonicalize().ok()?;
        let metadata = path.metadata().ok()?;
        #[cfg(unix)]
        let number = {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let number = (0, 0);
        Some(Self { path, number, created: metadata.created().ok() })
    }
}

/// Events that wait to be looked at; where more come, all is looked at.
const MAX_EVENTS: usize = 1 << 14;
/// How often it is looked whether to stop.
const TICK: Duration = Duration::from_millis(50);
/// How often it is looked whether a root is still what it was.
const CHECK: Duration = Duration::from_secs(1);
/// How often everything is looked at where listening broke off.
const FALLBACK: Duration = Duration::from_secs(10);
/// Folders looked at apart; where more have changed, looking at everything is simpler and as fast.
const MAX_FOLDERS: usize = 100;

impl Follower {
    /// Begins to listen. What changes from now on is told by [`Self::next`].
    ///
    /// # Errors
    /// When a folder is not there, or the system tells nothing of it.
    pub fn start(roots: &[PathBuf], config: FollowConfig) -> Result<Self, FollowError> {
        for path in roots {
            path.canonicalize().map_err(|source| FollowError::Unreadable { path: path.clone(), source })?;
        }
        let roots: Vec<Root> = roots.iter().map(|path| Root::new(path)).collect();
        let exclude = config.exclude.iter().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())).collect();
        let config = FollowConfig { exclude, ..config };
        let walk = WalkConfig { skip_hidden: config.skip_hidden, exclude: config.exclude.clone(), is_index: None };
        let has_lost_events = Arc::default();
        let (watcher, events) = if config.poll.is_none() { listen(&roots, &has_lost_events)? } else { (None, never()) };
        let now = Instant::now();
        let mut follower = Self {
            roots,
            config,
            events,
            watcher,
            last_scan: now,
            last_check: now,
            has_lost_a_root: false,
            has_lost_events,
            links: Links::new(walk),
            trouble: None,
        };
        follower.find_links();
        Ok(follower)
    }

    /// What went wrong since, once; changes are told all the same, if later.
    pub fn take_trouble(&mut self) -> Option<FollowError> {
        self.trouble.take()
    }

    /// Waits for changes, and for the burst of them to end, but no longer than `at_most` for the first one;
    /// `None` once `stop` is set.
    pub fn next(&mut self, stop: &AtomicBool, at_most: Option<Duration>) -> Option<Change> {
        let began = Instant::now();
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        let mut first_change: Option<Instant> = None;
        let mut last_change = began;
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            if self.has_lost_events.swap(false, Ordering::Relaxed) {
                return Some(self.everything());
            }
            let now = Instant::now();
            if let Some(first) = first_change
                && (now - last_change >= self.config.quiet || now - first >= self.config.patience)
            {
                return Some(Change::Below(outermost(folders)));
            }
            if now - self.last_scan >= self.config.poll.unwrap_or(self.config.rescan) {
                return Some(self.everything());
            }
            if self.config.poll.is_none() && now - self.last_check >= CHECK {
                self.last_check = now;
                if self.has_lost_a_root || self.has_another_root() {
                    self.listen_anew();
                    return Some(self.everything());
                }
            }
            if first_change.is_none() && at_most.is_some_and(|at_most| now - began >= at_most) {
                return Some(Change::Nothing);
            }
            match self.events.recv_timeout(TICK) {
                Ok(Ok(event)) if event.need_rescan() => return Some(self.everything()),
                Ok(Ok(event)) if is_change(&event.kind) => {
                    let is_root = |path: &PathBuf| self.roots.iter().any(|root| root.path == *path);
                    self.has_lost_a_root |= takes_away(&event.kind) && event.paths.iter().any(is_root);
                    if is_of_names(&event.kind) {
                        event.paths.iter().for_each(|path| self.listen_to_links(path));
                    }
                    let changed: Vec<PathBuf> = event.paths.iter().flat_map(|path| self.folders_of(path)).collect();
                    let n_before = folders.len();
                    let mut is_ours = false;
                    for folder in changed {
                        is_ours = true;
                        folders.insert(folder);
                    }
                    if is_ours {
                        last_change = Instant::now();
                        first_change.get_or_insert(last_change);
                    }
                    if folders.len() > n_before && folders.len() > MAX_FOLDERS {
                        folders = self.roots.iter().map(|root| root.path.clone()).collect();
                    }
                }
                Ok(Ok(_)) | Err(RecvTimeoutError::Timeout) => {}
                // The system gave up on something; what, only a look at everything tells.
                Ok(Err(error)) => {
                    self.see_whether_deaf(error);
                    return Some(self.everything());
                }
                // Without a listener, every so often is all there is.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
            }
        }
    }

    fn everything(&mut self) -> Change {
        self.last_scan = Instant::now();
        while let Ok(told) = self.events.try_recv() {
            if let Err(error) = told {
                self.see_whether_deaf(error);
            }
        }
        // What was not listened to by then may have been told of among these.
        self.renew_links();
        Change::Everything
    }

    /// Whether a root has gone, come back, or is another one by now.
    fn has_another_root(&self) -> bool {
        self.roots.iter().any(|root| Identity::of(&root.named) != root.identity)
    }

    fn listen_anew(&mut self) {
        self.has_lost_a_root = false;
        for root in &mut self.roots {
            root.identity = Identity::of(&root.named);
            if let Some(identity) = &root.identity {
                root.path.clone_from(&identity.path);
            }
        }
        // What the system gives for listening may not suffice for twice.
        self.watcher = None;
        match listen(&self.roots, &self.has_lost_events) {
            Ok((watcher, events)) => {
                (self.watcher, self.events) = (watcher, events);
                self.find_links();
            }
            // One that went away just now is found by the next check; of anything else nothing will be told.
            Err(_) if self.has_another_root() => {}
            Err(FollowError::NoEvents { source, .. } | FollowError::LostEvents { source }) => self.look_instead(source),
            Err(FollowError::Unreadable { .. }) => self.config.poll = Some(FALLBACK),
        }
    }

    /// Looks at everything every so often from now on, besides hearing what the system still tells.
    fn look_instead(&mut self, source: notify::Error) {
        if self.config.poll.is_none() {
            self.config.poll = Some(FALLBACK);
            self.trouble = Some(FollowError::LostEvents { source });
        }
    }

    /// Of more folders than the system has room for, it tells nothing.
    fn see_whether_deaf(&mut self, error: notify::Error) {
        if matches!(error.kind, ErrorKind::MaxFilesWatch) {
            self.look_instead(error);
        }
    }

    /// Finds all links, for a listener that knows of none.
    fn find_links(&mut self) {
        self.links.clear();
        self.renew_links();
    }

    /// Finds the links that came or went below the roots, and listens to what they lead to.
    fn renew_links(&mut self) {
        if self.watcher.is_none() {
            return;
        }
        for at in 0..self.roots.len() {
            let renewed = self.links.renew(&self.roots[at].path);
            self.listen_to(&renewed);
        }
    }

    /// Finds the links that came or went with a path, and listens to what they lead to.
    fn listen_to_links(&mut self, path: &Path) {
        if self.is_excluded(path) {
            return;
        }
        for name in self.links.names_of(path) {
            if self.is_below_a_root(&name) {
                let renewed = self.links.renew(&name);
                self.listen_to(&renewed);
            }
        }
    }

    fn listen_to(&mut self, renewed: &Renewed) {
        // A file that is listened to by its folder must not take the listening to all below that from it.
        let (folders, files): (Vec<&Link>, Vec<&Link>) = renewed.links.iter().partition(|link| link.is_folder);
        for link in folders {
            self.listen_at(&link.path, RecursiveMode::Recursive);
        }
        for folder in files.iter().filter_map(|link| link.target.parent()) {
            if !self.is_below_a_root(folder) && !self.links.lead_to(folder) {
                self.listen_at(folder, RecursiveMode::NonRecursive);
            }
        }
        for place in renewed.left.iter().filter(|place| place.is_dir()) {
            if self.is_below_a_root(place) {
                self.listen_at(place, RecursiveMode::Recursive);
            }
        }
    }

    fn listen_at(&mut self, path: &Path, mode: RecursiveMode) {
        let Some(watcher) = &mut self.watcher else { return };
        // What went away meanwhile is told of where it was.
        if let Err(error) = watcher.watch(path, mode) {
            self.see_whether_deaf(error);
        }
    }

    fn is_excluded(&self, path: &Path) -> bool {
        self.config.exclude.iter().any(|excluded| path.starts_with(excluded))
    }

    fn is_below_a_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(&root.path))
    }

    /// What to look at for a change of `path`, under every name that a walk may have for it.
    fn folders_of(&self, path: &Path) -> Vec<PathBuf> {
        let names = self.links.names_of(path);
        if names.iter().any(|name| self.is_excluded(name)) {
            return Vec::new();
        }
        names.iter().filter_map(|name| self.folder_of(name)).collect()
    }

    /// What to look at for a change of `path`: itself if it is a folder, else the nearest folder above that
    /// is there, and is no link nor behind one: a walk that begins there would call what it finds by other names.
    /// `None` for what does not count.
    fn folder_of(&self, path: &Path) -> Option<PathBuf> {
        let root = self.roots.iter().map(|root| &root.path).find(|root| path.starts_with(root))?;
        let is_hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
        if self.config.skip_hidden && path.strip_prefix(root).is_ok_and(|below| below.iter().any(is_hidden)) {
            return None;
        }
        // A walk that began within an index would not know of it.
        let within_root = || path.ancestors().take_while(|above| above.starts_with(root));
        if let Some(is_index) = self.config.is_index
            && let Some(index) = within_root().filter(|above| *above != root && is_index(above)).last()
        {
            return Some(index.to_owned());
        }
        within_root()
            .find(|above| above.is_dir() && above.canonicalize().is_ok_and(|real| real == **above))
            .map(Path::to_owned)
            // A root that is a file, or has gone for now.
            .or_else(|| Some(root.clone()))
    }
}

/// What the system tells, and who makes it tell.
type Listening = (Option<RecommendedWatcher>, Receiver<notify::Result<notify::Event>>);

/// Begins to listen for changes in the roots that are there.
fn listen(roots: &[Root], has_lost_events: &Arc<AtomicBool>) -> Result<Listening, FollowError> {
    let unheard = |path: &Path| {
        let path = path.to_owned();
        move |source| FollowError::NoEvents { path, source }
    };
    let first = roots.first().map_or(Path::new(""), |root| &root.path);
    let (sender, events) = bounded(MAX_EVENTS);
    let has_lost_events = has_lost_events.clone();
    let tell = move |event| {
        // What finds no room is made up for by a look at everything; that nobody listens any more does not matter.
        if sender.try_send(event).is_err() {
            has_lost_events.store(true, Ordering::Relaxed);
        }
    };
    let mut watcher = notify::recommended_watcher(tell).map_err(unheard(first))?;
    for root in roots.iter().filter(|root| root.identity.is_some()) {
        watcher.watch(&root.path, RecursiveMode::Recursive).map_err(unheard(&root.path))?;
    }
    Ok((Some(watcher), events))
}

/// Whether something of a file has changed that its article may come from. Reading a file is none, or every
/// look would lead to another one.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any | EventKind::Other => true,
    }
}

/// Whether something has got a name or lost it.
fn is_of_names(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)))
}

/// Whether what had a name does not have it any more.
fn takes_away(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Folders without those that lie in others.
fn outermost(folders: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut outermost: Vec<PathBuf> = Vec::new();
    // A folder stands before all that lies in it.
    for folder in folders {
        if outermost.last().is_none_or(|last| !folder.starts_with(last)) {
            outermost.push(folder);
        }
    }
    outermost
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;

    #[test]
    fn folders_in_folders_are_looked_at_once() {
        let folders = ["/b", "/a/x", "/a", "/a/x/y", "/ab", "/a-b/c"].map(PathBuf::from);
        let outer = outermost(folders.into_iter().collect());
        assert_eq!(outer, ["/a", "/a-b/c", "/ab", "/b"].map(PathBuf::from));
    }

    #[test]
    fn reading_is_no_change() {
        assert!(!is_change(&EventKind::Access(AccessKind::Read)));
        assert!(!is_change(&EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(is_change(&EventKind::Access(AccessKind::Close(AccessMode::Write))));
    }

    #[test]
    fn a_change_is_told_and_stopping_ends_the_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        std::fs::create_dir(root.join("index")).expect("a folder in it");
        let config = FollowConfig { exclude: vec![root.join("index")], ..FollowConfig::default() };
        let mut follower = Follower::start(std::slice::from_ref(&root), config).expect("it can be followed");
        let stop = AtomicBool::new(false);
        std::fs::write(root.join("index/x"), "own").expect("the disk has room");
        std::fs::create_dir(root.join("new")).expect("a folder in it");
        std::fs::write(root.join("new/a.txt"), "text").expect("the disk has room");
        // What was made in a folder before it was listened to is found by looking at it.
        assert_eq!(follower.next(&stop, None), Some(Change::Below(vec![root.join("new")])));
        assert_eq!(follower.next(&stop, Some(Duration::ZERO)), Some(Change::Nothing));
        stop.store(true, Ordering::Relaxed);
        assert_eq!(follower.next(&stop, None), None);
    }

    #[test]
    fn where_the_system_has_no_room_everything_is_looked_at_and_it_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        let mut follower = Follower::start(&[root], FollowConfig::default()).expect("it can be followed");
        assert!(follower.take_trouble().is_none());
        let (sender, events) = unbounded();
        follower.events = events;
        sender.send(Err(notify::Error::new(ErrorKind::MaxFilesWatch))).expect("it is listened to");
        assert_eq!(follower.next(&AtomicBool::new(false), None), Some(Change::Everything));
        let trouble = follower.take_trouble().expect("it is told");
        assert!(trouble.hint().is_some_and(|hint| hint.contains("--poll")), "{trouble}");
        assert_eq!((follower.config.poll, follower.take_trouble().is_none()), (Some(FALLBACK), true));
    }

    #[test]
    #[cfg(unix)]
    fn what_lies_behind_a_link_is_looked_at_from_where_the_link_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().canonicalize().expect("it is there");
        let news = top.join("news");
        std::fs::create_dir_all(news.join("today")).expect("the disk has room");
        std::fs::create_dir_all(top.join("far/deep")).expect("the disk has room");
        std::os::unix::fs::symlink(top.join("far"), news.join("today/link")).expect("a link");
        let follower = Follower::start(std::slice::from_ref(&news), FollowConfig::default());
        let follower = follower.expect("it can be followed");
        for told in ["news/today/link/new.txt", "news/today/link/deep/new.txt", "far/deep", "news/today/link"] {
            assert_eq!(follower.folders_of(&top.join(told)), [news.join("today")], "{told}");
        }
        assert!(follower.folders_of(&top.join("other")).is_empty());
    }
}
