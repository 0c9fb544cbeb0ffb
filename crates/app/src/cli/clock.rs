//! The time now: the only clock of the program.

use super::failure::Failure;

/// The time now, RFC 3339, UTC, in whole seconds. `RAPPORTEUR_NOW`, where set, is taken instead, so
/// that a run can be repeated to the letter.
pub fn now() -> Result<String, Failure> {
    let time = match std::env::var("RAPPORTEUR_NOW") {
        Err(_) => jiff::Timestamp::now(),
        Ok(given) => given.parse().map_err(|_| {
            Failure::usage(
                format!("RAPPORTEUR_NOW is no time: {given}"),
                "write it as 2031-03-01T12:00:00Z",
            )
        })?,
    };
    Ok(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
