//! Where each claim comes from, once copies and citations are followed back.
//!
//! Two questions, in this order:
//!
//! - **Whom does the report name as having said it?** The innermost source with a name: what one
//!   spokesman told ten outlets has one origin. Where the innermost is unnamed ("an official told
//!   North Wire"), the voice that heard it.
//! - **Who published it first?** With no name given, the publisher's word; but where the words were
//!   copied from another report, what that report's words come from. Where the copied passage does
//!   not hold the claim and the copy credits an agency, the agency.
//!
//! Two claims have the same origin if and only if they have the same words here. Of copies of which
//! nothing tells the first, the origin is all their publishers together. Publishers that the user says are one house
//! have its name.

use crate::background::Houses;
use crate::words::fold;
use crate::{ClaimState, Entity, State};
use rapporteur_model::{
    ClaimId, Derivation, DerivationKind, Kind, ReportId, Source, Span, Subject,
};
use std::collections::{BTreeMap, BTreeSet};

/// Copies of copies are followed back so far; chains in the news are a few links long.
const LONGEST_CHAIN: usize = 50;

/// The origin of each claim.
pub(crate) fn origins(state: &State, families: &Houses) -> Vec<(ClaimId, String)> {
    let sources = Sources::of(state, families);
    (state.claims.iter())
        .map(|(id, claim)| (id.clone(), sources.origin(claim, LONGEST_CHAIN)))
        .collect()
}

/// What a state's origins are found from.
struct Sources<'s> {
    state: &'s State,
    /// Publishers that are one house, as the user says.
    families: &'s Houses,
    /// The claims of each report.
    claims: BTreeMap<&'s ReportId, Vec<&'s ClaimState>>,
    /// The copies that each report was made from.
    parents: BTreeMap<&'s ReportId, Vec<&'s Derivation>>,
    /// Reports that are copies of one another, nobody knows in which order: each report's circle by
    /// its smallest, with the origin they share.
    circles: BTreeMap<&'s ReportId, String>,
    /// The publisher of each report that has versions, or is one: one name for all of them, however
    /// each was read.
    houses: BTreeMap<&'s ReportId, String>,
    /// Copies without a direction, by either end.
    twins: BTreeMap<&'s ReportId, Vec<&'s Derivation>>,
    /// Organisations by folded name, so that a publisher and a cited outlet are one; `None` where a
    /// name is several's.
    outlets: BTreeMap<String, Option<&'s Entity>>,
}

impl<'s> Sources<'s> {
    fn of(state: &'s State, families: &'s Houses) -> Sources<'s> {
        let mut claims: BTreeMap<&ReportId, Vec<&ClaimState>> = BTreeMap::new();
        for claim in state.claims.values() {
            claims
                .entry(claim.claim.evidence().report())
                .or_default()
                .push(claim);
        }
        let mut parents: BTreeMap<&ReportId, Vec<&Derivation>> = BTreeMap::new();
        let mut twins: BTreeMap<&ReportId, Vec<&Derivation>> = BTreeMap::new();
        for derivation in state
            .derivations
            .iter()
            .filter(|d| d.kind != DerivationKind::Quotation)
        {
            if derivation.directed {
                parents.entry(&derivation.to).or_default().push(derivation);
            } else {
                twins.entry(&derivation.from).or_default().push(derivation);
                twins.entry(&derivation.to).or_default().push(derivation);
            }
        }
        let mut outlets: BTreeMap<String, Option<&Entity>> = BTreeMap::new();
        for entity in state
            .entities
            .iter()
            .filter(|e| e.kind == Kind::Organization)
        {
            for name in &entity.names {
                let known = outlets.entry(fold(name)).or_insert(Some(entity));
                *known = known.filter(|e| e.id == entity.id);
            }
        }
        let mut sources = Sources {
            state,
            families,
            claims,
            parents,
            circles: BTreeMap::new(),
            houses: BTreeMap::new(),
            twins,
            outlets,
        };
        sources.houses = sources.houses();
        sources.circles = sources.circles();
        sources
    }

    /// One publisher for all versions of a report: the first by name that any of them gives.
    fn houses(&self) -> BTreeMap<&'s ReportId, String> {
        let mut versions: BTreeMap<&ReportId, Vec<&ReportId>> = BTreeMap::new();
        let revisions = self.state.derivations.iter();
        for derivation in revisions.filter(|d| d.kind == DerivationKind::Revision) {
            let (from, to) = (&derivation.from, &derivation.to);
            versions.entry(from).or_default().push(to);
            versions.entry(to).or_default().push(from);
        }
        let mut houses = BTreeMap::new();
        for start in versions.keys() {
            if houses.contains_key(start) {
                continue;
            }
            let mut house: BTreeSet<&ReportId> = BTreeSet::from([*start]);
            let mut next = vec![*start];
            while let Some(report) = next.pop() {
                for other in versions.get(report).into_iter().flatten() {
                    if house.insert(other) {
                        next.push(other);
                    }
                }
            }
            let names = house.iter().filter_map(|report| self.printed(report)).min();
            let words = names.unwrap_or_else(|| format!("report {start}"));
            houses.extend(house.into_iter().map(|report| (report, words.clone())));
        }
        houses
    }

    /// The publishers of reports that are copies of one another in no known order.
    fn circles(&self) -> BTreeMap<&'s ReportId, String> {
        let mut circles = BTreeMap::new();
        for start in self.twins.keys() {
            if circles.contains_key(start) {
                continue;
            }
            let mut circle: BTreeSet<&ReportId> = BTreeSet::from([*start]);
            let mut next = vec![*start];
            while let Some(report) = next.pop() {
                for twin in self.twins.get(report).into_iter().flatten() {
                    for other in [&twin.from, &twin.to] {
                        if circle.insert(other) {
                            next.push(other);
                        }
                    }
                }
            }
            let words = self.credited_by_all(&circle).unwrap_or_else(|| {
                let publishers: BTreeSet<String> =
                    circle.iter().map(|r| self.publisher(r)).collect();
                publishers.into_iter().collect::<Vec<_>>().join(" or ")
            });
            circles.extend(circle.into_iter().map(|report| (report, words.clone())));
        }
        circles
    }

    /// Whom all of these reports credit: copies of one another that all credit an agency are its.
    fn credited_by_all(&self, reports: &BTreeSet<&ReportId>) -> Option<String> {
        let credits = |report: &&ReportId| -> BTreeSet<String> {
            let report = self.state.reports.get(*report).map(|r| &r.report);
            let credits = report.map(|r| r.masthead().credits.iter());
            credits
                .into_iter()
                .flatten()
                .map(|c| self.outlet(c))
                .collect()
        };
        let all = reports.iter().map(credits);
        all.reduce(|a, b| &a & &b)?.pop_first()
    }

    fn origin(&self, claim: &ClaimState, links: usize) -> String {
        let evidence = claim.claim.evidence();
        let attribution = &claim.claim.what().attribution;
        (attribution.sources.iter())
            .filter(|source| !source.anonymous)
            .find_map(|source| self.named(evidence.report(), source))
            .unwrap_or_else(|| {
                self.published(evidence.report(), evidence.span(), Some(claim), links)
            })
    }

    /// The words for a source that somebody could go back to.
    fn named(&self, report: &ReportId, source: &Source) -> Option<String> {
        let mention = &source.mention;
        if let Some(entity) = self.state.entity(report, mention) {
            return match entity.kind {
                Kind::Organization => self.one_house(entity),
                _ => entity.names.first().cloned(),
            };
        }
        // "a spokesman for the ministry": the office stands for the name.
        if let Some(role) = &mention.role
            && let Some(of) = &role.of
        {
            return Some(format!(
                "{} of {}",
                fold(&role.role),
                self.called(report, of)
            ));
        }
        // A description without a role: of people only where it says whose ("Velka officials"), as
        // "refugees" are others in every report. A pronoun that nobody resolved is none.
        let words = fold(mention.stands_for.as_ref().unwrap_or(&mention.name));
        let says_whose = || {
            let names = self.state.reports.get(report).map(|report| &report.names);
            let stands =
                |name: &String| format!(" {words} ").contains(&format!(" {} ", fold(name)));
            names.is_some_and(|names| names.keys().any(stands))
        };
        let is_described = match mention.kind {
            Some(Kind::Person) => says_whose(),
            Some(_) => true,
            None => mention.stands_for.is_some() || says_whose(),
        };
        let known = self.outlets.get(&words).copied().flatten();
        let words = known.and_then(|e| self.one_house(e)).unwrap_or(words);
        (is_described && !words.is_empty()).then_some(words)
    }

    /// The preferred name of what a report calls so, else the words themselves.
    fn called(&self, report: &ReportId, name: &str) -> String {
        let known = self
            .state
            .reports
            .get(report)
            .and_then(|report| report.names.get(name));
        let entity = known.and_then(|index| self.state.entities.get(*index));
        entity
            .and_then(|e| e.names.first().cloned())
            .unwrap_or_else(|| fold(name))
    }

    /// Where words come from that no named source is given for.
    fn published(
        &self,
        report: &ReportId,
        span: Span,
        claim: Option<&ClaimState>,
        links: usize,
    ) -> String {
        let links = match links.checked_sub(1) {
            Some(links) => links,
            None => return self.publisher(report),
        };
        let copies = self.parents.get(report).map_or(&[][..], |p| p);
        if let Some((parent, there)) = copied_from(copies, span) {
            return match self.counterpart(parent, there, claim) {
                Some(counterpart) => self.origin(counterpart, links),
                None => self.published(parent, there, claim, links),
            };
        }
        let is_twin = |d: &&&Derivation| {
            let passages = d.passages.iter();
            match *report == d.to {
                true => passages.map(|(_, to)| *to).any(|p| mostly_in(span, p)),
                false => passages.map(|(from, _)| *from).any(|p| mostly_in(span, p)),
            }
        };
        if self
            .twins
            .get(report)
            .is_some_and(|twins| twins.iter().any(|d| is_twin(&d)))
            && let Some(circle) = self.circles.get(report)
        {
            return circle.clone();
        }
        let rewritten = copies.iter().any(|d| d.kind != DerivationKind::Revision);
        let masthead = self.state.reports.get(report).map(|r| r.report.masthead());
        let credit = masthead
            .and_then(|m| m.credits.first())
            .filter(|_| rewritten);
        credit.map_or_else(|| self.publisher(report), |credit| self.outlet(credit))
    }

    /// The claim of a report about the same thing on the same words.
    fn counterpart(
        &self,
        report: &ReportId,
        span: Span,
        claim: Option<&ClaimState>,
    ) -> Option<&'s ClaimState> {
        let about = |c: &ClaimState| std::mem::discriminant::<Subject>(&c.claim.what().subject);
        let claim = claim?;
        (self.claims.get(report)?.iter())
            .filter(|other| about(other) == about(claim))
            .map(|other| (shared(span, other.claim.evidence().span()), *other))
            .filter(|(shared, _)| shared * 2 >= span.len())
            .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.claim.id().cmp(x.claim.id())))
            .map(|(_, other)| other)
    }

    fn publisher(&self, report: &ReportId) -> String {
        (self.houses.get(report).cloned())
            .or_else(|| self.printed(report))
            .unwrap_or_else(|| format!("report {report}"))
    }

    /// The publisher that a report's own masthead gives.
    fn printed(&self, report: &ReportId) -> Option<String> {
        let masthead = self.state.reports.get(report)?.report.masthead();
        let house = || {
            self.families
                .at(masthead.url.as_deref()?)
                .map(str::to_string)
        };
        match &masthead.publisher {
            Some(name) => {
                let known = self.families.named(name).map(str::to_string);
                Some(known.or_else(house).unwrap_or_else(|| self.outlet(name)))
            }
            None => house(),
        }
    }

    fn outlet(&self, name: &str) -> String {
        let entity = self.outlets.get(&fold(name)).copied().flatten();
        (self.families.named(name).map(str::to_string))
            .or_else(|| self.one_house(entity?))
            .unwrap_or_else(|| name.to_string())
    }

    /// The house that an organisation is of, where it is a publisher of one, else its preferred name.
    fn one_house(&self, entity: &Entity) -> Option<String> {
        let mut names = entity.names.iter();
        let house = names.find_map(|name| self.families.named(name));
        house
            .map(str::to_string)
            .or_else(|| entity.names.first().cloned())
    }
}

/// The report that the words at a span were copied from, and where they stand in it.
fn copied_from<'d>(copies: &[&'d Derivation], span: Span) -> Option<(&'d ReportId, Span)> {
    let mut best: Option<(usize, &ReportId, Span)> = None;
    for derivation in copies {
        for (from, to) in &derivation.passages {
            let share = shared(span, *to);
            if mostly_in(span, *to) && best.is_none_or(|(most, ..)| share > most) {
                best = Some((share, &derivation.from, mapped(span, *to, *from)));
            }
        }
    }
    best.map(|(_, report, there)| (report, there))
}

/// Does half of the span at least lie in the passage?
fn mostly_in(span: Span, passage: Span) -> bool {
    shared(span, passage) * 2 >= span.len() && !span.is_empty()
}

/// How many bytes two ranges share.
fn shared(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Where a span of one passage lies in another of the same words, as long or not.
fn mapped(span: Span, passage: Span, other: Span) -> Span {
    let point = |at: usize| {
        let into = at.clamp(passage.start, passage.end) - passage.start;
        let scaled = into as f64 * other.len() as f64 / passage.len().max(1) as f64;
        other.start + scaled.round() as usize
    };
    Span::new(point(span.start), point(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sketch, derived, report, state, state_with};
    use expect_test::{Expect, expect};
    use rapporteur_model::{Action, Mention, Role, What};

    const TAKEN: &str = "The army took Velka on Monday";

    fn taken(source: Option<&str>) -> impl FnOnce(&Sketch, &mut What) {
        move |r, what| {
            what.subject = Subject::Ground(Action::Taken);
            what.attribution.sources = source.map(|s| r.source(s)).into_iter().collect();
        }
    }

    fn check(state: &State, sketches: &[&Sketch], expected: Expect) {
        let mut out = String::new();
        for sketch in sketches {
            for claim in &sketch.reading.claims {
                out += &format!(
                    "{}: {}\n",
                    claim.evidence().exact(),
                    state.claims[claim.id()].origin
                );
            }
        }
        expected.assert_eq(&out.replace(&sketches[0].id().0, "ID"));
    }

    #[test]
    fn one_spokesman_in_many_outlets_is_one_origin() {
        let said = |publisher: &str, name: &str| {
            report(publisher, "2031-03-01", &format!("{TAKEN}, {name} said."))
                .name(name, Kind::Person)
                .claim(TAKEN, taken(Some(name)))
        };
        let a = said("North Wire", "Yalmay Orsolo");
        let b = said("Daily Echo", "Yalmai Orsolo");
        check(
            &state(&[a.clone(), b.clone()]),
            &[&a, &b],
            expect![[r#"
            The army took Velka on Monday: Yalmai Orsolo
            The army took Velka on Monday: Yalmai Orsolo
        "#]],
        );
    }

    #[test]
    fn without_a_name_the_publisher_says_it() {
        let own = report("North Wire", "", TAKEN).claim(TAKEN, taken(None));
        let nobody = report("", "", TAKEN).claim(TAKEN, taken(None));
        let unnamed = report("Daily Echo", "", &format!("{TAKEN}, an official said.")).claim(
            TAKEN,
            |r, what| {
                taken(Some("official"))(r, what);
                what.attribution.sources[0].anonymous = true;
            },
        );
        let unresolved = report("West Post", "", &format!("{TAKEN}, he said."))
            .claim(TAKEN, |r, what| taken(Some("he"))(r, what));
        let all = [nobody, own, unnamed, unresolved];
        check(
            &state(&all),
            &all.iter().collect::<Vec<_>>(),
            expect![[r#"
                The army took Velka on Monday: report ID
                The army took Velka on Monday: North Wire
                The army took Velka on Monday: Daily Echo
                The army took Velka on Monday: West Post
            "#]],
        );
    }

    #[test]
    fn of_an_unnamed_voice_the_one_who_heard_it() {
        let heard = |publisher: &str| {
            report(
                publisher,
                "",
                &format!("{TAKEN}, an official told North Wire."),
            )
            .name("North Wire", Kind::Organization)
            .claim(TAKEN, |r, what| {
                what.attribution.sources = vec![r.source("official"), r.source("North Wire")];
                what.attribution.sources[0].anonymous = true;
            })
        };
        let a = heard("Daily Echo");
        let b = report("NORTH WIRE", "", TAKEN).claim(TAKEN, taken(None));
        check(
            &state(&[a.clone(), b.clone()]),
            &[&a, &b],
            expect![[r#"
            The army took Velka on Monday: North Wire
            The army took Velka on Monday: North Wire
        "#]],
        );
    }

    #[test]
    fn an_office_stands_for_a_name() {
        let text = format!("{TAKEN}, a spokesman for the defence ministry said.");
        let a = report("North Wire", "", &text).claim(TAKEN, |r, what| {
            taken(Some("spokesman"))(r, what);
            let mention: &mut Mention = &mut what.attribution.sources[0].mention;
            mention.kind = Some(Kind::Person);
            mention.role = Some(Role {
                role: "spokesman".to_string(),
                of: Some("the defence ministry".to_string()),
            });
        });
        check(
            &state(std::slice::from_ref(&a)),
            &[&a],
            expect![[r#"
            The army took Velka on Monday: spokesman of the defence ministry
        "#]],
        );
    }

    /// "Refugees" are others in every report; "ministry officials" can be asked again.
    #[test]
    fn people_described_are_a_source_where_it_is_said_whose() {
        let said = |publisher: &str, who: &str| {
            report(
                publisher,
                "",
                &format!("{TAKEN}, {who} of the North Council said."),
            )
            .name("North Council", Kind::Organization)
            .claim(TAKEN, |r, what| {
                taken(Some(who))(r, what);
                what.attribution.sources[0].mention.kind = Some(Kind::Person);
            })
        };
        let a = said("North Wire", "refugees");
        let b = said("Daily Echo", "refugees of the North Council");
        check(
            &state(&[a.clone(), b.clone()]),
            &[&a, &b],
            expect![[r#"
            The army took Velka on Monday: North Wire
            The army took Velka on Monday: refugees of the north council
        "#]],
        );
    }

    #[test]
    fn a_copy_has_the_origin_of_what_it_copies() {
        let wire = report(
            "North Wire",
            "2031-03-01",
            &format!("{TAKEN}, the ministry said. Shops closed."),
        )
        .name("ministry", Kind::Organization)
        .claim(TAKEN, taken(Some("ministry")))
        .claim("Shops closed", taken(None));
        let echo = report(
            "Daily Echo",
            "2031-03-02",
            &format!("{TAKEN}. Shops closed. Rain fell."),
        )
        .claim(TAKEN, taken(None))
        .claim("Shops closed", taken(None))
        .claim("Rain fell", taken(None));
        let post =
            report("West Post", "2031-03-03", &format!("Yes! {TAKEN}.")).claim(TAKEN, taken(None));
        let copies = [
            derived(
                &wire,
                &echo,
                DerivationKind::Rewrite,
                &[TAKEN, "Shops closed"],
            ),
            derived(&echo, &post, DerivationKind::Reprint, &[TAKEN]),
        ];
        let all = [wire, echo, post];
        check(
            &state_with(&all, &copies, &[]),
            &all.iter().collect::<Vec<_>>(),
            expect![[r#"
                The army took Velka on Monday: ministry
                Shops closed: North Wire
                The army took Velka on Monday: ministry
                Shops closed: North Wire
                Rain fell: Daily Echo
                The army took Velka on Monday: ministry
            "#]],
        );
    }

    #[test]
    fn a_rewrite_owes_the_rest_to_the_agency_it_credits() {
        let wire = report("North Wire", "2031-03-01", &format!("{TAKEN}. Rain fell."));
        let mut head = report("Daily Echo", "2031-03-02", "")
            .reading
            .report
            .masthead()
            .clone();
        head.credits = vec!["North Wire".to_string()];
        let text = "The army took Velka on Monday. Snow fell.".to_string();
        let mut echo = report("", "", &text);
        echo.reading.report = rapporteur_model::Report::new(head, text, vec![]);
        let alone = echo.clone().claim("Snow fell", taken(None));
        check(
            &state(std::slice::from_ref(&alone)),
            &[&alone],
            expect![[r#"
            Snow fell: Daily Echo
        "#]],
        );
        let copy = derived(&wire, &alone, DerivationKind::Rewrite, &[TAKEN]);
        check(
            &state_with(&[wire, alone.clone()], &[copy], &[]),
            &[&alone],
            expect![[r#"
                Snow fell: North Wire
            "#]],
        );
    }

    #[test]
    fn copies_in_no_known_order_are_one_origin() {
        let printed = |publisher: &str| {
            report(publisher, "", &format!("{TAKEN}. {publisher}.")).claim(TAKEN, taken(None))
        };
        let all = [
            printed("North Wire"),
            printed("Daily Echo"),
            printed("West Post"),
        ];
        let twin = |a: &Sketch, b: &Sketch| {
            let mut copy = derived(a, b, DerivationKind::Reprint, &[TAKEN]);
            copy.directed = false;
            copy
        };
        let copies = [twin(&all[0], &all[1]), twin(&all[1], &all[2])];
        check(
            &state_with(&all, &copies, &[]),
            &all.iter().collect::<Vec<_>>(),
            expect![[r#"
                The army took Velka on Monday: Daily Echo or North Wire or West Post
                The army took Velka on Monday: Daily Echo or North Wire or West Post
                The army took Velka on Monday: Daily Echo or North Wire or West Post
            "#]],
        );
    }

    #[test]
    fn a_shared_quotation_makes_no_copy() {
        let a = report("North Wire", "2031-03-01", TAKEN).claim(TAKEN, taken(None));
        let b = report("Daily Echo", "2031-03-02", &format!("{TAKEN}!")).claim(TAKEN, taken(None));
        let quotes = derived(&a, &b, DerivationKind::Quotation, &[TAKEN]);
        check(
            &state_with(&[a.clone(), b.clone()], &[quotes], &[]),
            &[&a, &b],
            expect![[r#"
                The army took Velka on Monday: North Wire
                The army took Velka on Monday: Daily Echo
            "#]],
        );
    }

    #[test]
    fn versions_of_one_page_are_one_origin_whatever_each_says_of_its_publisher() {
        let now = "The army lost Velka on Tuesday";
        let a = report("North Wire", "2031-03-01", TAKEN).claim(TAKEN, taken(None));
        let b = report("", "2031-03-02", &format!("{TAKEN}. {now}"))
            .claim(TAKEN, taken(None))
            .claim(now, taken(None));
        let c = report("Wire, The North", "2031-03-03", now).claim(now, taken(None));
        let copies = [
            derived(&a, &b, DerivationKind::Revision, &[TAKEN]),
            derived(&b, &c, DerivationKind::Revision, &[]),
        ];
        check(
            &state_with(&[a.clone(), b.clone(), c.clone()], &copies, &[]),
            &[&a, &b, &c],
            expect![[r#"
                The army took Velka on Monday: North Wire
                The army took Velka on Monday: North Wire
                The army lost Velka on Tuesday: North Wire
                The army lost Velka on Tuesday: North Wire
            "#]],
        );
    }

    #[test]
    fn publishers_of_one_house_are_one_origin() {
        let own = |publisher: &str| report(publisher, "", TAKEN).claim(TAKEN, taken(None));
        let cites = report("West Post", "", &format!("{TAKEN}, North Wire said."))
            .name("North Wire", Kind::Organization)
            .claim(TAKEN, taken(Some("North Wire")));
        let all = [
            own("North Wire"),
            own("Daily Echo"),
            cites,
            own("East Star"),
        ];
        let members = ["NORTH WIRE", "Daily Echo"].map(str::to_string);
        let mut contents = crate::testing::contents(&all, &[], &[]);
        contents.background.families =
            BTreeMap::from([("Northern Media".to_string(), members.to_vec())]);
        check(
            &State::of(contents),
            &all.iter().collect::<Vec<_>>(),
            expect![[r#"
                The army took Velka on Monday: Northern Media
                The army took Velka on Monday: Northern Media
                The army took Velka on Monday: Northern Media
                The army took Velka on Monday: East Star
            "#]],
        );
    }

    /// A record that was tampered with may say that copies go round in a ring.
    #[test]
    fn a_ring_of_copies_ends() {
        let a = report("North Wire", "", TAKEN).claim(TAKEN, taken(None));
        let b = report("Daily Echo", "", &format!("{TAKEN}!")).claim(TAKEN, taken(None));
        let c = report("West Post", "", &format!("{TAKEN}?")).claim(TAKEN, taken(None));
        let copy = |x, y| derived(x, y, DerivationKind::Reprint, &[TAKEN]);
        let ring = [copy(&a, &b), copy(&b, &c), copy(&c, &a)];
        let state = state_with(&[a, b, c], &ring, &[]);
        assert!(state.claims.values().all(|c| !c.origin.is_empty()));
    }
}
