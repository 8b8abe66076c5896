//! Ids as small indices, and sets of values.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

/// Index of an entry in a [`Registry`]; cannot be mixed up with that of another kind of entry.
pub struct Id<T>(u16, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The entry at this position.
    pub fn new(at: usize) -> Self {
        Self(u16::try_from(at).unwrap_or(u16::MAX), PhantomData)
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Entries of one kind by name, in the author's order.
#[derive(Clone, Debug)]
pub struct Registry<T>(IndexMap<String, T, RandomState>);

impl<T> Default for Registry<T> {
    fn default() -> Self {
        Self(IndexMap::default())
    }
}

impl<T> Registry<T> {
    /// Puts an entry at the end, or over the one of the same name.
    pub fn insert(&mut self, name: &str, entry: T) -> Id<T> {
        Id::new(self.0.insert_full(name.to_owned(), entry).0)
    }

    /// The id of a name.
    pub fn id(&self, name: &str) -> Option<Id<T>> {
        self.0.get_index_of(name).map(Id::new)
    }

    /// The name of an id.
    pub fn name(&self, id: Id<T>) -> &str {
        self.0.get_index(id.index()).map_or("", |(name, _)| name)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.keys().map(String::as_str)
    }

    /// All entries with their ids and names.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &str, &T)> {
        self.0.iter().enumerate().map(|(at, (name, entry))| (Id::new(at), name.as_str(), entry))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = Id<T>> + use<T> {
        (0..self.0.len()).map(Id::new)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> std::ops::Index<Id<T>> for Registry<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.0[id.index()]
    }
}

impl<T> std::ops::IndexMut<Id<T>> for Registry<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.0[id.index()]
    }
}

/// The most options a question may have: all countries and some to spare.
pub const MOST_VALUES: usize = 320;

/// A set of values of one fact, as positions in its list of values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ValueSet([u64; MOST_VALUES / 64]);

impl ValueSet {
    /// Only this value.
    pub fn only(value: usize) -> Self {
        let mut set = Self::default();
        set.insert(value);
        set
    }

    /// The first `count` values.
    pub fn first(count: usize) -> Self {
        (0..count).collect()
    }

    /// Takes a value in; beyond the most values a fact may have it is left out.
    pub fn insert(&mut self, value: usize) {
        if let Some(word) = self.0.get_mut(value / 64) {
            *word |= 1 << (value % 64);
        }
    }

    /// Whether the value is in.
    pub fn contains(&self, value: usize) -> bool {
        self.0.get(value / 64).is_some_and(|word| word & (1 << (value % 64)) != 0)
    }

    /// What is in both.
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }

    /// What is in either.
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    /// What is here but not there.
    pub fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] & !other.0[at]))
    }

    /// Whether some value is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        // All words at once: looking at them one by one takes longer than it saves.
        self.0.iter().zip(&other.0).fold(0, |both, (own, other)| both | own & other) != 0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many values are in.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The values in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let at = rest.iter().position(|word| *word != 0)?;
            let bit = rest[at].trailing_zeros() as usize;
            rest[at] &= rest[at] - 1;
            Some(at * 64 + bit)
        })
    }
}

impl FromIterator<usize> for ValueSet {
    fn from_iter<I: IntoIterator<Item = usize>>(values: I) -> Self {
        let mut set = Self::default();
        values.into_iter().for_each(|value| set.insert(value));
        set
    }
}

impl fmt::Debug for ValueSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
