//! Organisations that news names often, with their acronyms and other names.

use std::collections::BTreeMap;

use crate::extract::gazetteer::{fold_phrase, longest_match};
use crate::extract::token::Token;

pub(super) static LIST: &str = include_str!("lists/orgs.txt");

/// Stands for the name in the entry of things that are no organisations.
const NOT_OURS: &str = "-";

/// The list of organisations.
pub(crate) struct Orgs {
    names: Vec<&'static str>,
    /// Names of one word, as written.
    written: std::collections::HashSet<&'static str, foldhash::fast::FixedState>,
    by_name: fst::Map<Vec<u8>>,
}

impl Orgs {
    pub(super) fn new() -> Self {
        let mut names = Vec::new();
        let mut written = std::collections::HashSet::default();
        let mut by_name = BTreeMap::new();
        for line in LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            written.extend(line.split('|').map(str::trim).filter(|form| !form.contains(' ')));
            let mut forms = line.split('|').map(str::trim);
            let Some(name) = forms.next() else { continue };
            let org = names.len() as u64;
            names.push(name);
            for form in std::iter::once(name).filter(|&name| name != NOT_OURS).chain(forms) {
                let folded = fold_phrase(form);
                if let Some(bare) = folded.strip_prefix("the ").filter(|bare| bare.contains(' ')) {
                    by_name.entry(bare.to_owned()).or_insert(org);
                }
                by_name.entry(folded).or_insert(org);
            }
        }
        let by_name = fst::Map::from_iter(by_name).expect("a sorted map gives sorted keys");
        let by_name = fst::Map::new(by_name.into_fst().into_inner()).expect("a map just built is whole");
        Self { names, written, by_name }
    }

    /// Longest known name from a token: one past its last token, and the organisation.
    pub(crate) fn match_at(&self, text: &str, tokens: &[Token], first: usize, end: usize) -> Option<(usize, u64)> {
        let found = longest_match(&self.by_name, text, tokens, first, end, |_, _| true)?;
        Some((found.end_token, found.value))
    }

    /// Whether a word is written as a known name is: "WHO", not "Who".
    pub(crate) fn is_written(&self, word: &str) -> bool {
        self.written.contains(word)
    }

    /// The organisation of a folded name.
    pub(crate) fn named(&self, folded: &str) -> Option<u64> {
        self.by_name.get(folded)
    }

    /// Whether the entry says that its names are none of ours: events, prizes, works.
    pub(crate) fn is_not_ours(&self, org: u64) -> bool {
        self.names[org as usize] == NOT_OURS
    }

    /// Name to show.
    pub(crate) fn name(&self, org: u64) -> &'static str {
        self.names[org as usize]
    }
}

impl std::fmt::Debug for Orgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Orgs({})", self.names.len())
    }
}
