//! Values of the model in a reader's words.

use rapporteur_model::{
    Action, Aspect, Certainty, Claim, Mention, Polarity, Realis, Report, Source, Subject,
    TalksDetail, When,
};
use rapporteur_record::ClaimState;

/// What a claim says, in a line: the structured ones put together from their printed parts, any
/// other in its exact words.
pub fn claim(report: &Report, claim: &Claim) -> String {
    let what = claim.what();
    let said = match &what.subject {
        Subject::Ground(action) => ground(report, claim, *action),
        Subject::Talks(detail) => talks(detail),
        Subject::Count => figures(report, claim),
        Subject::Statement => None,
    };
    let words = match said {
        Some(words) => words,
        None => return one_line(claim.evidence().exact()),
    };
    let factuality = what.factuality;
    let is_talks = matches!(what.subject, Subject::Talks(_));
    let realis = match factuality.realis {
        Realis::Actual => "",
        // The aspect says so itself.
        Realis::Offered | Realis::Demanded if is_talks => "",
        Realis::Planned => "planned: ",
        Realis::Offered => "offered: ",
        Realis::Demanded => "demanded: ",
        Realis::Conditional => "on a condition: ",
    };
    let polarity = match factuality.polarity {
        Polarity::Positive => "",
        Polarity::Negative => "not: ",
    };
    let certainty = match factuality.certainty {
        Certainty::Certain => "",
        Certainty::Probable => " (probable)",
        Certainty::Possible => " (possible)",
        Certainty::Uncommitted => " (left open)",
    };
    format!("{realis}{polarity}{words}{certainty}")
}

/// Who does what where, from the printed names; `None` where no object is named.
fn ground(report: &Report, claim: &Claim, action: Action) -> Option<String> {
    let what = claim.what();
    let places = names(&what.place);
    let object = match (&places, figures(report, claim)) {
        (Some(places), _) => places.clone(),
        (None, Some(figures)) => figures,
        (None, None) => return None,
    };
    let actors = names(&what.actor);
    Some(match (action, actors) {
        (Action::Clash, actors) => {
            let sides: Vec<String> = [actors, names(&what.recipient)]
                .into_iter()
                .flatten()
                .collect();
            match sides.is_empty() {
                true => format!("fighting in {object}"),
                false => format!("fighting in {object}: {}", sides.join(" against ")),
            }
        }
        (action, Some(actors)) => format!("{actors} {} {object}", verb(action)),
        (action, None) => format!("{object} {}", state(action)),
    })
}

/// What an actor does to a place, whether one or many act.
fn verb(action: Action) -> &'static str {
    match action {
        Action::Taken => "took",
        Action::Retaken => "took back",
        Action::Held => "in control of",
        Action::Attacked => "attacked",
        Action::Clash => "fought in",
        Action::Surrounded => "surrounded",
    }
}

/// What is said of a place.
pub fn state(action: Action) -> &'static str {
    match action {
        Action::Taken => "taken",
        Action::Retaken => "retaken",
        Action::Held => "held",
        Action::Attacked => "attacked",
        Action::Clash => "fighting",
        Action::Surrounded => "surrounded",
    }
}

/// The name of an aspect of talks.
pub fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Round => "round",
        Aspect::Delegation => "delegation",
        Aspect::Agenda => "agenda",
        Aspect::Offer => "offer",
        Aspect::Demand => "demand",
        Aspect::Refusal => "refusal",
        Aspect::Denial => "denial",
        Aspect::Agreement => "agreement",
        Aspect::Pledge => "pledge",
        Aspect::Outcome => "outcome",
        Aspect::Next => "next meeting",
    }
}

/// The printed parts of a claim about talks; `None` where it has none.
fn talks(detail: &TalksDetail) -> Option<String> {
    let by = name_of(&detail.by).or(name_of(&detail.person));
    let to = name_of(&detail.to);
    let deed = match (detail.aspect, &by) {
        (Aspect::Offer, Some(by)) => Some(format!("{by} offers")),
        (Aspect::Demand, Some(by)) => Some(format!("{by} demands")),
        (Aspect::Pledge, Some(by)) => Some(format!("{by} pledges")),
        (Aspect::Denial, Some(by)) => Some(format!("{by} denies")),
        (Aspect::Refusal, Some(by)) => Some(format!("{by} refuses")),
        _ => None,
    };
    let mut parts: Vec<String> = Vec::new();
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            parts.push(format!("{label}{value}"));
        }
    };
    add("", names(&detail.parties));
    add("", name_of(&detail.party));
    add("led by ", name_of(&detail.head));
    add("with ", names(&detail.members));
    add("", detail.status.clone());
    add("topics: ", list(&detail.topics));
    add("", list(&detail.offers));
    let asks = match (detail.aspect, detail.offers.is_empty()) {
        (Aspect::Demand, _) | (_, true) => "",
        _ => "asks in return ",
    };
    add(asks, list(&detail.asks));
    add("", detail.content.clone());
    add("", detail.result.clone());
    add("", detail.of.clone());
    add("to ", to);
    add("in ", name_of(&detail.place));
    add("", detail.when.as_ref().map(|time| time.expression.clone()));
    let parts = parts.join(", ");
    let aspect = aspect(detail.aspect);
    match (deed, by, parts.is_empty()) {
        (_, None, true) => None,
        (Some(deed), _, _) => Some(one_line(&format!("{deed} {parts}"))),
        (None, Some(by), true) => Some(one_line(&format!("{aspect}: {by}"))),
        (None, Some(by), false) => Some(one_line(&format!("{aspect}: {by}, {parts}"))),
        (None, None, false) => Some(one_line(&format!("{aspect}: {parts}"))),
    }
}

/// The printed figures of a claim, with what happened to those counted where the words themselves
/// do not say so.
fn figures(report: &Report, claim: &Claim) -> Option<String> {
    let printed: Vec<String> = (claim.what().figures.iter())
        .filter_map(|figure| {
            let words = one_line(report.slice(figure.span)?);
            Some(match &figure.fate {
                Some(fate) if !words.contains(fate.as_str()) => format!("{words} ({fate})"),
                _ => words,
            })
        })
        .collect();
    list(&printed)
}

fn names(mentions: &[Mention]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in mentions {
        let name = name(mention);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    list(&names)
}

fn name_of(mention: &Option<Mention>) -> Option<String> {
    mention.as_ref().map(name)
}

/// `a`, `a and b`, `a, b and c`; `None` for nothing.
fn list(items: &[String]) -> Option<String> {
    match items {
        [] => None,
        [one] => Some(one.clone()),
        [rest @ .., last] => Some(format!("{} and {last}", rest.join(", "))),
    }
}

/// The name that a mention stands for, else as printed.
pub fn name(mention: &Mention) -> String {
    one_line(mention.stands_for.as_deref().unwrap_or(&mention.name))
}

/// The voices behind a claim, nearest the fact first, back to who issued the report:
/// `Ajmal Orsolo (spokesman, security forces) ← North Wire`.
pub fn chain(claim: &ClaimState, publisher: &str) -> String {
    let sources = claim.claim.what().attribution.sources.iter();
    let voices = sources
        .enumerate()
        .map(|(at, source)| voice(source, claim.party(at)));
    chained(voices.collect(), publisher)
}

fn chained(mut chain: Vec<String>, publisher: &str) -> String {
    if chain.is_empty() {
        return format!("{publisher} in its own voice");
    }
    chain.push(publisher.to_string());
    chain.join(" ← ")
}

/// One voice: its name, its role where the name does not say it, and that it is unnamed where it
/// is.
pub fn source(source: &Source) -> String {
    voice(source, source.party)
}

/// The same, with that it speaks for a party to the conflict where somebody says so.
fn voice(source: &Source, party: Option<bool>) -> String {
    let mention = &source.mention;
    let name = name(mention);
    let mut notes: Vec<String> = Vec::new();
    if let Some(role) = &mention.role {
        for part in [Some(&role.role), role.of.as_ref()].into_iter().flatten() {
            if !name.to_lowercase().contains(&part.to_lowercase()) {
                notes.push(one_line(part));
            }
        }
    }
    if source.anonymous {
        notes.push("unnamed".to_string());
    }
    if party == Some(true) {
        notes.push("a party".to_string());
    }
    match notes.is_empty() {
        true => name,
        false => format!("{name} ({})", notes.join(", ")),
    }
}

/// A day, month, year or stretch of days as people write it: `14 Jul 2021`, `Jul 2021`, `2021`,
/// `12–14 Jul 2021`; unknown says so.
pub fn when(when: Option<When>) -> String {
    let Some(When { earliest, latest }) = when else {
        return "date unknown".to_string();
    };
    let day = |date: rapporteur_model::Date| date.strftime("%-d %b %Y").to_string();
    let whole_months = earliest.day() == 1 && latest == latest.last_of_month();
    let same_year = earliest.year() == latest.year();
    let same_month = same_year && earliest.month() == latest.month();
    if earliest == latest {
        day(earliest)
    } else if whole_months && same_month {
        earliest.strftime("%b %Y").to_string()
    } else if whole_months && earliest.month() == 1 && latest.month() == 12 {
        match same_year {
            true => earliest.year().to_string(),
            false => format!("{}–{}", earliest.year(), latest.year()),
        }
    } else if whole_months && same_year {
        format!("{}–{}", earliest.strftime("%b"), latest.strftime("%b %Y"))
    } else if same_month {
        format!("{}–{}", earliest.day(), day(latest))
    } else if same_year {
        format!("{} – {}", earliest.strftime("%-d %b"), day(latest))
    } else {
        format!("{} – {}", day(earliest), day(latest))
    }
}

/// `1 report`, `2 reports`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `3 reports, 1 origin`: copies of one another are one origin.
pub fn weight(reports: usize, origins: usize) -> String {
    format!(
        "{}, {}",
        count(reports, "report", "reports"),
        count(origins, "origin", "origins")
    )
}

/// White space, line ends included, as single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first digits of an id: enough to point at it in one record, and what the commands take.
pub fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use rapporteur_model::{Role, Span};

    fn check_when(from: &str, to: &str, expect: Expect) {
        let span = When::between(from.parse().unwrap(), to.parse().unwrap());
        expect.assert_eq(&format!("{} | {}", when(Some(span)), span.iso()));
    }

    #[test]
    fn days_months_years_and_stretches() {
        check_when(
            "2031-03-01",
            "2031-03-01",
            expect!["1 Mar 2031 | 2031-03-01"],
        );
        check_when("2031-03-01", "2031-03-31", expect!["Mar 2031 | 2031-03"]);
        check_when("2031-01-01", "2031-12-31", expect!["2031 | 2031"]);
        check_when(
            "2031-03-01",
            "2031-03-09",
            expect!["1–9 Mar 2031 | 2031-03-01/2031-03-09"],
        );
        check_when(
            "2031-02-25",
            "2031-03-02",
            expect!["25 Feb – 2 Mar 2031 | 2031-02-25/2031-03-02"],
        );
        check_when(
            "2031-03-01",
            "2031-04-30",
            expect!["Mar–Apr 2031 | 2031-03-01/2031-04-30"],
        );
        check_when(
            "2030-12-30",
            "2031-01-02",
            expect!["30 Dec 2030 – 2 Jan 2031 | 2030-12-30/2031-01-02"],
        );
        check_when(
            "1996-01-01",
            "2001-12-31",
            expect!["1996–2001 | 1996-01-01/2001-12-31"],
        );
        assert_eq!(when(None), "date unknown");
    }

    fn by(name: &str, role: Option<(&str, Option<&str>)>, anonymous: bool) -> Source {
        let mut mention = Mention::plain(Span::default(), name);
        mention.role = role.map(|(role, of)| Role {
            role: role.into(),
            of: of.map(Into::into),
        });
        Source {
            mention,
            anonymous,
            party: None,
        }
    }

    #[test]
    fn a_chain_of_voices_goes_back_to_the_publisher() {
        let check = |sources: &[Source], expect: Expect| {
            let voices = sources.iter().map(source).collect();
            expect.assert_eq(&chained(voices, "North Wire"));
        };
        let mut party = by("the army", None, false);
        party.party = Some(true);
        check(&[party], expect!["the army (a party) ← North Wire"]);
        check(&[], expect!["North Wire in its own voice"]);
        check(
            &[by(
                "Ajmal Orsolo",
                Some(("spokesman", Some("security forces"))),
                false,
            )],
            expect!["Ajmal Orsolo (spokesman, security forces) ← North Wire"],
        );
        check(
            &[
                by("two officials", None, true),
                by(
                    "a spokesman for the ministry",
                    Some(("spokesman", Some("ministry"))),
                    false,
                ),
            ],
            expect!["two officials (unnamed) ← a spokesman for the ministry ← North Wire"],
        );
    }
}
