//! Where the names of people begin and end: particles, initials, titles inside, suffixes.

use crate::extract::gazetteer::Class;
use crate::extract::rules::Reading;
use crate::extract::rules::shape::Shape;

impl Reading<'_> {
    /// End of a name of no known pattern: capitalised words, initials, particles, suffixes.
    pub(super) fn name_end(&mut self, at: usize, run_end: usize) -> usize {
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

    /// Whether a title is part of a name all the same: "Jeffrey Dean Morgan", "Stephen King".
    fn is_name_part(&mut self, first: usize, token: usize, run_end: usize) -> bool {
        let facts = self.facts(token);
        let is_last = token + 1 >= run_end || !self.begins_name(token + 1);
        self.facts(first).is_given() && if is_last { facts.is_family() } else { facts.is_given() }
    }

    /// A given name and one more word of a name.
    pub(super) fn begins_full_name(&mut self, at: usize, run_end: usize) -> bool {
        let facts = self.facts(at);
        at + 1 < run_end
            && facts.is_given()
            && !facts.is_common()
            && self.begins_name(at)
            && self.begins_name(at + 1)
            && self.continues(at + 1)
            && self.known_place(at, run_end).is_none_or(|(end, _)| end == at + 1)
    }
}

/// A number in Roman letters, as behind the names of kings.
pub(super) fn is_roman(word: &str) -> bool {
    word.len() < 6 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}
