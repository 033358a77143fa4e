//! Scales of other languages than English behind digits: "2,5 Millionen", "3 mil millones", "2.5 करोड़", "3億5000万".
//!
//! Forms that mean one thing in one language and another in the next are read in the languages that have them only.
//! Knows no currencies ([`super::money`]) but asks for them where a form is a scale of money and a word otherwise.

use super::numerals::{Form, Numeral, suffix, ten_to};
use super::scan::View;
use super::table::Table;
use super::{money, unspaced};

/// Scales in Latin, Cyrillic and Greek letters, as powers of ten.
static SCALES: Table<512> = Table::new(
    "tausend=3 million=6 millionen=6 mio=6 milliarde=9 milliarden=9 mrd=9 millions=6 milliard=9 milliards=9 mds=9 millón=6 millones=6 \
     milhão=6 milhões=6 bilhão=9 bilhões=9 biliões=12 trilhão=12 trilhões=12 milione=6 milioni=6 miliardo=9 miliardi=9 mila=3 mln=6 mld=9 \
     miljoen=6 miljard=9 biljoen=12 billionen=12 billón=12 billones=12 biliardi=15 biljoner=12 duizend=3 \
     miljon=6 miljoner=6 miljarder=9 milj=6 tusen=3 tys=3 millioner=6 milliarder=9 mill=6 mia=9 \
     milion=6 miliona=6 miliony=6 milionów=6 milionu=6 milionů=6 miliard=9 miliardy=9 miliardów=9 miliardu=9 miliardů=9 miliarda=9 \
     milión=6 milióny=6 miliónov=6 tysiąc=3 tysiące=3 tysięcy=3 tisíc=3 tisíce=3 bilionów=12 biliona=12 biliony=12 bilionů=12 \
     bilión=12 bilióny=12 biliónov=12 \
     тысяча=3 тысячи=3 тысяч=3 тыс=3 миллион=6 миллиона=6 миллионов=6 млн=6 миллиард=9 миллиарда=9 миллиардов=9 млрд=9 \
     триллион=12 триллиона=12 триллионов=12 трлн=12 тисяча=3 тисячі=3 тисяч=3 тис=3 мільйон=6 мільйона=6 мільйони=6 мільйонів=6 \
     мільярд=9 мільярда=9 мільярди=9 мільярдів=9 трильйон=12 трильйона=12 трильйонів=12 мільён=6 мільёна=6 мільёнаў=6 мільярдаў=9 \
     хиляди=3 хил=3 милион=6 милиона=6 милиони=6 милиард=9 милиарда=9 милиарди=9 трилион=12 трилиона=12 хиљада=3 хиљаде=3 \
     милијарда=9 милијарде=9 милијарди=9 илјади=3 мың=3 миң=3 мянга=3 сая=6 тэрбум=9 \
     milyon=6 milyar=9 trilyon=12 milyard=9 juta=6 miliar=9 triliun=12 ribu=3 ezer=3 millió=6 milliárd=9 billió=12 \
     tuhat=3 tuhatta=3 tuhande=3 tuhandet=3 miljoona=6 miljoonaa=6 miljardi=9 miljardia=9 biljoona=12 biljoonaa=12 miljonit=6 miljardit=9 \
     milioane=6 miliarde=9 trilioane=12 tūkst=3 tūkstoši=3 tūkstošu=3 miljoni=6 miljonu=6 miljons=6 miljardu=9 miljards=9 mljrd=9 \
     milijonas=6 milijonai=6 milijonų=6 milijono=6 milijardas=9 milijardai=9 milijardų=9 milijardo=9 mlrd=9 \
     milijon=6 milijona=6 milijone=6 milijoni=6 milijonov=6 milijard=9 milijarda=9 milijarde=9 milijardi=9 tisoč=3 \
     milijun=6 milijuna=6 milijuni=6 tisuća=3 tisuće=3 hiljada=3 hiljade=3 milions=6 milió=6 bilyon=9 libo=3 \
     χιλιάδες=3 χιλ=3 εκατομμύριο=6 εκατομμύρια=6 εκατ=6 δισεκατομμύριο=9 δισεκατομμύρια=9 δισ=9 τρισεκατομμύριο=12 τρισεκατομμύρια=12 τρισ=12 \
     triệu=6 tỷ=9 tỉ=9 nghìn=3 ngàn=3",
);

/// Scales in other scripts that put spaces between words, as powers of ten.
static SCRIPTS: Table<256> = Table::new(
    "हज़ार=3 हजार=3 हज़ार=3 लाख=5 करोड़=7 करोड़=7 करोड=7 अरब=9 अर्ब=9 खरब=11 मिलियन=6 बिलियन=9 ट्रिलियन=12 कोटी=7 कोटि=7 अब्ज=9 \
     হাজার=3 লাখ=5 লক্ষ=5 কোটি=7 মিলিয়ন=6 মিলিয়ন=6 বিলিয়ন=9 বিলিয়ন=9 ਹਜ਼ਾਰ=3 ਹਜ਼ਾਰ=3 ਲੱਖ=5 ਕਰੋੜ=7 હજાર=3 લાખ=5 કરોડ=7 અબજ=9 \
     ஆயிரம்=3 லட்சம்=5 கோடி=7 மில்லியன்=6 பில்லியன்=9 వేల=3 వేలు=3 లక్ష=5 లక్షల=5 లక్షలు=5 కోటి=7 కోట్ల=7 కోట్లు=7 ಸಾವಿರ=3 ಲಕ್ಷ=5 ಕೋಟಿ=7 \
     ആയിരം=3 ലക്ഷം=5 കോടി=7 \
     الف=3 ألف=3 آلاف=3 مليون=6 مليونا=6 ملايين=6 مليار=9 مليارا=9 مليارات=9 بليون=9 تريليون=12 تريليونات=12 \
     هزار=3 میلیون=6 میلیارد=9 تریلیون=12 ہزار=3 لاکھ=5 کروڑ=7 ارب=9 کھرب=11 ملین=6 بلین=9 ٹریلین=12 \
     אלף=3 אלפי=3 אלפים=3 מיליון=6 מיליוני=6 מיליארד=9 מיליארדי=9 טריליון=12 \
     ათასი=3 ათას=3 მილიონი=6 მილიონ=6 მლნ=6 მილიარდი=9 მილიარდ=9 მლრდ=9 ტრილიონი=12 \
     հազար=3 միլիոն=6 մլն=6 միլիարդ=9 մլրդ=9 տրիլիոն=12 ሺህ=3 ሚሊዮን=6 ቢሊዮን=9 ትሪሊዮን=12",
);

/// Forms of one language alone: `language:form`. Behind `!` stand those that are a scale of money and something
/// else otherwise.
static LOCAL: Table<128> = Table::new(
    "es:mil=3 gl:mil=3 ca:mil=3 pt:mil=3 es:m=!6 pt:mi=6 pt:bi=9 pt:tri=12 pt:m=!6 pt:biliões=12 pt:bilião=12 \
     cs:mil=6 sk:mil=6 ro:mil=6 hr:mil=6 sr:mil=6 bs:mil=6 sl:mil=6 ro:mii=3 ro:mie=3 cs:tis=3 sk:tis=3 \
     fr:billion=12 fr:billions=12 fr:m=!6 fr:md=9 fr:trillion=18 fr:trillions=18 de:billion=12 de:bio=!12 de:tsd=3 de:m=!6 \
     de:trillion=18 de:trillionen=18 da:billion=12 da:billioner=12 nb:billion=12 nb:billioner=12 nn:billion=12 no:billion=12 no:billioner=12 \
     sv:biljon=12 sv:mn=6 sv:md=9 it:bilione=12 it:bilioni=12 it:m=!6 pl:bilion=12 cs:bilion=12 cs:bil=12 pl:bln=12 \
     nl:bln=12 nl:m=!6 ms:bilion=9 ms:trilion=12 sw:bilioni=9 sw:trilioni=12 tr:bin=3 az:min=3 uz:ming=3 \
     id:m=!9 id:t=!12 id:jt=6 id:rb=3 hu:m=!6 hu:e=!3 fi:m=!6 fi:t=!3 el:εκ=6 vi:tr=6",
);

/// Forms of [`LOCAL`] that are something else in most other languages: an amount before one of them has no value there.
const DOUBTFUL: [&str; 2] = ["mil", "bin"];

/// Longest abbreviation that may end in a dot, in letters.
const LONGEST_SHORT: usize = 5;

/// A number of a text that is not English, with the scales behind it; `money` says that a currency sign precedes.
/// None when letters touch an amount of money of which nobody can say whether they are a scale.
pub(super) fn scaled(view: &View, numeral: Numeral, money: bool) -> Option<Numeral> {
    let mut whole = with_scales(view, numeral, money);
    // "3억 5000만", "1万2345": smaller parts go on.
    while let Some(part) = smaller_part(view, &whole, money) {
        whole.low += part.low;
        whole.high += part.high;
        whole.next = part.next;
    }
    let is_doubtful = || !view.begins_line(whole.next) && view.any(whole.next, &DOUBTFUL);
    let is_unread = || unspaced::is_unread(view, whole.next) || is_doubtful();
    (!money || whole.scale > 1.0 || !is_unread()).then_some(whole)
}

fn with_scales(view: &View, numeral: Numeral, money: bool) -> Numeral {
    let mut numeral = numeral;
    while let Some((power, next)) = scale(view, &numeral, money) {
        numeral = numeral.scaled(power, next);
    }
    numeral
}

/// The scale behind a number: what it multiplies by, and the token behind it.
fn scale(view: &View, numeral: &Numeral, money: bool) -> Option<(f64, usize)> {
    let j = numeral.next;
    let k = if view.hyphen(j) { j + 1 } else { j };
    if view.begins_line(k) || !view.is_word(k) {
        return None;
    }
    let touches = view.joined(k) && k == j;
    let low = view.low(k);
    let is_short = low.as_str().chars().count() <= LONGEST_SHORT;
    let next = k + 1 + usize::from(view.mark(k + 1, '.') && view.joined(k + 1) && is_short);
    let is_money = || money || money::after(view, next, numeral.low, true).is_some();
    let by_suffix = || suffix(view, k, money).filter(|_| touches && numeral.scale == 1.0);
    let power = if let Some(power) = LOCAL.get_in(view.language(), low.as_str()) {
        match power.strip_prefix('!') {
            // An amount has a capital here where the unit has none.
            Some(power) if is_money() && (view.capital(k) || touches) => power,
            Some(_) => by_suffix()?,
            None => power,
        }
    } else if let Some((power, of_money)) = unspaced::power(view.str(k)) {
        let counts_on = || view.is_number(next) && unspaced::power(view.str(next + 1)).is_some();
        if of_money && !counts_on() && !is_money() {
            return None;
        }
        power
    } else {
        SCALES.get(low.as_str()).or_else(|| SCRIPTS.get(low.as_str())).or_else(by_suffix)?
    };
    let power = ten_to(power);
    // "3 mil millones" are three thousand million, "2 लाख करोड़" two lakh crore.
    let goes_on = numeral.scale == 1.0 || numeral.scale <= 1e5 && power >= 1e6;
    goes_on.then_some((power, next))
}

/// Digits of the part below "만", by which it is told from another number.
const MYRIAD_DIGITS: usize = 4;

/// The part of a number that follows its larger part, in languages that count on.
fn smaller_part(view: &View, whole: &Numeral, money: bool) -> Option<Numeral> {
    let at = whole.next;
    let last = view.str(at.wrapping_sub(1));
    if !view.is_number(at) || unspaced::power(last).is_none() || view.begins_line(at) {
        return None;
    }
    // Only Korean puts a space between the parts.
    if !view.joined(at) && !last.starts_with(unspaced::is_hangul) {
        return None;
    }
    let value = view.number(at)?;
    let part = with_scales(view, Numeral::exact(at, at + 1, value, Form::Digits), money);
    let last_scale = unspaced::power(last).map_or(1.0, |(power, _)| ten_to(power));
    let is_told = part.scale > 1.0 || view.joined(at) || view.str(at).len() == MYRIAD_DIGITS;
    (is_told && part.low < last_scale).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_in;

    #[test]
    fn scales_of_many_languages() {
        check_in("hi", "₹2.5 करोड़ और ₹3 लाख करोड़", &["money 25000000 inr", "money 3000000000000 inr"]);
        check_in("bn", "$5 কোটি", &["money 50000000 usd"]);
        check_in("ar", "بلغت $3 مليار", &["money 3000000000 usd"]);
        check_in("fa", "حدود $3 میلیارد", &["money 3000000000 usd"]);
        check_in("he", "עלות של ₪500 אלף", &["money 500000 ils"]);
        check_in("el", "κόστος $1,5 τρισ. φέτος", &["money 1500000000000 usd"]);
        check_in("el", "€2 δισεκατομμύρια", &["money 2000000000 eur"]);
        check_in("tr", "$1,5 trilyon borç, 250 bin TL ceza", &["money 1500000000000 usd", "money 250000 try"]);
        check_in("vi", "$3 triệu và 5 nghìn tỷ đồng", &["money 3000000 usd", "money 5000000000000 vnd"]);
        check_in("ru", "$500млн", &["money 500000000 usd"]);
    }

    #[test]
    fn forms_mean_what_they_mean_in_their_language() {
        check_in("pt", "R$ 300 mi e R$ 2,5 bi", &["money 300000000 brl", "money 2500000000 brl"]);
        check_in("pt", "R$ 300 mil", &["money 300000 brl"]);
        check_in("cs", "stavba za 300 mil. Kč", &["money 300000000 czk"]);
        check_in("es", "$300mil", &["money 300000 usd"]);
        check_in(
            "id",
            "Rp 1,5 triliun, Rp 2,5 M, Rp 500 rb",
            &["money 1500000000000 idr", "money 2500000000 idr", "money 500000 idr"],
        );
        check_in("id", "Rp10jt", &["money 10000000 idr"]);
        check_in("de", "€1,5 Bio. Schulden", &["money 1500000000000 eur"]);
        check_in("de", "5 Bio Bauern", &[]);
        check_in("fr", "3 M€ et 2 Mds €", &["money 3000000 eur", "money 2000000000 eur"]);
        check_in("hu", "2,5 Mrd Ft, 300 millió Ft", &["money 2500000000 huf", "money 300000000 huf"]);
    }

    #[test]
    fn doubtful_forms_give_no_amount() {
        check_in("lb", "$300 mil", &[]);
    }
}
