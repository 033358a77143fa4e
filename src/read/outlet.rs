//! Names of papers, agencies and desks, and how they are told from names of people.

/// Agencies whose bare name is a line of credit.
const AGENCIES: &[&str] = &[
    "Reuters",
    "AP",
    "Associated Press",
    "The Associated Press",
    "AFP",
    "Agence France-Presse",
    "UPI",
    "dpa",
    "Xinhua",
    "TASS",
    "Interfax",
    "Bloomberg",
    "PTI",
    "ANI",
    "Kyodo",
    "Yonhap",
    "EFE",
    "ANSA",
    "APA",
    "BBC News",
    "CNN",
    "Ukrinform",
    "Anadolu Agency",
];

/// Words that end or begin the names of publications and never those of people.
const OUTLET_WORDS: &[&str] = &[
    "agency",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mirror",
    "news",
    "observer",
    "post",
    "press",
    "record",
    "register",
    "report",
    "reporter",
    "review",
    "sentinel",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "today",
    "tribune",
    "weekly",
    "wire",
    "world",
];

/// Those of them that are surnames too: "Nikki Sun", "Bill Press".
const SURNAMES: &[&str] = &["post", "press", "star", "sun", "world", "mail", "record"];

/// Words of desks, services and labels beside a text, which no person bears.
const DESK_WORDS: &[&str] = &[
    "bureau",
    "desk",
    "service",
    "staff",
    "team",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "editorial",
    "reporters",
    "writer",
    "writers",
    "newsroom",
    "newsletter",
    "online",
    "media",
    "digital",
    "live",
    "images",
    "photo",
    "photos",
    "photograph",
    "picture",
    "video",
    "network",
    "magazine",
    "radio",
    "television",
    "tv",
    "alerts",
    "alert",
    "briefing",
    "digest",
    "politics",
    "business",
    "sports",
    "sport",
    "opinion",
    "analysis",
    "exclusive",
    "breaking",
    "latest",
    "updates",
    "obituary",
    "obituaries",
    "column",
    "feature",
    "features",
    "section",
    "edition",
    "page",
    "institute",
    "institution",
    "center",
    "centre",
    "council",
    "society",
    "committee",
    "campaign",
    "foundation",
    "association",
    "college",
    "school",
    "university",
    "fund",
    "coalition",
    "alliance",
    "department",
    "ministry",
    "office",
    "project",
    "initiative",
    "group",
    "federation",
    "commission",
    "forum",
    "museum",
    "partnership",
];

/// Whether this is the name of an agency, and nothing else.
pub(crate) fn is_agency(name: &str) -> bool {
    AGENCIES.contains(&name)
}

/// Whether a name is rather a publication's than a person's.
pub(crate) fn names_an_outlet(name: &str) -> bool {
    name.starts_with("The ") || words(name).any(|word| OUTLET_WORDS.contains(&word.as_str()))
}

/// Whether a name is a publication's or an agency's for sure: surnames such as Sun and Post do not tell alone.
pub(crate) fn is_surely_outlet(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    let tells = |word: &str| OUTLET_WORDS.contains(&word) && (n_words > 2 || !SURNAMES.contains(&word));
    is_agency(name) || n_words >= 2 && (name.starts_with("The ") || words(name).any(|word| tells(&word)))
}

/// Whether a word stands in names of papers, desks and services, or in labels, and not in those of people.
pub(crate) fn is_of_a_desk(word: &str) -> bool {
    let word = word.to_lowercase();
    DESK_WORDS.contains(&word.as_str()) || OUTLET_WORDS.contains(&word.as_str()) && !SURNAMES.contains(&word.as_str())
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split_whitespace().map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_told_from_people() {
        for name in ["The Prairie Ledger", "Gallatin Daily Sentinel", "Reuters", "New York Post", "dpa"] {
            assert!(is_surely_outlet(name), "{name}");
        }
        for name in ["Nikki Sun", "Emily Post", "Jane Doe", "Sun"] {
            assert!(!is_surely_outlet(name), "{name}");
        }
    }
}
