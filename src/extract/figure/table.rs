//! Word tables that are laid out at compile time: membership and word -> word, without allocation.
//!
//! Knows nothing about figures; every list of words in this room is one of these tables.

/// Longest word that a table may hold; longer words of a text are in no table.
pub(super) const MAX_WORD_BYTES: usize = 31;

/// A word in lower case (ASCII letters only; others stay as they are), on the stack.
#[derive(Clone, Copy)]
pub(super) struct Low {
    bytes: [u8; MAX_WORD_BYTES],
    n_bytes: u8,
}

impl Low {
    /// The word in lower case, its typographic apostrophes made plain; empty when it is too long for
    /// any table.
    pub(super) fn new(word: &str) -> Self {
        let mut low = Low { bytes: [0; MAX_WORD_BYTES], n_bytes: 0 };
        if word.len() > MAX_WORD_BYTES {
            return low;
        }
        let mut n = 0;
        for c in word.chars() {
            if c == '\u{2019}' {
                low.bytes[n] = b'\'';
                n += 1;
            } else {
                n += c.to_ascii_lowercase().encode_utf8(&mut low.bytes[n..]).len();
            }
        }
        low.n_bytes = n as u8;
        low
    }

    /// The word.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.n_bytes as usize]).unwrap_or("")
    }
}

#[derive(Clone, Copy)]
struct Slot {
    key: (u16, u8),
    value: (u16, u8),
}

/// A fixed set of lower-case words, each with an optional other word: `"mile miles=mile km"`.
/// `SLOTS` is a power of two, and larger than the number of words.
pub(super) struct Table<const SLOTS: usize> {
    text: &'static str,
    slots: [Slot; SLOTS],
    /// For each first letter, the lengths that occur: turns most words away before hashing.
    lengths: [u32; 32],
}

const fn hash(bytes: &[u8], start: usize, end: usize) -> usize {
    // FNV-1a.
    let mut hash: u32 = 0x811c_9dc5;
    let mut i = start;
    while i < end {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    (hash ^ (hash >> 15)) as usize
}

impl<const SLOTS: usize> Table<SLOTS> {
    /// Lays out the words of `text`, which are separated by white space.
    pub(super) const fn new(text: &'static str) -> Self {
        assert!(SLOTS.is_power_of_two() && text.len() < u16::MAX as usize);
        let bytes = text.as_bytes();
        let mut slots = [Slot { key: (0, 0), value: (0, 0) }; SLOTS];
        let mut lengths = [0; 32];
        let mut n_words = 0;
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at].is_ascii_whitespace() {
                at += 1;
                continue;
            }
            let key_start = at;
            while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' {
                at += 1;
            }
            let key_end = at;
            let mut value_start = at;
            if at < bytes.len() && bytes[at] == b'=' {
                at += 1;
                value_start = at;
                while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
            let mut slot = hash(bytes, key_start, key_end) & (SLOTS - 1);
            while slots[slot].key.1 != 0 {
                slot = (slot + 1) & (SLOTS - 1);
            }
            assert!(key_end - key_start <= MAX_WORD_BYTES && at - value_start <= 255);
            slots[slot] = Slot {
                key: (key_start as u16, (key_end - key_start) as u8),
                value: (value_start as u16, (at - value_start) as u8),
            };
            lengths[(bytes[key_start] & 31) as usize] |= 1 << (key_end - key_start);
            n_words += 1;
            assert!(n_words < SLOTS, "the table is full");
        }
        Table { text, slots, lengths }
    }

    /// Whether a word with this first byte and length may be in the table, whatever its case.
    pub(super) fn may_hold(&self, first: u8, n_bytes: usize) -> bool {
        n_bytes <= MAX_WORD_BYTES && self.lengths[(first & 31) as usize] & (1 << n_bytes) != 0
    }

    /// The word that belongs to `word`: empty when it is in the table without one.
    pub(super) fn get(&self, word: &str) -> Option<&'static str> {
        let first = *word.as_bytes().first()?;
        if !self.may_hold(first, word.len()) {
            return None;
        }
        let mut slot = hash(word.as_bytes(), 0, word.len()) & (SLOTS - 1);
        loop {
            let Slot { key: (start, n), value } = self.slots[slot];
            if n == 0 {
                return None;
            }
            let start = start as usize;
            if self.text.as_bytes()[start..start + n as usize] == *word.as_bytes() {
                let value_start = value.0 as usize;
                return Some(&self.text[value_start..value_start + value.1 as usize]);
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    /// Whether some word of the table has this one behind it.
    pub(super) fn has_value(&self, word: &str) -> bool {
        let value = |slot: &Slot| &self.text[slot.value.0 as usize..][..slot.value.1 as usize];
        !word.is_empty() && self.slots.iter().any(|slot| slot.key.1 > 0 && value(slot) == word)
    }

    /// The word that belongs to `word` in a language, in a table of `language:word`.
    pub(super) fn get_in(&self, language: &str, word: &str) -> Option<&'static str> {
        let mut key = [0u8; MAX_WORD_BYTES];
        let end = language.len() + 1 + word.len();
        let key = key.get_mut(..end)?;
        key[..language.len()].copy_from_slice(language.as_bytes());
        key[language.len()] = b':';
        key[language.len() + 1..].copy_from_slice(word.as_bytes());
        self.get(std::str::from_utf8(key).ok()?)
    }

    /// Whether `word` is in the table.
    pub(super) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static UNITS: Table<8> = Table::new("mile miles=mile km\n   kilometre=km");

    #[test]
    fn finds_words_and_what_belongs_to_them() {
        assert_eq!(UNITS.get("mile"), Some(""));
        assert_eq!(UNITS.get("miles"), Some("mile"));
        assert_eq!(UNITS.get("kilometre"), Some("km"));
        assert_eq!(UNITS.get("metre"), None);
        assert_eq!(UNITS.get(""), None);
    }

    #[test]
    fn lowers_ascii_and_plain_apostrophes() {
        assert_eq!(Low::new("O\u{2019}Clock").as_str(), "o'clock");
        assert_eq!(Low::new("").as_str(), "");
        assert_eq!(Low::new("abcdefghijklmnopqrstuvwxyzabcdef").as_str(), "");
        assert_eq!(Low::new("Éric").as_str(), "Éric");
    }
}
