//! Days of publication.

use jiff::civil;

use super::Plan;
use crate::schema::stored::days_since_1970;
use crate::search::query::DateMatch;

/// Articles whose date may be one of the days.
pub(super) fn plan_date(date: &DateMatch) -> Plan {
    let days = |day: &Option<civil::Date>, open: i64| day.map_or(open, |day| days_since_1970(day).into());
    match date {
        DateMatch::Any => Plan::HasDate,
        DateMatch::Range { first, last } => Plan::Days { first: days(first, i64::MIN), last: days(last, i64::MAX) },
    }
}
