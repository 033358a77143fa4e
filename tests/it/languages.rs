//! Words of many languages, through the binary: forms find each other as their language has it, and what is
//! lit is the word that matched.

use serde_json::Value;

use crate::env::TestEnv;

/// Id, language, title, body.
const ARTICLES: [(&str, &str, &str, &str); 24] = [
    ("en", "en", "News of the port", "The news reached the banks on Monday. A new crane stands in the harbour."),
    (
        "fr",
        "fr",
        "Les élections approchent",
        "L'économie du pays va mieux, selon les ministres. La décision a été prise lundi : une nouvelle loi sera votée.",
    ),
    ("fr-new", "fr", "Le design new", "Un style new pour les cuisines de la région."),
    (
        "de",
        "de",
        "Häuser am Fluss",
        "Die Häuser wurden nach der Wahl verkauft. Die Straßen sind gesperrt, sagte ein Minister.",
    ),
    ("es", "es", "Las elecciones", "Los trabajadores del puerto pidieron mejores condiciones en las negociaciones."),
    ("pt", "pt", "As eleições", "As operações da polícia duraram três dias. Os caminhões ficaram parados."),
    ("it", "it", "Le elezioni", "Gli operai dell'acciaieria hanno scioperato. Le fabbriche sono chiuse."),
    ("nl", "nl", "De verkiezingen", "De ministers bezochten de fabrieken in het noorden."),
    ("sv", "sv", "Valet närmar sig", "Fabrikerna stängdes på måndagen, sade ministrarna."),
    ("pl", "pl", "Wybory w kraju", "Ministrowie odwiedzili fabryki na północy kraju."),
    (
        "ru",
        "ru",
        "Выборы в стране",
        "Министры посетили заводы на севере. Переговоры продолжались всю ночь, ещё никто не ушёл.",
    ),
    ("uk", "uk", "Вибори в країні", "Міністри відвідали заводи на півночі країни."),
    ("tr", "tr", "Seçimler yaklaşıyor", "Bakanlar kuzeydeki fabrikaları gezdi. Işıklar söndü."),
    ("el", "el", "Εκλογές στη χώρα", "Οι υπουργοί επισκέφθηκαν τα εργοστάσια στον βορρά."),
    ("fi", "fi", "Vaalit lähestyvät", "Ministerit vierailivat tehtaissa pohjoisessa."),
    ("ja", "ja", "東京で地震", "東京で地震が発生した。北朝鮮のミサイルについて、日本の首相は記者団に語った。"),
    ("zh", "zh", "国家主席出访", "中国国家主席习近平星期一抵达莫斯科,讨论地震救援。"),
    ("ko", "ko", "정부 발표", "정부는 월요일에 새로운 정책을 발표했다. 서울에서 회의가 열렸다."),
    ("th", "th", "แผ่นดินไหว", "ตำรวจไทยจับกุมผู้ต้องสงสัยเมื่อวันจันทร์"),
    ("ar", "ar", "أخبار البلاد", "قال الوزراء إنّ المُفاوضات مستمرة في القاهرة. محـــمد أحمد وصل أمس."),
    ("he", "he", "חדשות", "הממשלה הודיעה כי צה״ל יפעל. שָׁלוֹם לכולם."),
    ("fa", "fa", "اخبار ایران", "وزیران می‌خواهند مذاکرات ادامه یابد. کتاب‌های تازه رسید."),
    ("hi", "hi", "चुनाव", "मंत्रियों ने कारखानों का दौरा किया।"),
    ("short", "", "Banks shut", "Two banks shut."),
];

fn env() -> &'static TestEnv {
    static ENV: std::sync::OnceLock<TestEnv> = std::sync::OnceLock::new();
    ENV.get_or_init(|| {
        let env = TestEnv::new();
        let line = |&(id, language, title, body): &(&str, &str, &str, &str)| {
            let mut record = serde_json::json!({ "id": id, "title": title, "body": body });
            if !language.is_empty() {
                record["language"] = language.into();
            }
            format!("{record}\n")
        };
        env.write("news.jsonl", ARTICLES.iter().map(line).collect::<String>());
        env.run(["index", "news.jsonl"]).code(0);
        env
    })
}

/// Ids of the articles found, sorted, and what is lit in their titles and snippets.
fn find(query: &str) -> (Vec<String>, Vec<String>) {
    let output = env().run(["search", "--json", "--limit", "50", "--", query]);
    let (mut ids, mut lit) = (Vec::new(), Vec::new());
    let lines = output.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    for hit in lines.filter(|line| line["type"] == "hit") {
        ids.push(hit["id"].as_str().expect("an id is text").to_owned());
        for snippet in hit["snippets"].as_array().expect("snippets are a list") {
            let text = snippet["text"].as_str().expect("a snippet is text");
            for pair in snippet["highlights"].as_array().expect("highlights are a list") {
                let at = |end: usize| pair[end].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset");
                lit.push(text.get(at(0)..at(1)).expect("highlights lie on char boundaries").to_owned());
            }
        }
    }
    ids.sort();
    (ids, lit)
}

#[track_caller]
fn check(query: &str, ids: &[&str]) {
    assert_eq!(find(query).0, ids, "{query}");
}

/// What is lit in the text of the one article that is found.
#[track_caller]
fn check_lit(query: &str, id: &str, lit: &[&str]) {
    assert_eq!(find(query), (vec![id.to_owned()], lit.iter().map(|&word| word.to_owned()).collect()), "{query}");
}

#[test]
fn forms_of_a_word_find_each_other() {
    check_lit("bank lang:en", "en", &["banks"]);
    check_lit("ministre lang:fr", "fr", &["ministres"]);
    check_lit("décisions lang:fr", "fr", &["décision"]);
    check_lit("Haus lang:de", "de", &["Häuser"]);
    check_lit("Straße lang:de", "de", &["Straßen"]);
    check_lit("trabajador lang:es", "es", &["trabajadores"]);
    check_lit("negociación lang:es", "es", &["negociaciones"]);
    check_lit("operação lang:pt", "pt", &["operações"]);
    check_lit("polícias lang:pt", "pt", &["polícia"]);
    check_lit("fabbrica lang:it", "it", &["fabbriche"]);
    check_lit("fabriek lang:nl", "nl", &["fabrieken"]);
    check_lit("fabrik lang:sv", "sv", &["Fabrikerna"]);
    check_lit("завод lang:ru", "ru", &["заводы"]);
    check_lit("завод lang:uk", "uk", &["заводи"]);
    check_lit("υπουργός lang:el", "el", &["υπουργοί"]);
    check_lit("ministeri lang:fi", "fi", &["Ministerit"]);
    check_lit("정부 lang:ko", "ko", &["정부는"]);
    check_lit("회의 lang:ko", "ko", &["회의가"]);
}

#[test]
fn the_form_typed_alone_is_found_behind_a_sign() {
    check("=ministre", &[]);
    check("=ministres", &["fr"]);
    check("=Haus", &[]);
    check("=häuser", &["de"]);
    check("=завод", &[]);
    check("=заводы", &["ru"]);
    check("=banks", &["en", "short"]);
    check("=bank", &[]);
}

#[test]
fn accents_may_be_left_out() {
    check("economie", &["fr"]);
    check("économies", &["fr"]);
    check("Hauser", &["de"]);
    check("strassen", &["de"]);
    check("negociacion", &["es"]);
    check("operacoes", &["pt"]);
    check("secimler", &["tr"]);
    check("isiklar", &["tr"]);
    check("еще", &["ru"]);
    check("ушёл", &["ru"]);
    check("εκλογες", &["el"]);
}

#[test]
fn articles_that_lost_a_vowel_are_no_part_of_a_word() {
    check_lit("économie", "fr", &["économie"]);
    check_lit("l'économie", "fr", &["économie"]);
    check_lit("\"économie du pays\"", "fr", &["économie du pays"]);
    check("acciaieria", &["it"]);
    check("=economie", &["fr"]);
}

/// French takes "news" for a form of "new"; English does not, and neither is taken for the other.
#[test]
fn words_are_read_as_the_article_that_has_them() {
    check("news", &["en", "fr-new"]);
    check("news lang:en", &["en"]);
    check("new", &["en", "fr-new"]);
    check_lit("new lang:en", "en", &["new"]);
    check("\"a new crane\"", &["en"]);
    check("\"a news crane\"", &[]);
    check("new NEAR/3 crane", &["en"]);
    check("style NEAR/2 news", &["fr-new"]);
}

#[test]
fn texts_too_short_to_tell_are_english() {
    check("bank", &["en", "short"]);
}

#[test]
fn words_are_found_in_running_text() {
    check_lit("発生", "ja", &["発生"]);
    check_lit("ミサイル", "ja", &["ミサイル"]);
    check_lit("北朝鮮", "ja", &["北朝鮮"]);
    check_lit("朝鮮", "ja", &["朝鮮"]);
    check("地震", &["ja", "zh"]);
    check_lit("习近平", "zh", &["习近平"]);
    check_lit("近平", "zh", &["近平"]);
    check_lit("莫斯科", "zh", &["莫斯科"]);
    check_lit("ตำรวจ", "th", &["ตำรวจ"]);
    check_lit("จับกุม", "th", &["จับกุม"]);
    check("地朝", &[]);
    check_lit("救", "zh", &["救"]);
    check("=発生", &["ja"]);
}

#[test]
fn words_typed_without_spaces_are_several() {
    check("東京ミサイル", &["ja"]);
    check("首相の地震", &["ja"]);
    check("主席地震", &["zh"]);
    check("主席ミサイル", &[]);
    check("ไทยตำรวจ", &["th"]);
    check("\"東京ミサイル\"", &[]);
    check(
        "-東京で地震",
        &[
            "ar", "de", "el", "en", "es", "fa", "fi", "fr", "fr-new", "he", "hi", "it", "ko", "nl", "pl", "pt", "ru",
            "short", "sv", "th", "tr", "uk", "zh",
        ],
    );
}

#[test]
fn phrases_and_nearness_count_characters() {
    check_lit("\"東京で地震\"", "ja", &["東京で地震"]);
    check_lit("\"東京 で 地震\"", "ja", &["東京で地震"]);
    check("\"地震 東京\"", &[]);
    check("東京 NEAR/1 地震", &["ja"]);
    check("東京 NEAR/0 地震", &[]);
    check("地震 ONEAR/1 東京", &[]);
    check("\"東京 地震\"~1", &["ja"]);
    check("\"東京 地震\"", &[]);
    check_lit("\"国家主席习近平\"", "zh", &["国家主席习近平"]);
    check("東*", &["ja"]);
    check("title:地震", &["ja"]);
}

#[test]
fn text_from_right_to_left_is_found_as_it_is_typed() {
    check_lit("محمد", "ar", &["محـــمد"]);
    check_lit("احمد", "ar", &["أحمد"]);
    check_lit("المفاوضات", "ar", &["المُفاوضات"]);
    check_lit("مفاوضة", "ar", &["المُفاوضات"]);
    check_lit("مستمر", "ar", &["مستمرة"]);
    check_lit("שלום", "he", &["שָׁלוֹם"]);
    check_lit("צה״ל", "he", &["צה״ל"]);
    check_lit("צהל", "he", &["צה״ל"]);
    check_lit("ميخواهند", "fa", &["می‌خواهند"]);
    check("کتاب", &["fa"]);
    check("كتاب", &["fa"]);
    check_lit("\"محمد احمد\"", "ar", &["محـــمد أحمد"]);
}

/// What is lit in the one article of an index, by a query.
#[track_caller]
fn check_lit_in(env: &TestEnv, query: &str, lit: &[&str]) {
    let output = env.run(["search", "--json", "--", query]);
    let hit = output.json().into_iter().find(|line| line["type"] == "hit");
    let hit = hit.unwrap_or_else(|| panic!("{query} finds nothing"));
    let mut found = Vec::new();
    for snippet in hit["snippets"].as_array().expect("snippets are a list") {
        let text = snippet["text"].as_str().expect("a snippet is text");
        for pair in snippet["highlights"].as_array().expect("highlights are a list") {
            let at = |end: usize| pair[end].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset");
            found.push(text[at(0)..at(1)].to_owned());
        }
    }
    assert_eq!(found, lit, "{query}");
}

fn env_with(language: &str, body: &str) -> TestEnv {
    let env = TestEnv::new();
    let record = serde_json::json!({ "id": "one", "title": "–", "language": language, "body": body });
    env.write("one.jsonl", format!("{record}\n"));
    env.run(["index", "one.jsonl"]).code(0);
    env
}

#[test]
fn names_with_endings_are_lit_by_the_name() {
    let env = env_with("tr", "Karar Ankara’da alındı ve Türkiye’nin her yerinde duyuldu. SEÇİMLER yakın.");
    check_lit_in(&env, "Ankara", &["Ankara"]);
    check_lit_in(&env, "Türkiye", &["Türkiye"]);
    check_lit_in(&env, "=Ankara", &["Ankara"]);
    check_lit_in(&env, "\"Ankara alındı\"", &["Ankara’da alındı"]);
    check_lit_in(&env, "seçim", &["SEÇİMLER"]);
}

#[test]
fn arabic_nouns_are_found_with_their_article_and_without() {
    let env = env_with("ar", "قالت الوزارة إن الحكومة ساعدت الجامعة مع الوزير.");
    check_lit_in(&env, "وزارة", &["الوزارة"]);
    check_lit_in(&env, "حكومة", &["الحكومة"]);
    check_lit_in(&env, "جامعة", &["الجامعة"]);
    check_lit_in(&env, "وزير", &["الوزير"]);
}

#[test]
fn korean_particles_and_plurals_are_taken_off() {
    let env = env_with("ko", "경찰과 학생들이 현장에 있었고 정부도 그랬다.");
    check_lit_in(&env, "경찰", &["경찰과"]);
    check_lit_in(&env, "학생", &["학생들이"]);
    check_lit_in(&env, "정부", &["정부도"]);
}

#[test]
fn greek_capitals_are_found_by_small_letters() {
    let env = env_with("el", "ΣΕΙΣΜΟΣ στη χώρα, κάτοικοι της ΑΘΗΝΑΣ στους δρόμους. Ο σεισμός κράτησε λίγο.");
    check_lit_in(&env, "=σεισμός", &["ΣΕΙΣΜΟΣ", "σεισμός"]);
    check_lit_in(&env, "αθηνας*", &["ΑΘΗΝΑΣ"]);
}

#[test]
fn years_are_found_in_digits_of_any_script() {
    let env = env_with("fa", "این طرح در سال ۱۴۰۲ آغاز شد و ادامه دارد.");
    check_lit_in(&env, "1402", &["۱۴۰۲"]);
    check_lit_in(&env, "١٤٠٢", &["۱۴۰۲"]);
}

/// A template says "en"; the text says what it is in.
#[test]
fn a_page_is_in_the_language_of_its_text() {
    let env = TestEnv::new();
    let body = "Мост через реку останется закрытым до весны, сообщили во вторник в городской администрации. Ремонт \
                моста оказался сложнее, чем ожидалось, и денег на него не хватает.";
    let page = format!(
        "<!doctype html><html lang=\"en-US\"><head><meta charset=\"utf-8\"><title>Мост закрыт</title></head>\
         <body><article><h1>Мост закрыт</h1><p>{body}</p></article></body></html>"
    );
    env.write("page.html", page);
    env.run(["index", "page.html"]).code(0);
    assert_eq!(env.total("lang:ru"), 1);
    assert_eq!(env.total("lang:en"), 0);
    assert_eq!(env.total("title:мосты"), 1);
}
