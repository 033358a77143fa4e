//! Whether a text is English, as far as the order of its dates hangs on it.
//!
//! No detector of languages: it knows scripts, and small words that English does not have. What is short, or in
//! doubt, tells nothing.

use super::order::DayMonthOrder;

/// Words that are looked at; the rest of a text changes nothing.
const MAX_WORDS: usize = 150;

/// Words that English has in this number and no other language: no text of another is one eighth of them.
const ENGLISH: &str = "the of and that with said from has were this his been which their would to";
const ENGLISH_SHARE: usize = 8;

/// Small words of other languages in Latin letters, without those that are English words, or stand in names that
/// English prints. They count in small letters only.
const OTHERS: &str = "que en por para una como pero sus este esta sobre entre fue según ya em mas pelo pela seu sua na nos \
    et une dans pour qui aux avec ce cette sont sur pas mais elle les des che della delle dei nel nella sono alla gli si \
    più anche dopo das und dass nicht ist ein eine einen bis zum zur weil auf für auch es im dem sich aus nach bei wurde wird haben sind zu het een \
    zijn voor niet aan om ook maar naar bij uit nog werd worden deze wordt dat hij og och att som det på är av för med \
    inte ikke har ett var sig efter etter blev ble kan ja ei että oli ovat mutta joka sekä kuin się nie że jest jak po od \
    przez są było oraz który także se je že jsou byl ale podle která jako už za što su koji kako nije az és hogy nem egy \
    volt ez csak már szerint nu pe cu care este mai fost pentru să au sunt ve bir bu için ile olarak daha olan gibi kadar \
    ama göre yang dengan untuk dari ini itu tidak dalam akan adalah oleh juga telah wa kwa ni katika kuwa dhe një për \
    është eta ez dira amb més els als pel un ir ar tai kad buvo cho trong";

/// Fewer words of other languages are chance, and so are fewer than one in so many.
const MIN_OTHERS: usize = 3;
const OTHERS_SHARE: usize = 10;

/// Fewer letters of another script are a name.
const MIN_LETTERS: usize = 10;

/// Who puts the day first in what is written as `text` is, plain or marked up; `None` where it is English, or does
/// not tell.
pub(super) fn order_in(text: &str) -> Option<DayMonthOrder> {
    let words: Vec<&str> = words(text).take(MAX_WORDS).collect();
    let mut letters = Letters::default();
    words.iter().flat_map(|word| word.chars()).for_each(|letter| letters.add(letter));
    if letters.n_thai + letters.n_others > letters.n_latin.max(MIN_LETTERS - 1) {
        let is_thai = letters.n_thai > letters.n_others;
        return Some(if is_thai { DayMonthOrder::DayFirstBuddhist } else { DayMonthOrder::DayFirst });
    }
    let count = |is_counted: fn(&str) -> bool| words.iter().filter(|word| is_counted(word)).count();
    let n_english = count(|word| ENGLISH.split(' ').any(|known| known.eq_ignore_ascii_case(word)));
    if n_english * ENGLISH_SHARE > words.len() {
        return None;
    }
    let n_others = count(is_of_others);
    let is_other = n_others >= MIN_OTHERS && n_others * OTHERS_SHARE >= words.len() && n_others > 2 * n_english;
    is_other.then_some(DayMonthOrder::DayFirst)
}

/// Whether a text is written in letters of Thai, more than in others.
pub(crate) fn is_in_thai<'t>(pieces: impl Iterator<Item = &'t str>) -> bool {
    let mut letters = Letters::default();
    pieces.flat_map(str::chars).for_each(|letter| letters.add(letter));
    letters.n_thai > letters.n_latin + letters.n_others
}

/// Letters of a text by their scripts.
#[derive(Default)]
struct Letters {
    n_latin: usize,
    n_thai: usize,
    n_others: usize,
}

impl Letters {
    fn add(&mut self, letter: char) {
        match letter {
            _ if !letter.is_alphabetic() => {}
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => self.n_latin += 1,
            _ if is_thai(letter) => self.n_thai += 1,
            _ => self.n_others += 1,
        }
    }
}

fn is_thai(letter: char) -> bool {
    matches!(letter, '\u{e01}'..='\u{e4e}')
}

/// Whether a word is a small one of another language, or begins small and has a letter that English lacks.
fn is_of_others(word: &str) -> bool {
    let has_letter = || word.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    word.starts_with(char::is_lowercase) && (has_letter() || OTHERS.split_whitespace().any(|known| known == word))
}

/// The words of a text, without tags and without the marks around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('<').enumerate();
    let plain = pieces.map(|(nth, piece)| match piece.split_once('>') {
        Some((_, behind)) if nth > 0 => behind,
        _ => piece,
    });
    let words = plain.flat_map(str::split_whitespace).map(|word| word.trim_matches(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<DayMonthOrder>) {
        assert_eq!(order_in(text), expected, "{text}");
    }

    #[test]
    fn other_languages_are_told_from_english() {
        for text in [
            "El pueblo abrirá este verano una biblioteca que los vecinos esperaban desde hace años.",
            "Le pont restera fermé jusqu'à l'hiver, a dit la mairie, qui avait promis une réouverture en mai.",
            "Die Brücke bleibt bis zum Winter geschlossen, weil die Arbeiten nicht fertig sind.",
            "De brug blijft tot de winter dicht, omdat het werk nog niet klaar is en de aannemer uit Gent komt.",
            "Il ponte resta chiuso: i lavori sono più lunghi di quanto che il comune aveva detto dopo la piena.",
            "Cây cầu sẽ đóng cửa đến mùa đông vì công việc chưa xong, theo lời của chính quyền.",
            "Jembatan itu akan ditutup sampai musim dingin karena pekerjaan yang belum selesai.",
            "Köprü, işler bitmediği için kışa kadar kapalı kalacak, dedi belediye.",
            "Most pozostanie zamknięty do zimy, bo prace nie są skończone.",
            "سيبقى الجسر مغلقا حتى الشتاء",
            "הגשר יישאר סגור עד החורף",
            "Мост останется закрытым до зимы",
            "橋は冬まで閉鎖されたままになる。",
            "<p class=\"lead\">El pueblo abrirá una biblioteca</p> <p>que <b>por</b> fin será grande</p>",
        ] {
            check(text, Some(DayMonthOrder::DayFirst));
        }
        check("สะพานจะปิดจนถึงฤดูหนาว BTS", Some(DayMonthOrder::DayFirstBuddhist));
    }

    #[test]
    fn english_and_what_is_too_short_tells_nothing() {
        for text in [
            "The bridge will stay closed until winter, the mayor of the town said, and nobody knows why.",
            "José Núñez de la Cruz and María Peña beat François Hollande's team 3-1, said the coach of the Peñarol side.",
            "Final scores: Muñoz 21, Müller 6, Sörensen 14, Léger 3, Kovač 11, Çelik 9, Łukasz 8",
            "Ana Ivanović wins, Novak Đoković loses",
            "It doesnâ€™t matter, she said, what the mayor thinks of the bridge and thatâ€™s why we wonâ€™t go.",
            "Puente",
            "“It doesn’t matter,” she said, “we won’t go and they don’t know what’s wrong, aren’t there others?”",
            "東京",
            "",
        ] {
            check(text, None);
        }
    }
}
