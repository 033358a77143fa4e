//! Prints how well a model does, set by set, and where it errs.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use dateline::extract::tagger::confidence::calibrated;
use dateline::extract::tagger::decode::Decoder;
use dateline::extract::tagger::label::Class;

use crate::augment::Recase;
use crate::corpus::{self, Document};
use crate::say;
use crate::score::{found, gold, score};
use crate::sources::{N_CHOOSING, TESTS, set_path};

/// Precision, recall and F1 for each set, and for one in headline capitals.
pub(crate) fn all_sets(data: &Path, decoder: &Decoder) -> Result<()> {
    let (mut sum_all, mut sum_two) = (0.0, 0.0);
    let plain = TESTS.iter().map(|name| (*name, Recase::Keep, *name));
    let recased = [("the first, titled", Recase::Title, TESTS[0]), ("the first, CAPITALS", Recase::Upper, TESTS[0])];
    for (i, (name, recase, file)) in plain.chain(recased).enumerate() {
        let documents = corpus::read_test(&set_path(data, file), recase)?;
        let n_tokens: usize = documents.iter().map(|document| document.tokens.len()).sum();
        let started = Instant::now();
        let score = score(decoder, &documents, |_, _, _| {});
        let speed = n_tokens as f64 / started.elapsed().as_secs_f64() / 1000.0;
        say(format_args!("{name:20} {score} {speed:.0}k/s"))?;
        if i < N_CHOOSING {
            sum_two += score.people_and_places().f1() / N_CHOOSING as f64;
            sum_all += score.all().f1() / N_CHOOSING as f64;
        }
    }
    say(format_args!("mean of {N_CHOOSING} sets: PER+LOC {sum_two:.2} all {sum_all:.2}"))
}

/// Bins of what the chain is sure of, in hundredths: finer where most names are.
const BINS: [u8; 12] = [0, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 100];

/// How many of the names in each bin of confidence are right, over the sets that choose; and how far the
/// confidence that the product shows is from that, by halves of the documents.
pub(crate) fn confidence(data: &Path, decoder: &Decoder) -> Result<()> {
    let mut judged: Vec<(f32, bool)> = Vec::new();
    for name in &TESTS[..N_CHOOSING] {
        for document in corpus::read_test(&set_path(data, name), Recase::Keep)? {
            let gold = gold(&document);
            let found = found(decoder, &document).into_iter().filter(|((_, _, class), _)| *class != Class::Misc);
            judged.extend(found.map(|(name, confidence)| (confidence, gold.contains(&name))));
        }
    }
    let (mut off_raw, mut off_shown) = (0.0, 0.0);
    for bin in BINS.windows(2) {
        let range = f32::from(bin[0]) / 100.0..f32::from(bin[1]) / 100.0 + if bin[1] == 100 { 1.0 } else { 0.0 };
        let names: Vec<&(f32, bool)> = judged.iter().filter(|(confidence, _)| range.contains(confidence)).collect();
        let n = names.len().max(1) as f64;
        let raw = names.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / n;
        let shown = names.iter().map(|(confidence, _)| f64::from(calibrated(*confidence))).sum::<f64>() / n;
        let right = names.iter().filter(|(_, is_right)| *is_right).count() as f64 / n;
        off_raw += (raw - right).abs() * n / judged.len() as f64;
        off_shown += (shown - right).abs() * n / judged.len() as f64;
        say(format_args!("{:>6} names: chain {raw:.3}, shown {shown:.3}, right {right:.3}", names.len()))?;
    }
    say(format_args!(
        "off by {:.1} points in the mean as the chain says, {:.1} as shown",
        off_raw * 100.0,
        off_shown * 100.0
    ))
}

/// What was missed and what was found wrongly in a set.
pub(crate) fn errors(data: &Path, set: &str, decoder: &Decoder, n_errors: usize) -> Result<()> {
    let documents = corpus::read_test(&set_path(data, set), Recase::Keep)?;
    let mut lines = Vec::new();
    let score = score(decoder, &documents, |document: &Document, (start, end, class), is_found| {
        let range = |a: usize, b: usize| &document.text[document.gold_tokens[a].start..document.gold_tokens[b - 1].end];
        let around = range(start.saturating_sub(6), (end + 5).min(document.gold_tokens.len())).replace('\n', " / ");
        let kind = if is_found { "wrong " } else { "missed" };
        lines.push(format!("{kind} {class:?} [{}] … {around}", range(start, end)));
    });
    for line in lines.iter().take(n_errors) {
        say(format_args!("{line}"))?;
    }
    say(format_args!("{set} {score}"))
}
