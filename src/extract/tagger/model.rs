//! The trained model: weights of features and weights between labels; and its file.
//!
//! The file is `DLTG`, a version, and a zstd frame that holds the transitions, the keys of the features
//! as sorted differences, for each a mask of the labels it speaks for, and their weights (`i8` times
//! one scale). Written by `examples/train_tagger`, read at start.

use thiserror::Error;

use super::chain::Transitions;
use super::label::{N_INSIDE, N_LABELS};
use super::table::{Cursor, Table, put_keys};

const MAGIC: &[u8; 4] = b"DLTG";
/// Changes whenever features or the layout change, so that no model meets features that it was not
/// trained with.
const VERSION: u8 = 1;
/// No model is larger than this unpacked; a wrong length cannot ask for more.
const MOST_BYTES: usize = 64 << 20;

/// Weights of one feature, for every label inside names; outside is always zero.
pub type Weights = [i8; N_INSIDE];

/// A trained model.
pub struct Model {
    features: Table,
    weights: Vec<Weights>,
    /// What one step of a weight is worth.
    pub scale: f32,
    /// Weights between neighbouring labels.
    pub transitions: Transitions,
    /// Added to every label inside names: above zero finds more, below zero errs less.
    pub inside_bias: f32,
}

/// Why bytes are not a model.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The first bytes are not those of a model of this version.
    #[error("not a tagger model of version {VERSION}")]
    Header,
    /// The packed part cannot be unpacked.
    #[error("the tagger model cannot be unpacked")]
    Packing(#[source] std::io::Error),
    /// The unpacked part ends early or contradicts itself.
    #[error("the tagger model is damaged")]
    Damaged,
}

impl Model {
    /// A model from sorted distinct feature keys and their weights.
    pub fn new(features: Vec<(u32, Weights)>, scale: f32, transitions: Transitions, inside_bias: f32) -> Self {
        let (keys, weights) = features.into_iter().unzip();
        Self { features: Table::new(keys), weights, scale, transitions, inside_bias }
    }

    /// Weights of a feature, if the model has it.
    #[inline]
    pub fn weights(&self, key: u32) -> Option<&Weights> {
        self.features.row(key).map(|row| &self.weights[row])
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.weights.len()
    }

    /// The file of this model. Equal models give equal bytes.
    pub fn encode(&self) -> std::io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        raw.extend(self.scale.to_le_bytes());
        raw.extend(self.inside_bias.to_le_bytes());
        raw.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        put_keys(self.features.keys(), &mut raw);
        for weights in &self.weights {
            raw.extend(mask(weights).to_le_bytes());
        }
        for label in 0..N_INSIDE {
            raw.extend(self.weights.iter().map(|weights| weights[label] as u8).filter(|&weight| weight != 0));
        }
        pack(MAGIC, &raw)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When the bytes are not a model of this version, or damaged.
    pub fn decode(file: &[u8]) -> Result<Self, ModelError> {
        Self::read(&unpack(MAGIC, file)?).ok_or(ModelError::Damaged)
    }

    fn read(raw: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(raw);
        let scale = cursor.float()?;
        let inside_bias = cursor.float()?;
        let mut transitions = [[0.0; N_LABELS]; N_LABELS];
        for weight in transitions.iter_mut().flatten() {
            *weight = cursor.float()?;
        }
        let features = cursor.table()?;
        let n = features.keys().len();
        let masks: Vec<u16> = cursor.take(2 * n)?.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let mut weights = vec![[0i8; N_INSIDE]; n];
        for label in 0..N_INSIDE {
            let has_label = |mask: &u16| mask & 1 << label != 0;
            let n_values = masks.iter().filter(|mask| has_label(mask)).count();
            let rows = weights.iter_mut().zip(&masks).filter(|(_, mask)| has_label(mask));
            for ((row, _), &value) in rows.zip(cursor.take(n_values)?) {
                row[label] = value as i8;
            }
        }
        Some(Self { features, weights, scale, transitions, inside_bias })
    }
}

fn mask(weights: &Weights) -> u16 {
    weights.iter().enumerate().map(|(label, &weight)| u16::from(weight != 0) << label).sum()
}

/// A file of this version around some bytes.
pub(super) fn pack(magic: &[u8; 4], raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = magic.to_vec();
    file.push(VERSION);
    file.extend(zstd::bulk::compress(raw, 19)?);
    Ok(file)
}

/// The bytes that [`pack`] was given.
pub(super) fn unpack(magic: &[u8; 4], file: &[u8]) -> Result<Vec<u8>, ModelError> {
    let packed = file.strip_prefix(magic).and_then(|rest| rest.strip_prefix(&[VERSION])).ok_or(ModelError::Header)?;
    zstd::bulk::decompress(packed, MOST_BYTES).map_err(ModelError::Packing)
}
