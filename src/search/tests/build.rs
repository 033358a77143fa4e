//! Small indexes from written articles and a toy extractor that knows a handful of names.

use std::path::Path;
use std::sync::Arc;

use jiff::civil;
use tantivy::{Index, IndexWriter, merge_policy::NoMergePolicy};

use crate::article::{Article, Format, Origin, PublicationDate};
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Change, Figure, FigureKind};
use crate::mention::{Entity, Kind, Mention, PlaceFacts, Span};
use crate::schema::document::DocumentBuilder;
use crate::schema::stored::{FileRow, StoredReject};
use crate::schema::{build, register_tokenizers};
use crate::search::query::{Expr, Node, ParseConfig, Pattern, Query, Scope, parse};
use crate::search::{SearchRequest, Searcher};

/// Surface, kind, key, name, path.
const NAMES: &[(&str, Kind, &str, &str, &str)] = &[
    ("Volodymyr Zelensky", Kind::Person, "volodymyr-zelensky", "Volodymyr Zelensky", ""),
    ("Zelenskiy", Kind::Person, "volodymyr-zelensky", "Volodymyr Zelensky", ""),
    ("Zelensky", Kind::Person, "volodymyr-zelensky", "Volodymyr Zelensky", ""),
    ("Theresa May", Kind::Person, "theresa-may", "Theresa May", ""),
    ("Mrs M.", Kind::Person, "theresa-may", "Theresa May", ""),
    ("Jane Doe", Kind::Person, "jane-doe", "Jane Doe", ""),
    ("Jane Roe", Kind::Person, "jane-roe", "Jane Roe", ""),
    ("New York", Kind::Place, "new-york", "New York", "/north-america/united-states/new-york"),
    ("Kyiv", Kind::Place, "kyiv", "Kyiv", "/europe/ukraine/kyiv"),
    ("Ukraine", Kind::Place, "ukraine", "Ukraine", "/europe/ukraine"),
    ("Ukrainian", Kind::Demonym, "ukraine", "Ukraine", "/europe/ukraine"),
    ("Bank of York", Kind::Org, "bank-of-york", "Bank of York", ""),
    ("Red Cross", Kind::Org, "red-cross", "Red Cross", ""),
];

pub(in crate::search) fn text(title: &str, body: &str) -> Article {
    Article {
        origin: Origin { path: Arc::from("/news/a.txt"), record: None },
        own_id: None,
        title: title.to_owned(),
        body: body.to_owned(),
        date: None,
        authors: vec![],
        source: None,
        section: None,
        url: None,
        language: Some("en".to_owned()),
        tags: vec![],
        format: Format::Text,
    }
}

/// Some articles with everything in them.
pub(super) fn samples() -> Vec<Article> {
    let dated = |article: Article, year, month, day| Article {
        date: Some(PublicationDate::day(civil::date(year, month, day))),
        ..article
    };
    let mut articles = vec![
        dated(
            text(
                "Prisoners freed in exchange",
                "KYIV. Some 390 prisoners left Kyiv on Friday. Volodymyr Zelensky said that 270 soldiers and \
                 120 civilians were freed.\n\nUkrainian officials praised the Red Cross.",
            ),
            2025,
            5,
            23,
        ),
        dated(
            text(
                "Second day of the exchange",
                "Another 307 prisoners came home to Ukraine. Zelenskiy thanked the banks that paid $5 and the \
                 Bank of York.",
            ),
            2025,
            5,
            24,
        ),
        dated(
            text("Bank fraud trial opens", "Jane Doe denied fraud at the Bank of York. The bank lost $400."),
            2024,
            1,
            2,
        ),
        dated(
            text(
                "Fraud in banking",
                "The fraud at a bank in New York cost $700. Jane Roe, a banker, was near the bank. Bank fraud rose.",
            ),
            2024,
            2,
            3,
        ),
        text("Undated words", "A well-known word, twenty-one of them, and the banks again. Nobody said why."),
        text("", "An article without a title about women, a woman and wombats in the U.S. and Kyiv."),
        dated(
            text("Storm over the sea", "The storm took 12 soldiers. 3 prisoners drowned near New York."),
            2023,
            12,
            31,
        ),
        dated(text("Women of Kyiv", "Women of Kyiv, Ukraine and the Red Cross met Jane Doe."), 2022, 6, 6),
        text("Один день", "Зеленський приїхав у Київ. Straße, Łódź, Erdoğan."),
        text("The the the", "the the of and"),
        dated(text("Copy", "The same words in two places."), 2020, 1, 1),
        dated(text("Copy", "The same words in two places."), 2020, 1, 1),
    ];
    for (index, article) in articles.iter_mut().enumerate() {
        article.origin.path = Arc::from(format!("/news/2024/file{index}.txt"));
        article.source = [Some("North Sea Wire"), Some("The New York Courier"), None][index % 3].map(str::to_owned);
        article.section = (index % 4 == 0).then(|| "World".to_owned());
        article.authors =
            if index % 2 == 0 { vec!["Ann Lee".to_owned()] } else { vec!["Bo Lee".to_owned(), "Ann Lee".to_owned()] };
        article.tags = if index % 5 == 0 { vec!["war".to_owned(), "war".to_owned()] } else { vec![] };
        article.own_id = (index < 4).then(|| format!("id-{}", index.max(1)));
    }
    // Of one content and no exact copy: its tag stands once.
    articles[11] =
        Article { origin: articles[11].origin.clone(), tags: vec!["war".to_owned()], ..articles[10].clone() };
    articles[8].language = Some("uk".to_owned());
    articles[6].date = PublicationDate::year(2023);
    articles
}

/// Units of the toy extractor, without a final `s`.
const UNITS: &[(&str, &str)] = &[("km", "km"), ("mile", "mile"), ("percent", "percent")];

/// The samples, and articles with what other engines are known to trip over.
pub(super) fn conformance_corpus() -> Vec<Article> {
    let mut articles = samples();
    let long = "x".repeat(50);
    let more = [
        (
            "O'Brien's boar",
            "It's O’Brien's boar, a bold one; the boars left the boarding house. “Bank fraud”, he said.",
        ),
        (
            "Numbers of the week",
            "Some 2,000 troops and 40 families walked 5 km or 3 miles in the U.S. in a week. Only 12 percent came \
             back by 1.30 p.m., COVID-19 or not.",
        ),
        ("Long words", &format!("A word of {long} and of {long}yz letters, and well-known twenty-one more.")),
        (
            "Immigration and asylum",
            "Immigrants met immigration officers; anti-immigrant talk followed. An asylum seeker and some \
             terrorists stood near the immigration office. Extremists said nothing of refugees.",
        ),
        (
            "Talks in Kyiv",
            "The prisoner exchange was agreed in Kyiv. Jane Roe lost $1200 in a fraud at the Bank of York, and \
             a loan of $2,500,000 was refused to Jane Doe.",
        ),
        (
            "A slow exchange of prisoners",
            "The exchange of a hundred words about weather, trains, bread and butter went on until somebody at last \
             said Ukraine. Prisoners heard nothing of the exchange.",
        ),
        ("House of mirrors", "House, house, house: the house that houses housed. Zelensky, Zelenskiy and Zelenskij."),
        ("", "Only a body with a naïve café owner from Zürich, and a resume that became a résumé."),
    ];
    for (index, (title, body)) in more.into_iter().enumerate() {
        let mut article = text(title, body);
        article.origin.path = Arc::from(format!("/news/2025/more{index}.html"));
        article.format = if index % 2 == 0 { Format::Html } else { Format::Markdown };
        article.source = [Some("Reuters"), None, Some("The Old Town Gazette")][index % 3].map(str::to_owned);
        article.section = (index % 3 == 0).then(|| "Business".to_owned());
        article.authors = if index % 2 == 1 { vec!["Seán O'Hara".to_owned()] } else { vec![] };
        article.tags = if index == 2 { vec!["long read".to_owned(), "ai".to_owned()] } else { vec![] };
        article.own_id = (index == 3).then(|| "wire/3".to_owned());
        article.date = match index {
            0 => PublicationDate::month(2022, 3),
            1 => PublicationDate::year(2024),
            2 => None,
            _ => Some(PublicationDate::day(civil::date(2025, 5, 15 + i8::try_from(index).unwrap_or(0)))),
        };
        articles.push(article);
    }
    articles
}

/// What the toy extractor finds.
pub(in crate::search) fn extract(article: &Article) -> Extraction {
    let mut extraction = Extraction { language: article.language.clone(), ..Extraction::default() };
    extraction.title = find(&article.title, &mut extraction.entities);
    extraction.body = find(&article.body, &mut extraction.entities);
    extraction
}

fn find(text: &str, entities: &mut Vec<Entity>) -> Findings {
    let mut findings = Findings::default();
    let mut at = 0;
    'places: while at < text.len() {
        for &(surface, kind, key, name, path) in NAMES {
            if text[at..].starts_with(surface) {
                let known = entities.iter().position(|entity| entity.key == key && entity.kind == kind.entity_kind());
                let entity = known.unwrap_or_else(|| {
                    let place = (!path.is_empty()).then(|| PlaceFacts {
                        gazetteer_id: None,
                        path: path.to_owned(),
                        country: None,
                        coordinates: None,
                        population: None,
                    });
                    let (key, name) = (key.to_owned(), name.to_owned());
                    entities.push(Entity { kind: kind.entity_kind(), key, name, aliases: vec![], place });
                    entities.len() - 1
                });
                if surface != name && !entities[entity].aliases.iter().any(|alias| alias == surface) {
                    entities[entity].aliases.push(surface.to_owned());
                }
                findings.mentions.push(Mention {
                    kind,
                    span: Span::new(at, at + surface.len()),
                    entity: u32::try_from(entity).expect("few entities"),
                });
                at += surface.len();
                continue 'places;
            }
        }
        if let Some(figure) = figure(&text[at..], at) {
            at = figure.span.end as usize;
            findings.figures.push(figure);
            continue;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    findings
}

/// `$5`, `5 km`, or a number before a noun.
fn figure(rest: &str, at: usize) -> Option<Figure> {
    let dollars = rest.strip_prefix('$');
    let is_inner = |c: &char| c.is_ascii_digit() || *c == ',';
    let digits: String = dollars.unwrap_or(rest).chars().take_while(is_inner).collect();
    let digits = digits.trim_end_matches(',');
    let value: f64 = digits.replace(',', "").parse().ok()?;
    let noun = rest[digits.len().min(rest.len())..].trim_start().split([' ', '.', ',']).next().unwrap_or_default();
    let noun = noun.trim_end_matches('s');
    let written = UNITS.iter().find(|(surface, _)| *surface == noun).map(|(_, unit)| (*unit).to_owned());
    let (unit, noun) = match dollars {
        Some(_) => (Some("usd".to_owned()), None),
        None if written.is_some() => (written, None),
        None => (None, (!noun.is_empty()).then(|| noun.to_owned())),
    };
    Some(Figure {
        span: Span::new(at, at + digits.len() + usize::from(dollars.is_some())),
        kind: match unit.as_deref() {
            Some("usd") => FigureKind::Money,
            Some("percent") => FigureKind::Percent,
            Some(_) => FigureKind::Measure,
            None => FigureKind::Count,
        },
        low: value,
        high: value,
        unit,
        noun,
        bound: if value > 300.0 { Bound::AtLeast } else { Bound::Exact },
        change: if value > 600.0 { Change::Up } else { Change::None },
        outcome: None,
    })
}

/// An index with a segment for each slice of articles, and a file row in each.
pub(super) fn index(segments: &[&[Article]]) -> Index {
    let (schema, fields) = build();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut builder = DocumentBuilder::new(fields);
    for (number, articles) in segments.iter().enumerate() {
        let reject = StoredReject { inside: String::new(), record: Some(3), reason: "no text".to_owned() };
        let row = FileRow {
            path: format!("/news/row{number}"),
            modified_ns: 0,
            size_bytes: 1,
            hash: [0; 16],
            content_ids: vec![],
            rejects: if number == 0 { vec![reject] } else { vec![] },
            n_more_rejects: 0,
            n_readings: 0,
        };
        writer.add_document(builder.file_row(&row)).expect("a document");
        for article in *articles {
            let prepared = builder.article(article, &extract(article), &article.origin.path);
            writer.add_document(prepared.document).expect("a document");
        }
        writer.commit().expect("a commit");
    }
    index
}

pub(super) fn searcher(articles: &[Article]) -> Searcher {
    let (first, second) = articles.split_at(articles.len() / 2);
    let searcher = Searcher::of_index(Path::new("test"), &index(&[first, second])).expect("a searcher");
    searcher.with_demonyms(Arc::new(|key, name| key == "ukraine" && name == "ukrainian"))
}

pub(super) fn node(expr: Expr) -> Node {
    Node { expr, span: Span::new(0, 0) }
}

/// Reads a query with the units and nouns of the toy extractor.
pub(super) fn read(typed: &str) -> Query {
    let unit_of = |surface: &str| {
        let lower = surface.to_lowercase();
        let unit = match lower.trim_end_matches('s') {
            "$" | "usd" | "dollar" => "usd",
            "%" | "percent" => "percent",
            "km" | "kilometre" => "km",
            "mile" => "mile",
            _ => return None,
        };
        Some(unit.to_owned())
    };
    let lemma = |noun: &str| noun.trim_end_matches('s').to_owned();
    let config = ParseConfig { today: &|| civil::date(2025, 5, 25), unit_of: &unit_of, lemma: &lemma };
    parse(typed, &config).unwrap_or_else(|error| panic!("{}", error.render(typed)))
}

pub(super) fn word(word: &str) -> Node {
    node(Expr::Text { scope: Scope::Anywhere, pattern: Pattern::Word(word.to_owned()) })
}

pub(super) fn phrase(text: &str, slop: u32) -> Node {
    let pattern = Pattern::Phrase { text: text.to_owned(), slop, exact: false };
    node(Expr::Text { scope: Scope::Anywhere, pattern })
}

pub(super) fn all(words: &str) -> Node {
    node(Expr::All(words.split_whitespace().map(word).collect()))
}

pub(super) fn query(root: Node) -> Query {
    Query { source: String::new(), root: Some(root), mentioned: Vec::new(), notes: Vec::new() }
}

pub(super) fn request(root: Node) -> SearchRequest {
    SearchRequest { limit: 100, ..SearchRequest::new(query(root)) }
}
