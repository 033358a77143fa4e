//! PDF: asks for the text of the pages, and reads it as text is read.

use super::{Emit, databases, text};
use crate::read::date::{DayMonthOrder, SAMPLE_BYTES, date_of_file_name, date_of_folders, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::pdf::{Answer, PdfText};
use crate::read::prose::start_of;
use crate::read::{RawItem, ReadConfig};

/// Reads a file of PDF: one article, whatever its pages hold, or those of an export. Where pages are damaged, that is
/// said too.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let origin = item.origin.clone();
    let reject = |reason| Err(Rejected { origin, reason });
    let pages = match pages(&item, config) {
        Ok(pages) => pages,
        Err(reason) => return emit(reject(reason)),
    };
    let url = item.context.url.clone().or_else(|| Some(pages.url.clone()).filter(|url| !url.is_empty()));
    let sample = || start_of(&pages.text, SAMPLE_BYTES).to_owned();
    let order = order_of(None, url.as_deref(), sample, config.day_month_order);
    match databases::read(&pages.text, order) {
        Some(export) => databases::finish(export, item.origin, item.format, emit),
        None => {
            let draft = draft(&pages, &item, url, order);
            emit(draft.finish(item.origin, item.format));
        }
    }
    if let Some(detail) = pages.damage.describe() {
        emit(reject(RejectReason::Damaged { detail }));
    }
}

fn pages(item: &RawItem, config: &ReadConfig) -> Result<PdfText, RejectReason> {
    let Some(reader) = &config.pdf_reader else {
        return Err(RejectReason::UnreadFormat {
            format: "PDF",
            remedy: "name a converter, such as `--convert 'pdf=pdftotext {} -'`, or convert it to text first",
        });
    };
    let failed = |detail| RejectReason::PdfFailed { detail };
    let answer = reader.convert(&item.bytes).map_err(|error| error.reason(failed))?;
    match serde_json::from_slice(&answer) {
        Ok(Answer::Text(pages)) => Ok(pages),
        Ok(Answer::Error(detail)) => Err(failed(detail)),
        Err(error) => Err(failed(format!("what its reader answers cannot be read: {error}"))),
    }
}

fn draft(pages: &PdfText, item: &RawItem, url: Option<String>, order: DayMonthOrder) -> Draft {
    let mut draft = Draft { title: pages.title.clone(), url, ..Draft::default() };
    text::fill(&mut draft, &pages.text, &item.origin.path, order);
    if draft.authors.is_empty() && !is_program(&pages.author) {
        draft.authors = crate::read::byline::names(&pages.author);
    }
    let created = pages.created.trim_start_matches("D:");
    // The day, as the maker's clock showed it: hours and zones of files are those of a printing program.
    // A browser's is the day of printing, which says nothing.
    let day = created.get(..8).filter(|_| !pages.is_browser_print);
    let day = day.filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
    let day = day.map(|day| format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
    draft.date = draft
        .date
        .or_else(|| date_of_file_name(&item.origin.path).or_else(|| date_of_folders(&item.origin.path)))
        .or_else(|| parse_date(&day?, order));
    draft
}

/// Names of programs and accounts stand where the author should.
fn is_program(author: &str) -> bool {
    !author.trim().contains(' ') || author.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '_' | '/'))
}
