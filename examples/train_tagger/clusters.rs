//! The lexicon: clusters of word vectors, and how words are usually capitalised.
//!
//! Reads the vectors as spaCy keeps them (`vectors`, `key2row`, `strings.json`): MODEL.md says which
//! and under which licence. Words of one row of vectors are one finest cluster; k-means over the rows
//! gives the coarser ones.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use dateline::extract::tagger::lexicon::{Case, Lexicon, N_PARENTS, case_key, cluster_key};
use dateline::extract::tagger::word::lower_hash;

use crate::learn::Random;

/// Numbers of clusters of the coarser levels. The product of a level with a shape or with itself has
/// to stay learnable.
const N_CLUSTERS: [usize; N_PARENTS] = [1024, 192, 48];
/// Rounds of k-means; later ones move few rows.
const N_ROUNDS: usize = 12;
const WIDTH: usize = 300;

/// Builds the lexicon.
pub(crate) fn build(vectors: &Path, texts: &[String]) -> Result<Lexicon> {
    let rows = read_vectors(&vectors.join("vectors"))?;
    let row_of_hash = read_rows(&vectors.join("key2row"))?;
    let strings = std::fs::read_to_string(vectors.join("strings.json")).context("cannot read strings.json")?;
    let strings: Vec<String> = serde_json::from_str(&strings)?;
    let mut parents = vec![[0u16; N_PARENTS]; rows.len() + 1];
    for (level, &n_clusters) in N_CLUSTERS.iter().enumerate() {
        for (row, cluster) in k_means(&rows, n_clusters).into_iter().enumerate() {
            parents[row + 1][level] = cluster as u16 + 1;
        }
    }
    let row_of = |word: &str| row_of_hash.get(&spacy_hash(word.as_bytes())).copied();
    let mut words = BTreeMap::new();
    for string in strings.iter().filter(|string| is_word(string)) {
        let Some(row) = row_of(string) else { continue };
        let lower = string.to_lowercase();
        // What is looked up in lower case anyway need not be kept twice.
        if *string == lower || row_of(&lower) != Some(row) {
            words.insert(cluster_key(string), row as u16 + 1);
        }
    }
    Ok(Lexicon::new(words.into_iter().collect(), parents, cases(texts)))
}

fn is_word(string: &str) -> bool {
    (2..=24).contains(&string.chars().count())
        && string.starts_with(char::is_alphabetic)
        && string.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
}

/// A word has a usual case when it was seen this often inside sentences.
const FEWEST_SEEN: u32 = 3;

/// How words are usually written, from running texts, one sentence each.
fn cases(texts: &[String]) -> Vec<(u32, Case)> {
    let mut counts: BTreeMap<u32, [u32; 3]> = BTreeMap::new();
    for text in texts {
        let words: Vec<&str> =
            text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let n_upper = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        if n_upper * 2 > words.len() {
            continue;
        }
        for pair in text.split_whitespace().collect::<Vec<_>>().windows(2) {
            let word = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
            if pair[0].ends_with(['.', '!', '?', ':', '"', '“']) || word.chars().count() < 2 {
                continue;
            }
            let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else { continue };
            let case = if first.is_lowercase() {
                0
            } else if word.contains(char::is_lowercase) {
                1
            } else {
                2
            };
            counts.entry(case_key(lower_hash(word))).or_default()[case] += 1;
        }
    }
    let usual = |[lower, title, upper]: [u32; 3]| {
        let total = lower + title + upper;
        if lower * 20 >= total * 19 {
            Case::Lower
        } else if title * 10 >= total * 9 {
            Case::Title
        } else if upper * 10 >= total * 8 {
            Case::Upper
        } else {
            Case::Mixed
        }
    };
    counts.into_iter().filter(|(_, n)| n.iter().sum::<u32>() >= FEWEST_SEEN).map(|(key, n)| (key, usual(n))).collect()
}

/// Rows of vectors, each of length one. Empty rows stay zero.
fn read_vectors(path: &Path) -> Result<Vec<Vec<f32>>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(bytes.starts_with(b"\x93NUMPY\x01\x00"), "not a NumPy array of version 1");
    let header = u16::from_le_bytes([bytes[8], bytes[9]]) as usize;
    let said = String::from_utf8_lossy(&bytes[10..10 + header]).into_owned();
    ensure!(said.contains("'<f4'") && said.contains(&format!(", {WIDTH})")), "unexpected array {said}");
    let floats: Vec<f32> =
        bytes[10 + header..].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    Ok(floats
        .chunks_exact(WIDTH)
        .map(|row| {
            let length = row.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
            row.iter().map(|x| x / length).collect()
        })
        .collect())
}

/// Row of each hash, from a MessagePack map of integers.
fn read_rows(path: &Path) -> Result<BTreeMap<u64, usize>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut at = 0;
    let mut take = |n: usize| {
        let value = bytes[at..at + n].iter().fold(0u64, |sum, &b| sum << 8 | u64::from(b));
        at += n;
        value
    };
    ensure!(take(1) == 0xdf, "not a long MessagePack map");
    let n = take(4);
    let mut rows = BTreeMap::new();
    for _ in 0..n {
        let mut pair = [0; 2];
        for value in &mut pair {
            *value = match take(1) {
                small @ 0..0x80 => small,
                0xcc => take(1),
                0xcd => take(2),
                0xce => take(4),
                0xcf => take(8),
                other => bail!("unexpected MessagePack type {other:#x}"),
            };
        }
        rows.insert(pair[0], pair[1] as usize);
    }
    Ok(rows)
}

/// MurmurHash64A with seed 1, the hash that spaCy names strings by.
fn spacy_hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let mut k = u64::from_le_bytes(word).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        for (i, &byte) in rest.iter().enumerate() {
            hash ^= u64::from(byte) << (8 * i);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// Spherical k-means; gives the cluster of each row.
fn k_means(rows: &[Vec<f32>], n_clusters: usize) -> Vec<usize> {
    let mut random = Random(0x5EED);
    let mut centres: Vec<Vec<f32>> =
        (0..n_clusters).map(|_| rows[(random.next() % rows.len() as u64) as usize].clone()).collect();
    let mut nearest = vec![0; rows.len()];
    for _ in 0..N_ROUNDS {
        for (row, nearest) in rows.iter().zip(&mut nearest) {
            let mut best = f32::NEG_INFINITY;
            for (i, centre) in centres.iter().enumerate() {
                let similarity = dot(row, centre);
                if similarity > best {
                    best = similarity;
                    *nearest = i;
                }
            }
        }
        for centre in &mut centres {
            centre.fill(0.0);
        }
        for (row, &cluster) in rows.iter().zip(&nearest) {
            for (sum, x) in centres[cluster].iter_mut().zip(row) {
                *sum += x;
            }
        }
        for centre in &mut centres {
            let length = dot(centre, centre).sqrt();
            if length == 0.0 {
                *centre = rows[(random.next() % rows.len() as u64) as usize].clone();
            } else {
                centre.iter_mut().for_each(|x| *x /= length);
            }
        }
    }
    nearest
}

/// Eight sums side by side, so that the compiler may use wide registers; the order is fixed.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + rest
}
