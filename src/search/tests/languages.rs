//! Articles of several languages: the engine finds what reading finds.

use super::build::{extract, node, request, searcher, text};
use super::naive::Corpus;
use crate::article::Article;
use crate::search::query::{Expr, Node, Pattern, Scope};
use crate::search::{SearchRequest, SnippetConfig};

/// Language and body. Words meet across languages: "new" and "news", "son" and "sons".
const BODIES: [(&str, &str); 19] = [
    ("en", "News of a new son. The sons sold new bonds."),
    ("en", "No news, one bond. 東京 地震 in the text."),
    ("fr", "Les sons des news. L'économie décidée, une décision, l'Économie."),
    ("fr", "Des économies decidees par les fils; new, bond."),
    ("de", "Die Häuser und das Haus; ein Sohn, Söhne. News."),
    ("ru", "Выборы и выбор. Ещё один сын, сыны. News 2024."),
    ("zh", "东京地震。国家主席的地震, 地京 2024年3月"),
    ("ja", "東京で地震が発生。地震 東京、ミサイル発射"),
    ("th", "ตำรวจไทยจับกุม ไทย ตำรวจ"),
    ("ko", "정부는 정부의 회의를 서울에서"),
    ("ar", "الوزراء في القاهرة، محـــمد وأحمد"),
    ("hu", "Budapesten a választások után, Budapest és a választás"),
    ("tr", "Ankara’da seçimler ve kadınlar, Türkiye’nin SEÇİM KADIN"),
    ("ar", "الوزارة والحكومة والوزير، وزارة وزير"),
    ("hi", "चुनावों में, चुनाव २०२४"),
    ("el", "ΣΕΙΣΜΟΣ στην Αθήνα, σεισμός"),
    ("fa", "سال ۱۴۰۲ و ۱۲٬۰۰۰ نفر"),
    ("ko", "경찰과 학생들이 정부도 경기도에서 경기 2024"),
    ("xx", "News bonds sons Häuser économies"),
];

const WORDS: [&str; 42] = [
    "news",
    "new",
    "son",
    "sons",
    "bond",
    "bonds",
    "économie",
    "economies",
    "l'économie",
    "décidée",
    "decidees",
    "Haus",
    "Häuser",
    "Söhne",
    "выбор",
    "Выборы",
    "ещё",
    "2024",
    "东京",
    "地震",
    "東京",
    "震",
    "地京",
    "発生",
    "ミサイル発射",
    "ไทย",
    "ตำรวจ",
    "정부",
    "회의",
    "محمد",
    "Budapest",
    "Ankara",
    "seçim",
    "seçimler",
    "kadın",
    "وزارة",
    "الوزير",
    "चुनाव",
    "σεισμός",
    "1402",
    "경찰",
    "경기도",
];

fn article(number: usize, language: &str, body: &str) -> Article {
    let mut article: Article = text("", body);
    article.origin.path = format!("/news/{number:02}.txt").into();
    article.language = Some(language.to_owned());
    article
}

/// Whether a word finds an article of one word.
#[track_caller]
fn check_meets(language: &str, word: &str, typed: &str, expected: bool) {
    let root = node(Expr::Text { scope: Scope::Anywhere, pattern: Pattern::Word(typed.to_owned()) });
    let results = searcher(&[article(0, language, word)]).search(&request(root)).expect("an answer");
    assert_eq!(results.hits.len() == 1, expected, "`{typed}` in `{word}`");
}

#[test]
fn inflected_words_and_what_they_come_from_find_each_other() {
    for (language, one, other) in [
        ("hu", "Budapest", "Budapesten"),
        ("tr", "seçim", "seçimler"),
        ("tr", "kadın", "kadınlar"),
        ("tr", "KADIN", "kadın"),
        ("tr", "SEÇİM", "seçimler"),
        ("tr", "Ankara", "Ankara’da"),
        ("tr", "Türkiye", "Türkiye'nin"),
        ("hi", "चुनाव", "चुनावों"),
        ("ar", "وزير", "الوزير"),
        ("ar", "وزارة", "الوزارة"),
        ("ar", "حكومة", "الحكومة"),
        ("ar", "جامعة", "الجامعة"),
        ("ar", "شركة", "الشركة"),
        ("ar", "مدينة", "المدينة"),
        ("ar", "مدينة", "المدينه"),
        ("ko", "정부", "정부는"),
        ("ko", "학생", "학생들이"),
        ("ko", "소아과", "소아과에서"),
        ("ko", "어린이", "어린이는"),
    ] {
        check_meets(language, one, other, true);
        check_meets(language, other, one, true);
    }
    check_meets("en", "busi", "businesses", true);
    check_meets("hu", "Budapest", "Buda", false);
}

#[test]
fn endings_of_korean_that_may_be_particles_are_both() {
    check_meets("ko", "경찰과", "경찰", true);
    check_meets("ko", "경찰들도", "경찰", true);
    check_meets("ko", "학생들만", "학생", true);
    check_meets("ko", "경기도에서", "경기도", true);
    check_meets("ko", "경기", "경기도", false);
}

#[test]
fn digits_find_digits_of_other_scripts() {
    for (language, written) in [("fa", "۱۴۰۲"), ("ar", "١٤٠٢"), ("hi", "१४०२"), ("th", "๑๔๐๒"), ("ja", "１４０２")]
    {
        check_meets(language, written, "1402", true);
        check_meets(language, written, "۱۴۰۲", true);
        check_meets(language, "1402", written, true);
    }
    check_meets("fa", "۱۲٬۰۰۰", "12000", true);
}

#[test]
fn words_of_all_languages_find_what_reading_finds() {
    let article = |(number, (language, body)): (usize, &(&str, &str))| article(number, language, body);
    let articles: Vec<Article> = BODIES.iter().enumerate().map(article).collect();
    let (searcher, corpus) = (searcher(&articles), Corpus::new(&articles, extract));
    let of = |pattern| node(Expr::Text { scope: Scope::Anywhere, pattern });
    let mut n_found = 0;
    let mut check = |root: Node| {
        let expected = corpus.matching(&root);
        let typed = crate::search::query::to_text(&root);
        let snippets = SnippetConfig { n_passages: 0, ..SnippetConfig::default() };
        let results = searcher.search(&SearchRequest { snippets, ..request(root) }).expect("an answer");
        let mut paths: Vec<String> = results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect();
        paths.sort();
        assert_eq!(paths, expected, "{typed}");
        n_found += usize::from(!paths.is_empty());
    };
    for one in WORDS {
        check(of(Pattern::Word(one.to_owned())));
        check(of(Pattern::Exact(one.to_owned())));
        for other in WORDS {
            let both = format!("{one} {other}");
            for (slop, exact) in [(0, false), (0, true), (2, false)] {
                check(of(Pattern::Phrase { text: both.clone(), slop, exact }));
            }
            check(of(Pattern::Word(format!("{one}{other}"))));
            let [left, right] = [one, other].map(|word| Box::new(of(Pattern::Word(word.to_owned()))));
            check(node(Expr::Near { left, right, distance: 1, ordered: false }));
        }
    }
    assert!(n_found > WORDS.len() * 4, "{n_found}");
}
