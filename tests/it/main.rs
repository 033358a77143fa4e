//! Everything through the binary, and the rules that keep the house tidy.
//!
//! One crate, so that it is linked once. [`env`] runs the real binary in a folder of its own; each
//! other module asks about one thing. Nothing here needs a network or reads a clock to decide.

#[cfg(test)]
mod agencies;
#[cfg(test)]
mod archives;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod completing;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod databases;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod entities;
#[cfg(test)]
mod env;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod export;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod gold_corpus;
#[cfg(test)]
mod gold_entities;
#[cfg(test)]
mod gold_names;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod index;
#[cfg(test)]
mod json;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod language;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod losses;
#[cfg(all(test, feature = "pdf"))]
mod pdf;
#[cfg(test)]
mod ranking;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod roundtrip;
#[cfg(test)]
mod saved_pages;
mod search;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod watch;

// The same generated news as the benchmarks.
#[cfg(test)]
#[path = "../../benches/generator/mod.rs"]
mod generator;
