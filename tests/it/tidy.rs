//! The rules of the house, each as a test over the sources.
//!
//! The table below is the design: which room may import which. A new arrow is a design change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::env::repository;

/// Words that everyone uses; they import only each other.
const WORDS: [&str; 7] = ["article", "extraction", "figure", "mention", "sentence", "unit", "word"];

/// Rooms of the library and what each may import beside the words.
const ROOMS: [(&str, &[&str]); 17] = [
    ("article", &[]),
    ("extraction", &[]),
    ("figure", &[]),
    ("mention", &[]),
    ("sentence", &[]),
    ("unit", &[]),
    ("word", &[]),
    ("read", &[]),
    ("extract", &[]),
    ("copies", &[]),
    ("schema", &["copies"]),
    ("entities", &[]),
    ("index", &["schema"]),
    ("search", &["copies", "schema", "entities"]),
    ("explore", &["search"]),
    ("pipeline", &["read", "extract", "schema", "index"]),
    ("present", &["entities", "search", "explore", "pipeline", "index", "read"]),
];

/// Rooms of the binary; they see the library as everybody else does.
const FRONT: [&str; 2] = ["main", "cli"];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "types"];

const MAX_LINES: usize = 500;

/// What the rooms may take from outside, where that is a promise: crate or module, and who may.
const OUTSIDE: [(&str, &[&str]); 6] = [
    ("tantivy", &["schema", "index", "search"]),
    ("std::net", &[]),
    ("std::env", &["cli", "main"]),
    ("std::process", &["cli", "main"]),
    ("std::fs", &["read", "schema", "index", "cli", "search"]),
    ("clap", &["cli", "main"]),
];

/// Rooms whose types carry no wire format.
const NO_SERDE: [&str; 7] = ["article", "explore", "extraction", "figure", "index", "mention", "search"];

/// Everything that may stand at the top of the repository.
const TOP_LEVEL: [&str; 18] = [
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".git",
    ".gitignore",
    ".rustfmt.toml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "benches",
    "corpus",
    "examples",
    "index",
];
const TOP_LEVEL_CODE: [&str; 3] = ["src", "tests", "target"];

/// A source file: path below `src/`, and its text.
struct Source {
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let src = repository().join("src");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let entry = entry.expect("the sources can be listed");
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let path = entry.path().strip_prefix(&src).expect("it lies below").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(entry.path()).expect("sources are UTF-8");
            sources.push(Source { path, text });
        }
    }
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

impl Source {
    /// `read/formats/text.rs` -> `read`.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many modules stand between this one and its room.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// Whether only tests use the file: its parent says `#[cfg(test)] mod it;`.
    fn is_test(&self, all: &[Source]) -> bool {
        let stem = self.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs"), "lib.rs".to_owned()];
        let declaration = format!("#[cfg(test)] mod {name};");
        all.iter().filter(|other| parents.contains(&other.path)).any(|parent| {
            let squeezed = parent.text.split_whitespace().collect::<Vec<_>>().join(" ");
            squeezed.contains(&declaration)
        })
    }

    /// The text above its tests.
    fn without_tests(&self) -> &str {
        let mut from = 0;
        while let Some(at) = self.text[from..].find("#[cfg(test)]") {
            let rest = self.text[from + at + "#[cfg(test)]".len()..].trim_start();
            let first = rest.find(['{', ';']).map(|at| rest.as_bytes()[at]);
            if rest.starts_with("mod ") && first == Some(b'{') {
                return &self.text[..from + at];
            }
            from += at + 1;
        }
        &self.text
    }

    /// The text above its tests, without comments.
    fn code(&self) -> String {
        let mut code = String::new();
        for line in self.without_tests().lines() {
            code.push_str(if line.trim_start().starts_with("//") {
                ""
            } else {
                line.split(" // ").next().unwrap_or("")
            });
            code.push('\n');
        }
        code
    }

    /// Rooms that the code names through `crate::` (in the library) or `dateline::` (in the binary).
    fn imports(&self) -> BTreeSet<String> {
        let root = if FRONT.contains(&self.room()) { "dateline::" } else { "crate::" };
        let code = self.code();
        let mut rooms = BTreeSet::new();
        for (at, _) in code.match_indices(root) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            first_names(&code[at + root.len()..], &mut rooms);
        }
        rooms
    }
}

/// `read::Article` -> `read`; `{article::Article, mention::{Kind, Span}}` -> `article`, `mention`.
fn first_names(path: &str, names: &mut BTreeSet<String>) {
    let name_of = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else {
        names.insert(name_of(path));
        return;
    };
    let mut depth = 0;
    let mut is_first = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => is_first = true,
            c if is_first && !c.is_whitespace() => {
                is_first = false;
                names.insert(name_of(&group[at..]));
            }
            _ => {}
        }
    }
}

fn allowed(room: &str) -> BTreeSet<&'static str> {
    let mut allowed: BTreeSet<&str> = WORDS.into();
    for (name, imports) in ROOMS {
        if name == room {
            allowed.insert(name);
            allowed.extend(imports);
        }
    }
    allowed
}

// Each rule gives what breaks it, in words.

fn undeclared_rooms(sources: &[Source]) -> Vec<String> {
    let declared = |room: &str| room == "lib" || FRONT.contains(&room) || ROOMS.iter().any(|(name, _)| *name == room);
    let undeclared = sources.iter().filter(|source| !declared(source.room()));
    undeclared.map(|source| format!("{}: the room is not declared", source.path)).collect()
}

fn forbidden_imports(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test(sources)) {
        let room = source.room();
        let is_front = FRONT.contains(&room);
        for import in source.imports() {
            if !is_front && room != "lib" && !allowed(room).contains(import.as_str()) {
                broken.push(format!("{}: {room} may not import {import}", source.path));
            }
            if is_front && !ROOMS.iter().any(|(name, _)| *name == import) {
                broken.push(format!("{}: there is no room {import}", source.path));
            }
        }
        let way_out = "super::".repeat(source.depth() + 1);
        if source.code().contains(&way_out) {
            broken.push(format!("{}: `{way_out}` leaves the room; say `crate::`", source.path));
        }
    }
    broken
}

fn cycles(sources: &[Source]) -> Vec<String> {
    let mut arrows: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_test(sources)) {
        if source.room() != "lib" && !FRONT.contains(&source.room()) {
            arrows.entry(source.room()).or_default().extend(source.imports());
        }
    }
    // Rooms without arrows into what is left are taken away until only cycles are left.
    loop {
        let left: BTreeSet<String> = arrows.keys().map(|room| (*room).to_owned()).collect();
        let is_done =
            |room: &str, imports: &BTreeSet<String>| !imports.iter().any(|to| to != room && left.contains(to));
        let done: Vec<&str> =
            arrows.iter().filter(|(room, imports)| is_done(room, imports)).map(|(room, _)| *room).collect();
        if done.is_empty() {
            return arrows.keys().map(|room| format!("{room} is part of a cycle")).collect();
        }
        arrows.retain(|room, _| !done.contains(room));
        if arrows.is_empty() {
            return Vec::new();
        }
    }
}

fn empty_names(sources: &[Source]) -> Vec<String> {
    let says_nothing =
        |source: &&Source| source.path.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")));
    sources.iter().filter(says_nothing).map(|source| format!("{}: the name says nothing", source.path)).collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let n_lines = |source: &Source| source.without_tests().lines().count();
    let long = sources.iter().filter(|source| !source.is_test(sources) && n_lines(source) > MAX_LINES);
    long.map(|source| format!("{}: {} lines without its tests", source.path, n_lines(source))).collect()
}

fn unopened_files(sources: &[Source]) -> Vec<String> {
    let unopened = sources.iter().filter(|source| !source.text.starts_with("//! "));
    unopened.map(|source| format!("{}: does not open with `//!`", source.path)).collect()
}

/// Names of fields that are no plain words; those in one word are also names of keys in JSON and in
/// queries, and are looked for only in rooms that have neither.
fn quoted_fields(sources: &[Source], fields: &[String]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.room() != "schema" && !source.is_test(sources)) {
        let code = source.code();
        let has_plain_words = !matches!(source.room(), "index" | "pipeline");
        for field in fields.iter().filter(|field| field.contains('_') || !has_plain_words) {
            if code.contains(&format!("\"{field}\"")) {
                broken.push(format!("{}: writes the field `{field}` in quotes", source.path));
            }
        }
        if code.contains(".get_field(") {
            broken.push(format!("{}: looks a field up by name; use its handle", source.path));
        }
    }
    broken
}

fn forbidden_outside(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test(sources)) {
        let code = source.code();
        let names = |what: &str| {
            let uses = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let ends = |at: usize| !code[at + what.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
            code.match_indices(what).any(|(at, _)| uses(at) && ends(at))
        };
        for (outside, rooms) in OUTSIDE {
            if names(outside) && !rooms.contains(&source.room()) {
                broken.push(format!("{}: {} may not use {outside}", source.path, source.room()));
            }
        }
        if NO_SERDE.contains(&source.room()) && names("serde") {
            broken.push(format!("{}: {} has no wire format", source.path, source.room()));
        }
    }
    broken
}

/// Rooms and imports as a document's table says: lines that begin with `` | `room ``.
fn table_of(document: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut table = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [rooms, _, imports] = cells[..] else { continue };
        let names = |cell: &str| {
            let quoted = cell.split('`').skip(1).step_by(2);
            quoted.map(|name| name.trim_end_matches('/').trim_end_matches(".rs").to_owned()).collect::<Vec<_>>()
        };
        let imports: BTreeSet<String> = if imports == "words" {
            BTreeSet::new()
        } else {
            imports.split(", ").filter(|name| *name != "words" && *name != "-").map(str::to_owned).collect()
        };
        for room in names(rooms) {
            table.insert(room, imports.clone());
        }
    }
    table
}

fn wrong_room_list(document: &str) -> Vec<String> {
    let table = table_of(document);
    let mut broken = Vec::new();
    for (room, imports) in ROOMS {
        let expected: BTreeSet<String> = imports.iter().map(|&import| import.to_owned()).collect();
        match table.get(room) {
            None => broken.push(format!("{room} is not in the table")),
            Some(said) if *said != expected => {
                broken.push(format!("{room} imports {expected:?}, the table says {said:?}"));
            }
            Some(_) => {}
        }
    }
    let known = |room: &str| FRONT.contains(&room) || ROOMS.iter().any(|(name, _)| *name == room);
    broken.extend(table.keys().filter(|room| !known(room)).map(|room| format!("there is no room {room}")));
    broken
}

/// Rooms that a document's layout names: `src/room`.
fn wrong_layout(document: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let mut named = BTreeSet::new();
    for (at, _) in document.match_indices("src/") {
        let rest = &document[at + 4..];
        named.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
    }
    let rooms = ROOMS.iter().map(|(room, _)| *room).chain(FRONT);
    for room in rooms.clone().filter(|room| !named.contains(*room)) {
        broken.push(format!("src/{room} is not in the layout"));
    }
    broken.extend(
        named
            .iter()
            .filter(|name| !rooms.clone().any(|room| room == *name))
            .map(|name| format!("src/{name} is in the layout, but does not exist")),
    );
    broken
}

fn strangers_at_the_top(names: &[String]) -> Vec<String> {
    let is_known = |name: &str| TOP_LEVEL.contains(&name) || TOP_LEVEL_CODE.contains(&name);
    names.iter().filter(|name| !is_known(name)).map(|name| format!("{name} does not belong at the top")).collect()
}

fn field_names() -> Vec<String> {
    let (schema, _) = dateline::schema::build();
    schema.fields().map(|(_, entry)| entry.name().to_owned()).collect()
}

fn document(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn none(broken: &[String]) {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_room_is_declared() {
    none(&undeclared_rooms(&sources()));
    for (room, _) in ROOMS {
        let src = repository().join("src");
        let exists = |path: &Path| path.exists();
        assert!(exists(&src.join(format!("{room}.rs"))) || exists(&src.join(room).join("mod.rs")), "no room {room}");
    }
}

#[test]
fn rooms_import_what_the_table_allows() {
    none(&forbidden_imports(&sources()));
}

#[test]
fn rooms_form_no_cycles() {
    none(&cycles(&sources()));
}

#[test]
fn names_of_modules_say_what_is_inside() {
    none(&empty_names(&sources()));
}

#[test]
fn files_are_short() {
    none(&long_files(&sources()));
}

#[test]
fn every_file_says_what_it_is_for() {
    none(&unopened_files(&sources()));
}

#[test]
fn field_names_are_written_in_the_schema_only() {
    none(&quoted_fields(&sources(), &field_names()));
}

#[test]
fn rooms_keep_their_promises_about_the_outside() {
    none(&forbidden_outside(&sources()));
}

#[test]
fn the_map_is_true() {
    none(&wrong_room_list(&document("ARCHITECTURE.md")));
    none(&wrong_layout(&document("README.md")));
}

#[test]
fn nothing_strange_lies_at_the_top() {
    let mut names = Vec::new();
    for entry in fs::read_dir(repository()).expect("the repository can be listed") {
        names.push(entry.expect("entries have names").file_name().to_string_lossy().into_owned());
    }
    none(&strangers_at_the_top(&names));
}

#[test]
fn nothing_but_its_gitignore_is_kept_in_the_index_folder() {
    assert_eq!(document("index/.gitignore"), "*\n!.gitignore\n");
}

/// Each rule, seen to fail.
mod rules {
    use super::*;

    #[track_caller]
    fn check(rule: impl Fn(&[Source]) -> Vec<String>, files: &[(&str, &str)], expected: &[&str]) {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        let sources: Vec<Source> = files.iter().map(source).collect();
        assert_eq!(rule(&sources), expected);
    }

    #[test]
    fn undeclared_rooms_are_seen() {
        check(undeclared_rooms, &[("server/mod.rs", "")], &["server/mod.rs: the room is not declared"]);
    }

    #[test]
    fn forbidden_imports_are_seen() {
        let broken = "search/plan.rs: search may not import index";
        check(forbidden_imports, &[("search/plan.rs", "use crate::index::IndexWriter;")], &[broken]);
        check(forbidden_imports, &[("search/plan.rs", "use crate::{article::Article, index::{A, B}};")], &[broken]);
        check(forbidden_imports, &[("search/plan.rs", "fn f() { crate::index::f() }")], &[broken]);
        check(forbidden_imports, &[("search/plan.rs", "/// See [`crate::index`].\nfn f() {}")], &[]);
        check(forbidden_imports, &[("search/plan.rs", "#[cfg(test)]\nmod tests { use crate::index::A; }")], &[]);
        check(forbidden_imports, &[("search/plan.rs", "#[cfg(test)]\nfn f() {}\nuse crate::index::A;")], &[broken]);
        check(forbidden_imports, &[("cli/x.rs", "use dateline::server::A;")], &["cli/x.rs: there is no room server"]);
        let leaves = "read/walk.rs: `super::super::` leaves the room; say `crate::`";
        check(forbidden_imports, &[("read/walk.rs", "use super::super::article;")], &[leaves]);
        check(forbidden_imports, &[("read/formats/mod.rs", "use super::Rejected;")], &[]);
        let files = [("search/mod.rs", "#[cfg(test)]\nmod samples;"), ("search/samples.rs", "use crate::index::A;")];
        check(forbidden_imports, &files, &[]);
    }

    #[test]
    fn cycles_are_seen() {
        let files = [("read/mod.rs", "use crate::extract::A;"), ("extract/mod.rs", "use crate::read::B;")];
        check(cycles, &files, &["extract is part of a cycle", "read is part of a cycle"]);
        check(cycles, &files[..1], &[]);
    }

    #[test]
    fn empty_names_are_seen() {
        check(empty_names, &[("read/utils.rs", "")], &["read/utils.rs: the name says nothing"]);
        check(empty_names, &[("read/common/mod.rs", "")], &["read/common/mod.rs: the name says nothing"]);
    }

    #[test]
    fn long_files_are_seen() {
        let long = "//! x\n".repeat(MAX_LINES + 1);
        check(long_files, &[("read/mod.rs", &long)], &["read/mod.rs: 501 lines without its tests"]);
        let tested = format!("//! x\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        check(long_files, &[("read/mod.rs", &tested)], &[]);
    }

    #[test]
    fn unopened_files_are_seen() {
        check(unopened_files, &[("read/mod.rs", "use x;\n//! late")], &["read/mod.rs: does not open with `//!`"]);
    }

    #[test]
    fn quoted_fields_are_seen() {
        let rule = |sources: &[Source]| quoted_fields(sources, &["title".to_owned(), "file_row".to_owned()]);
        check(rule, &[("search/x.rs", "f(\"file_row\")")], &["search/x.rs: writes the field `file_row` in quotes"]);
        check(rule, &[("index/x.rs", "f(\"title\")")], &["index/x.rs: writes the field `title` in quotes"]);
        check(
            rule,
            &[("search/x.rs", "s.get_field(name)")],
            &["search/x.rs: looks a field up by name; use its handle"],
        );
        check(rule, &[("schema/mod.rs", "f(\"file_row\")"), ("read/x.rs", "f(\"title\")")], &[]);
    }

    #[test]
    fn broken_promises_are_seen() {
        let broken = "extract/x.rs: extract may not use std::fs";
        check(forbidden_outside, &[("extract/x.rs", "use std::fs::File;")], &[broken]);
        check(forbidden_outside, &[("read/x.rs", "use tantivy::Index;")], &["read/x.rs: read may not use tantivy"]);
        check(forbidden_outside, &[("figure.rs", "use serde::Serialize;")], &["figure.rs: figure has no wire format"]);
    }

    #[test]
    fn wrong_maps_are_seen() {
        let map = |rooms: &[(&str, &[&str])]| -> String {
            rooms.iter().map(|(room, to)| format!("| `{room}/` | x | words, {} |\n", to.join(", "))).collect()
        };
        assert!(wrong_room_list(&map(&ROOMS).replace("words,  |", "words |")).is_empty());
        let mut rooms = ROOMS;
        rooms[5] = ("read", &["schema"]);
        assert_eq!(wrong_room_list(&map(&rooms).replace("words,  |", "words |")).len(), 1);
        assert_eq!(wrong_room_list("").len(), ROOMS.len());
        assert!(wrong_layout("src/nowhere").contains(&"src/nowhere is in the layout, but does not exist".to_owned()));
    }

    #[test]
    fn strangers_are_seen() {
        assert_eq!(strangers_at_the_top(&["notes.txt".to_owned()]), ["notes.txt does not belong at the top"]);
    }
}
