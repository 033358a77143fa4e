//! The words of dates: days of the week, eras, zones, and what is said around them; `months` has the months.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::calendar::{Calendar, ERAS, Month};
use super::months::{MONTHS, PERSIAN_MONTHS, SHORT_MONTHS, THAI_MONTHS, TWO_WORD_MONTHS};

/// What a word of dates means.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Month(Month),
    /// A month, but only behind the number of a day.
    ShortMonth(Month),
    /// The year before the first of an East Asian era.
    Era(i16),
    /// Minutes east of UTC.
    Zone(i16),
    Weekday,
    /// Part of a day, said after the time.
    HalfAfter(Half),
    /// Part of a day, said before the time, or after it.
    HalfBeside(Half),
    /// What stands between a date and its time, and nowhere else in a line that is only a date.
    BeforeTime,
    /// What announces the day of a change, behind that of publication.
    Change,
    /// What may stand in a line that is only a date.
    Other,
}

/// A part of the day in which hours are counted to twelve.
#[derive(Clone, Copy)]
pub(super) enum Half {
    Morning,
    /// The hours around noon.
    Midday,
    Afternoon,
    /// From evening to early morning.
    Night,
}

impl Half {
    /// The hour of the day that is called `hour` of this part, 0 to 12.
    pub(super) fn hour(self, hour: i64) -> i64 {
        match (self, hour) {
            (Self::Midday, 12) | (Self::Afternoon, 12) => 12,
            (Self::Midday, 1..=6) | (Self::Afternoon, _) | (Self::Night, 6..=11) => hour + 12,
            (Self::Midday, _) => hour,
            (Self::Morning | Self::Night, _) => hour % 12,
        }
    }
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

/// The month that `word` names behind the number of a day.
pub(super) fn month_behind_day(word: &str) -> Option<Month> {
    match meaning(word)? {
        Meaning::Month(month) | Meaning::ShortMonth(month) => Some(month),
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

/// The word as it stands in the table, whatever its case.
pub(super) fn known_word(word: &str) -> Option<&'static str> {
    let known = |word: &str| WORDS.get(word).map(|(known, _)| *known);
    // Turkish has two letters I, and a dot tells the capital ones apart too: KASIM is "kasım", NİSAN "nisan".
    let in_turkish = || word.contains(['I', 'İ']).then(|| word.replace('I', "ı").replace('İ', "i").to_lowercase());
    known(&word.to_lowercase()).or_else(|| known(&in_turkish()?))
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
    add(CHANGES, Meaning::Change);
    add(BEFORE_TIME, Meaning::BeforeTime);
    add("am ص öö", Meaning::HalfAfter(Half::Morning));
    add("pm م ös ch", Meaning::HalfAfter(Half::Afternoon));
    add(MORNING, Meaning::HalfBeside(Half::Morning));
    add(MIDDAY, Meaning::HalfBeside(Half::Midday));
    add(AFTERNOON, Meaning::HalfBeside(Half::Afternoon));
    add(NIGHT, Meaning::HalfBeside(Half::Night));
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
    let short = SHORT_MONTHS.into_iter().zip(1..).flat_map(|(names, number)| {
        names.split_whitespace().map(move |name| (name, Month { calendar: Calendar::Gregorian, number }))
    });
    let unaccented = UNACCENTED.iter().filter_map(|(name, month)| Some((name.as_str(), (*month)?)));
    for (name, month) in short.chain(unaccented) {
        words.entry(name).or_insert((name, Meaning::ShortMonth(month)));
    }
    words
});

/// Months without the accents that capitals are often written without: "14 FEVRIER 2024", "14 Μαιου 2024".
static UNACCENTED: LazyLock<BTreeMap<String, Option<Month>>> = LazyLock::new(|| {
    let mut found: BTreeMap<String, Option<Month>> = BTreeMap::new();
    let named = MONTHS.into_iter().chain(SHORT_MONTHS).zip((1..=12).cycle());
    for (name, number) in named.flat_map(|(names, number)| names.split_whitespace().map(move |name| (name, number))) {
        let plain = unaccented(name);
        if plain != name {
            let month = Some(Month { calendar: Calendar::Gregorian, number });
            // What would be two months is none.
            found.entry(plain).and_modify(|known| *known = known.filter(|_| *known == month)).or_insert(month);
        }
    }
    found
});

/// A word in Latin or Greek letters without accents; others as they are.
fn unaccented(word: &str) -> String {
    if word.contains(|c: char| c >= '\u{400}' && !matches!(c, '\u{1e00}'..='\u{1fff}')) {
        return word.to_owned();
    }
    let letters = word.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    letters.map(|letter| if letter == 'ı' { 'i' } else { letter }).collect()
}

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
    سه چهارشنبه پنج پنجشنبه جمعه יום ראשון שני שלישי רביעי חמישי שישי שבת จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์ \
    thứ hai ba tư sáu bảy chủ nhật lun jue vie mié sáb jeu seg qui sáb sön mån tis lør lör søn fre ons lunedi martedi mercoledi \
    giovedi venerdi sabado miercoles terca sondag vrydag saterdag tysdag laurdag sunnudagur mánudagur þriðjudagur \
    miðvikudagur fimmtudagur föstudagur laugardagur pühapäev esmaspäev teisipäev kolmapäev neljapäev reede laupäev \
    svētdiena pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena sekmadienis pirmadienis antradienis \
    trečiadienis ketvirtadienis penktadienis šeštadienis niedz śr czw sob pon čet čtv nedelja ponedeljek torek sreda \
    četrtek petek ponedeljak utorak sre недеља понедељак уторак четвртак петак недела понеделник вторник четврток петок \
    сабота неделя сряда четвъртък петък събота нядзеля панядзелак аўторак серада чацвер пятніца пн вт ср чт пт сб вс нд \
    п'ятниця пʼятниця κυρ δευ τρί τετ πέμ παρ σάβ diel hënë martë mërkurë enjte premte shtunë bazar ertəsi çərşənbə axşamı \
    cümə şənbə yakshanba dushanba seshanba chorshanba payshanba juma shanba жексенбі дүйсенбі сейсенбі сәрсенбі \
    бейсенбі жұма сенбі კვირა ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი կիրակի երկուշաբթի երեքշաբթի \
    չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ diumenge dilluns dimarts dimecres dijous divendres dissabte luns mércores xoves \
    venres igandea astelehena asteartea asteazkena osteguna ostirala larunbata llun mawrth mercher iau gwener sadwrn \
    domhnaigh luain máirt céadaoin déardaoin haoine sathairn اتوار پیر منگل بدھ جمعرات جمعہ ہفتہ रवि सोम मंगल बुध गुरु \
    शुक्र शनि मंगळवार रविवार রবিবার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার રવિવાર સોમવાર મંગળવાર બુધવાર \
    ગુરુવાર શુક્રવાર શનિવાર ஞாயிறு திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ఆదివారం సోమవారం మంగళవారం బుధవారం \
    గురువారం శుక్రవారం శనివారం ahad isnin khamis jumaat jumapili jumatatu jumanne jumatano alhamisi ijumaa jumamosi \
    linggo miyerkules huwebes biyernes 星期日 星期天 礼拜 日曜";

/// Parts of a day, as times of twelve hours are written beside them.
const MORNING: &str =
    "午前 上午 凌晨 早上 清晨 오전 صباحا صباحاً صباحًا فجرا فجراً فجرًا صبح sáng pagi सुबह पूर्वाह्न सकाळी সকাল সকালে સવારે";
const MIDDAY: &str = "中午 정오 ظهرا ظهراً ظهرًا ظهر دوپہر trưa siang दोपहर दुपारी দুপুর দুপুরে બપોરે";
const AFTERNOON: &str = "午後 下午 晚上 晚间 晚間 傍晚 오후 مساء مساءً مساءا عصرا عصراً عصرًا عصر بعدازظهر شام chiều tối sore petang \
    शाम अपराह्न सायंकाळी বিকাল বিকেল বিকেলে সন্ধ্যা সন্ধ্যায় સાંજે";
const NIGHT: &str = "ليلا ليلاً ليلًا شب رات đêm malam रात रात्री রাত রাতে રાત્રે";

/// What stands between a date and its time: "14 marzo 2024 a las 10:30", "14 maart 2024 om 10:30".
const BEFORE_TIME: &str = "las om v ob ve as ora orele godz godzina saat о у во στις ώρα בשעה kloka klokken hora roku";

/// Words that announce the day of a change, in languages whose lines of dates bear both days as a rule.
const CHANGES: &str = "수정 업데이트 更新 最終更新 修正 修改";

/// Zones without one offset, and what is said around a date.
const OTHER: &str = "et pt ct mt published publication posted updated update last modified created date dated first on \
    at the of st nd rd th de del d t a p m h u uhr um à le el il al alle ore às kl klo er o º ª r г в year time local \
    issued released veröffentlicht aktualisiert erstellt stand publié mis jour publicado actualizado pubblicato \
    aggiornato gepubliceerd опубликовано publisert publicerad publicerat udgivet oppdatert uppdaterad opdateret \
    julkaistu päivitetty opublikowano aktualizacja publikováno aktualizováno közzétéve publicat actualizat \
    yayınlanma güncelleme tarihi opublikováno обновлено оновлено опубліковано publikováno δημοσίευση ενημέρωση \
    diterbitkan diperbarui 発行 公開 掲載 配信 入力 发布 发布时间 時間 时间 입력 기사입력 등록 승인 최종수정 송고 ngày tháng năm lúc hrs kell \
    gada m ko gads жылғы ж pukul jam เวลา น วันที่ พ.ศ ค.ศ نشر تحديث الساعة ساعت سال عام سنة من ب ng π μ em den op dne dnia ที่ ณ दिनांक तारीख \
    р року рік года год ч uur hod yıl yılı बजे को giờ phút ق ظ פורסם";
