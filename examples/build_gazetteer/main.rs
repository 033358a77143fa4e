//! Builds the tables of the gazetteer: `cargo run --release --example build_gazetteer -- INPUT`.
//!
//! INPUT is the folder that `collect.py` wrote. The lists under `src/extract/gazetteer/lists` are read too, and
//! decide over it. The same inputs give the same bytes. See README.md beside this file.

#![expect(clippy::print_stderr, reason = "a program that says what it made")]

mod people;
mod places;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let input = PathBuf::from(env::args_os().nth(1).ok_or("usage: build_gazetteer INPUT")?);
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/gazetteer");
    let lists = room.join("lists");
    let people = people::People::read(&input, &lists)?;
    write(&room.join("data/people.bin"), &people.table()?)?;
    let places = places::Places::read(&input, &lists, &people)?;
    write(&room.join("data/places.bin"), &places.table()?)
}

fn write(path: &Path, table: &[u8]) -> Result<(), Box<dyn Error>> {
    eprintln!("{}: {} bytes", path.display(), table.len());
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    Ok(fs::write(path, table)?)
}

/// Rows of a TSV file, without comments, padded to `n_columns`.
fn rows(path: &Path, n_columns: usize) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let split = |line: &str| {
        let mut row: Vec<String> = line.split('\t').map(str::to_owned).collect();
        row.resize(n_columns.max(row.len()), String::new());
        row
    };
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(split).collect())
}
