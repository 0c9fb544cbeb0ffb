//! What stops a command, for people: what failed, on what, what to try.

use std::io;

/// Why a command ended before its end.
#[derive(Debug)]
pub enum Failure {
    /// Something given could not be read or written; the words say what, the hint what to try.
    Given {
        /// What failed, on what.
        what: String,
        /// What to try.
        hint: String,
    },
    /// The command line asks for something that makes no sense.
    Usage {
        /// What makes no sense.
        what: String,
        /// What to write instead.
        hint: String,
    },
    /// Whoever read the output has enough: no failure.
    Pipe,
}

impl Failure {
    /// Something given could not be read or written.
    pub fn given(what: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::Given {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// The command line asks for something that makes no sense.
    pub fn usage(what: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::Usage {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// Writing results failed.
    pub fn of_output(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Pipe,
            _ => Failure::given(
                format!("cannot write the results: {error}"),
                "check the disk, or where the output goes",
            ),
        }
    }
}

impl From<rapporteur_record::Error> for Failure {
    fn from(error: rapporteur_record::Error) -> Failure {
        Failure::given(error.to_string(), error.hint())
    }
}
