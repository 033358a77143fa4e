//! Dates, years, decades, seasons and clock times, so that no range query takes them for quantities.
//!
//! The value is the year where there is one, else the day of the month or the hour.

use super::names::Stretch;
use super::scan::View;
use super::table::Table;
use super::{digits, noun, numerals, units};

/// Months, with `c` where only a capital letter makes the word one.
static MONTHS: Table<64> = Table::new(
    "january february march=c april may=c june july august september october november december jan=c feb mar=c apr jun=c jul=c aug=c \
     sep sept oct nov dec=c",
);

/// Words before a bare number of four digits that make it a year.
static YEAR_BEFORE: Table<128> = Table::new(
    "in since until till by from early late mid of during the his her its their before after between through spring summer autumn fall winter \
     january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
     circa year years fiscal election class season ending ended starting beginning around pre post both christmas easter throughout and to this last next \
     a our your my disastrous historic olympics",
);

/// What makes a number before it a time of day.
static TIMES: Table<32> = Table::new("a.m. p.m. am pm a.m p.m o'clock noon midnight");

/// Things that years rarely number but news often counts: with these behind, "2000 people" is a count.
static COUNTED: Table<128> = Table::new(
    "people soldiers troops workers employees men women children cases deaths jobs homes houses students prisoners protesters demonstrators civilians \
     police officers members residents passengers refugees migrants votes seats points shares families patients villagers fighters militants rebels \
     square metres meters miles feet years days hours inmates detainees victims survivors staff personnel firefighters tonnes tons copies tickets \
     supporters fans volunteers delegates pages words companies schools buildings vehicles businesses doctors nurses others",
);

/// The years that news writes about without a comma.
const YEARS: std::ops::RangeInclusive<f64> = 1000.0..=2199.0;

/// The date or time of day that the number at token `i` belongs to; its month may stand before `i`, but
/// not before `floor`.
pub(super) fn at(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if !view.is_number(i) {
        return in_words(view, i);
    }
    clock(view, i)
        .or_else(|| numeric(view, i))
        .or_else(|| with_month(view, i, floor))
        .or_else(|| fiscal(view, i, floor))
        .or_else(|| decade(view, i, floor))
        .or_else(|| years(view, i, floor))
}

fn value(view: &View, i: usize) -> f64 {
    view.number(i).unwrap_or(0.0)
}

/// Whole digits only, as many as said.
fn whole(view: &View, i: usize, n_digits: std::ops::RangeInclusive<usize>) -> Option<f64> {
    let text = view.str(i);
    (view.is_number(i) && n_digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| value(view, i))
}

/// Whether the token names a month.
fn month(view: &View, i: usize) -> bool {
    view.is_word(i) && MONTHS.get(view.low(i).as_str()).is_some_and(|tag| tag.is_empty() || view.capital(i))
}

/// One past "a.m.", "pm", "o'clock", "GMT" and the like.
fn time_words(view: &View, j: usize) -> Option<usize> {
    if view.begins_line(j) {
        return None;
    }
    let said = TIMES.has(view.low(j).as_str());
    if !said {
        return zone(view, j);
    }
    let next = j + 1;
    Some(zone(view, next).unwrap_or(next))
}

fn zone(view: &View, j: usize) -> Option<usize> {
    if view.is(j, "local") && view.is(j + 1, "time") && !view.begins_line(j) {
        return Some(j + 2);
    }
    let zone = matches!(
        view.str(j),
        "GMT"
            | "UTC"
            | "BST"
            | "EST"
            | "EDT"
            | "ET"
            | "CET"
            | "CEST"
            | "PST"
            | "PDT"
            | "PT"
            | "CT"
            | "MT"
            | "IST"
            | "JST"
            | "AEST"
            | "AEDT"
            | "HKT"
            | "MSK"
            | "CDT"
            | "CST"
            | "MDT"
            | "MST"
            | "WIB"
            | "Z"
    );
    (zone && !view.begins_line(j)).then_some(j + 1)
}

/// "3:30 p.m.", "15:30", "0600 GMT", "3pm", "2.13 am".
fn clock(view: &View, i: usize) -> Option<Stretch> {
    let hour = value(view, i).floor();
    let minutes = |i: usize| view.joined(i) && whole(view, i, 2..=2).is_some_and(|minute| minute < 60.0);
    if view.mark(i + 1, ':')
        && view.joined(i + 1)
        && minutes(i + 2)
        && whole(view, i, 1..=2).is_some()
        && (hour <= 24.0 || view.mark(i + 3, ':'))
    {
        let mut next = i + 3;
        while view.mark(next, ':') && view.joined(next) && view.is_number(next + 1) && view.joined(next + 1) {
            next += 2;
        }
        let next = time_words(view, next).unwrap_or(next);
        return Some(Stretch::new(i, next, hour, hour));
    }
    if stopped(view, i) {
        return Some(Stretch::new(i, i + 3, hour, hour));
    }
    let length = view.str(i).len();
    if hour < 25.0 && (length <= 2 || view.str(i).contains('.') && (4..=5).contains(&length)) {
        // "2.1 pm" is no time of day, "2.10 pm" is.
        let dotted = view.str(i).split_once('.').is_none_or(|(_, minutes)| minutes.len() == 2);
        let hyphened = usize::from(view.hyphen(i + 1));
        if let Some(next) = time_words(view, i + 1 + hyphened).filter(|_| dotted) {
            return Some(Stretch::new(i, next, hour, hour));
        }
        // "from 9 to 5 p.m.", "8-10 p.m."
        let to = view.any(i + 1, &["to", "and", "or"]) || view.hyphen(i + 1);
        if to
            && whole(view, i + 2, 1..=2).is_some()
            && length <= 2
            && let Some(next) = time_words(view, i + 3)
        {
            return Some(Stretch::new(i, next, hour, value(view, i + 2)));
        }
    }
    if whole(view, i, 4..=4).is_some()
        && (zone(view, i + 1).is_some()
            || view.is(i + 1, "hours") && (view.str(i).starts_with('0') || i > 0 && view.is(i - 1, "at")))
        && hour < 2460.0
    {
        return Some(Stretch::new(i, i + 2, (hour / 100.0).floor(), (hour / 100.0).floor()));
    }
    None
}

/// Minutes and seconds of a race: "13:58.06".
fn stopped(view: &View, i: usize) -> bool {
    let parts = view.str(i + 2).split_once('.');
    let are_seconds = parts.is_some_and(|(seconds, parts)| seconds.len() == 2 && (1..=3).contains(&parts.len()));
    view.mark(i + 1, ':')
        && view.joined(i + 1)
        && view.joined(i + 2)
        && view.is_number(i + 2)
        && whole(view, i, 1..=2).is_some()
        && are_seconds
        && value(view, i + 2) < 60.0
}

/// "2023-03-13", "13/03/2023", "13.3.2023", "9/11", "24/7".
fn numeric(view: &View, i: usize) -> Option<Stretch> {
    let text = view.str(i);
    if text.bytes().filter(|&byte| byte == b'.').count() == 2 && digits::value(text).is_none() {
        let mut parts = text.split('.');
        let fits = |part: Option<&str>, most: usize| {
            part.is_some_and(|part| part.len() <= most && part.parse::<u32>().is_ok_and(|n| n <= 31 || most == 4))
        };
        let year = text.rsplit('.').next().and_then(|year| year.parse::<f64>().ok());
        if fits(parts.next(), 2)
            && fits(parts.next(), 2)
            && parts.next().is_some_and(|year| matches!(year.len(), 2 | 4))
        {
            return year.map(|year| Stretch::new(i, i + 1, year, year));
        }
        return None;
    }
    for mark in ['-', '/'] {
        let bound = |i: usize| view.mark(i, mark) && view.joined(i) && view.joined(i + 1);
        if bound(i + 1) && bound(i + 3) && view.is_number(i + 4) {
            let (a, c) = (value(view, i), value(view, i + 4));
            let small = |i: usize| whole(view, i, 1..=2).is_some_and(|n| n <= 31.0);
            if whole(view, i, 4..=4).is_some() && small(i + 2) && small(i + 4) {
                return Some(Stretch::new(i, i + 5, a, a));
            }
            if small(i)
                && small(i + 2)
                && (whole(view, i + 4, 4..=4).is_some() || mark == '/' && whole(view, i + 4, 2..=2).is_some())
            {
                return Some(Stretch::new(i, i + 5, c, c));
            }
        }
    }
    let slash = view.mark(i + 1, '/')
        && view.joined(i + 1)
        && view.joined(i + 2)
        && !(view.mark(i + 3, '/') && view.joined(i + 3));
    if slash && whole(view, i, 1..=2).is_some() && whole(view, i + 2, 1..=2).is_some() {
        let (a, b) = (value(view, i), value(view, i + 2));
        let named = matches!(
            (text, view.str(i + 2)),
            ("9", "11") | ("7", "7") | ("24", "7") | ("26", "11") | ("50", "50") | ("20", "20")
        );
        // Halves, thirds, quarters and the like are parts; the rest is a day.
        let part = a < b && matches!(b as u32, 2 | 3 | 4 | 5 | 8 | 10 | 16 | 20 | 32 | 40 | 50 | 64)
            || view.is(i + 3, "of")
            || units::after(view, i + 3).is_some();
        let day = (1.0..=31.0).contains(&a) && (1.0..=31.0).contains(&b) && !part;
        if named || day {
            return Some(Stretch::new(i, i + 3, a.min(b), a.min(b)));
        }
    }
    None
}

/// "13 March 2023", "March 13, 2023", "the 13th of March", "5-7 May", "May 2020".
fn with_month(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let day = whole(view, i, 1..=2).filter(|day| (1.0..=31.0).contains(day));
    let ordinal = |j: usize| usize::from(view.joined(j) && view.any(j, &["st", "nd", "rd", "th"]));
    if day.is_some() {
        // Day first, perhaps a span of days.
        let mut next = i + 1;
        next += ordinal(next);
        let to = view.hyphen(next) || view.any(next, &["to", "and", "or"]);
        if to && whole(view, next + 1, 1..=2).is_some() && !view.begins_line(next + 1) {
            let end = next + 2 + ordinal(next + 2);
            if month_after(view, end).is_some() {
                next = end;
            }
        }
        if let Some(next) = month_after(view, next) {
            return Some(day_with_year(view, i, next, i));
        }
    }
    // Month first.
    if i == floor || view.begins_line(i) {
        return None;
    }
    let dot = view.mark(i - 1, '.') && view.joined(i - 1) && i >= floor + 2 && view.str(i - 2).len() <= 4;
    let comma = view.mark(i - 1, ',') && i >= floor + 2;
    let at = if dot || comma { i - 2 } else { i - 1 };
    if !month(view, at) || view.joined(i) {
        return None;
    }
    if whole(view, i, 4..=4).is_some_and(|year| YEARS.contains(&year)) {
        return Some(Stretch::new(at, i + 1, value(view, i), value(view, i)));
    }
    day?;
    if comma {
        return None;
    }
    // "By May 12 people had died"
    let since = at > 0 && view.any(at - 1, &["in", "by", "since", "last", "this", "early", "late", "next"]);
    if since && noun::plural(view, i + 1)
        || numerals::word(view, i + 1).is_some_and(|(tag, _)| tag == b's')
        || view.mark(i + 1, '%')
    {
        return None;
    }
    let mut next = i + 1 + ordinal(i + 1);
    let to = view.hyphen(next) || view.any(next, &["to", "and", "or"]);
    if to
        && !view.begins_line(next + 1)
        && whole(view, next + 1, 1..=2).is_some()
        && !noun::plural(view, next + 2)
        && units::after(view, next + 2).is_none()
    {
        next += 2;
        next += ordinal(next);
    }
    Some(day_with_year(view, at, next, i))
}

/// One past the month that follows a day at token `j`, "of" or a hyphen included.
fn month_after(view: &View, j: usize) -> Option<usize> {
    let j = j + usize::from(view.is(j, "of") || view.hyphen(j));
    (!view.begins_line(j) && month(view, j)).then(|| {
        j + 1
            + usize::from(
                view.mark(j + 1, '.') && view.joined(j + 1) && view.str(j).len() <= 4 && view.is_number(j + 2),
            )
    })
}

/// Takes in the year after a day and month.
fn day_with_year(view: &View, first: usize, next: usize, day: usize) -> Stretch {
    let comma = usize::from(view.mark(next, ','));
    let at = next + comma;
    match whole(view, at, 4..=4).filter(|year| YEARS.contains(year) && !view.begins_line(at)) {
        Some(year) => Stretch::new(first, at + 1, year, year),
        None => Stretch::new(first, next, value(view, day), value(view, day)),
    }
}

/// "Q3 2023", "FY2020", "fiscal 2021".
fn fiscal(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if i == floor {
        return None;
    }
    let (number, joined) = (value(view, i), view.joined(i));
    if view.any(i - 1, &["q", "h"])
        && joined
        && !view.joined(i + 1)
        && view.capital(i - 1)
        && (1.0..=4.0).contains(&number)
        && view.str(i).len() == 1
    {
        let year = whole(view, i + 1, 4..=4).filter(|year| YEARS.contains(year));
        return Some(match year {
            Some(year) => Stretch::new(i - 1, i + 2, year, year),
            None => Stretch::new(i - 1, i + 1, number, number),
        });
    }
    if view.any(i - 1, &["fy", "fiscal", "cy"]) && whole(view, i, 2..=4).is_some() {
        return Some(Stretch::new(i - 1, i + 1, number, number));
    }
    None
}

/// "the 1990s", "the '60s".
fn decade(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let apostrophe = usize::from(view.mark(i + 1, '\'') && view.joined(i + 1));
    let s = i + 1 + apostrophe;
    if !(view.joined(s) && view.str(s).eq_ignore_ascii_case("s")) {
        return None;
    }
    let number = whole(view, i, 2..=4)?;
    let short = view.str(i).len() == 2;
    let quoted = i > floor && view.mark(i - 1, '\'');
    let told = i > floor
        && (view.any(i - 1, &["the", "early", "late", "mid"])
            || i >= 2 && view.any(i - 1, &["and", "or", "to"]) && view.is(i - 2, "s")
            || view.hyphen(i - 1));
    if !(YEARS.contains(&number) || short && number % 10.0 == 0.0 && (quoted || told)) {
        return None;
    }
    // "the over-80s"
    if i > floor && view.hyphen(i - 1) && i >= 2 && view.any(i - 2, &["over", "under"]) {
        return None;
    }
    let own = (2..=3).any(|n| i >= n && view.any(i - n, &["his", "her", "their", "my", "our", "your"]))
        || i > 0 && view.any(i - 1, &["his", "her", "their"]);
    if short && own && !quoted {
        return None;
    }
    let first = if quoted { i - 1 } else { i };
    let start = if short { 1900.0 + number } else { number };
    Some(Stretch::new(first, s + 1, start, start + 9.0))
}

/// "in 2022", "(1992)", "2013-14", "2019/20", "400 BC", "the 2008 Games".
fn years(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let era = |j: usize| {
        matches!(
            view.str(j),
            "BC" | "BCE" | "AD" | "CE" | "B.C." | "A.D." | "B.C.E." | "C.E." | "b.c.e." | "c.e." | "b.c." | "a.d."
        ) && !view.begins_line(j)
    };
    if whole(view, i, 1..=4).is_some() && (era(i + 1) || i > floor && matches!(view.str(i - 1), "AD" | "A.D.")) {
        let first = if era(i + 1) { i } else { i - 1 };
        let next = if era(i + 1) { i + 2 } else { i + 1 };
        return Some(Stretch::new(first, next, value(view, i), value(view, i)));
    }
    if let Some(short) = short_year(view, i, floor) {
        return Some(short);
    }
    let year = whole(view, i, 4..=4).filter(|year| YEARS.contains(year) && !view.is(i + 1, "block"))?;
    // "the Tenure of Office Act of 1867"
    if year >= 1200.0 && i >= floor + 2 && view.is(i - 1, "of") && view.capital(i - 2) && !noun::plural(view, i + 1) {
        return Some(Stretch::new(i, i + 1, year, year));
    }
    let apart = view.mark(i + 1, '-') && !view.joined(i + 1) && !view.joined(i + 2) && !view.begins_line(i + 2);
    let bound = (view.hyphen(i + 1) || view.mark(i + 1, '/') && view.joined(i + 1)) && view.joined(i + 2) || apart;
    if bound {
        let other = whole(view, i + 2, 4..=4).filter(|other| YEARS.contains(other) && *other >= year);
        // "2013-14" and "2008-9"
        let short = whole(view, i + 2, 1..=2).map(|short| {
            let unit = if view.str(i + 2).len() == 1 { 10.0 } else { 100.0 };
            (year / unit).floor() * unit + short
        });
        let short = short.filter(|other| *other > year && *other - year < 20.0 && year >= 1800.0);
        if let Some(other) = other.or(short) {
            let quantity =
                noun::plural(view, i + 3) && COUNTED.has(view.low(i + 3).as_str()) && !YEARS.contains(&other);
            return (!quantity).then(|| Stretch::new(i, i + 3, year, other));
        }
        // "2012-born", "1918-style" and "2016 - 2020" are years too; "1000-mile" is not.
        if view.is_number(i + 2) && !apart {
            return None;
        }
    }
    let before = i.checked_sub(1).filter(|&at| at >= floor && !view.begins_line(i));
    let told = before.is_some_and(|at| {
        YEAR_BEFORE.has(view.low(at).as_str())
            || view.str(at).ends_with("'s")
            || view.str(at).ends_with("\u{2019}s")
            || view.mark(at, '\'')
            || view.capital(at) && year >= 1900.0 && !view.begins_sentence(at)
    });
    let modern = (1900.0..=2100.0).contains(&year);
    let measured = units::after(view, i + 1).is_some_and(|unit| !view.any(i + 1, &["second"]) && !unit.id.is_empty())
        || super::money::after(view, i + 1, year, false).is_some()
        || numerals::word(view, i + 1).is_some_and(|(tag, _)| matches!(tag, b's' | b'z'));
    let measured = measured && (view.hyphen(i + 1) || !view.any(i + 1, &["day", "year", "season"]));
    let level = view.any(i + 1, &["levels", "prices", "standards", "terms"]) && year % 5.0 == 0.0;
    if level && modern {
        return Some(Stretch::new(i, i + 1, year, year));
    }
    let bounded = super::bound::before(view, i).0 != crate::figure::Bound::Exact
        && before.is_some_and(|at| !view.any(at, &["around", "about", "circa", "over", "past", "beyond", "near"]));
    let followed = COUNTED.has(view.low(i + 1).as_str()) || year % 50.0 == 0.0 && noun::plural_follows(view, i + 1);
    if measured || bounded && (followed || !view.is_word(i + 1) && year % 50.0 == 0.0) {
        return None;
    }
    let next_low = view.low(i + 1);
    let counts = COUNTED.has(next_low.as_str())
        && !before.is_some_and(|at| view.any(at, &["the", "of", "in", "since"]))
        || noun::plural(view, i + 1) && !told && !modern
        || year % 50.0 == 0.0
            && noun::plural_follows(view, i + 1)
            && !(told && modern && view.capital(i + 1))
            && !before.is_some_and(|at| view.any(at, &["in", "since", "early", "late"]));
    if counts {
        return None;
    }
    if modern
        || told && before.is_some_and(|at| !view.any(at, &["a", "to", "and", "of"]))
        || !told && year >= 1500.0 && !noun::plural_follows(view, i + 1) && before.is_none_or(|at| !view.is_word(at))
    {
        // A level: "rose to 2015 points" has its noun; "rose to 1650" is no year.
        return Some(Stretch::new(i, i + 1, year, year));
    }
    None
}

/// "in '69", "since '14".
fn short_year(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let year = whole(view, i, 2..=2)?;
    let quoted = i > floor && view.mark(i - 1, '\'') && view.joined(i) && (i == 1 || !view.joined(i - 1));
    let closed = view.mark(i + 1, '\'') || view.joined(i + 1) && view.is_word(i + 1);
    let said = i < 2 || view.begins_line(i - 1) || YEAR_BEFORE.has(view.low(i - 2).as_str()) || view.mark(i - 2, '.');
    (quoted && !closed && said).then(|| Stretch::new(i - 1, i + 1, year, year))
}

/// "nineteen eighty-four", "ten o'clock", "the nineties", "May the Fourth".
fn in_words(view: &View, i: usize) -> Option<Stretch> {
    let (tag, number) = numerals::word(view, i)?;
    if tag == b'u'
        && number <= 12.0
        && (view.is(i + 1, "o'clock")
            || view.str(i + 1).eq_ignore_ascii_case("o\u{2019}clock")
            || view.any(i + 1, &["a.m.", "p.m."]))
    {
        return Some(Stretch::new(i, i + 2, number, number));
    }
    if tag == b'u' && (number == 19.0 || number == 18.0) && matches!(numerals::word(view, i + 1), Some((b't', _))) {
        let (short, _, next) = numerals::cardinal(view, i + 1)?;
        return Some(Stretch::new(i, next, number * 100.0 + short, number * 100.0 + short));
    }
    let century =
        tag == b'o' && (view.any(i + 1, &["century", "centuries"]) || view.hyphen(i + 1) && view.is(i + 2, "century"));
    century.then(|| Stretch::new(i, i + 1, number, number))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn dates() {
        check("13 March 2023", &["date 2023"]);
        check("Sept. 11", &["date 11"]);
        check("the 14th of October", &["date 14"]);
        check("from 5-7 June", &["date 5"]);
        check("2023-03-13", &["date 2023"]);
        check("13.03.2023", &["date 2023"]);
        check("9/11", &["date 9"]);
        check("in the 1990s", &["date 1990..1999"]);
        check("2013-14", &["date 2013..2014"]);
        check("2008-9", &["date 2008..2009"]);
        check("Q3 2023", &["date 2023"]);
        check("400 BC", &["date 400"]);
        check("nineteen eighty-four", &["date 1984"]);
        check("the 2008 crisis", &["date 2008"]);
        check("below 2000 levels", &["date 2000"]);
    }

    #[test]
    fn times() {
        check("at 3:30 p.m.", &["date 3"]);
        check("0600 GMT", &["date 6"]);
        check("2.13 am", &["date 2"]);
        check("she clocked 13:58.06, off 14:00.21", &["date 13", "date 14"]);
        check("ten o'clock", &["date 10"]);
    }

    #[test]
    fn no_dates() {
        check("2000 people", &["count 2000 person"]);
        check("about 1850 workers", &["count 1850 worker ~"]);
        check("may 5 men", &["count 5 man"]);
        check("By May 12 people", &["count 12 person"]);
        check("1/2 mile", &["measure 0.5 mile"]);
        check("a 2000-mile trip", &["measure 2000 mile"]);
    }
}
