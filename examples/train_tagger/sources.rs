//! The annotated sets: what each annotates, how much it counts, and which parts are held out.

use std::path::{Path, PathBuf};

use crate::corpus::Guideline;

/// A file of the data folder.
pub(crate) struct Source {
    pub(crate) name: &'static str,
    pub(crate) guideline: Guideline,
    /// How much its names count.
    pub(crate) weight: f32,
    /// Whether its labels are partly automatic, so that a model of the other sets opens the doubtful ones.
    pub(crate) is_doubtful: bool,
    /// Never trained on: what the model is measured by, and what chose between models.
    pub(crate) is_held_out: bool,
}

const PLAIN: Guideline = Guideline { has_misc: true, cuts_hyphens: false, has_documents: true, has_titles: false };
const HYPHENS: Guideline = Guideline { cuts_hyphens: true, ..PLAIN };
const NAMES_ONLY: Guideline = Guideline { has_misc: false, ..PLAIN };

/// Partly automatic labels in one style of news count half: the mean F1 over the choosing sets rose by 0.4.
const GMB: f32 = 0.5;
/// Tweets are far from news, but hold other names: half.
const TWEETS: f32 = 0.5;

const fn source(name: &'static str, guideline: Guideline, weight: f32) -> Source {
    Source { name, guideline, weight, is_doubtful: false, is_held_out: false }
}

const fn held_out(name: &'static str, guideline: Guideline, weight: f32) -> Source {
    Source { name, guideline, weight, is_doubtful: false, is_held_out: true }
}

const fn gmb(name: &'static str, is_held_out: bool) -> Source {
    let guideline = Guideline { has_titles: true, ..PLAIN };
    Source { name, guideline, weight: GMB, is_doubtful: true, is_held_out }
}

/// Names derived from noun phrases by rule are less sure.
const GUM: f32 = 0.5;

/// Everything that may be learnt from. uner_pud is not here and must not be.
pub(crate) const SOURCES: &[Source] = &[
    gmb("gmb/train", false),
    gmb("gmb/dev", false),
    gmb("gmb/test", true),
    source("redocred/train", HYPHENS, 1.0),
    held_out("redocred/dev", HYPHENS, 1.0),
    source("redocred/test", HYPHENS, 1.0),
    source("crossner/train", Guideline { has_documents: false, ..PLAIN }, 1.0),
    source("crossner/dev", Guideline { has_documents: false, ..PLAIN }, 1.0),
    source("crossner/test", Guideline { has_documents: false, ..PLAIN }, 1.0),
    source("wikigold/train", PLAIN, 1.0),
    held_out("wikigold/dev", PLAIN, 1.0),
    held_out("wikigold/test", PLAIN, 1.0),
    source("btc/train", NAMES_ONLY, TWEETS),
    source("btc/dev", NAMES_ONLY, TWEETS),
    source("btc/test", NAMES_ONLY, TWEETS),
    source("wnut17/train", PLAIN, TWEETS),
    source("wnut17/dev", PLAIN, TWEETS),
    source("gum/train", Guideline { has_misc: false, has_titles: true, ..HYPHENS }, GUM),
    held_out("gum/news_test", Guideline { has_misc: false, has_titles: true, ..HYPHENS }, GUM),
    source("uner_ewt/train", Guideline { has_misc: false, ..HYPHENS }, 1.0),
    held_out("uner_ewt/dev", Guideline { has_misc: false, ..HYPHENS }, 1.0),
    source("europarl/test", PLAIN, 1.0),
    source("re3d/train", Guideline { has_titles: true, ..HYPHENS }, 1.0),
];

/// Sets to measure on.
pub(crate) const TESTS: &[&str] = &[
    "uner_pud/news_test",
    "uner_pud/test",
    "gum/news_test",
    "wikigold/dev",
    "wikigold/test",
    "redocred/dev",
    "uner_ewt/dev",
    "gmb/test",
    "re3d/train",
    "europarl/test",
    "crossner/train",
    "btc/news_g",
    "wnut17/test",
];

/// How many of [`TESTS`], from the first, have their mean printed: it chooses between models.
pub(crate) const N_CHOOSING: usize = 7;

/// File of a set.
pub(crate) fn set_path(data: &Path, name: &str) -> PathBuf {
    data.join("ner").join(format!("{name}.conll"))
}
