//! The other way round: which of many names stand in a text.

use std::collections::{BTreeMap, HashMap};

use super::clusters::NearCopy;
use super::open::EntityAliases;
use crate::mention::{EntityKind, Span};
use crate::schema::analyzer::Analyzer;
use crate::schema::stored::StoredArticle;

/// Names to look out for, thousands of them: the time of a look grows with the text, not with the list.
pub struct WatchList {
    names: Vec<String>,
    lines_without_words: Vec<usize>,
    /// By their first word: all words of a name or alias, folded, whether it begins with a capital, and
    /// the position of the name.
    by_word: HashMap<String, Vec<(Vec<String>, bool, usize)>>,
    /// By key of an entity, as other spellings lead to it.
    by_key: HashMap<(EntityKind, String), usize>,
    /// By the first word of a person's name as the extractor spells it: all its words, and the position of the name.
    by_spelling: HashMap<String, Vec<(Vec<String>, usize)>>,
    aliases: EntityAliases,
}

/// A name of the list that an article has.
#[derive(Clone, Debug, PartialEq)]
pub struct NameFound {
    /// As it stands in the list.
    pub name: String,
    /// As the article first has it.
    pub surface: String,
    /// Where: in the title, else in the body.
    pub in_title: bool,
    /// Bytes of title or body.
    pub span: Span,
    /// How often.
    pub n_times: u64,
    /// The article.
    pub article: NearCopy,
}

impl WatchList {
    /// Reads a list: a name a line, with other names for it after `|`; lines that begin with `#` are
    /// remarks. `aliases` knows other spellings. A name that begins with a capital is found where the text has
    /// one too, in whichever of its words: small particles, as in `Van Gogh` or `Al-Qaeda`, have none there.
    pub fn read(text: &str, aliases: &EntityAliases) -> Self {
        let mut list = Self {
            names: Vec::new(),
            lines_without_words: Vec::new(),
            by_word: HashMap::new(),
            by_key: HashMap::new(),
            by_spelling: HashMap::new(),
            aliases: aliases.clone(),
        };
        let mut analyzer = Analyzer::new();
        for (n_line, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim)) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let spellings = line.split('|').map(str::trim).map(|name| (name, analyzer.exact_words(name)));
            let spellings: Vec<(&str, Vec<String>)> = spellings.filter(|(_, words)| !words.is_empty()).collect();
            let Some((name, _)) = spellings.first() else {
                list.lines_without_words.push(n_line);
                continue;
            };
            let at = list.names.len();
            list.names.push((*name).to_owned());
            for (name, words) in spellings {
                if let Some(first) = words.first() {
                    let is_capital = name.chars().next().is_some_and(char::is_uppercase);
                    list.by_word.entry(first.clone()).or_default().push((words, is_capital, at));
                }
                for kind in EntityKind::ALL {
                    for spelling in aliases(kind, name) {
                        let words: Vec<String> = spelling.split(' ').map(str::to_owned).collect();
                        if let (EntityKind::Person, Some(first)) = (kind, words.first()) {
                            list.by_spelling.entry(first.clone()).or_default().push((words, at));
                        }
                        list.by_key.entry((kind, spelling.replace(' ', "-"))).or_insert(at);
                    }
                }
            }
        }
        list
    }

    /// How many names are on it.
    pub fn n_names(&self) -> usize {
        self.names.len()
    }

    /// Lines, from 1, that are neither empty nor a remark, and have no word to look for.
    pub fn lines_without_words(&self) -> &[usize] {
        &self.lines_without_words
    }

    /// The names that an article has, in the order of the list.
    pub(super) fn find(&self, stored: &StoredArticle, analyzer: &mut Analyzer) -> Vec<NameFound> {
        // For each name, where it stands, title before body; by what it stands there does not matter.
        let mut places: BTreeMap<usize, Vec<(bool, Span)>> = BTreeMap::new();
        let article = &stored.article;
        for (in_title, text) in [(true, &article.title), (false, &article.body)] {
            let mut words: Vec<(Span, String)> = Vec::new();
            analyzer.name_words(text, |word, span| words.push((span, word.to_owned())));
            for (at, (span, word)) in words.iter().enumerate() {
                for (name, with_capital, number) in self.by_word.get(word).into_iter().flatten() {
                    let Some(here) = words.get(at..at + name.len()) else { continue };
                    if !here.iter().map(|(_, word)| word).eq(name) {
                        continue;
                    }
                    let end = here.last().map_or(span.end, |(last, _)| last.end);
                    let span = Span { start: span.start, end };
                    if !with_capital || span.of(text).contains(char::is_uppercase) {
                        places.entry(*number).or_default().push((in_title, span));
                    }
                }
            }
        }
        let extraction = &stored.extraction;
        for (in_title, findings) in [(true, &extraction.title), (false, &extraction.body)] {
            for mention in &findings.mentions {
                let entity = &extraction.entities[mention.entity as usize];
                let surface = mention.span.of(if in_title { &article.title } else { &article.body });
                let by_key = self.by_key.get(&(entity.kind, entity.key.clone())).copied();
                let by_spelling = if entity.kind == EntityKind::Person { self.spelt(surface) } else { Vec::new() };
                for number in by_key.into_iter().chain(by_spelling) {
                    places.entry(number).or_default().push((in_title, mention.span));
                }
            }
        }
        let mut found = Vec::new();
        for (number, mut places) in places {
            places.sort_unstable_by_key(|(in_title, span)| (!in_title, *span));
            // One place told by its words and as a mention is one.
            places.dedup_by(|later, earlier| later.0 == earlier.0 && later.1.overlaps(earlier.1));
            let Some(&(in_title, span)) = places.first() else { continue };
            let text = if in_title { &article.title } else { &article.body };
            found.push(NameFound {
                name: self.names[number].clone(),
                surface: span.of(text).to_owned(),
                in_title,
                span,
                n_times: places.len() as u64,
                article: NearCopy::default(),
            });
        }
        found
    }

    /// The names whose words, as the extractor spells them, a person's name in a text has in sequence.
    fn spelt(&self, surface: &str) -> Vec<usize> {
        let mut numbers = Vec::new();
        for spelling in (self.aliases)(EntityKind::Person, surface) {
            let words: Vec<&str> = spelling.split(' ').collect();
            for (at, word) in words.iter().enumerate() {
                let known = self.by_spelling.get(*word).into_iter().flatten();
                let here = known.filter(|(name, _)| words[at..].get(..name.len()).is_some_and(|here| here == name));
                numbers.extend(here.map(|(_, number)| *number));
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::search::tests::build::{extract, text};

    #[test]
    fn names_are_found_by_words_aliases_and_spellings() {
        let aliases: EntityAliases = Arc::new(|kind, name| match (kind, name) {
            (EntityKind::Person, "Wolodymyr Selenskyj") => vec!["volodymyr zelensky".to_owned()],
            _ => Vec::new(),
        });
        let list = "# whom we watch\n\nWolodymyr Selenskyj\nMay\nRed Cross | Crescent, Red\nNobody Here\nbank fraud";
        let list = WatchList::read(list, &aliases);
        assert_eq!(list.n_names(), 5);
        let article = text(
            "Bank fraud",
            "It may rain. Zelenskiy met the RED CROSS; Red Cross officials may leave. A red crescent rose.",
        );
        let extraction = extract(&article);
        let found = list.find(&StoredArticle { article, extraction }, &mut Analyzer::new());
        let found: Vec<_> = found.iter().map(|name| (&*name.name, &*name.surface, name.n_times)).collect();
        let expected =
            [("Wolodymyr Selenskyj", "Zelenskiy", 1), ("Red Cross", "RED CROSS", 2), ("bank fraud", "Bank fraud", 1)];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_name_alone_is_found_in_other_spellings_of_it() {
        let spellings = crate::extract::Spellings::default();
        let aliases: EntityAliases = Arc::new(move |kind, name| spellings.others(kind, name));
        let list = WatchList::read("Zelensky\nMohammad Khan\nHoward", &aliases);
        let article = text(
            "In brief",
            "President Volodymyr Zelenskiy met Mohammed Ali Khan. Zelenskiy left. Howard Smith and John Howard came.",
        );
        let extraction = extract(&article);
        let found = list.find(&StoredArticle { article, extraction }, &mut Analyzer::new());
        let found: Vec<_> = found.iter().map(|name| (&*name.name, &*name.surface, name.n_times)).collect();
        let expected = [("Zelensky", "Zelenskiy", 2), ("Howard", "Howard", 2)];
        assert_eq!(found, expected);
    }

    #[test]
    fn small_particles_take_no_capital_from_a_name() {
        let none: EntityAliases = Arc::new(|_, _| Vec::new());
        let list = "Al-Qaeda\nVan Gogh\nVon der Leyen\nDe Niro\nD'Arcy\nMay\nRed Cross\nde Gaulle";
        let list = WatchList::read(list, &none);
        let article = text(
            "In brief",
            "Fighters of al-Qaeda fled. A van Gogh hung beside Ursula von der Leyen. Robert de Niro and Ms d'Arcy may \
             leave with a red cross on a sleeve. The de gaulle airport and the van gogh were in small letters.",
        );
        let extraction = crate::extraction::Extraction::default();
        let found = list.find(&StoredArticle { article, extraction }, &mut Analyzer::new());
        let found: Vec<_> = found.iter().map(|name| (&*name.name, &*name.surface, name.n_times)).collect();
        let expected = [
            ("Al-Qaeda", "al-Qaeda", 1),
            ("Van Gogh", "van Gogh", 1),
            ("Von der Leyen", "von der Leyen", 1),
            ("De Niro", "de Niro", 1),
            ("D'Arcy", "d'Arcy", 1),
            ("de Gaulle", "de gaulle", 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_without_a_word_are_told() {
        let none: EntityAliases = Arc::new(|_, _| Vec::new());
        let list = WatchList::read("# remark\n\n| |\n!!!\n! | Kari Holm\n", &none);
        assert_eq!((list.n_names(), list.lines_without_words()), (1, &[3, 4][..]));
    }
}
