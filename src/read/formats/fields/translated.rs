//! Names of members in other languages, as spreadsheets and lines above a text have them.

use super::keys::is_known_key;

/// What columns are called in German, French, Spanish, Italian, Portuguese and Dutch, and the key for it. The words
/// stand without spaces and marks.
const TRANSLATED: &[(&str, &[&str])] = &[
    ("title", &["titel", "überschrift", "schlagzeile", "titre", "título", "titulo", "titolo", "titular", "kop"]),
    (
        "text",
        &[
            "texte",
            "texto",
            "testo",
            "tekst",
            "inhalt",
            "volltext",
            "artikeltext",
            "contenu",
            "contenido",
            "cuerpo",
            "artikeltekst",
            "texteintégral",
            "texteintegral",
            "textocompleto",
            "testocompleto",
        ],
    ),
    (
        "date",
        &["datum", "erscheinungsdatum", "veröffentlicht", "datedepublication", "fecha", "data", "datadipubblicazione"],
    ),
    ("author", &["autor", "autorin", "autoren", "verfasser", "auteur", "auteurs", "autores", "autore", "autori"]),
    ("source", &["quelle", "zeitung", "fuente", "fonte", "bron", "krant", "medium", "medientitel", "mediumname"]),
    ("section", &["ressort", "rubrik", "rubrique", "sección", "seccion", "sezione", "seção", "rubriek"]),
    ("url", &["lien", "enlace"]),
    ("language", &["sprache", "langue", "idioma", "lingua", "taal"]),
    ("subtitle", &["untertitel", "unterzeile", "soustitre", "subtítulo", "subtitulo", "sottotitolo", "ondertitel"]),
    (
        "tags",
        &["schlagwörter", "schlagworte", "stichwörter", "motsclés", "palabrasclave", "parolechiave", "trefwoorden"],
    ),
    ("summary", &["zusammenfassung", "vorspann", "résumé", "chapô", "resumen", "sommario", "resumo", "samenvatting"]),
];

/// Names columns of European spreadsheets, and lines above a text, as they are known, unless another one bears that
/// name; whether any was.
pub(in crate::read::formats) fn translate(keys: &mut [String]) -> bool {
    let plain =
        |key: &str| key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let mut is_european = false;
    let known = |key: &String| {
        let name = plain(key);
        TRANSLATED.iter().find(|(_, words)| words.contains(&name.as_str())).map(|(known, _)| *known)
    };
    // English has these words too, for something else.
    let is_english = |key: &&String| matches!(plain(key).as_str(), "data" | "lien" | "medium");
    if !keys.iter().any(|key| known(key).is_some() && !is_english(&key)) {
        return false;
    }
    for at in 0..keys.len() {
        let known = known(&keys[at]);
        if let Some(known) = known.filter(|_| !is_known_key(&keys[at]))
            && !keys.iter().any(|key| plain(key) == known)
        {
            known.clone_into(&mut keys[at]);
            is_european = true;
        }
    }
    is_european
}
