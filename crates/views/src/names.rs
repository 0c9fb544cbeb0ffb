//! Which names are taken for one, and why.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::{Filter, View, words};
use rapporteur_model::{EntityId, Kind, When};
use rapporteur_record::{Entity, State};
use serde::Serialize;

/// Which names are taken for one person, organisation or place, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Names {
    /// What was asked for, in words.
    pub about: String,
    /// By kind and preferred name.
    pub entities: Vec<NameLine>,
}

/// One person, organisation or place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameLine {
    /// Its id in this state of the record.
    pub id: EntityId,
    /// What kind of thing.
    pub kind: Kind,
    /// Every form printed, the preferred one first.
    pub names: Vec<String>,
    /// What it is said to be.
    pub roles: Vec<RoleLine>,
    /// In how many reports it is named.
    pub reports: usize,
    /// Why these names are taken for one.
    pub reasons: Vec<String>,
}

/// A role, and from the first to the last report that says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleLine {
    /// The office or function.
    pub role: String,
    /// Whom or what it is held for.
    pub of: Option<String>,
    /// `None`: unknown.
    pub when: Option<When>,
}

/// Which names are taken for one. A place asked for is looked for among places, an actor among
/// persons and organisations.
pub fn names(state: &State, filter: &Filter) -> Names {
    let mut entities: Vec<NameLine> = (state.entities.iter())
        .filter(|entity| filter.wants_entity(entity))
        .map(line)
        .collect();
    entities.sort_by(|a, b| (a.kind, &a.names, &a.id).cmp(&(b.kind, &b.names, &b.id)));
    Names {
        about: filter.words(),
        entities,
    }
}

fn line(entity: &Entity) -> NameLine {
    NameLine {
        id: entity.id.clone(),
        kind: entity.kind,
        names: entity.names.clone(),
        roles: (entity.roles.iter())
            .map(|held| RoleLine {
                role: held.role.clone(),
                of: held.of.clone(),
                when: held.when,
            })
            .collect(),
        reports: entity.reports,
        reasons: entity.reasons.clone(),
    }
}

impl View for Names {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.entities.len(), "entity", "entities");
        page.title("Names", &format!("{count}{}", self.about));
        for kind in [Kind::Person, Kind::Organization, Kind::Place] {
            let mut lines = self
                .entities
                .iter()
                .filter(|line| line.kind == kind)
                .peekable();
            if lines.peek().is_some() {
                page.heading(match kind {
                    Kind::Person => "Persons",
                    Kind::Organization => "Organisations",
                    Kind::Place => "Places",
                });
                page.blank();
            }
            lines.for_each(|line| write(&mut page, line));
        }
        page
    }
}

fn write(page: &mut Page, line: &NameLine) {
    let [preferred, others @ ..] = line.names.as_slice() else {
        return;
    };
    let mut also = Vec::new();
    if !others.is_empty() {
        also.push(plain(format!("also {} · ", others.join(" · "))));
    }
    let reports = words::count(line.reports, "report", "reports");
    also.push(piece(reports, Style::Quiet));
    let name = vec![piece(words::one_line(preferred), Style::Strong)];
    page.row(0, vec![column(32, name), share(1, also)]);
    for RoleLine { role, of, when } in &line.roles {
        let of = of.as_ref().map(|of| format!(", {of}")).unwrap_or_default();
        let when = words::when(*when);
        page.text(34, vec![plain(format!("{role}{of} ({when})"))]);
    }
    for reason in &line.reasons {
        page.text(34, vec![piece(reason, Style::Quiet)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn every_form_of_a_name_is_shown() {
        expect![[r#"
            Names · 3 entities
            ────────────────────────────────────────────────────────────────────────────────

            Organisations

            army                              3 reports
            Žižek’s men                       1 report

            Places

            Velka                             3 reports
        "#]]
        .assert_eq(&names(&state(), &Filter::default()).page().plain(80));
    }
}
