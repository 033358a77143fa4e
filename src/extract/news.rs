//! The extractor of dateline: tags, resolves and measures one article.
//!
//! Title and body are read as one document, so that the body explains the headline; spans go back to the
//! text that they came from. Fed by [`crate::pipeline`] with the words of an article; holds its tables for
//! all threads.

use std::sync::Arc;

use crate::extract::combine::{combine, sober};
use crate::extract::gazetteer::Gazetteer;
use crate::extract::language::{is_borne_out, is_in_other_letters, language};
use crate::extract::resolve::{Resolved, resolve, resolve_with_reasons};
use crate::extract::rules::RuleTagger;
use crate::extract::sentence::sentence_ends;
use crate::extract::tagged::{Document, Sentence, Tagged, Tagger};
use crate::extract::tagger::CrfTagger;
use crate::extract::token::tokenize;
use crate::extract::{Extraction, Extractor, Findings, Text, figure};
use crate::extraction::Explanation;
use crate::mention::{Mention, Span};

/// Counted up whenever this room extracts anything differently, the taggers and tables aside: they have
/// fingerprints of their own.
const VERSION: u32 = 13;

/// Shortest text whose guessed language decides how its numbers are read.
const LEAST_BYTES: usize = 400;

/// The language that the trained tagger was trained for. Texts too short to tell are taken for it.
const TRAINED_LANGUAGE: &str = "en";

/// The code for a language that nobody knows.
const UNKNOWN_LANGUAGE: &str = "und";

/// The taggers that look for names in a language, by name: `trained` knows English, `rules` goes by
/// lists and shapes in any language.
pub fn taggers(language: Option<&str>) -> &'static [&'static str] {
    if language.is_some_and(|language| language != TRAINED_LANGUAGE) { &["rules"] } else { &["trained", "rules"] }
}

/// What stands between title and body in the document: a paragraph break.
const BREAK: &str = "\n\n";

/// Extracts mentions and figures from news. Making one unpacks the tables; share it between threads.
#[derive(Debug)]
pub struct NewsExtractor {
    gazetteer: Arc<Gazetteer>,
    rules: RuleTagger,
    trained: CrfTagger,
}

impl NewsExtractor {
    /// Unpacks the embedded tables.
    pub fn new() -> Self {
        let gazetteer = Arc::new(Gazetteer::load());
        let rules = RuleTagger::new(Arc::clone(&gazetteer));
        let trained = CrfTagger::load(Arc::clone(&gazetteer));
        Self { gazetteer, rules, trained }
    }

    /// Tags a document: by both taggers where the trained one knows the language, else by the rules.
    fn tag(&self, document: &Document<'_>, tagged: &mut Vec<Tagged>) {
        let mut by_rules = Vec::new();
        self.rules.tag(document, &mut by_rules);
        if !taggers(document.language).contains(&"trained") {
            *tagged = by_rules;
            return;
        }
        let mut trained = Vec::new();
        self.trained.tag(document, &mut trained);
        combine(&trained, &by_rules, tagged);
        sober(document, &self.gazetteer.words, tagged);
    }
}

impl Default for NewsExtractor {
    fn default() -> Self {
        Self::new()
    }
}

impl NewsExtractor {
    /// As [`Extractor::extract`], with a reason for each mention: the extraction is the same.
    pub fn explain(&self, text: Text<'_>) -> Explanation {
        let mut explanation = Explanation::default();
        explanation.extraction = self.extract_with(text, &mut |document, tagged, body_start| {
            let (resolved, reasons) = resolve_with_reasons(document, &self.gazetteer, tagged);
            let mut by_rules = Vec::new();
            self.rules.tag(document, &mut by_rules);
            let mut trained = Vec::new();
            if taggers(document.language).contains(&"trained") {
                self.trained.tag(document, &mut trained);
            }
            for ((mention, _), mut reason) in resolved.mentions.iter().zip(reasons) {
                for (tagger, tags) in [("trained", &trained), ("rules", &by_rules)] {
                    let saw = |tag: &&Tagged| tag.overlaps(mention);
                    reason.taggers.extend(tags.iter().find(saw).map(|tag| (tagger, tag.confidence)));
                }
                let start = document.span(mention.first_token, mention.end_token).start as usize;
                if start < body_start { explanation.title.push(reason) } else { explanation.body.push(reason) }
            }
            resolved
        });
        explanation
    }

    fn extract_with(
        &self,
        text: Text<'_>,
        resolve: &mut dyn FnMut(&Document<'_>, &[Tagged], usize) -> Resolved,
    ) -> Extraction {
        let language = language(text.language, text.body);
        let joined;
        let (whole, body_start) = if text.title.trim().is_empty() {
            (text.body, 0)
        } else {
            joined = [text.title, BREAK, text.body].concat();
            (joined.as_str(), text.title.len() + BREAK.len())
        };
        let mut tokens = Vec::with_capacity(whole.len() / 5);
        tokenize(whole, &mut tokens);
        let mut ends = Vec::new();
        sentence_ends(whole, &tokens, &mut ends);
        let mut first_token = 0;
        let mut sentences = Vec::with_capacity(ends.len());
        for end_token in ends {
            let is_headline = (tokens[first_token].span.start as usize) < body_start;
            sentences.push(Sentence { first_token, end_token, is_headline });
            first_token = end_token;
        }
        let document = Document { text: whole, tokens: &tokens, sentences: &sentences, language: language.as_deref() };
        let mut tagged = Vec::new();
        self.tag(&document, &mut tagged);
        let resolved = resolve(&document, &tagged, body_start);

        // A language that was only guessed, from little, is no reason to give up English number words; letters that
        // are not those of English are.
        let is_borne_out = || language.as_deref().is_some_and(|language| is_borne_out(language, text.body));
        let sure = text.language.is_some() || text.body.len() >= LEAST_BYTES || is_borne_out();
        let spoken = match language.as_deref() {
            Some(language) if sure => language,
            guessed if is_in_other_letters(text.body) => guessed.unwrap_or(UNKNOWN_LANGUAGE),
            _ => TRAINED_LANGUAGE,
        };
        let figures = |text: &str| figure::find_in(text, spoken);
        let mut title = Findings { mentions: Vec::new(), figures: figures(text.title) };
        let mut body = Findings { mentions: Vec::new(), figures: figures(text.body) };
        for (tag, entity) in resolved.mentions {
            let span = document.span(tag.first_token, tag.end_token);
            if (span.start as usize) < body_start {
                title.mentions.push(Mention { kind: tag.kind, span, entity });
            } else {
                let span = Span::new(span.start as usize - body_start, span.end as usize - body_start);
                body.mentions.push(Mention { kind: tag.kind, span, entity });
            }
        }
        Extraction { language, entities: resolved.entities, title, body }
    }
}

impl Extractor for NewsExtractor {
    fn extract(&self, text: Text<'_>) -> Extraction {
        self.extract_with(text, &mut |document, tagged, _| resolve(document, &self.gazetteer, tagged))
    }

    fn fingerprint(&self) -> String {
        let (trained, rules) = (self.trained.fingerprint(), self.rules.fingerprint());
        format!("news-{VERSION} {trained} {rules} gazetteer-{}", Gazetteer::fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mention::EntityKind;

    thread_local! {
        static EXTRACTOR: NewsExtractor = NewsExtractor::new();
    }

    fn extract(title: &str, body: &str) -> Extraction {
        EXTRACTOR.with(|extractor| extractor.extract(Text { title, body, language: Some("en"), date: None }))
    }

    /// Entities of a kind, as `name (surfaces…)` where there are others.
    fn names(extraction: &Extraction, kind: EntityKind) -> Vec<String> {
        let of_kind = extraction.entities.iter().filter(|entity| entity.kind == kind);
        of_kind.map(|entity| entity.name.clone()).collect()
    }

    #[track_caller]
    fn check(body: &str, people: &[&str], places: &[&str], orgs: &[&str]) {
        let extraction = extract("", body);
        assert_eq!(names(&extraction, EntityKind::Person), people, "people of: {body}");
        assert_eq!(names(&extraction, EntityKind::Place), places, "places of: {body}");
        assert_eq!(names(&extraction, EntityKind::Org), orgs, "orgs of: {body}");
    }

    #[test]
    fn titles_stay_outside_names() {
        check("Former US President Bill Clinton spoke.", &["Bill Clinton"], &["United States"], &[]);
        check("We met Prime Minister Margaret Hill.", &["Margaret Hill"], &[], &[]);
        check("The judge thanked Dr. Ann Lee and Sgt. Omar Diaz.", &["Ann Lee", "Omar Diaz"], &[], &[]);
    }

    #[test]
    fn short_forms_find_the_full_name() {
        check(
            "Olena Kravchenko won. “It is late,” Kravchenko said. Mrs Kravchenko left.",
            &["Olena Kravchenko"],
            &[],
            &[],
        );
        check(
            "John Baker and his wife Mary Baker arrived. Mr Baker spoke first, then Mrs Baker.",
            &["John Baker", "Mary Baker"],
            &[],
            &[],
        );
    }

    #[test]
    fn single_names_are_people_where_the_text_says_so() {
        check("“We waited,” said the girl, named Victoria.", &["Victoria"], &[], &[]);
    }

    #[test]
    fn variants_of_a_place_meet() {
        check("They left Kiev on Monday. Kyiv was quiet.", &[], &["Kyiv"], &[]);
        check("The U.S. said so. The United States agreed, and American diplomats left.", &[], &["United States"], &[]);
        check("Flooding hit Paris, Texas, last night.", &[], &["Paris", "Texas"], &[]);
    }

    #[test]
    fn places_inside_organisations_are_no_places() {
        check("The Bank of England raised rates.", &[], &[], &["Bank of England"]);
        check("The Norwegian Defense Ministry agreed.", &[], &[], &["Norwegian Defense Ministry"]);
    }

    #[test]
    fn acronyms_find_their_expansion() {
        check(
            "The Northern Harbour Safety Board (NHSB) met. The NHSB said little.",
            &[],
            &[],
            &["Northern Harbour Safety Board"],
        );
    }

    #[test]
    fn demonyms_count_toward_their_country() {
        let extraction = extract("", "Peruvian officials met in Lima.");
        assert_eq!(names(&extraction, EntityKind::Place), ["Peru", "Lima"]);
        assert_eq!(extraction.body.mentions[0].kind, crate::mention::Kind::Demonym);
        let peru = extraction.entities[0].place.as_ref().expect("Peru is known");
        assert_eq!(peru.path, "/south-america/peru");
        assert_eq!(peru.country, Some(*b"PE"));
    }

    #[test]
    fn words_of_other_scripts_are_places_when_written_as_places_are() {
        #[track_caller]
        fn check(language: &'static str, body: &str, places: &[&str]) {
            let text = Text { title: "", body, language: Some(language), date: None };
            let extraction = EXTRACTOR.with(|extractor| extractor.extract(text));
            assert_eq!(names(&extraction, EntityKind::Place), places, "{body}");
        }
        check("hi", "मंत्री मंदिर में रुके। इस साल बैंक, तेल और ट्रेन महंगे हैं।", &[]);
        check("hi", "मंत्री भारत और फ्रांस पर बोले।", &["India", "France"]);
        check("bn", "মন্ত্রী বলেন, কালই বোঝা কমবে।", &[]);
        check("ar", "قال الوزير وأن الاتفاق قريب بين فرنسا وتركيا.", &["France"]);
        check("ar", "عاد الوفد من المانيا ومن ألمانيا.", &["Germany"]);
        check("fi", "Tämä on uutinen. Hän matkusti maahan Ranska.", &["France"]);
        check("ja", "ハナマ市とパナマ", &["Panama"]);
        check("pl", "Łódź i Lodz to jedno miasto.", &["Łódź"]);
    }

    #[test]
    fn short_texts_in_other_letters_are_not_english() {
        let figures = |body: &str| {
            let text = Text { title: "", body, language: None, date: None };
            let found = EXTRACTOR.with(|extractor| extractor.extract(text)).body.figures;
            found.into_iter().map(|figure| (figure.low, figure.unit)).collect::<Vec<_>>()
        };
        assert_eq!(figures("合同价值 $3亿"), [(3e8, Some("usd".to_owned()))]);
        assert_eq!(figures("a $3 fee and two men").len(), 2);
    }

    #[test]
    fn the_body_explains_the_headline() {
        let extraction = extract("Voss To Leave Brighton Post", "Hannah Voss said she would leave in May.");
        assert_eq!(names(&extraction, EntityKind::Person), ["Hannah Voss"]);
        assert_eq!(extraction.title.mentions[0].span, Span::new(0, 4));
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(extract("", "").entities, []);
        check("He said on Monday that they would come in March.", &[], &[], &[]);
        check("The President met the Chairman. She was late.", &[], &[], &[]);
    }

    proptest! {
        #[test]
        fn any_text_gives_sorted_mentions_of_known_entities(
            title in "\\PC{0,30}",
            body in "\\PC{0,120}|([A-Z][a-z]{1,6}[ ,.'’-]{1,2}|Mr\\. |of |the |in |US |and |\\n\\n){0,30}",
        ) {
            let extraction = extract(&title, &body);
            for (text, findings) in [(&title, &extraction.title), (&body, &extraction.body)] {
                let mut last = 0;
                for mention in &findings.mentions {
                    let range = mention.span.range();
                    prop_assert!(range.start >= last && range.end > range.start);
                    prop_assert!(text.get(range.clone()).is_some());
                    prop_assert!((mention.entity as usize) < extraction.entities.len());
                    last = range.end;
                }
            }
            let mut keys = std::collections::HashSet::new();
            prop_assert!(extraction.entities.iter().all(|entity| keys.insert((entity.kind, &entity.key))));
            prop_assert_eq!(extract(&title, &body), extraction);
        }
    }
}
