//! Runs of capitalised words become candidates: where names begin and end.
//!
//! Titles and honorifics fall out, organisations keep the places in their names, and what follows a place
//! or a people is looked at by itself.

use crate::extract::gazetteer::{Class, How, PlaceKind};
use crate::extract::rules::Reading;
use crate::extract::rules::shape::{Shape, is_function_word};
use crate::extract::tagged::Sentence;
use crate::mention::Kind;

/// A city of so many people is meant by its name before a person is.
const NOTABLE_CITY: u32 = 1_000_000;

/// Letters of the longest acronym of a country in the table.
const LONGEST_ACRONYM: usize = 4;

/// Towns called by common words ("Bath", "Reading") are known from this size on.
const LEAST_COMMON_CITY: u32 = 50_000;

/// Look-ups of places that are remembered at a time: those of some pages.
const MOST_REMEMBERED: usize = 1 << 14;

/// A run of tokens that may be a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub first: usize,
    pub end: usize,
    /// First token of its sentence.
    pub sentence_first: usize,
    /// One past the last token of its sentence.
    pub sentence_end: usize,
    /// What it is, where that needs no votes.
    pub fixed: Option<Kind>,
    /// Whether a title or an honorific stands right before it.
    pub after_title: bool,
    /// The place that the whole of it names, as a value of the table.
    pub place: Option<u64>,
    /// Whether it is a title by itself.
    pub is_title: bool,
}

impl Candidate {
    pub(super) fn n_tokens(&self) -> usize {
        self.end - self.first
    }
}

/// What a run is cut with: where its sentence ends.
#[derive(Clone, Copy)]
struct Run {
    end: usize,
    sentence_first: usize,
    sentence_end: usize,
}

impl Reading<'_> {
    /// Appends the candidates of a sentence.
    pub(super) fn cut(&mut self, sentence: &Sentence, out: &mut Vec<Candidate>) {
        let mut at = sentence.first_token;
        let mut after_title = false;
        while at < sentence.end_token {
            if !self.begins_name(at) {
                after_title = false;
                at += 1;
                continue;
            }
            let run = Run {
                end: self.run_end(at, sentence.end_token),
                sentence_first: sentence.first_token,
                sentence_end: sentence.end_token,
            };
            while at < run.end {
                (at, after_title) = self.cut_one(at, run, after_title, out);
            }
        }
    }

    pub(super) fn begins_name(&self, token: usize) -> bool {
        self.shapes[token].is_name_like() && !self.document.word(token).starts_with(['@', '#'])
    }

    /// One past the last token that may belong with the name that begins here: capitalised words, and
    /// small ones between them that names contain.
    fn run_end(&mut self, first: usize, sentence_end: usize) -> usize {
        let mut end = first + 1;
        loop {
            let mut at = end;
            if at < sentence_end && self.begins_name(at) && self.continues(at) {
                end += 1;
                continue;
            }
            // "of the", "de la", "and", "'s": only if a capitalised word follows them.
            while at < sentence_end && at < end + 2 && self.links(at, at == end) {
                at += 1;
            }
            if at == end || at >= sentence_end || !self.begins_name(at) {
                return end;
            }
            end = at + 1;
        }
    }

    /// Whether a word goes on with the run before it: nothing but a space between them.
    pub(super) fn continues(&self, token: usize) -> bool {
        self.document.tokens[token].after_space || self.document.word(token - 1) == "-"
    }

    fn links(&self, token: usize, is_first: bool) -> bool {
        let word = self.document.word(token);
        match word {
            "of" | "for" | "and" | "&" | "on" | "de" | "the" => is_first || matches!(word, "the" | "and"),
            "'s" | "’s" | "'" | "’" => true,
            "-" => !self.document.tokens[token].after_space,
            _ => self.shapes[token] == Shape::Small && self.is_particle(word),
        }
    }

    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.gazetteer.words.classes(word).has(Class::Particle)
    }

    pub(super) fn class(&mut self, token: usize, class: Class) -> bool {
        self.facts(token).classes.has(class)
    }

    /// Cuts what begins at `at`; returns where to go on, and whether that stands behind a title.
    fn cut_one(&mut self, at: usize, run: Run, after_title: bool, out: &mut Vec<Candidate>) -> (usize, bool) {
        if !self.begins_name(at) {
            // The small words that joined the run: what follows "and" or "'s" is a name of its own.
            let keeps = after_title && matches!(self.document.word(at), "-" | "de" | "von" | "van" | "al" | "bin");
            return (at + 1, keeps);
        }
        let candidate = |first: usize, end: usize, fixed: Option<Kind>, place: Option<u64>| Candidate {
            first,
            end,
            sentence_first: run.sentence_first,
            sentence_end: run.sentence_end,
            fixed,
            after_title,
            place,
            is_title: false,
        };
        if let Some((end, is_ours)) = self.known_org(at, run.end, run.sentence_first) {
            if !is_ours {
                return (end, false);
            }
            let end = self.org_end(at, run.end).filter(|&longer| longer > end).unwrap_or(end);
            out.push(candidate(at, end, Some(Kind::Org), None));
            return (end, false);
        }
        if matches!(self.document.word(at), "The" | "A" | "An") {
            let begins_place = self.known_place(at, run.end).is_some_and(|(end, _)| end > at + 1);
            if !begins_place {
                return (at + 1, false);
            }
        }
        if let Some(end) = self.role_phrase(at, run.end) {
            return (end, true);
        }
        if let Some(end) = self.org_end(at, run.end).filter(|_| !after_title) {
            let (first, end) = self.without_start_word(at, end, run);
            if self.is_event(first, end) {
                return (end, false);
            }
            out.push(candidate(first, end, Some(Kind::Org).filter(|_| end - first > 1), None));
            return (end, false);
        }
        if self.is_title(at, run) {
            let goes_on = at + 1 < run.end && self.begins_name(at + 1);
            if !goes_on && self.facts(at).is_family() {
                // "King said": a title, unless somebody of that surname is about.
                out.push(Candidate { is_title: true, ..candidate(at, at + 1, None, None) });
            }
            return (at + 1, true);
        }
        // "Frankfurt am Main" holds a word that ends the run.
        let longest = self.known_place(at, run.sentence_end);
        let known_place = longest.filter(|&(end, _)| self.begins_name(end - 1)).or(self.known_place(at, run.end));
        if let Some((end, value)) = known_place
            && let Some((end, kind)) = self.fixed_place(at, end, value, run, after_title)
        {
            out.push(candidate(at, end, Some(kind), Some(value).filter(|_| kind == Kind::Place)));
            return (end, false);
        }
        let facts = self.facts(at);
        let begins_person = facts.is_given()
            && at + 1 < run.end
            && self.begins_name(at + 1)
            && !self.facts(at + 1).is_common()
            && self.continues(at + 1);
        if self.class(at, Class::Never) || self.class(at, Class::Group) && !begins_person {
            return (at + 1, false);
        }
        if self.is_start_word(at, run) || self.is_grammar(at, run) && !self.is_surname_first(at, run, after_title) {
            return (at + 1, false);
        }
        if self.is_unknown_people(at) && at + 1 < run.end && self.begins_full_name(at + 1, run.end) {
            return (at + 1, false);
        }
        let end = self.name_end(at, run.end);
        if self.is_event(at, end) {
            return (end, false);
        }
        let at = self.with_particles(at, run, out);
        let place = self.known_place(at, end).filter(|&(place_end, _)| place_end == end).map(|(_, value)| value);
        out.push(candidate(at, end, None, place));
        (end, false)
    }

    /// End of an organisation of the list, words as written there, and whether it is one.
    fn known_org(&mut self, at: usize, run_end: usize, sentence_first: usize) -> Option<(usize, bool)> {
        let document = self.document;
        let (end, org) = self.gazetteer.orgs.match_at(document.text, document.tokens, at, run_end)?;
        let is_ours = !self.gazetteer.orgs.is_not_ours(org);
        if end == at + 1 {
            // "Unite" at the start of a sentence is a verb, unless it speaks or owns.
            let next = (end < document.tokens.len()).then(|| document.word(end));
            let acts = next.is_some_and(|next| {
                matches!(next, "'s" | "’s") || self.gazetteer.words.classes(next).has(Class::Speech)
            });
            let is_word = self.shapes[at] == Shape::Capital && self.facts(at).is_common() && !acts;
            let is_name = !(is_word && self.starts_sentence(at, sentence_first));
            return (is_name && self.gazetteer.orgs.is_written(document.word(at))).then_some((end, is_ours));
        }
        let written = (at..end).all(|token| self.shapes[token] != Shape::Small || document.word(token).len() < 5);
        written.then_some((end, is_ours))
    }

    /// Longest known place from a token, if it is written like a name. Asked again and again of the same tokens,
    /// hence remembered.
    pub(super) fn known_place(&mut self, at: usize, end: usize) -> Option<(usize, u64)> {
        if let Some(&known) = self.places.get(&(at, end)) {
            return known;
        }
        let known = self.look_up_place(at, end);
        if self.places.len() == MOST_REMEMBERED {
            self.places.clear();
        }
        self.places.insert((at, end), known);
        known
    }

    fn look_up_place(&mut self, at: usize, end: usize) -> Option<(usize, u64)> {
        let document = self.document;
        let (end, value) = self.gazetteer.places.match_at(document.text, document.tokens, at, end)?;
        // "US" is a country and "Us" is not; names of three letters are written in many ways otherwise.
        let first = document.word(at);
        let n_letters = first.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = end == at + 1 && n_letters <= 2;
        if is_short && self.shapes[at] != Shape::Capitals || end == at + 1 && first.ends_with('.') && n_letters < 2 {
            return None;
        }
        let meant = self.gazetteer.places.first_candidate(value);
        let is_country = self.gazetteer.places.kind(meant.place) == PlaceKind::Country;
        // "Car" is not the CAR.
        let is_acronym = is_country && meant.how == How::Alternate && n_letters <= LONGEST_ACRONYM && end == at + 1;
        if is_acronym && self.shapes[at] == Shape::Capital {
            return None;
        }
        // "Island" is Iceland to others, and "Western" a province somewhere.
        let is_minor = match self.gazetteer.places.kind(meant.place) {
            PlaceKind::Subdivision => true,
            PlaceKind::City => self.gazetteer.places.population(meant.place) < LEAST_COMMON_CITY,
            PlaceKind::Country => meant.how == How::Alternate && end == at + 1 && self.shapes[at] == Shape::Capital,
            _ => false,
        };
        // ...as is "Northern District", but not "Salt Lake City".
        let is_plain = end == at + 1 || self.document.word(end - 1) == "District";
        if is_minor && is_plain && meant.how != How::Demonym && (at..end).all(|token| self.facts(token).is_common()) {
            return None;
        }
        Some((end, value))
    }

    /// Places and peoples that need no votes: countries, continents, regions, large cities of more than
    /// one word, demonyms.
    fn fixed_place(&mut self, at: usize, end: usize, value: u64, run: Run, after_title: bool) -> Option<(usize, Kind)> {
        let first = self.gazetteer.places.first_candidate(value);
        let kind = self.gazetteer.places.kind(first.place);
        if first.how == How::Demonym {
            return Some((end, Kind::Demonym));
        }
        let goes_on = end < run.end && self.begins_name(end) && self.continues(end);
        if after_title && end == at + 1 && !matches!(kind, PlaceKind::Country | PlaceKind::Continent) {
            return None;
        }
        let facts = self.facts(at);
        let is_name = facts.is_given() && end == at + 1;
        if goes_on
            && is_name
            && !self.begins_full_name(end, run.end)
            && !self.gazetteer.words.classes(self.document.word(end)).has(Class::Role)
        {
            // "Jordan Henderson", "Georgia Meloni".
            return None;
        }
        let is_notable = matches!(kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Subdivision)
            || self.gazetteer.places.population(first.place) >= NOTABLE_CITY;
        if goes_on && end == at + 1 && is_notable && first.how == How::Main && self.begins_full_name(end, run.end) {
            // "First Minister of Scotland Nicola Sturgeon".
            return Some((end, Kind::Place));
        }
        match kind {
            PlaceKind::Country | PlaceKind::Continent if first.how == How::Main || end > at + 1 => {
                Some((end, Kind::Place))
            }
            PlaceKind::Country => self.shapes[at].is_name_like().then_some((end, Kind::Place)),
            _ if end > at + 1 && !is_name && !facts.is_given() => Some((end, Kind::Place)),
            _ => None,
        }
    }

    /// "Minnesotan Scott Ledoux": a word made of a place's name that no list holds.
    fn is_unknown_people(&mut self, at: usize) -> bool {
        let word = self.document.word(at);
        let facts = self.facts(at);
        word.len() > 5 && !facts.is_given() && ["ian", "an", "ese"].iter().any(|ending| word.ends_with(ending))
    }

    /// "Secretary of State", "Leader of the Opposition".
    fn role_phrase(&mut self, at: usize, run_end: usize) -> Option<usize> {
        let words = self.gazetteer.words.roles(self.document.word(at));
        let fits = |phrase: &&Vec<&str>| {
            at + phrase.len() <= run_end
                && phrase.iter().enumerate().all(|(i, word)| self.document.word(at + i) == *word)
        };
        words.iter().find(fits).map(|phrase| at + phrase.len())
    }

    /// A title that stands before a name, or by itself: not part of it.
    fn is_title(&mut self, at: usize, run: Run) -> bool {
        let classes = self.facts(at).classes;
        let honorific = classes.is_honorific();
        if honorific {
            // "Baron" and "King" are surnames too, at the end of a name; here none has begun.
            return at + 1 < run.end || self.document.word(at).ends_with('.') || classes.has(Class::Role);
        }
        // "President-elect", "Vice-Chancellor".
        if let Some((before, after)) = self.document.word(at).split_once('-') {
            let words = &self.gazetteer.words;
            return classes.has(Class::Role)
                || words.classes(before).has(Class::Role) && after.starts_with(char::is_lowercase)
                || words.classes(after).has(Class::Role);
        }
        if classes.has(Class::Role) {
            // "Dean Kamen", but "Dean John Kamen".
            let next_is_surname = at + 1 < run.end && self.begins_name(at + 1) && !self.facts(at + 1).is_given();
            return !(next_is_surname && self.facts(at).is_known_given() && self.facts(at + 1).is_family());
        }
        classes.has(Class::RoleMod) && self.modifies_title(at, run.end)
    }

    /// "Prime" before "Minister", "Deputy Prime" before "Minister".
    fn modifies_title(&mut self, at: usize, run_end: usize) -> bool {
        let mut next = at + 1;
        while next < run_end && self.class(next, Class::RoleMod) {
            next += 1;
        }
        next < run_end && self.class(next, Class::Role)
    }

    /// A word at the start of a sentence that has its capital from there.
    fn is_start_word(&mut self, at: usize, run: Run) -> bool {
        if !self.starts_sentence(at, run.sentence_first) || self.shapes[at] != Shape::Capital {
            return false;
        }
        let facts = self.facts(at);
        if !facts.is_common() {
            return false;
        }
        let lower = self.document.word(at).to_lowercase();
        let is_particle = self.is_particle(&lower) && lower.len() > 2;
        let mut next = at + 1;
        while is_particle && next < run.end && self.is_particle(self.document.word(next)) {
            next += 1;
        }
        if next >= run.end || !self.begins_name(next) || !self.continues(next) {
            return true;
        }
        // "Will Smith" and "Van Biljon", but not "While Smith" nor "In China".
        let is_given = facts.is_given() && !is_function_word(&lower) && self.facts(at + 1).is_family();
        !(is_particle || is_given)
    }

    /// "Vice Premier He Lifeng", "and He Lifeng": pronouns have no capital inside a sentence, surnames of
    /// East Asia do.
    fn is_surname_first(&self, at: usize, run: Run, after_title: bool) -> bool {
        let is_like_one = matches!(self.document.word(at), "He" | "She" | "You" | "So" | "Do" | "An");
        let has_next = at + 1 < run.end && self.begins_name(at + 1) && self.continues(at + 1);
        has_next && (after_title || is_like_one && !self.starts_sentence(at, run.sentence_first))
    }

    /// "Who" and "That" are no names in the middle of a sentence either.
    fn is_grammar(&mut self, at: usize, run: Run) -> bool {
        let word = self.document.word(at);
        let next_is_family = at + 1 < run.end && self.begins_name(at + 1) && self.facts(at + 1).is_family();
        self.shapes[at] == Shape::Capital
            && is_function_word(&word.to_lowercase())
            && !next_is_family
            && !(self.class(at, Class::PlaceLead) && at + 1 < run.end)
            && !self.facts(at).is_known_name()
    }

    /// An organisation's name does not begin with the word that begins the sentence ("Former", "The").
    fn without_start_word(&mut self, at: usize, end: usize, run: Run) -> (usize, usize) {
        let lower = self.document.word(at).to_lowercase();
        let skips = is_function_word(&lower) && !self.class(at, Class::OrgLead) && lower != "new"
            || end - at > 2 && self.is_start_word(at, run) && !self.class(at, Class::OrgLead);
        (if skips && end - at > 1 { at + 1 } else { at }, end)
    }

    /// "van Biljon", "bin Salman": a surname takes the particles before it along.
    fn with_particles(&self, mut at: usize, run: Run, out: &[Candidate]) -> usize {
        let earliest = out.last().map_or(run.sentence_first, |last| last.end.max(run.sentence_first));
        while at > earliest
            && matches!(
                self.document.word(at - 1),
                "van" | "von" | "der" | "den" | "bin" | "ibn" | "de" | "di" | "du" | "al" | "el" | "ten" | "ter"
            )
            && self.document.tokens[at].after_space
        {
            at -= 1;
        }
        at
    }

    pub(super) fn starts_sentence(&self, token: usize, sentence_first: usize) -> bool {
        if token == sentence_first {
            return true;
        }
        let before = self.document.word(token - 1);
        matches!(before, "“" | "\"" | "‘" | ":" | "•" | "*" | "—" | "''" | "``" | "(" | "[")
            || token == sentence_first + 1 && self.shapes[token - 1] == Shape::Mark
    }
}
