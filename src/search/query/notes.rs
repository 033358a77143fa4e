//! Remarks on how a query was read, gathered while it is read: the same remark once, with the number
//! of its like, and not too many of them.

use std::collections::HashMap;

use super::ast::Note;
use super::error::clip;
use crate::mention::Span;

/// Most notes of a query: a screen of them. The last one says how many more there were.
pub(super) const MAX_NOTES: usize = 20;

/// Remarks so far. Small, whatever the length of the query.
#[derive(Clone, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// By remark, how many more there were like it.
    n_alike: HashMap<String, usize>,
    n_left_out: usize,
}

impl Notes {
    pub(super) fn add(&mut self, span: Span, text: &str) {
        let text = clip(text);
        if let Some(n_more) = self.n_alike.get_mut(text.as_ref()) {
            *n_more += 1;
        } else if self.notes.len() < MAX_NOTES {
            self.n_alike.insert(text.clone().into_owned(), 0);
            self.notes.push(Note { span, text: text.into_owned() });
        } else {
            self.n_left_out += 1;
        }
    }

    /// The notes by place.
    pub(super) fn into_notes(mut self) -> Vec<Note> {
        for note in &mut self.notes {
            let n_more = self.n_alike.get(&note.text).copied().unwrap_or(0);
            if n_more > 0 {
                note.text.push_str(&format!(" (and {n_more} more like it)"));
            }
        }
        self.notes.sort_by_key(|note| note.span);
        if self.n_left_out > 0
            && let Some(last) = self.notes.last_mut()
        {
            last.text = format!("{} more remarks are left out", self.n_left_out + 1);
        }
        self.notes
    }
}
