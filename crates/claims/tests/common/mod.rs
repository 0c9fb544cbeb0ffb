//! A report of invented text, and its claims in a line each.
#![allow(dead_code, clippy::unwrap_used)] // each file of tests uses a part, and may panic

use expect_test::Expect;
use rapporteur_claims::find;
use rapporteur_model::{
    Certainty, Claim, Factuality, Manner, Masthead, Mention, Of, Polarity, Realis, Report, Source,
    Span, Subject, TalksDetail, Time,
};

/// A report of that body.
pub fn report(body: &str) -> Report {
    Report::new(Masthead::default(), body.to_string(), vec![])
}

/// The claims of a text that `wanted` admits, each as
/// `exact | manner: cue: source < its source | subject: fields | when | figures | factuality`.
pub fn check_only(text: &str, wanted: fn(&Claim) -> bool, expected: Expect) {
    let report = report(text);
    let document = rapporteur_text::parse(&report);
    let lines: Vec<String> = find(&document)
        .iter()
        .filter(|c| wanted(c))
        .map(|c| line(&report, c))
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

/// One claim in a line.
pub fn line(report: &Report, claim: &Claim) -> String {
    let what = claim.what();
    let mut cells = vec![
        report.slice(claim.evidence().span()).unwrap().to_string(),
        voice(claim),
        subject(claim),
    ];
    cells.extend(what.when.as_ref().map(time));
    let figures: Vec<String> = what.figures.iter().map(figure).collect();
    if !figures.is_empty() {
        cells.push(figures.join(", "));
    }
    let factuality = factuality(what.factuality);
    if !factuality.is_empty() {
        cells.push(factuality);
    }
    cells.join(" | ")
}

fn voice(claim: &Claim) -> String {
    let attribution = &claim.what().attribution;
    if attribution.sources.is_empty() && attribution.cue.is_none() {
        return "-".into();
    }
    let sources: Vec<String> = attribution.sources.iter().map(source).collect();
    let manner = match attribution.manner {
        Manner::Direct => "direct ",
        Manner::Mixed => "mixed ",
        Manner::Indirect => "",
    };
    let cue = attribution.cue.as_deref().unwrap_or("-");
    let said = &attribution.said;
    let mut more = String::new();
    for (word, found) in [("to", &said.to), ("in", &said.place)] {
        if let Some(found) = found {
            more += &format!(" {word} {}", mention(found));
        }
    }
    if let Some(when) = &said.when {
        more += &format!(" on {}", time(when));
    }
    format!("{manner}{cue}: {}{more}", sources.join(" < "))
}

fn source(source: &Source) -> String {
    let role = source.mention.role.as_ref().map_or(String::new(), |r| {
        let of = r.of.as_ref().map_or(String::new(), |o| format!(" of {o}"));
        format!(" ({}{of})", r.role)
    });
    let anonymous = if source.anonymous { "?" } else { "" };
    format!("{}{role}{anonymous}", mention(&source.mention))
}

/// A name, and after `=` what it stands for.
fn mention(mention: &Mention) -> String {
    match &mention.stands_for {
        Some(name) => format!("{}={name}", mention.name),
        None => mention.name.clone(),
    }
}

fn mentions(list: &[Mention]) -> String {
    list.iter().map(mention).collect::<Vec<_>>().join(", ")
}

fn time(time: &Time) -> String {
    time.expression.clone()
}

fn figure(figure: &rapporteur_model::Figure) -> String {
    let end = |value: Option<f64>| value.map_or("?".into(), |v| v.to_string());
    let number = if figure.low == figure.high {
        end(figure.low)
    } else {
        format!("{}..{}", end(figure.low), end(figure.high))
    };
    let unit = figure.unit.as_deref().unwrap_or("");
    let of = match &figure.of {
        Some(Of::Number(n)) => format!(" of {n}"),
        Some(Of::Words(words)) => format!(" of {words}"),
        None => String::new(),
    };
    let fate = figure
        .fate
        .as_ref()
        .map_or(String::new(), |f| format!(" {f}"));
    format!("{}{number} {unit}{of}{fate}", figure.comparator.sign())
}

fn subject(claim: &Claim) -> String {
    let what = claim.what();
    let (name, fields) = match &what.subject {
        Subject::Statement => return "statement".into(),
        Subject::Count => ("count".to_string(), outer(claim)),
        Subject::Ground(action) => (format!("{action:?}").to_lowercase(), outer(claim)),
        Subject::Talks(detail) => {
            let mut fields = talks(detail);
            fields.push(("through", mentions(&what.third_party)));
            (format!("{:?}", detail.aspect).to_lowercase(), fields)
        }
    };
    let fields: Vec<String> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("{name} {}", fields.join("; "))
        .trim_end()
        .to_string()
}

fn outer(claim: &Claim) -> Vec<(&'static str, String)> {
    let what = claim.what();
    vec![
        ("place", mentions(&what.place)),
        ("by", mentions(&what.actor)),
        ("against", mentions(&what.recipient)),
    ]
}

fn talks(detail: &TalksDetail) -> Vec<(&'static str, String)> {
    let one = |m: &Option<Mention>| m.as_ref().map(mention).unwrap_or_default();
    let word = |w: &Option<String>| w.clone().unwrap_or_default();
    vec![
        ("parties", mentions(&detail.parties)),
        ("party", one(&detail.party)),
        ("head", one(&detail.head)),
        ("members", mentions(&detail.members)),
        ("by", one(&detail.by)),
        ("with", mentions(&detail.by_others)),
        ("to", one(&detail.to)),
        ("and to", mentions(&detail.to_others)),
        ("offers", detail.offers.join(" + ")),
        ("asks", detail.asks.join(" + ")),
        ("topics", detail.topics.join(" + ")),
        ("content", word(&detail.content)),
        ("result", word(&detail.result)),
        ("person", one(&detail.person)),
        ("of", word(&detail.of)),
        ("place", one(&detail.place)),
        ("status", word(&detail.status)),
    ]
}

fn factuality(factuality: Factuality) -> String {
    let mut words = Vec::new();
    if factuality.polarity == Polarity::Negative {
        words.push("not".to_string());
    }
    if factuality.certainty != Certainty::Certain {
        words.push(format!("{:?}", factuality.certainty).to_lowercase());
    }
    if factuality.realis != Realis::Actual {
        words.push(format!("{:?}", factuality.realis).to_lowercase());
    }
    words.join(" ")
}

/// What every claim and attribution holds, whatever the text: words that stand in the report, an
/// intact id, order.
pub fn check_whole(text: &str) {
    let report = report(text);
    let document = rapporteur_text::parse(&report);
    let claims = find(&document);
    let inside = |span: Span| assert!(report.slice(span).is_some(), "{span:?} of {text:?}");
    for claim in &claims {
        assert!(claim.is_intact());
        assert!(!claim.evidence().span().is_empty(), "{text:?}");
        inside(claim.sentence());
        for source in &claim.what().attribution.sources {
            inside(source.mention.span);
        }
    }
    let starts: Vec<usize> = claims.iter().map(|c| c.evidence().span().start).collect();
    assert!(starts.is_sorted());
    for found in rapporteur_claims::attributions(&document) {
        found.content.iter().for_each(|span| inside(*span));
        found.source.into_iter().chain(found.cue).for_each(inside);
    }
    assert_eq!(claims, find(&document));
}
