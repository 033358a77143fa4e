//! Given names, family names, and how often words are written in lower case: one table, by folded word.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use dateline::extract::gazetteer::{fold_phrase, word_bits};

pub(crate) struct People {
    bits: BTreeMap<String, u64>,
}

impl People {
    pub(crate) fn read(input: &Path, lists: &Path) -> Result<Self, Box<dyn Error>> {
        let mut bits: BTreeMap<String, u64> = BTreeMap::new();
        let mut add = |word: &str, flags: u64| {
            let word = fold_phrase(word);
            if !word.is_empty() && !word.contains(' ') {
                *bits.entry(word).or_default() |= flags;
            }
        };
        for row in crate::rows(&input.join("people.tsv"), 2)? {
            let flag = |c: char| match c {
                'g' => word_bits::GIVEN,
                'l' => word_bits::FAMILY,
                'm' => word_bits::MALE,
                'f' => word_bits::FEMALE,
                _ => 0,
            };
            add(&row[0], row[1].chars().map(flag).sum());
        }
        for line in fs::read_to_string(lists.join("people.txt"))?.lines() {
            let Some((class, names)) = line.split_once(": ") else { continue };
            let flags = match class {
                "given_m" => word_bits::GIVEN | word_bits::MALE | word_bits::KNOWN,
                "given_f" => word_bits::GIVEN | word_bits::FEMALE | word_bits::KNOWN,
                "family" => word_bits::FAMILY | word_bits::KNOWN,
                _ => continue,
            };
            names.split_whitespace().for_each(|name| add(name, flags));
        }
        for row in crate::rows(&input.join("words.tsv"), 3)? {
            let n_seen: u64 = row[1].parse()?;
            let share: u64 = row[2].parse()?;
            // A name that is now and then written small is still a name.
            let word = fold_phrase(&row[0]);
            if !word.is_empty() && !word.contains(' ') {
                *bits.entry(word).or_default() |=
                    share << word_bits::SHARE_SHIFT | u64::from(n_seen.ilog2()) << word_bits::SEEN_SHIFT;
            }
        }
        Ok(Self { bits })
    }

    pub(crate) fn of(&self, folded: &str) -> u64 {
        self.bits.get(folded).copied().unwrap_or(0)
    }

    pub(crate) fn table(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut builder = fst::MapBuilder::memory();
        for (word, &bits) in &self.bits {
            builder.insert(word, bits)?;
        }
        Ok(builder.into_inner()?)
    }
}
