//! What was found out lately of words that come again and again.

use crate::hash::Hashed;
use std::hash::BuildHasher;

/// What was found out of the values that came lately: pages repeat a few of them. A place for each
/// hash, so that no page can make it large or slow.
pub(crate) struct Recent<'d, T>(Vec<(&'d str, T)>);

impl<'d, T: Copy + Default> Recent<'d, T> {
    const PLACES: usize = 512;

    pub(crate) fn new() -> Recent<'d, T> {
        Recent(vec![("", T::default()); Self::PLACES])
    }

    /// What `read` says of a value; of the empty one, the default.
    pub(crate) fn of(&mut self, value: &'d str, read: impl FnOnce(&'d str) -> T) -> T {
        let place = Hashed::default().hash_one(value) as usize % Self::PLACES;
        let Some(place) = self.0.get_mut(place) else {
            return read(value);
        };
        if place.0 != value {
            *place = (value, read(value));
        }
        place.1
    }
}
