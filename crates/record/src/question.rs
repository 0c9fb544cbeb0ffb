//! Questions that at least two claims answer, with all the values given.

use crate::State;
use rapporteur_model::Accounts;

/// Questions that at least two claims answer, with all the values given.
pub(crate) fn accounts(_state: &State) -> Vec<Accounts> {
    vec![]
}
