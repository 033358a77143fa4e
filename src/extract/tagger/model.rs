//! The trained model: weights of features and weights between labels; and its file.
//!
//! The file is `DLTG`, a version, and a zstd frame that holds the transitions and the weights of the
//! features (`i8` times one scale). Written by `examples/train_tagger`, read at start.

use thiserror::Error;

use super::chain::Transitions;
use super::label::{N_INSIDE, N_LABELS};
use super::table::Cursor;
use super::weights::WeightTable;

const MAGIC: &[u8; 4] = b"DLTG";
/// Changes whenever features or the layout change, so that no model meets features that it was not
/// trained with.
const VERSION: u8 = 3;
/// No model is larger than this unpacked; a wrong length cannot ask for more.
const MOST_BYTES: usize = 64 << 20;

/// A trained model.
pub struct Model {
    /// Weights of the features, for every label inside names; outside is always zero.
    pub features: WeightTable<N_INSIDE>,
    /// What one step of a weight is worth.
    pub scale: f32,
    /// Weights between neighbouring labels.
    pub transitions: Transitions,
}

/// Why bytes are not a model.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The first bytes are not those of a file of this version.
    #[error("not a file of the tagger of this version")]
    Header,
    /// The packed part cannot be unpacked.
    #[error("the tagger model cannot be unpacked")]
    Packing(#[source] std::io::Error),
    /// The unpacked part ends early or contradicts itself.
    #[error("the tagger model is damaged")]
    Damaged,
}

impl Model {
    /// The file of this model. Equal models give equal bytes.
    ///
    /// # Errors
    /// When packing fails for want of memory.
    pub fn encode(&self) -> std::io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        raw.extend(self.scale.to_le_bytes());
        raw.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        self.features.encode(&mut raw);
        pack(MAGIC, VERSION, &raw)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When the bytes are not a model of this version, or damaged.
    pub fn decode(file: &[u8]) -> Result<Self, ModelError> {
        Self::read(&unpack(MAGIC, VERSION, file)?).ok_or(ModelError::Damaged)
    }

    fn read(raw: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(raw);
        let scale = cursor.float()?;
        let mut transitions = [[0.0; N_LABELS]; N_LABELS];
        for weight in transitions.iter_mut().flatten() {
            *weight = cursor.float()?;
        }
        let features = WeightTable::read(&mut cursor)?;
        cursor.is_at_end().then_some(Self { features, scale, transitions })
    }
}

/// A file around some bytes.
pub(super) fn pack(magic: &[u8; 4], version: u8, raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = magic.to_vec();
    file.push(version);
    file.extend(zstd::bulk::compress(raw, 19)?);
    Ok(file)
}

/// The bytes that [`pack`] was given.
pub(super) fn unpack(magic: &[u8; 4], version: u8, file: &[u8]) -> Result<Vec<u8>, ModelError> {
    let packed = file.strip_prefix(magic).and_then(|rest| rest.strip_prefix(&[version])).ok_or(ModelError::Header)?;
    zstd::bulk::decompress(packed, MOST_BYTES).map_err(ModelError::Packing)
}
