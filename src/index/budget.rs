//! Backpressure by bytes: what comes next waits until what came before has been worked off.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Bytes that may be in flight at once.
pub struct ByteBudget {
    limit: u64,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    used: u64,
    is_closed: bool,
}

impl ByteBudget {
    /// A budget of so many bytes.
    pub fn new(limit: u64) -> Self {
        Self { limit, state: Mutex::new(State { used: 0, is_closed: false }), freed: Condvar::new() }
    }

    /// Waits until `n_bytes` fit. More than the whole budget waits until it has it alone. False when
    /// nobody works any more.
    pub fn take(&self, n_bytes: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let must_wait = |state: &mut State| !state.is_closed && state.used > 0 && state.used + n_bytes > self.limit;
        let mut state = self.freed.wait_while(state, must_wait).unwrap_or_else(PoisonError::into_inner);
        state.used += n_bytes;
        !state.is_closed
    }

    /// Gives back what was taken.
    pub fn give_back(&self, n_bytes: u64) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).used -= n_bytes;
        self.freed.notify_one();
    }

    /// Lets everybody go: what was taken will not be given back.
    pub fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.freed.notify_all();
    }
}

/// A document on its way to the engine, which queues up to 10,000 of them whatever their size: each
/// holds its part of a budget until the engine takes it in hand.
pub(super) struct Queued {
    document: TantivyDocument,
    _share: Share,
}

struct Share {
    budget: Arc<ByteBudget>,
    n_bytes: u64,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.give_back(self.n_bytes);
    }
}

impl Queued {
    /// Waits until the budget has room for the document.
    pub(super) fn new(document: TantivyDocument, n_bytes: u64, budget: &Arc<ByteBudget>) -> Self {
        budget.take(n_bytes);
        Self { document, _share: Share { budget: budget.clone(), n_bytes } }
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_item_larger_than_the_budget_passes_alone() {
        let budget = ByteBudget::new(10);
        assert!(budget.take(100));
        budget.give_back(100);
        assert!(budget.take(10));
    }

    #[test]
    fn a_closed_budget_lets_go() {
        let budget = ByteBudget::new(10);
        assert!(budget.take(10));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(1));
            budget.close();
            assert!(!waiting.join().expect("the thread does not panic"));
        });
    }
}
