//! Picks the passages of a body that show most of a query, sentence by sentence.

use std::ops::Range;

use super::sentence::{sentence_after, sentence_around, sentence_before};
use super::{Lit, disjoint};
use crate::mention::Span;
use crate::search::request::{Snippet, SnippetConfig};

/// Lit places of one part of the query that are weighed; more of them show nothing new.
const MAX_PLACES: usize = 500;
/// Share of its weight that a part of the query earns when another passage shows it already.
const SEEN_SHARE: f32 = 0.1;
/// Share of its weight that each further occurrence in a passage earns.
const REPEATED_SHARE: f32 = 0.05;
/// Of two passages that show as much the earlier is better; news begin with what matters. The last
/// sentence of a text is worth this much less than the first.
const LATENESS: f32 = 0.1;
/// Passages with fewer characters take in the next sentence or the one before, when it fits.
const MIN_CHARS: usize = 80;
/// Share of the room of a passage that stands before its first lit place, when its sentence is too long.
const LEAD_SHARE: usize = 4;

/// A lit span of one light.
#[derive(Clone, Copy)]
struct Place {
    light: usize,
    span: Span,
}

/// The best passages, in the order of the body; its beginning when nothing in it is lit.
pub(super) fn passages(body: &str, lit: &[Lit], weights: &[f32], config: SnippetConfig) -> Vec<Snippet> {
    if config.n_passages == 0 || config.max_chars == 0 {
        return Vec::new();
    }
    let mut places: Vec<Place> =
        lit.iter().flat_map(|lit| lit.spans.iter().map(|&span| Place { light: lit.light, span })).collect();
    places.sort_by_key(|place| place.span);
    let mut n_places = vec![0; weights.len()];
    places.retain(|place| {
        n_places[place.light] += 1;
        n_places[place.light] <= MAX_PLACES
    });

    let mut candidates = candidates(body, &places, config.max_chars);
    let mut seen = vec![false; weights.len()];
    let mut chosen: Vec<Range<usize>> = Vec::new();
    while chosen.len() < config.n_passages {
        let weigh = |range: &Range<usize>| {
            let lateness = LATENESS * range.start as f32 / body.len().max(1) as f32;
            weight(within(&places, range), weights, &seen) * (1.0 - lateness)
        };
        let best = candidates
            .iter()
            .map(|range| (weigh(range), range))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, best)) = best else { break };
        let longer = extend(body, best.clone(), &places, config.max_chars);
        let is_free = chosen.iter().all(|other| other.end <= longer.start || longer.end <= other.start);
        let best = if is_free { longer } else { best.clone() };
        for place in within(&places, &best) {
            seen[place.light] = true;
        }
        candidates.retain(|range| range.end <= best.start || best.end <= range.start);
        chosen.push(best);
    }
    if chosen.is_empty() {
        chosen.extend(beginning(body, config.max_chars));
    }
    chosen.sort_by_key(|range| range.start);
    chosen.into_iter().map(|range| snippet(body, range, &places)).collect()
}

fn snippet(body: &str, range: Range<usize>, places: &[Place]) -> Snippet {
    let spans = disjoint(places.iter().map(|place| place.span).collect());
    // A phrase that is cut at an edge is no match any more, unless it is longer than any passage.
    let is_lit = |span: &Range<usize>| {
        let is_inside = range.start <= span.start && span.end <= range.end;
        is_inside || span.len() > range.len() && span.start < range.end && range.start < span.end
    };
    let inside = spans.into_iter().map(Span::range).filter(is_lit);
    let highlights = inside
        .map(|span| Span::new(span.start.max(range.start) - range.start, span.end.min(range.end) - range.start))
        .collect();
    Snippet { text: body[range.clone()].to_owned(), highlights, span: Span::new(range.start, range.end) }
}

/// Places that lie in a range as a whole.
fn within<'a>(places: &'a [Place], range: &Range<usize>) -> impl Iterator<Item = &'a Place> {
    let (start, end) = (range.start, range.end);
    let first = places.partition_point(|place| (place.span.start as usize) < start);
    places[first..]
        .iter()
        .take_while(move |place| (place.span.start as usize) < end)
        .filter(move |place| place.span.end as usize <= end)
}

fn weight<'a>(places: impl Iterator<Item = &'a Place>, weights: &[f32], seen: &[bool]) -> f32 {
    let mut here = vec![false; weights.len()];
    let mut sum = 0.0;
    for place in places {
        let weight = weights[place.light].max(f32::EPSILON);
        sum += weight
            * if here[place.light] {
                REPEATED_SHARE
            } else if seen[place.light] {
                SEEN_SHARE
            } else {
                1.0
            };
        here[place.light] = true;
    }
    sum
}

/// Sentences with lit places, in order; windows of those that are too long.
fn candidates(body: &str, places: &[Place], max_chars: usize) -> Vec<Range<usize>> {
    let mut candidates: Vec<Range<usize>> = Vec::new();
    let mut sentence = 0..0;
    let mut window_end = 0;
    for place in places {
        let range = place.span.range();
        if range.end > sentence.end || sentence.is_empty() {
            sentence = sentence_around(body, range.clone());
            if fits(body, &sentence, max_chars) {
                if !sentence.is_empty() {
                    candidates.push(sentence.clone());
                }
                window_end = sentence.end;
                continue;
            }
        }
        if range.end > window_end {
            let window = window(body, &sentence, range.start, max_chars);
            window_end = window.end;
            if !window.is_empty() {
                candidates.push(window);
            }
        }
    }
    candidates
}

fn fits(body: &str, range: &Range<usize>, max_chars: usize) -> bool {
    range.len() <= max_chars || body[range.clone()].chars().count() <= max_chars
}

/// A part of a long sentence that has `place` after some context, from word to word.
fn window(body: &str, sentence: &Range<usize>, place: usize, max_chars: usize) -> Range<usize> {
    let lead = max_chars / LEAD_SHARE;
    let before = &body[sentence.start.min(place)..place];
    let start = match before.char_indices().rev().nth(lead) {
        None => sentence.start.min(place),
        Some((at, _)) => {
            let cut = place - before.len() + at;
            body[cut..place].find(char::is_whitespace).map_or(cut, |space| cut + space)
        }
    };
    let start = start + body[start..place].len() - body[start..place].trim_start().len();
    let start = body[start..place].char_indices().map(|(at, _)| start + at).find(|&at| !in_cluster(body, at));
    let start = start.unwrap_or(place);
    start..end_within(body, start, sentence.end.max(place), max_chars)
}

/// Where a passage from `start` has to end at the latest, from word to word where there are words.
fn end_within(body: &str, start: usize, end: usize, max_chars: usize) -> usize {
    let Some((at, _)) = body[start..end].char_indices().nth(max_chars) else {
        return start + body[start..end].trim_end().len();
    };
    let cut = start + at;
    if body[cut..].starts_with(char::is_whitespace) {
        return start + body[start..cut].trim_end().len();
    }
    if let Some(space) = body[start..cut].rfind(char::is_whitespace).filter(|&space| space > 0) {
        return start + body[start..start + space].trim_end().len();
    }
    let mut cut = cut;
    while cut > start && in_cluster(body, cut) {
        cut = body.floor_char_boundary(cut - 1);
    }
    if cut == start { start + at } else { cut }
}

/// Whether a cut at `at` would tear a mark off its letter.
fn in_cluster(body: &str, at: usize) -> bool {
    body[at..].chars().next().is_some_and(|c| unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}')
}

/// A passage with the sentences behind it that fit: those with lit places, and one when it is short.
fn extend(body: &str, mut passage: Range<usize>, places: &[Place], max_chars: usize) -> Range<usize> {
    while let Some(next) = sentence_after(body, passage.end) {
        let longer = passage.start..next.end;
        let is_lit = within(places, &next).next().is_some();
        if !(is_short(body, &passage) || is_lit) || !fits(body, &longer, max_chars) {
            break;
        }
        passage = longer;
    }
    if is_short(body, &passage)
        && let Some(before) = sentence_before(body, passage.start)
        && fits(body, &(before.start..passage.end), max_chars)
    {
        passage.start = before.start;
    }
    passage
}

fn is_short(body: &str, passage: &Range<usize>) -> bool {
    body[passage.clone()].chars().count() < MIN_CHARS
}

/// The first sentences that fit.
fn beginning(body: &str, max_chars: usize) -> Option<Range<usize>> {
    let first = sentence_after(body, 0)?;
    let mut passage = first.start..end_within(body, first.start, first.end, max_chars);
    while passage.end >= first.end
        && let Some(next) = sentence_after(body, passage.end)
        && fits(body, &(passage.start..next.end), max_chars)
    {
        passage.end = next.end;
    }
    Some(passage)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lit(body: &str, words: &[&str]) -> Vec<Lit> {
        let places = words.iter().enumerate().flat_map(|(light, word)| {
            body.match_indices(word).map(move |(at, word)| Lit { light, spans: vec![Span::new(at, at + word.len())] })
        });
        places.collect()
    }

    #[track_caller]
    fn check(body: &str, words: &[&str], config: SnippetConfig, expected: &[&str]) {
        let weights = vec![1.0; words.len()];
        let snippets = passages(body, &lit(body, words), &weights, config);
        let marked: Vec<String> = snippets
            .iter()
            .map(|snippet| {
                let mut text = snippet.text.clone();
                for span in snippet.highlights.iter().rev() {
                    text.insert(span.end as usize, ']');
                    text.insert(span.start as usize, '[');
                }
                text
            })
            .collect();
        assert_eq!(marked, expected);
    }

    #[test]
    fn the_sentence_with_most_of_the_query_comes_first() {
        let body = "Cats sleep all day long in this house. Dogs bark. Cats and dogs fight in the yard when it rains, \
                    and nobody can stop them from doing so. The end.";
        let one = SnippetConfig { n_passages: 1, max_chars: 110 };
        check(
            body,
            &["ats", "ogs"],
            one,
            &["C[ats] and d[ogs] fight in the yard when it rains, and nobody can stop them from doing so."],
        );
        check(body, &["zebra"], one, &["Cats sleep all day long in this house. Dogs bark."]);
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let body = "word ".repeat(100) + "needle " + &"word ".repeat(100);
        let config = SnippetConfig { n_passages: 3, max_chars: 40 };
        check(&body, &["needle"], config, &["word word [needle] word word word word"]);
    }

    proptest! {
        #[test]
        fn passages_keep_to_their_budget(
            body in "[a-c .!?\\né東。\u{301}]{0,300}",
            words in prop::collection::vec("[a-cé東]{1,3}", 0..4),
            n_passages in 0usize..4,
            max_chars in 0usize..60,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let weights = vec![1.0; words.len()];
            let snippets = passages(&body, &lit(&body, &words), &weights, SnippetConfig { n_passages, max_chars });
            prop_assert!(snippets.len() <= n_passages.max(usize::from(n_passages > 0)));
            let mut last = 0;
            for snippet in snippets {
                prop_assert_eq!(body.get(snippet.span.range()), Some(&snippet.text[..]));
                prop_assert!(snippet.text.chars().count() <= max_chars);
                prop_assert!(snippet.span.range().start >= last);
                last = snippet.span.range().end;
                let mut last = 0;
                for highlight in snippet.highlights {
                    prop_assert!(snippet.text.get(highlight.range()).is_some_and(|text| !text.is_empty()));
                    prop_assert!(highlight.range().start >= last);
                    last = highlight.range().end;
                }
            }
        }
    }
}
