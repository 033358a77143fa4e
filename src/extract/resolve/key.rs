//! Keys of people: equal for the spellings in which one name comes out of other scripts.
//!
//! Only the key is folded; names are shown as written. The rules, word by word, after case, accents and
//! apostrophes are gone: endings -iy, -yy, -ii, -ij, -yi become -y (Zelenskiy, Zelenskyy: `zelensky`); -ei
//! in given names becomes -ey (Sergei: `sergey`); initial aleks- and maks- become alex- and max-; the article al- or el-
//! before a hyphen goes (`bashar-assad`); and the spellings of a few names that have dozens become one
//! (`SPELLINGS`). Initials in the middle go, unless they tell namesakes apart.

use crate::extract::gazetteer::fold_phrase;

/// Names with many spellings in Latin letters: what to write, then the others. Frequent in news, each
/// checked to be one name.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "gaddafi",
        &[
            "qaddafi", "gadafi", "kadafi", "kaddafi", "khadafi", "qadhafi", "gadhafi", "gathafi", "qadaffi",
            "gaddaffi", "khaddafi", "kadhafi", "gadaffi",
        ],
    ),
    ("muammar", &["moammar", "moamar", "muamar", "moamer"]),
    (
        "mohammed",
        &["mohamed", "muhammad", "mohammad", "mohamad", "muhammed", "mohamud", "mahomed", "mohamet", "muhamad"],
    ),
    ("hussein", &["husain", "hussain", "husayn", "hossein", "hossain", "husein"]),
    ("ahmed", &["ahmad"]),
    ("omar", &["umar"]),
    ("osama", &["usama"]),
    ("yousef", &["youssef", "yusuf", "yousuf", "yusef", "yussuf", "yousif"]),
    ("hassan", &["hasan"]),
    ("qassem", &["qasem", "qasim", "kassem", "kasim", "qassim", "ghasem", "kasem"]),
    ("khaled", &["khalid"]),
    ("saeed", &["said", "saied", "sayeed"]),
    ("abdullah", &["abdallah", "abdulla"]),
    ("abdel", &["abdul", "abd"]),
    ("mahmoud", &["mahmud"]),
    ("mustafa", &["mostafa", "moustafa"]),
    ("yevgeny", &["evgeny", "evgeni", "yevgeni"]),
    ("yekaterina", &["ekaterina"]),
    ("yelena", &["elena"]),
    ("dmitry", &["dmitri", "dimitri", "dimitry"]),
    ("yury", &["yuri", "iurii", "iury"]),
    ("alexander", &["alexandr"]),
    ("tikhanovskaya", &["tsikhanouskaya", "tikhanouskaya"]),
    ("lukashenko", &["lukashenka"]),
    ("erdogan", &["erdoghan"]),
    ("netanyahu", &["netanyahou"]),
    ("khamenei", &["khamenai"]),
    ("laden", &["ladin"]),
];

/// Full names that an initial in the middle tells apart.
const NAMESAKES: &[(&str, &str)] = &[("george", "bush")];

/// Endings of names from Slavic scripts, all written `-y`.
const ENDINGS: [&str; 5] = ["iy", "yy", "ii", "ij", "yi"];

/// Shorter words keep their endings: they are other names ("Ali", "Levi", "Hawaii").
const LEAST_LETTERS_FOR_ENDINGS: usize = 5;

/// The words of a person's name, folded for comparison: no marks, no suffixes such as Jr.
pub(super) fn name_words(surface: &str) -> Vec<String> {
    let folded = fold_phrase(&without_articles(surface));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().map(|(i, word)| fold_word(word, i == 0 && words.len() > 1)).collect()
}

/// Key of a person: of the shortest full name, or of the fullest where only that tells namesakes apart.
pub(super) fn person_key(shortest: &[String], fullest: &[String]) -> String {
    let (Some(first), Some(last)) = (shortest.first(), shortest.last()) else { return String::new() };
    let keeps_initials = NAMESAKES.contains(&(first.as_str(), last.as_str()));
    let words = if keeps_initials { fullest } else { shortest };
    let mut key = String::new();
    for (i, word) in words.iter().enumerate() {
        let is_middle_initial = word.chars().count() == 1 && i > 0 && i + 1 < words.len();
        if is_middle_initial && !keeps_initials {
            continue;
        }
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(word);
    }
    key
}

/// "Bashar al-Assad" without the article, which half of the papers leave out.
fn without_articles(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len());
    for (i, word) in surface.split_whitespace().enumerate() {
        let bare = ["al-", "el-", "Al-", "El-", "ul-", "as-", "ash-", "ar-"]
            .iter()
            .find_map(|article| word.strip_prefix(article));
        if i > 0 {
            out.push(' ');
        }
        let word = bare.filter(|bare| bare.chars().count() > 2).unwrap_or(word);
        // "H.W." is two initials.
        let is_initials = word.len() > 2 && word.split('.').all(|part| part.chars().count() <= 1);
        if is_initials { out.push_str(&word.replace('.', " ")) } else { out.push_str(word) }
    }
    out
}

fn fold_word(word: &str, is_first: bool) -> String {
    let mut word = word.to_owned();
    if word.len() >= LEAST_LETTERS_FOR_ENDINGS && word.is_ascii() {
        if let Some(stem) = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)) {
            word = format!("{stem}y");
        } else if let Some(stem) = word.strip_suffix("ei").filter(|stem| stem.len() > 3 && is_first) {
            word = format!("{stem}ey");
        }
        for (from, to) in [("aleks", "alex"), ("maks", "max")] {
            if let Some(rest) = word.strip_prefix(from) {
                word = format!("{to}{rest}");
            }
        }
    }
    let found = SPELLINGS.iter().find(|(_, others)| others.contains(&word.as_str()));
    found.map_or(word, |(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(surfaces: &[&str], key: &str) {
        for surface in surfaces {
            assert_eq!(person_key(&name_words(surface), &name_words(surface)), key, "{surface}");
        }
    }

    #[test]
    fn spellings_of_one_name_meet() {
        check(
            &["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelenskyi"],
            "volodymyr-zelensky",
        );
        check(&["Muammar Gaddafi", "Moammar Gadhafi", "Muammar al-Qaddafi"], "muammar-gaddafi");
        check(&["Bashar al-Assad", "Bashar Assad", "Bashar el-Assad"], "bashar-assad");
        check(&["Sergei Lavrov", "Sergey Lavrov"], "sergey-lavrov");
        check(&["Donald J. Trump", "Donald Trump"], "donald-trump");
        check(&["Alexei Navalny", "Aleksei Navalny", "Alexey Navalnyy"], "alexey-navalny");
        check(&["Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"], "recep-tayyip-erdogan");
    }

    #[test]
    fn other_names_stay_apart() {
        check(&["George W. Bush"], "george-w-bush");
        check(&["George H. W. Bush", "George H.W. Bush"], "george-h-w-bush");
        check(&["Bill Gates"], "bill-gates");
        check(&["Muhammad Ali"], "mohammed-ali");
        check(&["Jean-Claude Juncker"], "jean-claude-juncker");
        check(&["Roman Polanski"], "roman-polanski");
    }
}
