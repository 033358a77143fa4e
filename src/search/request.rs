//! What can be asked of an index, and what it answers.

use super::clusters::ClusterHit;
use crate::article::{Article, Origin};
use crate::extraction::Extraction;
use crate::mention::{EntityKind, Span};

use super::explain::Explanation;
use super::query::{DateMatch, EntityMatch, Expr, KeywordField, KeywordMatch, Node, Query};

/// A question.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// What to match.
    pub query: Query,
    /// What to match as well, without a say in the ranking. Spans of filters are not used.
    pub filters: Vec<Node>,
    /// In which order.
    pub sort: Sort,
    /// Hits to return; groups, where hits are grouped.
    pub limit: usize,
    /// Hits or groups to skip before the first one returned.
    pub offset: usize,
    /// How to group the hits, if at all.
    pub group_by: Option<GroupRequest>,
    /// How to show why a hit matched.
    pub snippets: SnippetConfig,
    /// Values to count over all matching articles.
    pub facets: Vec<FacetRequest>,
    /// Only values of facets with a word that begins so, case and accents aside. An entity may have it in
    /// an alias.
    pub facet_match: Option<String>,
    /// Show the best hit of each cluster of near copies only, with the cluster's members.
    pub collapse: bool,
    /// Days in which being recent loses half its worth; `None` where age does not count.
    pub recency: Option<f64>,
    /// Whether every hit says how its score came about.
    pub explain: bool,
    /// A query of plain words is widened until it matches so many articles; `None` for what serves
    /// readers. For runs that are judged to a depth.
    pub widen_to: Option<u64>,
}

impl SearchRequest {
    /// The ten best articles for a query, with the usual snippets and no facets.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            filters: Vec::new(),
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            group_by: None,
            snippets: SnippetConfig::default(),
            facets: Vec::new(),
            facet_match: None,
            collapse: false,
            recency: None,
            explain: false,
            widen_to: None,
        }
    }
}

/// Order of hits. Articles of equal rank are ordered by content and place, the same in every index.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Worst first: the other way round.
    RelevanceAscending,
    /// Newest first, undated last.
    Date,
    /// Oldest first, undated last.
    DateAscending,
    /// By publication from A to Z, newest first within one; without a publication last.
    Source,
    /// By publication from Z to A, else as [`Self::Source`].
    SourceDescending,
}

/// What hits are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupField {
    /// Publications.
    Source,
    /// Months of publication; a date without a month is a group of its year.
    Month,
    /// Clusters of near copies, by their ids; an article without near copies is a group of its own, by its
    /// content id.
    Cluster,
}

impl GroupField {
    /// Every field, in the order of the documentation.
    pub const ALL: [GroupField; 3] = [GroupField::Source, GroupField::Month, GroupField::Cluster];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            GroupField::Source => "source",
            GroupField::Month => "month",
            GroupField::Cluster => "cluster",
        }
    }
}

/// How to group hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupRequest {
    /// By what.
    pub field: GroupField,
    /// Most hits to return of a group.
    pub n_hits: usize,
}

/// Size of snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnippetConfig {
    /// Most passages of an article; 0 for none.
    pub n_passages: usize,
    /// Most characters of a passage.
    pub max_chars: usize,
}

impl Default for SnippetConfig {
    fn default() -> Self {
        Self { n_passages: 2, max_chars: 240 }
    }
}

/// Values of which field to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field.
    pub field: FacetField,
    /// Most values to return, most frequent first.
    pub limit: usize,
}

/// Fields whose values can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// People.
    Person,
    /// Places, ones named by demonym included.
    Place,
    /// Organisations.
    Org,
    /// Publications.
    Source,
    /// Sections.
    Section,
    /// Bylines.
    Author,
    /// Languages.
    Lang,
    /// Keywords that came with the articles.
    Tag,
    /// Formats that the articles were read from.
    Format,
    /// Years of publication.
    Year,
}

impl FacetField {
    /// Every field, in the order of the documentation.
    pub const ALL: [FacetField; 10] = [
        FacetField::Person,
        FacetField::Place,
        FacetField::Org,
        FacetField::Source,
        FacetField::Section,
        FacetField::Author,
        FacetField::Lang,
        FacetField::Tag,
        FacetField::Format,
        FacetField::Year,
    ];

    /// Name in the query language.
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Person => EntityKind::Person.name(),
            FacetField::Place => EntityKind::Place.name(),
            FacetField::Org => EntityKind::Org.name(),
            FacetField::Source => KeywordField::Source.name(),
            FacetField::Section => KeywordField::Section.name(),
            FacetField::Author => KeywordField::Author.name(),
            FacetField::Lang => KeywordField::Lang.name(),
            FacetField::Tag => KeywordField::Tag.name(),
            FacetField::Format => KeywordField::Format.name(),
            FacetField::Year => "date",
        }
    }

    /// The filter that a value of this field leads to: it matches exactly as many articles as were
    /// counted. `None` for a year that is none.
    pub fn filter(self, value: &str) -> Option<Node> {
        let entity = |kind| Expr::Entity { kind, which: EntityMatch::Exact(value.to_owned()) };
        let keyword = |field| Expr::Keyword { field, value: KeywordMatch::Exact(value.to_owned()) };
        let expr = match self {
            FacetField::Person => entity(EntityKind::Person),
            FacetField::Place => entity(EntityKind::Place),
            FacetField::Org => entity(EntityKind::Org),
            FacetField::Source => keyword(KeywordField::Source),
            FacetField::Section => keyword(KeywordField::Section),
            FacetField::Author => keyword(KeywordField::Author),
            FacetField::Lang => keyword(KeywordField::Lang),
            FacetField::Tag => keyword(KeywordField::Tag),
            FacetField::Format => keyword(KeywordField::Format),
            FacetField::Year => {
                let first = jiff::civil::Date::new(value.parse().ok()?, 1, 1).ok()?;
                Expr::Date(DateMatch::Range { first: Some(first), last: Some(first.last_of_year()) })
            }
        };
        Some(Node { expr, span: Span::new(0, 0) })
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResults {
    /// The hits asked for, best first; none where they are grouped.
    pub hits: Vec<Hit>,
    /// The groups asked for, in the order of their best hit.
    pub groups: Vec<Group>,
    /// How many groups there are in all.
    pub n_groups: u64,
    /// How many articles match, exactly.
    pub total: u64,
    /// How many stories they are, each cluster of near copies counted once; counted when hits are
    /// collapsed.
    pub n_stories: Option<u64>,
    /// Counted values, in the order of the request.
    pub facets: Vec<Facet>,
    /// How the query was widened, when all of it together matched too little.
    pub widened: Option<Widened>,
    /// What was not done quite as asked: patterns cut short, queries widened. One sentence each,
    /// without a full stop.
    pub notes: Vec<String>,
    /// Fingerprint of the user's rules on entities, where there are some.
    pub entity_rules: Option<String>,
}

/// Hits that share a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Place among all groups, from 1.
    pub rank: usize,
    /// The value; `None` for articles without one.
    pub value: Option<String>,
    /// Matching articles that have it, exactly.
    pub n_articles: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// How a query of plain words was widened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widened {
    /// So many of the words an article has to have.
    pub n_needed: usize,
    /// Words of the query that may be missing; function words are not counted.
    pub n_words: usize,
    /// Articles that have all of the query.
    pub n_strict: u64,
}

/// An article in a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Place in the whole result, from 1.
    pub rank: usize,
    /// How well it matches; only comparable within one result.
    pub score: f32,
    /// Id of the article, see [`super::Searcher::article`].
    pub id: String,
    /// The article as read; of exact copies, the one of the first place.
    pub article: Article,
    /// Every place where it stands, sorted.
    pub origins: Vec<Origin>,
    /// The near copies that it belongs to, where it has some.
    pub cluster: Option<ClusterHit>,
    /// What was found in it.
    pub extraction: Extraction,
    /// What matched in the title; sorted, disjoint.
    pub title_highlights: Vec<Span>,
    /// Passages of the body that show why it matched, in the order of the body.
    pub snippets: Vec<Snippet>,
    /// Entities and figures asked for, as this article has them.
    pub why: Vec<Why>,
    /// How its score came about, when that was asked for.
    pub explanation: Option<Explanation>,
}

/// A passage of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, as it stands in the body.
    pub text: String,
    /// What matched, as byte spans into [`Self::text`]; sorted, disjoint.
    pub highlights: Vec<Span>,
    /// Where the passage stands in the body.
    pub span: Span,
}

/// Something asked for by what it is, as an article says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An entity.
    Entity {
        /// What it is.
        kind: EntityKind,
        /// Its key.
        key: String,
        /// Its name.
        name: String,
    },
    /// A figure.
    Figure {
        /// Its text in title or body.
        text: String,
    },
}

/// Values of a field, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// The most frequent values; equally frequent ones by value.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub n_distinct: u64,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as [`FacetField::filter`] takes it: a key, for entities.
    pub value: String,
    /// The value as people read it.
    pub label: String,
    /// Matching articles that have it, exactly.
    pub n_articles: u64,
}
