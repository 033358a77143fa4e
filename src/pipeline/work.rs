//! The middle of the pipeline: parsing and extracting, one item at a time, on any thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Receiver, Sender};

use super::sink::{FileId, Message};
use crate::article::{Article, Format, Origin};
use crate::extract::{Extractor, Text};
use crate::index::ByteBudget;
use crate::read::{self, RawItem, ReadConfig, RejectReason, Rejected};
use crate::schema::Fields;
use crate::schema::document::DocumentBuilder;

/// An item on its way to a worker.
pub(super) struct Work {
    pub(super) file: FileId,
    pub(super) file_version: std::sync::Arc<str>,
    pub(super) item: RawItem,
    /// What the item holds of the budget.
    pub(super) n_bytes: u64,
}

/// Works until the feeder is done or the sink is gone.
pub(super) fn run(
    items: &Receiver<Work>,
    messages: &Sender<Message>,
    budget: &ByteBudget,
    extractor: &dyn Extractor,
    fields: &Fields,
    config: &ReadConfig,
) {
    let mut documents = DocumentBuilder::new(fields.clone());
    for work in items {
        let Work { file, file_version, item, n_bytes } = work;
        let (origin, format) = (item.origin.clone(), item.format);
        let mut is_open = true;
        let mut send = |message| is_open &= messages.send(message).is_ok();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            read::parse(item, config, &mut |parsed| match parsed {
                Ok(article) => {
                    send(Message::Article(file, Box::new(prepare(&article, &file_version, extractor, &mut documents))))
                }
                Err(rejected) => send(Message::Rejected(file, rejected)),
            });
        }));
        if outcome.is_err() {
            // A bug must not cost the rest of the corpus; the item is named, the words that were being
            // analyzed are forgotten.
            documents = DocumentBuilder::new(fields.clone());
            send(Message::Rejected(file, internal_error(origin, format)));
        }
        send(Message::ItemDone(file));
        budget.give_back(n_bytes);
        if !is_open {
            return;
        }
    }
}

fn prepare(
    article: &Article,
    file_version: &str,
    extractor: &dyn Extractor,
    documents: &mut DocumentBuilder,
) -> crate::schema::document::Prepared {
    let extraction = extractor.extract(Text {
        title: &article.title,
        body: &article.body,
        language: article.language.as_deref(),
        date: article.date.map(|date| date.first_day()),
    });
    documents.article(article, &extraction, file_version)
}

fn internal_error(origin: Origin, format: Format) -> Rejected {
    Rejected { origin, reason: RejectReason::ReaderFailed { format } }
}
