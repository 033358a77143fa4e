//! Numbers in digits: where they end in a text, and what they are worth.
//!
//! Understands `1,000` `1 000` `20,00,000` `1.000.000` `1.000,50` `12'500` `0.5` `.5`, and digits of other scripts;
//! refuses anything with several dots that is no grouping (versions, telephone numbers), which has no value.

/// Longest run of digits and separators that is read as a number; longer ones have no value.
const MAX_BYTES: usize = 40;

/// Most groups of digits that are looked at; no number of news has more, and hostile texts cost nothing.
const MAX_GROUPS: usize = 8;

/// What commas between digits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commas {
    /// Between thousands: `1,000.50`.
    Group,
    /// Before decimals: `1.000,50`.
    Decimal,
    /// Either, as Spanish of Mexico and Spanish of Spain have it, in a text that does not tell.
    Unknown,
}

impl Commas {
    /// What the numbers of a Spanish text tell of its commas.
    pub(super) fn of_spanish(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut n_groups = 0_i32;
        for mark in (1..bytes.len()).filter(|&at| digit(bytes, at - 1) && digit(bytes, at + 1)) {
            let behind = run(bytes, mark + 1);
            let n_digits = behind - mark - 1;
            let goes_on = matches!(bytes.get(behind), Some(b'.' | b',' | b':' | b'/')) && digit(bytes, behind + 1);
            let is_first = !text[..mark].trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['.', ',', ':', '/']);
            n_groups += match (bytes[mark], n_digits) {
                (b',', 3) if goes_on => 1,
                (b',', 1 | 2) if !goes_on && is_first => -1,
                (b'.', 3) if is_first => -1,
                // Two digits are as often the minutes of an hour.
                (b'.', 1) if !goes_on && is_first => 1,
                (b'.', 2) if is_first && text[behind..].trim_start().starts_with(['%', 'm']) => 1,
                _ => 0,
            };
        }
        match n_groups {
            1.. => Self::Group,
            0 => Self::Unknown,
            _ => Self::Decimal,
        }
    }
}

/// Whether a number may be thousands in groups as well as whole with three decimals: "1,500".
pub(super) fn is_either(number: &str) -> bool {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    number.split_once(',').is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len())
            && rest.len() == 3
            && is_digits(whole)
            && is_digits(rest)
            && !whole.starts_with('0')
    })
}

/// Where the number whose first digit stands at `start` ends.
pub(super) fn end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = run(bytes, start);
    let head = end - start;
    if head <= 3 && bytes[start] != b'0' {
        let primed = primed_groups(bytes, end);
        if primed > end {
            let has_decimals = bytes.get(primed) == Some(&b'.') && digit(bytes, primed + 1);
            return if has_decimals { run(bytes, primed + 1) } else { primed };
        }
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
    if end - start <= 3 && bytes[start] != b'0' {
        end = primed_groups(bytes, end);
        if let Some(end) = groups_by_commas(bytes, end) {
            return end;
        }
    }
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

/// One past two and more groups of three digits, each behind a comma, that go on from `at`, with the decimals behind
/// them: no list and no decimals look so.
fn groups_by_commas(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..MAX_GROUPS {
        if bytes.get(end) != Some(&b',') || run(bytes, end + 1) != end + 4 {
            break;
        }
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digit(bytes, end + 1) {
        return (end > at).then(|| run(bytes, end + 1));
    }
    (end > at + 4).then_some(end)
}

/// The value of a number in a text of a language with decimal commas; dots group thousands, or, where they do
/// not fit that, are taken for a decimal one ("7.8") or for none at all (dates).
pub(super) fn value_with_comma(number: &str) -> Option<f64> {
    let n_commas = number.bytes().filter(|&byte| byte == b',').count();
    if n_commas > 1 || n_commas == 1 && number.rfind('.') > number.find(',') {
        // As others write it: `1,234,567.50`.
        return value(number);
    }
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

/// One past the groups of three digits, each behind an apostrophe, that go on from `at`, as the Swiss write; `at` when
/// none do.
fn primed_groups(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    for _ in 0..MAX_GROUPS {
        let mark = ["'", "’"].into_iter().find(|mark| bytes[end..].starts_with(mark.as_bytes()));
        let Some(group) = mark.map(|mark| end + mark.len()).filter(|&group| run(bytes, group) == group + 3) else {
            break;
        };
        end = group + 3;
    }
    end
}

/// First digits of scripts that have their own: Arabic and Persian, nine of India, Thai, Lao, Burmese and Khmer, and
/// the wide ones of East Asia.
const ZEROS: [char; 16] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}',
    '\u{d66}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}', '\u{ff10}',
];

/// The value of a digit of another script than Latin.
fn native_digit(c: char) -> Option<u32> {
    ZEROS.into_iter().find_map(|zero| (c as u32).checked_sub(zero as u32).filter(|&value| value < 10))
}

/// Whether the character is a digit of another script than Latin.
pub(super) fn is_native(c: char) -> bool {
    native_digit(c).is_some()
}

/// A mark between digits of other scripts, as Latin has it. Persian writes a slash before decimals.
fn native_mark(c: char, before: char) -> Option<char> {
    match c {
        '\u{66b}' | '.' | '\u{ff0e}' => Some('.'),
        '\u{66c}' | ',' | '\u{ff0c}' => Some(','),
        '/' if matches!(before, '\u{6f0}'..='\u{6f9}') => Some('/'),
        _ => None,
    }
}

/// Where the number in digits of another script ends that begins at `start`.
pub(super) fn native_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut last = '\0';
    for (at, c) in text[start..].char_indices() {
        let next = start + at + c.len_utf8();
        let is_mark = native_mark(c, last).is_some() && text[next..].starts_with(is_native);
        if !is_native(c) && !is_mark {
            break;
        }
        last = c;
        end = next;
    }
    end
}

/// The value of a number in digits of another script.
pub(super) fn native_value(number: &str) -> Option<f64> {
    let mut plain = String::with_capacity(number.len());
    let mut last = '\0';
    for c in number.chars() {
        plain.push(native_digit(c).map_or_else(|| native_mark(c, last), |value| char::from_digit(value, 10))?);
        last = c;
    }
    let is_told = number.contains(['\u{66b}', '\u{66c}']);
    match plain.split_once('/') {
        Some((_, rest)) if rest.contains(['/', '.', ',']) => None,
        Some((whole, rest)) => format!("{whole}.{rest}").parse().ok(),
        // A sign of its own for decimals is one whatever follows.
        None if is_told => plain.replace(',', "").parse().ok(),
        None => value(&plain),
    }
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
            ("12'500 Franken", "12'500", Some(12_500.0)),
            ("1’234’567,50", "1’234’567,50", Some(1_234_567.5)),
            ("12'500.50", "12'500.50", Some(12_500.5)),
            ("1,234,567 pesos", "1,234,567", Some(1_234_567.0)),
            ("1,234.50 pesos", "1,234.50", Some(1234.5)),
            ("12'50", "12", Some(12.0)),
            ("12'5000", "12", Some(12.0)),
        ] {
            assert_eq!(&text[..end_with_comma(text, 0)], number);
            assert_eq!(value_with_comma(number), expected, "{number}");
        }
    }

    #[test]
    fn numbers_in_digits_of_other_scripts() {
        for (text, number, expected) in [
            ("٣٫٥٪", "٣٫٥", Some(3.5)),
            ("٢٬٥٠٠ دولار", "٢٬٥٠٠", Some(2500.0)),
            ("۲/۵ میلیارد", "۲/۵", Some(2.5)),
            ("۱۴۰۲/۰۵/۱۲", "۱۴۰۲/۰۵/۱۲", None),
            ("२.५ करोड़", "२.५", Some(2.5)),
            ("１，５００円", "１，５００", Some(1500.0)),
            ("٣، ٤", "٣", Some(3.0)),
        ] {
            assert_eq!(&text[..native_end(text, 0)], number);
            assert_eq!(native_value(number), expected, "{number}");
        }
    }

    #[test]
    fn spanish_texts_tell_what_their_commas_are() {
        let check = |text, expected| assert_eq!(Commas::of_spanish(text), expected, "{text}");
        check("Subió un 4,5 por ciento hasta 1.300", Commas::Decimal);
        check("Costó 1,234,567 pesos", Commas::Group);
        check("Costó 1,500.50 pesos", Commas::Group);
        check("Creció 2.5 por ciento", Commas::Group);
        check("Costó 1,500 pesos el 3.1.2024 a las 10.30", Commas::Unknown);
        check("", Commas::Unknown);
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

        check("12'500 francs", "12'500", Some(12_500.0));
        check("1’234’567.50 francs", "1’234’567.50", Some(1_234_567.5));
        check("12'500. And", "12'500", Some(12_500.0));
        check("the 90's 100", "90", Some(90.0));
        check("2020'300", "2020", Some(2020.0));

        check("2020 300 men", "2020", Some(2020.0));
        check("423 0000", "423", Some(423.0));
        check("in 2022, 12 men", "2022", Some(2022.0));
        check("99999999999999999999999999999999999999999", "99999999999999999999999999999999999999999", None);
    }
}
