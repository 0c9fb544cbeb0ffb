//! How long it takes to read a record and to compute its state.
//!
//!     cargo run --release -p rapporteur-record --example state -- FILE.record [--digest]

#![allow(clippy::print_stdout)]

use rapporteur_model::Digest;
use rapporteur_record::{Log, State};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("state FILE.record")?;
    let start = Instant::now();
    let contents = Log::open_existing(path)?.contents()?;
    println!("read      {:8.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let state = State::of(contents);
    println!("computed  {:8.2} s", start.elapsed().as_secs_f64());
    println!(
        "{} reports, {} claims, {} entities, {} questions, {} places, {} ledgers, {} talks",
        state.reports.len(),
        state.claims.len(),
        state.entities.len(),
        state.accounts.len(),
        state.control.len(),
        state.ledgers.len(),
        state.talks.len()
    );
    if std::env::args().any(|arg| arg == "--digest") {
        let digest = Digest::of("state")
            .field(format!("{:?}", state.claims))
            .field(format!("{:?}", state.entities))
            .field(format!("{:?}", state.derivations))
            .field(format!("{:?}", state.accounts))
            .field(format!("{:?}", state.talks))
            .field(format!("{:?}", state.control))
            .field(format!("{:?}", state.ledgers));
        println!("{}", digest.finish());
    }
    Ok(())
}
