//! Numbers in digits: where they end in a text, and what they are worth.
//!
//! Understands `1,000` `1 000` `20,00,000` `1.000.000` `1.000,50` `0.5` `.5`; refuses anything with
//! several dots that is no grouping (versions, telephone numbers), which has no value.

/// Longest run of digits and separators that is read as a number; longer ones have no value.
const MAX_BYTES: usize = 40;

/// Most groups of digits that are looked at; no number of news has more, and hostile texts cost nothing.
const MAX_GROUPS: usize = 8;

/// Where the number whose first digit stands at `start` ends.
pub(super) fn end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = run(bytes, start);
    let head = end - start;
    if head <= 3 && bytes[start] != b'0' {
        let spaced = spaced_groups(text, end);
        if spaced > end {
            end = spaced;
            if bytes.get(end) == Some(&b'.') && digit(bytes, end + 1) {
                end = run(bytes, end + 1);
            }
            return end;
        }
    }
    if let Some(end) = torn(bytes, end) {
        return end;
    }
    let mut dotted = false;
    loop {
        match bytes.get(end) {
            Some(b'.') if digit(bytes, end + 1) => {
                dotted = true;
                end = run(bytes, end + 1);
            }
            Some(b',') if digit(bytes, end + 1) && (comma_goes_on(bytes, end) || decimal_comma(text, end, dotted)) => {
                end = run(bytes, end + 1);
            }
            _ => return end,
        }
    }
}

/// Where the number at `start` ends in a text of a language with decimal commas: "1.000,50", "1,5", "1 234,5".
pub(super) fn end_with_comma(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = run(bytes, start);
    for _ in 0..MAX_GROUPS {
        let space = text[end..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'));
        let group = end + space.map_or(0, char::len_utf8);
        if end - start > 3 && bytes[start + 1..end].iter().all(u8::is_ascii_digit)
            || group == end
            || run(bytes, group) != group + 3
        {
            break;
        }
        end = group + 3;
    }
    for _ in 0..MAX_GROUPS {
        if bytes.get(end) != Some(&b'.') || !digit(bytes, end + 1) {
            break;
        }
        end = run(bytes, end + 1);
    }
    let comma = bytes.get(end) == Some(&b',') && digit(bytes, end + 1);
    let tail = run(bytes, end + 1);
    // "1,2,3" is a list.
    if comma && !(bytes.get(tail) == Some(&b',') && digit(bytes, tail + 1)) { tail } else { end }
}

/// The value of a number in a text of a language with decimal commas; dots group thousands, or, where they do
/// not fit that, are taken for a decimal one ("7.8") or for none at all (dates).
pub(super) fn value_with_comma(number: &str) -> Option<f64> {
    let (whole, decimals) = match number.split_once(',') {
        Some((whole, decimals)) => (whole, decimals),
        None => (number, ""),
    };
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if whole.contains('.') && !grouped {
        return if decimals.is_empty() { value(number) } else { None };
    }
    if number.len() > MAX_BYTES {
        return None;
    }
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    if decimals.is_empty() { plain.parse().ok() } else { format!("{plain}.{decimals}").parse().ok() }
}

/// One past a number that a tokeniser tore apart: "59 . 2 %", "10 , 000 men". Nobody sets white space on both
/// sides of a mark between digits otherwise.
fn torn(bytes: &[u8], end: usize) -> Option<usize> {
    let spaced = bytes.get(end) == Some(&b' ') && bytes.get(end + 2) == Some(&b' ') && digit(bytes, end + 3);
    let tail = run(bytes, end + 3);
    match bytes.get(end + 1) {
        Some(b'.') if spaced && tail - end <= 7 => Some(tail),
        Some(b',') if spaced && tail - end == 6 => Some(torn(bytes, tail).unwrap_or(tail)),
        _ => None,
    }
}

/// The value of a run of digits and separators; `None` when it is no single number.
pub(super) fn value(number: &str) -> Option<f64> {
    if number.len() > MAX_BYTES {
        return None;
    }
    if let Some((whole, rest)) = number.split_once([' ']).filter(|(_, rest)| rest.starts_with([',', '.'])) {
        // Torn apart by a tokeniser: see `torn`.
        return value(&format!("{whole}{}{}", &rest[..1], rest[1..].trim_start()));
    }
    let n_dots = number.bytes().filter(|&byte| byte == b'.').count();
    let last_comma = number.rfind(',');
    let last_dot = number.rfind('.');
    // "10.000" has no other use than a thousand of ten: news gives no decimals that are all nothing.
    let thousands = n_dots == 1 && last_comma.is_none() && number.ends_with(".000") && !number.starts_with(['0', '.']);
    let grouped_by_dots = n_dots >= 2 && number.split(',').next()?.split('.').skip(1).all(|group| group.len() == 3);
    let decimal = match (last_dot, last_comma) {
        (_, Some(comma)) if n_dots == 0 => (number.len() - comma - 1 != 3).then_some(comma),
        (Some(dot), Some(comma)) if comma > dot => Some(comma),
        (Some(dot), Some(_)) if n_dots == 1 => Some(dot),
        (Some(dot), None) if n_dots == 1 => (!thousands).then_some(dot),
        (Some(_), _) if grouped_by_dots => None,
        (None, _) => None,
        _ => return None,
    };
    if last_comma.is_some() && decimal == last_comma && n_dots >= 2 && !grouped_by_dots {
        return None;
    }
    let mut buffer = [0u8; MAX_BYTES];
    let mut n = 0;
    for (i, byte) in number.bytes().enumerate() {
        let kept = match byte {
            b'0'..=b'9' => byte,
            _ if Some(i) == decimal => b'.',
            _ => continue,
        };
        buffer[n] = kept;
        n += 1;
    }
    std::str::from_utf8(&buffer[..n]).ok()?.parse().ok()
}

fn digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// One past the digits that begin at `at`.
fn run(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while digit(bytes, end) {
        end += 1;
    }
    end
}

/// Whether the comma at `comma` groups thousands: three digits follow, or two and the same again.
fn comma_goes_on(bytes: &[u8], comma: usize) -> bool {
    let mut comma = comma;
    for _ in 0..MAX_GROUPS {
        let end = run(bytes, comma + 1);
        match end - comma - 1 {
            3 => return true,
            2 if bytes.get(end) == Some(&b',') => comma = end,
            _ => return false,
        }
    }
    false
}

/// Whether the comma at `comma` is a decimal one, as in `1.000,50` and in `1,5 million`.
fn decimal_comma(text: &str, comma: usize, dotted: bool) -> bool {
    let end = run(text.as_bytes(), comma + 1);
    let n_digits = end - comma - 1;
    if n_digits > 2 || text.as_bytes().get(end) == Some(&b',') {
        return false;
    }
    let rest = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    // What may follow: else "22,24" is a list.
    let follows = ["%", "€", "mil", "Mil", "bil", "Bil", "mln", "bn", "tri", "per cent", "percent", "km", "kg"];
    dotted || follows.iter().any(|follow| rest.starts_with(follow))
}

/// One past the groups of three digits, each after one space, that go on from `at`; `at` when none do.
fn spaced_groups(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    for _ in 0..MAX_GROUPS {
        let rest = &text[end..];
        let Some(space) = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')) else {
            return end;
        };
        let group = end + space.len_utf8();
        let group_end = run(bytes, group);
        if group_end - group != 3 || (bytes.get(group_end) == Some(&b',') && digit(bytes, group_end + 1)) {
            // A group of another length means that these are not groups at all.
            return if digit(bytes, group) { at } else { end };
        }
        end = group_end;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, expected: Option<f64>) {
        let start = text.find(|c: char| c.is_ascii_digit()).expect("a digit");
        assert_eq!(&text[start..end(text, start)], number);
        assert_eq!(value(number), expected);
    }

    #[test]
    fn numbers_with_decimal_commas() {
        for (text, number, expected) in [
            ("1.250,50 Euro", "1.250,50", Some(1250.5)),
            ("12.000 Tonnen", "12.000", Some(12_000.0)),
            ("7,5 Prozent", "7,5", Some(7.5)),
            ("2 500,5", "2 500,5", Some(2500.5)),
            ("1,2,3", "1", Some(1.0)),
            ("7.8", "7.8", Some(7.8)),
            ("3.1.4", "3.1.4", None),
        ] {
            assert_eq!(&text[..end_with_comma(text, 0)], number);
            assert_eq!(value_with_comma(number), expected, "{number}");
        }
    }

    #[test]
    fn numbers_in_digits() {
        check("1,000 men", "1,000", Some(1000.0));
        check("12.5%", "12.5", Some(12.5));
        check("20,00,000 rupees", "20,00,000", Some(2_000_000.0));
        check("1.000,50 euros", "1.000,50", Some(1000.5));
        check("10.000 euros", "10.000", Some(10_000.0));
        check("0.000 of it", "0.000", Some(0.0));
        check("1.000.000 euros", "1.000.000", Some(1_000_000.0));
        check("10 000 dollars", "10 000", Some(10_000.0));
        check("1\u{202f}234\u{a0}567", "1\u{202f}234\u{a0}567", Some(1_234_567.0));
        check("1,5 million", "1,5", Some(1.5));
        check("1,234.56.", "1,234.56", Some(1234.56));
        check("version 3.1.4", "3.1.4", None);
        check("202.456.1414", "202.456.1414", None);
        check("22,24,26", "22", Some(22.0));
        check("59 . 2 %", "59 . 2", Some(59.2));
        check("10 , 000 men", "10 , 000", Some(10_000.0));

        check("2020 300 men", "2020", Some(2020.0));
        check("423 0000", "423", Some(423.0));
        check("in 2022, 12 men", "2022", Some(2022.0));
        check("99999999999999999999999999999999999999999", "99999999999999999999999999999999999999999", None);
    }
}
