//! Sorted tables of 32-bit keys, small in a file and quick to search.
//!
//! Keys are hashes, hence evenly spread: a key's top bits lead straight to the few rows it may be in.
//! Fed by the model file; used by [`super::lexicon`].

/// Sorted distinct keys; the position of a key is its row.
pub struct Table {
    keys: Vec<u32>,
    /// First row of each bucket of keys with the same top bits, and one past the last row.
    starts: Vec<u32>,
    shift: u32,
}

impl Table {
    /// Prepares sorted distinct keys for searching.
    pub fn new(keys: Vec<u32>) -> Self {
        let n_bits = usize::BITS - keys.len().leading_zeros();
        let shift = 32 - n_bits.clamp(1, 24);
        let mut starts = vec![0; (1 << (32 - shift)) + 1];
        for &key in &keys {
            starts[(key >> shift) as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Self { keys, starts, shift }
    }

    /// Row of a key.
    pub fn row(&self, key: u32) -> Option<usize> {
        let bucket = (key >> self.shift) as usize;
        let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        self.keys[start..end].iter().position(|&k| k == key).map(|i| start + i)
    }

    /// The keys, sorted.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }
}

/// Reads what [`put_number`] and [`put_keys`] wrote. Every method gives `None` past the end.
pub struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Reads from the first byte on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.bytes.split_at_checked(n)?;
        self.bytes = tail;
        Some(head)
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next number.
    pub fn number(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let (&byte, tail) = self.bytes.split_first()?;
            self.bytes = tail;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The next float.
    pub fn float(&mut self) -> Option<f32> {
        let bytes = self.take(4)?;
        Some(f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// The next table of keys.
    pub fn table(&mut self) -> Option<Table> {
        self.keys().map(Table::new)
    }

    /// The next sorted keys.
    pub fn keys(&mut self) -> Option<Vec<u32>> {
        let n = self.number()? as usize;
        // A key takes a byte at least, so that a wrong length cannot ask for memory.
        if n > self.bytes.len() {
            return None;
        }
        let mut keys = Vec::with_capacity(n);
        let mut key = 0u32;
        for _ in 0..n {
            key = key.checked_add(self.number()?)?;
            keys.push(key);
        }
        Some(keys)
    }
}

/// Appends a number, small ones in few bytes.
pub fn put_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends sorted keys as their differences.
pub fn put_keys(keys: &[u32], out: &mut Vec<u8>) {
    put_number(keys.len() as u32, out);
    let mut previous = 0;
    for &key in keys {
        put_number(key - previous, out);
        previous = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_again() {
        for keys in [vec![], vec![0], vec![0, 1, 2, u32::MAX], (0..5000).map(|i| i * 858_993).collect()] {
            let mut bytes = Vec::new();
            put_keys(&keys, &mut bytes);
            let table = Cursor::new(&bytes).table().expect("just written");
            assert_eq!(table.keys(), keys);
            for (row, &key) in keys.iter().enumerate() {
                assert_eq!(table.row(key), Some(row));
            }
            assert_eq!(table.row(77_777_777), None);
        }
    }

    #[test]
    fn broken_bytes_are_refused() {
        assert!(Cursor::new(&[]).table().is_none());
        assert!(Cursor::new(&[200, 200, 200]).table().is_none());
        assert!(Cursor::new(&[0xff; 9]).number().is_none());
    }
}
