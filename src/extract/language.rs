//! Language of an article: as declared, unless the text plainly says otherwise; else as detected, else unknown.
//!
//! What pages declare is often what their template came with. A declaration falls where most letters are of a script
//! that its language is not written in, and where a long text is of another language by its letters and by its small
//! words; in doubt it stands. Short or mixed texts stay unknown rather than guessed. Feeds the choice of tagger.

use whatlang::{Lang, Script};

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

/// Fewer letters than this do not speak against a declared language that is written in their script.
const LEAST_LETTERS_AGAINST: usize = 300;

/// Languages that are written in other scripts too than the one that whatlang knows them by.
const OTHER_SCRIPTS: [(Lang, &[Script]); 8] = [
    (Lang::Srp, &[Script::Latin]),
    (Lang::Ron, &[Script::Cyrillic]),
    (Lang::Aze, &[Script::Cyrillic, Script::Arabic]),
    (Lang::Uzb, &[Script::Cyrillic, Script::Arabic]),
    (Lang::Tuk, &[Script::Cyrillic, Script::Arabic]),
    (Lang::Pan, &[Script::Arabic]),
    (Lang::Jpn, &[Script::Mandarin]),
    (Lang::Kor, &[Script::Mandarin]),
];

/// Languages whose texts are taken for each other.
const KIN: [&[Lang]; 7] = [
    &[Lang::Dan, Lang::Nob, Lang::Swe],
    &[Lang::Hrv, Lang::Srp, Lang::Slv],
    &[Lang::Ces, Lang::Slk],
    &[Lang::Nld, Lang::Afr],
    &[Lang::Aze, Lang::Tur, Lang::Tuk, Lang::Uzb],
    &[Lang::Hin, Lang::Mar, Lang::Nep],
    &[Lang::Bul, Lang::Mkd],
];

/// The language of a body, a lower-case ISO 639-1 code (or 639-3 where there is none).
pub fn language(declared: Option<&str>, body: &str) -> Option<String> {
    let Some(declared) = declared.and_then(primary_subtag) else { return detect(body).map(str::to_owned) };
    let sample = start_of(body, SAMPLE_BYTES);
    if declared == "en" && is_plainly_english(start_of(sample, ENGLISH_SAMPLE_BYTES)) {
        return Some(declared);
    }
    let Some(known) = known(&declared) else { return Some(declared) };
    let plain = match main_script(sample) {
        Some(script) if is_written_in(known, script) => plain_contradiction(known, script, sample),
        Some(_) => detect(body),
        None => None,
    };
    Some(plain.map_or(declared, str::to_owned))
}

/// The script of most letters of a sample, if one has most.
fn main_script(sample: &str) -> Option<Script> {
    let script = whatlang::detect_script(sample)?;
    let letters = || sample.chars().filter(|c| c.is_alphabetic());
    let is_latin = |c: &char| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let (n_letters, n_latin) = (letters().count(), letters().filter(is_latin).count());
    let n_of_kind = if script == Script::Latin { n_latin } else { n_letters - n_latin };
    (n_of_kind * 2 > n_letters).then_some(script)
}

fn is_written_in(language: Lang, script: Script) -> bool {
    let others = OTHER_SCRIPTS.iter().filter(|(one, _)| *one == language).flat_map(|(_, scripts)| scripts.iter());
    script.langs().contains(&language) || others.into_iter().any(|&other| other == script)
}

/// The language that a long sample is in, if it is plainly another one of the script that the declared one is known by.
/// Latin letters are of so many languages that the small words have to say the same.
fn plain_contradiction(declared: Lang, script: Script, sample: &str) -> Option<&'static str> {
    let n_letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if n_letters < LEAST_LETTERS_AGAINST || !script.langs().contains(&declared) {
        return None;
    }
    let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?.lang();
    let are_kin = KIN.iter().any(|kin| kin.contains(&found) && kin.contains(&declared));
    if found == declared || are_kin {
        return None;
    }
    let code = short_code(found);
    (script != Script::Latin || function_words::language(sample) == Some(code)).then_some(code)
}

/// A language that whatlang knows, by its code.
fn known(code: &str) -> Option<Lang> {
    if matches!(code, "no" | "nn") {
        return Some(Lang::Nob);
    }
    Lang::all().iter().copied().find(|&lang| short_code(lang) == code)
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

    const RUSSIAN: &str = "Мост через реку останется закрытым до весны, сообщили во вторник в городской \
        администрации. Ремонт оказался сложнее, чем ожидалось.";
    const ENGLISH: &str = "The council said on Tuesday that the bridge would stay closed until the winter, because \
        the repairs had turned out to be larger than anybody had thought. A ferry will carry those who live on the \
        island to the market and to the school, and the fare will be paid by the town, which has asked the government \
        for help. The mayor said that he had not been told of the damage, and that he would ask the firm for its records.";
    const SPANISH: &str = "El ayuntamiento dijo el martes que el puente estará cerrado hasta el invierno, porque las \
        obras son más grandes de lo que se pensaba. Un barco llevará a los vecinos de la isla al mercado y a la \
        escuela, y el billete lo pagará el municipio, que ha pedido ayuda al gobierno. El alcalde dijo que no sabía \
        nada de los daños y que pedirá a la empresa que entregue los documentos de la última revisión del puente.";

    #[test]
    fn a_script_overrules_what_a_template_declares() {
        check(Some("en-US"), RUSSIAN, Some("ru"));
        check(
            Some("en"),
            "أعلنت الحكومة يوم الثلاثاء أن الجسر سيبقى مغلقا حتى فصل الربيع لأن أعمال الترميم أكبر مما كان متوقعا.",
            Some("ar"),
        );
        check(
            Some("en"),
            "시는 화요일에 다리가 봄까지 닫힌 채로 있을 것이라고 밝혔다. 공사가 예상보다 크기 때문이다.",
            Some("ko"),
        );
        check(Some("ru"), ENGLISH, Some("en"));
        // Too little to tell which language it is instead.
        check(Some("en"), "Мост закрыт", Some("en"));
    }

    #[test]
    fn a_long_text_overrules_what_a_template_declares() {
        check(Some("en-US"), SPANISH, Some("es"));
        check(Some("de"), ENGLISH, Some("en"));
        let ukrainian = "Міст через річку залишиться закритим до весни, повідомили у вівторок у міській раді. Ремонт \
            виявився складнішим, ніж очікували, бо пошкоджені опори. Мешканців острова перевозитиме пором, а проїзд \
            оплатить місто, яке вже звернулося по допомогу до уряду. Міський голова сказав, що нічого не знав про \
            пошкодження і що вимагатиме від підприємства всі документи про останню перевірку мосту.";
        check(Some("ru"), ukrainian, Some("uk"));
    }

    #[test]
    fn a_declaration_stands_in_doubt() {
        // A quotation is no article.
        check(Some("en"), &format!("{ENGLISH} {RUSSIAN}"), Some("en"));
        check(Some("de"), &SPANISH[..SPANISH.floor_char_boundary(200)], Some("de"));
        // Its language is one that the detector doesn't know.
        check(Some("gl"), SPANISH, Some("gl"));
        check(Some("uz"), RUSSIAN, Some("uz"));
        check(
            Some("en"),
            &"Smith 12, Jones 14, Baker 9, Hill 22, Marsh 31, Fox 7, Lane 3, West 18. ".repeat(12),
            Some("en"),
        );
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
