//! Names of months, in the languages that news is read in.
//!
//! Whole names in the cases that dates put them in, and usual short forms. A form that means different
//! months in two languages is left out, but for `listopada`, which the dot tells apart.

/// Names of January to December: English, German, French, Spanish, Italian, Portuguese, Dutch,
/// Scandinavian, Icelandic, Finnish, Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Slovene,
/// Croatian, Serbian, Macedonian, Bulgarian, Russian, Ukrainian, Belarusian, Hungarian, Romanian,
/// Albanian, Greek, Turkish, Azerbaijani, Uzbek, Kazakh, Georgian, Armenian, Catalan, Galician, Basque,
/// Welsh, Irish, Arabic of Egypt, the Levant and the Maghreb, Hebrew, Persian, Urdu, Hindi, Marathi, Bengali,
/// Gujarati, Tamil, Telugu, Indonesian, Malay, Filipino, Swahili.
pub(super) const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari jaanuar jaan tammikuuta tammikuu \
     stycznia styczeń ledna leden ianuarie ian ocak oca január januára januarja januara janúar janvāris janvārī janvāra \
     sausio sausis siječnja siječanj gener xaneiro urtarrilaren janar yanvar ionawr januarie eanáir январь января янв січня \
     січень студзеня јануар јануара јануари януари қаңтар ιανουαρίου ιανουαριου ιανουάριος ιαν იანვარი იანვარს \
     հունվարի հունվար يناير جانفي ינואר בינואר ژانویه ژانويه جنوری जनवरी जानेवारी জানুয়ারি জানুয়ারী জানু\u{9df}ারি \
     জানু\u{9df}ারী જાન્યુઆરી ஜனவரி జనవరి студзень urtarrila",
    "february feb febr februar feber fevereiro fev février fevrier févr fév febrero febbraio febbr februari helmikuuta \
     helmikuu veebruar veebr lutego luty února únor februarie şubat şub február februára februarja februara febrúar \
     februāris februārī februāra vasario vasaris veljače veljača febrer febreiro otsailaren shkurt fevral chwefror feabhra \
     pebrero февраля февраль фев лютого лютий лютага фебруар фебруара февруари ақпан φεβρουαρίου φεβρουαριου \
     φεβρουάριος φεβ თებერვალი თებერვალს փետրվարի փետրվար فبراير فيفري شباط פברואר בפברואר فوریه فوريه فروری फरवरी \
     फ़रवरी \u{95e}रवरी फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী ফেব্রু\u{9df}ারি ফেব্রু\u{9df}ারী ફેબ્રુઆરી பிப்ரவரி ఫిబ్రవరి люты otsaila",
    "march mar märz maerz mär mars marts marzo março marco maart mrt maaliskuuta maaliskuu märts marca marzec března \
     březen martie mart március márc marec marta martā kovo kovas ožujka ožujak març martxoaren mawrth maret mac machi \
     marso márta марта март мар березня березень сакавіка наурыз μαρτίου μαρτιου μάρτιος μαρ მარტი მარტს մարտի \
     մարտ مارس آذار اذار מרץ במרץ מרס במרס مارچ मार्च মার্চ માર્ચ மார்ச் మార్చి сакавік martxoa",
    "april apr avril avr abril abr aprile aprilie huhtikuuta huhtikuu aprill kwietnia kwiecień dubna duben nisan nis \
     április ápr apríla aprila apríl aprīlis aprīlī aprīļa balandžio balandis travnja travanj apirilaren prill aprel \
     ebrill aprili aibreán aibreáin апреля апрель апр квітня квітень красавіка април априла сәуір απριλίου απριλιου απρίλιος απρ აპრილი \
     აპრილს ապրիլի ապրիլ أبريل ابريل إبريل أفريل نيسان אפריל באפריל آوریل آوريل اپریل अप्रैल एप्रिल এপ্রিল એપ્રિલ ஏப்ரல் \
     ఏప్రిల్ красавік apirila",
    "may mai mayo maggio mag maio mei maj toukokuuta toukokuu maja května květen mayıs május máj mája maijs maijā maija \
     gegužės gegužė svibnja svibanj maig maiatzaren maí bealtaine мая май травня травень мај маја мамыр μαΐου μαϊου μαίου \
     μαιου μάιος μάι მაისი მაისს մայիսի մայիս مايو ماي أيار ايار מאי במאי مه مئی मई মে મે மே మే मे maiatza",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu juuni czerwca czerwiec června červen iunie iun haziran \
     haz június jún júna junij junija juna júní jūnijs jūnijā jūnija birželio birželis lipnja lipanj juny xuño ekainaren \
     qershor iyun mehefin hunyo meitheamh meithimh июня июнь июн червня червень чэрвеня јун јуна јуни юни маусым ιουνίου ιουνιου ιούνιος \
     ιουν ივნისი ივნისს հունիսի հունիս يونيو يونيه جوان حزيران יוני ביוני ژوئن جون जून জুন જૂન ஜூன் జూన్ чэрвень ekaina",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu juuli lipca lipiec července červenec iulie \
     iul temmuz tem július júl júla julij julija jula júlí jūlijs jūlijā jūlija liepos liepa srpnja srpanj juliol xullo \
     uztailaren korrik iyul gorffennaf julai hulyo iúil июля июль июл липня липень ліпеня јул јула јули юли шілде ιουλίου \
     ιουλιου ιούλιος ιουλ ივლისი ივლისს հուլիսի հուլիս يوليو يوليه يوليوز جويلية تموز יולי ביולי ژوئیه ژوئيه جولای \
     جولائی जुलाई जुलै জুলাই જુલાઈ ஜூலை జూలై జులై ліпень uztaila",
    "august aug août aout agosto ago augustus augusti elokuuta elokuu sierpnia sierpień srpna srpen ağustos ağu augusztus \
     augusta avgust avgusta avg ágúst augusts augustā rugpjūčio rugpjūtis kolovoza kolovoz agost abuztuaren gusht avqust \
     awst agustus agt ogos agosti lúnasa августа август авг серпня серпень жніўня тамыз αυγούστου αυγουστου αύγουστος αυγ \
     აგვისტო აგვისტოს օգոստոսի օգոստոս أغسطس اغسطس أوت غشت آب אוגוסט באוגוסט اوت آگوست اگست अगस्त ऑगस्ट আগস্ট অগস্ট ઓગસ્ટ \
     ஆகஸ்ட் ఆగస్టు ઑગસ્ટ жнівень abuztua",
    "september sep sept septembre septiembre setiembre settembre sett setembro syyskuuta syyskuu września wrzesień září \
     septembrie eylül eyl szeptember szept septembra septembris septembrī rugsėjo rugsėjis rujna rujan setembre \
     irailaren shtator sentyabr sentabr medi septemba setyembre septembar сентября сентябрь сент сен вересня вересень \
     верасня септембар септембра септември қыркүйек σεπτεμβρίου σεπτεμβριου σεπτέμβριος σεπ სექტემბერი სექტემბერს \
     սեպտեմբերի սեպտեմբեր سبتمبر شتنبر أيلول ايلول ספטמבר בספטמבר سپتامبر ستمبر सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর \
     સપ્ટેમ્બર செப்டம்பர் సెప్టెంబర్ верасень iraila",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu oktoober października październik \
     října říjen octombrie ekim eki október októbra oktobra oktobris oktobrī spalio spalis urriaren tetor oktyabr \
     oktabr hydref oktoba oktubre oktobar октября октябрь окт жовтня жовтень кастрычніка октобар октобра октомври қазан \
     οκτωβρίου οκτωβριου οκτώβριος οκτ ოქტომბერი ოქტომბერს հոկտեմբերի հոկտեմբեր أكتوبر اكتوبر אוקטובר באוקטובר اکتبر \
     اکتوبر अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর ઓક્ટોબર அக்டோபர் అక్టోబర్ ઑક્ટોબર кастрычнік urria",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad listopadu noiembrie kasım kas \
     nóvember novembra novembris novembrī lapkričio lapkritis studenoga studenog studeni azaroaren nëntor noyabr tachwedd \
     novemba nobyembre samhain samhna novembar ноября ноябрь нояб ноя листопада листопад лістапада новембар новембра ноември қараша \
     νοεμβρίου νοεμβριου νοέμβριος νοε ნოემბერი ნოემბერს նոյեմբերի նոյեմբեր نوفمبر نونبر נובמבר בנובמבר نوامبر نومبر नवंबर \
     नवम्बर नोव्हेंबर নভেম্বর નવેમ્બર நவம்பர் నవంబర్ лістапад azaroa",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro des desember joulukuuta joulukuu \
     detsember dets grudnia grudzień prosince prosinec decembrie aralık ara decembra desembre decembris decembrī gruodžio \
     gruodis prosinca prosinac decembro abenduaren dhjetor dekabr rhagfyr disember desemba disyembre nollaig nollag decembar декабря \
     декабрь дек грудня грудень снежня децембар децембра декември желтоқсан δεκεμβρίου δεκεμβριου δεκέμβριος δεκ \
     დეკემბერი დეკემბერს դեկտեմբերի դեկտեմբեր ديسمبر دجنبر דצמבר בדצמבר دسامبر دسمبر दिसंबर दिसम्बर डिसेंबर ডিসেম্বর \
     ડિસેમ્બર டிசம்பர் డిసెంబర్ снежань abendua",
];

/// Short names of January to December that are words, names or nothing elsewhere: they are months only behind the
/// number of a day, "14 set 2024".
///
/// `lip`, `lis` and `srp` are left out, which are different months to Poles, Czechs and Croats.
pub(super) const SHORT_MONTHS: [&str; 12] = [
    "sty led sij saus urt ean tammi xan yan јан яну січ сту қаң იან հնվ ינו जन जाने জানু જાન્યુ ஜன జన",
    "lut úno velj vas helmi shk ots chw chwef feabh peb лют ақп თებ փտվ феб φεβρ פבר फ़र फेब्रु ফেব ફેબ્રુ பிப் ఫిబ్ర",
    "bře ožu kov maalis martx maw бер сак нау μάρ მარ մրտ மார்",
    "kwi dub tra bal huhti pri ebr aib квіт кра сәу აპრ ապր אפר एप्रि এপ্রি ஏப் ఏప్రి",
    "kvě svi geg touko maiatz beal трав мам μαΐ μαϊ მაი մյս",
    "cze čvn birž kesä qer iyn eka meh meith hun jūn черв чэр ιούν мау ივნ հնս",
    "juill čvc liep heinä korr iyl uzt xul gorff hul jūl лип ліп ιούλ шіл ივლ հլս जुल জুল",
    "sie kol elo rugp gush avq agu ogo ágú abu lún ag серп жні αύγ там აგვ օգս אוג अग ऑग আগ ઑગ ஆக ఆగ",
    "set wrz zář ruj syys rugs sht ira сеп вер қыр σεπτ სექ սեպ ספט सित सप्टें সেপ সেপ্ট સપ્ટે செப் సెప్టెం",
    "paź říj loka spal urr tet hyd жовт кас қаз ოქტ հոկ אוק अक्टू ऑक्टो অক্টো ઑક્ટો அக் అక్టో",
    "stu marras lapkr nën nóv aza tach samh noy nob лист ліс ное нов қар νοέ νοεμ ნოე նոյ נוב नव नोव्हें নভে નવે நவ నవం",
    "gru pro dis joulu gruod dhj abe rhag noll dek дец груд сне жел δεκεμ დეკ դեկ דצמ दिस डिसें ডিসে ડિસે டிச డిసెం",
];

/// January to December in Thai, whole and short.
pub(super) const THAI_MONTHS: [&str; 12] = [
    "มกราคม ม.ค",
    "กุมภาพันธ์ ก.พ",
    "มีนาคม มี.ค",
    "เมษายน เม.ย",
    "พฤษภาคม พ.ค",
    "มิถุนายน มิ.ย",
    "กรกฎาคม ก.ค",
    "สิงหาคม ส.ค",
    "กันยายน ก.ย",
    "ตุลาคม ต.ค",
    "พฤศจิกายน พ.ย",
    "ธันวาคม ธ.ค",
];

/// Farvardin to Esfand: the solar months of Iran, and those of Afghanistan.
pub(super) const PERSIAN_MONTHS: [&str; 12] = [
    "فروردین فروردين حمل",
    "اردیبهشت ارديبهشت ثور",
    "خرداد جوزا",
    "تیر تير سرطان",
    "مرداد امرداد اسد",
    "شهریور شهريور سنبله",
    "مهر میزان ميزان",
    "آبان عقرب",
    "آذر قوس",
    "دی دي جدی جدي",
    "بهمن دلو",
    "اسفند حوت",
];

/// Months whose names are two words: of the Levant and Iraq, and Irish ones.
pub(super) const TWO_WORD_MONTHS: [(&str, &str, i64); 10] = [
    ("كانون", "الثاني", 1),
    ("كانون", "ثاني", 1),
    ("تشرين", "الأول", 10),
    ("تشرين", "الاول", 10),
    ("تشرين", "أول", 10),
    ("تشرين", "الثاني", 11),
    ("كانون", "الأول", 12),
    ("كانون", "الاول", 12),
    ("meán", "fómhair", 9),
    ("deireadh", "fómhair", 10),
];
