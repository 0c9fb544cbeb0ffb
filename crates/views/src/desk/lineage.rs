//! Who copied whom: trees of reports, and two reports side by side.

use super::{Desk, Leaf};
use crate::changes::{Change, changes};
use crate::lineage;
use crate::voice::{ReportLabel, in_order, label};
use rapporteur_model::{Derivation, DerivationKind, ReportId, Span};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many lines of trees are on a page, and at most so many of one tree.
const LINES: usize = 60;
/// How much of a report is shown beside another, in bytes.
const TEXT: usize = 12_000;
/// So many changes are shown.
const CHANGES: usize = 40;

/// Reports of which some came from others, as trees.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineagePage {
    /// Which page this is: of trees.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// The largest first.
    pub trees: Vec<Tree>,
    /// How many derivations the record has.
    pub derivations: usize,
    /// How many reports share nothing with another.
    pub alone: usize,
}

/// Reports that hang together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tree {
    /// How many reports it has.
    pub reports: usize,
    /// The reports, each below the one that it has most from.
    pub lines: Vec<TreeLine>,
    /// How many more lines it has, which are not shown.
    pub more: usize,
}

/// A report in its tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeLine {
    /// How far below the root, from 0.
    pub depth: usize,
    /// The report.
    pub report: ReportLabel,
    /// The report above; `None`: this is a root.
    pub parent: Option<ReportId>,
    /// How it came from it.
    pub kind: Option<DerivationKind>,
    /// Is it known which came first?
    pub directed: bool,
    /// What share of it stands in the one above, 0 to 1.
    pub share: f64,
    /// Why it is taken to be so.
    pub why: String,
    /// Does it share words with others of the tree, too?
    pub others: usize,
}

/// Two reports side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// How one came from the other, in a sentence.
    pub words: String,
    /// Why it is taken to be so.
    pub why: String,
    /// How.
    pub kind: DerivationKind,
    /// Is it known which came first?
    pub directed: bool,
    /// What share of the later stands in the earlier, 0 to 1.
    pub share: f64,
    /// How many passages they share.
    pub passages: usize,
    /// The earlier.
    pub from: Side,
    /// The later.
    pub to: Side,
    /// Of a revision: what changed.
    pub changes: Vec<Change>,
    /// How many more changes there are.
    pub more_changes: usize,
}

/// One of two reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The report.
    pub report: ReportLabel,
    /// Its words, cut where a shared passage begins or ends.
    pub text: Vec<Marked>,
    /// Is there more of it, which is not shown?
    pub more: bool,
}

/// Some words of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marked {
    /// The words.
    pub text: String,
    /// The number of the shared passage that they stand in, from 1; the same on the other side.
    pub passage: Option<usize>,
}

/// The derivations of reports that hang together: numbers of reports' derivations.
#[derive(Clone, Debug)]
pub(super) struct Component {
    reports: Vec<ReportId>,
}

/// Reports that hang together, the largest first.
pub(super) fn components(state: &State) -> Vec<Component> {
    let mut parent: BTreeMap<&ReportId, &ReportId> = BTreeMap::new();
    fn root<'s>(
        parent: &mut BTreeMap<&'s ReportId, &'s ReportId>,
        id: &'s ReportId,
    ) -> &'s ReportId {
        let mut top = id;
        while let Some(up) = parent.get(top).filter(|up| **up != top) {
            top = up;
        }
        let mut at = id;
        while let Some(up) = parent.insert(at, top).filter(|up| *up != at) {
            at = up;
        }
        top
    }
    for derivation in &state.derivations {
        let a = root(&mut parent, &derivation.from);
        let b = root(&mut parent, &derivation.to);
        parent.insert(a.max(b), a.min(b));
    }
    let ids: Vec<&ReportId> = parent.keys().copied().collect();
    let mut found: BTreeMap<&ReportId, Vec<ReportId>> = BTreeMap::new();
    for id in ids {
        let top = root(&mut parent, id);
        found.entry(top).or_default().push(id.clone());
    }
    let mut components: Vec<Component> = (found.into_values())
        .map(|reports| Component { reports })
        .collect();
    components.sort_by(|a, b| {
        (b.reports.len().cmp(&a.reports.len())).then_with(|| a.reports.cmp(&b.reports))
    });
    components
}

impl Desk {
    /// A page of trees of reports.
    pub fn lineage(&self, page: usize) -> LineagePage {
        // Trees fill pages in order, each page at least one.
        let mut starts = vec![0];
        let mut lines = 0;
        for (number, component) in self.trees.iter().enumerate() {
            let own = component.reports.len().min(LINES);
            if lines > 0 && lines + own > LINES {
                starts.push(number);
                lines = 0;
            }
            lines += own;
        }
        let page = page.clamp(1, starts.len());
        let from = starts.get(page - 1).copied().unwrap_or(0);
        let to = starts.get(page).copied().unwrap_or(self.trees.len());
        let related: usize = self.trees.iter().map(|tree| tree.reports.len()).sum();
        LineagePage {
            leaf: Leaf {
                page,
                pages: starts.len(),
                total: self.trees.len(),
            },
            trees: (self.trees.get(from..to).unwrap_or_default().iter())
                .map(|component| self.tree(component))
                .collect(),
            derivations: self.state.derivations.len(),
            alone: self.state.reports.len().saturating_sub(related),
        }
    }

    fn tree(&self, component: &Component) -> Tree {
        let mut labels: Vec<ReportLabel> = (component.reports.iter())
            .filter_map(|id| Some(label(id, self.state.reports.get(id)?)))
            .collect();
        labels.sort_by(in_order);
        let order: BTreeMap<&ReportId, usize> =
            labels.iter().map(|label| &label.id).zip(0..).collect();
        // Each below the one that it has most from; what nothing directs hangs below the one that comes first.
        let mut above: BTreeMap<usize, (usize, &Derivation)> = BTreeMap::new();
        let numbers: BTreeSet<usize> = (component.reports.iter())
            .flat_map(|id| self.derivations.get(id).into_iter().flatten().copied())
            .collect();
        let mut links: BTreeMap<usize, usize> = BTreeMap::new();
        for derivation in numbers
            .iter()
            .filter_map(|n| self.state.derivations.get(*n))
        {
            let (Some(from), Some(to)) = (order.get(&derivation.from), order.get(&derivation.to))
            else {
                continue;
            };
            *links.entry(*from).or_default() += 1;
            *links.entry(*to).or_default() += 1;
            let (up, down) = match derivation.directed {
                true => (*from, *to),
                false => (*from.min(to), *from.max(to)),
            };
            let weight = |d: &Derivation| (d.kind != DerivationKind::Quotation, d.directed);
            let better = above.get(&down).is_none_or(|(_, other)| {
                let (a, b) = (weight(derivation), weight(other));
                a > b || a == b && derivation.share > other.share
            });
            if better {
                above.insert(down, (up, derivation));
            }
        }
        let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for number in 0..labels.len() {
            // A circle of reports is cut at the one that comes first.
            let mut at = number;
            let mut steps = 0;
            while let Some((up, _)) = above.get(&at) {
                at = *up;
                steps += 1;
                if at == number || steps > labels.len() {
                    break;
                }
            }
            if at == number && steps > 0 || steps > labels.len() {
                above.remove(&number);
            }
            below
                .entry(above.get(&number).map(|(up, _)| *up))
                .or_default()
                .push(number);
        }
        let mut lines: Vec<TreeLine> = Vec::new();
        let roots = below.get(&None).cloned().unwrap_or_default();
        let mut open: Vec<(usize, usize)> = roots.into_iter().rev().map(|n| (n, 0)).collect();
        while let Some((number, depth)) = open.pop() {
            if let Some(report) = labels.get(number) {
                let up = above.get(&number);
                let derivation = up.map(|(_, derivation)| *derivation);
                lines.push(TreeLine {
                    depth,
                    report: report.clone(),
                    parent: up.and_then(|(up, _)| Some(labels.get(*up)?.id.clone())),
                    kind: derivation.map(|d| d.kind),
                    directed: derivation.is_some_and(|d| d.directed),
                    share: derivation.map_or(0.0, |d| d.share),
                    why: derivation.map(|d| d.why.clone()).unwrap_or_default(),
                    others: links
                        .get(&number)
                        .map_or(0, |n| n - usize::from(up.is_some()))
                        .saturating_sub(below.get(&Some(number)).map_or(0, Vec::len)),
                });
            }
            if lines.len() == LINES {
                break;
            }
            let children = below.get(&Some(number)).cloned().unwrap_or_default();
            open.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
        }
        Tree {
            reports: labels.len(),
            more: labels.len().saturating_sub(lines.len()),
            lines,
        }
    }

    /// Two reports of which one came from the other, side by side.
    pub fn pair(&self, from: &ReportId, to: &ReportId) -> Option<Pair> {
        let numbers = self.derivations.get(from)?;
        let derivation = (numbers.iter())
            .filter_map(|number| self.state.derivations.get(*number))
            .find(|d| d.from == *from && d.to == *to)?;
        let (one, other) = (self.state.reports.get(from)?, self.state.reports.get(to)?);
        let mut passages = derivation.passages.clone();
        passages.sort_by_key(|(in_from, in_to)| (in_to.start, in_from.start));
        let in_from: Vec<(Span, usize)> = passages.iter().map(|(span, _)| *span).zip(1..).collect();
        let in_to: Vec<(Span, usize)> = passages.iter().map(|(_, span)| *span).zip(1..).collect();
        let changed = match derivation.kind {
            DerivationKind::Revision => changes(one.report.body(), other.report.body()),
            _ => vec![],
        };
        Some(Pair {
            words: lineage::sentence(&self.state, derivation)?,
            why: derivation.why.clone(),
            kind: derivation.kind,
            directed: derivation.directed,
            share: derivation.share,
            passages: passages.len(),
            from: side(label(from, one), one.report.body(), in_from),
            to: side(label(to, other), other.report.body(), in_to),
            more_changes: changed.len().saturating_sub(CHANGES),
            changes: changed.into_iter().take(CHANGES).collect(),
        })
    }
}

/// A body cut where shared passages begin and end; of those that overlap, the first has the words.
fn side(report: ReportLabel, body: &str, mut passages: Vec<(Span, usize)>) -> Side {
    passages.sort();
    let end = body.floor_char_boundary(TEXT.min(body.len()));
    let mut text: Vec<Marked> = Vec::new();
    let mut push = |from: usize, to: usize, passage| {
        if let Some(words) = body.get(from..to).filter(|words| !words.is_empty()) {
            let text_of = words.to_string();
            text.push(Marked {
                text: text_of,
                passage,
            });
        }
    };
    let mut at = 0;
    for (span, number) in passages {
        let (from, to) = (span.start.max(at), span.end.min(end));
        if from >= to {
            continue;
        }
        push(at, from, None);
        push(from, to, Some(number));
        at = to;
    }
    push(at, end, None);
    Side {
        report,
        text,
        more: end < body.len(),
    }
}
