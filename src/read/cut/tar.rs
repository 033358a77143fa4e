//! TAR: the files in it, in their order.

use std::io::{BufRead, BufReader};

use ::tar::{Archive, EntryType};

use super::meter::{Damage, Tolerant};
use super::{Cutter, Outcome, Place, zip};

impl Cutter<'_> {
    /// Cuts the files of a TAR archive.
    pub(super) fn tar(&mut self, place: &Place, reader: Box<dyn BufRead + '_>) -> Outcome {
        let mut archive = Archive::new(reader);
        // Archives put together of several have the zeros of their ends between them.
        archive.set_ignore_zeros(true);
        for entry in archive.entries()? {
            let entry = entry?;
            // Folders and links have no contents of their own.
            if !matches!(entry.header().entry_type(), EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse)
            {
                continue;
            }
            let name = zip::member_name(&entry.path_bytes());
            if zip::is_by_product(&name) {
                continue;
            }
            let damage = Damage::default();
            let reader = BufReader::new(Tolerant::new(entry, damage.clone()));
            self.member(&place.inside(&name), Box::new(reader), &damage)?;
        }
        Ok(())
    }
}
