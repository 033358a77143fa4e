//! Cuts the contents of a file into items that can be parsed alone, archives in archives included.
//!
//! Fed by [`super::open()`]. Everything comes in a stream: what is unpacked is never held whole, save
//! a single item. What is damaged costs itself and is named; what unpacks without end is stopped by
//! [`meter`]. Where a piece lies in an archive is said by its path, `/news/may.zip!/inner/a.html`.

mod attachments;
mod columns;
pub(super) mod elements;
pub(super) mod lines;
mod mailbox;
mod members;
pub(super) mod meter;
mod payload;
mod rows;
mod saved_page;
mod tar;
mod web;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use self::lines::Batch;
use self::members::Members;
use self::meter::{Damage, Meter, Metered, Tolerant};
use super::ReadConfig;
use super::date::DayMonthOrder;
use super::decode::decode;
use super::detect::{self, HEAD_BYTES, Kind};
use super::error::{RejectReason, Rejected};
use super::formats::text_member_of_lines;
use crate::article::{Format, Origin};

/// Archives lie in archives at most so deep; a compressed archive counts twice.
const MAX_NESTING: usize = 8;

/// Large files are read in pieces of this size; beyond it, reading gets no faster.
const CHUNK_BYTES: usize = 1024 * 1024;

/// What many programs write at the beginning of a text in UTF-8.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// A piece of a file that can be parsed alone: a whole file, a record, or a run of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawItem {
    /// Where it stands; for a run of records, `record` is the number of the first.
    pub origin: Origin,
    /// The contents, undecoded.
    pub bytes: Vec<u8>,
    /// How to read them.
    pub format: Format,
    pub(crate) context: Context,
}

/// What is known of an item beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// What stands above the records of a file and is said of all of them: a header, a preamble.
    pub(crate) preamble: Arc<[u8]>,
    /// Address that the item was fetched from.
    pub(crate) url: Option<String>,
    /// Encoding that was declared outside the item.
    pub(crate) charset: Option<String>,
    /// For each column of a table, who comes first in its dates, where the first rows tell.
    pub(crate) day_month_orders: Arc<[Option<DayMonthOrder>]>,
    /// For each column of a table, how many words stand in the middle one of its first cells.
    pub(crate) n_words: Arc<[usize]>,
    /// The member that holds the texts of JSON Lines, where its first lines have none of a known name.
    pub(crate) text_member: Option<Arc<str>>,
    /// Place in [`ReadConfig::converters`] of the one that has to make text of it first.
    pub(crate) converter: Option<usize>,
}

/// Where the bytes are.
#[derive(Debug)]
pub(crate) enum Source {
    /// In memory.
    Held(Vec<u8>),
    /// On disk.
    File(File),
}

type Emit<'e> = &'e mut dyn FnMut(Result<RawItem, Rejected>) -> ControlFlow<()>;

/// Cuts a file of `size_bytes` and hands its pieces to `emit`, in order, until that breaks.
///
/// # Errors
/// When the file as a whole can't be read, or not to its end.
pub(crate) fn cut(
    path: &Arc<str>,
    source: Source,
    size_bytes: u64,
    config: &ReadConfig,
    emit: Emit<'_>,
) -> Result<(), RejectReason> {
    let mut cutter = Cutter { config, emit, meter: Rc::new(Meter::new(size_bytes)), n_pieces: 0 };
    let place = Place { path: path.clone(), name: path.to_string(), depth: 0 };
    let input = match source {
        Source::Held(bytes) => Input::Held(bytes),
        Source::File(file) => Input::File(file),
    };
    match cutter.cut(&place, input) {
        // An archive of folders, of a crawler's notes, of nothing at all.
        Ok(()) if cutter.n_pieces == 0 => Err(RejectReason::NoText),
        Ok(()) | Err(Stop::Enough) => Ok(()),
        Err(Stop::Reason(reason)) => Err(reason),
    }
}

/// Why cutting ends early.
enum Stop {
    /// Nobody wants more.
    Enough,
    /// It can't go on.
    Reason(RejectReason),
}

type Outcome = Result<(), Stop>;

impl From<RejectReason> for Stop {
    fn from(reason: RejectReason) -> Self {
        Self::Reason(reason)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Reason(meter::to_reason(&error))
    }
}

/// Where something stands, and what it is called for the sake of its extension.
struct Place {
    path: Arc<str>,
    name: String,
    depth: usize,
}

impl Place {
    /// A member of an archive.
    fn inside(&self, member: &str) -> Self {
        let member = member.trim_start_matches("./").trim_start_matches('/');
        Self { path: Arc::from(format!("{}!/{member}", self.path)), name: member.to_owned(), depth: self.depth + 1 }
    }

    /// The same thing without its packing, which adds nothing to its path.
    fn unpacked(&self) -> Self {
        let lower = self.name.to_ascii_lowercase();
        let packings = [
            (".tgz", ".tar"),
            (".tbz2", ".tar"),
            (".tbz", ".tar"),
            (".txz", ".tar"),
            (".tzst", ".tar"),
            (".gz", ""),
            (".bz2", ""),
            (".xz", ""),
            (".zst", ""),
            (".zstd", ""),
        ];
        let name = packings
            .iter()
            .find(|(ending, _)| lower.ends_with(ending))
            .map_or(self.name.clone(), |(ending, instead)| {
                format!("{}{instead}", &self.name[..self.name.len() - ending.len()])
            });
        Self { path: self.path.clone(), name, depth: self.depth + 1 }
    }
}

/// What there is to read from.
enum Input<'a> {
    Held(Vec<u8>),
    File(File),
    /// Comes once, from the first byte to the last.
    Stream(Box<dyn BufRead + 'a>),
}

impl<'a> Input<'a> {
    fn reader(self) -> Box<dyn BufRead + 'a> {
        match self {
            Input::Held(bytes) => Box::new(Cursor::new(bytes)),
            Input::File(file) => Box::new(BufReader::with_capacity(CHUNK_BYTES, file)),
            Input::Stream(reader) => reader,
        }
    }

    /// All of it, if that is not more than `limit_bytes`.
    fn hold(self, limit_bytes: u64) -> Result<Vec<u8>, Stop> {
        let mut reader = match self {
            Input::Held(bytes) => return Ok(bytes),
            other => other.reader(),
        };
        let mut bytes = Vec::new();
        reader.by_ref().take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit_bytes {
            let n_more = io::copy(&mut reader, &mut io::sink())?;
            return Err(RejectReason::TooLarge { size_bytes: bytes.len() as u64 + n_more, limit_bytes }.into());
        }
        Ok(bytes)
    }
}

struct Cutter<'e> {
    config: &'e ReadConfig,
    emit: Emit<'e>,
    meter: Rc<Meter>,
    n_pieces: u64,
}

impl Cutter<'_> {
    fn cut(&mut self, place: &Place, input: Input<'_>) -> Outcome {
        let (head, input) = peek(input)?;
        let head = head.as_deref().unwrap_or(match &input {
            Input::Held(bytes) => bytes,
            _ => &[],
        });
        let is_complete = matches!(input, Input::Held(_));
        if let Some(converter) = self.config.converter_for(&place.name, head) {
            let bytes = input.hold(self.config.max_article_bytes)?;
            let context = Context { converter: Some(converter), ..Context::default() };
            return self.item(place, None, bytes, Format::Text, context);
        }
        let kind = detect::detect(&place.name, head, is_complete)?;
        let is_two_byte = detect::is_two_byte(head);
        if place.depth > MAX_NESTING {
            return Err(RejectReason::TooNested { limit: MAX_NESTING }.into());
        }
        match kind {
            Kind::Whole(format) => self.whole(place, input, format, is_complete),
            Kind::Lines => self.lines(place, self.text(input, is_two_byte)?),
            Kind::Table => self.rows(place, self.text(input, is_two_byte)?),
            Kind::Mailbox => self.mailbox(place, self.text(input, is_two_byte)?),
            Kind::Collection(format) => match input {
                Input::Held(bytes) if is_two_byte || bytes.len() as u64 <= self.config.stream_from_bytes => {
                    self.item(place, None, bytes, format, Context::default())
                }
                input => self.elements(place, self.text(input, is_two_byte)?, format),
            },
            Kind::Warc => self.warc(place, input.reader()),
            Kind::Arc => self.arc(place, input.reader()),
            Kind::Tar => self.tar(place, input.reader()),
            Kind::Zip => match input {
                Input::File(file) => self.zip(place, BufReader::new(file)),
                other => {
                    let bytes = other.hold(self.config.max_article_bytes)?;
                    self.zip(place, Cursor::new(bytes))
                }
            },
            Kind::Gzip => self.packed(place, |damage| Ok(Members::<_, GzDecoder<_>>::new(input.reader(), damage))),
            Kind::Bzip2 => self.packed(place, |damage| Ok(Members::<_, BzDecoder<_>>::new(input.reader(), damage))),
            Kind::Xz => self.packed(place, |damage| Ok(Members::<_, XzReader<_>>::new(input.reader(), damage))),
            Kind::Zstd => self.packed(place, |damage| {
                Ok(Tolerant::new(zstd::stream::read::Decoder::with_buffer(input.reader())?, damage))
            }),
        }
    }

    /// Cuts what a packed file holds, and says where its data broke off.
    fn packed<R: Read>(&mut self, place: &Place, unpack: impl FnOnce(Damage) -> io::Result<R>) -> Outcome {
        let damage = Damage::default();
        let reader = unpack(damage.clone())?;
        let reader = BufReader::with_capacity(CHUNK_BYTES, Metered::new(reader, self.meter.clone()));
        let outcome = self.cut(&place.unpacked(), Input::Stream(Box::new(reader)));
        match damage.detail() {
            // Nothing came out of it: that is what is wrong, not that nothing is empty.
            Some(detail) if matches!(outcome, Err(Stop::Reason(RejectReason::Empty))) => {
                Err(RejectReason::Damaged { detail }.into())
            }
            Some(detail) => outcome.and_then(|()| self.reject(place, None, RejectReason::Damaged { detail })),
            None => outcome,
        }
    }

    /// Cuts a member of an archive. What is wrong with it is its own affair, unless it is that too much
    /// comes out of the archive.
    fn member(&mut self, place: &Place, reader: Box<dyn BufRead + '_>, damage: &Damage) -> Outcome {
        self.meter.count_member()?;
        let place_damage = |detail| RejectReason::Damaged { detail };
        match self.cut(place, Input::Stream(reader)) {
            Err(Stop::Reason(reason)) if reason.ends_archive() => Err(Stop::Reason(reason)),
            Err(Stop::Reason(reason)) => {
                let reason =
                    damage.detail().map(place_damage).filter(|_| reason == RejectReason::Empty).unwrap_or(reason);
                self.reject(place, None, reason)
            }
            Ok(()) => match damage.detail() {
                Some(detail) => self.reject(place, None, place_damage(detail)),
                None => Ok(()),
            },
            Err(Stop::Enough) => Err(Stop::Enough),
        }
    }

    fn whole(&mut self, place: &Place, input: Input<'_>, format: Format, is_complete: bool) -> Outcome {
        let bytes = input.hold(self.config.max_article_bytes)?;
        // The end of a long text may tell that it is something else.
        let format = match (!is_complete).then(|| detect::detect(&place.name, &bytes, true)) {
            Some(Ok(Kind::Whole(format))) => format,
            _ => format,
        };
        if format == Format::Email {
            // It would be a part of the first header.
            let bytes = bytes.strip_prefix(UTF8_MARK).map(<[u8]>::to_vec).unwrap_or(bytes);
            let Some(page) = saved_page::find(&bytes) else { return self.letter(place, None, bytes) };
            return self.item(place, None, page.bytes, Format::Html, page.context);
        }
        self.item(place, None, bytes, format, Context::default())
    }

    fn lines(&mut self, place: &Place, reader: Box<dyn BufRead + '_>) -> Outcome {
        let limit_bytes = self.config.max_article_bytes;
        let mut outcome = Ok(());
        let mut context: Option<Context> = None;
        let columns = &self.config.columns;
        lines::batches(reader, limit_bytes, &mut |batch| {
            outcome = match batch {
                Batch::Lines { first_line, bytes } => {
                    // What the first lines tell holds for all.
                    let learnt =
                        || Context { text_member: text_member_of_lines(&bytes, columns), ..Context::default() };
                    let context = context.get_or_insert_with(learnt).clone();
                    self.item(place, Some(first_line), bytes, Format::JsonLines, context)
                }
                Batch::TooLong { line, size_bytes } => {
                    self.reject(place, Some(line), RejectReason::TooLarge { size_bytes, limit_bytes })
                }
            };
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        outcome
    }

    /// A reader of text that can be cut at single bytes.
    fn text<'a>(&self, input: Input<'a>, is_two_byte: bool) -> Result<Box<dyn BufRead + 'a>, Stop> {
        if !is_two_byte {
            return Ok(input.reader());
        }
        let bytes = input.hold(self.config.max_article_bytes)?;
        Ok(Box::new(Cursor::new(decode(&bytes, None).into_owned().into_bytes())))
    }

    fn item(
        &mut self,
        place: &Place,
        record: Option<u64>,
        bytes: Vec<u8>,
        format: Format,
        context: Context,
    ) -> Outcome {
        let origin = Origin { path: place.path.clone(), record };
        self.hand_out(Ok(RawItem { origin, bytes, format, context }))
    }

    fn reject(&mut self, place: &Place, record: Option<u64>, reason: RejectReason) -> Outcome {
        self.hand_out(Err(Rejected { origin: Origin { path: place.path.clone(), record }, reason }))
    }

    fn hand_out(&mut self, piece: Result<RawItem, Rejected>) -> Outcome {
        self.n_pieces += 1;
        match (self.emit)(piece) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Enough),
        }
    }
}

/// Passes over the mark of UTF-8 at the beginning; whether there was one.
fn skip_mark(reader: &mut dyn BufRead) -> io::Result<bool> {
    let has_mark = reader.fill_buf()?.starts_with(UTF8_MARK);
    reader.consume(if has_mark { UTF8_MARK.len() } else { 0 });
    Ok(has_mark)
}

/// The first bytes of what is not held, and all of it to be read from the start. What is short enough
/// is held from here on.
fn peek(input: Input<'_>) -> Result<(Option<Vec<u8>>, Input<'_>), Stop> {
    let mut head = Vec::new();
    match input {
        Input::Held(bytes) => Ok((None, Input::Held(bytes))),
        Input::File(mut file) => {
            file.rewind()?;
            Read::by_ref(&mut file).take(HEAD_BYTES as u64 + 1).read_to_end(&mut head)?;
            file.rewind()?;
            if head.len() <= HEAD_BYTES { Ok((None, Input::Held(head))) } else { Ok((Some(head), Input::File(file))) }
        }
        Input::Stream(mut reader) => {
            reader.by_ref().take(HEAD_BYTES as u64 + 1).read_to_end(&mut head)?;
            if head.len() <= HEAD_BYTES {
                return Ok((None, Input::Held(head)));
            }
            let whole = Cursor::new(head.clone()).chain(reader);
            Ok((Some(head), Input::Stream(Box::new(whole))))
        }
    }
}
