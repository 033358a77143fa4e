//! Follows the groups and control words of a file, and writes down lines of text and facts.
//!
//! No recursion: what is open stands on a stack of bounded height, and a file that breaks off gives
//! the lines that it has.

use std::collections::{HashMap, HashSet};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::charset;
use super::groups::{self, Destination, Fact};
use super::tokens::{Token, Tokens};
use crate::read::formats::document::Line;
use crate::read::prose::one_line;

/// Groups are open in each other at most so deep; those beyond share the state of the last.
const MAX_DEPTH: usize = 500;

/// Fonts and styles that are kept of a file; no document has as many.
const MAX_LISTED: usize = 10_000;

/// Cells of a row that are kept.
const MAX_CELLS: usize = 1000;

/// Longest fact or name of a style that is kept, in bytes.
const MAX_FACT_BYTES: usize = 4000;

/// What was found in a file.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lines: Vec<Line>,
    pub(super) facts: HashMap<&'static str, String>,
    /// Whether the file ends before its outermost group does.
    pub(super) is_cut: bool,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Found {
    let mut reader = Reader::default();
    for token in Tokens::of(bytes) {
        reader.token(token);
        if reader.is_done {
            break;
        }
    }
    reader.finish()
}

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct State {
    destination: Destination,
    /// Where text goes that is there twice, in the better of its forms.
    before_twin: Option<Destination>,
    encoding: &'static Encoding,
    font: i32,
    /// Characters behind a `\u` that stand for it where it is not known.
    n_fallback: u32,
    is_hidden: bool,
    is_heading: bool,
    in_table: bool,
}

#[derive(Default)]
struct Reader {
    stack: Vec<State>,
    n_too_deep: usize,
    is_done: bool,
    code_page: Option<&'static Encoding>,
    default_font: i32,
    fonts: HashMap<i32, &'static Encoding>,
    headings: HashSet<i32>,
    /// The style whose name is being read.
    style: i32,
    is_marked: bool,
    n_to_skip: u32,
    high_surrogate: Option<u16>,
    /// Bytes that are not decoded yet, all of one encoding.
    pending: Vec<u8>,
    text: String,
    fact: String,
    cells: Vec<String>,
    date: [i32; 5],
    found: Found,
}

impl Reader {
    fn state(&self) -> State {
        self.stack.last().copied().unwrap_or(State {
            destination: Destination::Body,
            before_twin: None,
            encoding: self.code_page(),
            font: self.default_font,
            n_fallback: 1,
            is_hidden: false,
            is_heading: false,
            in_table: false,
        })
    }

    fn change(&mut self, change: impl FnOnce(&mut State)) {
        // What stands deeper than is followed changes nothing outside.
        if self.n_too_deep > 0 {
            return;
        }
        if let Some(state) = self.stack.last_mut() {
            change(state);
        }
    }

    fn code_page(&self) -> &'static Encoding {
        self.code_page.unwrap_or(WINDOWS_1252)
    }

    fn token(&mut self, token: Token<'_>) {
        let is_marked = std::mem::take(&mut self.is_marked);
        match token {
            Token::Open => {
                self.flush();
                self.n_to_skip = 0;
                if self.stack.len() >= MAX_DEPTH {
                    self.n_too_deep += 1;
                } else {
                    self.stack.push(self.state());
                }
            }
            Token::Close => self.close(),
            Token::Byte(byte) => {
                if self.n_to_skip > 0 {
                    self.n_to_skip -= 1;
                } else {
                    self.pending.push(byte);
                }
            }
            // What a character stands for may be a character by name; other words are what they are.
            Token::Word(name, _) if self.n_to_skip > 0 && groups::character(name).is_some() => self.n_to_skip -= 1,
            Token::Symbol(_) if self.n_to_skip > 0 => self.n_to_skip -= 1,
            Token::Symbol(symbol) => match symbol {
                b'*' => self.is_marked = true,
                b'~' => self.put("\u{a0}"),
                b'_' => self.put("\u{2011}"),
                b'\\' | b'{' | b'}' => self.pending.push(symbol),
                _ => {}
            },
            Token::Word(name, number) => {
                self.n_to_skip = 0;
                self.flush();
                self.word(name, number, is_marked);
            }
        }
    }

    fn close(&mut self) {
        self.flush();
        self.n_to_skip = 0;
        if self.n_too_deep > 0 {
            self.n_too_deep -= 1;
            return;
        }
        let outer = self.stack.len().checked_sub(2).map(|at| self.stack[at].destination);
        let Some(state) = self.stack.pop() else { return };
        if outer != Some(state.destination) {
            self.end_of(state.destination);
        }
        self.is_done = self.stack.is_empty();
    }

    /// Keeps what a group with a fact in it said.
    fn end_of(&mut self, destination: Destination) {
        let name = match destination {
            Destination::Created => {
                let [year, month, day, hour, minute] = self.date;
                if year > 0 {
                    let date = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00");
                    self.found.facts.insert("created", date);
                }
                return;
            }
            Destination::Fact(Fact::Title) => "title",
            Destination::Fact(Fact::Author) => "creator",
            Destination::Fact(Fact::Subject) => "subject",
            Destination::Fact(Fact::Category) => "category",
            Destination::Fact(Fact::Keywords) => "keywords",
            _ => return,
        };
        let text = one_line(&std::mem::take(&mut self.fact));
        self.found.facts.insert(name, text);
    }

    fn word(&mut self, name: &str, number: Option<i32>, is_marked: bool) {
        let state = self.state();
        if is_marked && !groups::is_read_though_marked(name) {
            // Unknown groups that say of themselves that they may be skipped.
            return self.change(|state| state.destination = Destination::Nowhere);
        }
        if let Some(destination) = groups::of_word(name, state.destination) {
            if state.destination != Destination::Nowhere {
                self.change(|state| state.destination = destination);
            }
            return;
        }
        let is_on = number != Some(0);
        match name {
            "upr" => self.change(|state| {
                state.before_twin = Some(state.destination);
                state.destination = Destination::Nowhere;
            }),
            "ud" => self.change(|state| state.destination = state.before_twin.unwrap_or(state.destination)),
            "ansicpg" => self.set_code_page(charset::of_code_page(number.unwrap_or(0))),
            "mac" => self.set_code_page(charset::of_code_page(10_000)),
            "deff" => {
                self.default_font = number.unwrap_or(0);
                self.change(|state| state.font = number.unwrap_or(0));
            }
            "f" => self.set_font(number.unwrap_or(0)),
            "fcharset" | "cpg" if state.destination == Destination::Fonts => {
                let number = number.unwrap_or(0);
                let encoding =
                    if name == "cpg" { Some(charset::of_code_page(number)) } else { charset::of_font(number) };
                if let Some(encoding) = encoding.filter(|_| self.fonts.len() < MAX_LISTED) {
                    self.fonts.insert(state.font, encoding);
                }
            }
            "s" if state.destination == Destination::Styles => self.style = number.unwrap_or(0),
            "s" => {
                let is_heading = self.headings.contains(&number.unwrap_or(0));
                self.change(|state| state.is_heading = is_heading);
            }
            "outlinelevel" if state.destination == Destination::Body => {
                self.change(|state| state.is_heading |= number == Some(0));
            }
            "plain" => {
                let font = self.default_font;
                self.change(|state| state.is_hidden = false);
                self.set_font(font);
            }
            "pard" => self.change(|state| (state.is_heading, state.in_table) = (false, false)),
            "intbl" => self.change(|state| state.in_table = is_on),
            "v" | "deleted" => self.change(|state| state.is_hidden = is_on),
            "uc" => self.change(|state| state.n_fallback = u32::try_from(number.unwrap_or(1)).unwrap_or(1)),
            "u" => {
                if let Some(number) = number {
                    self.unit(number);
                    self.n_to_skip = state.n_fallback;
                }
            }
            "par" | "sect" | "page" | "column" => self.end_of_paragraph(),
            "cell" | "nestcell" => self.end_of_cell(),
            "row" | "nestrow" => self.end_of_row(),
            "yr" | "mo" | "dy" | "hr" | "min" if state.destination == Destination::Created => {
                let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|&part| part == name).unwrap_or(0);
                self.date[at] = number.unwrap_or(0);
            }
            _ => {
                if let Some(text) = groups::character(name) {
                    self.put(text);
                }
            }
        }
    }

    fn set_code_page(&mut self, encoding: &'static Encoding) {
        self.code_page = Some(encoding);
        self.change(|state| state.encoding = encoding);
    }

    fn set_font(&mut self, font: i32) {
        let encoding = self.fonts.get(&font).copied().unwrap_or(self.code_page());
        self.change(|state| (state.font, state.encoding) = (font, encoding));
    }

    /// A unit of UTF-16, which programs write as a signed number.
    fn unit(&mut self, number: i32) {
        let Ok(unit) = u16::try_from(number & 0xffff) else { return };
        let high = self.high_surrogate.take();
        match unit {
            0xd800..=0xdbff => self.high_surrogate = Some(unit),
            0xdc00..=0xdfff => {
                let pair = char::decode_utf16(high.into_iter().chain([unit])).next().and_then(Result::ok);
                self.put(pair.map(String::from).as_deref().unwrap_or(""));
            }
            // Bullets of the font for symbols; its other signs have no meaning outside of it.
            0xf0b7 => self.put("•"),
            0xe000..=0xf8ff => {}
            unit => self.put(char::from_u32(u32::from(unit)).map(String::from).as_deref().unwrap_or("")),
        }
    }

    /// Decodes the bytes so far.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let text = self.state().encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.write(&text);
        // Its room is used again.
        self.pending = bytes;
        self.pending.clear();
    }

    fn put(&mut self, text: &str) {
        self.flush();
        self.write(text);
    }

    fn write(&mut self, text: &str) {
        let state = self.state();
        match state.destination {
            Destination::Body if !state.is_hidden => self.text.push_str(text),
            Destination::Fact(_) if self.fact.len() + text.len() <= MAX_FACT_BYTES => self.fact.push_str(text),
            Destination::Styles => self.style_name(text),
            _ => {}
        }
    }

    /// The name of a style, which ends in a semicolon.
    fn style_name(&mut self, text: &str) {
        let Some((name, _)) = text.split_once(';') else { return };
        let name = name.trim().to_lowercase();
        if matches!(name.as_str(), "title" | "heading 1" | "heading1" | "titel" | "titre" | "überschrift 1" | "titre 1")
            && self.headings.len() < MAX_LISTED
        {
            self.headings.insert(self.style);
        }
        self.style = 0;
    }

    fn end_of_paragraph(&mut self) {
        let state = self.state();
        if state.destination != Destination::Body {
            return;
        }
        if state.in_table {
            self.text.push('\n');
            return;
        }
        if !self.cells.is_empty() {
            self.end_of_row();
        }
        self.end_of_line(state.is_heading);
    }

    fn end_of_line(&mut self, is_title: bool) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.found.lines.push(Line { is_title, text });
        }
    }

    fn end_of_cell(&mut self) {
        if self.state().destination == Destination::Body && self.cells.len() < MAX_CELLS {
            self.cells.push(std::mem::take(&mut self.text));
        }
    }

    /// The cells of a row on a line; a row of one cell only frames its text.
    fn end_of_row(&mut self) {
        if self.state().destination != Destination::Body {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        let mut filled = cells.iter().filter(|cell| !cell.trim().is_empty());
        match (filled.next(), filled.next()) {
            (Some(only), None) => {
                let lines = only.split('\n').filter(|line| !line.trim().is_empty());
                self.found.lines.extend(lines.map(|line| Line { is_title: false, text: line.to_owned() }));
            }
            (Some(_), Some(_)) => {
                let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
                self.found.lines.push(Line { is_title: false, text: cells.join(" | ") });
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Found {
        self.flush();
        self.found.is_cut = !self.is_done;
        if !self.cells.is_empty() {
            self.end_of_cell();
            self.cells.retain(|cell| !cell.trim().is_empty());
        }
        // What stands behind the last mark of a paragraph is one.
        self.stack.clear();
        self.end_of_row();
        self.end_of_line(false);
        self.found
    }
}
