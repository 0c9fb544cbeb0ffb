//! Names across reports → entities.
//!
//! A printed name is one thing throughout a record, except a person's single name, which means
//! whom its report means. Names are joined by rules, each of which gives its reason in words, because
//! a reader can argue with a reason. What a spelling or a slip would join must be one name by the
//! score of [`compare_names`] too. The surest rules come first, and later ones see what the earlier
//! have joined:
//!
//! 1. people's judgements that two names are the same;
//! 2. the same letters (capitals, accents, hyphens, spaces aside); names of one state or
//!    international body in the tables; a short form that the report itself resolves or puts in
//!    brackets;
//! 3. the same words in another order or with other connecting words; points of the compass;
//! 4. spellings of one name from another script, by the table of sounds; slips of one letter;
//! 5. initials; a personal name that is part of one longer name and of no other;
//! 6. a person's single name: the bearer of it in the same report, else in the record, if there is
//!    just one;
//! 7. two names for the holder of one office at one time.
//!
//! A join is refused where it would put together what excludes each other: two names that somebody
//! judged different, two states, two people of one last name with different first ones.

mod assemble;
mod clusters;
mod name;
mod nodes;
mod office;
mod people;
mod score;
mod sounds;
mod tables;
mod things;

pub use score::{Likeness, NameOf, NameReason, SAME_NAME, compare_names};

use crate::Entity;
use clusters::Clusters;
use rapporteur_model::{Anchor, Judgement, Published, Reading, ReportId};
use std::collections::BTreeMap;

/// Which entity a printed name means, by report.
pub(crate) type Names = BTreeMap<ReportId, BTreeMap<String, usize>>;

/// The entities, in order of their ids, and which of them each printed name means.
pub(crate) fn resolve(
    readings: &[Reading],
    spoken: &BTreeMap<ReportId, (Published, Anchor)>,
    judgements: &[Judgement],
) -> (Vec<Entity>, Names) {
    let names = nodes::collect(readings);
    let mut clusters = Clusters::new(&names.nodes, judgements);
    clusters::judged_same(&names, judgements, &mut clusters);
    clusters.join(things::same_letters(&names));
    clusters.join(things::in_tables(&names));
    clusters.join(things::in_brackets(&names, readings));
    clusters.join(things::resolved_by_report(&names));
    clusters.join(things::same_words(&names));
    clusters.join(things::other_spellings(&names));
    clusters.join(people::slips(&names));
    clusters.join(people::spelt_with_a_slip(&names));
    clusters.join(things::initials(&names, &clusters));
    clusters.join(people::parts_of_one(&names, &clusters));
    clusters.join(things::with_a_state(&names, &clusters));
    clusters.join(people::single_in_report(&names, &clusters));
    clusters.join(people::single_in_record(&names, &clusters));
    clusters.join(people::single_alone(&names, &clusters));
    clusters.join_whatever_the_names(office::one_office(&names, &clusters, readings, spoken));
    assemble::entities(&names, clusters, readings, spoken)
}

/// What is the same for spellings of one name and for the names of one state or body: enough to tell
/// which reports speak of the same things, before it is known which names are one.
pub(crate) fn likeness(printed: &str) -> String {
    let name = name::Name::of(printed);
    let known = name
        .state()
        .or_else(|| name.adjective_of())
        .or_else(|| name.body());
    if let Some(known) = known {
        return known.to_string();
    }
    let sounds = |word: &String| match sounds::skeleton(word) {
        // Few consonants are shared by too many words.
        skeleton if skeleton.chars().count() < 3 => word.clone(),
        skeleton => skeleton,
    };
    name.words.iter().map(sounds).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
