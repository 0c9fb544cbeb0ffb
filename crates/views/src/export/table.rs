//! Every claim as a row of one table, in columns of our own: as CSV here, as Parquet in `parquet`.

use super::cells::{country, csv, joined};
use super::event::{is_narrow, spot};
use super::told::{Told, told, word};
use crate::entry;
use rapporteur_model::{ClaimId, Date, EntityId, Place, Standing};
use rapporteur_record::State;
use std::collections::{BTreeMap, BTreeSet};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A list of words.
    Texts,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A day.
    Day,
}

/// One value; nothing where nobody said.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(Option<String>),
    /// A list of words.
    Texts(Vec<String>),
    /// A whole number.
    Whole(Option<i64>),
    /// A number.
    Number(Option<f64>),
    /// A day.
    Day(Option<Date>),
}

/// The columns, in order: `claim_id` first.
pub const COLUMNS: &[(&str, Kind)] = &[
    ("claim_id", Kind::Text),
    ("report_id", Kind::Text),
    ("publisher", Kind::Text),
    ("title", Kind::Text),
    ("url", Kind::Text),
    ("path", Kind::Text),
    ("published_earliest", Kind::Day),
    ("published_latest", Kind::Day),
    ("published_how", Kind::Text),
    ("language", Kind::Text),
    ("start", Kind::Whole),
    ("end", Kind::Whole),
    ("exact", Kind::Text),
    ("sentence", Kind::Text),
    ("words", Kind::Text),
    ("subject", Kind::Text),
    ("event", Kind::Text),
    ("mode", Kind::Text),
    ("action", Kind::Text),
    ("aspect", Kind::Text),
    ("sources", Kind::Texts),
    ("said_by", Kind::Text),
    ("cue", Kind::Text),
    ("manner", Kind::Text),
    ("actor", Kind::Texts),
    ("actor_id", Kind::Texts),
    ("recipient", Kind::Texts),
    ("recipient_id", Kind::Texts),
    ("third_party", Kind::Texts),
    ("place", Kind::Texts),
    ("place_id", Kind::Texts),
    ("geonameid", Kind::Whole),
    ("latitude", Kind::Number),
    ("longitude", Kind::Number),
    ("precision", Kind::Text),
    ("country", Kind::Text),
    ("earliest", Kind::Day),
    ("latest", Kind::Day),
    ("figures", Kind::Texts),
    ("low", Kind::Number),
    ("high", Kind::Number),
    ("comparator", Kind::Text),
    ("unit", Kind::Text),
    ("fate", Kind::Text),
    ("certainty", Kind::Text),
    ("polarity", Kind::Text),
    ("realis", Kind::Text),
    ("origin", Kind::Text),
    ("question", Kind::Text),
    ("standing", Kind::Text),
    ("against", Kind::Texts),
    ("repeats", Kind::Text),
    ("no_longer_in", Kind::Text),
];

/// The rows, a cell a column, by report and in the order of the text.
pub fn rows<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = Vec<Cell>> + 's {
    let accounts = entry::places(state);
    let opposed = entry::opposed(state);
    told(state, places).map(move |told| {
        let account = accounts.get(told.id());
        let account = account.and_then(|(question, _)| state.accounts.get(*question));
        let standing =
            account.map(|accounts| (accounts.question.words.as_str(), accounts.standing));
        row(&told, standing, opposed.get(told.id()))
    })
}

fn row(
    told: &Told<'_>,
    standing: Option<(&str, Standing)>,
    against: Option<&BTreeSet<ClaimId>>,
) -> Vec<Cell> {
    let what = told.what();
    let label = told.label();
    let masthead = told.report.report.masthead();
    let when = told.when();
    let (actors, recipients, at) = (told.actors(), told.recipients(), told.where_at());
    let third: Vec<_> = what.third_party.iter().collect();
    let ids = |mentions: &[&rapporteur_model::Mention]| {
        let ids = mentions.iter().filter_map(|one| told.entity(one));
        Cell::Texts(ids.map(|entity| entity.id.0.clone()).collect())
    };
    let place = spot(told).and_then(|(_, place)| place);
    let narrow = place.filter(|place| is_narrow(place));
    let figure = what.figures.first();
    let printed = (what.figures.iter())
        .filter_map(|figure| told.report.report.slice(figure.span))
        .map(crate::words::one_line);
    let sources = told.sources().iter().map(crate::words::source);
    let (action, aspect) = match &what.subject {
        rapporteur_model::Subject::Ground(action) => (Some(word(action)), None),
        rapporteur_model::Subject::Talks(detail) => (None, Some(word(&detail.aspect))),
        _ => (None, None),
    };
    let text = |text: &str| Cell::Text(Some(text.to_string()));
    let some = |text: Option<&str>| Cell::Text(text.map(str::to_string));
    let whole = |number: usize| Cell::Whole(i64::try_from(number).ok());
    vec![
        text(&told.id().0),
        text(&told.report_id().0),
        text(&label.name),
        Cell::Text(label.title.clone()),
        some(told.url()),
        Cell::Text(label.path.clone()),
        Cell::Day(label.published.map(|when| when.earliest)),
        Cell::Day(label.published.map(|when| when.latest)),
        text(&word(&label.how)),
        some(masthead.language.as_deref()),
        whole(told.at.0),
        whole(told.at.1),
        text(told.exact()),
        text(told.sentence()),
        text(&told.words()),
        text(entry::subject(&what.subject)),
        Cell::Text(what.event.as_ref().map(word)),
        Cell::Text(what.mode.clone()),
        Cell::Text(action),
        Cell::Text(aspect),
        Cell::Texts(sources.collect()),
        text(&told.chain()),
        Cell::Text(what.attribution.cue.clone()),
        text(&word(&what.attribution.manner)),
        Cell::Texts(told.names(&actors)),
        ids(&actors),
        Cell::Texts(told.names(&recipients)),
        ids(&recipients),
        Cell::Texts(told.names(&third)),
        Cell::Texts(told.names(&at)),
        ids(&at),
        Cell::Whole(place.and_then(|place| place.geonameid).map(i64::from)),
        Cell::Number(narrow.map(|place| place.latitude)),
        Cell::Number(narrow.map(|place| place.longitude)),
        some(place.map(|place| place.kind.name())),
        some(
            place
                .and_then(|place| country(place.country.as_deref()))
                .map(|c| c.name),
        ),
        Cell::Day(when.map(|when| when.earliest)),
        Cell::Day(when.map(|when| when.latest)),
        Cell::Texts(printed.collect()),
        Cell::Number(figure.and_then(|figure| figure.low)),
        Cell::Number(figure.and_then(|figure| figure.high)),
        some(figure.map(|figure| figure.comparator.sign())),
        some(figure.and_then(|figure| figure.unit.as_deref())),
        some(figure.and_then(|figure| figure.fate.as_deref())),
        text(&word(&what.factuality.certainty)),
        text(&word(&what.factuality.polarity)),
        text(&word(&what.factuality.realis)),
        text(&told.claim.origin),
        some(standing.map(|(question, _)| question)),
        Cell::Text(standing.map(|(_, standing)| word(&standing))),
        Cell::Texts(
            against
                .into_iter()
                .flatten()
                .map(|id| id.0.clone())
                .collect(),
        ),
        some(told.claim.repeats.as_ref().map(|id| id.0.as_str())),
        some(told.claim.no_longer_in.as_ref().map(|id| id.0.as_str())),
    ]
}

/// The table as lines of CSV, the names of the columns first; lists are joined by `; `.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let rows = rows(state, places).map(|row| {
        let cells: Vec<String> = row.iter().map(printed).collect();
        csv(&cells)
    });
    std::iter::once(csv(&names)).chain(rows)
}

fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone().unwrap_or_default(),
        Cell::Texts(texts) => joined(texts),
        Cell::Whole(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Cell::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn every_cell_is_of_its_columns_kind() {
        let state = state();
        let places = located(&state);
        for row in rows(&state, &places) {
            let kinds: Vec<Kind> = (row.iter())
                .map(|cell| match cell {
                    Cell::Text(_) => Kind::Text,
                    Cell::Texts(_) => Kind::Texts,
                    Cell::Whole(_) => Kind::Whole,
                    Cell::Number(_) => Kind::Number,
                    Cell::Day(_) => Kind::Day,
                })
                .collect();
            let columns: Vec<Kind> = COLUMNS.iter().map(|(_, kind)| *kind).collect();
            assert_eq!(kinds, columns);
        }
    }

    #[test]
    fn every_claim_is_a_row() {
        let state = state();
        let places = located(&state);
        let lines: Vec<String> = lines(&state, &places).collect();
        assert_eq!(lines.len(), state.claims.len() + 1);
        expect![[r#"322cb15b05b7ed6f8480,30b6f357fa24bf1a84ac,North Wire,Army takes Velka,,in/wire.html,2031-03-01,2031-03-01,given,,0,29,The army took Velka on Friday,"The army took Velka on Friday, the defence ministry said.",army took Velka,ground,,,taken,,defence ministry,defence ministry ← North Wire,said,indirect,army,f6abe2b3b9b73c2f4452,,,,Velka,39b2cd75858188dfe32f,9000001,44.5,20.25,town,Switzerland,2031-02-28,2031-02-28,,,,,,,certain,positive,actual,defence ministry,control of Velka,disputed,,,"#]].assert_eq(&lines[1]);
    }
}
