//! Names: who and what the report names, with titles, roles and short forms.
//!
//! Capitals mark candidates, head nouns and the tables of the world divide and sort them, and the
//! report's other mentions decide what one place leaves open.

mod kinds;
mod roles;
mod runs;
mod seen;
mod short;
mod words;

use crate::document::Document;
use crate::tree::Named;
use rapporteur_model::{Kind, Mention};
use runs::{Piece, Shape};
use seen::Seen;
use std::collections::BTreeSet;
use words::Words;

/// Finds every name in the document, in order, never overlapping. A mention's span covers its name
/// alone.
pub(crate) fn find(document: &Document<'_>, seen: &Named) -> Vec<Mention> {
    let words = Words::of(document);
    let seen = Seen::of(&words, seen);
    let people = people(&words, &runs::in_sentences(&words, &BTreeSet::new()));
    let mut pieces = runs::in_sentences(&words, &people);
    seen.bound(&words, &mut pieces);
    pieces.extend(runs::in_headlines(&words, &pieces));
    pieces.sort_by_key(|piece| piece.words.start);
    pieces.dedup_by(|later, earlier| later.words.start < earlier.words.end);

    let roles: Vec<_> = (0..pieces.len())
        .map(|at| roles::beside(document, &words, &pieces, at))
        .collect();
    let has_role: Vec<bool> = roles.iter().map(Option::is_some).collect();
    let kinds = kinds::of_names(document, &words, &pieces, &has_role, &seen);

    let mut mentions: Vec<Mention> = pieces
        .iter()
        .zip(roles)
        .map(|(piece, role)| {
            let kind = kinds
                .get(&kinds::key(&words, &piece.words))
                .copied()
                .flatten();
            let base = kinds
                .get(&kinds::key(&words, &piece.base))
                .copied()
                .flatten();
            let members = piece.base != piece.words && base == Some(Kind::Organization);
            Mention {
                span: words.span(piece.words.clone()),
                name: printed(document, &words, piece.words.clone()),
                kind,
                title: piece
                    .title
                    .clone()
                    .map(|title| printed(document, &words, title)),
                role,
                stands_for: members.then(|| printed(document, &words, piece.base.clone())),
            }
        })
        .collect();
    short::resolve(&mut mentions, |span| document.slice(span));
    mentions
}

/// Names of more than one word that a title or first word shows to be a person's.
fn people(words: &Words<'_>, pieces: &[Piece]) -> BTreeSet<String> {
    pieces
        .iter()
        .filter(|piece| {
            let named =
                piece.shape == Shape::Person || piece.shape == Shape::Bare && piece.title.is_some();
            named && piece.words.len() > 1
        })
        .map(|piece| words.phrase(piece.words.clone()))
        .collect()
}

fn printed(document: &Document<'_>, words: &Words<'_>, range: std::ops::Range<usize>) -> String {
    let text = document.slice(words.span(range));
    if text.contains("  ") || text.contains(|c: char| c.is_whitespace() && c != ' ') {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use rapporteur_model::{Block, BlockKind, Kind, Masthead, Report, Span};

    fn print(report: &Report) -> String {
        let mut lines = String::new();
        for name in crate::parse(report).names {
            let kind = match name.kind {
                Some(Kind::Person) => "person",
                Some(Kind::Organization) => "organization",
                Some(Kind::Place) => "place",
                None => "-",
            };
            lines += &format!("{} | {kind}", name.name);
            if let Some(title) = name.title {
                lines += &format!(" | title {title}");
            }
            if let Some(role) = name.role {
                lines += &format!(" | {}", role.role);
                lines += &role.of.map_or(String::new(), |of| format!(" of {of}"));
            }
            if let Some(full) = name.stands_for {
                lines += &format!(" | = {full}");
            }
            lines += "\n";
        }
        lines
    }

    #[expect(clippy::needless_pass_by_value)]
    fn check(text: &str, names: Expect) {
        let report = Report::new(Masthead::default(), text.into(), vec![]);
        names.assert_eq(&print(&report));
    }

    #[expect(clippy::needless_pass_by_value)]
    fn check_headline(headline: &str, text: &str, names: Expect) {
        let body = format!("{headline}\n{text}");
        let block = |start: usize, end: usize, kind| Block {
            span: Span::new(start, end),
            kind,
        };
        let blocks = vec![
            block(0, headline.len(), BlockKind::Headline),
            block(headline.len() + 1, body.len(), BlockKind::Paragraph),
        ];
        names.assert_eq(&print(&Report::new(Masthead::default(), body, blocks)));
    }

    #[test]
    fn a_text_that_ends_in_a_connecting_word() {
        check(
            "Mr. of UN of",
            expect![[r#"
            UN | organization
        "#]],
        );
    }

    #[test]
    fn people_with_titles_and_roles() {
        check(
            "Former President Ada Brisk met General Jan Orsolo in Velka.",
            expect![[r#"
                Ada Brisk | person | title Former President | Former President
                Jan Orsolo | person | title General
                Velka | place
            "#]],
        );
        check(
            "Army spokesman Colonel Jan Orsolo denied it.",
            expect![[r#"
                Jan Orsolo | person | title Colonel | spokesman of Army
            "#]],
        );
        check(
            "Ines Varro, a spokeswoman for the State Ministry for Peace Affairs, said so.",
            expect![[r#"
                Ines Varro | person | spokeswoman of State Ministry for Peace Affairs
                State Ministry for Peace Affairs | organization
            "#]],
        );
        check(
            "The head of the movement's office in Lenn, Mullah Omid Tarsi, spoke.",
            expect![[r#"
                Lenn | place
                Omid Tarsi | person | title Mullah | head of movement's office in Lenn
            "#]],
        );
        check(
            "“We came,” said Peter Lund, the head of parliament's defence committee.",
            expect![[r#"
                Peter Lund | person | head of parliament's defence committee
            "#]],
        );
        check(
            "The spokesman for the team in Oslo Peter Lund said no.",
            expect![[r#"
                Oslo | place
                Peter Lund | person | spokesman of team in Oslo
            "#]],
        );
        check(
            "The foreign minister, Peter Lund, was absent.",
            expect![[r#"
                Peter Lund | person | foreign minister
            "#]],
        );
        check(
            "Norwegian Secretary of State Maria Lund and President Jan Orsolo of Chile met.",
            expect![[r#"
                Norwegian | place
                Maria Lund | person | title Secretary of State | Secretary of State of Norwegian
                Jan Orsolo | person | title President | President of Chile
                Chile | place
            "#]],
        );
        check(
            "Head of the High Council for National Dialogue Maria Lund, Peter Holt and Ali Reza came.",
            expect![[r#"
                High Council for National Dialogue | organization
                Maria Lund | person | title Head | Head of High Council for National Dialogue
                Peter Holt | person
                Ali Reza | person
            "#]],
        );
        check(
            "Norway's Minister of Defence Jan Orsolo resigned.",
            expect![[r#"
                Norway | place
                Jan Orsolo | person | title Minister of Defence | Minister of Defence of Norway
            "#]],
        );
        check(
            "The Brisk movement's spokesman Peter Lund left.",
            expect![[r#"
                Brisk movement | organization
                Peter Lund | person | spokesman of Brisk movement
            "#]],
        );
    }

    #[test]
    fn short_forms() {
        check(
            "Maria Lund spoke. Mr. Lund left. Maria stayed.",
            expect![[r#"
                Maria Lund | person
                Lund | person | title Mr. | = Maria Lund
                Maria | person | = Maria Lund
            "#]],
        );
        check(
            "Ali Lund and Aly Lund are one. Lund said so.",
            expect![[r#"
                Ali Lund | person
                Aly Lund | person
                Lund | person | = Aly Lund
            "#]],
        );
        check(
            "Anna Lund met Peter Lund. Lund left.",
            expect![[r#"
            Anna Lund | person
            Peter Lund | person
            Lund | person
        "#]],
        );
        check(
            "The Velka Armed Forces (VAF) moved. The VAF denied it.",
            expect![[r#"
                Velka Armed Forces | organization
                VAF | organization | = Velka Armed Forces
                VAF | organization | = Velka Armed Forces
            "#]],
        );
        check(
            "The UN left. The United Nations came back.",
            expect![[r#"
            UN | organization | = United Nations
            United Nations | organization
        "#]],
        );
        check(
            "The Supreme Council for Peace met. Later the Supreme Council voted.",
            expect![[r#"
                Supreme Council for Peace | organization
                Supreme Council | organization | = Supreme Council for Peace
            "#]],
        );
    }

    #[test]
    fn what_the_report_says_of_a_name() {
        // A town's name is a person's where the report names the person and not the town.
        check(
            "Ada Paris, a young woman, spoke. Paris left on Monday.",
            expect![[r#"
                Ada Paris | person
                Paris | person | = Ada Paris
            "#]],
        );
        check(
            "The Norland People’s Front met. The NPF left.",
            expect![[r#"
                Norland People’s Front | organization
                NPF | organization | = Norland People’s Front
            "#]],
        );
        check(
            "The offices of Orsolo Lumber, Inc. moved to Velka, NY on Monday.",
            expect![[r#"
                Orsolo Lumber, Inc. | organization
                Velka | place
                NY | place
            "#]],
        );
        check(
            "It WAS so, said Ada Field.",
            expect![[r#"
            Ada Field | person
        "#]],
        );
    }

    #[test]
    fn what_a_noun_before_and_particles_tell() {
        check(
            "The rebel group Velka Rising and the newspaper Orlo Lenn met on the Promenade des Arlais.",
            expect![[r#"
                Velka Rising | organization
                Orlo Lenn | organization
                Promenade des Arlais | place
            "#]],
        );
    }

    #[test]
    fn bodies_and_groups() {
        check(
            "The Ministry of Foreign Affairs and Trade and the Norwegian army agreed.",
            expect![[r#"
                Ministry of Foreign Affairs and Trade | organization
                Norwegian army | organization
            "#]],
        );
        check(
            "Chilean security and defence forces fought Brisk fighters near Lenn.",
            expect![[r#"
                Chilean security and defence forces | organization
                Brisk fighters | organization
                Lenn | place
            "#]],
        );
        check(
            "Pro-Chilean government troops left; the Lenn-based Radio Arl and Velka-Chile talks went on.",
            expect![[r#"
                Chilean government troops | organization
                Lenn | -
                Radio Arl | organization
                Velka | place
                Chile | place
            "#]],
        );
        check(
            "Workers' Party members and the People's Front of Velka met.",
            expect![[r#"
                Workers' Party | organization
                People's Front of Velka | organization
            "#]],
        );
        check(
            "The group Orsolo's Purse came. A driver of Orsolo's Purse said so.",
            expect![[r#"
                Orsolo's Purse | organization
                Orsolo's Purse | organization
            "#]],
        );
        check(
            "The Peace Treaty and the Velka Declaration failed.",
            expect![[r#"
                Peace Treaty | -
                Velka Declaration | -
            "#]],
        );
        check(
            "The UN refugee agency and Doctors Without Borders helped.",
            expect![[r#"
                UN refugee agency | organization
                Doctors Without Borders | organization
            "#]],
        );
    }

    #[test]
    fn places() {
        check(
            "They took Velka district, the town of Lenn and the provinces of Arl, Osmund and Tirn.",
            expect![[r#"
                Velka | place
                Lenn | place
                Arl | place
                Osmund | person
                Tirn | place
            "#]],
        );
        check(
            "LENN, Chile — Troops crossed Brisk River into the Sarn Valley.",
            expect![[r#"
                LENN | place
                Chile | place
                Brisk River | place
                Sarn Valley | place
            "#]],
        );
        check(
            "He was in Qala-i-Sarn on Friday.",
            expect![[r#"
            Qala-i-Sarn | place
        "#]],
        );
        check(
            "Washington and Moscow talked at the Velka refugee camp.",
            expect![[r#"
                Washington | place
                Moscow | place
                Velka | place
            "#]],
        );
    }

    #[test]
    fn what_is_no_name() {
        check(
            "Militants came. Earlier, Two Men Left. On Monday the President spoke.",
            expect![""],
        );
        check(
            "This is NOT so. I do. The CEO and TV crews left in May.",
            expect![[""]],
        );
        check(
            "Deprived of food, they left. Fighting went on for Eid al-Fitr.",
            expect![[""]],
        );
    }

    #[test]
    fn headlines_know_the_names_of_the_text() {
        check_headline(
            "Talks Began In Velka As Orsolo Fighters Capture More Areas",
            "Fighters of the Orsolo movement took areas. In Velka talks began.",
            expect![[r#"
                Velka | place
                Orsolo Fighters | organization
                Orsolo movement | organization
                Velka | place
            "#]],
        );
        check_headline(
            "VELKA: TALKS END WITH US",
            "Talks in Velka ended.",
            expect![[r#"
                VELKA | place | = Velka
                US | place
                Velka | place
            "#]],
        );
    }

    proptest! {
        #[test]
        fn names_are_in_order_and_stand_where_they_say(
            text in r#"(([A-Z][a-z]{1,6}|the|of|and|for|UN|al-[A-Z][a-z]+|Mr|President|Army|'s|,|\.|"|Norwegian|forces|\(|\)|-|’|[a-z]{1,5}|\PC)[ \n]?){0,40}"#,
        ) {
            let report = Report::new(Masthead::default(), text, vec![]);
            let document = crate::parse(&report);
            let mut end = 0;
            for name in &document.names {
                prop_assert!(name.span.start >= end);
                end = name.span.end;
                let printed = report.slice(name.span).unwrap_or_default();
                prop_assert!(!printed.is_empty());
                prop_assert_eq!(
                    printed.split_whitespace().collect::<Vec<_>>(),
                    name.name.split_whitespace().collect::<Vec<_>>()
                );
            }
        }
    }
}
