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
