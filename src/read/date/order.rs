//! Who puts the day first.

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayMonthOrder {
    /// `4/11` is 4 November: most of the world.
    DayFirst,
    /// `4/11` is 11 April: the United States.
    #[default]
    MonthFirst,
}

/// Who comes first in a date of numbers, where one of them can be no month: `13/04/2024`, `4/25/24`.
pub(crate) fn stated_order(date: &str) -> Option<DayMonthOrder> {
    match numbers(date)? {
        (13..=31, 1..=12) => Some(DayMonthOrder::DayFirst),
        (1..=12, 13..=31) => Some(DayMonthOrder::MonthFirst),
        _ => None,
    }
}

/// Whether a text begins with a date of numbers whose year comes last, and whose order is open: `3/4/2024`.
pub(crate) fn begins_numeric(text: &str) -> bool {
    numbers(text).is_some()
}

/// The first two numbers of `3/4/2024` and `03-04-24`.
fn numbers(date: &str) -> Option<(u8, u8)> {
    let (first, rest) = date.trim().split_once(['/', '-'])?;
    let (second, rest) = rest.split_once(['/', '-'])?;
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_short = |number: &str| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (matches!(n_digits, 2 | 4) && is_short(first) && is_short(second))
        .then(|| Some((first.parse().ok()?, second.parse().ok()?)))?
}

/// Americans put the month first; their pages say `en-US`, or `en` under an address of no other country.
pub(crate) fn order_of(language: Option<&str>, url: Option<&str>, order: DayMonthOrder) -> DayMonthOrder {
    let language = language.unwrap_or("").to_ascii_lowercase();
    let (primary, region) = language.split_once(['-', '_']).unwrap_or((&language, ""));
    let host = url.and_then(host).unwrap_or_default();
    let is_elsewhere = [".uk", ".au", ".nz", ".ie", ".in", ".za", ".eu", ".pk", ".ng", ".ke", ".sg", ".my", ".hk"]
        .iter()
        .any(|end| host.ends_with(end));
    match (primary, region) {
        _ if is_elsewhere => DayMonthOrder::DayFirst,
        ("en", "us") | ("en", "") | ("", _) => order,
        ("en", _) => DayMonthOrder::DayFirst,
        _ => DayMonthOrder::DayFirst,
    }
}

/// `example.org` of `https://www.example.org/a`.
pub(crate) fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_and_country_decide() {
        for (language, url, expected) in [
            (Some("en-US"), None, DayMonthOrder::MonthFirst),
            (Some("en-GB"), None, DayMonthOrder::DayFirst),
            (Some("de"), None, DayMonthOrder::DayFirst),
            (None, Some("https://www.paper.co.uk/a"), DayMonthOrder::DayFirst),
            (Some("en"), Some("https://paper.com/a"), DayMonthOrder::MonthFirst),
        ] {
            assert_eq!(order_of(language, url, DayMonthOrder::MonthFirst), expected, "{language:?} {url:?}");
        }
        assert_eq!(host("https://www.x.org/a").as_deref(), Some("x.org"));
    }
}
