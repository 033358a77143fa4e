//! Organisations: acronyms find their expansions, short forms the name in full, known ones the name in use.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Gazetteer, fold_phrase, slug};
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

/// Words that initials pass over: "Organization of American States (OAS)".
const PASSED_OVER: &[&str] = &["of", "the", "for", "and", "on", "in", "to", "de", "la", "du", "des"];

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
    let mut stated: HashMap<String, usize, FixedState> = HashMap::default();
    for &i in &orgs {
        let surface = surface(document, &tagged[i]);
        let folded = fold_org(&surface);
        if folded.contains(' ') {
            learn_short_forms(gazetteer, &surface, &folded, i, &names, &mut short_forms);
            if let Some(acronym) = acronym_behind(document, &tagged[i]) {
                stated.entry(fold_phrase(acronym)).or_insert(i);
            }
        }
        names.insert(i, (surface, folded));
    }
    for &i in &orgs {
        let (surface, folded) = &names[&i];
        let known = known_org(gazetteer, surface, folded);
        let full = stated.get(folded).copied().or_else(|| short_forms.get(folded).copied().flatten());
        let meant = full.filter(|&full| full != i && (known.is_none() || stated.contains_key(folded)));
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
    gazetteer.orgs.named(folded).or_else(with_article).filter(|&org| !gazetteer.orgs.is_not_ours(org))
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
    let initials: String = words
        .iter()
        .filter(|word| !PASSED_OVER.contains(word))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    if initials.chars().count() >= LEAST_INITIALS {
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
        if !is_place && !gazetteer.words.facts(words[0]).is_common() {
            learn(short);
        }
    }
}

/// "World Health Organization (WHO)": what stands in brackets behind a name, if its letters are in the
/// name's initials.
fn acronym_behind<'a>(document: &Document<'a>, mention: &Tagged) -> Option<&'a str> {
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
    let fits = n_upper >= 2 && letters.len() <= 10 && letters.first().copied() == initial;
    fits.then_some(acronym)
}
