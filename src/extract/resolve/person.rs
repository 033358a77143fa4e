//! People: names in full first, then short forms by surname, given name and recency.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Gazetteer, Gender};
use crate::extract::resolve::key::{name_words, person_key};
use crate::extract::resolve::{Draft, Why, reason, surface};
use crate::extract::tagged::{Document, Tagged};
use crate::extraction::Reason;
use crate::mention::Kind;

/// Most people considered for a word of a name: in lists of thousands of names nobody is told apart by
/// their surname.
const MOST_NAMESAKES: usize = 16;

/// Most tokens between a name and another: ", who is also known as ".
const MOST_WORDS_OF_ALIAS: usize = 6;

/// A person of the article.
#[derive(Debug)]
struct Person {
    /// Folded words of the fullest name seen.
    words: Vec<String>,
    /// Words of the shortest name in full: with or without a middle name, the key is the same.
    key_words: Vec<String>,
    /// Full names as written, how often, in order of appearance.
    names: Vec<(String, usize)>,
    gender: Option<Gender>,
    /// Position of the last mention so far.
    last_seen: Option<usize>,
    /// Of whom the article says that this is another name.
    is_also: Option<usize>,
}

#[derive(Default)]
struct People {
    all: Vec<Person>,
    /// Any word of a name to the people who have it, in order of appearance.
    by_word: HashMap<String, Vec<usize>, FixedState>,
}

pub(super) fn resolve(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    tagged: &[Tagged],
    drafts: &mut [Option<Draft>],
    why: &mut Why,
) {
    let mut people = People::default();
    let mut who: Vec<Option<usize>> = vec![None; tagged.len()];
    let mut names: Vec<Option<(Vec<String>, String)>> = vec![None; tagged.len()];
    for (i, mention) in tagged.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Person) {
        let surface = surface(document, mention);
        let words = name_words(&surface);
        if words.is_empty() {
            continue;
        }
        if is_full(&words, &surface, gazetteer) {
            who[i] = Some(people.full(&words, &surface, gazetteer));
        }
        names[i] = Some((words, surface));
    }
    for (i, j) in aliases(document, tagged) {
        if let (Some(person), Some((words, _))) = (who[i], &names[j]) {
            people.also(person, who[j], words);
        }
    }
    let meant = people.join_names(gazetteer);
    for (i, mention) in tagged.iter().enumerate() {
        let Some((words, surface)) = &names[i] else { continue };
        who[i] = who[i].map(|person| meant[person]);
        let gender = honorific_gender(document, gazetteer, mention);
        let person = match who[i] {
            Some(person) => person,
            None => (people.short(words, gender).or_else(|| people.nicknamed(words, gazetteer)))
                .unwrap_or_else(|| people.push(words, surface, None)),
        };
        let found = &mut people.all[person];
        found.last_seen = Some(i);
        found.gender = found.gender.or(gender);
        who[i] = Some(person);
    }
    if let Some(why) = why {
        for (i, reason) in why.iter_mut().enumerate() {
            if let (Some(person), Some((words, surface))) = (who[i], &names[i]) {
                let gender = honorific_gender(document, gazetteer, &tagged[i]);
                *reason = Some(people.reason(person, words, surface, gender, gazetteer));
            }
        }
    }
    for (i, draft) in drafts.iter_mut().enumerate() {
        let Some(person) = who[i].map(|person| &people.all[person]) else { continue };
        let key = person_key(&person.key_words, &person.words);
        *draft = Some(Draft { kind: Kind::Person, key, name: person.shown().to_owned(), place: None });
    }
}

/// Whether a name has a given name and a surname, so that it can stand for itself.
fn is_full(words: &[String], surface: &str, gazetteer: &Gazetteer) -> bool {
    let first = surface.split_whitespace().next().unwrap_or_default();
    let is_particle = gazetteer.words.classes(&first.to_lowercase()).has(Class::Particle) && first.len() > 2;
    let is_particle = is_particle || first.starts_with(char::is_lowercase);
    words.len() > 1 && surface.contains(' ') && !is_particle
}

/// Pairs of mentions of which the second is another name of the first: "Kim Beom-su, also known as Brian Kim".
fn aliases(document: &Document<'_>, tagged: &[Tagged]) -> Vec<(usize, usize)> {
    let is_alias = |one: &Tagged, other: &Tagged| {
        let n_between = other.first_token.saturating_sub(one.end_token);
        if one.kind != Kind::Person || other.kind != Kind::Person || !(1..=MOST_WORDS_OF_ALIAS).contains(&n_between) {
            return false;
        }
        let mut words = (one.end_token..other.first_token).rev().map(|token| document.word(token));
        let last = words.find(|word| word.starts_with(char::is_alphanumeric)).unwrap_or_default();
        let before = words.next().unwrap_or_default();
        let opens = matches!(document.word(one.end_token), "," | "(" | "alias" | "aka" | "nicknamed");
        opens && (matches!(last, "alias" | "aka" | "nicknamed") || last == "as" && before == "known")
    };
    let pairs = tagged.windows(2).enumerate().filter(|(_, pair)| is_alias(&pair[0], &pair[1]));
    pairs.map(|(i, _)| (i, i + 1)).collect()
}

impl People {
    /// Another name of a person, and who was taken for the bearer of it, if it is a name in full.
    fn also(&mut self, person: usize, other: Option<usize>, words: &[String]) {
        match other {
            Some(other) if other != person => self.all[other].is_also = Some(person),
            Some(_) => {}
            None => self.index(person, words),
        }
    }

    /// The person of a full name: one seen before whose name agrees, or a new one.
    fn full(&mut self, words: &[String], surface: &str, gazetteer: &Gazetteer) -> usize {
        let last = without_suffix(words).last().expect("a full name has words");
        let known = self.by_word.get(last).map_or(&[][..], Vec::as_slice);
        let found = known.iter().rev().copied().find(|&person| agree(&self.all[person].words, words, gazetteer));
        let Some(person) = found else {
            // "Lee Ka-yan" has her surname first, which says nothing of her.
            let is_surname_first = words.len() > 1
                && !words[0].contains('-')
                && surface.split(' ').skip(1).any(|word| word.contains('-'))
                && gazetteer.words.facts(&words[0]).is_family();
            let gender = gazetteer.words.facts(&words[0]).gender().filter(|_| !is_surname_first);
            return self.push(words, surface, gender);
        };
        if words.len() > self.all[person].words.len() || self.all[person].words[0].len() == 1 {
            self.index(person, words);
            self.all[person].words = words.to_vec();
        }
        let found = &mut self.all[person];
        let is_initial = |words: &[String]| words[0].len() == 1;
        let is_shorter = words.len() < found.key_words.len() && !is_initial(words);
        if is_shorter || is_initial(&found.key_words) && !is_initial(words) {
            found.key_words = words.to_vec();
        }
        let has_room = found.names.len() < MOST_NAMESAKES;
        match found.names.iter_mut().find(|(name, _)| name == surface) {
            Some((_, n_seen)) => *n_seen += 1,
            None if has_room => found.names.push((surface.to_owned(), 1)),
            None => {}
        }
        person
    }

    /// Whom each person is: somebody of whom the article says that this is another name, or whose name is longer.
    /// Those who are somebody else are found by no word any more.
    fn join_names(&mut self, gazetteer: &Gazetteer) -> Vec<usize> {
        let mut meant: Vec<usize> = (0..self.all.len()).collect();
        for person in 0..meant.len() {
            let other = self.all[person].is_also.or_else(|| self.longer_name(person, gazetteer));
            let is = other.map_or(person, |other| root(&mut meant, other));
            meant[person] = is;
        }
        for person in 0..meant.len() {
            let is = root(&mut meant, person);
            if is != person {
                let words = std::mem::take(&mut self.all[person].words);
                for word in &words {
                    if let Some(known) = self.by_word.get_mut(word) {
                        known.retain(|&known| known != person);
                    }
                }
                self.index(is, &words);
                meant[person] = is;
            }
        }
        meant
    }

    /// "Gomes Neto" is short for Francisco Gomes Neto, if he is the only one whose name ends so, and Gomes is no
    /// given name.
    fn longer_name(&self, person: usize, gazetteer: &Gazetteer) -> Option<usize> {
        let words = &self.all[person].words;
        let first = gazetteer.words.facts(words.first()?);
        if words.len() < 2 || words[0].len() == 1 || first.is_given() && first.is_known_name() {
            return None;
        }
        let is_longer = |other: &&usize| {
            let other = &self.all[**other].words;
            other.len() > words.len() && other.ends_with(words)
        };
        let mut longer = self.by_word.get(words.last()?)?.iter().filter(is_longer);
        longer.next().copied().filter(|_| longer.next().is_none())
    }

    /// The person whom a surname or a given name means: of the fitting gender, the one mentioned last,
    /// else the first to come. A surname goes before a given name, and that before other parts.
    fn short(&mut self, words: &[String], gender: Option<Gender>) -> Option<usize> {
        let known = self.by_word.get(words.last()?)?;
        let rank = |&person: &usize| {
            let person = &self.all[person];
            let place = if without_suffix(&person.words).ends_with(words) {
                2
            } else if person.words.starts_with(words) {
                1
            } else {
                0
            };
            let fits = match (gender, person.gender) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            };
            (fits, place, person.last_seen)
        };
        // On a tie the first to appear: max_by_key takes the last, so the list is read backwards.
        let best = known.iter().rev().copied().max_by_key(rank)?;
        let (fits, place, _) = rank(&best);
        (fits && (place > 0 || words.len() == 1)).then_some(best)
    }

    /// The one person whose given name a nickname is short for.
    fn nicknamed(&self, words: &[String], gazetteer: &Gazetteer) -> Option<usize> {
        let [nickname] = words else { return None };
        let is_meant =
            |person: &Person| person.words.len() > 1 && gazetteer.words.are_nicknames(nickname, &person.words[0]);
        let mut meant = (0..self.all.len()).filter(|&person| is_meant(&self.all[person]));
        let person = meant.next()?;
        meant.next().is_none().then_some(person)
    }

    /// Why a name means a person.
    fn reason(
        &self,
        person: usize,
        words: &[String],
        surface: &str,
        gender: Option<Gender>,
        gazetteer: &Gazetteer,
    ) -> Reason {
        let found = &self.all[person];
        let shown = found.shown();
        let shown_words = name_words(shown);
        if surface == shown {
            let text = if words.len() > 1 { "named in full" } else { "the only name that the article gives" };
            return reason("name", text.to_owned());
        }
        if words == shown_words {
            return reason("spelling", format!("`{}` is one spelling of {shown}", words.join(" ")));
        }
        if is_full(words, surface, gazetteer) {
            let (first, other) = (&words[0], &shown_words[0]);
            return if first.len() == 1 || other.len() == 1 {
                reason("initial", format!("`{first}` and `{other}` begin alike, the surname is that of {shown}"))
            } else if first != other {
                reason(
                    "nickname",
                    format!("`{first}` and `{other}` are one given name, the surname is that of {shown}"),
                )
            } else {
                reason("middle-name", format!("{shown} with another part of the name, or without one"))
            };
        }
        let (rule, what) = if without_suffix(&found.words).ends_with(words) {
            ("surname", "surname")
        } else if found.words.starts_with(words) {
            ("given-name", "given name")
        } else if found.words.iter().any(|word| words.contains(word)) {
            ("part", "part of the name")
        } else {
            ("nickname", "nickname")
        };
        let n_namesakes = words.last().and_then(|word| self.by_word.get(word)).map_or(1, Vec::len);
        let mut text = format!("{what} of {shown}");
        match gender {
            Some(Gender::Male) => text.push_str(", with the honorific of a man"),
            Some(Gender::Female) => text.push_str(", with the honorific of a woman"),
            _ => {}
        }
        if n_namesakes > 1 {
            text.push_str(&format!(", of {n_namesakes} people of that name the one who fits and was named last"));
        }
        reason(rule, text)
    }

    fn push(&mut self, words: &[String], surface: &str, gender: Option<Gender>) -> usize {
        let person = self.all.len();
        self.all.push(Person {
            words: words.to_vec(),
            key_words: words.to_vec(),
            names: vec![(surface.to_owned(), 1)],
            gender,
            last_seen: None,
            is_also: None,
        });
        self.index(person, words);
        person
    }

    fn index(&mut self, person: usize, words: &[String]) {
        for word in words {
            let known = self.by_word.entry(word.clone()).or_default();
            if known.len() < MOST_NAMESAKES && !known.contains(&person) {
                known.push(person);
            }
        }
    }
}

impl Person {
    /// The name to show: the one used most, of equals the fullest; never one in capitals if there is another.
    fn shown(&self) -> &str {
        let rank = |(name, n_seen): &&(String, usize)| {
            let is_plain = name.chars().any(char::is_lowercase);
            let starts_plain = name.split(' ').next().is_some_and(|word| word.chars().count() > 2);
            (is_plain, starts_plain, *n_seen, name.split(' ').count())
        };
        self.names.iter().rev().max_by_key(rank).map_or("", |(name, _)| name)
    }
}

/// Who a person is in the end, where each may be another; paths are shortened on the way.
fn root(meant: &mut [usize], mut person: usize) -> usize {
    while meant[person] != person {
        meant[person] = meant[meant[person]];
        person = meant[person];
    }
    person
}

/// A name without "Jr." and the numbers of kings.
fn without_suffix(words: &[String]) -> &[String] {
    let is_suffix =
        |word: &String| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "v" | "vi" | "xiv" | "xvi");
    let n_suffixes = words.iter().rev().take_while(|word| is_suffix(word)).count();
    &words[..words.len() - n_suffixes.min(words.len() - 1)]
}

/// Whether two full names may be one person's: same surname, and given names that are equal, an initial
/// of the other, or a nickname of it; middle names may be left out.
fn agree(one: &[String], other: &[String], gazetteer: &Gazetteer) -> bool {
    let suffixes = (&one[without_suffix(one).len()..], &other[without_suffix(other).len()..]);
    if suffixes.0 != suffixes.1 && !suffixes.0.is_empty() && !suffixes.1.is_empty() {
        return false;
    }
    let (one, other) = (without_suffix(one), without_suffix(other));
    if one.len() < 2 || other.len() < 2 || one.last() != other.last() {
        return false;
    }
    let (first, second) = (&one[0], &other[0]);
    let given = first == second
        || first.len() == 1 && second.starts_with(first.as_str())
        || second.len() == 1 && first.starts_with(second.as_str())
        || gazetteer.words.are_nicknames(first, second);
    if !given {
        return false;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let inner = &short[1..short.len() - 1];
    let outer = &long[1..long.len() - 1];
    // "George H. W." and "George W." are two.
    let are_initials = |words: &[String]| !words.is_empty() && words.iter().all(|word| word.len() == 1);
    if are_initials(inner) && are_initials(outer) && inner.len() != outer.len() {
        return false;
    }
    let fits = |a: &String, b: &String| {
        a == b || a.len() == 1 && b.starts_with(a.as_str()) || b.len() == 1 && a.starts_with(b.as_str())
    };
    inner.len() <= outer.len() && inner.iter().all(|word| outer.iter().any(|other| fits(word, other)))
}

/// What the honorific before a mention says.
fn honorific_gender(document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged) -> Option<Gender> {
    let before = mention.first_token.checked_sub(1)?;
    let classes = gazetteer.words.classes(document.word(before));
    if classes.has(Class::HonorificM) {
        Some(Gender::Male)
    } else if classes.has(Class::HonorificF) {
        Some(Gender::Female)
    } else {
        None
    }
}
