//! Gold annotation as the tagger will see it: running text, our own tokens, harmonised labels.
//!
//! Reads `token<TAB>BIO` files, joins tokens to running text, cuts it again with the product's own
//! tokeniser and carries the labels over. Where a set does not annotate a class, the label is left
//! open rather than called outside.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::extract::sentence;
use dateline::extract::tagger::decode::Decoder;
use dateline::extract::tagger::label::{Class, N_LABELS, OUTSIDE, Position, label};
use dateline::extract::token::{Token, tokenize};

/// Sentences that are read as one document where a set does not say.
const SENTENCES_A_DOCUMENT: usize = 20;

/// A gold name: gold tokens and class.
pub(crate) type Name = (usize, usize, Class);

/// A document of a set.
pub(crate) struct Document {
    pub text: String,
    /// Byte ranges of the gold tokens.
    pub gold_tokens: Vec<Range<usize>>,
    /// Gold names over gold tokens, as annotated.
    pub names: Vec<Name>,
    /// Our tokens.
    pub tokens: Vec<Token>,
    /// Ranges of our tokens.
    pub sentences: Vec<Range<usize>>,
    /// For each of our tokens, a bit for each label that it may carry.
    pub allowed: Vec<u32>,
}

/// How a set is to be read.
#[derive(Clone, Copy)]
pub(crate) struct Guideline {
    /// Whether demonyms, works and events are annotated.
    pub has_misc: bool,
    /// Whether hyphens were cut off words ("Jean - Luc").
    pub cuts_hyphens: bool,
    /// Whether the documents of the file are real ones.
    pub has_documents: bool,
    /// Whether names of people hold titles ("President Obama") and the like.
    pub has_titles: bool,
}

type Sentence = Vec<(String, String)>;

fn read_sentences(path: &Path, guideline: Guideline) -> Result<Vec<Vec<Sentence>>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut documents = vec![Vec::new()];
    let mut sentence: Sentence = Vec::new();
    let mut knows_documents = false;
    for line in file.lines().chain([""]) {
        if line.starts_with("-DOCSTART-") {
            knows_documents = guideline.has_documents;
            documents.push(Vec::new());
        } else if line.trim().is_empty() {
            let last = documents.last_mut().expect("there is a first document");
            if !sentence.is_empty() {
                last.push(std::mem::take(&mut sentence));
            }
            if !knows_documents && last.len() >= SENTENCES_A_DOCUMENT {
                documents.push(Vec::new());
            }
        } else {
            let mut columns = line.split('\t');
            let (word, tag) = (columns.next().unwrap_or_default(), columns.next().unwrap_or("O"));
            sentence.push((word.to_string(), tag.to_string()));
        }
    }
    documents.retain(|document| !document.is_empty());
    Ok(documents)
}

/// Reads a set for training. `glue` says of a sentence whether its cut hyphens are joined again.
pub(crate) fn read_training(
    path: &Path,
    guideline: Guideline,
    recase: impl Fn(usize) -> Recase,
) -> Result<Vec<Document>> {
    let mut n_sentences = 0;
    let mut documents = Vec::new();
    for sentences in read_sentences(path, guideline)? {
        let mut text = String::new();
        let mut gold_tokens = Vec::new();
        let mut names = Vec::new();
        let mut bounds = Vec::new();
        for mut sentence in sentences {
            n_sentences += 1;
            recase(n_sentences).apply(&mut sentence);
            let glue = guideline.cuts_hyphens && n_sentences % 4 != 0;
            let words: Vec<&str> = sentence.iter().map(|(word, _)| word.as_str()).collect();
            let (joined, ranges) = join(&words, glue);
            let (base, n_before) = (text.len(), gold_tokens.len());
            gold_tokens.extend(ranges.into_iter().map(|r| r.start + base..r.end + base));
            let tags: Vec<&str> = sentence.iter().map(|(_, tag)| tag.as_str()).collect();
            names.extend(spans(&tags).into_iter().map(|(a, b, class)| (a + n_before, b + n_before, class)));
            text.push_str(&joined);
            text.push('\n');
            bounds.push(text.len());
        }
        let mut tokens = Vec::new();
        tokenize(&text, &mut tokens);
        let mut ranges = Vec::new();
        let mut start = 0;
        for bound in bounds {
            let end = tokens.partition_point(|token| (token.span.start as usize) < bound);
            if end > start {
                ranges.push(start..end);
            }
            start = end;
        }
        let allowed = project(&text, &gold_tokens, &names, &tokens, &ranges, guideline);
        documents.push(Document { text, gold_tokens, names, tokens, sentences: ranges, allowed });
    }
    Ok(documents)
}

/// Reads a set for measuring: joined as the product's own measurement does, with our own sentences.
pub(crate) fn read_test(path: &Path, recase: Recase) -> Result<Vec<Document>> {
    let guideline = Guideline { has_misc: true, cuts_hyphens: false, has_documents: true, has_titles: false };
    let mut documents = Vec::new();
    for mut sentences in read_sentences(path, guideline)? {
        let mut text = String::new();
        let mut gold_tokens = Vec::new();
        let mut names = Vec::new();
        sentences.iter_mut().for_each(|sentence| recase.apply(sentence));
        for sentence in &sentences {
            let words: Vec<&str> = sentence.iter().map(|(word, _)| word.as_str()).collect();
            let (joined, ranges) = join(&words, false);
            let (base, n_before) = (text.len(), gold_tokens.len());
            gold_tokens.extend(ranges.into_iter().map(|r| r.start + base..r.end + base));
            let tags: Vec<&str> = sentence.iter().map(|(_, tag)| tag.as_str()).collect();
            names.extend(spans(&tags).into_iter().map(|(a, b, class)| (a + n_before, b + n_before, class)));
            text.push_str(&joined);
            text.push(if sentences.len() < 3 { '\n' } else { ' ' });
        }
        let (tokens, sentences) = cut(&text);
        documents.push(Document { text, gold_tokens, names, tokens, sentences, allowed: Vec::new() });
    }
    Ok(documents)
}

/// Tokens and sentences of a text, as the product cuts it.
pub(crate) fn cut(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    let mut sentences = Vec::new();
    let mut start = 0;
    for span in sentence::sentences(text) {
        let end = tokens.partition_point(|token| token.span.start < span.end);
        sentences.push(start..end);
        start = end;
    }
    (tokens, sentences)
}

/// What is done to the capitals of a sentence, so that headlines are learnt too.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Recase {
    Keep,
    Upper,
    Title,
}

impl Recase {
    fn apply(self, sentence: &mut Sentence) {
        for (i, (word, _)) in sentence.iter_mut().enumerate() {
            let is_minor = matches!(
                word.as_str(),
                "a" | "an"
                    | "and"
                    | "as"
                    | "at"
                    | "but"
                    | "by"
                    | "for"
                    | "in"
                    | "nor"
                    | "of"
                    | "on"
                    | "or"
                    | "the"
                    | "to"
                    | "up"
                    | "'s"
                    | "n't"
                    | "’s"
                    | "de"
                    | "van"
                    | "von"
                    | "la"
                    | "al"
                    | "el"
                    | "vs"
            );
            match self {
                Recase::Keep => {}
                Recase::Upper => *word = word.to_uppercase(),
                Recase::Title if is_minor && i > 0 => {}
                Recase::Title => {
                    let mut chars = word.chars();
                    if let Some(first) = chars.next() {
                        *word = first.to_uppercase().chain(chars).collect();
                    }
                }
            }
        }
    }
}

fn spans(tags: &[&str]) -> Vec<Name> {
    let mut out = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (i, tag) in tags.iter().chain([&"O"]).enumerate() {
        let (prefix, class) = tag.split_once('-').unwrap_or(("O", ""));
        if let Some((start, kind)) = open
            && (prefix == "O" || prefix == "B" || class != kind)
        {
            let class = match kind {
                "PER" => Some(Class::Person),
                "LOC" => Some(Class::Place),
                "ORG" => Some(Class::Org),
                "MISC" => Some(Class::Misc),
                _ => None,
            };
            out.extend(class.map(|class| (start, i, class)));
            open = None;
        }
        if prefix != "O" && open.is_none() {
            open = Some((i, class));
        }
    }
    out
}

/// Joins gold tokens to running text as the product's measurement does; `glue` also closes up hyphens
/// between words. Gives the byte range of each token.
fn join(words: &[&str], glue: bool) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(words.len());
    let mut in_double = false;
    let mut in_single = false;
    let mut previous: Option<&str> = None;
    for (i, word) in words.iter().enumerate() {
        let word = match *word {
            "-LRB-" => "(",
            "-RRB-" => ")",
            "-LSB-" => "[",
            "-RSB-" => "]",
            "-LCB-" => "{",
            "-RCB-" => "}",
            "``" | "''" => "\"",
            other => other,
        };
        let mut space = !text.is_empty() && !closes(word);
        let after_s = previous.is_some_and(|p| p.ends_with('s'));
        if word == "\"" && in_double || word == "'" && (in_single || after_s) {
            space = false;
        }
        if let Some(previous) = previous
            && (matches!(previous, "(" | "[" | "{" | "$" | "£" | "€" | "“" | "‘" | "#")
                || previous == "\"" && in_double
                || previous == "'" && in_single)
        {
            space = false;
        }
        let is_wordy = |word: &str| word.chars().all(char::is_alphanumeric);
        if glue && previous == Some("-") && i > 1 && is_wordy(words[i - 2]) && is_wordy(word) {
            space = false;
        }
        if glue && word == "-" && previous.is_some_and(is_wordy) && words.get(i + 1).is_some_and(|w| is_wordy(w)) {
            space = false;
        }
        if word == "\"" {
            in_double = !in_double;
        }
        if word == "'" && (in_single || !after_s) {
            in_single = !in_single;
        }
        if space {
            text.push(' ');
        }
        ranges.push(text.len()..text.len() + word.len());
        text.push_str(word);
        previous = Some(word);
    }
    (text, ranges)
}

fn closes(word: &str) -> bool {
    matches!(
        word,
        "." | ","
            | ";"
            | ":"
            | "!"
            | "?"
            | ")"
            | "]"
            | "}"
            | "%"
            | "’"
            | "”"
            | "…"
            | "'s"
            | "'S"
            | "’s"
            | "n't"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
            | "’re"
            | "’ve"
            | "’ll"
            | "’d"
            | "’m"
            | "n’t"
            | "..."
    )
}

/// Words that stand before names of people and are no part of them.
const TITLES: &[&str] = &[
    "president",
    "prime",
    "minister",
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "ms",
    "dr.",
    "dr",
    "chancellor",
    "senator",
    "sen.",
    "rep.",
    "general",
    "gen.",
    "secretary",
    "foreign",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "secretary-general",
    "premier",
    "governor",
    "gov.",
    "ambassador",
    "judge",
    "justice",
    "mayor",
    "chairman",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "vice",
    "vice-president",
    "colonel",
    "col.",
    "major",
    "captain",
    "capt.",
    "lieutenant",
    "lt.",
    "sergeant",
    "sgt.",
    "admiral",
    "adm.",
    "sheikh",
    "sir",
    "lady",
    "lord",
    "professor",
    "prof.",
    "director",
    "leader",
    "chief",
    "deputy",
    "attorney",
    "congressman",
    "congresswoman",
    "commander",
    "defense",
    "defence",
    "interior",
    "finance",
    "former",
    "late",
    "sheik",
    "state",
    "of",
    "for",
    "us",
    "u.s.",
    "special",
    "envoy",
    "cardinal",
    "archbishop",
    "bishop",
    "father",
    "reverend",
    "rev.",
    "rabbi",
    "crown",
    "emir",
    "acting",
    "the",
    "representative",
    "undersecretary",
    "commissioner",
    "coach",
    "president-elect",
    "opposition",
    "justice",
    "head",
    "high",
    "executive",
    "national",
    "security",
    "advisor",
    "adviser",
    "senior",
    "military",
    "army",
];

/// Titles that even careful sets take into names now and then.
const HONORIFICS: &[&str] = &[
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "ms",
    "dr.",
    "dr",
    "president",
    "senator",
    "sen.",
    "rep.",
    "gov.",
    "gen.",
    "general",
    "pope",
    "prof.",
    "professor",
    "king",
    "queen",
    "prince",
    "princess",
    "emperor",
    "tsar",
    "lord",
    "sir",
    "chancellor",
    "minister",
    "mayor",
    "governor",
    "captain",
    "capt.",
    "col.",
    "colonel",
    "lt.",
    "sgt.",
    "rev.",
    "congressman",
    "st.",
    "saint",
    "judge",
    "justice",
    "commander",
    "admiral",
    "sheikh",
    "sultan",
    "empress",
];

/// Cuts names to what all sets agree on; `None` where nothing is left.
fn harmonise(text: &str, gold: &[Range<usize>], name: Name, guideline: Guideline) -> Option<Name> {
    let (mut start, mut end, class) = name;
    let word = |i: usize| text[gold[i].clone()].to_lowercase();
    while end > start && matches!(word(start).as_str(), "the" | "a" | "an") {
        start += 1;
    }
    while end > start + 1 && matches!(word(end - 1).as_str(), "'s" | "’s" | "'" | "’" | "," | ".") {
        end -= 1;
    }
    if class == Class::Person {
        let titles = if guideline.has_titles { TITLES } else { HONORIFICS };
        let n_titles = (start..end).take_while(|&i| titles.contains(&word(i).as_str())).count();
        // Where titles are not annotated as such, "King" alone is a family name.
        if n_titles < end - start || guideline.has_titles {
            start += n_titles;
        }
    }
    (end > start).then_some((start, end, class))
}

/// The labels that each of our tokens may carry.
fn project(
    text: &str,
    gold: &[Range<usize>],
    names: &[Name],
    tokens: &[Token],
    sentences: &[Range<usize>],
    guideline: Guideline,
) -> Vec<u32> {
    let misc: u32 = (0..N_LABELS).filter(|&l| l > label(Class::Org, Position::Unit)).map(|l| 1u32 << l).sum();
    let outside = 1 << OUTSIDE | if guideline.has_misc { 0 } else { misc };
    let mut allowed = vec![outside; tokens.len()];
    for &name in names {
        let Some((start, end, class)) = harmonise(text, gold, name, guideline) else { continue };
        let (from, to) = (gold[start].start, gold[end - 1].end);
        let first = tokens.partition_point(|token| token.span.end as usize <= from);
        let mut end = first;
        while end < tokens.len() && (tokens[end].span.start as usize) < to {
            end += 1;
        }
        let covered: usize = (first..end)
            .map(|i| {
                let range = tokens[i].span.range();
                range.end.min(to) - range.start.max(from)
            })
            .sum();
        let total: usize = (first..end).map(|i| tokens[i].span.n_bytes()).sum();
        let crosses = !sentences.iter().any(|range| range.start <= first && end <= range.end);
        if end == first || covered * 2 < total || crosses || allowed[first..end].iter().any(|&a| a != outside) {
            continue;
        }
        for (i, mask) in allowed[first..end].iter_mut().enumerate() {
            let position = match (i == 0, first + i + 1 == end) {
                (true, true) => Position::Unit,
                (true, false) => Position::Begin,
                (false, true) => Position::Last,
                (false, false) => Position::Inside,
            };
            *mask = 1 << label(class, position);
        }
    }
    allowed
}

/// Sets the labels of a document against those of a model that never saw it.
pub(crate) fn repair(document: &mut Document, decoder: &Decoder, mode: &str) {
    let mut found = Vec::new();
    decoder.decode(&document.text, &document.tokens, &document.sentences, &mut found);
    let mut other = vec![1u32 << OUTSIDE; document.tokens.len()];
    for name in found {
        for (token, other) in (name.first_token..name.end_token).zip(&mut other[name.first_token..name.end_token]) {
            let position = match (token == name.first_token, token + 1 == name.end_token) {
                (true, true) => Position::Unit,
                (true, false) => Position::Begin,
                (false, true) => Position::Last,
                (false, false) => Position::Inside,
            };
            *other = 1 << label(name.class, position);
        }
    }
    for (allowed, other) in document.allowed.iter_mut().zip(other) {
        match mode {
            "replace" => *allowed = other,
            "open" if *allowed & other == 0 => *allowed = (1 << N_LABELS) - 1,
            "open" => {}
            _ => *allowed |= other,
        }
    }
}
