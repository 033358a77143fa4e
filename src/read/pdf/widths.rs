//! Widths of letters, in the one form that the crate reads right.
//!
//! Fonts of many letters list widths as `first [width width]` or as `first last width` (ISO 32000-1, 9.7.4.3). The
//! crate takes the numbers of the second form for each other, and stops at a list that breaks off.

use pdf_extract::{Document, Object};

/// Letters that a font has at most.
const MAX_LETTERS: i64 = 1 << 16;

/// Rewrites the lists of widths of all fonts.
pub(super) fn rewrite(document: &mut Document) {
    let fonts: Vec<_> = document.objects.iter().filter(|(_, object)| has_widths(object)).map(|(&id, _)| id).collect();
    for id in fonts {
        let list = document.objects[&id].as_dict().and_then(|font| font.get(b"W")).ok();
        let list = list.and_then(|list| resolved(document, list)?.as_array().ok());
        let Some(list) = list.map(|list| rewritten(document, list)) else { continue };
        if let Some(font) = document.objects.get_mut(&id).and_then(|font| font.as_dict_mut().ok()) {
            font.set("W", list);
        }
    }
}

fn has_widths(object: &Object) -> bool {
    object.as_dict().is_ok_and(|font| font.has(b"W") && font.has(b"CIDSystemInfo"))
}

/// The list with every range spelt out, up to where it breaks off.
fn rewritten(document: &Document, list: &[Object]) -> Vec<Object> {
    let mut widths = Vec::new();
    let mut items = list.iter().map_while(|item| resolved(document, item));
    let mut n_left = MAX_LETTERS;
    while let (Some(first), Some(second)) = (items.next().and_then(whole), items.next()) {
        let run: Vec<Object> = if let Ok(run) = second.as_array() {
            run.iter().map_while(|width| resolved(document, width).filter(|width| is_number(width)).cloned()).collect()
        } else {
            let (Some(last), Some(width)) = (whole(second), items.next().filter(|width| is_number(width))) else {
                break;
            };
            let n = last.saturating_sub(first).saturating_add(1).clamp(0, n_left);
            std::iter::repeat_n(width.clone(), usize::try_from(n).unwrap_or(0)).collect()
        };
        n_left -= i64::try_from(run.len()).unwrap_or(MAX_LETTERS).min(n_left);
        widths.extend([Object::Integer(first), Object::Array(run)]);
    }
    widths
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn is_number(object: &Object) -> bool {
    object.as_float().is_ok()
}

/// A whole number of a letter, which some write as `12.0`.
fn whole(object: &Object) -> Option<i64> {
    let number = object.as_float().ok()?;
    (0.0..MAX_LETTERS as f32).contains(&number).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &[Object], expected: &[(i64, &[i64])]) {
        let found = rewritten(&Document::new(), list);
        let expected = expected.iter().flat_map(|(first, widths)| {
            let widths = widths.iter().map(|&width| Object::Integer(width)).collect();
            [Object::Integer(*first), Object::Array(widths)]
        });
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn ranges_are_spelt_out() {
        let number = |number: i64| Object::Integer(number);
        let run = Object::Array(vec![number(500), number(600)]);
        check(&[number(3), run.clone()], &[(3, &[500, 600])]);
        check(&[number(16), number(18), number(550), number(3), run], &[(16, &[550, 550, 550]), (3, &[500, 600])]);
        check(&[number(5), number(4), number(550)], &[(5, &[])]);
    }

    #[test]
    fn lists_that_break_off_or_never_end_are_survived() {
        let number = |number: i64| Object::Integer(number);
        check(&[number(3)], &[]);
        check(&[number(3), number(4)], &[]);
        check(&[number(3), Object::Null], &[]);
        let endless = [number(0), number(65_535), number(1), number(0), number(65_535), number(1)];
        let lengths: Vec<usize> =
            rewritten(&Document::new(), &endless).iter().filter_map(|run| run.as_array().ok().map(Vec::len)).collect();
        assert_eq!(lengths, [65_536, 0]);
    }
}
