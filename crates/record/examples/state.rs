//! How long it takes to read a record and to compute its state.
//!
//!     cargo run --release -p rapporteur-record --example state -- FILE.record [--kept] [--parts] [--digest]

#![allow(clippy::print_stdout)]

use rapporteur_model::Digest;
use rapporteur_record::{Log, State};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("state FILE.record")?;
    let start = Instant::now();
    let mut log = Log::open_existing(path)?;
    let state = match std::env::args().any(|arg| arg == "--kept") {
        true => log.state()?,
        false => {
            let contents = log.contents()?;
            println!("read      {:8.2} s", start.elapsed().as_secs_f64());
            State::of(contents)
        }
    };
    println!("there     {:8.2} s", start.elapsed().as_secs_f64());
    if std::env::args().any(|arg| arg == "--parts") {
        for most in [1000, usize::MAX >> 1] {
            let start = Instant::now();
            let part = log.first_disputes(most)?;
            let (questions, claims) = (part.accounts.len(), part.claims.len());
            println!(
                "{questions} questions, {claims} claims: {:.2} s",
                start.elapsed().as_secs_f64()
            );
            let start = Instant::now();
            let part = log.first_places(most)?;
            let (places, claims) = (part.control.len(), part.claims.len());
            println!(
                "{places} places, {claims} claims: {:.2} s",
                start.elapsed().as_secs_f64()
            );
        }
    }
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
