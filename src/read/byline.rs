//! Names of authors, out of the ways in which news prints and stores them.

mod bare;
mod inverted;
mod label;
mod list;
mod role;

use std::borrow::Cow;

use super::date::{DayMonthOrder, is_month_name, parse_date_only};
use super::outlet::{is_agency, is_of_a_desk, is_surely_outlet};
use super::prose::one_line;

use self::inverted::in_order;
use self::label::{
    is_labelled_of_others, opened, without_label, without_openings, without_place_before, without_press,
};
use self::list::{Joint, Named, parts};
use self::role::without_role;

pub(crate) use self::bare::{Tail, bare_byline};
pub(crate) use self::inverted::{first_name_first, is_of_a_paper};
pub(crate) use self::label::is_opening;
pub(crate) use self::role::{is_part_of_role, is_role, is_role_line};

/// A longer name is a sentence about the author.
const MAX_NAME_CHARS: usize = 60;

/// A name has at most so many words: "María del Carmen de la Cruz y Fernández Ruiz".
const MAX_NAME_WORDS: usize = 8;

/// Splits a byline into names, in order, without "By", roles, places, papers, addresses and repetitions.
pub(crate) fn names(byline: &str) -> Vec<String> {
    let is_address = |word: &&str| word.contains("://") || word.contains("www.") || word.contains('@');
    let line = one_line(byline);
    let line = line.split(' ').filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ");
    let rest = without_openings(&line);
    // Printed bylines have first names first.
    let in_order = if rest.len() == line.len() { in_order(rest) } else { Cow::Borrowed(rest) };
    let rest = without_place_before(&in_order);
    // What follows a bar, a bullet or a dash with spaces is a date, an outlet, a role.
    let end =
        [" | ", " • ", " · ", " — ", " – ", " - ", "|", "•", " on "].iter().filter_map(|mark| rest.find(mark)).min();
    let rest = without_date(&rest[..end.unwrap_or(rest.len())]);
    let mut named = Named::default();
    for (joint, part) in parts(rest) {
        let name = trimmed(part);
        if is_credit_of_others(name) || is_labelled_of_others(name) {
            continue;
        }
        let name = without_press(trimmed(strip_brackets(without_label(name))));
        // "James E. Moe, Moe, a pilot in Bergen": what is said of one who was named is no other.
        if name.starts_with("a ") || name.starts_with("an ") || named.has_end(name) {
            continue;
        }
        let name = without_place(name);
        let name = match without_role(name) {
            Some(person) => person,
            None if is_role(name) || named.first().is_some() && is_part_of_role(name) => continue,
            None => name,
        };
        let follows = joint == Joint::Comma
            && named.first().is_some_and(|first| is_no_name_beside(name, first) || begins_small(name, first));
        if !follows && is_name(name) {
            named.add(name);
        }
    }
    named.into_names()
}

/// Whether a text is the name of a person and nothing else, as far as its words tell.
pub(crate) fn is_bare_name(name: &str) -> bool {
    matches!(bare_byline(name), Some((names, Tail::Nothing)) if names.len() == 1 && names[0] == name)
}

/// The paper or agency that a byline names beside people: "By Jane Doe, The Paper".
pub(crate) fn outlet_of_line(line: &str) -> Option<String> {
    let mut parts = line.split([',', '|']).skip(1).map(str::trim);
    // "markets reporter" holds the word of a paper.
    let is_outlet = |part: &&str| is_agency(part) || is_surely_outlet(part) && !is_role(part);
    parts.find(is_outlet).map(str::to_owned)
}

/// The byline in a line of text, if the whole line is one: "By Jane Doe and John Roe, Staff Writers".
pub(crate) fn names_of_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    opened(line)?;
    if line.chars().count() > 120 || line.ends_with(['.', '!', '?', '。']) && !ends_as_names_do(line) {
        return None;
    }
    // "By the Numbers" is a heading.
    let names = names(line);
    let is_each_named = names.iter().all(|name| {
        !name.eq_ignore_ascii_case("the numbers")
            && name.split_whitespace().all(|word| {
                !word.starts_with(char::is_lowercase) || is_particle(word) || matches!(word, "of" | "for" | "the")
            })
    });
    (!names.is_empty() && is_each_named).then_some(names)
}

/// "By John Roe Jr.", "at 4:12 p.m."
fn ends_as_names_do(line: &str) -> bool {
    ["Jr.", "Sr.", " p.m.", " a.m."].iter().any(|end| line.ends_with(end))
}

/// Small words inside of names.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "le"
            | "al"
            | "bin"
            | "ibn"
            | "el"
            | "y"
            | "dos"
            | "do"
            | "ter"
            | "ten"
            | "zu"
    )
}

/// Whether `name` is written as people's names are: two to five words, all of them capitalised.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        let is_capital = word.chars().next().is_some_and(char::is_uppercase) || word.starts_with("al-");
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'');
        is_particle(word) || is_capital && word.chars().all(is_letter)
    };
    (2..=5).contains(&words.len())
        && words.iter().all(is_word)
        && words.iter().filter(|word| !is_particle(word)).count() >= 2
        && !words.iter().any(|word| is_of_a_desk(word))
}

/// "Jane Doe Published March 5, 2024" is Jane Doe.
fn without_date(line: &str) -> &str {
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return line;
    }
    let begins_date = |at: &usize| parse_date_only(&line[*at..], DayMonthOrder::default()).is_some();
    let ends = line.match_indices(' ').map(|(at, _)| at).skip(1);
    ends.take(MAX_NAME_WORDS).find(begins_date).map_or(line, |at| &line[..at])
}

/// "Jane Doe in Moscow" and "Jane Doe for The Paper" are Jane Doe.
fn without_place(name: &str) -> &str {
    for mark in [" in ", " at ", " for ", " à ", " IN ", " AT ", " FOR "] {
        if let Some((person, place)) = name.split_once(mark)
            && is_person(person)
            && !person.starts_with("The ")
            && place.starts_with(char::is_uppercase)
        {
            return person;
        }
    }
    name
}

/// Behind a comma stand, beside names, the paper and the place: "Jane Doe, The Paper, MEXICO CITY".
fn is_no_name_beside(part: &str, first: &str) -> bool {
    let is_upper = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let is_cased = |text: &str| text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let is_one_word = !part.contains(' ') && part.starts_with(char::is_uppercase);
    is_surely_outlet(part)
        || is_cased(part) && is_upper(part) && !is_upper(first)
        || is_one_word && first.contains(' ') && !first.contains(|c: char| c.is_ascii_digit())
}

/// "Marie Dupont, à Paris": names begin with capitals, as the first one does, or with particles.
fn begins_small(part: &str, first: &str) -> bool {
    let word = part.split([' ', '-', '\'', '’']).next().unwrap_or("");
    let has_elision = part[word.len()..].starts_with(['\'', '’']);
    part.starts_with(char::is_lowercase) && first.starts_with(char::is_uppercase) && !is_particle(word) && !has_elision
}

/// Who edited and who took the pictures did not write.
fn is_credit_of_others(part: &str) -> bool {
    const OPENINGS: [&str; 6] =
        ["editing by ", "edited by ", "photos by ", "photographs by ", "graphics by ", "video by "];
    let lower = part.to_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '"' | '*' | '[' | ']'))
}

/// "Jane Doe (Kyiv)" is Jane Doe.
fn strip_brackets(name: &str) -> &str {
    match name.find(['(', '[', '<']) {
        Some(0) | None => name,
        Some(at) => name[..at].trim_end(),
    }
}

fn is_name(name: &str) -> bool {
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    n_letters >= 2
        && n_digits <= n_letters
        && n_digits <= 4
        && !(n_digits > 0 && name.split(|c: char| !c.is_alphabetic()).any(is_month_name))
        && name.chars().count() <= MAX_NAME_CHARS
        && name.split_whitespace().count() <= MAX_NAME_WORDS
        && !lower.contains("http")
        && !lower.contains("www.")
        && !name.contains(['@', '{', '}', '<', '>', '=', '_'])
        && !matches!(
            lower.as_str(),
            "admin"
                | "administrator"
                | "author"
                | "unknown"
                | "none"
                | "null"
                | "guest"
                | "by"
                | "anonymous"
                | "n/a"
                | "undefined"
                | "staff"
                | "editor"
                | "default"
                | "webmaster"
                | "root"
                | "user"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(names(byline), expected);
    }

    #[test]
    fn bylines_become_names() {
        check("By Jane Doe", &["Jane Doe"]);
        check("BY JANE DOE AND JOHN ROE", &["JANE DOE", "JOHN ROE"]);
        check("by  Jane Doe and John Roe", &["Jane Doe", "John Roe"]);
        check("Jane Doe, John Roe & Ann Poe", &["Jane Doe", "John Roe", "Ann Poe"]);
        check("Jane Doe, Staff Writer", &["Jane Doe"]);
        check("Written by: Jane Doe, PhD | May 3, 2024", &["Jane Doe"]);
        check("Byron Smith", &["Byron Smith"]);
        check("Jane Doe (Kyiv), Reuters", &["Jane Doe"]);
        check("Jane Doe, Jane Doe", &["Jane Doe"]);
        check("By James E. Moe , Moe, a pilot in Bergen", &["James E. Moe"]);
        check("Ana Moe, Anna Lie", &["Ana Moe", "Anna Lie"]);
        check("https://example.org/jane", &[]);
        check("admin", &[]);
        check("", &[]);
    }

    #[test]
    fn catalogues_put_the_last_name_first() {
        check("Patel, Priya; Jones, Tom", &["Priya Patel", "Tom Jones"]);
        check("van der Berg, Jan; De Vries, Els", &["Jan van der Berg", "Els De Vries"]);
        check("Patel, Priya", &["Priya Patel"]);
        check("By Patel, Jones", &["Patel", "Jones"]);
        check("Jane Doe, Politico", &["Jane Doe"]);
    }

    #[test]
    fn roles_need_no_comma() {
        check("By Ann Poe Staff Writer", &["Ann Poe"]);
        check("Jane Doe Political Editor", &["Jane Doe"]);
        check("Jane Doe BBC political correspondent", &["Jane Doe"]);
        check("Sam Lee, Ann Poe\nStaff Writers", &["Sam Lee", "Ann Poe"]);
        check("Ann Poe, Science and Technology Editor", &["Ann Poe"]);
        check("Daily Mail Reporter", &[]);
        check("Our Special Correspondent", &[]);
        check("Business Editor", &[]);
    }

    #[test]
    fn names_are_joined_in_many_languages() {
        check("Marie Dupont et Jean Martin", &["Marie Dupont", "Jean Martin"]);
        check("María López y Juan Pérez", &["María López", "Juan Pérez"]);
        check("Anna Rossi e Luca Bianchi", &["Anna Rossi", "Luca Bianchi"]);
        check("Kari Berg og Ola Moe", &["Kari Berg", "Ola Moe"]);
        check("Jan Jansen en Piet de Vries", &["Jan Jansen", "Piet de Vries"]);
        check("Juan Pérez en Nueva York", &["Juan Pérez en Nueva York"]);
        check("Santiago Ramón y Cajal", &["Santiago Ramón y Cajal"]);
        check("Artur da Costa e Silva", &["Artur da Costa e Silva"]);
        check("Jane Doe. Additional reporting by John Roe", &["Jane Doe", "John Roe"]);
        check("Additional reporting by John Roe", &["John Roe"]);
        check("Jane Doe; editing by John Roe", &["Jane Doe"]);
    }

    #[test]
    fn places_papers_and_days_are_no_names() {
        check("Andrew Roth in Moscow and Jane Doe in Kyiv", &["Andrew Roth", "Jane Doe"]);
        check("Jane Doe for The Paper", &["Jane Doe"]);
        check("Jane Doe, The Prairie Ledger", &["Jane Doe"]);
        check("Jane Doe, MEXICO CITY", &["Jane Doe"]);
        check("Jane Doe, Dover", &["Jane Doe"]);
        check("Jane Doe Published March 5, 2024 at 4:12 p.m.", &["Jane Doe"]);
        check("International Institute for Strategic Studies", &["International Institute for Strategic Studies"]);
        check("The Prairie Ledger", &["The Prairie Ledger"]);
        check("[[Sam Lee]]", &["Sam Lee"]);
    }

    #[test]
    fn labels_and_roles_of_many_languages_are_no_names() {
        check("作者：张三", &["张三"]);
        check("记者 张三", &["张三"]);
        check("本报记者张三", &["张三"]);
        check("홍길동 기자", &["홍길동"]);
        check("홍길동·김철수 기자", &["홍길동", "김철수"]);
        check("山田太郎、鈴木花子", &["山田太郎", "鈴木花子"]);
        check("山田太郎・鈴木花子記者", &["山田太郎", "鈴木花子"]);
        check("ジョン・スミス", &["ジョン・スミス"]);
        check("约翰·史密斯，李四", &["约翰·史密斯", "李四"]);
        check("أحمد علي، محمد حسن", &["أحمد علي", "محمد حسن"]);
        check("Penulis: Budi Santoso", &["Budi Santoso"]);
        check("Text: Anna Müller, Foto: Jan Voß", &["Anna Müller"]);
        check("מאת: דני כהן", &["דני כהן"]);
        check("लेखक: राम कुमार", &["राम कुमार"]);
        check("Yazar: Ayşe Yılmaz", &["Ayşe Yılmaz"]);
        check("Szerző: Nagy Anna", &["Nagy Anna"]);
        check("Συντάκτης: Μαρία Παππά", &["Μαρία Παππά"]);
        check("القاهرة - أحمد علي", &["أحمد علي"]);
        check("أحمد علي - القاهرة", &["أحمد علي"]);
        check("Par Marie Dupont, à Paris", &["Marie Dupont"]);
        check("Par Marie Dupont à Paris", &["Marie Dupont"]);
        check("Anna Rossi, d'Angelo Luca", &["Anna Rossi", "d'Angelo Luca"]);
        check("Oleh Petrenko", &["Oleh Petrenko"]);
        check("Jane Doe, van Dyke Anne, al-Sabri Nadia", &["Jane Doe", "van Dyke Anne", "al-Sabri Nadia"]);
        check("jane doe, john roe", &["jane doe", "john roe"]);
        check("기자", &[]);
    }

    #[test]
    fn lines_of_many_languages_are_bylines() {
        for (line, names) in [
            ("Door Jan Jansen", "Jan Jansen"),
            ("Di Anna Rossi", "Anna Rossi"),
            ("Av Kari Berg og Ola Moe", "Kari Berg & Ola Moe"),
            ("Autor: Jan Novák", "Jan Novák"),
            ("Автор: Иван Петров", "Иван Петров"),
            ("Text: Anna Müller", "Anna Müller"),
            ("作者：张三、李四", "张三 & 李四"),
            ("홍길동 기자", "홍길동"),
            ("بقلم: أحمد علي", "أحمد علي"),
            ("بقلم أحمد علي", "أحمد علي"),
            ("כתב/מאת: דני כהן", "דני כהן"),
        ] {
            assert_eq!(names_of_line(line).map(|names| names.join(" & ")).as_deref(), Some(names), "{line}");
        }
        for line in [
            "Door County Fair Opens",
            "Door to door",
            "Di Roma e Milano",
            "Di Anna Rossi, che ha visto",
            "Di tutto un po'",
            "AV Club",
            "Text: what the law says",
            "Autor: neznámý",
            "作者：他在书中写道今年的收成比去年好得多",
            "기자",
            "기자회견을 열었다",
            "현장을 지킨 기자",
            "記者会見を開く",
            "戦場を撮った記者",
            "بقلم أحمد علي الذي كتب كثيرا عن المدينة",
            "Foto: Jan Voß",
            "Talks: John Roe Leads",
        ] {
            assert_eq!(names_of_line(line), None, "{line}");
        }
    }

    #[test]
    fn only_bylines_are_byline_lines() {
        assert_eq!(names_of_line("By Jane Doe"), Some(vec!["Jane Doe".to_owned()]));
        assert_eq!(names_of_line("By Friday the talks had ended."), None);
        assert_eq!(names_of_line("By the Numbers"), None);
        assert_eq!(names_of_line("By The Numbers"), None);
        assert_eq!(names_of_line("Von Anna Müller und Jan Voß, dpa").map(|names| names.len()), Some(2));
        assert_eq!(names_of_line("By contrast, nothing changed"), None);
        assert_eq!(names_of_line("Jane Doe"), None);
    }
}
