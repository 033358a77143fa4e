//! Gzip, bzip2 and xz: the parts of a packed file one after the other, those behind a damaged one too.
//!
//! Files put together of packed parts are common: archives of web pages, dumps of Wikipedia, logs.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use super::meter::{Damage, MAX_UNPACKING_MIB, is_damage};

/// A decoder of one part.
pub(super) trait Member<R: BufRead>: Read {
    /// What a part begins with.
    const MAGIC: &'static [u8];

    /// So much is asked of it at once: some lose all that they were asked for where they fail.
    const PIECE_BYTES: usize = usize::MAX;

    /// What is said where something else stands between parts.
    const MISFIT: &'static str;

    fn begin(reader: R) -> Self;

    /// What stands behind the part, or where it broke.
    fn rest(self) -> R;
}

impl<R: BufRead> Member<R> for GzDecoder<R> {
    /// The mark of gzip, and its only method.
    const MAGIC: &'static [u8] = b"\x1f\x8b\x08";
    const MISFIT: &'static str = "bytes between or behind its parts are no gzip data";

    fn begin(reader: R) -> Self {
        Self::new(reader)
    }

    fn rest(self) -> R {
        self.into_inner()
    }
}

impl<R: BufRead> Member<R> for BzDecoder<R> {
    const MAGIC: &'static [u8] = b"BZh";
    const MISFIT: &'static str = "bytes between or behind its parts are no bzip2 data";

    fn begin(reader: R) -> Self {
        Self::new(reader)
    }

    fn rest(self) -> R {
        self.into_inner()
    }
}

impl<R: BufRead> Member<R> for XzReader<R> {
    const MAGIC: &'static [u8] = b"\xfd7zXZ\0";
    const MISFIT: &'static str = "bytes between or behind its parts are no xz data";
    const PIECE_BYTES: usize = 8 * 1024;

    fn begin(reader: R) -> Self {
        Self::new_mem_limit(reader, false, MAX_UNPACKING_MIB * 1024)
    }

    fn rest(self) -> R {
        self.into_inner()
    }
}

/// The contents of all parts, put together. A damaged part ends where it breaks; reading goes on with
/// the next one.
pub(super) struct Members<R, M> {
    state: State<R, M>,
    damage: Damage,
    has_begun: bool,
}

enum State<R, M> {
    Between(R),
    Inside(Box<M>),
    Done,
}

impl<R: BufRead, M: Member<R>> Members<R, M> {
    pub(super) fn new(reader: R, damage: Damage) -> Self {
        Self { state: State::Between(reader), damage, has_begun: false }
    }
}

impl<R: BufRead, M: Member<R>> Read for Members<R, M> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = buffer.len().min(M::PIECE_BYTES);
        let buffer = &mut buffer[..n_bytes];
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut reader) => {
                    let (n_skipped, is_end) = skip_to_member(&mut reader, M::MAGIC)?;
                    // Zeros behind the last part only fill it up to a block.
                    if n_skipped > 0 && self.has_begun {
                        self.damage.note(M::MISFIT);
                    }
                    if is_end {
                        return Ok(0);
                    }
                    self.has_begun = true;
                    self.state = State::Inside(Box::new(M::begin(reader)));
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if !buffer.is_empty() => self.state = State::Between(decoder.rest()),
                    Ok(n_bytes) => {
                        self.state = State::Inside(decoder);
                        return Ok(n_bytes);
                    }
                    Err(error) if is_damage(&error) => {
                        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                        self.damage.note(if is_cut { "it ends too early".to_owned() } else { error.to_string() });
                        self.state = State::Between(decoder.rest());
                    }
                    Err(error) => {
                        self.state = State::Inside(decoder);
                        return Err(error);
                    }
                },
            }
        }
    }
}

/// Goes to the beginning of the next part: how many bytes other than zero were no part of one, and whether none follows.
fn skip_to_member(reader: &mut impl BufRead, magic: &[u8]) -> io::Result<(u64, bool)> {
    let mut n_skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok((n_skipped, true));
        }
        if buffer.starts_with(magic) {
            return Ok((n_skipped, false));
        }
        // A mark across the border of two buffers is missed by one byte each time, and found at last.
        let next = buffer.windows(magic.len()).position(|window| window == magic);
        let is_short = buffer.len() < magic.len() && magic.starts_with(buffer);
        let n_bytes = match next {
            Some(at) => at,
            None if is_short => buffer.len(),
            None => buffer.len() - (magic.len() - 1).min(buffer.len() - 1),
        };
        n_skipped += buffer[..n_bytes].iter().filter(|&&byte| byte != 0).count() as u64;
        reader.consume(n_bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    type Bytes = Cursor<Vec<u8>>;

    /// The contents of all parts, and whether something was wrong with them.
    fn unpacked<M: Member<Bytes>>(packed: &[u8]) -> (Vec<u8>, bool) {
        let damage = Damage::default();
        let mut bytes = Vec::new();
        let members = Members::<_, M>::new(Cursor::new(packed.to_vec()), damage.clone());
        let outcome = members.take(1 << 20).read_to_end(&mut bytes);
        (bytes, outcome.is_err() || damage.detail().is_some())
    }

    fn xz(contents: &[u8]) -> Vec<u8> {
        let mut options = lzma_rust2::XzOptions::with_preset(0);
        options.lzma_options.dict_size = 4096;
        let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).expect("options");
        packed.write_all(contents).expect("memory is there");
        packed.finish().expect("packed data")
    }

    fn bzip2(contents: &[u8]) -> Vec<u8> {
        let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        packed.write_all(contents).expect("memory is there");
        packed.finish().expect("packed data")
    }

    const TEXT: &[u8] = b"It rained for a day and a night, and then it rained for a day and a night.";

    /// Whichever byte is wrong, nothing panics, and the part behind it is read; save where a size is
    /// wrong, and all that follows is taken for this part.
    fn check<M: Member<Bytes>>(pack: fn(&[u8]) -> Vec<u8>) {
        let one = pack(TEXT);
        let both = [one.clone(), pack(b"The end.")].concat();
        assert_eq!(unpacked::<M>(&both), ([TEXT, b"The end."].concat(), false));
        let (mut n_tries, mut n_kept) = (0, 0);
        for at in 0..one.len() {
            for flip in [0x01, 0x20, 0xff] {
                let mut broken = both.clone();
                broken[at] ^= flip;
                n_tries += 1;
                n_kept += usize::from(unpacked::<M>(&broken).0.ends_with(b"The end."));
            }
            unpacked::<M>(&both[..at]);
        }
        assert!(n_kept * 10 >= n_tries * 9, "{n_kept} of {n_tries}");
    }

    #[test]
    fn a_damaged_part_costs_only_itself() {
        check::<BzDecoder<Bytes>>(bzip2);
        check::<XzReader<Bytes>>(xz);
    }
}
