//! A map from entities that is asked without making a key.

use std::collections::BTreeMap;

use crate::mention::EntityKind;

/// Something for each of some entities.
#[derive(Clone, Debug)]
pub(super) struct ByEntity<T>([BTreeMap<String, T>; EntityKind::ALL.len()]);

impl<T> Default for ByEntity<T> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| BTreeMap::new()))
    }
}

impl<T> ByEntity<T> {
    pub(super) fn get(&self, kind: EntityKind, key: &str) -> Option<&T> {
        self.0[kind as usize].get(key)
    }

    /// What is there, made when it is not.
    pub(super) fn entry(&mut self, kind: EntityKind, key: &str) -> &mut T
    where
        T: Default,
    {
        self.0[kind as usize].entry(key.to_owned()).or_default()
    }

    /// Puts something there; gives back what was there.
    pub(super) fn insert(&mut self, kind: EntityKind, key: &str, value: T) -> Option<T> {
        self.0[kind as usize].insert(key.to_owned(), value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(BTreeMap::is_empty)
    }

    /// All entities, by kind and key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (EntityKind, &str, &T)> {
        let of_kind =
            |kind: EntityKind| self.0[kind as usize].iter().map(move |(key, value)| (kind, key.as_str(), value));
        EntityKind::ALL.into_iter().flat_map(of_kind)
    }
}
