//! Counted nouns that mean one thing in news: who asks for `deaths>=100` wants "112 dead" too.
//!
//! Few and evident groups only; words that differ in meaning (migrants and refugees, wounded and casualties)
//! stay apart. A query shows what it adds, and `=` before a noun leaves it out: `=deaths>=100`.

/// Lemmas that are found together, the one that stands for all first.
const GROUPS: &[&[&str]] = &[
    &["death", "dead", "killed", "died", "fatality", "toll", "deceased"],
    &["injured", "wounded", "hurt", "injury"],
    &["arrest", "arrested", "detained", "detainee"],
    &["missing", "unaccounted"],
    &["layoff", "redundancy"],
    &["evacuee", "evacuated", "rescued"],
    &["hospitalised", "hospitalized", "hospitalisation", "hospitalization"],
    &["soldier", "troop", "serviceman", "servicewoman"],
    &["home", "house"],
    &["earthquake", "quake"],
    &["hostage", "captive"],
    &["child", "kid"],
];

/// The nouns that mean the same as this one, itself among them; itself alone where there are none.
pub fn alike(noun: &str) -> Vec<&str> {
    match group(noun) {
        Some(group) => group.to_vec(),
        None => vec![noun],
    }
}

/// The noun that stands for all that mean the same: `death` for `killed`.
pub fn representative(noun: &str) -> &str {
    group(noun).map_or(noun, |group| group[0])
}

fn group(noun: &str) -> Option<&'static [&'static str]> {
    GROUPS.iter().copied().find(|group| group.contains(&noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_is_in_one_group_at_most() {
        let mut all: Vec<&str> = GROUPS.iter().flat_map(|group| group.iter().copied()).collect();
        let n_all = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n_all);
    }

    #[test]
    fn nouns_of_one_meaning_stand_together() {
        assert!(alike("killed").contains(&"death"));
        assert_eq!(representative("fatality"), "death");
        assert_eq!(alike("migrant"), ["migrant"]);
        assert_eq!(representative("migrant"), "migrant");
    }
}
