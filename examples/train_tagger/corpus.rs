//! Gold annotation as the tagger will see it: running text, our own tokens, harmonised labels.
//!
//! Reads `token<TAB>BIO` files, joins tokens to running text, cuts it again with the product's own
//! tokeniser and carries the labels over. Where a set does not annotate a class, the label is left
//! open rather than called outside.

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dateline::extract::sentence;
use dateline::extract::tagger::label::{Class, N_LABELS, OUTSIDE, Position, label};
use dateline::extract::token::{Token, tokenize};

use crate::augment::Recase;
use crate::guideline::harmonise;
use crate::sources::{SOURCES, set_path};

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

/// Words and tags of a sentence.
pub(crate) type Sentence = Vec<(String, String)>;

pub(crate) fn read_sentences(path: &Path, guideline: Guideline) -> Result<Vec<Vec<Sentence>>> {
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

/// Reads a set for training. `change` may alter each sentence before it is joined, and tells whether it runs on
/// into the next one.
pub(crate) fn read_training(
    path: &Path,
    guideline: Guideline,
    mut change: impl FnMut(&mut Sentence) -> bool,
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
            let runs_on = change(&mut sentence);
            let glue = guideline.cuts_hyphens && n_sentences % 4 != 0;
            let words: Vec<&str> = sentence.iter().map(|(word, _)| word.as_str()).collect();
            let (joined, ranges) = join(&words, glue);
            let (base, n_before) = (text.len(), gold_tokens.len());
            gold_tokens.extend(ranges.into_iter().map(|r| r.start + base..r.end + base));
            let tags: Vec<&str> = sentence.iter().map(|(_, tag)| tag.as_str()).collect();
            names.extend(spans(&tags).into_iter().map(|(a, b, class)| (a + n_before, b + n_before, class)));
            text.push_str(&joined);
            text.push(if runs_on { ' ' } else { '\n' });
            if !runs_on {
                bounds.push(text.len());
            }
        }
        if bounds.last() != Some(&text.len()) {
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

/// A document of running text, with our own sentences.
pub(crate) fn running_document(text: String, gold_tokens: Vec<Range<usize>>, names: Vec<Name>) -> Document {
    let guideline = Guideline { has_misc: false, cuts_hyphens: false, has_documents: true, has_titles: false };
    let (tokens, sentences) = cut(&text);
    let allowed = project(&text, &gold_tokens, &names, &tokens, &sentences, guideline);
    Document { text, gold_tokens, names, tokens, sentences, allowed }
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

/// Names of a row of BIO tags.
pub(crate) fn spans(tags: &[&str]) -> Vec<Name> {
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
        for (token, mask) in (first..end).zip(&mut allowed[first..end]) {
            *mask = 1 << label(class, Position::of(token, &(first..end)));
        }
    }
    allowed
}

/// Running text of the training sets and of the open news, a sentence or paragraph each.
pub(crate) fn running_texts(data: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for source in SOURCES {
        for document in read_training(&set_path(data, source.name), source.guideline, |_| false)? {
            texts.extend(document.text.lines().map(str::to_string));
        }
    }
    let entries = walkdir::WalkDir::new(data.join("news")).into_iter().filter_map(|entry| entry.ok());
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.into_path()).filter(|path| path.is_file()).collect();
    files.sort();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("json") => {
                let record: serde_json::Value = serde_json::from_str(&text)?;
                texts.extend(record["text"].as_str().unwrap_or_default().lines().map(str::to_string));
            }
            // Short lines of Markdown are headings, lists and front matter.
            Some("md") => texts.extend(text.lines().filter(|line| line.len() > 40).map(str::to_string)),
            _ => {}
        }
    }
    Ok(texts)
}
