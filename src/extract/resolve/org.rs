//! Organisations: acronyms find their expansions, short forms the name in full, known ones the name in use.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Gazetteer, fold_phrase, slug};
use crate::extract::resolve::settle::{is_large_place, is_region};
use crate::extract::resolve::{Draft, Why, reason, surface};
use crate::extract::tagged::{Document, Tagged};
use crate::extraction::Reason;
use crate::mention::Kind;

/// Legal forms at the end of a company's name: the key goes without them.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "ag",
    "gmbh",
    "sa",
    "spa",
    "nv",
    "bv",
    "ab",
    "asa",
    "oyj",
    "kk",
    "incorporated",
];

/// Last words that companies have in their name and go without.
const OF_GROUPS: &[&str] = &["group", "holding", "holdings", "motor", "motors"];

/// Words that initials pass over: "Organization of American States (OAS)".
const PASSED_OVER: &[&str] = &["of", "the", "for", "and", "on", "in", "to", "de", "la", "du", "des"];

/// What stands before the name of an American body where it may be taken for another country's, folded.
const AMERICAN: &[&str] = &["us ", "u s ", "united states "];

/// Shortest acronym that is matched by initials alone.
const LEAST_INITIALS: usize = 3;

type ByText = HashMap<String, Option<usize>, FixedState>;

pub(super) fn resolve(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    tagged: &[Tagged],
    drafts: &mut [Option<Draft>],
    why: &mut Why,
) {
    let orgs: Vec<usize> = (0..tagged.len()).filter(|&i| tagged[i].kind == Kind::Org).collect();
    let mut names: HashMap<usize, (String, String), FixedState> = HashMap::default();
    // Acronyms and leading words of names in full; `None` where two names share them.
    let mut short_forms = ByText::default();
    let (mut last_words, mut first_words) = (ByText::default(), ByText::default());
    let mut stated: HashMap<String, usize, FixedState> = HashMap::default();
    for &i in &orgs {
        let surface = surface(document, &tagged[i]);
        let folded = fold_org(&surface);
        if folded.contains(' ') {
            learn_short_forms(gazetteer, &surface, &folded, i, &names, &mut short_forms);
            learn_last_word(gazetteer, &surface, &folded, i, &names, &mut last_words);
            learn_first_words(gazetteer, &surface, &folded, i, &names, &mut first_words);
            if let Some(acronym) = acronym_behind(document, gazetteer, &tagged[i]) {
                stated.entry(fold_phrase(acronym)).or_insert(i);
            }
        }
        names.insert(i, (surface, folded));
    }
    for &i in &orgs {
        let (surface, folded) = &names[&i];
        let known = known_org(gazetteer, surface, folded);
        let full = stated.get(folded).copied().or_else(|| short_forms.get(folded).copied().flatten());
        // What the article names in full goes before what the list knows by a short form.
        let meant = full.filter(|&full| full != i && (known.is_none() || is_spelt_out(folded, &names[&full].1)));
        let meant = stated.get(folded).copied().filter(|&full| full != i).or(meant);
        let meant = meant.or_else(|| {
            let only = last_words.get(folded).or_else(|| first_words.get(folded)).copied().flatten()?;
            (only != i && known.is_none()).then_some(only)
        });
        let (surface, folded) = &names[&meant.unwrap_or(i)];
        let name = match known_org(gazetteer, surface, folded) {
            Some(org) => gazetteer.orgs.name(org).to_owned(),
            None => without_article(surface).to_owned(),
        };
        let key = slug(&fold_org(&name));
        if let Some(why) = why {
            let how = match meant {
                Some(full) if stated.get(&names[&i].1) == Some(&full) => How::Stated,
                Some(_) => How::Short,
                None => How::Itself,
            };
            why[i] = Some(why_org(gazetteer, &names[&i].0, &name, surface, how));
        }
        if !key.is_empty() {
            drafts[i] = Some(Draft { kind: Kind::Org, key, name, place: None });
        }
    }
}

/// How a mention leads to a name in full.
enum How {
    /// The article puts it in brackets behind the name.
    Stated,
    /// It is made of the name's initials, or is a part of it.
    Short,
    /// It is the name.
    Itself,
}

fn why_org(gazetteer: &Gazetteer, mention: &str, name: &str, full: &str, how: How) -> Reason {
    let is_acronym = !mention.contains(' ') && mention.chars().filter(|c| c.is_uppercase()).count() > 1;
    match how {
        How::Stated => reason("acronym", format!("the article says `{full} ({mention})`")),
        How::Short if is_acronym => reason("acronym", format!("initials of {full}, which the article names")),
        How::Short => reason("short-form", format!("short for {full}, which the article names")),
        How::Itself if known_org(gazetteer, mention, &fold_org(mention)).is_some() && mention != name => {
            reason("gazetteer", format!("our list of organisations has `{mention}` as a name of {name}"))
        }
        How::Itself if mention == name => reason("name", "named in full".to_owned()),
        How::Itself => reason("name", format!("{name}, but for article or legal form")),
    }
}

fn known_org(gazetteer: &Gazetteer, surface: &str, folded: &str) -> Option<u64> {
    let has_article = surface.len() > folded.len() && surface.starts_with("The ");
    let with_article = || gazetteer.orgs.named(&format!("the {folded}")).filter(|_| has_article);
    // "the U.S. Justice Department"
    let of_america = || AMERICAN.iter().find_map(|prefix| gazetteer.orgs.named(folded.strip_prefix(prefix)?));
    // "Toyota Motor": the list has Toyota.
    let of_group = || folded.rsplit_once(' ').filter(|(_, last)| OF_GROUPS.contains(last)).map(|(short, _)| short);
    let of_group = || gazetteer.orgs.named(of_group()?).filter(|&org| !gazetteer.orgs.name(org).contains(' '));
    gazetteer
        .orgs
        .named(folded)
        .or_else(with_article)
        .or_else(of_america)
        .or_else(of_group)
        .filter(|&org| !gazetteer.orgs.is_not_ours(org))
}

/// A name folded, without its article and its legal form.
fn fold_org(surface: &str) -> String {
    let folded = fold_phrase(surface);
    let mut folded = folded.strip_prefix("the ").unwrap_or(&folded);
    while let Some((rest, last)) = folded.rsplit_once(' ') {
        if !LEGAL_FORMS.contains(&last) || rest.is_empty() {
            break;
        }
        folded = rest;
    }
    folded.to_owned()
}

fn without_article(surface: &str) -> &str {
    surface.strip_prefix("the ").or_else(|| surface.strip_prefix("The ")).unwrap_or(surface)
}

/// The initials of a name, and what is left of it without its last head words ("Acme" of "Acme Holdings").
fn learn_short_forms(
    gazetteer: &Gazetteer,
    surface: &str,
    folded: &str,
    i: usize,
    names: &HashMap<usize, (String, String), FixedState>,
    short_forms: &mut ByText,
) {
    let mut learn = |form: String| {
        short_forms
            .entry(form)
            .and_modify(|known| {
                if known.is_some_and(|other| names.get(&other).is_some_and(|(_, name)| name != folded)) {
                    *known = None;
                }
            })
            .or_insert(Some(i));
    };
    let words: Vec<&str> = surface.split_whitespace().filter(|word| !matches!(*word, "the" | "The")).collect();
    let is_of_place = folded.split_once(' ').is_some_and(|(first, _)| !gazetteer.places.named(first).is_empty());
    for initials in initials(folded, is_of_place) {
        learn(initials);
    }
    // "Defense Ministry" is short for the Russian one, if no other is mentioned.
    if let Some((first, rest)) = folded.split_once(' ')
        && rest.contains(' ')
        && (!gazetteer.places.named(first).is_empty() || gazetteer.orgs.named(first).is_some())
    {
        learn(rest.to_owned());
    }
    let is_head = |word: &str| gazetteer.words.classes(word).has(Class::OrgHead);
    let n_heads = words.iter().rev().take_while(|word| is_head(word)).count();
    let n_kept = words.len() - n_heads;
    if n_heads > 0 && n_kept > 0 {
        let short = fold_phrase(&words[..n_kept].join(" "));
        // "Russian" is not short for the Russian Army, nor "London" for a bank of that name.
        let is_place = !gazetteer.places.named(&short).is_empty();
        if !is_place {
            learn(short);
        }
    }
}

/// "The Gazette" for the Tarn Valley Gazette, "the Raiders": the last word of a name, if it is no country and
/// no acronym.
fn learn_last_word(
    gazetteer: &Gazetteer,
    surface: &str,
    folded: &str,
    i: usize,
    names: &HashMap<usize, (String, String), FixedState>,
    last_words: &mut ByText,
) {
    // "The Department" of a Department of Justice.
    let head = surface.split(" of ").next().unwrap_or_default();
    let Some(last) = head.split_whitespace().next_back() else { return };
    let last = fold_phrase(last);
    let is_head = || gazetteer.words.classes(head.rsplit(' ').next().unwrap_or_default()).has(Class::OrgHead);
    let is_acronym = head.ends_with(|c: char| c.is_uppercase());
    if is_head() || !is_acronym && !is_region(gazetteer, &last) {
        learn_unless_shared(last_words, last, i, folded, names);
    }
}

/// "Larkspur" for Larkspur Coach Works: the first word or two of a name, if they are no word of the language
/// and no place that everyone knows.
fn learn_first_words(
    gazetteer: &Gazetteer,
    surface: &str,
    folded: &str,
    i: usize,
    names: &HashMap<usize, (String, String), FixedState>,
    first_words: &mut ByText,
) {
    let first = surface.split_whitespace().find(|word| !matches!(*word, "the" | "The")).unwrap_or_default();
    if gazetteer.words.facts(first).is_common() || gazetteer.words.classes(first).has(Class::OrgLead) {
        return;
    }
    for (end, _) in folded.match_indices(' ').take(2) {
        let form = &folded[..end];
        if !is_large_place(gazetteer, form) {
            learn_unless_shared(first_words, form.to_owned(), i, folded, names);
        }
    }
}

fn is_end(name: &str, end: &str) -> bool {
    name.strip_suffix(end).is_some_and(|rest| rest.ends_with(' '))
}

/// Notes a short form of a name; one that two names share stands for neither.
fn learn_unless_shared(
    forms: &mut ByText,
    form: String,
    i: usize,
    folded: &str,
    names: &HashMap<usize, (String, String), FixedState>,
) {
    // "US Supreme Court" and "Supreme Court" are one.
    let is_same = |other: usize| {
        names.get(&other).is_some_and(|(_, name)| name == folded || is_end(name, folded) || is_end(folded, name))
    };
    let known = forms.entry(form).or_insert(Some(i));
    if known.is_some_and(|other| other != i && !is_same(other)) {
        *known = None;
    }
}

/// What initials a folded name may go by: with or without those of small words ("DOJ", "OAS"), and, if its
/// first word says whose it is, without that one ("Philippine Department of Justice").
fn initials(name: &str, is_of_place: bool) -> Vec<String> {
    let rest = name.split_once(' ').map_or("", |(_, rest)| rest);
    let mut all = Vec::new();
    for name in [name, if is_of_place { rest } else { "" }] {
        for passes_over in [true, false] {
            let words = name.split(' ').filter(|word| !(passes_over && PASSED_OVER.contains(word)));
            let initials: String = words.filter_map(|word| word.chars().next()).collect();
            if initials.chars().count() >= LEAST_INITIALS && !all.contains(&initials) {
                all.push(initials);
            }
        }
    }
    all
}

/// Whether a short form is the initials of a name, or the name without its first word.
fn is_spelt_out(short: &str, full: &str) -> bool {
    let rest = full.split_once(' ').map_or("", |(_, rest)| rest);
    short == rest || initials(full, true).iter().any(|initials| initials == short)
}

/// "World Health Organization (WHO)", "Law and Justice (PiS)": what stands in brackets behind a name, if it
/// begins as the name does, or is no organisation that the list has.
fn acronym_behind<'a>(document: &Document<'a>, gazetteer: &Gazetteer, mention: &Tagged) -> Option<&'a str> {
    let at = mention.end_token;
    if at + 2 >= document.tokens.len() || document.word(at) != "(" {
        return None;
    }
    let at = if matches!(document.word(at + 1), "the" | "\"" | "“") { at + 1 } else { at };
    let acronym = document.word(at + 1);
    if at + 2 >= document.tokens.len() || !matches!(document.word(at + 2), ")" | "\"" | "”" | "," | ";") {
        return None;
    }
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let n_upper = acronym.chars().filter(|c| c.is_uppercase()).count();
    let initial = document.word(mention.first_token).chars().flat_map(char::to_lowercase).next();
    let is_unknown = || {
        let folded = fold_phrase(acronym);
        letters.len() > 2
            && known_org(gazetteer, acronym, &folded).is_none()
            && gazetteer.places.named(&folded).is_empty()
            && !gazetteer.words.classes(acronym).has(Class::NotOrgAcronym)
    };
    let fits = n_upper >= 2 && letters.len() <= 10 && (letters.first().copied() == initial || is_unknown());
    fits.then_some(acronym)
}
