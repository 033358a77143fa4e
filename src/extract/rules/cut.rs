//! Runs of capitalised words become candidates: where names begin and end.
//!
//! Titles and honorifics fall out, organisations keep the places in their names, and what follows a place
//! or a people is looked at by itself.

use crate::extract::gazetteer::{Class, How};
use crate::extract::rules::Reading;
use crate::extract::rules::shape::Shape;
use crate::extract::tagged::Sentence;
use crate::mention::Kind;

/// A city of so many people is meant by its name before a person is.
const NOTABLE_CITY: u32 = 1_000_000;

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

    fn begins_name(&self, token: usize) -> bool {
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
    fn continues(&self, token: usize) -> bool {
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

    fn is_particle(&self, word: &str) -> bool {
        self.gazetteer.words.classes(word).has(Class::Particle)
    }

    fn class(&mut self, token: usize, class: Class) -> bool {
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
        };
        if let Some(end) = self.known_org(at, run.end) {
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
            return (at + 1, true);
        }
        if let Some((end, value)) = self.known_place(at, run.end)
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
        if self.is_start_word(at, run) {
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

    /// End of an organisation of the list; words as written there.
    fn known_org(&mut self, at: usize, run_end: usize) -> Option<usize> {
        let document = self.document;
        let (end, _) = self.gazetteer.orgs.match_at(document.text, document.tokens, at, run_end)?;
        if end == at + 1 {
            return self.gazetteer.orgs.is_written(document.word(at)).then_some(end);
        }
        let written = (at..end).all(|token| self.shapes[token] != Shape::Small || document.word(token).len() < 5);
        written.then_some(end)
    }

    /// Longest known place from a token, if it is written like a name.
    pub(super) fn known_place(&mut self, at: usize, end: usize) -> Option<(usize, u64)> {
        let document = self.document;
        let (end, value) = self.gazetteer.places.match_at(document.text, document.tokens, at, end)?;
        // "US" is a country and "Us" is not; names of three letters are written in many ways otherwise.
        let first = document.word(at);
        let n_letters = first.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = end == at + 1 && n_letters <= 2;
        if is_short && self.shapes[at] != Shape::Capitals || end == at + 1 && first.ends_with('.') && n_letters < 2 {
            return None;
        }
        Some((end, value))
    }

    /// Places and peoples that need no votes: countries, continents, regions, large cities of more than
    /// one word, demonyms.
    fn fixed_place(&mut self, at: usize, end: usize, value: u64, run: Run, after_title: bool) -> Option<(usize, Kind)> {
        use crate::extract::gazetteer::PlaceKind;
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

    /// A given name and one more word of a name.
    fn begins_full_name(&mut self, at: usize, run_end: usize) -> bool {
        let facts = self.facts(at);
        at + 1 < run_end
            && facts.is_given()
            && !facts.is_common()
            && self.begins_name(at)
            && self.begins_name(at + 1)
            && self.continues(at + 1)
            && self.known_place(at, run_end).is_none_or(|(end, _)| end == at + 1)
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

    /// Whether a title is part of a name all the same: "Jeffrey Dean Morgan", "Stephen King".
    fn is_name_part(&mut self, first: usize, token: usize, run_end: usize) -> bool {
        let facts = self.facts(token);
        let is_last = token + 1 >= run_end || !self.begins_name(token + 1);
        self.facts(first).is_given() && if is_last { facts.is_family() } else { facts.is_given() }
    }

    /// A title that stands before a name, or by itself: not part of it.
    fn is_title(&mut self, at: usize, run: Run) -> bool {
        let classes = self.facts(at).classes;
        let honorific =
            classes.has(Class::Honorific) || classes.has(Class::HonorificM) || classes.has(Class::HonorificF);
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

    /// End of an organisation's name that begins here: up to its head word ("Defense Ministry"), and what
    /// that is of ("Bank of England", "Centers for Disease Control").
    fn org_end(&mut self, at: usize, run_end: usize) -> Option<usize> {
        let mut head_end = None;
        let mut token = at;
        while token < run_end {
            if let Some((end, _)) = self.known_place(token, run_end).filter(|&(end, _)| end > token + 1) {
                // "United" of "United States" is no head word.
                token = end;
                continue;
            }
            let joins = match self.document.word(token) {
                "-" => true,
                "and" | "&" => self.joins_org(at, token, run_end),
                _ => false,
            };
            if !joins {
                if !self.begins_name(token) {
                    break;
                }
                let classes = self.facts(token).classes;
                if token > at && classes.has(Class::Role) && !classes.has(Class::OrgHead) {
                    break;
                }
                if classes.has(Class::OrgHead) && token > at || token == at && classes.has(Class::OrgLead) {
                    head_end = Some(token + 1);
                }
            }
            token += 1;
        }
        let end = head_end?;
        let end = self.complement_end(end, run_end).unwrap_or(end);
        (end > at + 1).then_some(end)
    }

    /// End of what a head word is of: "of England", "for Disease Control and Prevention".
    fn complement_end(&mut self, at: usize, run_end: usize) -> Option<usize> {
        if at >= run_end {
            return None;
        }
        let head = self.facts(at - 1).classes;
        let takes = match self.document.word(at) {
            "of" | "de" => head.has(Class::OrgLead) || head.has(Class::OrgHead),
            "for" | "on" => head.has(Class::OrgLead),
            _ => false,
        };
        if !takes {
            return None;
        }
        let mut end = at + 1;
        if end < run_end && self.document.word(end) == "the" {
            end += 1;
        }
        let first = end;
        while end < run_end {
            let is_joint = end > first
                && end + 1 < run_end
                && self.begins_name(end + 1)
                && (self.document.word(end) == "of"
                    || matches!(self.document.word(end), "and" | "&") && self.joins_complement(at - 1, end, run_end));
            if is_joint {
                end += 2;
                continue;
            }
            let is_role = end > first && self.is_plain_role(end) && self.document.word(end - 1) != "High";
            if !self.begins_name(end) || is_role {
                break;
            }
            end += 1;
        }
        (end > first).then_some(end)
    }

    /// Whether an "and" goes on with what a ministry or an institute is of: a field, not a second name.
    fn joins_complement(&mut self, head: usize, and: usize, run_end: usize) -> bool {
        let of_fields =
            !matches!(self.document.word(head), "University" | "Bank" | "College" | "Church" | "Court" | "House");
        let is_field = |reading: &mut Self, token: usize| {
            let facts = reading.facts(token);
            reading.shapes[token] == Shape::Capital
                && !facts.classes.has(Class::OrgLead)
                && reading.known_place(token, run_end).is_none()
                && (facts.small_share() > 0 || !facts.is_given())
        };
        of_fields && is_field(self, and - 1) && is_field(self, and + 1)
    }

    fn is_plain_role(&mut self, token: usize) -> bool {
        let classes = self.facts(token).classes;
        classes.has(Class::Role) && !classes.has(Class::OrgHead)
    }

    /// "Food and Drug Administration": the "and" stays inside when a head word follows, and what stands
    /// before it is neither finished nor a person or a place.
    fn joins_org(&mut self, at: usize, token: usize, run_end: usize) -> bool {
        /// Words between "and" and the head word.
        const REACH: usize = 3;
        let words = &self.gazetteer.words;
        let head_after = (token + 1..run_end.min(token + 1 + REACH))
            .any(|i| words.classes(self.document.word(i)).has(Class::OrgHead));
        head_after && token > at && !self.class(token - 1, Class::OrgHead) && !self.names_something(at, token)
    }

    fn names_something(&mut self, at: usize, end: usize) -> bool {
        self.facts(at).is_given() || !self.gazetteer.places.named(&self.folded(at, end)).is_empty()
    }

    /// Events, laws and prizes are not names of ours.
    fn is_event(&mut self, first: usize, end: usize) -> bool {
        let mut last = end - 1;
        if let Some(of) = (first..end).find(|&token| self.document.word(token) == "of") {
            last = of.saturating_sub(1).max(first);
        }
        (self.class(last, Class::EventHead) || self.class(first, Class::EventLead)) && end - first > 1
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
        let next_is_name = at + 1 < run.end && self.begins_name(at + 1) && self.continues(at + 1);
        if !next_is_name {
            return true;
        }
        // "Will Smith" and "Van Biljon", but not "While Smith" nor "In China".
        let lower = self.document.word(at).to_lowercase();
        let is_particle = self.is_particle(&lower) && lower.len() > 2;
        let is_given = facts.is_given() && !is_function_word(&lower) && self.facts(at + 1).is_family();
        !(is_particle || is_given)
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

    /// End of a name of no known pattern: capitalised words, initials, particles, suffixes.
    fn name_end(&mut self, at: usize, run_end: usize) -> usize {
        let mut end = at + 1;
        while end < run_end {
            if self.begins_name(end) {
                let facts = self.facts(end);
                let stops = facts.classes.has(Class::Never)
                    || facts.classes.has(Class::Group)
                    || self.class(at, Class::Never)
                    || facts.classes.has(Class::Role) && !self.is_name_part(at, end, run_end)
                    || self.shapes[end] == Shape::Capitals
                        && self.shapes[at] != Shape::Capitals
                        && !facts.classes.has(Class::Suffix)
                        && !is_roman(self.document.word(end))
                        && !self.document.word(end).contains('.');
                if stops {
                    break;
                }
                end += 1;
                continue;
            }
            // A particle between parts of a person's name.
            let mut next = end;
            while next < run_end && self.shapes[next] == Shape::Small && self.is_particle(self.document.word(next)) {
                next += 1;
            }
            if next == end || next >= run_end || !self.begins_name(next) {
                break;
            }
            end = next + 1;
        }
        // "Lucas Cranach the Elder".
        if end + 1 < self.document.tokens.len()
            && self.document.word(end) == "the"
            && matches!(self.document.word(end + 1), "Elder" | "Younger" | "Great" | "Terrible" | "Conqueror")
        {
            return end + 2;
        }
        // "John Smith, Jr." keeps its suffix.
        if end + 1 < self.document.tokens.len()
            && self.document.word(end) == ","
            && self.gazetteer.words.classes(self.document.word(end + 1)).has(Class::Suffix)
            && self.document.word(end + 1).starts_with(['J', 'S'])
            && end - at > 1
        {
            end += 2;
        }
        end
    }
}

/// Words of grammar that are given names somewhere.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "in" | "an"
            | "so"
            | "do"
            | "on"
            | "at"
            | "as"
            | "by"
            | "my"
            | "no"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "you"
            | "or"
            | "and"
            | "but"
            | "if"
            | "to"
            | "for"
            | "from"
            | "the"
            | "this"
            | "that"
            | "his"
            | "her"
            | "all"
            | "see"
            | "say"
            | "while"
            | "when"
            | "where"
            | "who"
            | "how"
            | "why"
            | "what"
            | "since"
            | "after"
            | "like"
            | "unlike"
            | "even"
            | "also"
            | "then"
            | "than"
            | "now"
            | "here"
            | "there"
            | "our"
            | "your"
            | "their"
            | "its"
            | "both"
            | "many"
            | "some"
            | "such"
            | "most"
            | "more"
            | "only"
            | "one"
            | "two"
            | "under"
            | "over"
            | "with"
            | "was"
            | "is"
            | "are"
            | "has"
            | "had"
            | "have"
            | "can"
            | "did"
            | "does"
            | "not"
            | "per"
            | "via"
            | "last"
            | "next"
            | "former"
            | "senior"
            | "young"
            | "old"
            | "new"
    )
}

/// A number in Roman letters, as behind the names of kings.
fn is_roman(word: &str) -> bool {
    word.len() < 6 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}
