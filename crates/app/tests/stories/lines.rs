//! What stands in a record, as lines of parts: a story names as many parts as matter to it.

use rapporteur_model::{
    Action, Attribution, Claim, DerivationKind, Manner, Mention, RelationKind, ReportId, Standing,
    Subject, TalksDetail, When,
};
use rapporteur_record::{ClaimState, State};
use rapporteur_views::{Filter, words};
use std::collections::BTreeMap;

/// A line, in parts.
pub type Line = Vec<String>;

type Labels = BTreeMap<ReportId, String>;

/// What a fence looks at.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Reports,
    Claims,
    Names,
    Lineage,
    Record,
    Disputes,
    Talks,
    Control,
    Figures,
    Changes,
    Counts,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::Reports,
        Kind::Claims,
        Kind::Names,
        Kind::Lineage,
        Kind::Record,
        Kind::Disputes,
        Kind::Talks,
        Kind::Control,
        Kind::Figures,
        Kind::Changes,
        Kind::Counts,
    ];

    pub fn of(fence: &str) -> Option<Kind> {
        (Kind::ALL.into_iter()).find(|kind| format!("{kind:?}").to_lowercase() == fence)
    }
}

/// The lines of that kind.
pub fn lines(kind: Kind, state: &State, labels: &Labels) -> Vec<Line> {
    match kind {
        Kind::Reports => reports(state, labels),
        Kind::Claims => claims(state, labels),
        Kind::Names => state.entities.iter().map(|e| e.names.clone()).collect(),
        Kind::Lineage => lineage(state, labels),
        Kind::Record => record(state, labels),
        Kind::Disputes => disputes(state, labels),
        Kind::Talks => talks(state, labels),
        Kind::Control => control(state, labels),
        Kind::Changes => changes(state, labels),
        Kind::Figures => figures(state, labels),
        Kind::Counts => vec![
            vec![words::count(state.reports.len(), "report", "reports")],
            vec![words::count(state.claims.len(), "claim", "claims")],
        ],
    }
}

/// `a | publisher: … | published: … | how: … | title: … | url: … | text: …`
fn reports(state: &State, labels: &Labels) -> Vec<Line> {
    let line = |(id, report): (&ReportId, &rapporteur_record::ReportState)| {
        let head = report.report.masthead();
        let mut parts = vec![label(labels, id)];
        add(&mut parts, "publisher", head.publisher.clone());
        parts.push(format!("published: {}", iso(report.published.when)));
        parts.push(format!("how: {:?}", report.published.how).to_lowercase());
        add(&mut parts, "title", head.title.clone());
        add(&mut parts, "url", head.url.clone());
        add(
            &mut parts,
            "text",
            Some(words::one_line(report.report.body())),
        );
        parts
    };
    sorted(state.reports.iter().map(line).collect())
}

/// `a | taken Velka by army | source: … | when: … | …`, in the order of the text.
fn claims(state: &State, labels: &Labels) -> Vec<Line> {
    let mut found: Vec<(String, usize, Line)> = (state.claims.values())
        .map(|claim| {
            let evidence = claim.claim.evidence();
            let label = label(labels, evidence.report());
            let line = claim_line(state, claim, labels);
            (label, evidence.span().start, line)
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, line)| line).collect()
}

fn claim_line(state: &State, claim: &ClaimState, labels: &Labels) -> Line {
    let what = claim.claim.what();
    let mut parts = vec![label(labels, claim.claim.evidence().report())];
    match &what.subject {
        Subject::Ground(action) => {
            parts.push(ground(*action, &claim.claim));
            add(&mut parts, "against", names(&what.recipient));
        }
        Subject::Talks(detail) => talks_parts(&mut parts, detail, claim.talks_when),
        Subject::Count => parts.push("count".to_string()),
        Subject::Statement => parts.push("statement".to_string()),
    }
    for figure in &what.figures {
        let report = state.reports.get(claim.claim.evidence().report());
        let printed = report.and_then(|r| r.report.slice(figure.span));
        add(&mut parts, "figure", printed.map(words::one_line));
    }
    attribution(&mut parts, &what.attribution);
    let factuality = what.factuality;
    parts.push(format!("{:?}", factuality.polarity).to_lowercase());
    parts.push(format!("{:?}", factuality.certainty).to_lowercase());
    parts.push(format!("{:?}", factuality.realis).to_lowercase());
    parts.push(format!("when: {}", iso(claim.when)));
    parts.push(format!("origin: {}", claim.origin));
    let none = || "none".to_string();
    let repeated = claim.repeats.as_ref();
    let repeated = repeated.and_then(|id| reported_in(state, labels, id));
    parts.push(format!("repeats: {}", repeated.unwrap_or_else(none)));
    let gone = claim.no_longer_in.as_ref().map(|id| label(labels, id));
    parts.push(format!("no longer in: {}", gone.unwrap_or_else(none)));
    let exact = words::one_line(claim.claim.evidence().exact());
    parts.push(format!("words: {exact}"));
    parts
}

/// `taken Velka by army`
fn ground(action: Action, claim: &Claim) -> String {
    let what = claim.what();
    let mut words = format!("{action:?}").to_lowercase();
    if let Some(places) = names(&what.place) {
        words += &format!(" {places}");
    }
    if let Some(actors) = names(&what.actor) {
        words += &format!(" by {actors}");
    }
    words
}

fn talks_parts(parts: &mut Line, detail: &TalksDetail, when: Option<When>) {
    let one = |mention: &Option<Mention>| mention.as_ref().map(words::name);
    parts.push(format!("{:?}", detail.aspect).to_lowercase());
    add(parts, "parties", names(&detail.parties));
    add(parts, "party", one(&detail.party));
    add(parts, "head", one(&detail.head));
    add(parts, "members", names(&detail.members));
    add(parts, "by", one(&detail.by));
    add(parts, "with", names(&detail.by_others));
    add(parts, "to", one(&detail.to));
    add(parts, "and to", names(&detail.to_others));
    add(parts, "person", one(&detail.person));
    add(parts, "place", one(&detail.place));
    for (name, list) in [
        ("offers", &detail.offers),
        ("asks", &detail.asks),
        ("topic", &detail.topics),
    ] {
        for item in list {
            add(parts, name, Some(item.clone()));
        }
    }
    add(parts, "content", detail.content.clone());
    add(parts, "result", detail.result.clone());
    add(parts, "of", detail.of.clone());
    add(parts, "status", detail.status.clone());
    add(parts, "meeting", when.map(rapporteur_model::When::iso));
}

fn attribution(parts: &mut Line, attribution: &Attribution) {
    let mut sources = attribution.sources.iter();
    match sources.next() {
        None => parts.push("own voice".to_string()),
        Some(source) => {
            add(parts, "source", Some(words::source(source)));
            if source.anonymous {
                parts.push("unnamed".to_string());
            }
        }
    }
    for source in sources {
        add(parts, "via", Some(words::source(source)));
    }
    let said = &attribution.said;
    add(parts, "said to", said.to.as_ref().map(words::name));
    add(parts, "said in", said.place.as_ref().map(words::name));
    parts.push(
        match attribution.manner {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
        .to_string(),
    );
}

/// `b reprints a | a and b | reprint | share: 98%`; where the order is not known, without the first.
fn lineage(state: &State, labels: &Labels) -> Vec<Line> {
    let line = |d: &rapporteur_model::Derivation| {
        let (from, to) = (label(labels, &d.from), label(labels, &d.to));
        let (verb, kind) = match d.kind {
            DerivationKind::Reprint => ("reprints", "reprint"),
            DerivationKind::Rewrite => ("rewrites", "rewrite"),
            DerivationKind::Quotation => ("quotes as", "quotation"),
            DerivationKind::Revision => ("revises", "revision"),
        };
        let mut parts = match d.directed {
            true => vec![
                format!("{to} {verb} {from}"),
                format!("share: {:.0}%", d.share * 100.0),
            ],
            false => vec!["order unknown".to_string()],
        };
        let (first, second) = (from.clone().min(to.clone()), from.max(to));
        parts.push(format!("{first} and {second}"));
        parts.push(kind.to_string());
        parts
    };
    sorted(state.derivations.iter().map(line).collect())
}

/// `a to b | -30 | +13`
fn changes(state: &State, labels: &Labels) -> Vec<Line> {
    let view = rapporteur_views::lineage(state, &Filter::default());
    let mut lines = Vec::new();
    for line in &view.derivations {
        let (from, to) = (label(labels, &line.from.id), label(labels, &line.to.id));
        for change in &line.changes {
            let (out, put) = (&change.from.text, &change.to.text);
            lines.push(vec![
                format!("{from} to {to}"),
                format!("-{}", words::one_line(out)),
                format!("+{}", words::one_line(put)),
            ]);
        }
    }
    sorted(lines)
}

/// `control of Velka: army | 2 reports | 1 origin | origin: … | when: … | disputed`
fn record(state: &State, labels: &Labels) -> Vec<Line> {
    let mut lines = Vec::new();
    for accounts in &state.accounts {
        for account in &accounts.accounts {
            let mut reports: Vec<String> = (account.claims.iter())
                .filter_map(|id| reported_in(state, labels, id))
                .collect();
            reports.sort();
            reports.dedup();
            let mut parts = vec![
                format!("{}: {}", accounts.question.words, account.value),
                words::count(reports.len(), "report", "reports"),
                words::count(account.origins.len(), "origin", "origins"),
                standing(accounts.standing).to_string(),
                format!("when: {}", iso(account.when)),
            ];
            parts.extend(account.origins.iter().map(|o| format!("origin: {o}")));
            parts.extend(reports);
            lines.push(parts);
        }
    }
    lines
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Agreed => "agreed",
        Standing::Compatible => "compatible",
        Standing::Disputed => "disputed",
    }
}

/// `contradict a b | denial | control of Velka | why: …`; for an update the earlier report stands
/// first, for a breach that of the pledge.
fn disputes(state: &State, labels: &Labels) -> Vec<Line> {
    let mut lines = Vec::new();
    for accounts in &state.accounts {
        let question = &accounts.question.words;
        lines.push(vec![
            question.clone(),
            standing(accounts.standing).to_string(),
        ]);
        for relation in &accounts.relations {
            let report = |id| reported_in(state, labels, id).unwrap_or_default();
            let (a, b) = (report(&relation.a), report(&relation.b));
            let one_way = matches!(
                relation.relation,
                RelationKind::Update | RelationKind::Breach
            );
            let (a, b) = match one_way || a <= b {
                true => (a, b),
                false => (b, a),
            };
            let verb = format!("{:?}", relation.relation).to_lowercase();
            let mut parts = vec![format!("{verb} {a} {b}"), question.clone()];
            parts.extend(relation.kind.map(|k| format!("{k:?}").to_lowercase()));
            parts.push(format!("why: {}", relation.why));
            lines.push(parts);
        }
    }
    sorted(lines)
}

/// `round | in: Port Lenn | by: … | words | when: … | 1 report | a`
fn talks(state: &State, labels: &Labels) -> Vec<Line> {
    let view = rapporteur_views::talks(state, &Filter::default());
    let mut lines = Vec::new();
    for meeting in &view.meetings {
        let own = [&meeting.track, &meeting.delegations, &meeting.agenda];
        let own = own.into_iter().flatten().map(|line| (None, line));
        let sides = (meeting.positions.iter()).flat_map(|side| {
            side.lines
                .iter()
                .map(|line| (Some(side.party.clone()), line))
        });
        for (party, line) in own.chain(sides) {
            let entry = &line.entry;
            let mut parts = vec![line.aspect.to_string()];
            add(&mut parts, "in", meeting.place.clone());
            add(&mut parts, "by", party);
            parts.push(entry.words.clone());
            parts.push(format!("when: {}", iso(entry.when)));
            parts.push(words::count(entry.weight.reports, "report", "reports"));
            parts.push(words::count(entry.weight.origins, "origin", "origins"));
            parts.extend(reporting(labels, &entry.voices));
            lines.push(parts);
        }
    }
    lines
}

/// `Velka | army | taken | status: contested | since: … | 1 report | 1 origin | a`
fn control(state: &State, labels: &Labels) -> Vec<Line> {
    let view = rapporteur_views::control(state, &Filter::default());
    let mut lines = Vec::new();
    for place in &view.places {
        for hold in &place.history {
            let mut parts = vec![
                place.name.clone(),
                hold.holder.clone(),
                hold.action.to_string(),
                format!("status: {}", hold.status),
                format!("since: {}", iso(hold.when)),
                words::count(hold.weight.reports, "report", "reports"),
                words::count(hold.weight.origins, "origin", "origins"),
            ];
            parts.extend(reporting(labels, &hold.voices));
            lines.push(parts);
        }
    }
    lines
}

/// `person, kill | 12 people | by: … | when: … | origin: … | a`
fn figures(state: &State, labels: &Labels) -> Vec<Line> {
    let view = rapporteur_views::figures(state, &Filter::default());
    let mut lines = Vec::new();
    for ledger in &view.ledgers {
        for figure in &ledger.figures {
            lines.push(vec![
                ledger.of.clone(),
                figure.printed.clone(),
                format!("by: {}", figure.by),
                format!("when: {}", iso(figure.when)),
                format!("origin: {}", figure.origin),
                label(labels, &figure.voice.report.id),
            ]);
        }
    }
    lines
}

fn reporting(labels: &Labels, voices: &[rapporteur_views::Voice]) -> Line {
    let mut found: Line = (voices.iter())
        .map(|voice| label(labels, &voice.report.id))
        .collect();
    found.sort();
    found.dedup();
    found
}

fn reported_in(
    state: &State,
    labels: &Labels,
    claim: &rapporteur_model::ClaimId,
) -> Option<String> {
    let claim = state.claims.get(claim)?;
    Some(label(labels, claim.claim.evidence().report()))
}

fn label(labels: &Labels, id: &ReportId) -> String {
    labels.get(id).cloned().unwrap_or_else(|| id.to_string())
}

fn iso(when: Option<When>) -> String {
    when.map_or("unknown".to_string(), When::iso)
}

/// `A and B`, each once.
fn names(mentions: &[Mention]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in mentions {
        let name = words::name(mention);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(" and "))
}

fn add(parts: &mut Line, name: &str, value: Option<String>) {
    parts.extend(value.map(|value| format!("{name}: {value}")));
}

fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort();
    lines
}
