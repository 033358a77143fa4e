//! Letters of pages with their places.

use pdf_extract::{ColorSpace, Dictionary, Document, MediaBox, Object, OutputDev, OutputError, Path, Transform};

use super::line::Glyph;
use super::{Damage, PdfError, repair, widths};

/// More letters than a year of a daily paper has; a file with more is made to cost time.
const MAX_GLYPHS: usize = 40_000_000;

/// A file taken apart.
pub(super) struct File {
    pub(super) pages: Vec<Vec<Glyph>>,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) created: String,
    /// Whether a browser printed it.
    pub(super) is_browser_print: bool,
    /// What could not be read.
    pub(super) damage: Damage,
}

/// Takes a file apart. A page that breaks off keeps the letters before the break.
pub(super) fn read(bytes: &[u8]) -> Result<File, PdfError> {
    let (mut document, lost) = open(bytes)?;
    if document.is_encrypted() {
        // Most locked files lock printing and copying only, and open without a password.
        contained(|| document.decrypt("")).map_err(|_| PdfError::Locked)?;
    }
    widths::rewrite(&mut document);
    let mut damage = Damage { table: lost, ..Damage::default() };
    let mut pages = Pages::default();
    for page in document.get_pages().into_keys() {
        let outcome = contained(|| pdf_extract::output_doc_page(&document, &mut pages, page));
        if let Err(reason) = outcome {
            damage.pages.push(page);
            damage.reason.get_or_insert(reason);
            pages.break_off();
        }
    }
    let facts = document.trailer.get(b"Info").ok().and_then(|info| dictionary(&document, info));
    let fact = |name: &[u8]| {
        let value = facts.and_then(|facts| facts.get(name).ok()).and_then(|value| resolved(&document, value));
        value.and_then(|value| pdf_extract::decode_text_string(value).ok()).unwrap_or_default()
    };
    let (title, author, created) = (fact(b"Title"), fact(b"Author"), fact(b"CreationDate"));
    let is_browser_print = is_browser(&fact(b"Producer"), &fact(b"Creator"));
    Ok(File { pages: pages.done, title, author, created, is_browser_print, damage })
}

/// Whether these programs are those that a browser prints pages with.
fn is_browser(producer: &str, creator: &str) -> bool {
    const CREATORS: [&str; 6] = ["mozilla", "chrome", "chromium", "firefox", "safari", "edge"];
    let (producer, creator) = (producer.to_lowercase(), creator.to_lowercase());
    // Documents written on the web come out of the same program, and are no print.
    producer.starts_with("skia/pdf") && !producer.contains("docs") || CREATORS.iter().any(|name| creator.contains(name))
}

/// Loads a file; where its table of objects is lost or leads nowhere, with a new one. With it, what was wrong
/// with the old one.
fn open(bytes: &[u8]) -> Result<(Document, Option<String>), PdfError> {
    let lost = match contained(|| Document::load_mem(bytes)) {
        Ok(document) if document.is_encrypted() || !document.get_pages().is_empty() => return Ok((document, None)),
        Ok(_) => "its list of pages is empty".to_owned(),
        Err(reason) => reason,
    };
    match contained(|| Ok::<_, std::convert::Infallible>(repair::with_new_table(bytes))) {
        Ok(Some(document)) => Ok((document, Some(lost))),
        _ => Err(PdfError::Damaged(lost)),
    }
}

/// Runs what may panic on a damaged file. The reason is one that a reader of the report can follow.
fn contained<T, E: std::fmt::Display>(work: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("a part of it is not what it should be".to_owned()),
    }
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    resolved(document, object)?.as_dict().ok()
}

/// Collects the letters of a page after the other.
#[derive(Default)]
struct Pages {
    done: Vec<Vec<Glyph>>,
    page: Vec<Glyph>,
    n_glyphs: usize,
}

impl Pages {
    /// Ends a page before its end.
    fn break_off(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
    }
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        _number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page.clear();
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.break_off();
        Ok(())
    }

    fn output_character(
        &mut self,
        transform: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.n_glyphs += 1;
        if self.n_glyphs > MAX_GLYPHS {
            let error = std::io::Error::other(format!("it has more than {MAX_GLYPHS} letters"));
            return Err(OutputError::IoError(error));
        }
        let along = transform.m11.hypot(transform.m12) * font_size.abs();
        let up = transform.m21.hypot(transform.m22) * font_size.abs();
        // Text may run in four directions; each is turned so that it runs to the right, lines downward.
        let quarter = transform.m12.atan2(transform.m11) / std::f64::consts::FRAC_PI_2;
        let turn = (quarter.round() as i32).rem_euclid(4) as u8;
        let (x, y) = (transform.m31, transform.m32);
        let (x, y) = match turn {
            0 => (x, -y),
            1 => (y, x),
            2 => (-x, y),
            _ => (-y, -x),
        };
        let glyph = Glyph {
            x: x as f32,
            y: y as f32,
            width: (width * along) as f32,
            size: up as f32,
            turn,
            text: text.to_owned(),
        };
        if [glyph.x, glyph.y, glyph.width, glyph.size].iter().all(|value| value.is_finite()) && glyph.size > 0.0 {
            self.page.push(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }

    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }
}
