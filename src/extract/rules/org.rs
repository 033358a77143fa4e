//! Where the names of organisations end, and what is an event rather than a name.

use crate::extract::gazetteer::Class;
use crate::extract::rules::Reading;
use crate::extract::rules::shape::Shape;

impl Reading<'_> {
    /// End of an organisation's name that begins here: up to its head word ("Defense Ministry"), and what
    /// that is of ("Bank of England", "Centers for Disease Control").
    pub(super) fn org_end(&mut self, at: usize, run_end: usize) -> Option<usize> {
        let mut head_end = None;
        let mut token = at;
        while token < run_end {
            let place_end = self.known_place(token, run_end).map_or(token, |(end, _)| end);
            if place_end > token + 1 && !self.class(place_end - 1, Class::OrgHead) {
                // "United" of "United States" is no head word.
                token = place_end;
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
        let end = match head_end {
            Some(end) => end,
            // "Calder & Marsh": nothing but firms joins names so.
            None => return self.partners_end(at, run_end),
        };
        let end = self.complement_end(end, run_end).unwrap_or(end);
        // "International Committee of the Red Cross and ...": what the list has in full goes no further.
        let end = match self.gazetteer.orgs.match_at(self.document.text, self.document.tokens, at, end) {
            Some((known_end, _)) if known_end > at + 1 && known_end < end && self.is_and(known_end) => known_end,
            _ => end,
        };
        (end > at + 1).then_some(end)
    }

    /// End of a firm's name made of two names and the sign between them.
    fn partners_end(&mut self, at: usize, run_end: usize) -> Option<usize> {
        let and = (at + 1..run_end.min(at + 3)).find(|&token| self.document.word(token) == "&")?;
        let is_plain = (at..and).all(|token| self.begins_name(token) && !self.facts(token).classes.has(Class::Role));
        (is_plain && and + 1 < run_end && self.begins_name(and + 1)).then_some(and + 2)
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
            if !self.begins_name(end) || is_role || self.class(end, Class::Never) {
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

    fn is_and(&self, token: usize) -> bool {
        matches!(self.document.word(token), "and" | "&" | ",")
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
        let is_org = self.gazetteer.orgs.named(&self.folded(at, end)).is_some();
        is_org || self.facts(at).is_given() || !self.gazetteer.places.named(&self.folded(at, end)).is_empty()
    }

    /// Events, laws and prizes are not names of ours.
    pub(super) fn is_event(&mut self, first: usize, end: usize) -> bool {
        let mut last = end - 1;
        if let Some(of) = (first..end).find(|&token| self.document.word(token) == "of") {
            last = of.saturating_sub(1).max(first);
        }
        (self.class(last, Class::EventHead) || self.class(first, Class::EventLead)) && end - first > 1
    }
}
