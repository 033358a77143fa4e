//! What templates say in the sentences in which they stand.

/// Templates whose argument is part of a sentence: the last one of `{{w|Kyiv|the capital}}`.
const WORDS: [&str; 12] =
    ["w", "wikipedia", "lang", "nowrap", "small", "big", "abbr", "transl", "nobr", "nihongo", "wn", "foreign"];

/// Measures, which the reader's software writes in a second unit too.
const MEASURES: [&str; 2] = ["convert", "cvt"];

/// What stands between two numbers of a measure.
const BETWEEN: [&str; 10] = ["to", "and", "or", "by", "x", "×", "-", "–", "to(-)", "+/-"];

/// Quotes that stand in a sentence, and such as stand apart.
const QUOTES: [&str; 2] = ["\"", "“"];
const BLOCK_QUOTES: [&str; 12] = [
    "quote",
    "quoteright",
    "quoteleft",
    "quotebox",
    "quote box",
    "cquote",
    "rquote",
    "blockquote",
    "bquote",
    "pull quote",
    "zitat",
    "cita",
];

/// Names of the argument in which a quote stands, and of who says it.
const QUOTED: [&str; 5] = ["text", "quote", "1", "zitat", "texto"];
const SAID_BY: [&str; 6] = ["author", "source", "person", "2", "autor", "speaker"];

/// What a template leaves in the text; `None` where it is no part of a sentence.
pub(super) fn words(name: &str, arguments: &[&str]) -> Option<String> {
    let plain: Vec<&str> = arguments.iter().copied().filter(|argument| !argument.contains('=')).collect();
    match name {
        _ if WORDS.contains(&name) => Some(argument_of_words(name, &plain)),
        _ if MEASURES.contains(&name) => Some(measure(&plain)),
        _ if QUOTES.contains(&name) => Some(format!("“{}”", plain.first()?)),
        _ if BLOCK_QUOTES.contains(&name) => block_quote(arguments, &plain),
        "frac" | "fraction" => Some(match plain[..] {
            [below] => format!("1/{below}"),
            [above, below] => format!("{above}/{below}"),
            [whole, above, below] => format!("{whole} {above}/{below}"),
            _ => String::new(),
        }),
        "ndash" | "spaced ndash" | "snd" => Some(" – ".to_owned()),
        "mdash" | "spaced mdash" => Some(" — ".to_owned()),
        "nbsp" => Some(" ".to_owned()),
        "'" => Some("'".to_owned()),
        _ => name.strip_prefix("formatnum:").map(|number| number.trim().to_owned()),
    }
}

fn argument_of_words(name: &str, arguments: &[&str]) -> String {
    let last = arguments.iter().rfind(|word| !word.is_empty());
    let words = if name == "lang" || arguments.len() < 2 {
        last
    } else {
        arguments.get(1).filter(|word| !word.is_empty()).or(last)
    };
    words.map_or(String::new(), |words| (*words).to_owned())
}

/// `34.8|km|mi` is "34.8 km", `10|to|20|km` is "10 to 20 km".
fn measure(arguments: &[&str]) -> String {
    let is_number = |argument: &str| argument.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '.'));
    let of_number = |argument: &&&str| is_number(argument) || BETWEEN.contains(*argument);
    let n_numbers = arguments.iter().take_while(of_number).count();
    arguments[..arguments.len().min(n_numbers + 1)].join(" ")
}

fn block_quote(arguments: &[&str], plain: &[&str]) -> Option<String> {
    let named = |names: &[&str]| {
        let mut pairs = arguments.iter().filter_map(|argument| argument.split_once('='));
        pairs.find(|(key, _)| names.contains(&key.trim().to_lowercase().as_str())).map(|(_, value)| value.trim())
    };
    let quoted = named(&QUOTED).or(plain.first().copied()).filter(|quoted| !quoted.is_empty())?;
    let quoted = quoted.trim_matches(['"', '“', '”', '„']);
    let speaker = named(&SAID_BY).or(plain.get(1).copied()).filter(|speaker| !speaker.is_empty());
    let speaker = speaker.map(|speaker| format!(" — {speaker}")).unwrap_or_default();
    Some(format!("\n\n“{quoted}”{speaker}\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, arguments: &[&str], expected: Option<&str>) {
        assert_eq!(words(name, arguments).as_deref(), expected);
    }

    #[test]
    fn templates_of_sentences_leave_words() {
        check("w", &["Kyiv", "the capital"], Some("the capital"));
        check("lang", &["uk", "Київ"], Some("Київ"));
        check("convert", &["34.8", "km", "mi", "abbr=on"], Some("34.8 km"));
        check("cvt", &["10", "to", "20", "km", "mi"], Some("10 to 20 km"));
        check("convert", &[], Some(""));
        check("frac", &["3", "1", "2"], Some("3 1/2"));
        check("formatnum:12000", &[], Some("12000"));
        check("quote", &["text=\"I ran.\"", "author=Ann Moe"], Some("\n\n“I ran.” — Ann Moe\n\n"));
        check("quote", &[""], None);
        check("infobox", &["x"], None);
    }
}
