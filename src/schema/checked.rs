//! Bytes with a checksum, so that damage to our own files is told from what they say.

/// Bytes of the checksum, at the end.
const CHECKSUM_BYTES: usize = 8;

/// Adds the checksum.
pub(crate) fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = checksum(&bytes);
    bytes.extend(checksum);
    bytes
}

/// The bytes without their checksum, or `None` when they are not what was written.
pub(crate) fn without_checksum(bytes: &[u8]) -> Option<&[u8]> {
    let (bytes, found) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
    (checksum(bytes) == *found).then_some(bytes)
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    *blake3::hash(bytes).as_bytes().first_chunk().expect("a hash is longer")
}
