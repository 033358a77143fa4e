//! One reader a format: where in a file title, text, date and authors stand.
//!
//! Fed by [`super::parse`] with undecoded bytes; each reader fills a [`Draft`](super::draft::Draft).

mod databases;
mod document;
mod email;
mod epub;
mod feed;
mod fields;
mod front_matter;
mod head;
mod html;
mod json;
mod linked_data;
mod markdown;
mod mediawiki;
mod newsml;
mod newsml_g2;
mod ninjs;
mod nitf;
mod own;
mod packed;
mod pdf;
mod rtf;
mod sgml;
mod shortcodes;
mod table;
mod text;
mod wording;
mod wordpress;

use std::collections::BTreeMap;

use super::decode::decode;
use super::error::{RejectReason, Rejected};
use super::xml::{self, Document};
use super::{RawItem, ReadConfig};
use crate::article::{Article, Format, Origin};

pub(super) use self::fields::is_known_key;
pub use self::fields::mapped_names;
pub(super) use self::json::text_member_of_lines;

type Emit<'e> = &'e mut dyn FnMut(Result<Article, Rejected>);

/// Reads an item by its format.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    match item.format {
        Format::Text => text::parse(item, config, emit),
        Format::Markdown => emit(markdown::parse(item, config)),
        Format::Html => html::parse(item, config, emit),
        Format::Json | Format::JsonLd | Format::Ninjs => json::parse_file(item, config, emit),
        Format::JsonLines => json::parse_lines(item, config, emit),
        Format::Feed => feed::parse(item, config, emit),
        Format::WordPress => wordpress::parse(item, config, emit),
        Format::MediaWiki => mediawiki::parse(item, config, emit),
        Format::Table => table::parse(item, config, emit),
        Format::Email => emit(email::parse(item, config)),
        Format::NewsMlG2 => newsml_g2::parse(item, config, emit),
        Format::NewsMl => newsml::parse(item, config, emit),
        Format::Nitf => nitf::parse(item, config, emit),
        Format::Docx => packed::docx(item, config, emit),
        Format::Odt => packed::odt(item, config, emit),
        Format::Epub => epub::parse(item, config, emit),
        Format::Rtf => rtf::parse(item, config, emit),
        Format::Pdf => pdf::parse(item, config, emit),
        Format::Sgml => sgml::parse(item, config, emit),
    }
}

/// The tree of an item in XML, what stands above its records included. `None` when it was rejected.
fn tree(item: &RawItem, config: &ReadConfig, emit: Emit<'_>) -> Option<Document> {
    let RawItem { origin, bytes, context, .. } = item;
    let reject = |reason| Err(Rejected { origin: Origin { record: None, ..origin.clone() }, reason });
    let limit_bytes = config.max_page_bytes;
    if bytes.len() as u64 > limit_bytes {
        emit(reject(RejectReason::TooLarge { size_bytes: bytes.len() as u64, limit_bytes }));
        return None;
    }
    let joined = [&context.preamble, bytes.as_slice()].concat();
    let text = decode(&joined, xml::declared_charset(&joined).or(context.charset.clone()).as_deref());
    match xml::parse(text.trim_start_matches('\u{feff}')) {
        Ok(mut document) => {
            // What surrounds records that were cut out is open on purpose.
            document.damage = document.damage.filter(|_| context.preamble.is_empty());
            Some(document)
        }
        Err(reason) => {
            emit(reject(reason));
            None
        }
    }
}

/// Numbers the records of an item and hands them on. What broke off is named behind them; a file in
/// which nothing stood is rejected by its format.
struct Records<'e> {
    item: RawItem,
    next: u64,
    n_records: u64,
    damage: Option<RejectReason>,
    emit: Emit<'e>,
}

impl<'e> Records<'e> {
    fn new(item: RawItem, damage: Option<RejectReason>, emit: Emit<'e>) -> Self {
        Self { next: item.origin.record.unwrap_or(1), item, n_records: 0, damage, emit }
    }

    fn origin(&self) -> Origin {
        Origin { path: self.item.origin.path.clone(), record: Some(self.next) }
    }

    fn push(&mut self, record: Result<Article, Rejected>) {
        (self.emit)(record);
        self.count();
    }

    /// A record that is accounted for elsewhere.
    fn count(&mut self) {
        self.next += 1;
        self.n_records += 1;
    }

    /// A place in which no record stands.
    fn skip(&mut self) {
        self.next += 1;
    }

    fn reject(&mut self, reason: RejectReason) {
        let origin = self.origin();
        self.push(Err(Rejected { origin, reason }));
    }

    /// Names in one notice what was left out, by kinds and how many there are of each; `what` is said of all.
    fn name_left_out(&mut self, kinds: BTreeMap<String, u64>, what: &'static str) {
        let n_left_out = kinds.values().sum();
        if n_left_out == 0 {
            return;
        }
        let kinds: Vec<String> = kinds.into_iter().map(|(kind, n_records)| format!("{n_records} {kind}")).collect();
        let origin = Origin { path: self.item.origin.path.clone(), record: None };
        let reason = RejectReason::LeftOut { n_left_out, n_records: self.n_records, what, kinds: kinds.join(", ") };
        (self.emit)(Err(Rejected { origin, reason }));
    }

    fn finish(self) {
        let origin = Origin { path: self.item.origin.path.clone(), record: None };
        let reason = match self.damage {
            None if self.n_records == 0 => RejectReason::NoRecords { format: self.item.format },
            None => return,
            Some(damage) => damage,
        };
        (self.emit)(Err(Rejected { origin, reason }));
    }
}
