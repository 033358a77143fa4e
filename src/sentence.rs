//! What ends a sentence: stops of all scripts, the quotes that close behind them, and the abbreviations
//! whose period ends nothing.
//!
//! Said once for both finders of sentences, which stay apart since they ask in other ways: extraction
//! goes through all tokens of a text, snippets look around a place of a text that may be megabytes long.

/// Bytes of the longest abbreviation: longer words need not be looked up.
pub(crate) const LONGEST_ABBREVIATION: usize = 6;

/// Abbreviations that keep their period wherever they stand. Sorted, like all lists here.
const ABBREVIATIONS: &[&str] = &[
    "Adm", "Amb", "Assn", "Asst", "Ave", "Bhd", "Blvd", "Brig", "Bros", "Capt", "Cllr", "Cmdr", "Co", "Col", "Corp",
    "Cpl", "Cpt", "Ctr", "Dept", "Dr", "Drs", "Esq", "Fr", "Ft", "Gen", "Gov", "Hon", "Hwy", "Inc", "Insp", "Jr", "Lt",
    "Ltd", "Maj", "Messrs", "Mgr", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Mx", "Ph.D", "Plc", "Prof", "Pte",
    "Pty", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "Sr", "St", "Ste", "Supt", "al", "approx", "cf", "dept",
    "e.g", "est", "etc", "i.e", "vs",
];

/// Abbreviations that keep their period before a number ("No. 10", "Jan. 6").
const BEFORE_NUMBERS: &[&str] = &[
    "Apr", "Art", "Aug", "Dec", "Feb", "Fig", "Jan", "Jul", "Jun", "Mar", "No", "Nos", "Nov", "Oct", "Pt", "Sec",
    "Sep", "Sept", "Vol", "ca", "no", "nos", "p", "pp", "vol",
];

/// American states as newspapers shorten them after a city and a comma.
const STATES: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Mass", "Md",
    "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Que", "Tenn", "Tex", "Va", "Vt",
    "Wash", "Wis", "Wyo",
];

/// Whether a sentence ends at this character whatever follows: scripts that set no space behind stops,
/// or whose stop has no other use.
pub(crate) fn is_sure_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '۔' | '؟' | '።')
}

/// Whether this character may end a sentence, which what stands around it decides.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Quotes and brackets that close; right behind a stop they belong to its sentence.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）')
}

/// Whether the word keeps a period that follows it, wherever it stands.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    holds(ABBREVIATIONS, word)
}

/// Whether the word keeps its period before a number.
pub(crate) fn is_abbreviation_before_number(word: &str) -> bool {
    holds(BEFORE_NUMBERS, word)
}

/// Whether the word is a state as newspapers shorten it.
pub(crate) fn is_state_abbreviation(word: &str) -> bool {
    holds(STATES, word)
}

fn holds(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [ABBREVIATIONS, BEFORE_NUMBERS, STATES] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] >= pair[1]));
            assert!(list.iter().all(|abbreviation| abbreviation.len() <= LONGEST_ABBREVIATION));
        }
    }
}
