//! What the model knows of single words from open text: the clusters of words that are used alike, and
//! how words are usually capitalised.
//!
//! Words are kept as hashes. The file is `DLTL`, a version, and a zstd frame. Written by
//! `examples/train_tagger clusters`, read at start; used by [`super::word`].

use super::hash;
use super::model::{ModelError, pack, unpack};
use super::table::{Cursor, Table, put_keys, put_number};

const MAGIC: &[u8; 4] = b"DLTL";
/// Changes whenever the layout or the keys change.
const VERSION: u8 = 1;

/// Template numbers of lexicon keys, apart from those of features only for clarity.
const CLUSTER_KEY: u32 = 1;
const CASE_KEY: u32 = 2;

/// Cluster of words that the lexicon does not hold.
pub const NO_CLUSTER: u16 = 0;

/// How a word is usually written inside sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Not in the lexicon.
    Unknown,
    /// In lower case nearly always: an ordinary word.
    Lower,
    /// Both ways.
    Mixed,
    /// Capitalised nearly always: a name.
    Title,
    /// In capitals nearly always: an acronym.
    Upper,
}

impl Case {
    const ALL: [Case; 5] = [Case::Unknown, Case::Lower, Case::Mixed, Case::Title, Case::Upper];
}

/// Clusters and cases of words.
pub struct Lexicon {
    words: Table,
    /// Finest cluster of each word.
    clusters: Vec<u16>,
    /// Coarser clusters of each finest cluster.
    parents: Vec<[u16; N_PARENTS]>,
    cased: Table,
    cases: Vec<u8>,
}

/// Coarser levels above the finest clusters.
pub const N_PARENTS: usize = 3;

/// Key of a word written exactly so.
pub fn cluster_key(form: &str) -> u32 {
    hash::key(CLUSTER_KEY, hash::text(form.as_bytes()))
}

/// Key of a word in lower case, by the hash of its text.
pub fn case_key(lower: u64) -> u32 {
    hash::key(CASE_KEY, lower)
}

impl Lexicon {
    /// A lexicon from sorted keys. `parents[0]` belongs to [`NO_CLUSTER`].
    pub fn new(words: Vec<(u32, u16)>, parents: Vec<[u16; N_PARENTS]>, cased: Vec<(u32, Case)>) -> Self {
        let (keys, clusters) = words.into_iter().unzip();
        let (cased, cases): (Vec<u32>, Vec<Case>) = cased.into_iter().unzip();
        let cases = cases.into_iter().map(|case| case as u8).collect();
        Self { words: Table::new(keys), clusters, parents, cased: Table::new(cased), cases }
    }

    /// Finest cluster of a word: as written, else in lower case.
    pub fn cluster(&self, form: &str, lower: &str) -> u16 {
        let row = self.words.row(cluster_key(form)).or_else(|| self.words.row(cluster_key(lower)));
        row.map_or(NO_CLUSTER, |row| self.clusters[row])
    }

    /// Coarser clusters of a finest cluster.
    pub fn parents(&self, cluster: u16) -> [u16; N_PARENTS] {
        self.parents.get(cluster as usize).copied().unwrap_or_default()
    }

    /// How a word is usually written, by the hash of its lower-case form.
    pub fn case(&self, lower: u64) -> Case {
        self.cased.row(case_key(lower)).map_or(Case::Unknown, |row| Case::ALL[self.cases[row] as usize])
    }

    /// The file of this lexicon. Equal lexicons give equal bytes.
    pub fn encode(&self) -> std::io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        put_keys(self.words.keys(), &mut raw);
        // High and low bytes apart: the packer finds more in them.
        raw.extend(self.clusters.iter().map(|c| (c >> 8) as u8));
        raw.extend(self.clusters.iter().map(|c| *c as u8));
        put_number(self.parents.len() as u32, &mut raw);
        raw.extend(self.parents.iter().flatten().flat_map(|p| p.to_le_bytes()));
        put_keys(self.cased.keys(), &mut raw);
        raw.extend(&self.cases);
        pack(MAGIC, VERSION, &raw)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When the bytes are not a lexicon of this version, or damaged.
    pub fn decode(file: &[u8]) -> Result<Self, ModelError> {
        Self::read(&unpack(MAGIC, VERSION, file)?).ok_or(ModelError::Damaged)
    }

    fn read(raw: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(raw);
        let words = cursor.table()?;
        let n_words = words.keys().len();
        let (high, low) = (cursor.take(n_words)?, cursor.take(n_words)?);
        let clusters = high.iter().zip(low).map(|(&high, &low)| u16::from_be_bytes([high, low])).collect();
        let n_parents = cursor.number()? as usize;
        let bytes = cursor.take(n_parents.checked_mul(2 * N_PARENTS)?)?;
        let parent = |row: &[u8]| std::array::from_fn(|i| u16::from_le_bytes([row[2 * i], row[2 * i + 1]]));
        let parents = bytes.chunks_exact(2 * N_PARENTS).map(parent).collect();
        let cased = cursor.table()?;
        let cases = cursor.take(cased.keys().len())?.to_vec();
        let is_known = cases.iter().all(|&case| (case as usize) < Case::ALL.len());
        (is_known && cursor.is_at_end()).then_some(Self { words, clusters, parents, cased, cases })
    }
}
