//! Comment threads that nothing names: boxes side by side, each with a link to answer it.

use super::outline::{Outline, Part};

/// So many boxes with such a link are a thread.
const MIN_COMMENTS: usize = 3;

/// What the link says, in lower case.
const REPLY: &[&str] = &[
    "reply",
    "antworten",
    "répondre",
    "responder",
    "rispondi",
    "reageer",
    "beantwoorden",
    "svara",
    "svar",
    "vastaa",
    "odpowiedz",
    "odpovědět",
    "ответить",
    "відповісти",
    "yanıtla",
    "回复",
    "回覆",
    "返信",
    "답글",
    "رد",
];

/// For each element, whether it is a thread.
pub(super) fn of(outline: &Outline<'_>) -> Vec<bool> {
    let parts = &outline.parts;
    let is_reply = |part: &Part<'_>| {
        let text = part.node.first_child().and_then(|child| child.value().as_text());
        matches!(part.element.name(), "a" | "span")
            && text
                .map(|text| text.trim())
                .is_some_and(|text| text.len() <= 20 && REPLY.contains(&text.to_lowercase().as_str()))
    };
    let n_replies = outline.sums(parts.iter().map(|part| usize::from(is_reply(part))).collect());
    let mut n_comments = vec![0; parts.len()];
    for (at, part) in parts.iter().enumerate() {
        if part.is_block && n_replies[at] > 0 && part.parent != at {
            n_comments[part.parent] += 1;
        }
    }
    n_comments.into_iter().map(|n_comments| n_comments >= MIN_COMMENTS).collect()
}
