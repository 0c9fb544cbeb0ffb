//! Words that tell a masthead's parts, from data files.

use crate::hash::Hashed;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Words of class names, and what an element with one of them holds.
pub(crate) static CLASSES: LazyLock<HashMap<&'static str, &'static str, Hashed>> =
    LazyLock::new(|| {
        rows(include_str!("../../data/classes.tsv"))
            .filter_map(|row| row.split_once('\t'))
            .collect()
    });

/// Words that stand where writers' names do, and in none.
pub(crate) static NOT_WRITERS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../data/en/not_writers.txt")).collect());
