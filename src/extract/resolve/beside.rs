//! What stands beside a name and says that it is an organisation's: "the regulator, Anvisa", "La Terraza, a gang
//! that …", "analysts at Bernstein", "Amazon, Shopee and Temu".
//!
//! Taggers know little-known companies, parties and gangs by nothing else, and take them for people and places.
//! Read by [`super::settle`], which decides whether the name is free to be one.

use crate::extract::gazetteer::{Class, Gazetteer, fold_tokens};
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Most words between the article and the noun of "a Tokyo-based video game company".
const MOST_WORDS_OF_APPOSITION: usize = 5;

/// Whether the text says of a mention that it is an organisation.
pub(super) fn is_said_to_be_org(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged], i: usize) -> bool {
    let beside = Beside { document, gazetteer };
    beside.is_behind_noun(&tagged[i])
        || beside.is_before_noun(&tagged[i])
        || beside.is_behind_analysts(&tagged[i])
        || beside.is_among_orgs(tagged, i)
}

struct Beside<'d> {
    document: &'d Document<'d>,
    gazetteer: &'d Gazetteer,
}

impl Beside<'_> {
    /// The word of a token, empty beyond the ends.
    fn word(&self, token: Option<usize>) -> &str {
        token.filter(|&token| token < self.document.tokens.len()).map_or("", |token| self.document.word(token))
    }

    fn is_noun(&self, token: Option<usize>) -> bool {
        self.gazetteer.words.classes(self.word(token)).has(Class::OrgNoun)
    }

    /// "the basketball team Olimpia", "the regulator, Anvisa."
    fn is_behind_noun(&self, mention: &Tagged) -> bool {
        let Some(before) = self.document.before(mention.first_token) else { return false };
        let is_apposed =
            self.word(Some(before)) == "," && matches!(self.word(Some(mention.end_token)), "," | "." | ")");
        self.is_noun(Some(before)) || is_apposed && self.is_noun(self.document.before(before))
    }

    /// "La Terraza, a gang that …": the noun ends what is said, so that no "company director" is one.
    fn is_before_noun(&self, mention: &Tagged) -> bool {
        let article = mention.end_token + 1;
        let begins = self.word(Some(mention.end_token)) == ","
            && matches!(self.word(Some(article)), "a" | "an" | "the" | "its" | "another");
        if !begins {
            return false;
        }
        let words = article + 1..article + 1 + MOST_WORDS_OF_APPOSITION;
        let mut words = words.take_while(|&token| self.word(Some(token)).starts_with(char::is_alphanumeric));
        words.any(|token| {
            let next = self.word(Some(token + 1));
            let ends = matches!(next, "," | "." | "that" | "which" | "of" | "in" | "for" | "with" | "known" | "based");
            self.is_noun(Some(token)) && ends
        })
    }

    /// "analysts at Bernstein", "shares in Temenos".
    fn is_behind_analysts(&self, mention: &Tagged) -> bool {
        let before = self.document.before(mention.first_token);
        let who = self.word(before.and_then(|before| self.document.before(before)));
        match self.word(before) {
            "at" | "with" => {
                matches!(who, "analyst" | "analysts" | "economist" | "economists" | "strategist" | "strategists")
                    || matches!(who, "Analyst" | "Analysts" | "Economist" | "Economists" | "Strategists")
            }
            "in" | "of" => matches!(who, "shares" | "Shares" | "shareholders" | "Shareholders"),
            _ => false,
        }
    }

    /// "Amazon, Shopee and Temu", "Aldi and Lidl": one of a list whose next is an organisation that is known.
    fn is_among_orgs(&self, tagged: &[Tagged], i: usize) -> bool {
        let mention = &tagged[i];
        let before = i.checked_sub(1).map(|before| &tagged[before]);
        let behind = tagged.get(i + 1);
        let is_known = |other: &Tagged| {
            let words = &self.document.tokens[other.first_token..other.end_token];
            let folded = fold_tokens(self.document.text, words);
            other.kind == Kind::Org && self.gazetteer.orgs.named(&folded).is_some()
        };
        let link = |one: &Tagged, other: &Tagged| match other.first_token.checked_sub(one.end_token) {
            Some(1) => self.word(Some(one.end_token)),
            Some(2) if self.word(Some(one.end_token)) == "," => self.word(Some(one.end_token + 1)),
            _ => "",
        };
        let is_and = |link: &str| matches!(link, "and" | "or" | "&");
        let (left, right) =
            (before.map_or("", |before| link(before, mention)), behind.map_or("", |behind| link(mention, behind)));
        let is_in_list = is_and(left) || is_and(right) || left == "," && right == ",";
        let is_linked = |link: &str| link == "," || is_and(link);
        // The last of three leans on the first two: "Amazon, Shopee and Temu".
        let first = i.checked_sub(2).map(|first| &tagged[first]);
        let is_third = is_and(left)
            && matches!((first, before), (Some(first), Some(before)) if link(first, before) == "," && is_known(first));
        is_in_list
            && (before.is_some_and(|before| is_linked(left) && is_known(before))
                || behind.is_some_and(|behind| is_linked(right) && is_known(behind))
                || is_third)
    }
}
