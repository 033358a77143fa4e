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
}
