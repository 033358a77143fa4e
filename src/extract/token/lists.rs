//! Word lists that decide where a token ends.
//!
//! Small closed classes only; whatever is open-ended belongs to the gazetteer. Every list is sorted,
//! which a test holds true, and searched in place.

/// Bytes of the longest entry of the abbreviation lists: longer words are not looked up.
pub(super) const LONGEST_ABBREVIATION: usize = 6;

/// Abbreviations that keep their period wherever they stand.
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

/// What joins to the end of a name by a hyphen without being part of it.
const SUFFIXES: &[&str] = &[
    "adjacent",
    "aligned",
    "area",
    "based",
    "bashing",
    "bound",
    "dominated",
    "era",
    "friendly",
    "held",
    "in-chief",
    "inspired",
    "language",
    "leaning",
    "led",
    "like",
    "made",
    "majority",
    "only",
    "oriented",
    "owned",
    "run",
    "sized",
    "speaking",
    "specific",
    "style",
    "type",
    "wide",
    "world",
    "year",
];

/// What joins to the front of a name by a hyphen without being part of it.
const PREFIXES: &[&str] = &[
    "all", "anti", "ex", "former", "inter", "intra", "late", "mid", "neo", "non", "now", "once", "over", "post", "pre",
    "pro", "pseudo", "quasi", "self", "semi", "sub", "super", "then", "trans", "under",
];

/// Countries, their peoples, and blocs, as they are joined by hyphens in headlines.
const NATIONS: &[&str] = &[
    "ASEAN",
    "Afghan",
    "Afghanistan",
    "Africa",
    "African",
    "Albania",
    "Albanian",
    "Algeria",
    "Algerian",
    "America",
    "American",
    "Angola",
    "Arab",
    "Argentina",
    "Argentine",
    "Armenia",
    "Armenian",
    "Asia",
    "Asian",
    "Australia",
    "Australian",
    "Austria",
    "Austrian",
    "Azerbaijan",
    "Azerbaijani",
    "Bahrain",
    "Bangladesh",
    "Bangladeshi",
    "Beijing",
    "Belarus",
    "Belarusian",
    "Belgian",
    "Belgium",
    "Bolivia",
    "Bosnian",
    "Brazil",
    "Brazilian",
    "Britain",
    "British",
    "Brussels",
    "Bulgaria",
    "Bulgarian",
    "Cambodia",
    "Cambodian",
    "Cameroon",
    "Canada",
    "Canadian",
    "Chad",
    "Chile",
    "Chilean",
    "China",
    "Chinese",
    "Colombia",
    "Colombian",
    "Congo",
    "Croatia",
    "Croatian",
    "Cuba",
    "Cuban",
    "Cypriot",
    "Cyprus",
    "Czech",
    "Danish",
    "Denmark",
    "Dutch",
    "EU",
    "Ecuador",
    "Egypt",
    "Egyptian",
    "England",
    "English",
    "Eritrea",
    "Estonia",
    "Estonian",
    "Ethiopia",
    "Ethiopian",
    "Europe",
    "European",
    "Finland",
    "Finnish",
    "France",
    "French",
    "Gaza",
    "Georgia",
    "Georgian",
    "German",
    "Germany",
    "Ghana",
    "Greece",
    "Greek",
    "Guatemala",
    "Haiti",
    "Haitian",
    "Hamas",
    "Hezbollah",
    "Honduras",
    "Hungarian",
    "Hungary",
    "Iceland",
    "India",
    "Indian",
    "Indonesia",
    "Indonesian",
    "Iran",
    "Iranian",
    "Iraq",
    "Iraqi",
    "Ireland",
    "Irish",
    "Israel",
    "Israeli",
    "Italian",
    "Italy",
    "Jamaican",
    "Japan",
    "Japanese",
    "Jewish",
    "Jordan",
    "Jordanian",
    "Kazakh",
    "Kazakhstan",
    "Kenya",
    "Kenyan",
    "Korea",
    "Korean",
    "Kosovo",
    "Kurdish",
    "Kuwait",
    "Kyiv",
    "Latvia",
    "Latvian",
    "Lebanese",
    "Lebanon",
    "Liberia",
    "Libya",
    "Libyan",
    "Lithuania",
    "Lithuanian",
    "London",
    "Malaysia",
    "Malaysian",
    "Mali",
    "Mexican",
    "Mexico",
    "Moldova",
    "Moldovan",
    "Mongolia",
    "Moroccan",
    "Morocco",
    "Moscow",
    "Muslim",
    "Myanmar",
    "NATO",
    "Nato",
    "Nepal",
    "Netherlands",
    "Nicaragua",
    "Nigeria",
    "Nigerian",
    "Norway",
    "Norwegian",
    "Oman",
    "Pakistan",
    "Pakistani",
    "Palestine",
    "Palestinian",
    "Panama",
    "Paraguay",
    "Paris",
    "Peru",
    "Peruvian",
    "Philippine",
    "Philippines",
    "Poland",
    "Polish",
    "Portugal",
    "Portuguese",
    "Prussian",
    "Qatar",
    "Qatari",
    "Romania",
    "Romanian",
    "Russia",
    "Russian",
    "Rwanda",
    "Saudi",
    "Scotland",
    "Scottish",
    "Senegal",
    "Serb",
    "Serbia",
    "Serbian",
    "Singapore",
    "Slovak",
    "Slovakia",
    "Slovenia",
    "Slovenian",
    "Somali",
    "Somalia",
    "Soviet",
    "Spain",
    "Spanish",
    "Sudan",
    "Sudanese",
    "Sweden",
    "Swedish",
    "Swiss",
    "Switzerland",
    "Syria",
    "Syrian",
    "Taiwan",
    "Taiwanese",
    "Tanzania",
    "Tehran",
    "Thai",
    "Thailand",
    "Tokyo",
    "Tunisia",
    "Tunisian",
    "Turkey",
    "Turkish",
    "Turkmenistan",
    "U.K.",
    "U.N.",
    "U.S.",
    "UAE",
    "UK",
    "UN",
    "US",
    "USA",
    "Uganda",
    "Ugandan",
    "Ukraine",
    "Ukrainian",
    "Uruguay",
    "Uzbekistan",
    "Venezuela",
    "Venezuelan",
    "Vietnam",
    "Vietnamese",
    "Washington",
    "Yemen",
    "Yemeni",
    "Zambia",
    "Zimbabwe",
];

/// Whether the word keeps a period that follows it, wherever it stands.
pub(super) fn is_abbreviation(word: &str) -> bool {
    holds(ABBREVIATIONS, word)
}

/// Whether the word keeps its period before a number.
pub(super) fn is_abbreviation_before_number(word: &str) -> bool {
    holds(BEFORE_NUMBERS, word)
}

/// Whether the word is a state as newspapers shorten it.
pub(super) fn is_state_abbreviation(word: &str) -> bool {
    holds(STATES, word)
}

/// Whether the word, in lower case after a capitalised part and a hyphen, is not part of the name.
pub(super) fn is_compound_suffix(word: &str) -> bool {
    // Participles are open-ended ("Kremlin-backed"); names such as "Jong-un" do not end like them.
    (word.len() > 3 && word.ends_with("ed")) || holds(SUFFIXES, word)
}

/// Whether the word before a hyphen and a capitalised part is not part of the name.
pub(super) fn is_compound_prefix(word: &str) -> bool {
    let mut lower = [0; 8];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower[..1].make_ascii_lowercase();
    PREFIXES.binary_search_by(|prefix| prefix.as_bytes().cmp(lower)).is_ok()
}

/// Whether the word is a country, a people or a bloc that headlines join by hyphens.
pub(super) fn is_nation(word: &str) -> bool {
    NATIONS.binary_search_by(|nation| nation.as_bytes().cmp(word.as_bytes())).is_ok()
}

fn holds(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [ABBREVIATIONS, BEFORE_NUMBERS, STATES, SUFFIXES, PREFIXES, NATIONS] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] >= pair[1]));
        }
        assert!(ABBREVIATIONS.iter().chain(BEFORE_NUMBERS).chain(STATES).all(|a| a.len() <= LONGEST_ABBREVIATION));
    }
}
