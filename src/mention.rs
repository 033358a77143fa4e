//! Who and where: spans of text that name people, places and organisations, and the entities they
//! refer to.
//!
//! Fed by [`crate::extract`]; read by everything after it.

/// A half-open **byte** range `[start, end)` into an article's title or body, on char boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Articles are smaller than 4 GiB, so offsets fit.
    ///
    /// # Panics
    /// When an offset does not fit 32 bits: readers refuse such articles.
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |offset: usize| u32::try_from(offset).expect("readers refuse articles of 4 GiB and more");
        debug_assert!(start <= end, "a span does not end before it starts");
        Self { start: fit(start), end: fit(end) }
    }

    /// The range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span.
    ///
    /// # Panics
    /// When the span was not made for this text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn n_bytes(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether both share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// What sort of thing a [`Mention`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person by name.
    Person,
    /// A place by name.
    Place,
    /// An organisation by name.
    Org,
    /// People, things or language of a country ("Ukrainian officials"). Refers to the country's place
    /// entity and counts toward it.
    Demonym,
}

impl Kind {
    /// Stable lower-case name, as used in output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Org => "org",
            Kind::Demonym => "demonym",
        }
    }

    /// The kind of entity that mentions of this kind refer to.
    pub fn entity_kind(self) -> EntityKind {
        match self {
            Kind::Person => EntityKind::Person,
            Kind::Place | Kind::Demonym => EntityKind::Place,
            Kind::Org => EntityKind::Org,
        }
    }
}

/// One place in a text that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// What the words are.
    pub kind: Kind,
    /// Where they stand, in the text they were found in. The surface is the text under the span.
    pub span: Span,
    /// Position of the entity in [`crate::extraction::Extraction::entities`].
    pub entity: u32,
}

/// What sort of thing an [`Entity`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Org,
}

impl EntityKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [EntityKind; 3] = [EntityKind::Person, EntityKind::Place, EntityKind::Org];

    /// Stable lower-case name, as used in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Place => "place",
            EntityKind::Org => "org",
        }
    }
}

/// What mentions refer to, as resolved within one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Key that is equal for the same entity in every article: lower-case ASCII words joined by `-`
    /// where the name has Latin letters (`volodymyr-zelensky`).
    pub key: String,
    /// Name to show.
    pub name: String,
    /// Other surfaces seen in the article, in order of first appearance, without `name`.
    pub aliases: Vec<String>,
    /// What the gazetteer knows, for places.
    pub place: Option<PlaceFacts>,
}

/// What the gazetteer knows of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFacts {
    /// Id in the gazetteer (GeoNames), where it has one.
    pub gazetteer_id: Option<u32>,
    /// Path from the continent down, lower-case: `/europe/ukraine/kyiv`.
    pub path: String,
    /// Country, ISO 3166-1 alpha-2, upper-case; `None` for continents, seas and the like.
    pub country: Option<[u8; 2]>,
    /// Degrees north and east, WGS 84.
    pub coordinates: Option<(f32, f32)>,
    /// Inhabitants; `None` when unknown.
    pub population: Option<u64>,
}
