//! The words of dates: months, days of the week, zones, and what is said around them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Number of the month that `word` names, 1 to 12. `word` is in lower case.
pub(super) fn month(word: &str) -> Option<u8> {
    match WORDS.get(word)?.1 {
        Meaning::Month(month) => Some(month),
        _ => None,
    }
}

/// Seconds east of UTC of a zone that has one usual meaning. `word` is in lower case.
pub(super) fn zone_offset(word: &str) -> Option<i32> {
    match WORDS.get(word)?.1 {
        Meaning::Zone(minutes) => Some(i32::from(minutes) * 60),
        _ => None,
    }
}

/// Whether `word` may stand in a line that is only a date.
pub(super) fn is_date_word(word: &str) -> bool {
    WORDS.contains_key(word)
}

/// The word as it stands in the table.
pub(super) fn known_word(word: &str) -> Option<&'static str> {
    WORDS.get(word).map(|(known, _)| *known)
}

#[derive(Clone, Copy)]
enum Meaning {
    Month(u8),
    /// Minutes east of UTC.
    Zone(i16),
    Other,
}

static WORDS: LazyLock<HashMap<&'static str, (&'static str, Meaning)>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let other = OTHER.split_whitespace().map(|word| (word, Meaning::Other));
    let zones = ZONES.iter().map(|&(word, minutes)| (word, Meaning::Zone(minutes)));
    let months = MONTHS
        .iter()
        .zip(1..)
        .flat_map(|(names, month)| names.split_whitespace().map(move |name| (name, Meaning::Month(month))));
    for (word, meaning) in other.chain(zones).chain(months) {
        words.insert(word, (word, meaning));
    }
    words
});

/// Names and usual short forms of January to December: English, German, French, Spanish, Italian,
/// Portuguese, Dutch, Scandinavian, Finnish, Polish, Czech, Romanian, Turkish, Russian, Ukrainian.
/// A short form that means different months in two languages is left out.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari jaanuar tammikuuta tammikuu stycznia \
     styczeń ledna leden ianuarie ocak января январь янв січня січень",
    "february feb febr februar feber février fevrier févr fév febrero febbraio febbr fevereiro fev februari helmikuuta \
     helmikuu lutego luty února únor februarie şubat февраля февраль фев лютого лютий",
    "march mar märz maerz mär mars marzo março marco maart mrt maaliskuuta maaliskuu marca marzec března březen martie \
     mart марта март мар березня березень",
    "april apr avril avr abril abr aprile aprilie huhtikuuta huhtikuu kwietnia kwiecień dubna duben nisan апреля апрель \
     апр квітня квітень",
    "may mai mayo maggio mag maio mei maj toukokuuta toukokuu maja května květen mayıs мая май травня травень",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu czerwca czerwiec června červen iunie haziran июня июнь \
     июн червня червень",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu lipca lipiec července červenec iulie temmuz \
     июля июль июл липня липень",
    "august aug août aout agosto ago augustus augusti elokuuta elokuu sierpnia sierpień srpna srpen ağustos августа \
     август авг серпня серпень",
    "september sep sept septembre septiembre setiembre settembre sett setembro syyskuuta syyskuu września wrzesień září \
     septembrie eylül сентября сентябрь сен сент вересня вересень",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu października październik října \
     říjen octombrie ekim октября октябрь окт жовтня жовтень",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad listopadu noiembrie kasım ноября \
     ноябрь ноя листопада листопад",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro des desember joulukuuta joulukuu \
     grudnia grudzień prosince prosinec decembrie aralık декабря декабрь дек грудня грудень",
];

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

/// Days of the week, zones without one offset, and what is said around a date.
const OTHER: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri \
    sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi \
    mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì \
    mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag woensdag \
    donderdag vrijdag zaterdag zondag понедельник вторник среда четверг пятница суббота воскресенье \
    et pt ct mt published publication posted updated update last modified created date dated first on at the of st nd \
    rd th de del t a p m am pm h u uhr um à le el il al alle ore às kl klo er o º ª r г в year time local issued \
    released veröffentlicht aktualisiert erstellt stand publié mis jour publicado actualizado pubblicato aggiornato \
    gepubliceerd опубликовано";
