//! Other spellings of a name that someone looks for: what the extractor would have made of it.

use crate::extract::gazetteer::{Gazetteer, How, fold_phrase};
use crate::extract::resolve::person_spelling;
use crate::mention::EntityKind;

/// Names and keys under which an entity may stand beside the name as typed: `Zelenskyy` leads to
/// `zelensky`, `Kiev` to `kyiv`. Of places the most prominent one of the name.
pub fn other_spellings(gazetteer: &Gazetteer, kind: EntityKind, name: &str) -> Vec<String> {
    match kind {
        EntityKind::Person => person_spelling(name).into_iter().collect(),
        EntityKind::Place => {
            let candidates = gazetteer.places.named(&fold_phrase(name));
            let known = candidates.into_iter().find(|candidate| candidate.how != How::Demonym);
            known.map(|candidate| gazetteer.places.key(candidate.place)).into_iter().collect()
        }
        EntityKind::Org => Vec::new(),
    }
}

/// Whether a name is that of the people of a place, or the adjective made of it: `Ukrainians` for `ukraine`.
pub fn is_demonym(gazetteer: &Gazetteer, key: &str, name: &str) -> bool {
    let candidates = gazetteer.places.named(&fold_phrase(name)).into_iter();
    let mut demonyms = candidates.filter(|candidate| candidate.how == How::Demonym);
    demonyms.any(|candidate| gazetteer.places.key(candidate.place) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_foreign_spellings_lead_to_keys() {
        let gazetteer = Gazetteer::load();
        let check = |kind, name, expected: &[&str]| assert_eq!(other_spellings(&gazetteer, kind, name), expected);
        check(EntityKind::Person, "Zelenskyy", &["zelensky"]);
        check(EntityKind::Person, "Volodymyr Zelenskiy", &["volodymyr zelensky"]);
        check(EntityKind::Place, "Kiev", &["kyiv"]);
        check(EntityKind::Place, "Bombay", &["mumbai"]);
        check(EntityKind::Place, "Qqqq", &[]);
        check(EntityKind::Person, "", &[]);
    }

    #[test]
    fn peoples_are_told_from_places() {
        let gazetteer = Gazetteer::load();
        let check = |key, name, expected| assert_eq!(is_demonym(&gazetteer, key, name), expected, "{key} {name}");
        check("ukraine", "ukrainians", true);
        check("south-korea", "South Korean", true);
        check("ukraine", "ukraine", false);
        check("france", "ukrainian", false);
    }
}
