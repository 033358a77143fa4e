//! Languages told by their small words: a second opinion for texts that are short or full of names.

/// The most frequent small words of languages in Latin letters. A word may be of several: what counts is how
/// many of a text's words are in one list.
const LISTS: [(&str, &str); 16] = [
    (
        "en",
        "the of and to in that is was for on with as by at from his her it be are an this which has have had were not said",
    ),
    (
        "de",
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach bei um noch wie über",
    ),
    (
        "nl",
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar door naar bij heeft uit nog werd worden deze over tot wordt hij",
    ),
    (
        "fr",
        "le la les de des du un une et en à que qui dans pour sur au aux est par plus ne pas avec ce il se sont son sa ses cette été l'on d'un d'une",
    ),
    (
        "es",
        "el la los las de del un una y en que a por con para se su al lo es como más pero sus le ha este sobre entre también fue han no",
    ),
    (
        "pt",
        "o a os as de do da dos das um uma e em no na nos nas que por com para se ao à mais como mas foi são não pelo pela sobre também seu sua é",
    ),
    (
        "it",
        "il lo la i gli le di del della dei delle un una e in nel nella che per con si da dal al alla non è sono più come ma ha anche su sul questo",
    ),
    (
        "ca",
        "el la els les de del dels un una i en que a per amb és no al als ha més també com aquest aquesta seva seu són però",
    ),
    (
        "sv",
        "och i att en som det på är av för den till med de inte har om ett från var men vid sig under efter också säger vi kan ska",
    ),
    (
        "da",
        "og i at en det er som på til af den med de for ikke har et fra der var sig men også efter blev siger om kan han skal vil",
    ),
    (
        "nb",
        "og i å at en det er som på til av den med de for ikke har et fra var seg men også etter ble sier om kan han skal vil",
    ),
    ("fi", "ja on ei että se oli hän ovat myös kun mutta joka ole mukaan sekä kuin jo niin vain tai sen siitä"),
    (
        "pl",
        "w i na z do się nie że to jest o jak po od za przez dla są był było jego ale tym ze oraz które który także",
    ),
    ("cs", "a v na se je z do že to s o i za by pro po od jako jsou byl ale podle která který jeho také už ve"),
    ("hu", "a az és hogy nem is egy van volt meg ez de csak már mint el azt még lesz után szerint ki"),
    ("tr", "ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ise ama olduğu göre değil her"),
];

/// Fewer words of a list than this are chance.
const FEWEST: usize = 4;
/// Share of a text's words that are of its language's list: one in so many, at least. News is at one in three.
const SHARE: usize = 6;

/// The language whose small words a text has, if it is plain: an ISO 639-1 code. Danish and Norwegian differ in
/// few words, and one more decides.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let words: Vec<String> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '"' | '“' | '”' | '«' | '»')
        })
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    let count = |list: &str| words.iter().filter(|word| list.split(' ').any(|other| other == word.as_str())).count();
    let mut counts: Vec<(usize, &str)> = LISTS.iter().map(|(language, list)| (count(list), *language)).collect();
    counts.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let [(best, language), (second, next), ..] = counts[..] else { return None };
    let are_kin = matches!((language, next), ("da", "nb") | ("nb", "da"));
    let is_plain = if are_kin { best > second } else { best * 4 > second * 5 };
    (best >= FEWEST && best * SHARE > words.len() && is_plain).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(language(text), expected, "{text}");
    }

    #[test]
    fn small_words_tell_languages_that_look_alike() {
        check("Statsministeren siger, at Danmark sender våben, og at der blev talt om det efter mødet.", Some("da"));
        check("Statsministeren sier at Norge sender våpen, og at det ble snakket om det etter møtet.", Some("nb"));
        check("Statsministern säger att Sverige skickar vapen, och att det inte är för sent.", Some("sv"));
        check("De wethouder zei dat de woningen van de gemeente zijn, en niet van het rijk.", Some("nl"));
        check("Der Bürgermeister sagte, dass die Wohnungen der Stadt gehören und nicht dem Land.", Some("de"));
        check("O ministro disse que a ponte não é do governo, mas da cidade, e que foi paga por todos.", Some("pt"));
        check("El ministro dijo que el puente no es del gobierno, sino de la ciudad y de los vecinos.", Some("es"));
    }

    #[test]
    fn names_and_numbers_tell_nothing() {
        check("Kyiv Olena Shevchenko 390 Siemens Berlin", None);
        check("", None);
    }
}
