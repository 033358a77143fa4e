//! Language of an article: as declared, else as detected, else unknown.
//!
//! Short or mixed texts stay unknown rather than guessed. Feeds the choice of tagger.

use whatlang::Lang;

use super::function_words;

/// Fewer letters than this say too little: measured, whatlang errs on one sentence in ten below it.
const LEAST_LETTERS: usize = 80;

/// Bytes of the text that are looked at. More changes hardly a verdict and costs time on long articles.
const SAMPLE_BYTES: usize = 1500;

/// Words that only English has in this number: no text of another language is one eighth of them.
const ENGLISH_WORDS: [&str; 16] = [
    "the", "of", "and", "to", "that", "with", "said", "from", "by", "has", "were", "this", "his", "been", "which",
    "their",
];
/// Share of [`ENGLISH_WORDS`], one in so many, from which a text is English without a closer look. News is at one
/// in four or five.
const ENGLISH_SHARE: usize = 8;
/// Bytes in which they are counted.
const ENGLISH_SAMPLE_BYTES: usize = 600;

/// The language of a body, a lower-case ISO 639-1 code (or 639-3 where there is none).
pub fn language(declared: Option<&str>, body: &str) -> Option<String> {
    declared.and_then(primary_subtag).or_else(|| detect(body).map(str::to_owned))
}

/// The primary subtag of a declared language: `en` of `en-US`. Three-letter codes with a two-letter
/// equivalent become that.
fn primary_subtag(declared: &str) -> Option<String> {
    let subtag = declared.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if !(2..=3).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    match subtag.as_str() {
        "und" | "mul" | "zxx" | "mis" => None,
        "zho" | "chi" => Some("zh".to_owned()),
        "ger" => Some("de".to_owned()),
        "fre" => Some("fr".to_owned()),
        _ => Some(Lang::from_code(&subtag).map_or(subtag, |lang| short_code(lang).to_owned())),
    }
}

fn detect(body: &str) -> Option<&'static str> {
    let sample = start_of(body, SAMPLE_BYTES);
    // Letters of scripts that write whole syllables or words weigh more than those of alphabets.
    let n_letters: usize =
        sample.chars().filter(|c| c.is_alphabetic()).map(|c| if c as u32 >= 0x3000 { 4 } else { 1 }).sum();
    if n_letters < LEAST_LETTERS {
        return None;
    }
    if is_plainly_english(start_of(sample, ENGLISH_SAMPLE_BYTES)) {
        return Some("en");
    }
    let by_letters = whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|info| short_code(info.lang()));
    by_letters.or_else(|| function_words::language(sample))
}

/// Whether the small words of a text are those of a language: a second opinion on what was detected.
pub(super) fn is_borne_out(language: &str, body: &str) -> bool {
    function_words::language(start_of(body, SAMPLE_BYTES)) == Some(language)
}

/// Whether most letters of a text are others than Latin ones.
pub(super) fn is_in_other_letters(body: &str) -> bool {
    let is_latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let letters = || start_of(body, SAMPLE_BYTES).chars().filter(|c| c.is_alphabetic());
    letters().filter(|&c| !is_latin(c)).count() * 2 > letters().count()
}

/// The first bytes of a text, to the end of a character.
fn start_of(text: &str, n_bytes: usize) -> &str {
    let mut end = text.len().min(n_bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether the words of a sample are English beyond doubt.
fn is_plainly_english(sample: &str) -> bool {
    let (mut n_words, mut n_english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        n_english += usize::from(ENGLISH_WORDS.contains(&word));
    }
    n_english * ENGLISH_SHARE > n_words
}

/// ISO 639-1 of a language.
fn short_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
        // A language that a later version of the crate adds.
        #[allow(unreachable_patterns, reason = "the crate may add languages")]
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(declared: Option<&str>, body: &str, expected: Option<&str>) {
        assert_eq!(language(declared, body).as_deref(), expected);
    }

    #[test]
    fn a_declared_language_wins() {
        check(Some("en-US"), "", Some("en"));
        check(Some("DE"), "", Some("de"));
        check(Some("eng"), "", Some("en"));
        check(Some("und"), "", None);
        check(Some("no language"), "", None);
    }

    #[test]
    fn enough_text_tells() {
        let english = "The council said on Tuesday that the bridge would stay closed until the winter, because \
                       the repairs had turned out to be larger than anybody had thought.";
        let german = "Der Rat teilte am Dienstag mit, dass die Brücke bis zum Winter geschlossen bleibt, weil die \
                      Arbeiten umfangreicher sind, als alle gedacht hatten.";
        check(None, english, Some("en"));
        check(None, german, Some("de"));
        check(
            None,
            "Рада повідомила у вівторок, що міст залишиться закритим до зими, бо роботи виявилися більшими, \
                     ніж усі думали, і їх треба доробити.",
            Some("uk"),
        );
    }

    #[test]
    fn plain_english_is_told_at_once() {
        assert!(is_plainly_english(
            "The ministers of both countries said that the bridge was open to trucks and buses."
        ));
        assert!(!is_plainly_english("Der Minister sagte, dass die Brücke für Lastwagen und Busse offen sei."));
        assert!(!is_plainly_english("De minister zei dat de brug voor vrachtwagens open was en dat had hij beloofd."));
        assert!(!is_plainly_english(""));
    }

    #[test]
    fn little_text_does_not() {
        check(None, "Hello there", None);
        check(None, "12345 67890", None);
    }
}
