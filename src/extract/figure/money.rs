//! Money: signs, codes and words of currencies, before or after a number.
//!
//! Ids are ISO 4217 codes in lower case. Never converts; cents and pence stay cents and pence.

use super::scan::{Class, Homes, View};
use super::table::{Low, Table};
use super::unspaced;

/// Letters that touch a dollar sign, in any case.
static DOLLARS: Table<64> = Table::new(
    "us=usd u.s.=usd usd=usd a=aud au=aud aud=aud aus=aud c=cad ca=cad cad=cad can=cad cdn=cad hk=hkd hkd=hkd nz=nzd nzd=nzd s=sgd sg=sgd sgd=sgd nt=twd \
     r=brl mx=mxn mxn=mxn mex=mxn j=jmd tt=ttd z=zwl n=nad b=bnd bz=bzd fj=fjd ar=ars cl=clp co=cop e=egp",
);

/// Codes, as written (upper case), and other letters that stand before a number.
static CODES: Table<256> = Table::new(
    "USD=usd EUR=eur GBP=gbp JPY=jpy CNY=cny RMB=cny CNH=cny INR=inr AUD=aud CAD=cad HKD=hkd CHF=chf NZD=nzd SGD=sgd SEK=sek NOK=nok DKK=dkk \
     PLN=pln HUF=huf CZK=czk TRY=try ZAR=zar BRL=brl MXN=mxn RUB=rub UAH=uah ILS=ils NIS=ils AED=aed SAR=sar QAR=qar KWD=kwd BHD=bhd OMR=omr JOD=jod \
     THB=thb MYR=myr IDR=idr PHP=php VND=vnd KRW=krw TWD=twd NGN=ngn KES=kes UGX=ugx TZS=tzs GHS=ghs EGP=egp PKR=pkr BDT=bdt LKR=lkr NPR=npr \
     ARS=ars CLP=clp COP=cop PEN=pen UYU=uyu VES=ves RON=ron BGN=bgn RSD=rsd ISK=isk KZT=kzt GEL=gel AMD=amd AZN=azn BYN=byn MAD=mad DZD=dzd TND=tnd \
     IQD=iqd IRR=irr SYP=syp LBP=lbp ETB=etb ZMW=zmw ZWL=zwl MMK=mmk KHR=khr LAK=lak MNT=mnt AFN=afn XOF=xof XAF=xaf BTC=btc ETH=eth DM=dem \
     Rs=inr RS=inr rs=inr Re=inr RM=myr Rp=idr Sh=kes Ksh=kes KSh=kes KShs=kes Tk=bdt Php=php Dh=aed Dhs=aed SFr=chf Fr=chf \
     Kshs=kes Shs=ugx Ush=ugx USh=ugx Ushs=ugx UShs=ugx Tsh=tzs TSh=tzs Tshs=tzs TShs=tzs GHC=ghs GHc=ghs \
     R=zar N=ngn K=zmw P=bwp",
);

/// Names of currencies, in lower case.
static NAMES: Table<256> = Table::new(
    "dollar=usd dollars=usd buck=usd bucks=usd euro=eur euros=eur yen=jpy yuan=cny renminbi=cny kuai=cny pound=gbp pounds=gbp sterling=gbp quid=gbp rupee=inr rupees=inr \
     ruble=rub rubles=rub rouble=rub roubles=rub peso=mxn pesos=mxn won=krw reais=brl rand=zar rands=zar franc=chf francs=chf krona=sek kronor=sek krone=nok kroner=nok \
     złoty=pln złotys=pln złotych=pln zloty=pln zlotys=pln zlotych=pln forint=huf forints=huf koruna=czk korunas=czk lira=try liras=try shekel=ils shekels=ils dirham=aed dirhams=aed dinar=iqd \
     dinars=iqd riyal=sar riyals=sar rial=irr rials=irr baht=thb ringgit=myr ringgits=myr rupiah=idr rupiahs=idr dong=vnd taka=bdt naira=ngn nairas=ngn shilling=kes shillings=kes \
     cedi=ghs cedis=ghs birr=etb hryvnia=uah hryvnias=uah hryvnya=uah tenge=kzt lari=gel bolivar=ves bolivars=ves bolivares=ves kwacha=zmw leu=ron lei=ron lev=bgn leva=bgn \
     markka=fim markkas=fim lire=itl guilder=nlg guilders=nlg drachma=grd drachmas=grd bitcoin=btc bitcoins=btc ether=eth ethers=eth kyat=mmk kyats=mmk kina=pgk som=kgs soum=uzs afghani=afn afghanis=afn \
     cent=cent cents=cent penny=penny pence=penny kopeck=kopeck kopecks=kopeck paise=paisa \
     usd=usd eur=eur gbp=gbp jpy=jpy cny=cny rmb=cny inr=inr aud=aud cad=cad hkd=hkd chf=chf",
);

/// Names of currencies in other languages than English, in lower case.
static FOREIGN: Table<256> = Table::new(
    "euron=eur euroa=eur eurot=eur eura=eur eur=eur евро=eur євро=eur ευρώ=eur dólar=usd dólares=usd dollari=usd dollaro=usd dollaria=usd dolar=usd \
     dolary=usd dolarów=usd dolara=usd dolarů=usd dolárov=usd dolari=usd доллар=usd доллара=usd долларов=usd долар=usd долара=usd долари=usd доларів=usd \
     sterline=gbp funtów=gbp rubel=rub rubli=rub rublos=rub рубль=rub рубля=rub рублей=rub руб=rub гривня=uah гривні=uah гривень=uah грн=uah \
     zł=pln zlotych=pln korun=czk kč=czk đồng=vnd avro=eur liralık=try δολάρια=usd δολάριο=usd \
     रुपये=inr रुपए=inr रुपया=inr रुपयों=inr डॉलर=usd यूरो=eur ডলার=usd ইউরো=eur دولار=usd دولارا=usd يورو=eur دلار=usd یورو=eur ڈالر=usd \
     שקל=ils שקלים=ils דולר=usd דולרים=usd אירו=eur יורו=eur forintot=huf franken=chf franchi=chf francos=chf real=brl reais=brl yuanes=cny yenes=jpy юаней=cny иен=jpy тенге=kzt",
);

/// Names of currencies that are something else in other languages: `language:name`.
static LOCAL: Table<16> = Table::new("hu:ft=huf tr:tl=try tr:lira=try fa:ریال=irr");

/// Words that tell whose pesos a text speaks of.
static PESOS: Table<256> = Table::new(
    "argentina=ars argentino=ars argentinos=ars argentinas=ars bonaerense=ars argentinien=ars argentine=ars argentins=ars \
     méxico=mxn mexico=mxn mexicano=mxn mexicanos=mxn mexicana=mxn mexicanas=mxn mexiko=mxn mexique=mxn messico=mxn messicani=mxn \
     chile=clp chileno=clp chilenos=clp chilena=clp chilenas=clp chili=clp cile=clp colombia=cop colombiano=cop colombianos=cop colombiana=cop \
     colombianas=cop bogotá=cop kolumbien=cop colombie=cop uruguay=uyu uruguayo=uyu uruguayos=uyu uruguaya=uyu montevideo=uyu \
     dominicana=dop dominicano=dop dominicanos=dop cuba=cup cubano=cup cubanos=cup cubana=cup filipinas=php filipino=php filipinos=php \
     argentines=ars argentinian=ars argentinians=ars mexican=mxn mexicans=mxn chilean=clp chileans=clp colombian=cop colombians=cop \
     uruguayan=uyu uruguayans=uyu dominican=dop dominicans=dop cuban=cup cubans=cup philippines=php philippine=php manila=php",
);

/// Words of other languages that stand between a scale and a currency: "3 milliards de dollars".
static OF: Table<8> = Table::new("de di d' d");

/// Names that several currencies share, for countries that are not in [`NATIONAL`].
static GENERIC: Table<32> = Table::new(
    "dollar=dollar dollars=dollar pound=pound pounds=pound peso=peso pesos=peso franc=franc francs=franc dinar=dinar dinars=dinar \
     rupee=rupee rupees=rupee shilling=shilling shillings=shilling krone=krone kroner=krone krona=krona kronor=krona",
);

/// What a country's adjective (or name) makes of a currency's name: `adjective_name`.
static NATIONAL: Table<256> = Table::new(
    "us_dollar=usd american_dollar=usd u.s._dollar=usd australian_dollar=aud canadian_dollar=cad singapore_dollar=sgd singaporean_dollar=sgd zealand_dollar=nzd \
     kong_dollar=hkd taiwan_dollar=twd taiwanese_dollar=twd jamaican_dollar=jmd zimbabwean_dollar=zwl zimbabwe_dollar=zwl namibian_dollar=nad fijian_dollar=fjd \
     egyptian_pound=egp syrian_pound=syp lebanese_pound=lbp sudanese_pound=sdg british_pound=gbp irish_pound=iep cypriot_pound=cyp \
     pakistani_rupee=pkr pakistan_rupee=pkr indian_rupee=inr lankan_rupee=lkr nepali_rupee=npr nepalese_rupee=npr mauritian_rupee=mur \
     mexican_peso=mxn philippine_peso=php argentine_peso=ars argentinian_peso=ars chilean_peso=clp colombian_peso=cop cuban_peso=cup uruguayan_peso=uyu dominican_peso=dop \
     swiss_franc=chf cfa_franc=xof french_franc=frf belgian_franc=bef congolese_franc=cdf rwandan_franc=rwf burundian_franc=bif \
     norwegian_krone=nok danish_krone=dkk swedish_krona=sek icelandic_krona=isk czech_koruna=czk \
     norwegian_crown=nok danish_crown=dkk swedish_crown=sek icelandic_crown=isk czech_crown=czk slovak_crown=skk turkish_lira=try italian_lira=itl \
     iraqi_dinar=iqd kuwaiti_dinar=kwd jordanian_dinar=jod bahraini_dinar=bhd serbian_dinar=rsd algerian_dinar=dzd tunisian_dinar=tnd libyan_dinar=lyd \
     uae_dirham=aed emirati_dirham=aed moroccan_dirham=mad saudi_riyal=sar qatari_riyal=qar omani_rial=omr yemeni_rial=yer iranian_rial=irr \
     kenyan_shilling=kes ugandan_shilling=ugx tanzanian_shilling=tzs somali_shilling=sos south_won=krw korean_won=krw north_won=kpw \
     russian_ruble=rub russian_rouble=rub belarusian_ruble=byn japanese_yen=jpy chinese_yuan=cny israeli_shekel=ils south_rand=zar african_rand=zar euro_cent=cent us_cent=cent \
     peruvian_sol=pen brazilian_real=brl german_mark=dem deutsche_mark=dem american_buck=usd mexican_pesos=mxn",
);

/// Words before an amount that begins with one letter and has neither a comma nor a scale: "at N617 a litre", where
/// "the N340" is a road.
static BEFORE_LETTER: Table<64> = Table::new(
    "for of at to than about pay paid pays costs cost from by between and worth over only some nearly almost around under \
     least charged charging fined spent earn earns earned sold buy bought",
);

/// Words that tell which country a text is about, with its currency.
static COUNTRIES: Table<64> = Table::new(
    "philippines=php philippine=php filipino=php filipinos=php manila=php peso=php pesos=php quezon=php cebu=php \
     botswana=bwp batswana=bwp gaborone=bwp pula=bwp zambia=zmw zambian=zmw zambians=zmw lusaka=zmw \
     papua=pgk png=pgk moresby=pgk kina=pgk malawi=mwk malawian=mwk malawians=mwk lilongwe=mwk blantyre=mwk \
     kenya=kes kenyan=kes kenyans=kes nairobi=kes tanzania=tzs tanzanian=tzs tanzanians=tzs dodoma=tzs \
     uganda=ugx ugandan=ugx ugandans=ugx kampala=ugx",
);

/// Letters that several countries write for their currencies, and these currencies.
const SHARED: [(&[&str], &[&str]); 3] =
    [(&["P"], &["bwp", "php"]), (&["K"], &["zmw", "pgk", "mwk"]), (&["Sh", "Shs"], &["kes", "ugx", "tzs"])];

/// Where the pesos of a text stand in [`Homes`].
const PESO: usize = SHARED.len();

/// What "pounds of" money are of; of anything else, pounds are a weight.
static POUNDS_OF: Table<64> = Table::new(
    "debt debts cash taxpayers public savings investment aid funding cuts tax damage money goods assets government council \
     its their his her",
);

/// Words that make pounds money, or with `w` a weight.
static PAID_OR_WEIGHED: Table<128> = Table::new(
    "weighing=w weighed=w weighs=w weigh=w weight=w heavy=w lost=w lose=w losing=w gained=w lift=w lifting=w lifted=w thrust=w \
     cost costs costing paid pay pays price priced worth spent spend spending fine fined save earn earned earns sold debt \
     budget revenue profit profits owed raised value valued prize reward salary fee fees loan grant borrowed invest invested",
);

/// What a "10-pound" one of is priced and not weighed.
static PRICED: Table<32> = Table::new("note coin fine prize deal project contract house reward bill");

/// The id of a currency sign.
pub(super) fn sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" | "＄" => "usd",
        "£" | "₤" | "￡" => "gbp",
        "€" => "eur",
        "¥" | "￥" => "jpy",
        "₹" | "₨" => "inr",
        "₽" => "rub",
        "₩" | "￦" => "krw",
        "₪" => "ils",
        "₺" => "try",
        "₴" => "uah",
        "₦" => "ngn",
        "₱" => "php",
        "฿" => "thb",
        "₫" => "vnd",
        "₡" => "crc",
        "₭" => "lak",
        "₵" => "ghs",
        "₸" => "kzt",
        "₮" => "mnt",
        "₲" => "pyg",
        "₼" => "azn",
        "₾" => "gel",
        "₿" => "btc",
        "¢" => "cent",
        _ => return None,
    })
}

/// The id of the currency sign at a token: one sign is that of yen and of yuan.
fn sign_in(view: &View, at: usize) -> Option<&'static str> {
    let id = sign(view.str(at))?;
    Some(if id == "jpy" && view.language() == "zh" { "cny" } else { id })
}

/// The currency whose sign or letters end right before token `i` and begin at or after `floor`: id, and
/// its first token.
pub(super) fn before(view: &View, i: usize, floor: usize) -> Option<(&'static str, usize)> {
    let at = i.checked_sub(1).filter(|&at| at >= floor)?;
    if view.begins_line(i) {
        return None;
    }
    match view.class(at) {
        Class::Currency => {
            let id = sign_in(view, at)?;
            if view.joined(at) && at > floor && view.is_word(at - 1) {
                if view.str(at) == "$" {
                    if let Some(id) = DOLLARS.get(view.low(at - 1).as_str()) {
                        return Some((id, at - 1));
                    }
                } else if matches!(view.str(at), "¢" | "₵") && view.is(at - 1, "gh") {
                    return Some(("ghs", at - 1));
                } else if view.str(at) == "£" && view.any(at - 1, &["E", "LE", "IR"]) {
                    return Some((if view.is(at - 1, "ir") { "iep" } else { "egp" }, at - 1));
                }
            }
            // "C $ 5" and "US $5 million" as some agencies set it.
            let apart = at > floor && matches!(view.str(at - 1), "US" | "HK" | "NZ" | "CDN" | "Cdn" | "hk" | "nz")
                || at > floor + 1 && view.is(at - 1, "c");
            if let Some(national) =
                apart.then(|| DOLLARS.get(view.low(at - 1).as_str())).flatten().filter(|_| id == "usd")
            {
                return Some((national, at - 1));
            }
            Some((id, at))
        }
        // "$US5.3 billion", "$A80m"
        Class::Word if view.joined(i) && at > floor && view.joined(at) && view.str(at - 1) == "$" => {
            DOLLARS.get(view.low(at).as_str()).map(|id| (id, at - 1))
        }
        Class::Word => {
            let id = CODES.get(view.str(at))?;
            if view.str(at).len() == 1 {
                return is_letter_of_money(view, at, i).then_some((id, at));
            }
            // "COP28" is a conference.
            if view.str(at) == "COP" && !is_large(view, i) {
                return None;
            }
            (!matches!(view.str(at), "Fr" | "Sh" | "Re" | "ETH" | "PEN" | "TRY" | "MAD") || view.joined(i))
                .then_some((id, at))
        }
        Class::Mark if view.mark(at, '.') && at > floor => {
            let id = CODES
                .get(view.str(at - 1))
                .filter(|_| view.any(at - 1, &["rs", "rp", "re", "tk", "sh", "shs", "ksh", "fr", "sfr"]))?;
            Some((id, at - 1))
        }
        _ => None,
    }
}

/// The currency that the letters at token `at` stand for in a text about its country; `id` where no country is told.
pub(super) fn at_home(view: &View, at: usize, id: &'static str) -> &'static str {
    let shared = SHARED.iter().position(|(letters, _)| letters.contains(&view.str(at)));
    shared.and_then(|nth| view.homes(homes)[nth]).unwrap_or(id)
}

/// For each of [`SHARED`] the currency whose country a text names most often.
fn homes(view: &View) -> Homes {
    let named: Vec<&str> = (0..view.n_tokens()).filter_map(|i| COUNTRIES.get(view.low(i).as_str())).collect();
    let [p, k, sh] = SHARED.map(|(_, ids)| {
        let n_named = |id: &str| named.iter().filter(|named| **named == id).count();
        ids.iter().copied().filter(|id| n_named(id) > 0).max_by_key(|id| n_named(id))
    });
    [p, k, sh, pesos(view)]
}

/// The pesos of the country that a text names, if it names one more often than others.
fn pesos(view: &View) -> Option<&'static str> {
    let mut named: Vec<&str> = (0..view.n_tokens()).filter_map(|i| PESOS.get(view.low(i).as_str())).collect();
    named.sort_unstable();
    let mut counts: Vec<(usize, &str)> =
        named.chunk_by(|one, other| one == other).map(|ids| (ids.len(), ids[0])).collect();
    counts.sort_unstable();
    match counts.as_slice() {
        [.., (second, _), (most, _)] if second == most => None,
        [.., (_, id)] => Some(id),
        [] => None,
    }
}

/// Whether the letter at token `at` is a currency: it touches a large or broken number, and begins no name ("N95",
/// "Nokia N900").
fn is_letter_of_money(view: &View, at: usize, i: usize) -> bool {
    let is_told = view.str(at) == "R" || at > 0 && BEFORE_LETTER.has(view.low(at - 1).as_str());
    view.joined(i) && (is_large(view, i) || view.str(i).len() >= 3 && is_told)
}

/// Whether the number at token `i` has thousands set apart, or a scale ("4-billion").
fn is_large(view: &View, i: usize) -> bool {
    let is_grouped = view.str(i).contains(',') && view.str(i).split(',').skip(1).all(|group| group.len() >= 3);
    let scaled = super::numerals::at(view, i, i, true).filter(|numeral| numeral.scale >= 1e3);
    // "K2 b" has a letter of its own.
    is_grouped || scaled.is_some_and(|numeral| view.joined(i + 1) || view.str(numeral.next - 1).len() > 1)
}

/// The currency that begins at token `j`, right after a number worth `value`: id and next token.
pub(super) fn after(view: &View, j: usize, value: f64, scaled: bool) -> Option<(&'static str, usize)> {
    let hyphen = view.hyphen(j);
    let at = if hyphen { j + 1 } else { j };
    if view.begins_line(at) {
        return None;
    }
    if view.class(at) == Class::Currency {
        // "10 $30" and "5 €6": the sign belongs to the number that it touches.
        let next_number = view.is_number(at + 1) && (view.joined(at + 1) || !view.joined(at));
        return sign_in(view, at).filter(|_| !next_number).map(|id| (id, at + 1));
    }
    let text = view.str(at);
    if view.joined(at) && !hyphen && matches!(text, "p" | "c" | "kr") {
        let id = match text {
            "p" => "penny",
            "c" => "cent",
            _ => "sek",
        };
        return Some((id, at + 1));
    }
    if view.is_word(at)
        && text.len() == 3
        && !text.bytes().any(|byte| byte.is_ascii_lowercase())
        && text != "ETH"
        && let Some(id) = CODES.get(text)
    {
        return Some((id, at + 1));
    }
    if !view.has_words() {
        return foreign(view, at);
    }
    name(view, at, hyphen, value, scaled)
}

/// The currency at token `at` of a text that is not English.
fn foreign(view: &View, at: usize) -> Option<(&'static str, usize)> {
    let at = if OF.has(view.low(at).as_str()) && !view.begins_line(at + 1) { at + 1 } else { at };
    if let Some(found) = unspaced::currency(view, at) {
        return Some(found);
    }
    let low = view.low(at);
    let name = low.as_str().strip_prefix("d'").unwrap_or(low.as_str());
    if let Some(id) = LOCAL.get_in(view.language(), name) {
        return Some((id, at + 1));
    }
    let id = match name {
        "kroner" | "kronor" | "krone" | "krona" | "kr" => view.krone()?,
        "peso" | "pesos" => match PESOS.get(view.low(at + 1).as_str()).filter(|_| !view.begins_line(at + 1)) {
            Some(id) => return Some((id, at + 2)),
            None => view.homes(homes)[PESO].unwrap_or("peso"),
        },
        // A weight as well, as often as not.
        "pound" | "pounds" => return None,
        _ => NAMES.get(name).or_else(|| FOREIGN.get(name))?,
    };
    Some((id, at + 1))
}

/// A currency's name at token `at`, one or two adjectives of country before it.
fn name(view: &View, at: usize, hyphen: bool, value: f64, scaled: bool) -> Option<(&'static str, usize)> {
    // Marks and reals are currencies only with their country.
    if let Some(last) = [at + 1, at + 2].into_iter().find(|&last| national(view, last).is_some()) {
        return Some((national(view, last)?, last + 1));
    }
    let low = view.low(at);
    let Some(id) = NAMES.get(low.as_str()) else {
        // "100,000 Georgian lari": a country that does not matter; but never the wrong dollar.
        let id = NAMES.get(view.low(at + 1).as_str()).filter(|_| view.capital(at) && !view.begins_line(at + 1))?;
        let shared = matches!(
            id,
            "usd" | "gbp" | "mxn" | "chf" | "iqd" | "inr" | "kes" | "try" | "nok" | "sek" | "cent" | "krw"
        );
        let name = view.low(at + 1);
        return Some((if shared { GENERIC.get(name.as_str()).filter(|id| !id.is_empty())? } else { id }, at + 2));
    };
    let certain = match id {
        // "won" is a verb first; "pounds" are a weight unless something says money; "som" and "ether" ...
        "krw" => {
            scaled
                || value >= 100.0
                    && !view.any(at + 1, &["the", "a", "by", "in", "at", "and"])
                    && !super::noun::plural(view, at + 1)
        }
        "gbp" if low.as_str() != "sterling" && low.as_str() != "quid" && low.as_str() != "gbp" => {
            return pounds(view, at, hyphen, value, scaled)
                .then_some((id, at + 1 + usize::from(view.is(at + 1, "sterling"))));
        }
        "kgs" | "uzs" | "eth" | "pgk" | "ron" | "bgn" | "vnd" => scaled || value >= 10.0,
        _ => true,
    };
    let id = if id == "mxn" && low.as_str() != id { view.homes(homes)[PESO].unwrap_or(id) } else { id };
    certain.then_some((id, at + 1))
}

fn national(view: &View, last: usize) -> Option<&'static str> {
    let (country, name) = (view.low(last - 1), view.low(last));
    let name = name.as_str().strip_suffix('s').unwrap_or(name.as_str());
    let name = match name {
        "kroner" => "krone",
        "kronor" => "krona",
        "reai" => "real",
        name => name,
    };
    let mut key = [0u8; super::table::MAX_WORD_BYTES];
    let (c, n) = (country.as_str().as_bytes(), name.as_bytes());
    let end = c.len() + 1 + n.len();
    let key = key.get_mut(..end)?;
    key[..c.len()].copy_from_slice(c);
    key[c.len()] = b'_';
    key[c.len() + 1..].copy_from_slice(n);
    NATIONAL.get(std::str::from_utf8(key).ok()?)
}

/// Whether the pounds at token `at` are money and not a weight.
fn pounds(view: &View, at: usize, hyphen: bool, value: f64, scaled: bool) -> bool {
    // How far back a verb of paying or weighing is heard.
    const REACH: usize = 8;
    if view.is(at + 1, "sterling") {
        return true;
    }
    if view.is(at + 1, "of") {
        return POUNDS_OF.get(view.low(at + 2).as_str()).is_some();
    }
    for k in (at.saturating_sub(REACH)..at).rev() {
        if view.begins_sentence(k + 1) {
            break;
        }
        if let Some(tag) = PAID_OR_WEIGHED.get(view.low(k).as_str()) {
            return tag != "w";
        }
    }
    scaled && value >= 1e6 || hyphen && PRICED.has(view.low(at + 1).as_str())
}

/// Whether the name or code of a currency stands at token `j`.
pub(super) fn noun_follows(view: &View, j: usize) -> bool {
    NAMES.has(view.low(j).as_str()) || CODES.has(view.str(j)) && view.str(j).len() == 3
}

/// Whether a token may begin a currency that precedes its number.
pub(super) fn is_code(view: &View, i: usize) -> bool {
    CODES.has(view.str(i)) && !matches!(view.str(i), "N" | "K" | "P")
}

/// The currency that is written so (`$`, `usd`, `US$`, `euros`), by id.
pub(super) fn by_name(surface: &str) -> Option<&'static str> {
    let low = Low::new(surface);
    let dollars = surface.strip_suffix('$').filter(|letters| !letters.is_empty());
    let code = |surface: &str| {
        let mut upper = [0u8; 3];
        (surface.len() == 3).then(|| upper.copy_from_slice(&surface.as_bytes()[..3]))?;
        upper.make_ascii_uppercase();
        CODES.get(std::str::from_utf8(&upper).ok()?)
    };
    sign(surface)
        .or_else(|| dollars.and_then(|letters| DOLLARS.get(Low::new(letters).as_str())))
        .or_else(|| NAMES.get(low.as_str()))
        .or_else(|| CODES.get(surface).filter(|_| !matches!(surface, "N" | "K" | "P")))
        .or_else(|| code(surface))
}

/// Whether this is the id of a currency, as output has it.
pub(super) fn is_id(id: &str) -> bool {
    let is_of_name = || NAMES.has_value(id) || NATIONAL.has_value(id) || GENERIC.has_value(id) || PESOS.has_value(id);
    let is_of_code = || CODES.has_value(id) || DOLLARS.has_value(id) || COUNTRIES.has_value(id);
    is_of_name() || is_of_code() || FOREIGN.has_value(id) || LOCAL.has_value(id)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_in};

    #[test]
    fn names_of_money_in_other_languages() {
        check_in(
            "es",
            "Pagó 1.300,5 pesos mexicanos y 2 millones de pesos argentinos",
            &["money 1300.5 mxn", "money 2000000 ars"],
        );
        check_in("es", "En Argentina costó 20,5 pesos", &["money 20.5 ars"]);
        check("Argentina will spend 2 billion pesos.", &["money 2000000000 ars"]);
        check("It cost 2 billion pesos.", &["money 2000000000 mxn"]);
        check_in("es", "Costó 20,5 pesos", &["money 20.5 peso"]);
        check_in("es", "Entre Chile y Colombia, 20,5 pesos", &["money 20.5 peso"]);
        check_in("da", "2,5 kr", &["money 2.5 dkk"]);
        check_in("de", "2,5 kr", &[]);
        check_in("de", "5 ft tief", &["measure 5 foot"]);
        check_in("ja", "￥500", &["money 500 jpy"]);
    }

    #[test]
    fn money() {
        check("$1.2bn", &["money 1200000000 usd"]);
        check("US$5", &["money 5 usd"]);
        check("a $US5.3 billion profit", &["money 5300000000 usd"]);
        check("an $A80m loan and $NZ90 million", &["money 80000000 aud", "money 90000000 nzd"]);
        check("Cdn$5 million, CDN $11,000", &["money 5000000 cad", "money 11000 cad"]);
        check("HK $3 million", &["money 3000000 hkd"]);
        check("a $5 fee", &["money 5 usd"]);
        check("Rs. 1,50,000", &["money 150000 inr"]);
        check("R500 million", &["money 500000000 zar"]);
        check("R4-billion", &["money 4000000000 zar"]);
        check("N4.5 million and N5,000", &["money 4500000 ngn", "money 5000 ngn"]);
        check("N200m", &["money 200000000 ngn"]);
        check("petrol at N617 a litre", &["money 617 ngn"]);
        check("Manila will pay P2.3 million", &["money 2300000 php"]);
        check("Tanzania borrowed Sh500bn and Port Moresby K5,000", &["money 500000000000 tzs", "money 5000 pgk"]);
        check("K4.5 million", &["money 4500000 zmw"]);
        check("P2.3 million", &["money 2300000 bwp"]);
        check("GH¢2.4 billion", &["money 2400000000 ghs"]);
        check("Shs3.4 trillion, Ush5bn", &["money 3400000000000 ugx", "money 5000000000 ugx"]);
        check("Tsh500bn", &["money 500000000000 tzs"]);
        check("112 Norwegian crowns", &["money 112 nok"]);
        check("20 billion Czech crowns", &["money 20000000000 czk"]);
        check("COP 2,000", &["money 2000 cop"]);
        check("50p", &["money 50 penny"]);
        check("80 New Zealand dollars", &["money 80 nzd"]);
        check("100 Georgian lari", &["money 100 gel"]);
        check("millions of dollars", &["money 1000000..10000000 usd ~"]);
        check("10 billion won", &["money 10000000000 krw"]);
        check("a million-dollar prize", &["money 1000000 usd"]);
    }

    #[test]
    fn no_money() {
        check("the five won the race", &["count 5"]);
        check("200 pounds of cocaine", &["measure 200 lb"]);
        check("fined 200 pounds", &["money 200 gbp"]);
        check("the COP28 summit, at COP 30", &["name 28", "name 30"]);
        check("an N95 mask, a K9 unit, a Nokia N900", &["name 95", "name 9", "name 900"]);
        check("on the N340, near K2", &["name 340", "name 2"]);
    }
}
