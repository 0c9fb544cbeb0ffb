//! Ids are content hashes: the same thing read twice has the same id, on any machine.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// How many hexadecimal digits of the SHA-256 an id keeps: 80 bits, so that even among 100 million
/// claims two different ones share an id with a chance below one in a hundred million.
const DIGITS: usize = 20;

/// A running content hash over fields, each fed with its length so that no two lists of fields run
/// together.
pub struct Digest(Sha256);

impl Digest {
    /// Starts a hash for one kind of thing (`"report"`, `"claim"` …).
    pub fn of(kind: &str) -> Digest {
        Digest(Sha256::new()).field(kind)
    }

    /// Adds one field.
    pub fn field(mut self, bytes: impl AsRef<[u8]>) -> Digest {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The first 80 bits, in hexadecimal.
    pub fn finish(self) -> String {
        let mut out = String::with_capacity(DIGITS);
        for byte in &self.0.finalize()[..DIGITS / 2] {
            out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
            out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        }
        out
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Which report: the hash of its masthead and body.
    ReportId
);
id!(
    /// Which claim: the hash of its evidence and all that it says.
    ClaimId
);
id!(
    /// Which entity, in one state of the record: the hash of the names and places they stand in.
    EntityId
);
id!(
    /// Which judgement: the hash of what was judged, how, by whom, why and when.
    JudgementId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        let one = Digest::of("report").field("ab").field("c").finish();
        let two = Digest::of("report").field("a").field("bc").finish();
        assert_ne!(one, two);
        assert_eq!(one.len(), DIGITS);
    }
}
