//! Whether a number with C or F behind it is a temperature: seats, flights, keys and offices have such names too
//! ("18F", "seat 12C").

use super::scan::View;
use super::table::Table;
use super::titles;

/// Words that texts on temperatures have near them.
static WARMTH: Table<128> = Table::new(
    "temperature temperatures temp temps degree degrees celsius fahrenheit centigrade heat heats heated heating \
     heatwave heatwaves hot hotter hottest cold colder coldest cool cooler coolest cooling warm warmer warmest warming \
     freeze freezing freezes frozen frost chill chilly chilled boil boiling boils oven ovens highs lows thermometer \
     thermometers thermostat mercury weather forecast forecasts forecasters climate preindustrial emissions fever \
     summer winter sunny sunshine snow snowfall humid humidity swelter swelters sweltering sweltered scorching \
     cooled warmed heated lava melt melts melting bake baked roast preheat fridge freezer refrigerated sauna ice thermal",
);

/// Words right before a temperature, and before few names.
const BEFORE: [&str; 15] = [
    "minus",
    "plus",
    "below",
    "above",
    "past",
    "reach",
    "reached",
    "reaches",
    "reaching",
    "hit",
    "topped",
    "tops",
    "exceed",
    "exceeded",
    "exceeding",
];

/// Tokens on either side that are looked at: a sentence of news and a half.
const REACH: usize = 25;

/// Whether the letter at token `at`, which touches the number before it, is that of a scale.
pub(super) fn is_scale(view: &View, at: usize) -> bool {
    let number = at.saturating_sub(1);
    let before = number.saturating_sub(1);
    // Of other languages the words are not known; what someone asks for stands alone.
    let is_alone = number <= 1 && view.n_tokens() == at + 1;
    if !view.has_words() || is_alone {
        return true;
    }
    if titles::is_code(view, number) {
        return false;
    }
    let is_number_in_degrees = |i: usize| i > 0 && view.joined(i) && view.any(i, &["c", "f"]) && view.is_number(i - 1);
    if view.str(number).contains('.') || view.any(before, &BEFORE) {
        return true;
    }
    // "it was 40C", "-5C", "20-25C", "20C to 25C"
    let is_weather = before > 0 && view.any(before, &["was", "is"]) && view.is(before - 1, "it");
    let is_minus = view.mark(before, '-') && !view.joined(before) && view.joined(number);
    let is_range = before > 0
        && (view.hyphen(before) || view.any(before, &["to", "and"]))
        && (view.is_number(before - 1) && view.hyphen(before) || is_number_in_degrees(before - 1));
    let joins = |i: usize| view.any(i, &["to", "and"]) || view.mark(i, '-');
    let begins_range = joins(at + 1) && is_number_in_degrees(at + 3) && !view.begins_line(at + 2);
    if is_weather || is_minus || is_range || begins_range {
        return true;
    }
    // "40C (104F)"
    let is_paired = |i: usize| i > 1 && (view.mark(i - 2, '(') || view.mark(i - 2, '/') || view.is(i - 2, "or"));
    let is_other_scale = |i: usize| {
        let is_other = is_number_in_degrees(i) && !view.str(i).eq_ignore_ascii_case(view.str(at));
        is_other && (is_paired(i) || is_paired(at))
    };
    (number.saturating_sub(REACH)..at + REACH)
        .any(|i| WARMTH.has(view.low(i).as_str()) || view.mark(i, '\u{b0}') || is_other_scale(i))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn temperatures_are_told_by_what_stands_near() {
        check("It was 40C in Delhi on Monday.", &["measure 40 celsius"]);
        check("Delhi hit 49C on Monday.", &["measure 49 celsius"]);
        check("The mercury climbed to 38C.", &["measure 38 celsius up"]);
        check("between 20C and 25C", &["measure 20..25 celsius"]);
        check("a rise of 1.5C by 2050", &["measure 1.5 celsius up", "date 2050"]);
        check("at 40C (104F)", &["measure 40 celsius", "measure 104 fahrenheit"]);
        check("18F, an office in Washington, was closed.", &["name 18"]);
        check("He sat in 12F, next to 12C.", &["name 12", "name 12"]);
        check("The 5C is a key for phones.", &["name 5"]);
    }
}
