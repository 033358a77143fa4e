//! Who puts the day first.

use super::tongue;
use crate::read::draft::primary_subtag;

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayMonthOrder {
    /// `4/11` is 4 November: most of the world.
    DayFirst,
    /// The same, in years of the Buddhist era: `4/11/67` is 4 November 2024 in Thailand.
    DayFirstBuddhist,
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

/// Ends of addresses that name no country which puts the day first: of countries that put the month before it, and
/// of those whose ends are sold to everybody.
const OPEN_ENDS: [&str; 44] = [
    "us", "ca", "ph", "pr", "pa", "gu", "vi", "as", "mp", "mh", "fm", "pw", "um", "jp", "kr", "kp", "cn", "tw", "io",
    "co", "tv", "me", "ai", "cc", "ws", "to", "gg", "la", "sh", "am", "ly", "im", "st", "so", "gl", "ms", "vc", "nu",
    "tk", "ml", "ga", "cf", "gq", "bz",
];

/// What stands for the language where nobody knows it.
const NO_LANGUAGES: [&str; 7] = ["und", "mul", "zxx", "unknown", "none", "null", "n/a"];

/// So many bytes of a text tell its language as well as more would.
pub(crate) const SAMPLE_BYTES: usize = 2000;

/// Who puts the day first in an article of this language and address, as far as they are declared. Where no language
/// is, `text` is asked for some of what the article says, title first: all but English puts the day first.
///
/// Americans put the month first; their pages say `en-US`, or `en` under an address of no other country.
pub(crate) fn order_of(
    language: Option<&str>,
    url: Option<&str>,
    text: impl FnOnce() -> String,
    order: DayMonthOrder,
) -> DayMonthOrder {
    let language = language.unwrap_or("").trim().to_ascii_lowercase();
    let (stated, region) = language.split_once(['-', '_']).unwrap_or((&language, ""));
    let stated = if NO_LANGUAGES.contains(&stated) { "" } else { stated };
    // "English" is `en`.
    let primary = primary_subtag(&language).unwrap_or_else(|| stated.to_owned());
    let primary = primary.as_str();
    let told = if primary.is_empty() { tongue::order_in(&text()) } else { None };
    let is_elsewhere = || url.and_then(host).is_some_and(|host| is_of_country(&host));
    match (primary, region, told) {
        ("th" | "thai", ..) => DayMonthOrder::DayFirstBuddhist,
        (.., Some(told)) => told,
        _ if is_elsewhere() => DayMonthOrder::DayFirst,
        ("en", "us", _) | ("en" | "", "", _) => order,
        _ => DayMonthOrder::DayFirst,
    }
}

/// Whether a host stands under the end of a country that puts the day first.
fn is_of_country(host: &str) -> bool {
    let end = host.rsplit('.').next().unwrap_or("");
    end.len() == 2 && end.bytes().all(|byte| byte.is_ascii_lowercase()) && !OPEN_ENDS.contains(&end)
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
            (Some("en"), Some("https://paper.io/a"), DayMonthOrder::MonthFirst),
            (Some("en"), Some("https://paper.ca/a"), DayMonthOrder::MonthFirst),
            (None, Some("https://192.168.0.10/a"), DayMonthOrder::MonthFirst),
            (None, Some("https://www.diario.es/a"), DayMonthOrder::DayFirst),
            (None, Some("https://paper.com.br/a"), DayMonthOrder::DayFirst),
            (Some("th"), Some("https://paper.com/a"), DayMonthOrder::DayFirstBuddhist),
            (None, None, DayMonthOrder::MonthFirst),
            (Some("English"), None, DayMonthOrder::MonthFirst),
            (Some("eng"), None, DayMonthOrder::MonthFirst),
            (Some("und"), None, DayMonthOrder::MonthFirst),
            (Some("German"), None, DayMonthOrder::DayFirst),
            (Some("Thai"), None, DayMonthOrder::DayFirstBuddhist),
        ] {
            let found = order_of(language, url, String::new, DayMonthOrder::MonthFirst);
            assert_eq!(found, expected, "{language:?} {url:?}");
        }
    }

    #[test]
    fn where_nothing_is_declared_the_text_decides() {
        let order = |language, url, text: &str| order_of(language, url, || text.to_owned(), DayMonthOrder::MonthFirst);
        let spanish = "El pueblo abrirá una biblioteca que los vecinos esperaban desde hace años.";
        assert_eq!(order(None, None, spanish), DayMonthOrder::DayFirst);
        assert_eq!(order(Some(""), Some("https://paper.com/a"), spanish), DayMonthOrder::DayFirst);
        assert_eq!(order(Some("en"), None, spanish), DayMonthOrder::MonthFirst);
        let thai = "เมืองจะเปิดห้องสมุดใหม่";
        assert_eq!(order(None, Some("https://paper.co.th/a"), thai), DayMonthOrder::DayFirstBuddhist);
        let english = "The town will open a library that the people of the old quarter had waited for.";
        assert_eq!(order(None, None, english), DayMonthOrder::MonthFirst);
    }

    #[track_caller]
    fn check_read(name: &str, bytes: &str, expected: &str) {
        let article = crate::read::parse_bytes(name, bytes.as_bytes()).remove(0).expect("it has text");
        assert_eq!(article.date.map(|date| date.to_string()).unwrap_or_default(), expected, "{name}: {bytes}");
    }

    #[test]
    fn every_format_asks_its_text() {
        let spanish =
            "El pueblo abrirá una biblioteca que los vecinos esperaban desde hace años. La obra empezó en mayo.";
        let english = "The town will open a library that the people of the old quarter had waited for since the war.";
        for (text, expected) in [(spanish, "2024-03-04"), (english, "2024-04-03")] {
            check_read("a.json", &format!(r#"{{"title":"Una", "date":"04/03/2024", "text":"{text}"}}"#), expected);
            check_read("a.json", &format!(r#"{{"title":"Una", "text":"04/03/2024\n\n{text}"}}"#), expected);
            check_read("a.csv", &format!("title,date,text\nUna,04/03/2024,{text}\n"), expected);
            check_read("a.md", &format!("---\ntitle: Una\ndate: 04/03/2024\n---\n\n{text}\n"), expected);
            check_read("a.md", &format!("# Biblioteca\n\n04/03/2024\n\n{text}\n"), expected);
            check_read("a.txt", &format!("Biblioteca\n\n04/03/2024\n\n{text}\n"), expected);
            check_read("a.txt", &format!("Title: Biblioteca\nDate: 04/03/2024\n\n{text}\n"), expected);
            let page = format!("<h1>Biblioteca</h1><div class=date>04/03/2024</div><article><p>{text}</p></article>");
            check_read("a.html", &format!("<html><title>Una</title><body>{page}</body></html>"), expected);
            let item =
                format!("<item><title>Una</title><pubDate>04/03/2024</pubDate><description>{text}</description>");
            check_read("a.xml", &format!("<rss version='2.0'><channel>{item}</item></channel></rss>"), expected);
        }
        let arabic = "تفتح المدينة مكتبة جديدة في الربيع";
        check_read(
            "a.json",
            &format!(r#"{{"title":"{arabic}", "date":"٠٤/٠٣/٢٠٢٤", "text":"{arabic}"}}"#),
            "2024-03-04",
        );
        let thai = "เมืองจะเปิดห้องสมุดใหม่";
        check_read("a.json", &format!(r#"{{"title":"{thai}", "date":"14/03/67", "text":"{thai}"}}"#), "2024-03-14");
        check_read("a.csv", &format!("title,date,text\n{thai},14/03/67,{thai}\n"), "2024-03-14");
        check_read("a.txt", &format!("Language: en-GB\nDate: 04/03/2024\n\n{english}"), "2024-03-04");
    }

    #[test]
    fn hosts_are_cut_out_of_addresses() {
        assert_eq!(host("https://www.x.org/a").as_deref(), Some("x.org"));
    }
}
