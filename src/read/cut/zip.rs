//! ZIP: the files in it; documents that are ZIP files themselves stay whole.

use std::io::{BufReader, Read, Seek, SeekFrom};

use ::zip::ZipArchive;
use ::zip::read::{ZipFile, read_zipfile_from_stream};
use ::zip::result::ZipError;

use super::meter::{Damage, MAX_MEMBERS, Metered, Tolerant};
use super::{Context, Cutter, Outcome, Place, Stop};
use crate::article::Format;
use crate::read::decode::decode;
use crate::read::error::RejectReason;

impl Cutter<'_> {
    /// Cuts the files of a ZIP archive.
    pub(super) fn zip(&mut self, place: &Place, mut reader: impl Read + Seek) -> Outcome {
        let size_bytes = reader.seek(SeekFrom::End(0))?;
        reader.rewind()?;
        let n_listed = n_members(&mut reader, size_bytes)?;
        if n_listed > MAX_MEMBERS {
            return Err(RejectReason::TooManyMembers { limit: MAX_MEMBERS }.into());
        }
        reader.rewind()?;
        let mut archive = match ZipArchive::new(&mut reader) {
            Ok(archive) => archive,
            Err(error) => {
                let detail = match error {
                    ZipError::Io(error) if error.raw_os_error().is_some() => return Err(error.into()),
                    error => error.to_string(),
                };
                reader.rewind()?;
                return self.zip_without_list(place, &mut reader, detail);
            }
        };
        match document(&mut archive) {
            Some(Document::Read(format)) => {
                drop(archive);
                reader.rewind()?;
                let limit_bytes = self.config.max_article_bytes;
                if size_bytes > limit_bytes {
                    return Err(RejectReason::TooLarge { size_bytes, limit_bytes }.into());
                }
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                return self.item(place, None, bytes, format, Context::default());
            }
            Some(Document::Other(reason)) => return Err(reason.into()),
            None => {}
        }
        let is_collection = is_web_collection(&archive);
        for at in 0..archive.len() {
            let name =
                archive.name_for_index(at).map(|name| name.map_or_else(|_| String::new(), |name| name.into_owned()));
            let (name, file) = match archive.by_index(at) {
                Ok(file) => (member_name(file.name_raw()), file),
                Err(error) => {
                    self.meter.count_member()?;
                    let place = place.inside(&name.unwrap_or_default());
                    self.reject(&place, None, to_reason(&error))?;
                    continue;
                }
            };
            if is_collection && !name.starts_with(PAGES) {
                continue;
            }
            self.zip_member(place, &name, file)?;
        }
        if archive.offset() > 0 {
            let detail = "another archive or other bytes stand before it, which were not read; cut them apart first";
            self.reject(place, None, RejectReason::Damaged { detail: detail.to_owned() })?;
        }
        let n_left_out = n_listed.saturating_sub(archive.len() as u64);
        if n_left_out > 0 {
            // The list is by name: the last of each is read.
            let (what, kinds) = ("files of it bear the name of another one behind them", "unpack it first".to_owned());
            self.reject(place, None, RejectReason::LeftOut { n_left_out, n_records: n_listed, what, kinds })?;
        }
        Ok(())
    }

    /// Reads an archive from its start, where the list at its end is missing.
    fn zip_without_list(&mut self, place: &Place, reader: &mut (impl Read + Seek), detail: String) -> Outcome {
        let mut reader = BufReader::new(reader);
        while let Ok(Some(file)) = read_zipfile_from_stream(&mut reader) {
            let name = member_name(file.name_raw());
            self.zip_member(place, &name, file)?;
        }
        Err(RejectReason::Damaged { detail }.into())
    }

    fn zip_member<R: Read>(&mut self, place: &Place, name: &str, file: ZipFile<'_, R>) -> Outcome {
        if file.is_dir() || is_by_product(name) {
            return Ok(());
        }
        let damage = Damage::default();
        let reader = Tolerant::new(Metered::new(file, self.meter.clone()), damage.clone());
        self.member(&place.inside(name), Box::new(BufReader::new(reader)), &damage)
    }
}

/// A member's name as text. Those who do not write UTF-8 write what their system speaks.
pub(super) fn member_name(name: &[u8]) -> String {
    dos_name(name)
        .unwrap_or_else(|| decode(name, None).into())
        .replace('\\', "/")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// Letters that DOS and the archives of Windows write as the bytes from 0x80 on (code page 437).
const DOS_LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑ";

/// A name in the letters of DOS: each stands alone among those of ASCII, at places where no other way of writing has
/// letters. Cyrillic and Japanese ones stand together.
fn dos_name(name: &[u8]) -> Option<String> {
    let are_together = name.windows(2).any(|pair| !pair[0].is_ascii() && !pair[1].is_ascii());
    // The apostrophe and the dashes of Windows are letters of DOS.
    let has_marks = name.contains(&0x92) || name.windows(3).any(|three| matches!(three, b" \x96 " | b" \x97 "));
    if name.is_ascii() || are_together || has_marks {
        return None;
    }
    let letter = |&byte: &u8| match byte {
        0..0x80 => Some(char::from(byte)),
        _ => DOS_LETTERS.chars().nth(usize::from(byte - 0x80)).filter(|letter| letter.is_alphabetic()),
    };
    name.iter().map(letter).collect()
}

/// Files that a Mac adds to archives, for itself.
pub(super) fn is_by_product(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || file == ".DS_Store" || file.starts_with("._")
}

/// The folder of web archives in a collection of them.
const PAGES: &str = "archive/";

/// Whether an archive is a collection of web archives (WACZ): what stands beside them there is made of them, to find
/// pages and show them.
fn is_web_collection<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    let mut names = archive.file_names();
    archive.index_for_name("datapackage.json").is_some()
        && names.any(|name| name.is_ok_and(|name| name.starts_with(PAGES) && name.contains(".warc")))
}

enum Document {
    Read(Format),
    Other(RejectReason),
}

/// A document that happens to be a ZIP file.
fn document<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Option<Document> {
    let unread = |format, remedy| Some(Document::Other(RejectReason::UnreadFormat { format, remedy }));
    const CONVERT: &str = "convert it to text first, or name a converter with `--convert`";
    let has = |archive: &ZipArchive<R>, name: &str| archive.index_for_name(name).is_some();
    if has(archive, "word/document.xml") {
        return Some(Document::Read(Format::Docx));
    }
    if has(archive, "xl/workbook.xml") || has(archive, "xl/workbook.bin") {
        return unread("a spreadsheet", "save it as CSV first");
    }
    if has(archive, "ppt/presentation.xml") {
        return unread("a presentation", CONVERT);
    }
    if has(archive, "META-INF/MANIFEST.MF") || has(archive, "AndroidManifest.xml") {
        return Some(Document::Other(RejectReason::Binary { kind: "a program".to_owned() }));
    }
    let mut mimetype = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut mimetype).ok()?;
    match mimetype.trim() {
        "application/epub+zip" => Some(Document::Read(Format::Epub)),
        "application/vnd.oasis.opendocument.text" | "application/vnd.oasis.opendocument.text-template" => {
            Some(Document::Read(Format::Odt))
        }
        "application/vnd.oasis.opendocument.spreadsheet" => unread("a spreadsheet", "save it as CSV first"),
        "application/vnd.oasis.opendocument.presentation" => unread("a presentation", CONVERT),
        _ => None,
    }
}

fn to_reason(error: &ZipError) -> RejectReason {
    match error {
        ZipError::UnsupportedArchive(detail) if *detail == ZipError::PASSWORD_REQUIRED => RejectReason::Encrypted,
        error => RejectReason::Damaged { detail: error.to_string() },
    }
}

/// How many files the archive says that it has, read from the record at its end.
fn n_members(reader: &mut (impl Read + Seek), size_bytes: u64) -> Result<u64, Stop> {
    // The record has 22 bytes and a comment of up to 64 KiB; the larger form has one more before it.
    let n_tail = size_bytes.min(66_000);
    reader.seek(SeekFrom::Start(size_bytes - n_tail))?;
    let mut tail = Vec::new();
    reader.by_ref().take(n_tail).read_to_end(&mut tail)?;
    let find = |mark: &[u8]| tail.windows(4).rposition(|window| window == mark);
    let bytes = |at: usize, n: usize| tail.get(at..at + n).unwrap_or_default().iter().rev();
    let number = |at: usize, n: usize| bytes(at, n).fold(0, |sum: u64, &byte| sum << 8 | u64::from(byte));
    if let Some(at) = find(b"PK\x06\x06") {
        return Ok(number(at + 32, 8));
    }
    Ok(find(b"PK\x05\x06").map_or(0, |at| number(at + 10, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_members_are_read_as_they_were_written() {
        for (name, expected) in [
            (b"m\x81ll.txt".as_slice(), "müll.txt"),
            ("müll.txt".as_bytes(), "müll.txt"),
            (b"m\xfcll.txt", "müll.txt"),
            (b"the mayor\x92s \x96 speech.txt", "the mayor’s – speech.txt"),
            (b"a\\b.txt", "a/b.txt"),
        ] {
            assert_eq!(member_name(name), expected);
        }
        assert_eq!(dos_name(b"\x8d\xae\xa2.txt"), None);
    }
}
