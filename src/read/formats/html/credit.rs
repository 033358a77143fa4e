//! The lines between headline and text that say who wrote when: "By Jane Doe | 3 May 2024 | Updated 4 May 2024".

use crate::article::PublicationDate;
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};

/// A longer line is prose.
pub(super) const MAX_CREDIT_BYTES: usize = 200;

/// Beginnings of words that stand before the date of publication, in lower case.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "submitted",
    "publié",
    "publiée",
    "publicado",
    "publicada",
    "publicat",
    "pubblicat",
    "veröffentlicht",
    "erstellt",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publisert",
    "udgivet",
    "offentliggjort",
    "julkaistu",
    "opublikowan",
    "publikováno",
    "опубликован",
    "опубліков",
];

/// Beginnings of words that stand before the date of a change.
const UPDATED: &[&str] = &[
    "updat",
    "modif",
    "corrected",
    "revised",
    "actuali",
    "atualiz",
    "aggiorn",
    "aktualis",
    "aktualiz",
    "zaktualiz",
    "geändert",
    "bijgewerkt",
    "gewijzigd",
    "uppdater",
    "oppdatert",
    "opdater",
    "päivitetty",
    "обновл",
    "изменен",
    "оновлен",
    "güncelle",
    "تحديث",
    "עודכן",
    "ενημ",
    "अपडेट",
    "frissít",
    "diperbarui",
    "수정",
];

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// The line says that it was published then.
    Published,
    /// The line does not say.
    Unsaid,
    /// The line says that it was changed then.
    Updated,
}

/// The date in a line that likeliest is the day of publication, and what the line calls it.
pub(super) fn date_in(line: &str, order: DayMonthOrder) -> Option<(Label, PublicationDate)> {
    if line.len() > MAX_CREDIT_BYTES || !line.chars().any(char::is_numeric) {
        return None;
    }
    let mut clauses = vec![(Label::Unsaid, String::new())];
    for word in line.split_whitespace() {
        match label_of(word) {
            Some(label) => clauses.push((label, word.to_owned())),
            None => {
                let (_, clause) = clauses.last_mut()?;
                clause.push(' ');
                clause.push_str(word);
            }
        }
    }
    // A part of a line is short enough where the whole is not.
    let parse = |clause: &str| {
        let parts =
            || clause.split(['|', '•', '·']).find_map(|part| parse_date(part, order).filter(PublicationDate::has_day));
        parse_date(clause, order).filter(PublicationDate::has_day).or_else(parts)
    };
    let dated = clauses.iter().filter_map(|(label, clause)| Some((*label, parse(clause)?)));
    dated.reduce(|best, next| if next.0 < best.0 { next } else { best })
}

/// What a word says of the date after it.
pub(super) fn label_of(word: &str) -> Option<Label> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    match () {
        () if begins(PUBLISHED) => Some(Label::Published),
        // "Mis à jour".
        () if begins(UPDATED) || word == "jour" => Some(Label::Updated),
        () => None,
    }
}

/// Words in small letters that a line of names and dates may hold besides; a sentence holds more.
const MAX_SMALL_WORDS: usize = 4;

/// Whether a line is nothing but names and dates.
pub(super) fn is_credit(line: &str) -> bool {
    let line = line.trim();
    let Some((label, _)) = date_in(line, DayMonthOrder::DayFirst) else { return false };
    if parse_date_only(line, DayMonthOrder::DayFirst).is_some() {
        return true;
    }
    let last = line.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let is_short_form = matches!(last.as_str(), "min." | "mins." | "a.m." | "p.m." | "jr." | "sr." | "u.s.");
    let is_sentence = line.ends_with(['.', '!', '?', '。']) && !is_short_form;
    let n_small = line.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let has_mark = label != Label::Unsaid || [" | ", " • ", " · ", " — "].iter().any(|mark| line.contains(mark));
    !is_sentence && n_small <= if has_mark { MAX_SMALL_WORDS * 2 } else { MAX_SMALL_WORDS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = date_in(line, DayMonthOrder::DayFirst);
        assert_eq!(found.map(|(_, date)| date.to_string()).unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn publication_goes_before_change() {
        check("By Jane Doe | March 14, 2024 | 5 min read", "2024-03-14");
        check("Last updated: 1 May 2024 | First published: 14 March 2024", "2024-03-14");
        check("Updated 15 March 2024, first published 14 March 2024", "2024-03-14");
        check("14 March 2024 (updated 15 March 2024)", "2024-03-14");
        check("Publié le 14 mars 2024 à 11h30, mis à jour le 15 mars 2024 à 15h02", "2024-03-14T11:30:00");
        check("Updated 15 March 2024", "2024-03-15");
        check("The 14 days of March", "");
    }

    #[test]
    fn credits_are_told_from_sentences() {
        for line in [
            "Jane Doe, Political Editor | 14 March 2024 | Updated 15 March 2024",
            "Jane Doe and John Roe for the Marwick Echo, March 14, 2024",
            "Thursday, March 14, 2024 at 5:30 a.m. | Last modified March 15, 2024",
            "Madrid, 14 de marzo de 2024",
        ] {
            assert!(is_credit(line), "{line}");
        }
        for line in [
            "The bridge was closed on 14 March 2024.",
            "What the flood of 14 March 2024 has done to the people of the town",
            "Jane Doe and John Roe",
        ] {
            assert!(!is_credit(line), "{line}");
        }
    }
}
