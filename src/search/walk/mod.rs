//! Walks over the documents of one segment that a part of a query matches, in order, with scores.
//!
//! The planner says what to walk; this folder knows postings, positions and columns, and nothing of
//! the query language. All sums are made in the order of the query, so that the same article gets the
//! same score, bit by bit, in whatever segment it lies.

mod at_least;
mod check;
mod combine;
mod form;
mod forms;
mod interval;
mod list;
mod members;
mod phrase;
mod places;
mod postings;
#[cfg(test)]
mod tests;
mod text;
mod window;
mod word;

use tantivy::DocId;

pub(super) use at_least::{AtLeast, Recorded};
pub(super) use check::{Check, Filtered};
pub(super) use combine::{And, Holds, Nothing};
pub(super) use form::{Form, Only, n_with_any};
pub(super) use forms::Forms;
pub(super) use interval::{Interval, in_order, near_pairs};
pub(super) use list::List;
pub(super) use members::Members;
pub(super) use phrase::Phrase;
pub(super) use places::{FigureCheck, Places};
pub(super) use postings::PostingsUnion;
pub(super) use text::{TextField, TextWalk};
use window::Window;
pub(super) use word::{ExactForm, Word, WordField};

/// What [`Walk::doc`] says at the end.
pub(super) const END: DocId = tantivy::TERMINATED;

/// Documents of one segment, in order. A new walk stands on its first document.
///
/// A walk is either stepped, by [`Self::advance`] and [`Self::seek`], or asked, by [`Self::probe`];
/// never both.
pub(super) trait Walk {
    /// Where the walk stands; [`END`] when there is nothing more.
    fn doc(&self) -> DocId;

    /// Goes to the next document.
    fn advance(&mut self) -> DocId;

    /// Goes to the first document from `target` on; stays when it is there or beyond.
    fn seek(&mut self, target: DocId) -> DocId;

    /// Whether `target` is among the documents. Targets have to rise from call to call.
    fn probe(&mut self, target: DocId) -> bool {
        self.seek(target) == target
    }

    /// About how many steps the whole walk takes.
    fn cost(&self) -> u64;

    /// Score of the document the walk stands on, or was last asked for and has.
    fn score(&mut self) -> f32;

    /// No less than the score, and cheaper to tell where that matters.
    fn bound(&mut self) -> f32 {
        self.score()
    }
}

/// A walk whose documents can be taken a window at a time, and which goes back to any of a window. Windows rise.
///
/// Such a walk is stepped, asked, or taken by windows.
pub(super) trait Windowed: Walk {
    /// First document of which no window was taken; [`END`] when there is none.
    fn next_unread(&self) -> DocId;

    /// Adds the documents to a window.
    fn window(&mut self, window: &mut Window);

    /// As [`Self::window`], where nobody will ask for scores.
    fn documents(&mut self, window: &mut Window) {
        self.window(window);
    }

    /// Stands on a document of the last window, for its score. Documents have to rise within a window.
    fn go_to(&mut self, doc: DocId);
}
