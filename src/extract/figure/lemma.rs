//! English nouns: whether a word looks like a plural, and the singular that stands for both.
//!
//! Rules and a list of irregulars; no dictionary. Feeds [`super::noun`] and the query side.

use std::borrow::Cow;

use super::table::{Low, Table};

/// Plurals that no rule gets right, with their singulars; words that are their own plural stand alone.
static IRREGULAR: Table<512> = Table::new(
    "people=person persons=person men=man women=woman children=child kids=kid feet=foot teeth=tooth geese=goose mice=mouse oxen=ox lice=louse \
     policemen=policeman policewomen=policewoman firemen=fireman servicemen=serviceman servicewomen=servicewoman gunmen=gunman \
     fishermen=fisherman congressmen=congressman congresswomen=congresswoman lawmen=lawman militiamen=militiaman tribesmen=tribesman \
     businessmen=businessman businesswomen=businesswoman salesmen=salesman spokesmen=spokesman chairmen=chairman workmen=workman \
     craftsmen=craftsman clergymen=clergyman airmen=airman seamen=seaman crewmen=crewman guardsmen=guardsman riflemen=rifleman hitmen=hitman \
     cameramen=cameraman frenchmen=frenchman englishmen=englishman irishmen=irishman dutchmen=dutchman scotsmen=scotsman welshmen=welshman \
     countrymen=countryman infantrymen=infantryman noblemen=nobleman horsemen=horseman sportsmen=sportsman sportswomen=sportswoman \
     schoolchildren=schoolchild grandchildren=grandchild stepchildren=stepchild gentlemen=gentleman aldermen=alderman assemblymen=assemblyman \
     freshmen=freshman batsmen=batsman marksmen=marksman hostages=hostage \
     lives=life wives=wife knives=knife wolves=wolf leaves=leaf halves=half shelves=shelf thieves=thief loaves=loaf calves=calf scarves=scarf \
     midwives=midwife housewives=housewife elves=elf hooves=hoof selves=self \
     crises=crisis analyses=analysis bases=base theses=thesis hypotheses=hypothesis diagnoses=diagnosis oases=oasis axes=axe parentheses=parenthesis \
     criteria=criterion phenomena=phenomenon data=data media=media bacteria=bacterium strata=stratum referenda=referendum memoranda=memorandum \
     alumni=alumnus cacti=cactus fungi=fungus nuclei=nucleus stimuli=stimulus syllabi=syllabus larvae=larva algae=alga indices=index matrices=matrix \
     vertices=vertex appendices=appendix \
     buses=bus gases=gas viruses=virus campuses=campus bonuses=bonus statuses=status choruses=chorus censuses=census pluses=plus \
     focuses=focus octopuses=octopus lenses=lens atlases=atlas canvases=canvas aliases=alias walruses=walrus surpluses=surplus abacuses=abacus \
     quizzes=quiz heroes=hero potatoes=potato tomatoes=tomato torpedoes=torpedo vetoes=veto echoes=echo mosquitoes=mosquito volcanoes=volcano \
     tornadoes=tornado cargoes=cargo embargoes=embargo mangoes=mango mottoes=motto buffaloes=buffalo dominoes=domino grottoes=grotto \
     movies=movie cookies=cookie zombies=zombie calories=calorie selfies=selfie rookies=rookie hoodies=hoodie brownies=brownie genies=genie \
     prairies=prairie pies=pie ties=tie lies=lie dies=die smoothies=smoothie veggies=veggie junkies=junkie indies=indie laddies=laddie \
     caches=cache aches=ache headaches=headache avalanches=avalanche niches=niche creches=creche psyches=psyche moustaches=moustache \
     axes=axe shoes=shoe horseshoes=horseshoe toes=toe foes=foe canoes=canoe hoes=hoe \
     ibises=ibis measles people's=person taliban deer sheep fish salmon trout cod tuna squid shrimp bison moose elk swine cattle poultry livestock aircraft spacecraft hovercraft watercraft \
     series species headquarters means crossroads barracks gallows police personnel staff offspring troops=troop clergy \
     youth vermin grouse quail reindeer plankton infantry cavalry \
     chinese japanese vietnamese portuguese lebanese sudanese burmese taiwanese congolese senegalese maltese sinhalese nepalese british french \
     english irish welsh dutch spanish swiss scottish turkish=turkish polish=polish \
     dead wounded injured killed missing hurt sick homeless unemployed arrested detained died",
);

/// Words in -s that are no plurals: adverbs, verbs, names, singulars.
static NOT_PLURAL: Table<512> = Table::new(
    "is was has does its his this thus us as yes plus perhaps always whereas besides towards afterwards upwards downwards \
     onwards forwards backwards inwards outwards overseas nowadays sometimes unless less across \
     gas bus lens news physics mathematics politics economics ethics athletics gymnastics electronics genetics logistics statistics \
     mass class pass glass grass brass boss loss cross press stress dress \
     christmas canvas atlas alias pancreas texas kansas arkansas dallas paris athens naples brussels wales cyprus laos honduras mars \
     reuters hamas los angeles las vegas orleans minneapolis indianapolis annapolis memphis columbus illinois massachusetts jones \
     williams davis harris james charles thomas nicholas lewis evans roberts phillips adams edwards hughes stevens rogers peters \
     watkins jenkins hopkins hawkins collins simmons simpsons dennis chris francis louis marcus lucas elias jesus moses hercules \
     philippines netherlands bahamas maldives seychelles olympics united \
     says goes gets makes takes comes gives knows thinks wants needs becomes remains includes appears seems means's \
     whose ours hers theirs yours mrs ms vs versus per thanks herself himself themselves ourselves yourselves alas amos \
     contains provides identifies allows requires carries weighs arrives brings determines operates assumes expects involves suggests \
     describes explains argues enables receives produces contributes decides continues creates represents believes \
     tennis basis crisis analysis emphasis thesis genesis oasis diabetes rabies aids covers sars tuberculosis arthritis hepatitis sepsis \
     jihadis's bias chaos cosmos ethos pathos kudos asparagus once twice hence various previous serious",
);

/// Words in -s that more often stand before the counted noun than are it: "20 news outlets", "three
/// sports cars", "five arms experts".
static ATTRIBUTIVE: Table<64> = Table::new(
    "sports news arms sales customs goods savings securities communications operations systems united nations states \
     women's men's children's veterans emergency services human rights foreign affairs forces special armed defence works games parks jobs drugs",
);

/// Words of [`IRREGULAR`] that stand for a plural only where no other plural follows, if at all.
static UNSURE: Table<64> = Table::new(
    "english irish welsh spanish scottish turkish polish french dutch swiss british media youth people's data police cod staff crew",
);

/// Plurals of nouns in -i, which look like singulars in -is.
static PLURALS_IN_IS: Table<64> = Table::new(
    "israelis iraqis pakistanis bangladeshis saudis emiratis somalis omanis qataris yemenis kuwaitis nepalis bengalis \
     azerbaijanis rabbis jihadis nazis houthis yazidis afghanis alibis safaris tsunamis sunnis skis taxis",
);

/// Whether a word looks like a plural noun, or is one that has no other form.
pub(super) fn is_plural(word: &str) -> bool {
    let low = Low::new(word);
    let low = low.as_str();
    if low.len() < 3 || STATES.has(low) || UNSURE.has(low) || low.ends_with("ese") {
        return false;
    }
    if IRREGULAR.has(low) || PLURALS_IN_IS.has(low) {
        return true;
    }
    let singular = ["ss", "us", "is", "'s"].iter().any(|end| low.ends_with(end)) && low != "menus";
    low.ends_with('s') && !singular && !NOT_PLURAL.has(low)
}

/// Nouns that are their own plural and are looked for only where no plain plural follows.
pub(super) fn is_collective(low: &str) -> bool {
    UNSURE.has(low) || low.ends_with("ese") && low.len() > 5
}

/// Whether a plural more often goes before the counted noun than is it.
pub(super) fn is_attributive(low: &str) -> bool {
    ATTRIBUTIVE.has(low)
}

/// What people are when a number stands right before: "12 dead", "30 wounded", "five arrested".
pub(super) static STATES: Table<64> = Table::new(
    "dead killed wounded injured missing hurt arrested detained died hospitalised hospitalized displaced homeless stranded rescued \
     infected sick ill unemployed vaccinated evacuated trapped released freed unaccounted jailed captured hostage deceased convicted \
     indicted charged sentenced poor executed kidnapped abducted drowned buried survived",
);

/// The form that stands for all forms of a noun: lower case, singular (`prisoner`, `person`, `man`).
/// Adjectives and participles that serve as nouns stay as they are (`dead`, `killed`, `wounded`); of a compound the
/// last part has the plural (`start-ups`).
pub fn lemma(noun: &str) -> Cow<'_, str> {
    if let Some((before, last)) = noun.rsplit_once('-') {
        return Cow::Owned(format!("{}-{}", before.to_lowercase(), lemma(last)));
    }
    let noun = noun.strip_suffix("'s").or_else(|| noun.strip_suffix("\u{2019}s")).unwrap_or(noun);
    let noun = noun.trim_end_matches(['\'', '\u{2019}']);
    let plain =
        if noun.chars().any(char::is_uppercase) { Cow::Owned(noun.to_lowercase()) } else { Cow::Borrowed(noun) };
    let cut = |n: usize, tail: &str| Cow::Owned(format!("{}{tail}", &plain[..plain.len() - n]));
    if let Some(singular) = IRREGULAR.get(&plain) {
        return if singular.is_empty() { plain } else { Cow::Borrowed(singular) };
    }
    if plain.len() < 4 || !plain.ends_with('s') || NOT_PLURAL.has(&plain) || !plain.is_ascii() {
        let short = plain.len() == 3 && plain.ends_with('s') && is_plural(&plain);
        return if short { cut(1, "") } else { plain };
    }
    // "gunwomen" and the like: any compound of man and woman.
    if plain.ends_with("ss") || plain.ends_with("us") || plain.ends_with("is") && !is_plural(&plain) {
        return plain;
    }
    if plain.ends_with("ies") && plain.len() > 4 {
        return cut(3, "y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zzes"].iter().any(|end| plain.ends_with(end));
    if sibilant { cut(2, "") } else { cut(1, "") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(noun: &str, expected: &str) {
        assert_eq!(lemma(noun), expected);
    }

    #[test]
    fn singular_stands_for_all_forms() {
        check("prisoners", "prisoner");
        check("Prisoners", "prisoner");
        check("prisoner", "prisoner");
        check("people", "person");
        check("children", "child");
        check("women", "woman");
        check("policies", "policy");
        check("movies", "movie");
        check("wolves", "wolf");
        check("lives", "life");
        check("churches", "church");
        check("houses", "house");
        check("buses", "bus");
        check("losses", "loss");
        check("boxes", "box");
        check("heroes", "hero");
        check("crises", "crisis");
        check("troops", "troop");
        check("aircraft", "aircraft");
        check("species", "species");
        check("dead", "dead");
        check("wounded", "wounded");
        check("Israelis", "israeli");
        check("cases", "case");
        check("virus", "virus");
        check("MPs", "mp");
        check("start-ups", "start-up");
        check("Great-Grandchildren", "great-grandchild");
        check("", "");
    }

    #[test]
    fn plurals_look_like_plurals() {
        for word in ["prisoners", "people", "aircraft", "MPs", "Israelis", "cases", "lives"] {
            assert!(is_plural(word), "{word}");
        }
        for word in ["was", "Texas", "famous", "business", "crisis", "said", "dead", "police"] {
            assert!(!is_plural(word), "{word}");
        }
    }
}
