//! Numbers in scripts without spaces, where what follows a number touches it: scales ("3億", "3조", "3ล้าน") and
//! currencies ("円", "元", "원"), cut off from the words behind them.
//!
//! Feeds [`super::scan`], which makes tokens of them, [`super::scales`] and [`super::money`].

use super::scan::{Class, View};

/// A scale: the form, the power of ten, what begins another word with it when it follows, and whether it is a scale
/// only of money, and something else otherwise. Longer forms stand before their beginnings.
struct Scale(&'static str, &'static str, &'static str, bool);

const SCALES: [Scale; 54] = [
    Scale("万亿", "12", "", false),
    Scale("萬億", "12", "", false),
    Scale("千亿", "11", "", false),
    Scale("千億", "11", "", false),
    Scale("百亿", "10", "", false),
    Scale("百億", "10", "", false),
    Scale("十亿", "9", "", false),
    Scale("十億", "9", "", false),
    Scale("千万", "7", "", false),
    Scale("千萬", "7", "", false),
    Scale("百万", "6", "", false),
    Scale("百萬", "6", "", false),
    Scale("十万", "5", "", false),
    Scale("十萬", "5", "", false),
    Scale("亿", "8", "", false),
    Scale("億", "8", "", false),
    // "Expo" begins so in Japanese, and Chiba, of which "千" is the beginning, is a place.
    Scale("万", "4", "博", false),
    Scale("萬", "4", "", false),
    // Mega in Chinese, as in megawatt.
    Scale("兆", "12", "瓦赫字帕焦比宽", true),
    // Kilo in Chinese, as in kilometre.
    Scale("千", "3", "米克瓦卡兆赫焦葉叶", false),
    Scale("천억", "11", "", false),
    Scale("백억", "10", "", false),
    Scale("십억", "9", "", false),
    Scale("천만", "7", "", false),
    Scale("백만", "6", "", false),
    Scale("십만", "5", "", false),
    Scale("억", "8", "", false),
    Scale("만", "4", "", false),
    // An article of a law, or a group, as well.
    Scale("조", "12", "", true),
    Scale("천", "3", "재안", false),
    Scale("ล้านล้าน", "12", "", false),
    Scale("แสนล้าน", "11", "", false),
    Scale("หมื่นล้าน", "10", "", false),
    Scale("พันล้าน", "9", "", false),
    Scale("ร้อยล้าน", "8", "", false),
    Scale("สิบล้าน", "7", "", false),
    Scale("ล้าน", "6", "", false),
    Scale("แสน", "5", "", false),
    Scale("หมื่น", "4", "", false),
    // "Species" begins so.
    Scale("พัน", "3", "ธ", false),
    Scale("ພັນລ້ານ", "9", "", false),
    Scale("ລ້ານ", "6", "", false),
    Scale("ແສນ", "5", "", false),
    Scale("ໝື່ນ", "4", "", false),
    Scale("ພັນ", "3", "", false),
    Scale("ពាន់លាន", "9", "", false),
    Scale("លាន", "6", "", false),
    Scale("ម៉ឺន", "4", "", false),
    Scale("ពាន់", "3", "", false),
    Scale("ဘီလီယံ", "9", "", false),
    Scale("သန်း", "6", "", false),
    Scale("သိန်း", "5", "", false),
    Scale("သောင်း", "4", "", false),
    Scale("ထောင်", "3", "", false),
];

/// Currencies as written behind a number, with their ids. Longer forms stand before their beginnings.
const CURRENCIES: [(&str, &str); 47] = [
    ("人民元", "cny"),
    ("人民币", "cny"),
    ("人民幣", "cny"),
    ("新台币", "twd"),
    ("新台幣", "twd"),
    ("新臺幣", "twd"),
    ("台币", "twd"),
    ("台幣", "twd"),
    ("美元", "usd"),
    ("美金", "usd"),
    ("欧元", "eur"),
    ("歐元", "eur"),
    ("日元", "jpy"),
    ("日圆", "jpy"),
    ("日圓", "jpy"),
    ("韩元", "krw"),
    ("韓元", "krw"),
    ("韓圓", "krw"),
    ("港元", "hkd"),
    ("港币", "hkd"),
    ("港幣", "hkd"),
    ("英镑", "gbp"),
    ("英鎊", "gbp"),
    ("卢布", "rub"),
    ("盧布", "rub"),
    ("台湾ドル", "twd"),
    ("香港ドル", "hkd"),
    ("カナダドル", "cad"),
    ("豪ドル", "aud"),
    ("米ドル", "usd"),
    ("ドル", "usd"),
    ("ユーロ", "eur"),
    ("ウォン", "krw"),
    ("ルーブル", "rub"),
    ("円", "jpy"),
    ("달러", "usd"),
    ("유로", "eur"),
    ("위안", "cny"),
    ("루블", "rub"),
    ("엔", "jpy"),
    ("원", "krw"),
    ("ดอลลาร์", "usd"),
    ("ยูโร", "eur"),
    ("บาท", "thb"),
    ("หยวน", "cny"),
    ("เยน", "jpy"),
    ("ກີບ", "lak"),
];

/// The money of China in its own letters and in Japanese, and that of Taiwan in the letters that it keeps.
const YUAN: char = '元';

/// What says that a number is more than it says, before its scale or behind it.
const MORE: [char; 4] = ['多', '余', '餘', '여'];

/// How particles begin that follow a syllable with a last consonant, as "원" and "엔" have one. Anything else makes
/// another word of those, as "원유", crude oil.
const AFTER_CONSONANTS: [char; 13] = ['을', '이', '은', '의', '에', '으', '과', '도', '대', '규', '짜', '씩', '까'];
/// How the others begin.
const AFTER_VOWELS: [char; 5] = ['를', '는', '와', '로', '가'];

/// Where a scale or a currency ends that begins a text behind a number; `touches` says that nothing stands between.
pub(super) fn piece_bytes(rest: &str, touches: bool) -> Option<usize> {
    let first = rest.chars().next().filter(|&c| is_unspaced(c))?;
    if (touches || !is_hangul(first))
        && let Some(n_bytes) = scale_bytes(rest)
    {
        return Some(n_bytes);
    }
    if first == YUAN {
        return Some(first.len_utf8());
    }
    currency_at(rest).map(|(form, _)| form.len())
}

/// The bytes of the scale that a text begins with, with what says that it is more ("3亿多").
fn scale_bytes(rest: &str) -> Option<usize> {
    let bare = rest.strip_prefix(MORE).unwrap_or(rest);
    let scale = scale_at(bare)?;
    let behind = &bare[scale.0.len()..];
    let behind = behind.strip_prefix(MORE).unwrap_or(behind);
    Some(rest.len() - behind.len())
}

fn scale_at(rest: &str) -> Option<&'static Scale> {
    let found = SCALES.iter().filter(|scale| rest.starts_with(scale.0)).max_by_key(|scale| scale.0.len())?;
    let is_other = rest[found.0.len()..].starts_with(|c| found.2.contains(c));
    (!is_other).then_some(found)
}

fn currency_at(rest: &str) -> Option<&'static (&'static str, &'static str)> {
    let found = CURRENCIES.iter().find(|(form, _)| rest.starts_with(form))?;
    let behind = &rest[found.0.len()..];
    let is_syllable = found.0.starts_with(is_hangul) && found.0.chars().count() == 1;
    let ends = !behind.starts_with(is_hangul) || behind.starts_with(AFTER_CONSONANTS);
    (!is_syllable || ends).then_some(found)
}

/// The power of ten that a token is, and whether it is one of money only.
pub(super) fn power(token: &str) -> Option<(&'static str, bool)> {
    if !token.starts_with(is_unspaced) {
        return None;
    }
    let scale = scale_at(token.strip_prefix(MORE).unwrap_or(token))?;
    (scale_bytes(token) == Some(token.len())).then_some((scale.1, scale.3))
}

/// The currency at token `at`: id, and the token behind it.
pub(super) fn currency(view: &View, at: usize) -> Option<(&'static str, usize)> {
    let token = view.str(at);
    if token.is_ascii() || view.begins_line(at) {
        return None;
    }
    if let Some((_, id)) = CURRENCIES.iter().find(|(form, _)| *form == token) {
        return Some((id, at + 1));
    }
    let is_chinese = || view.str(at.wrapping_sub(1)).contains(['亿', '万']);
    (token.chars().eq([YUAN]) && is_chinese()).then_some(("cny", at + 1))
}

/// Whether a letter touches the number before token `at` that is neither scale nor currency nor a particle: then nobody
/// knows what an amount of money is.
pub(super) fn is_unread(view: &View, at: usize) -> bool {
    let word = view.str(at);
    let is_particle = || {
        word.starts_with(|c| matches!(c, '\u{3040}'..='\u{309f}'))
            || word.starts_with(AFTER_CONSONANTS)
            || word.starts_with(AFTER_VOWELS)
    };
    view.class(at) == Class::Word
        && view.joined(at)
        && word.starts_with(is_unspaced)
        && currency(view, at).is_none()
        && !is_particle()
}

/// Whether the number at token `i` touches a word before it because its script has no spaces; elsewhere that makes a
/// name of both.
pub(super) fn follows_word(view: &View, i: usize) -> bool {
    i > 0 && view.joined(i) && view.is_word(i - 1) && view.str(i - 1).ends_with(is_unspaced)
}

/// Whether words of the letter's script touch each other, or touch numbers.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || is_hangul(c)
}

/// Whether the letter is a syllable of Hangul.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_in;

    #[test]
    fn scales_and_currencies_touch_their_numbers() {
        check_in("ja", "予算は3億円になった。", &["money 300000000 jpy"]);
        check_in("ja", "1兆2000億円を投じる", &["money 1200000000000 jpy"]);
        check_in("ja", "家賃は1万2345円だ", &["money 12345 jpy"]);
        check_in("ja", "¥3億の損失", &["money 300000000 jpy"]);
        check_in("ja", "¥500の品", &["money 500 jpy"]);
        check_in("zh", "耗资3.5亿元人民币", &["money 350000000 cny"]);
        check_in("zh", "$3亿的合同", &["money 300000000 usd"]);
        check_in("zh", "¥3亿", &["money 300000000 cny"]);
        check_in("zh", "约300多万美元", &["money 3000000 usd"]);
        check_in("zh", "NT$3億", &["money 300000000 twd"]);
        check_in("zh", "2.5万亿美元的债务", &["money 2500000000000 usd"]);
        check_in("ko", "₩3조 규모", &["money 3000000000000 krw"]);
        check_in("ko", "예산 3억 5000만 원을 썼다", &["money 350000000 krw"]);
        check_in("ko", "관객 3만 5000명이 왔다", &["count 35000"]);
        check_in("ko", "500달러를 냈다", &["money 500 usd"]);
        check_in("th", "฿3 ล้าน และ 5 พันล้านบาท", &["money 3000000 thb", "money 5000000000 thb"]);
    }

    #[test]
    fn what_is_no_scale_gives_no_amount() {
        check_in("ko", "헌법 제3조에 따라", &[]);
        check_in("ko", "원전 5조 원전 수주", &[]);
        check_in("zh", "100兆瓦和5千克", &["name 100"]);
        check_in("zh", "$3垓", &[]);
        check_in("th", "พบ 3 พันธุ์ใหม่", &[]);
    }
}
