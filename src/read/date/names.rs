//! The words of dates: days of the week, eras, zones, and what is said around them; `months` has the months.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::{Calendar, ERAS, Month};
use super::months::{MONTHS, PERSIAN_MONTHS, THAI_MONTHS, TWO_WORD_MONTHS};

/// What a word of dates means.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Month(Month),
    /// The year before the first of an East Asian era.
    Era(i16),
    /// Minutes east of UTC.
    Zone(i16),
    Weekday,
    /// Half of a day, said after the time: whether it is the afternoon.
    HalfAfter(bool),
    /// Half of a day, said before the time.
    HalfBefore(bool),
    /// What may stand in a line that is only a date.
    Other,
}

/// What `word` means in a date; `None` for all others. `word` is in lower case.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    Some(WORDS.get(word)?.1)
}

/// The month that `word` names, if it is one word.
pub(super) fn month(word: &str) -> Option<Month> {
    match meaning(word)? {
        Meaning::Month(month) => Some(month),
        _ => None,
    }
}

/// The month that two words name together.
pub(super) fn month_of_two(first: &str, second: &str) -> Option<Month> {
    let (.., number) = TWO_WORD_MONTHS.iter().find(|(one, two, _)| (*one, *two) == (first, second))?;
    Some(Month { calendar: Calendar::Gregorian, number: *number })
}

/// Seconds east of UTC of a zone that has one usual meaning. `word` is in lower case.
pub(super) fn zone_offset(word: &str) -> Option<i32> {
    match meaning(word)? {
        Meaning::Zone(minutes) => Some(i32::from(minutes) * 60),
        _ => None,
    }
}

/// The word as it stands in the table.
pub(super) fn known_word(word: &str) -> Option<&'static str> {
    WORDS.get(word).map(|(known, _)| *known)
}

static WORDS: LazyLock<HashMap<&'static str, (&'static str, Meaning)>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut add = |list: &'static str, meaning: Meaning| {
        for word in list.split_whitespace() {
            words.insert(word, (word, meaning));
        }
    };
    add(OTHER, Meaning::Other);
    add(WEEKDAYS, Meaning::Weekday);
    add("am ص", Meaning::HalfAfter(false));
    add("pm م", Meaning::HalfAfter(true));
    add("午前 上午 凌晨 早上 清晨 오전", Meaning::HalfBefore(false));
    add("午後 下午 晚上 晚间 晚間 傍晚 오후", Meaning::HalfBefore(true));
    for (first, second, _) in TWO_WORD_MONTHS {
        add(first, Meaning::Other);
        add(second, Meaning::Other);
    }
    for (word, year) in ERAS {
        add(word, Meaning::Era(year));
    }
    for &(word, minutes) in ZONES {
        add(word, Meaning::Zone(minutes));
    }
    let calendars = [(Calendar::Persian, PERSIAN_MONTHS), (Calendar::Thai, THAI_MONTHS), (Calendar::Gregorian, MONTHS)];
    for (calendar, months) in calendars {
        for (names, number) in months.into_iter().zip(1..) {
            add(names, Meaning::Month(Month { calendar, number }));
        }
    }
    words
});

/// Minutes east of UTC. `IST` is taken for India, `CST` and `BST` for America and Britain, as news does
/// most; zones without one offset (`ET`, `PT`) are words only.
const ZONES: &[(&str, i16)] = &[
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("wat", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("eat", 180),
    ("pkt", 300),
    ("ist", 330),
    ("npt", 345),
    ("wib", 420),
    ("wita", 480),
    ("wit", 540),
    ("ict", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("ast", -240),
    ("adt", -180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("hst", -600),
];

/// Days of the week, in the languages whose months are known and which write them beside dates most.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs \
    fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi \
    mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì \
    mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag woensdag \
    donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag \
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina \
    perjantaina lauantaina sunnuntaina poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa \
    čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa ponedjeljak utorak srijeda četvrtak petak subota \
    nedjelja hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică \
    pazartesi salı çarşamba perşembe cuma cumartesi pazar понедельник вторник среда четверг пятница суббота \
    воскресенье понеділок вівторок середа четвер п'ятниця субота неділя δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο \
    κυριακή senin selasa rabu kamis jumat sabtu minggu الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت \
    الأحد الاحد सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार 木 金 土 火 水 月曜 火曜 水曜 木曜 金曜 土曜 曜 \
    周 周一 周二 周三 周四 周五 周六 周日 星期一 星期二 星期三 星期四 星期五 星期六 星期 요 월요 화요 수요 목요 금요 토요 목 금 토 화 수 شنبه یکشنبه دوشنبه \
    سه چهارشنبه پنج پنجشنبه جمعه יום ראשון שני שלישי רביעי חמישי שישי שבת จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์";

/// Zones without one offset, and what is said around a date.
const OTHER: &str = "et pt ct mt published publication posted updated update last modified created date dated first on \
    at the of st nd rd th de del d t a p m h u uhr um à le el il al alle ore às kl klo er o º ª r г в year time local \
    issued released veröffentlicht aktualisiert erstellt stand publié mis jour publicado actualizado pubblicato \
    aggiornato gepubliceerd опубликовано publisert publicerad publicerat udgivet oppdatert uppdaterad opdateret \
    julkaistu päivitetty opublikowano aktualizacja publikováno aktualizováno közzétéve publicat actualizat \
    yayınlanma güncelleme tarihi opublikováno обновлено оновлено опубліковано publikováno δημοσίευση ενημέρωση \
    diterbitkan diperbarui 発行 公開 更新 掲載 配信 入力 发布 发布时间 時間 时间 입력 수정 기사입력 등록 ngày tháng năm lúc hrs kell \
    gada m ko gads жылғы ж pukul jam เวลา น วันที่ พ.ศ ค.ศ نشر تحديث الساعة ساعت سال عام سنة من ب ng π μ em den op dne dnia ที่ ณ दिनांक तारीख";
