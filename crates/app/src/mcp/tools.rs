//! The tools: what each is called, what it takes, and what it answers.

use super::bounds::{bounded, page};
use super::library::Library;
use rapporteur_model::{Date, ReportId};
use rapporteur_record::State;
use rapporteur_views::export::jsonl::Points;
use rapporteur_views::{self as views, Filter};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What a model may ask for.
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    title: &'static str,
    description: &'static str,
    arguments: &'static [Argument],
}

struct Argument {
    name: &'static str,
    kind: Kind,
    required: bool,
    description: &'static str,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Day,
    Number { most: usize },
    Choice(&'static [&'static str]),
}

const PLACE: Argument = optional(
    "place",
    Kind::Text,
    "Only what is said of this place; any name of it, or a part in whole words.",
);
const ACTOR: Argument = optional(
    "actor",
    Kind::Text,
    "Only what is said of, to or by this person or organisation.",
);
const AS_OF: Argument = optional(
    "as_of",
    Kind::Day,
    "The record as of this day: only reports published by then.",
);
const LIMIT: Argument = optional(
    "limit",
    Kind::Number { most: MOST },
    "How many items at most; 20 where it is not given.",
);
const OFFSET: Argument = optional(
    "offset",
    Kind::Number { most: usize::MAX },
    "From which item on: next_offset of the page before.",
);

/// Where nobody says how many items.
const USUAL: usize = 20;
/// So many items at most.
const MOST: usize = 100;
/// So many code points of a report's text on one page.
const TEXT: usize = 8_000;

const fn optional(name: &'static str, kind: Kind, description: &'static str) -> Argument {
    Argument {
        name,
        kind,
        required: false,
        description,
    }
}

const fn required(name: &'static str, kind: Kind, description: &'static str) -> Argument {
    Argument {
        name,
        kind,
        required: true,
        description,
    }
}

const fn view(name: &'static str, title: &'static str, description: &'static str) -> Tool {
    Tool {
        name,
        title,
        description,
        arguments: &[PLACE, ACTOR, AS_OF, LIMIT, OFFSET],
    }
}

const ID: &str = "Its id, or the first ten letters of it.";

/// All tools.
pub const TOOLS: &[Tool] = &[
    view(
        "timeline",
        "Timeline",
        "What is said to have happened when, in order of time: talks, ground, counts, and whatever else is dated; claims that say the same are one item, with the number of reports and origins and the claims against it.",
    ),
    Tool {
        name: "disputes",
        title: "Disputes",
        description: "Questions that several claims answer, with all the accounts given and how they stand to one another: those that cannot all be so, those that differ, those on which all agree.",
        arguments: &[
            optional(
                "standing",
                Kind::Choice(&["against", "differing", "agreed", "all"]),
                "Which questions: with accounts that exclude one another (where it is not given), that differ and can all be so, on which all agree, or all.",
            ),
            PLACE,
            ACTOR,
            AS_OF,
            LIMIT,
            OFFSET,
        ],
    },
    Tool {
        name: "question",
        title: "One question",
        description: "One question with its accounts side by side: the question whose words have all of these, or that a claim helps to answer.",
        arguments: &[
            optional(
                "words",
                Kind::Text,
                "Words of the question, such as: control Velka.",
            ),
            optional("claim", Kind::Text, "The id of a claim that answers it."),
            AS_OF,
            LIMIT,
            OFFSET,
        ],
    },
    view(
        "talks",
        "Talks",
        "The talks as reported, a line an item: rounds, delegations, agenda, offers, demands, pledges, refusals, denials, outcomes, next meetings.",
    ),
    view(
        "control",
        "Control",
        "Who is said to hold which place, since when, an item a place, with its history: held, contested, claimed by its own side alone, fighting.",
    ),
    view(
        "claims",
        "Claims",
        "Every claim, in the order of the reports and of their text.",
    ),
    view(
        "figures",
        "Figures",
        "Counts over time (killed, prisoners, districts …): how much, by whom, as of when, out of what.",
    ),
    view(
        "reports",
        "Reports",
        "The reports: publisher, date and how it is known, headline, whom they credit, how they came from one another.",
    ),
    view(
        "lineage",
        "Lineage",
        "Which reports copy one another: reprints, rewrites, quotations, later versions, with the shared passages and the reason.",
    ),
    view(
        "names",
        "Names",
        "Which names are taken for one person, organisation or place, in which roles, and why.",
    ),
    Tool {
        name: "search",
        title: "Search",
        description: "Reports that have all of the words, with excerpts. Words in double quotes stand side by side. total counts those found as far as this page and the next hundred.",
        arguments: &[
            required("words", Kind::Text, "What to look for."),
            LIMIT,
            OFFSET,
        ],
    },
    Tool {
        name: "diff",
        title: "What changed",
        description: "What changed from one day to another: reports that came in, places of which another thing is said, questions whose accounts changed, what is newly said.",
        arguments: &[
            required("from", Kind::Day, "The first day."),
            required("to", Kind::Day, "The last day."),
            PLACE,
            ACTOR,
            LIMIT,
            OFFSET,
        ],
    },
    Tool {
        name: "report",
        title: "One report",
        description: "One report: its masthead, its own text a page at a time, and the claims that stand in that stretch of it. Offsets count code points of the text.",
        arguments: &[
            required("id", Kind::Text, ID),
            AS_OF,
            optional(
                "offset",
                Kind::Number { most: usize::MAX },
                "From which code point of the text on: next_offset of the page before.",
            ),
        ],
    },
    Tool {
        name: "claim",
        title: "One claim",
        description: "One claim in full: who says it to whom, the structured content, the exact words with their sentence, and the claims that stand with or against it.",
        arguments: &[required("id", Kind::Text, ID), AS_OF],
    },
];

/// The tool of that name.
pub fn named(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

impl Tool {
    /// The tool as the protocol describes one.
    pub fn described(&self) -> Value {
        let property = |argument: &Argument| {
            let mut schema = match argument.kind {
                Kind::Text => json!({"type": "string"}),
                Kind::Day => {
                    json!({"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"})
                }
                Kind::Number { most: usize::MAX } => json!({"type": "integer", "minimum": 0}),
                Kind::Number { most } => json!({"type": "integer", "minimum": 1, "maximum": most}),
                Kind::Choice(words) => json!({"type": "string", "enum": words}),
            };
            schema["description"] = argument.description.into();
            (argument.name.to_string(), schema)
        };
        let properties: Map<String, Value> = self.arguments.iter().map(property).collect();
        let required: Vec<&str> = (self.arguments.iter())
            .filter(|argument| argument.required)
            .map(|argument| argument.name)
            .collect();
        json!({
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            },
            "outputSchema": {
                "type": "object",
                "properties": {
                    "total": {"type": "integer"},
                    "offset": {"type": "integer"},
                    "next_offset": {"type": ["integer", "null"]},
                    "items": {"type": "array", "items": {"type": "object"}},
                },
                "required": ["total", "offset", "next_offset", "items"],
            },
            "annotations": {
                "title": self.title,
                "readOnlyHint": true,
                "destructiveHint": false,
                "idempotentHint": true,
                "openWorldHint": false,
            },
        })
    }
}

/// What was given for the arguments of a tool.
#[derive(Default)]
struct Given {
    texts: Vec<(&'static str, String)>,
    days: Vec<(&'static str, Date)>,
    numbers: Vec<(&'static str, usize)>,
}

impl Given {
    fn read(tool: &Tool, arguments: &Map<String, Value>) -> Result<Given, String> {
        let names: Vec<&str> = tool
            .arguments
            .iter()
            .map(|argument| argument.name)
            .collect();
        if let Some(unknown) = arguments.keys().find(|key| !names.contains(&key.as_str())) {
            return Err(format!(
                "{} takes no {unknown:?}; it takes {}",
                tool.name,
                names.join(", ")
            ));
        }
        let mut given = Given::default();
        for argument in tool.arguments {
            let name = argument.name;
            let value = match arguments.get(name) {
                None | Some(Value::Null) if argument.required => {
                    return Err(format!(
                        "{} needs {name}: {}",
                        tool.name, argument.description
                    ));
                }
                None | Some(Value::Null) => continue,
                Some(value) => value,
            };
            match (argument.kind, value) {
                (Kind::Text, Value::String(text)) => given.texts.push((name, text.clone())),
                (Kind::Choice(words), Value::String(word)) if words.contains(&word.as_str()) => {
                    given.texts.push((name, word.clone()));
                }
                (Kind::Choice(words), _) => {
                    return Err(format!("{name} is one of {}", words.join(", ")));
                }
                (Kind::Day, Value::String(text)) => given.days.push((name, day(name, text)?)),
                (Kind::Number { most }, value) => {
                    let number = value
                        .as_u64()
                        .and_then(|number| usize::try_from(number).ok());
                    let Some(number) = number.filter(|number| *number <= most) else {
                        return Err(format!("{name} is a whole number from 0 to {most}"));
                    };
                    given.numbers.push((name, number));
                }
                (Kind::Text | Kind::Day, _) => return Err(format!("{name} is a string")),
            }
        }
        Ok(given)
    }

    fn text(&self, name: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_str())
    }

    fn day(&self, name: &str) -> Option<Date> {
        let found = self.days.iter().find(|(known, _)| *known == name);
        found.map(|(_, day)| *day)
    }

    fn number(&self, name: &str) -> Option<usize> {
        let found = self.numbers.iter().find(|(known, _)| *known == name);
        found.map(|(_, number)| *number)
    }

    fn filter(&self) -> Filter {
        Filter {
            place: self.text("place").map(str::to_string),
            actor: self.text("actor").map(str::to_string),
            as_of: self.day("as_of"),
        }
    }
}

fn day(name: &str, text: &str) -> Result<Date, String> {
    let shape = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let day = text.parse().ok().filter(|_| shape);
    day.ok_or_else(|| format!("{name} is a day, such as 2031-03-01"))
}

/// What a tool answers, or in words what is wrong with the arguments or the record.
pub fn call(
    library: &mut Library,
    tool: &Tool,
    arguments: &Map<String, Value>,
) -> Result<Value, String> {
    let given = Given::read(tool, arguments)?;
    library.refresh();
    if tool.name == "report" {
        return report(library.state(given.day("as_of"))?.as_ref(), &given);
    }
    // The next page of the same question is not computed again.
    let asked =
        (arguments.iter()).filter(|(name, _)| !["limit", "offset"].contains(&name.as_str()));
    let asked: Vec<_> = asked.collect();
    // A search finds as many as its page asks for.
    let of_page = (tool.name == "search").then_some(given.number("offset"));
    let key = format!("{} {asked:?} {of_page:?}", tool.name);
    let items = match library.answered(&key) {
        Some(items) => items,
        None => {
            let items = items(library, tool, &given)?;
            library.answer(key, items)
        }
    };
    let limit = given.number("limit").unwrap_or(USUAL).max(1);
    let offset = given.number("offset").unwrap_or(0);
    Ok(page(&items, offset, limit).into())
}

/// All items of an answer.
fn items(library: &mut Library, tool: &Tool, given: &Given) -> Result<Vec<Value>, String> {
    Ok(match tool.name {
        "search" => {
            let words = given.text("words").unwrap_or_default();
            // Enough for this page and to know that there is another.
            let end = given.number("offset").unwrap_or(0).saturating_add(MOST + 1);
            let found = library.search(words, end.min(10_000))?;
            listed(&views::search(words, &found), &["reports"])
        }
        "diff" => {
            let (from, to) = (given.day("from"), given.day("to"));
            let (Some(from), Some(to)) = (from, to) else {
                return Err("diff needs from and to".to_string());
            };
            if to < from {
                return Err(format!(
                    "to {to} is before from {from}: put the earlier day first"
                ));
            }
            let before = library.state(Some(from))?;
            let after = library.state(Some(to))?;
            let diff = views::diff(&before, &after, from, to, &given.filter());
            listed(
                &diff,
                &["reports", "control", "questions", "entries", "statements"],
            )
        }
        name => {
            let state = library.state(given.day("as_of"))?;
            let filter = given.filter();
            match name {
                "timeline" => listed(&views::timeline(&state, &filter), &["entries"]),
                "disputes" => disputes(&state, &filter, given.text("standing")),
                "question" => question(&state, given)?,
                "talks" => talks(&views::talks(&state, &filter)),
                "control" => listed(&views::control(&state, &filter), &["places"]),
                "claims" => nested(
                    &views::claims(&state, &filter),
                    "reports",
                    "claims",
                    "report",
                ),
                "figures" => nested(&views::figures(&state, &filter), "ledgers", "figures", "of"),
                "reports" => listed(&views::reports(&state, &filter), &["reports"]),
                "lineage" => listed(&views::lineage(&state, &filter), &["derivations"]),
                "names" => listed(&views::names(&state, &filter), &["entities"]),
                "claim" => claim(&state, given)?,
                _ => return Err(format!("there is no tool {name:?}")),
            }
        }
    })
}

fn value(view: &impl Serialize) -> Value {
    serde_json::to_value(view).unwrap_or_default()
}

/// The items of a view's lists; where there are several, `part` says of which each is.
fn listed(view: &impl Serialize, lists: &[&str]) -> Vec<Value> {
    let mut view = value(view);
    let mut items = Vec::new();
    for list in lists {
        let Some(Value::Array(found)) = view.get_mut(*list).map(Value::take) else {
            continue;
        };
        items.extend(found.into_iter().map(|mut item| {
            if lists.len() > 1 && item.is_object() {
                item["part"] = (*list).into();
            }
            item
        }));
    }
    items
}

/// The items of the lists within a view's list, each with what its list is of.
fn nested(view: &impl Serialize, outer: &str, inner: &str, of: &str) -> Vec<Value> {
    let mut items = Vec::new();
    for mut one in listed(view, &[outer]) {
        let Some(Value::Array(found)) = one.get_mut(inner).map(Value::take) else {
            continue;
        };
        let label = one.get(of).cloned().unwrap_or_default();
        items.extend(found.into_iter().map(|mut item| {
            if item.is_object() {
                item[of] = label.clone();
            }
            item
        }));
    }
    items
}

fn disputes(state: &State, filter: &Filter, standing: Option<&str>) -> Vec<Value> {
    let view = views::disputes(state, filter);
    let against = view
        .questions
        .iter()
        .filter(|question| question.is_against());
    let differing = view
        .questions
        .iter()
        .filter(|question| !question.is_against());
    match standing.unwrap_or("against") {
        "against" => against.map(value).collect(),
        "differing" => differing.map(value).collect(),
        "agreed" => view.agreed.iter().map(value).collect(),
        _ => against
            .chain(differing)
            .chain(&view.agreed)
            .map(value)
            .collect(),
    }
}

/// The lines of talks, each with the parties and the place of its series.
fn talks(view: &views::Talks) -> Vec<Value> {
    let mut items = Vec::new();
    for meeting in &view.meetings {
        let positions = (meeting.positions.iter()).flat_map(|position| {
            position
                .lines
                .iter()
                .map(|line| (Some(&position.party), line))
        });
        let lines = (meeting.track.iter())
            .chain(&meeting.delegations)
            .chain(&meeting.agenda)
            .map(|line| (None, line))
            .chain(positions);
        for (party, line) in lines {
            let mut item = value(line);
            item["talks"] = json!({"parties": meeting.parties, "place": meeting.place});
            if let Some(party) = party {
                item["position_of"] = json!(party);
            }
            items.push(item);
        }
    }
    items
}

fn question(state: &State, given: &Given) -> Result<Vec<Value>, String> {
    let words = given.text("words").map(str::to_lowercase);
    let claim = given.text("claim");
    if words.is_none() && claim.is_none() {
        return Err("question needs words of the question, or the id of a claim".to_string());
    }
    let fits = |accounts: &&rapporteur_model::Accounts| {
        let asked = accounts.question.words.to_lowercase();
        let has_words = (words.iter().flat_map(|words| words.split_whitespace()))
            .all(|word| asked.contains(word));
        let mut claims = accounts.accounts.iter().flat_map(|account| &account.claims);
        let has_claim = claim.is_none_or(|id| claims.any(|known| is_meant(&known.0, id)));
        has_words && has_claim
    };
    let found = state.accounts.iter().filter(fits);
    Ok(found
        .map(|accounts| value(&views::dispute(state, accounts)))
        .collect())
}

/// Is it this id, or the first ten letters or more of it?
fn is_meant(id: &str, given: &str) -> bool {
    given.len() >= 10 && id.starts_with(given)
}

fn report(state: &State, given: &Given) -> Result<Value, String> {
    let id = given.text("id").unwrap_or_default();
    let found = state
        .reports
        .iter()
        .find(|(known, _)| is_meant(&known.0, id));
    let Some((id, report)) = found else {
        return Err(format!(
            "there is no report {id:?}; the tools reports and search give ids"
        ));
    };
    let body = report.report.body();
    let points = Points::of(body);
    let total = points.at(body.len());
    let from = given.number("offset").unwrap_or(0).min(total);
    let text: String = body.chars().skip(from).take(TEXT).collect();
    let to = from + text.chars().count();
    let mut item = value(&views::report(state, id));
    item["text"] = text.into();
    item["start"] = from.into();
    item["end"] = to.into();
    let claims: Vec<Value> = claims_of(state, id)
        .into_iter()
        .filter(|claim| {
            claim["voice"]["start"]
                .as_u64()
                .is_some_and(|at| (from..to).contains(&(at as usize)))
        })
        .map(|claim| bounded(&claim))
        .collect();
    item["claims"] = claims.into();
    Ok(json!({
        "total": total,
        "offset": from,
        "next_offset": (to < total).then_some(to),
        "items": [item],
    }))
}

/// The lines of a report's claims.
fn claims_of(state: &State, id: &ReportId) -> Vec<Value> {
    let report = views::report_claims(state, id);
    let claims = report.iter().flat_map(|report| &report.claims);
    claims.map(value).collect()
}

fn claim(state: &State, given: &Given) -> Result<Vec<Value>, String> {
    let id = given.text("id").unwrap_or_default();
    let found = state
        .claims
        .iter()
        .find(|(known, _)| is_meant(&known.0, id));
    let Some((id, claim)) = found else {
        return Err(format!(
            "there is no claim {id:?}; every other tool gives the ids of claims"
        ));
    };
    let report = claim.claim.evidence().report();
    let lines = claims_of(state, report);
    let line = lines
        .into_iter()
        .find(|line| line["voice"]["claim"] == json!(id));
    let mut item = line.unwrap_or_default();
    let exported = rapporteur_views::export::jsonl::claim(state, id);
    if let (Some(line), true) = (exported, item.is_object()) {
        item["structure"] = line;
    }
    let asked = state.accounts.iter().filter(|accounts| {
        let mut claims = accounts.accounts.iter().flat_map(|account| &account.claims);
        claims.any(|known| known == id)
    });
    item["questions"] = asked
        .map(|accounts| {
            let relations = accounts
                .relations
                .iter()
                .filter(|r| r.a == *id || r.b == *id);
            json!({
                "question": accounts.question.words,
                "standing": accounts.standing,
                "relations": relations.collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(vec![item])
}
