//! Units of measure: how they are written, their canonical ids, and their base units.
//!
//! Knows no currencies ([`super::money`]) and no counted things ([`super::noun`]).

use std::borrow::Cow;

use super::scan::View;
use super::table::Table;
use super::{temperature, titles};
use crate::figure::FigureKind;

/// Units as words, in lower case, with their ids; also good behind a hyphen ("10-mile").
static WORDS: Table<512> = Table::new(
    "percent=percent pct=percent percentage=percent percents=percent prozent=percent procent=percent \
     mile=mile miles=mile mi=mile kilometre=km kilometres=km kilometer=km kilometers=km km=km kms=km \
     metre=metre metres=metre meter=metre meters=metre mtrs=metre \
     centimetre=cm centimetres=cm centimeter=cm centimeters=cm cm=cm cms=cm \
     millimetre=mm millimetres=mm millimeter=mm millimeters=mm mm=mm decimetre=decimetre decimetres=decimetre \
     micrometre=micrometre micrometres=micrometre micrometer=micrometre micrometers=micrometre micron=micrometre \
     microns=micrometre nanometre=nanometre nanometres=nanometre nanometer=nanometre nanometers=nanometre nm=nanometre \
     foot=foot feet=foot ft=foot inch=inch inches=inch yard=yard yards=yard yd=yard yds=yard \
     furlong=furlong furlongs=furlong fathom=fathom fathoms=fathom \
     acre=acre acres=acre hectare=hectare hectares=hectare ha=hectare sqft=ft2 sqm=m2 \
     kilogram=kilogram kilograms=kilogram kilogramme=kilogram kilogrammes=kilogram kilo=kilogram kilos=kilogram \
     kg=kilogram kgs=kilogram gram=gram grams=gram gramme=gram grammes=gram milligram=milligram \
     milligrams=milligram milligramme=milligram milligrammes=milligram microgramme=microgram microgrammes=microgram mg=milligram microgram=microgram micrograms=microgram mcg=microgram \
     tonne=tonne tonnes=tonne tonnen=tonne ton=ton tons=ton megaton=megaton megatons=megaton megatonne=megatonne \
     megatonnes=megatonne gigaton=gigaton gigatons=gigaton gigatonne=gigatonne gigatonnes=gigatonne \
     kiloton=kiloton kilotons=kiloton lb=lb lbs=lb pound=lb pounds=lb ounce=ounce ounces=ounce oz=ounce carat=carat carats=carat \
     litre=litre litres=litre liter=litre liters=litre millilitre=millilitre millilitres=millilitre \
     milliliter=millilitre milliliters=millilitre ml=millilitre cl=centilitre centilitre=centilitre \
     gallon=gallon gallons=gallon pint=pint pints=pint quart=quart quarts=quart \
     teaspoon=teaspoon teaspoons=teaspoon tbsp=tablespoon tsp=teaspoon tablespoon=tablespoon tablespoons=tablespoon \
     barrel=barrel barrels=barrel bbl=barrel bpd=barrel/day bushel=bushel bushels=bushel \
     mph=mph kph=km/h kmh=km/h kmph=km/h knot=knot knots=knot mpg=mile/gallon rpm=rpm \
     celsius=celsius centigrade=celsius celcius=celsius fahrenheit=fahrenheit farenheit=fahrenheit kelvin=kelvin \
     kelvins=kelvin degree=degree degrees=degree deg=degree radian=radian radians=radian \
     watt=watt watts=watt kilowatt=kilowatt kilowatts=kilowatt kw=kilowatt megawatt=megawatt megawatts=megawatt \
     gigawatt=gigawatt gigawatts=gigawatt gw=gigawatt terawatt=terawatt terawatts=terawatt \
     horsepower=horsepower hp=horsepower bhp=horsepower \
     kwh=kwh mwh=mwh gwh=gwh twh=twh wh=wh joule=joule joules=joule kilojoule=kilojoule kilojoules=kilojoule \
     megajoule=megajoule megajoules=megajoule calorie=calorie calories=calorie kcal=kilocalorie \
     kilocalorie=kilocalorie kilocalories=kilocalorie electronvolt=electronvolt electronvolts=electronvolt \
     bit=bit bits=bit byte=byte bytes=byte kilobyte=kilobyte kilobytes=kilobyte kb=kilobyte megabyte=megabyte \
     megabytes=megabyte gigabyte=gigabyte gigabytes=gigabyte gb=gigabyte terabyte=terabyte terabytes=terabyte \
     tb=terabyte petabyte=petabyte petabytes=petabyte exabyte=exabyte exabytes=exabyte kibibyte=kibibyte \
     kilobit=kilobit kilobits=kilobit megabit=megabit megabits=megabit gigabit=gigabit gigabits=gigabit \
     mbps=megabit/second gbps=gigabit/second kbps=kilobit/second mbit/s=megabit/second \
     megapixel=megapixel megapixels=megapixel \
     hertz=hertz kilohertz=kilohertz megahertz=megahertz gigahertz=gigahertz hz=hertz khz=kilohertz mhz=megahertz \
     ghz=gigahertz volt=volt volts=volt kilovolt=kilovolt kilovolts=kilovolt kv=kilovolt ampere=ampere \
     amperes=ampere amps=ampere amp=ampere decibel=decibel decibels=decibel db=decibel \
     pascal=pascal pascals=pascal millibar=millibar millibars=millibar hectopascal=hectopascal hpa=hectopascal psi=psi \
     ppm=ppm ppb=ppb becquerel=becquerel becquerels=becquerel sievert=sievert sieverts=sievert \
     millisievert=millisievert millisieverts=millisievert microsievert=microsievert microsieverts=microsievert \
     millisecond=millisecond milliseconds=millisecond ms=millisecond second=second seconds=second secs=second \
     sec=second minute=minute minutes=minute mins=minute min=minute hour=hour hours=hour hrs=hour hr=hour \
     day=day days=day week=week weeks=week fortnight=fortnight fortnights=fortnight wk=week wks=week month=month \
     months=month mth=month mths=month year=year years=year yr=year yrs=year decade=decade decades=decade \
     century=century centuries=century millennium=millennium millennia=millennium bp=basis_point bps=basis_point \
     stone=stone parsec=parsec parsecs=parsec mah=milliampere_hour milligray=milligray milligrays=milligray gray=gray",
);

/// Abbreviations whose case matters, or that only count where they touch the number.
static TOUCHING: Table<128> = Table::new(
    "m=metre g=gram t=tonne l=litre L=litre C=celsius F=fahrenheit K=kelvin W=watt kW=kilowatt MW=megawatt GW=gigawatt TW=terawatt kWh=kwh MWh=mwh \
     GWh=gwh TWh=twh Wh=wh MB=megabyte GB=gigabyte TB=terabyte KB=kilobyte kB=kilobyte PB=petabyte EB=exabyte Mb=megabit Gb=gigabit \
     h=hour s=second V=volt kV=kilovolt eV=electronvolt TeV=teraelectronvolt GeV=gigaelectronvolt dB=decibel J=joule \
     kJ=kilojoule MJ=megajoule GJ=gigajoule Mt=megatonne Gt=gigatonne kt=kiloton in=inch dm=decimetre st=stone pc=percent Hz=hertz kHz=kilohertz MHz=megahertz GHz=gigahertz Nm=newton_metre mAh=milliampere_hour Gy=gray mGy=milligray mSv=millisievert au=astronomical_unit AU=astronomical_unit",
);

/// Words before another unit that make squares and cubes of it.
static POWERS: Table<16> = Table::new("square=2 sq=2 cubic=3 cu=3");

/// Units of which there are squares and cubes, with the stem of their ids.
static STEMS: Table<32> =
    Table::new("mile=mi km=km metre=m foot=ft inch=in yard=yd cm=cm mm=mm kilometre=km decimetre=dm");

/// Units that come by the day or the like: "barrels a day", "litres per second".
static BY_TIME: Table<64> = Table::new(
    "barrel tonne ton gallon litre kilogram gram acre hectare bushel ft3 m3 megabit gigabit kilobit bit byte megabyte gigabyte metre km foot inch mm cm mile \
     gigatonne megatonne watt joule calorie kilocalorie ounce kwh mwh terabyte",
);

/// Units that are counted like things, a word between: "33 Earth days", "1,300 route kilometres".
static COUNTED: Table<64> = Table::new(
    "days weeks months years hours minutes kilometres kilometers miles metres meters kilograms kilos tonnes tons litres liters \
     gallons barrels acres hectares bushels",
);

/// The unit that the head of a counted noun phrase at token `at` is, and what a number of it is.
pub(super) fn counted(view: &View, at: usize) -> Option<(&'static str, FigureKind)> {
    let low = view.low(at);
    let id = WORDS.get(low.as_str()).filter(|_| COUNTED.has(low.as_str()))?;
    Some((id, kind(id)))
}

/// A unit in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// Canonical id.
    pub(super) id: Cow<'static, str>,
    /// What a number of it is.
    pub(super) kind: FigureKind,
    /// One past its last token.
    pub(super) next: usize,
}

/// The kind of a figure with this unit.
fn kind(id: &str) -> FigureKind {
    match id {
        "percent" => FigureKind::Percent,
        "second" | "millisecond" | "minute" | "hour" | "day" | "week" | "fortnight" | "month" | "year" | "decade"
        | "century" | "millennium" => FigureKind::Duration,
        _ => FigureKind::Measure,
    }
}

/// The unit that begins at token `j`, right after a number; a hyphen may stand between.
pub(super) fn after(view: &View, j: usize) -> Option<Unit> {
    let hyphen = view.hyphen(j);
    let at = if hyphen { j + 1 } else { j };
    if view.begins_line(at) {
        return None;
    }
    let found =
        signs(view, at).or_else(|| points(view, at)).or_else(|| powers(view, at)).or_else(|| plain(view, at, hyphen));
    let (id, next) = found?;
    if kind(id) == FigureKind::Duration || id == "percent" {
        return Some(Unit { id: Cow::Borrowed(id), kind: kind(id), next });
    }
    Some(rate(view, id, next))
}

/// Whether the token is a percent sign, that of Arabic or the wide one of East Asia too.
pub(super) fn is_percent(view: &View, at: usize) -> bool {
    ['%', '\u{66a}', '\u{ff05}'].into_iter().any(|sign| view.mark(at, sign))
}

/// The percent sign right before the number at token `i`, not before `floor`, in the languages that write it there:
/// its token.
pub(super) fn percent_before(view: &View, i: usize, floor: usize) -> Option<usize> {
    let at = i.checked_sub(1).filter(|&at| at >= floor)?;
    let writes_so = matches!(view.language(), "tr" | "eu" | "ku");
    let is_free = !(view.joined(at) && at > 0 && view.is_number(at - 1));
    (writes_so && is_percent(view, at) && !view.begins_line(i) && is_free).then_some(at)
}

/// `%`, `°C`, inches and feet as primes.
fn signs(view: &View, at: usize) -> Option<(&'static str, usize)> {
    if is_percent(view, at) {
        return Some(("percent", at + 1));
    }
    if view.mark(at, '\u{b0}') || view.mark(at, '\u{ba}') {
        let id = match view.str(at + 1) {
            "C" | "c" => "celsius",
            "F" | "f" => "fahrenheit",
            _ => {
                return Some(match scale_name(view, at + 1) {
                    Some(id) => (id, at + 2),
                    None => ("degree", at + 1),
                });
            }
        };
        return Some((id, at + 2));
    }
    if view.mark(at, '\u{2103}') {
        return Some(("celsius", at + 1));
    }
    None
}

fn scale_name(view: &View, at: usize) -> Option<&'static str> {
    match WORDS.get(view.low(at).as_str()) {
        Some(id @ ("celsius" | "fahrenheit")) => Some(id),
        _ => None,
    }
}

/// Shares of a hundred: percent, percentage points, basis points.
fn points(view: &View, at: usize) -> Option<(&'static str, usize)> {
    let point = |i: usize| view.any(i, &["point", "points", "pt", "pts"]);
    let past = |i: usize| i + 1 + usize::from(view.hyphen(i + 1));
    if view.any(at, &["por", "pour", "per"]) && view.any(past(at), &["cent", "cento", "ciento", "centum"]) {
        return Some(("percent", past(at) + 1));
    }
    if view.any(at, &["percentage", "percent"]) && point(past(at)) {
        return Some(("percentage_point", past(at) + 1));
    }
    // "a half-point rise", "a quarter point"
    if point(at)
        && (at > 0 && view.any(at - 1, &["quarter"])
            || at > 1 && view.hyphen(at - 1) && view.any(at - 2, &["half", "quarter", "quarters"]))
    {
        return Some(("percentage_point", at + 1));
    }
    if view.is(at, "basis") && point(past(at)) {
        return Some(("basis_point", past(at) + 1));
    }
    if view.is(at, "pp") {
        return Some(("percentage_point", at + 1));
    }
    if view.is(at, "pc") && !view.begins_line(at) {
        return Some(("percent", at + 1));
    }
    None
}

/// Ids of squares and cubes.
const SQUARED: [&str; 16] =
    ["mi2", "mi3", "km2", "km3", "m2", "m3", "ft2", "ft3", "in2", "in3", "yd2", "yd3", "cm2", "cm3", "mm2", "mm3"];

/// "square miles", "cubic feet", "km2", "m^3", "sq. ft".
fn powers(view: &View, at: usize) -> Option<(&'static str, usize)> {
    let squared = |id: &str, power: &str| {
        let stem = STEMS.get(id)?;
        SQUARED.into_iter().find(|known| known.strip_prefix(stem) == Some(power))
    };
    if let Some(power) = POWERS.get(view.low(at).as_str()) {
        let dot = usize::from(view.mark(at + 1, '.'));
        let unit = at + 1 + dot + usize::from(view.hyphen(at + 1));
        let id = if view.is(unit, "m") { "metre" } else { WORDS.get(view.low(unit).as_str())? };
        return Some((squared(id, power)?, unit + 1));
    }
    let id = match view.str(at) {
        "m" => "metre",
        _ => WORDS.get(view.low(at).as_str()).filter(|id| STEMS.has(id))?,
    };
    let caret = usize::from(view.mark(at + 1, '^'));
    let power = match view.str(at + 1 + caret) {
        "2" | "\u{b2}" => "2",
        "3" | "\u{b3}" => "3",
        _ if view.any(at + 1, &["squared"]) => "2",
        _ if view.any(at + 1, &["cubed"]) => "3",
        _ => return None,
    };
    if view.is_word(at + 1) || view.joined(at + 1) { Some((squared(id, power)?, at + 2 + caret)) } else { None }
}

/// Units of one or two words.
fn plain(view: &View, at: usize, hyphen: bool) -> Option<(&'static str, usize)> {
    let touching = view.joined(at) && !hyphen;
    if touching && let Some(id) = TOUCHING.get(view.str(at)) {
        return match id {
            // "11c" is money, "24K" gold; a speed limit is no second.
            "inch" | "kelvin" if !view.is(at, "in") => None,
            "watt" | "litre" | "volt" | "joule" if titles::is_code(view, at - 1) => None,
            "celsius" | "fahrenheit" if !temperature::is_scale(view, at) => None,
            "second" if !view.str(at.wrapping_sub(1)).contains('.') => None,
            "second" | "hour" if view.joined(at + 1) && view.is_word(at + 1) => None,
            _ => Some((id, at + 1)),
        };
    }
    let low = view.low(at);
    let Some(id) = WORDS.get(low.as_str()) else {
        return apart(view, at, low.as_str());
    };
    let hyphened = view.hyphen(at + 1);
    let second = if hyphened { at + 2 } else { at + 1 };
    Some(match id {
        "degree" => match view.str(second) {
            "C" | "c" => ("celsius", second + 1),
            "F" | "f" => ("fahrenheit", second + 1),
            _ => scale_name(view, second).map_or((id, at + 1), |scale| (scale, second + 1)),
        },
        "year" if hyphened && view.is(second, "on") => return None,
        "kilowatt" | "megawatt" | "gigawatt" | "terawatt" | "watt" if view.any(second, &["hour", "hours"]) => {
            let id = match id {
                "kilowatt" => "kwh",
                "megawatt" => "mwh",
                "gigawatt" => "gwh",
                "terawatt" => "twh",
                _ => "wh",
            };
            (id, second + 1)
        }
        // "273 lb-ft" is a torque
        "lb" | "foot" if hyphened && view.any(second, &["ft", "feet", "foot", "lb", "lbs", "pound", "pounds"]) => {
            ("pound_foot", second + 1)
        }
        // "12 stone" is a weight, "12 stone walls" are walls; "two foot patrols" walk.
        "stone" | "foot"
            if matches!(low.as_str(), "stone" | "foot") && !hyphen && super::noun::plural(view, at + 1) =>
        {
            return None;
        }
        // "two second-half goals" and "three second homes"
        "second"
            if low.as_str() == "second"
                && !hyphen
                && view.is_word(second)
                && !view.is(second, "of")
                && view.str(at - 1) != "one"
                && !(at > 1 && view.is(at - 1, "a") && view.is(at - 2, "half"))
                && !view.is_number(at - 1) =>
        {
            return None;
        }
        "percent" if low.as_str() == "percentage" && super::noun::plural(view, at + 1) => return None,
        // "20 TB cases", "12 GB athletes"
        "terabyte" | "gigabyte" if low.as_str().len() == 2 && super::noun::plural(view, at + 1) => return None,
        // Bits and pieces, and verbs.
        "bit" | "knot" if hyphen && !view.is_number(at.saturating_sub(2)) => return None,
        "carat" | "kelvin" if low.as_str() == "k" => return None,
        _ => (id, at + 1),
    })
}

/// Units that are not in [`WORDS`]: two words, or letters that count only in some places.
fn apart(view: &View, at: usize, low: &str) -> Option<(&'static str, usize)> {
    let second = at + 1 + usize::from(view.hyphen(at + 1));
    match low {
        "metric" if view.any(second, &["ton", "tons", "tonne", "tonnes"]) => Some(("tonne", second + 1)),
        "nautical" if view.any(second, &["mile", "miles"]) => Some(("nautical_mile", second + 1)),
        "light" if view.any(second, &["year", "years"]) => Some(("light_year", second + 1)),
        "fluid" if view.any(second, &["ounce", "ounces"]) => Some(("fluid_ounce", second + 1)),
        "astronomical" if view.any(second, &["unit", "units"]) => Some(("astronomical_unit", second + 1)),
        "newton" if view.any(second, &["metre", "metres", "meter", "meters"]) => Some(("newton_metre", second + 1)),
        "parts" if view.is(at + 1, "per") => match view.low(at + 2).as_str() {
            "million" => Some(("ppm", at + 3)),
            "billion" => Some(("ppb", at + 3)),
            _ => None,
        },
        "\u{3bc}g" | "\u{b5}g" => Some(("microgram", at + 1)),
        // Letters apart from their number only in upper case or before a bracket or mark.
        "m" if view.str(at) == "m" => Some(("metre", at + 1)),
        "c" | "f" if view.joined(at + 1) && (view.hyphen(at + 1) || view.is_number(at + 1)) => None,
        "c" if view.str(at) == "C" => Some(("celsius", at + 1)),
        "f" if view.str(at) == "F" => Some(("fahrenheit", at + 1)),
        "ev" | "gev" | "tev" if view.str(at).ends_with("eV") => TOUCHING.get(view.str(at)).map(|id| (id, at + 1)),
        "mb" if view.str(at) == "MB" => Some(("megabyte", at + 1)),
        "mw" if view.str(at) == "MW" => Some(("megawatt", at + 1)),
        "l" if view.str(at) == "L" && (!view.is_word(at + 1) || view.is(at + 1, "of")) => Some(("litre", at + 1)),
        "g" | "l" | "t" | "h" if view.str(at) == low && !view.is_word(at + 1) => {
            TOUCHING.get(low).map(|id| (id, at + 1))
        }
        "in" if view.any(at + 1, &["thick", "wide", "long", "tall", "high", "deep", "diameter"]) => {
            Some(("inch", at + 1))
        }
        _ => None,
    }
}

/// Takes in "an hour", "per day", "/s" after a unit that comes by time.
fn rate(view: &View, id: &'static str, next: usize) -> Unit {
    let plain = Unit { id: Cow::Borrowed(id), kind: kind(id), next };
    if !BY_TIME.has(id) {
        return plain;
    }
    let slash = view.mark(next, '/');
    let hyphen = view.hyphen(next);
    let per = next + usize::from(hyphen);
    let is_per = |i: usize| view.any(i, &["a", "an", "per", "each", "every"]);
    if view.is(next, "of") {
        // "barrels of crude oil a day": the time counts, the span ends with the unit.
        let per = (next + 2..next + 5).take_while(|&i| view.is_word(i)).find(|&i| is_per(i) || view.is(i, "daily"));
        let timed =
            per.and_then(|i| if view.is(i, "daily") { Some("day") } else { WORDS.get(view.low(i + 1).as_str()) });
        return match timed.filter(|time| kind(time) == FigureKind::Duration && (id != "metre" && id != "mile")) {
            Some(time) => Unit { id: Cow::Owned(format!("{id}/{time}")), ..plain },
            None => plain,
        };
    }
    if !slash && !is_per(per) {
        return plain;
    }
    let at = per + 1 + usize::from(view.hyphen(per + 1));
    let time = match WORDS.get(view.low(at).as_str()).filter(|time| kind(time) == FigureKind::Duration) {
        Some(time) => time,
        None if slash && view.is(at, "h") => "hour",
        None if slash && view.is(at, "s") => "second",
        None if slash && view.is(at, "d") => "day",
        None if view.any(at, &["gallon"]) && id == "mile" => {
            return Unit { id: Cow::Borrowed("mile/gallon"), next: at + 1, ..plain };
        }
        None => return plain,
    };
    let id = match (id, time) {
        ("mile", "hour") => Cow::Borrowed("mph"),
        ("km", "hour") => Cow::Borrowed("km/h"),
        ("metre", "second") => Cow::Borrowed("m/s"),
        ("km", "second") => Cow::Borrowed("km/s"),
        ("barrel", "day") => Cow::Borrowed("barrel/day"),
        // Nobody measures speed by the day: "20 km a day" is a length.
        ("mile" | "km" | "metre" | "foot" | "watt", "day" | "week" | "month" | "year") => return plain,
        _ => Cow::Owned(format!("{id}/{time}")),
    };
    Unit { id, next: at + 1, ..plain }
}

/// The unit that is written so (`km`, `miles`, `percent`, `barrels/day`, `%`), by canonical id.
pub(super) fn by_name(surface: &str) -> Option<&'static str> {
    let low = super::table::Low::new(surface);
    match surface {
        "%" => return Some("percent"),
        "MW" => return Some("megawatt"),
        "MB" => return Some("megabyte"),
        "°C" | "C" => return Some("celsius"),
        "°F" | "F" => return Some("fahrenheit"),
        "m" => return Some("metre"),
        _ => {}
    }
    if let Some(id) = WORDS.get(low.as_str()).or_else(|| TOUCHING.get(surface)) {
        return Some(id);
    }
    const MORE: [(&str, &str); 24] = [
        ("percentage_point", "percentage_point"),
        ("percentage_points", "percentage_point"),
        ("percentage point", "percentage_point"),
        ("percentage points", "percentage_point"),
        ("pp", "percentage_point"),
        ("per cent", "percent"),
        ("basis_point", "basis_point"),
        ("basis_points", "basis_point"),
        ("basis points", "basis_point"),
        ("barrel/day", "barrel/day"),
        ("barrels/day", "barrel/day"),
        ("km/h", "km/h"),
        ("m/s", "m/s"),
        ("km2", "km2"),
        ("m2", "m2"),
        ("m3", "m3"),
        ("ft2", "ft2"),
        ("ft3", "ft3"),
        ("mi2", "mi2"),
        ("magnitude", "magnitude"),
        ("nautical_mile", "nautical_mile"),
        ("light_year", "light_year"),
        ("mwh", "mwh"),
        ("mile/gallon", "mile/gallon"),
    ];
    MORE.into_iter().find(|(name, _)| *name == low.as_str()).map(|(_, id)| id)
}

/// Whether this is the canonical id of a unit, as output has it.
pub(super) fn is_id(id: &str) -> bool {
    // What only [`plain`] and [`apart`] make.
    const APART: [&str; 11] = [
        "nautical_mile",
        "light_year",
        "fluid_ounce",
        "astronomical_unit",
        "newton_metre",
        "pound_foot",
        "ppm",
        "ppb",
        "microgram",
        "magnitude",
        "km/s",
    ];
    let is_time = |id: &str| kind(id) == FigureKind::Duration || id == "gallon";
    let is_plain =
        |id: &str| WORDS.has_value(id) || TOUCHING.has_value(id) || SQUARED.contains(&id) || APART.contains(&id);
    is_plain(id)
        || id.split_once('/').is_some_and(|(id, time)| is_plain(id) && is_time(time))
        || by_name(id) == Some(id)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn units() {
        check("1.5 million barrels a day", &["measure 1500000 barrel/day"]);
        check("two million barrels of crude oil a day", &["measure 2000000 barrel/day"]);
        check("60 miles per hour", &["measure 60 mph"]);
        check("40C heat", &["measure 40 celsius"]);
        check("minus 20 degrees Celsius", &["measure -20 celsius"]);
        check("4km^2 and 4 sq. km", &["measure 4 km2", "measure 4 km2"]);
        check("6ft 3in", &["measure 6.25 foot"]);
        check("25 basis points", &["measure 25 basis_point"]);
        check("5 per cent", &["percent 5 percent"]);
        check("two consecutive days", &["duration 2 day"]);
        check("75 kilowatt hours", &["measure 75 kwh"]);
        check("two second homes", &["count 2 home", "ordinal 2"]);
        check("30 seconds", &["duration 30 second"]);
    }
}
