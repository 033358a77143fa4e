//! Columns and members by the names that the user gives, and which of these names were met.
//!
//! Fed by the options of a command, read by the formats with named members. A name that no input has is
//! most likely mistyped, and would be ignored in silence.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What `text`, `title` and so on are called in the input. Copies share what they met.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    columns: Arc<[Column]>,
    /// Whether any name was looked up.
    is_asked: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Column {
    field: String,
    name: String,
    is_met: AtomicBool,
}

impl Mapping {
    /// Of pairs: the field, as [`mapped_names`](crate::read::mapped_names) has them, and its name in the input.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let column = |(field, name)| Column { field, name, is_met: AtomicBool::new(false) };
        Self { columns: pairs.into_iter().map(column).collect(), is_asked: Arc::default() }
    }

    /// Whether every name means what it says.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The field that a column or member of this name holds, where the user says so.
    pub(super) fn field_of(&self, name: &str) -> Option<&str> {
        // Only whether it ever happened counts, not when.
        self.is_asked.store(true, Ordering::Relaxed);
        let column = self.columns.iter().find(|column| column.name == name)?;
        column.is_met.store(true, Ordering::Relaxed);
        Some(&column.field)
    }

    /// Fields and names that no record had, where there were records at all.
    pub fn never_met(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_asked = self.is_asked.load(Ordering::Relaxed);
        let missing = self.columns.iter().filter(move |column| is_asked && !column.is_met.load(Ordering::Relaxed));
        missing.map(|column| (column.field.as_str(), column.name.as_str()))
    }
}
