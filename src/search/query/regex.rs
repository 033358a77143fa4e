//! Regular expressions on words: what they may hold.
//!
//! The engine runs them over its list of words from end to end, as an automaton: anchors, word
//! boundaries and lazy repetition have no meaning there. `^` at the start and `$` at the end say what
//! holds anyway and are taken off.

use regex_syntax::hir::{Hir, HirKind};

use super::error::{Problem, QueryError};
use crate::mention::Span;

/// Length of a regular expression: far beyond any that is typed, and small enough that its automaton
/// is built in no time.
const MAX_BYTES: usize = 1000;

/// The pattern between the slashes of a valid `/…/`.
pub(super) fn read_regex(slashed: &str, span: Span) -> Result<String, QueryError> {
    let inner = slashed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or(slashed);
    if inner.len() > MAX_BYTES {
        return Err(QueryError::new(span, Problem::RegexTooLong { max_bytes: MAX_BYTES }));
    }
    let start = inner.strip_prefix('^').unwrap_or(inner);
    let pattern = match start.strip_suffix('$') {
        Some(rest) if !ends_in_escape(rest) => rest,
        _ => start,
    };
    let feature = |what, hint: &str| {
        let error = QueryError::new(span, Problem::RegexFeature { what });
        if hint.is_empty() { error } else { error.with_hint(hint) }
    };
    let Ok(tree) = regex_syntax::parse(pattern) else {
        return Err(feature("unbalanced signs", ""));
    };
    if !tree.properties().look_set().is_empty() {
        return Err(feature(
            "`^`, `$` or `\\b`",
            "`/.*ism/` finds words that end so, `/dimitr.*/` those that begin so",
        ));
    }
    if has_lazy(&tree) {
        return Err(feature("`*?` or `+?`", "leave out the `?`: the whole word has to match anyway"));
    }
    if tree.properties().maximum_len() == Some(0) {
        return Err(feature("nothing inside", "`/dimitr[iy]/`"));
    }
    Ok(pattern.to_owned())
}

fn ends_in_escape(text: &str) -> bool {
    let n_backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    n_backslashes % 2 == 1
}

/// Recursion is bounded by the nesting that the syntax parser allows.
fn has_lazy(tree: &Hir) -> bool {
    match tree.kind() {
        HirKind::Repetition(repetition) => !repetition.greedy || has_lazy(&repetition.sub),
        HirKind::Capture(capture) => has_lazy(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_lazy),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(slashed: &str, expected: &str) {
        let shown = match read_regex(slashed, Span::new(0, slashed.len())) {
            Ok(pattern) => pattern,
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(shown, expected, "{slashed}");
    }

    #[test]
    fn patterns_of_whole_words() {
        check("/dimitr[iy]/", "dimitr[iy]");
        check("/(foo|bar)s?/", "(foo|bar)s?");
        check("/^dimitr[iy]$/", "dimitr[iy]");
        check(r"/a\$/", r"a\$");
        check(r"/a\/b/", r"a\/b");
        check("/^(a|b)$/", "(a|b)");
        check("/^a|b$/", "a|b");
        check("/(^a)/", "error: a regular expression matches one whole word, so it cannot have `^`, `$` or `\\b`");
        check(r"/\bfoo/", "error: a regular expression matches one whole word, so it cannot have `^`, `$` or `\\b`");
        check("/fo+?/", "error: a regular expression matches one whole word, so it cannot have `*?` or `+?`");
        check("/(?:)/", "error: a regular expression matches one whole word, so it cannot have nothing inside");
        check(&format!("/{}/", "a".repeat(1001)), "error: the regular expression is longer than 1000 bytes");
    }
}
