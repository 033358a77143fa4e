//! Gzip: its members one after the other, those behind a damaged one too.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::meter::{Damage, is_damage};

/// What a member begins with: the mark of gzip, and its only method.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// The contents of all members, put together. A damaged member ends where it breaks; reading goes on
/// with the next one.
pub(super) struct Members<R: BufRead> {
    state: State<R>,
    damage: Damage,
    has_begun: bool,
}

enum State<R: BufRead> {
    Between(R),
    Inside(Box<GzDecoder<R>>),
    Done,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R, damage: Damage) -> Self {
        Self { state: State::Between(reader), damage, has_begun: false }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut reader) => match skip_to_member(&mut reader)? {
                    None => return Ok(0),
                    Some(n_skipped) => {
                        // Zeros behind the last member only fill it up to a block.
                        if n_skipped > 0 && self.has_begun {
                            self.damage.note("bytes between its parts are no gzip data");
                        }
                        self.has_begun = true;
                        self.state = State::Inside(Box::new(GzDecoder::new(reader)));
                    }
                },
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if !buffer.is_empty() => self.state = State::Between(decoder.into_inner()),
                    Ok(n_bytes) => {
                        self.state = State::Inside(decoder);
                        return Ok(n_bytes);
                    }
                    Err(error) if is_damage(&error) => {
                        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
                        self.damage.note(if is_cut { "it ends too early".to_owned() } else { error.to_string() });
                        self.state = State::Between(decoder.into_inner());
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

/// Goes to the beginning of the next member; how many bytes were no part of one, or `None` at the end.
fn skip_to_member(reader: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut n_skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        if buffer.starts_with(&MAGIC) {
            return Ok(Some(n_skipped));
        }
        // A mark across the border of two buffers is missed by one byte each time, and found at last.
        let next = buffer.windows(MAGIC.len()).position(|window| window == MAGIC);
        let is_short = buffer.len() < MAGIC.len() && MAGIC.starts_with(buffer);
        let n_bytes = match next {
            Some(at) => at,
            None if is_short => buffer.len(),
            None => buffer.len() - (MAGIC.len() - 1).min(buffer.len() - 1),
        };
        n_skipped += buffer[..n_bytes].iter().filter(|&&byte| byte != 0).count() as u64;
        reader.consume(n_bytes);
    }
}
