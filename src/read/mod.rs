//! Bytes in a folder become articles or named rejects.
//!
//! Two steps, so that the second can run on many threads: [`open`] touches the file system, finds the
//! format and cuts a file into [`RawItem`]s; [`parse`] turns one item into articles without touching
//! anything. Knows no tantivy. Nothing is skipped in silence: what is not an article is a
//! [`Rejected`].
