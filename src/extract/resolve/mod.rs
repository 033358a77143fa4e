//! Mentions become the entities of an article: one person, place or organisation each, however it is called.
//!
//! Short forms find the name in full ([`person`]), places are told apart by what else is mentioned
//! ([`place`]), acronyms find their expansions ([`org`]). Nothing merges across kinds, and nothing on a
//! surname that two people share without more. Before that, mentions lose what is no part of a name
//! ([`tidy`], [`other`]) and get the kind that the article as a whole says ([`settle`], which reads what stands [`beside`] them). Fed with what a tagger found; feeds [`super::news`].

mod beside;
mod clues;
mod key;
mod org;
mod other;
mod person;
mod place;
mod settle;
mod tidy;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::Gazetteer;
use crate::extract::tagged::{Document, Tagged};
use crate::extraction::Reason;
use crate::mention::{Entity, Kind, PlaceFacts};

/// The words of a person's name as the key of the person has them, joined by spaces.
pub(crate) fn person_spelling(name: &str) -> Option<String> {
    let words = key::name_words(name);
    (!words.is_empty()).then(|| words.join(" "))
}

/// The entities of a document, in order of first mention, and what each mention is.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Entities, no key twice in a kind.
    pub entities: Vec<Entity>,
    /// Mentions in order, with the position of their entity.
    pub mentions: Vec<(Tagged, u32)>,
}

/// Resolves what a tagger found. Linear in the number of mentions, but for the bounded lists of people
/// who share a name.
pub(crate) fn resolve(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged]) -> Resolved {
    resolve_with(document, gazetteer, tagged, &mut None)
}

/// As [`resolve`], with a reason for each mention that is left.
pub(crate) fn resolve_with_reasons(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    tagged: &[Tagged],
) -> (Resolved, Vec<Reason>) {
    let mut why = Some(Vec::new());
    let resolved = resolve_with(document, gazetteer, tagged, &mut why);
    (resolved, why.unwrap_or_default().into_iter().flatten().collect())
}

/// Reasons of mentions, by position; `None` when nobody asks.
type Why = Option<Vec<Option<Reason>>>;

fn resolve_with(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged], why: &mut Why) -> Resolved {
    let mut tagged = tidy::tidy(document, gazetteer, tagged);
    settle::settle(document, gazetteer, &mut tagged);
    let mut drafts: Vec<Option<Draft>> = vec![None; tagged.len()];
    if let Some(why) = why {
        why.resize(tagged.len(), None);
    }
    person::resolve(document, gazetteer, &tagged, &mut drafts, why);
    place::resolve(document, gazetteer, &tagged, &mut drafts, why);
    org::resolve(document, gazetteer, &tagged, &mut drafts, why);
    if let Some(why) = why {
        for (reason, draft) in why.iter_mut().zip(&drafts) {
            *reason = draft.as_ref().map(|_| reason.take().unwrap_or_default());
        }
    }
    collect(document, tagged, drafts)
}

fn reason(rule: &'static str, text: String) -> Reason {
    Reason { rule, text, ..Reason::default() }
}

/// What a mention was resolved to.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    /// Demonyms of no known country stay places by tag and are dropped; others keep or change their kind.
    kind: Kind,
    key: String,
    name: String,
    place: Option<PlaceFacts>,
}

fn collect(document: &Document<'_>, tagged: Vec<Tagged>, drafts: Vec<Option<Draft>>) -> Resolved {
    let mut resolved = Resolved::default();
    let mut by_key: HashMap<(Kind, String), u32, FixedState> = HashMap::default();
    let mut seen: Vec<HashMap<String, (), FixedState>> = Vec::new();
    for (mut mention, draft) in tagged.into_iter().zip(drafts) {
        let Some(draft) = draft else { continue };
        let entity_kind = draft.kind.entity_kind();
        let of_kind = if draft.kind == Kind::Demonym { Kind::Place } else { draft.kind };
        mention.kind = draft.kind;
        let entity = *by_key.entry((of_kind, draft.key)).or_insert_with_key(|(_, key)| {
            resolved.entities.push(Entity {
                kind: entity_kind,
                key: key.clone(),
                name: draft.name,
                aliases: Vec::new(),
                place: draft.place,
            });
            seen.push(HashMap::default());
            resolved.entities.len() as u32 - 1
        });
        let surface = surface(document, &mention);
        let known = &mut seen[entity as usize];
        let target = &mut resolved.entities[entity as usize];
        if surface != target.name && known.insert(surface.clone(), ()).is_none() {
            target.aliases.push(surface);
        }
        resolved.mentions.push((mention, entity));
    }
    resolved
}

/// The words of a mention as written, white space made plain.
fn surface(document: &Document<'_>, mention: &Tagged) -> String {
    let text = document.span(mention.first_token, mention.end_token).of(document.text);
    if text.contains(['\n', '\t', '\r', '\u{a0}']) || text.contains("  ") {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagged::Sentence;
    use crate::extract::token::tokenize;

    thread_local! {
        static GAZETTEER: Gazetteer = Gazetteer::load();
    }

    /// Resolves a text whose mentions stand in brackets, `{p:Ann Lee}`, with `p`, `l`, `o`, `d` for the
    /// kinds; gives the keys of the mentions.
    fn keys(marked: &str) -> Vec<String> {
        let resolved = resolved(marked);
        resolved.mentions.iter().map(|&(_, entity)| resolved.entities[entity as usize].key.clone()).collect()
    }

    fn kinds(marked: &str) -> Vec<Kind> {
        resolved(marked).mentions.iter().map(|(mention, _)| mention.kind).collect()
    }

    fn resolved(marked: &str) -> Resolved {
        let mut text = String::new();
        let mut spans = Vec::new();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').expect("brackets are closed");
            let kind = match &inside[..1] {
                "p" => Kind::Person,
                "l" => Kind::Place,
                "o" => Kind::Org,
                _ => Kind::Demonym,
            };
            text.push_str(before);
            spans.push((kind, text.len(), text.len() + inside.len() - 2));
            text.push_str(&inside[2..]);
            rest = after;
        }
        text.push_str(rest);
        let mut tokens = Vec::new();
        tokenize(&text, &mut tokens);
        let at = |offset: usize| tokens.partition_point(|token| (token.span.start as usize) < offset);
        let tagged: Vec<Tagged> = (spans.iter())
            .map(|&(kind, start, end)| Tagged { kind, first_token: at(start), end_token: at(end), confidence: 1.0 })
            .collect();
        let sentences = [Sentence { first_token: 0, end_token: tokens.len(), is_headline: false }];
        let document = Document { text: &text, tokens: &tokens, sentences: &sentences, language: None };
        GAZETTEER.with(|gazetteer| resolve(&document, gazetteer, &tagged))
    }

    #[track_caller]
    fn check(marked: &str, expected: &[&str]) {
        assert_eq!(keys(marked), expected, "{marked}");
    }

    #[test]
    fn surnames_find_the_full_name() {
        check("{p:Volodymyr Zelensky} left. {p:Zelenskyy} slept.", &["volodymyr-zelensky"; 2]);
        check("{p:Osei} left. {p:Ama Osei} slept.", &["ama-osei"; 2]);
        check("{p:Ursula von der Leyen} left. {p:Von der Leyen} slept.", &["ursula-von-der-leyen"; 2]);
        check(
            "{p:Kim Jong Un} met {p:Xi Jinping}. {p:Kim} spoke to {p:Xi}.",
            &["kim-jong-un", "xi-jinping", "kim-jong-un", "xi-jinping"],
        );
        check("{p:Bashar al-Assad} and {p:Assad}", &["bashar-assad"; 2]);
    }

    #[test]
    fn namesakes_stay_apart() {
        check("{p:Ann Lee} met {p:Bob Lee}. {p:Lee} left.", &["ann-lee", "bob-lee", "bob-lee"]);
        check(
            "{p:Anna Lee} met {p:Robert Lee}. Mrs {p:Lee} left, Mr {p:Lee} stayed.",
            &["anna-lee", "robert-lee", "anna-lee", "robert-lee"],
        );
        check("{p:Keir Starmer} and Lady {p:Starmer}", &["keir-starmer", "starmer"]);
        check("{p:Ken Griffey Sr.} and {p:Ken Griffey Jr.}", &["ken-griffey-sr", "ken-griffey-jr"]);
    }

    #[test]
    fn forms_of_a_full_name_meet() {
        check("{p:Donald J. Trump}, {p:Donald Trump} and {p:Donald John Trump}", &["donald-trump"; 3]);
        check("{p:Joe Biden} and {p:Joseph Biden}", &["joe-biden"; 2]);
        check("{p:J. Adeyemi} and {p:Jumoke Adeyemi}", &["jumoke-adeyemi"; 2]);
        check("{p:George W. Bush} and {p:Bush}", &["george-w-bush"; 2]);
    }

    #[test]
    fn titles_are_not_part_of_names() {
        check("{p:President Emmanuel Macron} and {p:Mr Macron}", &["emmanuel-macron"; 2]);
        check("{p:he} said {p:Monday}", &[]);
    }

    #[test]
    fn places_are_told_apart_by_what_stands_beside_them() {
        check(
            "{l:Paris}, {l:Texas}. {l:Paris} slept.",
            &["paris-texas-united-states", "texas", "paris-texas-united-states"],
        );
        check("{l:Paris} slept.", &["paris"]);
        check("{l:Washington}, {l:D.C.}", &["washington"; 2]);
        check("{l:Birmingham} is in {l:England}.", &["birmingham", "england"]);
        check("{l:Atlanta} is in {l:Georgia}.", &["atlanta", "georgia-united-states"]);
        check("{l:Tbilisi} is in {l:Georgia}.", &["tbilisi", "georgia"]);
    }

    #[test]
    fn names_of_a_place_meet() {
        check("{l:Kiev}, then {l:Kyiv}", &["kyiv"; 2]);
        check("{l:US}, {l:U.S.}, {l:America}, {d:Americans}", &["united-states"; 4]);
        check("{l:Burma} and {d:Burmese}", &["myanmar"; 2]);
        check("the {l:Kursk} region and {l:Kursk Oblast}", &["kursk-region"; 2]);
        check("the city of {l:Kursk}", &["kursk"]);
    }

    #[test]
    fn what_stands_behind_a_place_says_where_it_lies() {
        check(
            "{l:Randolph}, {l:New Hampshire}. {l:Randolph} slept.",
            &["randolph-new-hampshire-united-states", "new-hampshire", "randolph-new-hampshire-united-states"],
        );
        check("{l:Boston}, {l:Texas} and {l:Ohio}", &["boston", "texas", "ohio"]);
        check("the {l:Northern District} of {l:Texas}", &["northern-district", "texas"]);
        check("the {l:Western} front", &[]);
        check("{p:\u{938}\u{947} Ann Lee} and {p:\u{928}\u{939}}", &["ann-lee"]);
    }

    #[test]
    fn no_name_of_a_place_is_evidence_for_itself() {
        let perth = "perth-scotland-united-kingdom";
        check(
            "near {l:Perth}. {o:Police Scotland} closed the road to {l:Dundee}.",
            &[perth, "police-scotland", "dundee"],
        );
        check("{l:Perth} slept. {l:Perth} and {l:Sydney} slept.", &["perth", "perth", "sydney"]);
        check("{l:Dublin} in the eyes of {d:Americans}", &["dublin", "united-states"]);
        check("{l:Dublin} and {l:Columbus} are in {l:Ohio}.", &["dublin-ohio-united-states", "columbus", "ohio"]);
        check("{l:Newcastle} and {l:Birmingham}", &["newcastle-upon-tyne", "birmingham"]);
        check("{l:Newcastle} and {l:Sydney}", &["newcastle", "sydney"]);
        check("near {l:Boston}, {l:Lincolnshire}", &["boston-england-united-kingdom", "lincolnshire"]);
        check("in {l:Bangor}, {l:Gwynedd}", &["bangor-wales-united-kingdom", "gwynedd"]);
    }

    #[test]
    fn what_contains_another_place_is_meant() {
        check("{l:Punjab} near {l:Lahore}", &["punjab-pakistan", "lahore"]);
        check("{l:Punjab} near {l:Ludhiana}", &["punjab", "ludhiana"]);
        check("{l:Washington} and {l:Seattle}", &["washington", "seattle"]);
        check("{l:Georgia} and {l:Atlanta}", &["georgia-united-states", "atlanta"]);
        check("{l:Gaza Strip}", &["gaza-strip"]);
        check("{l:Gaza City} in the {l:Gaza Strip}", &["gaza", "gaza-strip"]);
    }

    #[test]
    fn countries_do_not_contain_each_other() {
        check("{l:Benin}, {l:Nigeria} left.", &["benin", "nigeria"]);
        check("{l:Jordan}, {l:United States} and {l:Mexico}", &["jordan", "united-states", "mexico"]);
        check("{l:Georgia}, {l:United States}", &["georgia-united-states", "united-states"]);
    }

    #[test]
    fn the_congo_is_the_larger_one_unless_the_other_is_named() {
        let (larger, other) = ("democratic-republic-of-the-congo", "republic-of-the-congo");
        check("{l:Goma}, {l:Congo}: the {d:Congolese} army", &["goma", larger, larger]);
        check("{l:Congo} slept.", &[larger]);
        check("{l:Brazzaville}, capital of {l:Congo}", &["brazzaville", other]);
        check("the {l:Republic of Congo}; {l:Congo} slept", &[other; 2]);
    }

    #[test]
    fn unknown_places_keep_their_name() {
        check("{l:Independence Square} and {l:the Independence Square}", &["independence-square"; 2]);
    }

    #[test]
    fn acronyms_find_their_expansion() {
        check("The {o:Harbour Safety Board} ({o:HSB}). {o:HSB}", &["harbour-safety-board"; 3]);
        check("{o:WHO} and the {o:World Health Organization}", &["world-health-organization"; 2]);
        check("{o:Meridian Transport Workers Union} and the {o:MTWU}", &["meridian-transport-workers-union"; 2]);
    }

    #[test]
    fn parts_of_names_stand_for_organisations() {
        check("{o:Zorvex Holdings Ltd} and {o:Zorvex}", &["zorvex-holdings"; 2]);
        check("{o:Apple Inc.} and {o:Apple}", &["apple"; 2]);
        check("{o:Peruvian Defense Ministry}, the {o:Defense Ministry}", &["peruvian-defense-ministry"; 2]);
        check("{o:Northern Bank} and {o:Southern Bank}: the {o:Bank}", &["northern-bank", "southern-bank", "bank"]);
    }

    #[test]
    fn the_article_decides_what_a_name_is() {
        check("{o:Zorvex Holdings} fell. {p:Zorvex} said. {l:Zorvex} rose.", &["zorvex-holdings"; 3]);
        check("{p:Mato Grosso} and {p:Ann Lee}", &["mato-grosso", "ann-lee"]);
        check("{l:Kiev}'s Independence Square", &["kyiv", "independence-square"]);
        check("The {l:NARA} said. He left {l:NARA}, {l:Japan}.", &["nara", "nara", "japan"]);
        check("We met the {l:UAE} in {l:Nara}.", &["united-arab-emirates", "nara"]);
        check("{o:Victoria Hospital} and {p:Victoria}", &["victoria-hospital", "victoria"]);
        check("Mr {p:Goldman} left {o:Goldman Sachs}.", &["goldman", "goldman-sachs"]);
        check("the {l:Innes Centre}", &["innes-centre"]);
        check("He lives in {o:Cambridge}.", &["cambridge"]);
        check("{p:Jordan} sent {p:Jordan Hale}, said {p:Hale}.", &["jordan", "jordan-hale", "jordan-hale"]);
        check("{p:Ann Washington} lives in {p:Washington}.", &["ann-washington", "washington"]);
        check("The {p:Senator}'s brother, {p:Ann Lee}", &["ann-lee"]);
    }

    #[test]
    fn what_stands_beside_a_name_says_that_it_is_an_organisation() {
        assert_eq!(kinds("the regulator, {l:Zorvisa}, said. {p:Zorvisa} left."), [Kind::Org; 2]);
        assert_eq!(kinds("{p:Zorvisa Ta}, the state oil company known for it"), [Kind::Org]);
        for org in
            ["Analysts at {p:Zorvisa} said", "{o:Amazon}, {p:Zorvisa} and {l:Nowhere}", "{l:Zorvisa} and {o:Amazon}"]
        {
            assert!(kinds(org).contains(&Kind::Org) && !kinds(org).contains(&Kind::Person), "{org}");
        }
        for person in ["{p:Zorvisa}, a company director", "the firm, {p:Zorvisa} said", "{o:Amazon}, {p:Zorvisa} said"]
        {
            assert!(kinds(person).contains(&Kind::Person), "{person}");
        }
    }

    #[test]
    fn last_words_stand_for_organisations() {
        check("{o:Halden Wanderers} lost. The {o:Wanderers} slept.", &["halden-wanderers"; 2]);
        check("{o:Larkspur Coach Works} and {l:Larkspur}", &["larkspur-coach-works"; 2]);
        check("{o:US Supreme Court}, the {o:Supreme Court}; the {o:Court}", &["supreme-court"; 3]);
        check("{o:Tarn Valley Gazette}; the {o:Gazette}", &["tarn-valley-gazette"; 2]);
        check("{o:Philippine Department of Justice}, the {o:DOJ}", &["philippine-department-of-justice"; 2]);
    }

    #[test]
    fn short_forms_of_organisations_meet() {
        check("{o:Oakland Raiders} lost. The {o:Raiders} slept.", &["oakland-raiders"; 2]);
        check("{o:Tolvane Brewers} lost. The {o:Brewers} slept.", &["tolvane-brewers"; 2]);
        check("{o:Cricket Australia}, then {o:Australia}", &["cricket-australia", "australia"]);
        check("{o:Arm Holdings} fell. {o:Arm} rose.", &["arm-holdings"; 2]);
        check("{o:Toyota Motor Corp} fell. {o:Toyota} rose.", &["toyota"; 2]);
        check("{o:Law and Justice} ({o:PiS}) won. {o:PiS} lost before.", &["law-and-justice"; 3]);
        check("{o:Tolvane Brewers} ({o:UEFA}) won.", &["tolvane-brewers", "uefa"]);
    }

    #[test]
    fn what_is_written_like_a_name_is_dropped() {
        check("{p:Mona Lisa} and {o:National Defense Authorization Act}", &[]);
        check("{l:Hurricane Melissa}, Storm {p:Claudia}; {p:Melissa} fell", &[]);
        check("{l:Hurricane Ann}, {p:Bob Ann}, {p:Ann}", &["bob-ann"; 2]);
        check("{l:HMS Duncan}, the frigate {p:Gerald Ford} and the tanker “{l:Yelnya}”", &[]);
        check("{l:Oropouche} fever, {p:Alzheimer}'s disease", &[]);
        check("{p:Ann Brown} and Ms {p:Brown}'s disease", &["ann-brown"; 2]);
        check("{p:Buffalo Bill} slept.", &["buffalo-bill"]);
        check("{o:Seattle Storm} {p:Sue Bird} won.", &["seattle-storm", "sue-bird"]);
        check("{o:Storm Prediction Center}, {l:Storm Lake}", &["storm-prediction-center", "storm-lake"]);
        check("the submarine {l:India} leased, the tanker {o:Shell} sold", &["india", "royal-dutch-shell"]);
    }

    #[test]
    fn companies_may_end_like_possessives() {
        check("{p:Moody}'s cut it.", &["moodys"]);
        check("{p:Ann Moody} left. {p:Moody}'s hat was lost.", &["ann-moody"; 2]);
        check("Mr {p:Moody}'s hat was lost.", &["moody"]);
    }

    #[test]
    fn peoples_go_before_hamlets() {
        check("{l:Swiss} voters and {l:Argentine} farmers", &["switzerland", "argentina"]);
        assert_eq!(kinds("{l:Swiss} voters and {l:Argentine} farmers"), [Kind::Demonym; 2]);
    }

    #[test]
    fn given_names_and_initials_tell_people() {
        check("{p:Francisco Gomes Neto} left. {p:Gomes Neto} slept. {p:Neto}", &["francisco-gomes-neto"; 3]);
        check("{p:Gomes Neto} won. {p:Francisco Gomes Neto} ran.", &["francisco-gomes-neto"; 2]);
        check("{p:Kim Beom-su}, also known as {p:Brian Kim}, left. {p:Kim}", &["kim-beom-su"; 3]);
        check("{p:Hamdan Dagalo}, known as {p:Hemedti}, left. {p:Hemedti}", &["hamdan-dagalo"; 3]);
        check(
            "{p:Gomes Neto}, known as {p:Francisco Gomes Neto}, known as {p:Gomes Neto}",
            &["francisco-gomes-neto"; 3],
        );
        check("{p:Ann Lee} is known as {p:Bob Lane}'s friend", &["ann-lee", "bob-lane"]);
        check("{p:John Paul Jones} and {p:Paul Jones}", &["john-paul-jones", "paul-jones"]);
        check("{p:Kenneth Marsh} ran. {p:Kenny} fell.", &["kenneth-marsh"; 2]);
        check("{p:George H. W. Bush} and {p:George W. Bush}", &["george-h-w-bush", "george-w-bush"]);
        check("{p:Lee Ka-yan} and {p:Peter Lee}: Ms {p:Lee}", &["lee-ka-yan", "peter-lee", "lee-ka-yan"]);
    }

    #[test]
    fn kinds_do_not_merge() {
        check("{p:Jordan Hale} in {l:Jordan}", &["jordan-hale", "jordan"]);
        check("{o:Washington} and {l:Washington}", &["washington"; 2]);
    }
}
