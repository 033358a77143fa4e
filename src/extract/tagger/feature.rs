//! Features: what the chain sees at a token.
//!
//! A feature is a template number and a 32-bit key. Single-word features depend on one word and its
//! distance from the token only, so that their weights can be summed once per distinct word; joint
//! features depend on several. Changing anything here needs a new model. Fed by [`super::page`].

use super::hash::{key, pair};
use super::page::{Page, Stretch, Style};
use super::word::{Shape, Word};

/// Furthest distance of single-word features.
pub const REACH: isize = 2;
/// Number of distances, from `-REACH` to `REACH`.
pub const N_OFFSETS: usize = 2 * REACH as usize + 1;

/// Templates of one distance.
const PER_OFFSET: u32 = 32;
/// First template of joint features.
pub const FIRST_JOINT: u32 = 256;

/// What a feature reveals of the token itself: training hides some of it now and then, so that
/// context has to speak too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveals {
    /// The very word.
    Identity,
    /// What sort of word it is.
    Sort,
    /// What the gazetteer knows of it.
    Known,
    /// Nothing of the word itself.
    Context,
}

/// Features of a word that stands `offset` tokens from the token in question.
pub fn single(word: &Word, offset: isize, mut out: impl FnMut(Reveals, u32)) {
    let base = (offset + REACH) as u32 * PER_OFFSET;
    let (identity, sort, known) = match offset {
        0 => (Reveals::Identity, Reveals::Sort, Reveals::Known),
        _ => (Reveals::Context, Reveals::Context, Reveals::Context),
    };
    out(identity, key(base, word.lower));
    out(sort, key(base + 1, word.shape as u64));
    if word.cluster != 0 {
        out(identity, key(base + 2, word.cluster.into()));
        out(sort, key(base + 3, word.parents[0].into()));
        out(sort, key(base + 4, word.parents[1].into()));
        if offset == 0 {
            out(sort, key(base + 5, word.parents[2].into()));
        }
    }
    if offset.abs() == REACH {
        return;
    }
    if word.lists.person != 0 {
        out(known, key(base + 21, word.lists.person.into()));
    }
    if word.lists.classes != 0 {
        out(sort, key(base + 22, word.lists.classes.into()));
    }
    out(sort, key(base + 6, word.case as u64 * 32 + word.shape as u64));
    out(if offset == 0 { Reveals::Sort } else { Reveals::Context }, key(base + 7, word.suffixes[2]));
    out(identity, key(base + 8, word.exact));
    if offset != 0 {
        return;
    }
    out(sort, key(base + 9, word.long_shape));
    out(sort, key(base + 10, word.n_chars.into()));
    for (i, &suffix) in word.suffixes.iter().enumerate().filter(|&(i, &suffix)| i != 2 && suffix != 0) {
        out(sort, key(base + 12 + i as u32, suffix));
    }
    for (i, &prefix) in word.prefixes.iter().enumerate().filter(|(_, prefix)| **prefix != 0) {
        out(sort, key(base + 16 + i as u32, prefix));
    }
}

/// Features of a token among its neighbours.
pub fn joint(page: &Page, stretch: &Stretch, token: usize, mut out: impl FnMut(Reveals, u32)) {
    use Reveals::{Context, Identity, Known, Sort};
    let s = stretch.sentence;
    let word = |offset| page.word(s, token, offset);
    let (p2, p1, w, n1, n2) = (word(-2), word(-1), word(0), word(1), word(2));
    let t = FIRST_JOINT;
    let shape = |w: &Word| w.shape as u64;
    let middle = |w: &Word| u64::from(w.parents[0]);
    let coarse = |w: &Word| u64::from(w.parents[1]);

    out(Identity, key(t, pair(p1.lower, w.lower)));
    out(Identity, key(t + 1, pair(w.lower, n1.lower)));
    out(Context, key(t + 2, pair(p1.lower, pair(n1.lower, shape(w)))));
    out(Sort, key(t + 3, shape(p1) << 16 | shape(w) << 8 | shape(n1)));
    out(Sort, key(t + 4, shape(p2) << 32 | shape(p1) << 24 | shape(w) << 16 | shape(n1) << 8 | shape(n2)));
    out(Sort, key(t + 5, pair(middle(p1), middle(w))));
    out(Sort, key(t + 6, pair(middle(w), middle(n1))));
    out(Sort, key(t + 7, pair(coarse(p1) << 32 | coarse(n1), coarse(w) << 8 | shape(w))));
    out(Sort, key(t + 8, pair(p1.lower, shape(w))));
    out(Sort, key(t + 9, pair(n1.lower, shape(w))));
    out(Context, key(t + 10, pair(p2.lower, pair(p1.lower, shape(w)))));
    out(Context, key(t + 11, pair(n1.lower, pair(n2.lower, shape(w)))));
    out(Sort, key(t + 12, pair(p1.lower, middle(w))));
    out(Sort, key(t + 13, pair(n1.lower, middle(w))));

    let run = page.run(stretch, token);
    let before = (token - run.start).min(3) as u64;
    let after = (run.end - 1 - token).min(3) as u64;
    let left = page.word(s, run.start, -1);
    let right = page.word(s, run.end - 1, 1);
    let first = page.word(s, run.start, 0);
    let last = page.word(s, run.end - 1, 0);
    out(Sort, key(t + 14, before << 16 | after << 8 | shape(w)));
    if run.len() > 1 {
        out(Context, key(t + 15, pair(left.lower, before)));
        out(Context, key(t + 16, pair(right.lower, after)));
        out(if after == 0 { Identity } else { Context }, key(t + 17, pair(last.lower, after)));
        out(if before == 0 { Identity } else { Context }, key(t + 18, pair(first.lower, before)));
        out(if after == 0 { Sort } else { Context }, key(t + 19, pair(middle(last), after)));
        out(if before == 0 { Sort } else { Context }, key(t + 20, pair(middle(first), before)));
        out(Sort, key(t + 21, pair(last.suffixes[2], after)));
    }
    out(Context, key(t + 22, pair(coarse(left) << 32 | coarse(right), before << 8 | after)));
    out(Context, key(t + 23, pair(middle(left), pair(middle(right), (run.len().min(4)) as u64))));

    let style = page.style_at(token) as u64;
    let is_start = u64::from(
        page.is_start(s, token) || matches!(p1.shape, Shape::Mark) && token > 0 && page.is_start(s, token - 1),
    );
    let (seen_lower, seen_name) = page.seen(w);
    let seen = u64::from(seen_lower) | u64::from(seen_name) << 1;
    out(Sort, key(t + 24, style << 16 | is_start << 8 | shape(w)));
    out(Sort, key(t + 25, (style << 16 | is_start << 8 | w.case as u64) << 8 | seen));
    out(Sort, key(t + 26, (style << 16 | is_start << 8 | shape(w)) << 8 | seen));
    out(Sort, key(t + 27, pair(is_start << 8 | shape(w), coarse(w))));
    if style != Style::Plain as u64 {
        out(Identity, key(t + 28, pair(style, w.lower)));
    }
    out(Context, key(t + 29, pair(word(-3).lower, shape(w))));
    out(Context, key(t + 30, pair(word(3).lower, shape(w))));
    if w.shape == Shape::Mark || w.shape == Shape::Lower {
        out(Context, key(t + 31, pair(w.lower, pair(middle(p1), middle(n1)))));
    }

    let known = |offset| page.known(s, token, offset);
    let subject = page.subject(s);
    let sport = u64::from(subject.n_in_sentence) << 2 | u64::from(subject.n_in_document);
    let place = u64::from(known(0).place);
    out(Sort, key(t + 32, sport << 16 | place << 8 | shape(w)));
    out(Sort, key(t + 33, pair(sport, coarse(w) << 8 | shape(w))));
    out(Context, key(t + 34, pair(sport << 8 | before << 4 | after, pair(left.lower, u64::from(place != 0)))));
    out(Context, key(t + 35, pair(sport << 8 | before << 4 | after, pair(right.lower, u64::from(place != 0)))));
    if sport != 0 {
        let is_sport = u64::from(subject.n_in_sentence > 0) << 1 | u64::from(subject.n_in_document > 0);
        out(Identity, key(t + 36, pair(is_sport, w.lower)));
        out(Context, key(t + 37, pair(is_sport << 8 | shape(left), shape(right) << 8 | shape(w))));
    }
    let (k1, k, kn) = (known(-1), known(0), known(1));
    if k.place != 0 {
        out(Known, key(t + 40, k.place.into()));
        out(Known, key(t + 41, pair(k.place.into(), w.lists.person.into())));
        out(Known, key(t + 42, pair(k.place.into(), p1.lower)));
        out(Known, key(t + 43, pair(k.place.into(), n1.lower)));
        out(Known, key(t + 44, pair(k.place.into(), w.case as u64 * 32 + shape(w))));
    }
    if k.org != 0 {
        out(Known, key(t + 45, k.org.into()));
        out(Known, key(t + 54, pair(k.org.into(), pair(k.place.into(), shape(w)))));
        out(Known, key(t + 55, pair(k.org.into(), coarse(w))));
    }
    if k1.org != 0 || kn.org != 0 {
        out(Context, key(t + 56, u64::from(k1.org) << 16 | u64::from(k.org) << 8 | u64::from(kn.org)));
    }
    if k1.place != 0 || kn.place != 0 {
        out(Context, key(t + 46, pair(k1.place.into(), kn.place.into())));
        out(Known, key(t + 47, pair(k.place.into(), u64::from(k1.place) << 8 | u64::from(kn.place))));
    }
    let person = |w: &Word| u64::from(w.lists.person) << 5 | shape(w);
    out(Known, key(t + 48, person(p1) << 40 | person(w) << 20 | person(n1)));
    out(Known, key(t + 49, pair(person(first) << 20 | person(last), before << 8 | after)));
    if p1.lists.classes | n1.lists.classes != 0 {
        out(Sort, key(t + 50, pair(p1.lists.classes.into(), person(w))));
        out(Sort, key(t + 51, pair(n1.lists.classes.into(), person(w))));
    }
    if run.len() > 1 && last.lists.classes != 0 {
        out(if after == 0 { Sort } else { Context }, key(t + 52, pair(last.lists.classes.into(), after)));
    }
    if left.lists.classes != 0 {
        out(Context, key(t + 53, pair(left.lists.classes.into(), before << 8 | after)));
    }
}
