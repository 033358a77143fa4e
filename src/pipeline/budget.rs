//! Backpressure by bytes: what is read waits until what was read before has been worked off.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes that may be in flight at once.
pub(super) struct ByteBudget {
    limit: u64,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    used: u64,
    is_closed: bool,
}

impl ByteBudget {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, state: Mutex::new(State { used: 0, is_closed: false }), freed: Condvar::new() }
    }

    /// Waits until `n_bytes` fit. More than the whole budget waits until it has it alone. False when
    /// nobody works any more.
    pub(super) fn take(&self, n_bytes: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let must_wait = |state: &mut State| !state.is_closed && state.used > 0 && state.used + n_bytes > self.limit;
        let mut state = self.freed.wait_while(state, must_wait).unwrap_or_else(PoisonError::into_inner);
        state.used += n_bytes;
        !state.is_closed
    }

    /// Gives back what was taken.
    pub(super) fn give_back(&self, n_bytes: u64) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).used -= n_bytes;
        self.freed.notify_one();
    }

    /// Lets everybody go: what was taken will not be given back.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.freed.notify_all();
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
