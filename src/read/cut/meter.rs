//! What comes out of packed data: how much of it, and where it broke off.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

use crate::read::error::RejectReason;

/// Text packs to a tenth, repetitive text to a fiftieth; nothing that people wrote gets near this.
pub(crate) const MAX_RATIO: u64 = 250;

/// So much may come out of any file, however small: small files of repetitive text pack very well.
pub(crate) const MIN_ALLOWED_BYTES: u64 = 128 << 20;

/// Files in one archive; the list of a larger one would fill the memory by itself.
pub(super) const MAX_MEMBERS: u64 = 1_000_000;

/// Memory that one packing may take, in MiB: twice what the strongest setting of xz asks for.
pub(super) const MAX_UNPACKING_MIB: u32 = 128;

/// Counts what one file on disk unpacks to, at all its levels together.
pub(super) struct Meter {
    allowed_bytes: u64,
    n_bytes: Cell<u64>,
    n_members: Cell<u64>,
}

impl Meter {
    pub(super) fn new(packed_bytes: u64) -> Self {
        let allowed_bytes = packed_bytes.saturating_mul(MAX_RATIO).max(MIN_ALLOWED_BYTES);
        Self { allowed_bytes, n_bytes: Cell::new(0), n_members: Cell::new(0) }
    }

    /// Takes note of one more member of an archive.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn count_member(&self) -> Result<(), RejectReason> {
        self.n_members.set(self.n_members.get() + 1);
        if self.n_members.get() > MAX_MEMBERS {
            Err(RejectReason::TooManyMembers { limit: MAX_MEMBERS })
        } else {
            Ok(())
        }
    }

    /// Takes note of bytes that came out.
    ///
    /// # Errors
    /// When it is too many.
    pub(super) fn count(&self, n_bytes: usize) -> io::Result<()> {
        self.n_bytes.set(self.n_bytes.get().saturating_add(n_bytes as u64));
        if self.n_bytes.get() > self.allowed_bytes {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, Endless));
        }
        Ok(())
    }
}

/// The mark of an error that means that too much came out.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to far more than its size")]
struct Endless;

/// What an error of reading means.
pub(super) fn to_reason(error: &io::Error) -> RejectReason {
    if error.get_ref().is_some_and(|inner| inner.is::<Endless>()) {
        return RejectReason::Bomb { limit: MAX_RATIO };
    }
    if error.kind() == io::ErrorKind::OutOfMemory {
        return RejectReason::NeedsMemory { limit_mib: MAX_UNPACKING_MIB };
    }
    if error.raw_os_error().is_none() {
        return RejectReason::Damaged { detail: error.to_string() };
    }
    RejectReason::Unreadable { kind: error.kind() }
}

/// A reader whose bytes are counted.
pub(super) struct Metered<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, meter: Rc<Meter>) -> Self {
        Self { inner, meter }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        self.meter.count(n_bytes)?;
        Ok(n_bytes)
    }
}

/// Where data broke off or was beyond repair; shared by those who read it and those who report it.
#[derive(Clone, Debug, Default)]
pub(super) struct Damage(Rc<RefCell<Option<String>>>);

impl Damage {
    /// Keeps the first thing that went wrong.
    pub(super) fn note(&self, detail: impl Into<String>) {
        self.0.borrow_mut().get_or_insert_with(|| detail.into());
    }

    pub(super) fn detail(&self) -> Option<String> {
        self.0.borrow().clone()
    }
}

/// A reader that ends where its data is damaged, so that what stood before is kept. Errors of the disk
/// and of the meter remain errors.
pub(super) struct Tolerant<R> {
    inner: R,
    damage: Damage,
}

impl<R> Tolerant<R> {
    pub(super) fn new(inner: R, damage: Damage) -> Self {
        Self { inner, damage }
    }
}

impl<R: Read> Read for Tolerant<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Err(error) if is_damage(&error) => {
                self.damage.note(error.to_string());
                Ok(0)
            }
            other => other,
        }
    }
}

/// Whether an error is about the data, not about the disk or the limits.
pub(super) fn is_damage(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::Interrupted && matches!(to_reason(error), RejectReason::Damaged { .. })
}
