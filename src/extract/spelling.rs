//! Other spellings of a name that someone looks for: what the extractor would have made of it.

use std::sync::OnceLock;

use crate::extract::gazetteer::{How, Places, fold_phrase};
use crate::extract::resolve::person_spelling;
use crate::mention::EntityKind;

/// What the extractor knows of spellings. People need no table.
#[derive(Debug, Default)]
pub struct Spellings {
    places: OnceLock<Places>,
}

impl Spellings {
    fn places(&self) -> &Places {
        self.places.get_or_init(Places::load)
    }

    /// Names and keys under which an entity may stand beside the name as typed: `Zelenskyy` leads to
    /// `zelensky`, `Kiev` to `kyiv`. Of places the most prominent one of the name.
    pub fn others(&self, kind: EntityKind, name: &str) -> Vec<String> {
        match kind {
            EntityKind::Person => person_spelling(name).into_iter().collect(),
            EntityKind::Place => {
                let candidates = self.places().named(&fold_phrase(name));
                let known = candidates.into_iter().find(|candidate| candidate.how != How::Demonym);
                known.map(|candidate| self.places().key(candidate.place)).into_iter().collect()
            }
            EntityKind::Org => Vec::new(),
        }
    }

    /// Whether a name is that of the people of a place, or the adjective made of it: `Ukrainians` for `ukraine`.
    pub fn is_demonym(&self, key: &str, name: &str) -> bool {
        let candidates = self.places().named(&fold_phrase(name)).into_iter();
        let mut demonyms = candidates.filter(|candidate| candidate.how == How::Demonym);
        demonyms.any(|candidate| self.places().key(candidate.place) == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_foreign_spellings_lead_to_keys() {
        let spellings = Spellings::default();
        let check = |kind, name, expected: &[&str]| assert_eq!(spellings.others(kind, name), expected);
        check(EntityKind::Person, "Zelenskyy", &["zelensky"]);
        check(EntityKind::Person, "Volodymyr Zelenskiy", &["volodymyr zelensky"]);
        check(EntityKind::Place, "Kiev", &["kyiv"]);
        check(EntityKind::Place, "Bombay", &["mumbai"]);
        check(EntityKind::Place, "Qqqq", &[]);
        check(EntityKind::Person, "", &[]);
    }

    #[test]
    fn peoples_are_told_from_places() {
        let spellings = Spellings::default();
        let check = |key, name, expected| assert_eq!(spellings.is_demonym(key, name), expected, "{key} {name}");
        check("ukraine", "ukrainians", true);
        check("south-korea", "South Korean", true);
        check("ukraine", "ukraine", false);
        check("france", "ukrainian", false);
    }
}
