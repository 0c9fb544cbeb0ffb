//! Who is said to hold which place, since when.

use crate::{Control, State};

/// The history of each place.
pub(crate) fn histories(_state: &State) -> Control {
    vec![]
}
