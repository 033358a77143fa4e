//! Words of a text, as the taggers see them.
//!
//! Cuts running text of any script into words, numbers and marks, by fixed rules and in one pass. Splits
//! where taggers of news need it (possessives, contractions, "US-led", "Russia-Ukraine") and holds
//! together what is one name ("U.S.", "O'Brien", "al-Assad", "AT&T"). Knows nothing of kinds or
//! sentences. Fed with titles and bodies; feeds [`super::sentence`] and the taggers.

mod lists;

use unicode_normalization::char::is_combining_mark;

use crate::mention::Span;
use crate::sentence;

/// One word, number or punctuation mark. Never holds white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether white space stands before it.
    pub after_space: bool,
}

/// Appends the tokens of a text, sorted by start, without overlaps; together they cover everything but
/// white space and control characters. Linear in the length of the text.
///
/// # Panics
/// When the text is 4 GiB or longer: readers refuse such articles.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    let mut cutter = Cutter { text, tokens, after_space: true };
    let mut at = 0;
    while at < text.len() {
        at = cutter.step(at);
    }
}

struct Cutter<'a> {
    text: &'a str,
    tokens: &'a mut Vec<Token>,
    after_space: bool,
}

impl Cutter<'_> {
    /// Consumes what begins at `at`; returns where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let Some(first) = self.char_at(at) else { return self.text.len() };
        if first.is_whitespace() || first.is_control() || is_invisible(first) {
            self.after_space |= first.is_whitespace() || first.is_control();
            return at + first.len_utf8();
        }
        if is_single(first) {
            return self.push(at, at + first.len_utf8());
        }
        if is_word(first) {
            return self.word(at);
        }
        match first {
            '@' | '#' => self.tag_or_mark(at),
            '.' | '-' | '*' | '=' | '_' | '!' | '?' => {
                let n_same = self.text.as_bytes()[at..].iter().take_while(|&&byte| byte == first as u8).count();
                self.push(at, at + n_same)
            }
            _ => self.push(at, at + first.len_utf8()),
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    fn push(&mut self, start: usize, end: usize) -> usize {
        self.tokens.push(Token { span: Span::new(start, end), after_space: self.after_space });
        self.after_space = false;
        end
    }

    fn skip_word(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            match self.char_at(at) {
                // Joiners belong to words of scripts that need them, not to the end of an English one.
                Some('\u{200c}' | '\u{200d}') if at > 0 && bytes[at - 1].is_ascii() => return at,
                Some(c) if !c.is_ascii() && is_word(c) && !is_single(c) => at += c.len_utf8(),
                _ => return at,
            }
        }
    }

    fn tag_or_mark(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        while self.char_at(end).is_some_and(|c| c == '_' || (is_word(c) && !is_single(c))) {
            end += self.char_at(end).map_or(0, char::len_utf8);
        }
        self.push(at, end)
    }

    /// A word from `start`, with whatever joins to it.
    fn word(&mut self, start: usize) -> usize {
        if let Some(end) = self.address(start) {
            return self.push(start, end);
        }
        let mut part_start = start;
        let mut end = self.skip_word(start);
        let mut has_hyphen = false;
        while let Some(mark) = self.char_at(end) {
            let next = end + mark.len_utf8();
            let after = self.char_at(next).filter(|&c| is_word(c) && !is_single(c));
            match (mark, after) {
                ('\'' | '’' | 'ʼ', Some(_)) => {
                    let stop = self.skip_word(next);
                    if let Some(cut) = self.contraction(part_start, end, next, stop) {
                        return self.split_clitic(start, cut, stop);
                    }
                    end = stop;
                }
                ('-' | '‐' | '\u{2011}', Some(_)) => {
                    has_hyphen = true;
                    let stop = self.skip_word(next);
                    let (left, right) = (&self.text[part_start..end], &self.text[next..stop]);
                    if splits_after(left, right, part_start == start) || numbers_name(left, right) {
                        return self.push_joined(start, end, next, has_hyphen);
                    }
                    end = stop;
                }
                ('.', Some(c)) if self.joins_at_period(part_start, end, next, c) => end = self.skip_word(next),
                (',' | ':' | '/' | '.', Some(c))
                    if c.is_ascii_digit() && self.text.as_bytes()[end - 1].is_ascii_digit() =>
                {
                    end = self.skip_word(next);
                    continue;
                }
                ('&', Some(c)) if c.is_uppercase() && self.ends_upper(end) => end = self.skip_word(next),
                ('@', Some(_)) => match self.mail(next) {
                    Some(stop) => return self.push(start, stop),
                    None => break,
                },
                ('_', Some(_)) => end = self.skip_word(next),
                ('.', None) if self.keeps_period(start, part_start, end) => {
                    end = next;
                    break;
                }
                _ => break,
            }
            part_start = next;
        }
        if has_hyphen && self.split_compound(start, end) {
            return end;
        }
        self.push(start, end)
    }

    fn push_joined(&mut self, start: usize, end: usize, next: usize, has_hyphen: bool) -> usize {
        if !(has_hyphen && self.split_compound(start, end)) {
            self.push(start, end);
        }
        self.push(end, next)
    }

    fn ends_upper(&self, end: usize) -> bool {
        self.text[..end].chars().next_back().is_some_and(char::is_uppercase)
    }

    /// Where a contraction or possessive begins, if the part after the apostrophe is one.
    fn contraction(&self, part_start: usize, apostrophe: usize, next: usize, stop: usize) -> Option<usize> {
        // What goes on with a hyphen or another apostrophe is a name ("Sana's-", "rock'n'roll").
        match &self.text[next..stop] {
            "s" | "S" | "ll" | "re" | "ve" | "d" | "m" | "LL" | "RE" | "VE" => Some(apostrophe),
            "t" | "T" => {
                let before = &self.text.as_bytes()[part_start..apostrophe];
                (before.len() > 1 && before.ends_with(b"n") || before.len() > 1 && before.ends_with(b"N"))
                    .then(|| apostrophe - 1)
            }
            _ if matches!(&self.text[part_start..apostrophe], "l" | "L" | "qu" | "Qu") => Some(next),
            _ => None,
        }
    }

    fn split_clitic(&mut self, start: usize, cut: usize, stop: usize) -> usize {
        if !self.split_compound(start, cut) {
            self.push(start, cut);
        }
        if self.text[..cut].ends_with(['\'', '’', 'ʼ']) {
            // "l'Ukraine": the article is cut off, the noun begins anew.
            return cut;
        }
        self.push(cut, stop)
    }

    /// Cuts "Russia-Ukraine" at its hyphens if every part names a country, its people or a bloc.
    fn split_compound(&mut self, start: usize, end: usize) -> bool {
        let text = self.text;
        let whole = &text[start..end];
        if !whole.contains('-') || !whole.split('-').all(lists::is_nation) {
            return false;
        }
        let mut at = start;
        for (i, part) in whole.split('-').enumerate() {
            if i > 0 {
                at = self.push(at, at + 1);
            }
            at = self.push(at, at + part.len());
        }
        true
    }

    /// Whether a period between two word characters belongs to the word ("U.S", "example.com", "3.5").
    fn joins_at_period(&self, part_start: usize, end: usize, next: usize, after: char) -> bool {
        let part = &self.text[part_start..end];
        if after.is_numeric() {
            return part.ends_with(char::is_numeric);
        }
        if after.is_lowercase() {
            return !part.ends_with(char::is_numeric);
        }
        let is_initial = part.chars().count() == 1 && part.starts_with(char::is_alphabetic);
        let stop = self.skip_word(next);
        let next_is_initial = self.text[next..stop].chars().count() == 1 && self.char_at(stop) == Some('.');
        is_initial || next_is_initial
    }

    /// Whether a period at the end of a word is part of it: initials, acronyms, abbreviations.
    fn keeps_period(&self, start: usize, part_start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        if part_start > start {
            // "U.S." and "p.m.", but "example.com." and "Jean-Claude." end with a stop.
            let last = &self.text[part_start..end];
            return self.text.as_bytes()[part_start - 1] == b'.' && last.chars().count() == 1
                || sentence::is_abbreviation(word);
        }
        let mut following = self.text[end + 1..].chars();
        let follower = match following.next() {
            Some(c) if c.is_whitespace() => following.find(|c| !c.is_whitespace()),
            other => other,
        };
        if word.len() <= 2 && word.chars().count() == 1 {
            return word.starts_with(char::is_uppercase) && follower.is_some_and(char::is_uppercase);
        }
        if word.len() > sentence::LONGEST_ABBREVIATION {
            return false;
        }
        sentence::is_abbreviation(word)
            || follower.is_some_and(|c| c.is_numeric()) && sentence::is_abbreviation_before_number(word)
            || sentence::is_state_abbreviation(word) && self.tokens.last().is_some_and(|t| t.span.of(self.text) == ",")
    }

    /// End of a web address that begins here.
    fn address(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[start..];
        let begins =
            |prefix: &str| bytes.len() > prefix.len() && bytes[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes());
        if !matches!(bytes[0], b'h' | b'H' | b'w' | b'W' | b'f' | b'F') {
            return None;
        }
        if !(begins("http://") || begins("https://") || begins("www.") || begins("ftp://")) {
            return None;
        }
        let rest = &self.text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '«' | '»'));
        let address = rest[..end.unwrap_or(rest.len())]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…', '。', '、']);
        Some(start + address.len()).filter(|&end| end > start)
    }

    /// End of the host of a mail address, if one begins here.
    fn mail(&self, host: usize) -> Option<usize> {
        let rest = &self.text[host..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(['.', '-']);
        name.contains('.').then(|| host + name.len())
    }
}

/// Whether a hyphen ends a token: "US-led", "pro-Russian", but not "Jong-un" or "al-Assad".
fn splits_after(left: &str, right: &str, left_is_first: bool) -> bool {
    let upper = |word: &str| word.starts_with(char::is_uppercase);
    match (upper(left), upper(right)) {
        (true, false) => lists::is_compound_suffix(right),
        (_, true) => left_is_first && lists::is_compound_prefix(left),
        _ => false,
    }
}

/// Letters, digits and what stands on or between letters inside a word.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '·' | '\u{ad}')
}

/// Characters of scripts that write no spaces and whose names are found by the gazetteer: a token each.
fn is_single(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Format characters that readers do not see: they are neither words nor marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}')
}

/// Whether a number before a hyphen numbers a name, as in line-ups ("7-Marta Silva"); "7-Eleven" and "F-16"
/// are one word.
fn numbers_name(left: &str, right: &str) -> bool {
    let mut chars = right.chars();
    left.bytes().all(|byte| byte.is_ascii_digit())
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
        && right != "Eleven"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn possessives_and_contractions_are_cut_off() {
        check("Moscow's", &["Moscow", "'s"]);
        check("Ukraine’s attack", &["Ukraine", "’s", "attack"]);
        check("the Greens' plan", &["the", "Greens", "'", "plan"]);
        check("don't we'll", &["do", "n't", "we", "'ll"]);
        check("Russia-Ukraine war’s", &["Russia", "-", "Ukraine", "war", "’s"]);
    }

    #[test]
    fn names_hold_together() {
        check("O'Brien met al-Assad", &["O'Brien", "met", "al-Assad"]);
        check("Jean-Claude Juncker.", &["Jean-Claude", "Juncker", "."]);
        check("Kim Jong-un in Sana'a", &["Kim", "Jong-un", "in", "Sana'a"]);
        check("AT&T, S&P and R&D", &["AT&T", ",", "S&P", "and", "R&D"]);
        check("Port-au-Prince", &["Port-au-Prince"]);
        check("COVID-19", &["COVID-19"]);
        check("Guinea-Bissau", &["Guinea-Bissau"]);
    }

    #[test]
    fn compounds_of_names_are_cut() {
        check("US-led", &["US", "-", "led"]);
        check("U.S.-China talks", &["U.S.", "-", "China", "talks"]);
        check("pro-Russian", &["pro", "-", "Russian"]);
        check("London-based", &["London", "-", "based"]);
        check("Israeli-Palestinian", &["Israeli", "-", "Palestinian"]);
    }

    #[test]
    fn numbers_of_a_line_up_are_cut() {
        check("7-Marta Silva, 12-Li", &["7", "-", "Marta", "Silva", ",", "12", "-", "Li"]);
        check("a 7-Eleven, an F-16", &["a", "7-Eleven", ",", "an", "F-16"]);
    }

    #[test]
    fn periods_stay_with_abbreviations() {
        check("Mr. Smith of the U.S. left.", &["Mr.", "Smith", "of", "the", "U.S.", "left", "."]);
        check("George W. Bush", &["George", "W.", "Bush"]);
        check("Apple Inc. fell.", &["Apple", "Inc.", "fell", "."]);
        check("at 5 p.m. on Jan. 6", &["at", "5", "p.m.", "on", "Jan.", "6"]);
        check("No. 10, no.", &["No.", "10", ",", "no", "."]);
        check("Reno, Nev., is", &["Reno", ",", "Nev.", ",", "is"]);
        check("the end.The start", &["the", "end", ".", "The", "start"]);
        check("a Ph.D. thesis", &["a", "Ph.D.", "thesis"]);
    }

    #[test]
    fn numbers_and_marks() {
        check("$3.5m, 1,000", &["$", "3.5m", ",", "1,000"]);
        check("“We,” he (she)", &["“", "We", ",", "”", "he", "(", "she", ")"]);
        check("wait... no -- yes!", &["wait", "...", "no", "--", "yes", "!"]);
        check("12:30 20% £5", &["12:30", "20", "%", "£", "5"]);
        check("Paris–Nice", &["Paris", "–", "Nice"]);
    }

    #[test]
    fn addresses_are_one_token() {
        check("see https://a.org/b?c=d.", &["see", "https://a.org/b?c=d", "."]);
        check("mail jo.doe@ab-c.org, now", &["mail", "jo.doe@ab-c.org", ",", "now"]);
        check("@pressdesk on #Brexit", &["@pressdesk", "on", "#Brexit"]);
        check("www.example.com/x", &["www.example.com/x"]);
    }

    #[test]
    fn other_scripts() {
        check("在北京。", &["在", "北", "京", "。"]);
        check("Київ і Москва", &["Київ", "і", "Москва"]);
        check("مصر، القاهرة", &["مصر", "،", "القاهرة"]);
        check("नरेंद्र मोदी।", &["नरेंद्र", "मोदी", "।"]);
        check("l’Ukraine", &["l’", "Ukraine"]);
        check("Arabia\u{200d} said", &["Arabia", "said"]);
        check("می\u{200c}خواهم", &["می\u{200c}خواهم"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_sorted_tokens_without_white_space(text in "\\PC{0,80}|[A-Za-z.'’&@,\\- \n1$]{0,80}") {
            let mut tokens = Vec::new();
            tokenize(&text, &mut tokens);
            let mut last = 0;
            let mut uncovered = String::new();
            for token in &tokens {
                let range = token.span.range();
                prop_assert!(range.start >= last && range.end > range.start);
                uncovered.push_str(&text[last..range.start]);
                prop_assert!(!token.span.of(&text).contains(char::is_whitespace));
                last = range.end;
            }
            uncovered.push_str(&text[last..]);
            prop_assert!(uncovered.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)));
        }
    }
}
