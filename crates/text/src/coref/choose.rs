//! Which earlier mention a pronoun or a description means, or none: signs, each with a weight.

use super::Links;
use super::mentions::{Class, Mention, Part, Sort};
use super::words::Gender;
use crate::tables;
use std::ops::Range;
use std::sync::LazyLock;

/// What may speak for or against a choice; a row of `data/en/antecedents.tsv` each, by its name.
macro_rules! signs {
    ($($sign:ident)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sign { $($sign),* }
        const SIGNS: &[&str] = &[$(stringify!($sign)),*];
    };
}

signs! {
    // Nothing earlier is meant.
    Alone AloneThe AloneThis AloneOwned AloneBare AloneMore AloneOf AloneSubject
    AloneMany AlonePerson AloneGroup AloneEarly AloneClause
    // How far back.
    Here Last Two Three Few Far Distant
    First Second Third Fifth
    // How the earlier is said.
    Name Noun Pronoun NewNoun
    Subject Object Owner Part Other SameRole Opens Title
    // What the chain is.
    Person Group Place Thing
    NounPersonPerson NounPersonOther NounGroupGroup NounOtherGroup NounOtherNamed NounOtherOther
    Gender GenderOpen Number NumberOpen NumberBody
    Lone Pair Several Often Named
    // What pronouns and nouns have in common.
    SamePronoun SameNoun SameNounMore SameNounOwner SaidRole InName Sorted SortedMore
    SameBody SamePeople
    Across
}

/// The sort of word that asks: a column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Person,
    Thing,
    Many,
    Known,
    Bare,
}

const COLUMNS: usize = 5;

/// For each sort of word that asks, each sign's weight.
static WEIGHTS: LazyLock<[[f32; SIGNS.len()]; COLUMNS]> = LazyLock::new(|| {
    let mut weights = [[0.0; SIGNS.len()]; COLUMNS];
    for (name, row) in tables::rows(include_str!("../../data/en/antecedents.tsv")) {
        let sign = SIGNS.iter().position(|sign| *sign == name);
        if let Some(at) = sign {
            for (weights, cell) in weights.iter_mut().zip(row.split('\t')) {
                weights[at] = cell.parse().unwrap_or(0.0);
            }
        }
    }
    weights
});

fn score(asks: Asks, signs: &[Sign]) -> f32 {
    let weights = &WEIGHTS[asks as usize];
    signs.iter().map(|sign| weights[*sign as usize]).sum()
}

/// How many mentions back anything looks: work stays in step with the text.
const BACK: usize = 80;
/// How many sentences back a pronoun looks.
const REACH: usize = 4;

/// What a pronoun or description chose among, in numbers: what its weights are learnt from.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its tokens.
    pub words: Range<usize>,
    /// The column of its sort in the table of weights.
    pub asks: usize,
    /// The rows of the signs that it means nobody earlier.
    pub alone: Vec<usize>,
    /// The earlier mentions that it may mean, with the rows of their signs.
    pub earlier: Vec<(Range<usize>, Vec<usize>)>,
}

impl Links<'_, '_> {
    /// The earlier mention that one means. `nouns`: the last mentions by the same noun.
    pub(super) fn chosen(&mut self, at: usize, nouns: &[usize]) -> Option<usize> {
        let asks = asks(&self.mentions[at])?;
        if let Some(body) = self.called_so(at) {
            return Some(body);
        }
        let mut signs = Vec::with_capacity(32);
        self.signs_alone(at, &mut signs);
        let rows = |signs: &[Sign]| signs.iter().map(|sign| *sign as usize).collect();
        let mut choice = self.choices.is_some().then(|| Choice {
            words: self.mentions[at].core.clone(),
            asks: asks as usize,
            alone: rows(&signs),
            earlier: vec![],
        });
        let mut best = (score(asks, &signs), None);
        let (mut rank, mut last) = (0, None);
        for before in self.candidates(at, nouns) {
            let root = Some(self.root(before));
            rank += usize::from(root != last);
            last = root;
            signs.clear();
            self.signs(at, before, rank, &mut signs);
            if let Some(choice) = &mut choice {
                let earlier = (self.mentions[before].core.clone(), rows(&signs));
                choice.earlier.push(earlier);
            }
            let score = score(asks, &signs);
            if score > best.0 {
                best = (score, Some(before));
            }
        }
        if let Some((all, choice)) = self.choices.as_mut().zip(choice) {
            all.push(choice);
        }
        best.1
    }

    /// The last body named whose name says what it is: "the party" after "the Norland Workers Party".
    fn called_so(&self, at: usize) -> Option<usize> {
        let mention = &self.mentions[at];
        let plain = mention.many != Some(true) && !self.settings[at].more;
        if !matches!(mention.sort, Sort::Noun { known: Some(true) }) || !plain {
            return None;
        }
        let lemma = &*self.document.tokens[mention.head].lemma;
        (at.saturating_sub(BACK)..at).rev().find(|before| {
            let Sort::Name(of) = self.mentions[*before].sort else {
                return false;
            };
            let name = &self.called[of].name;
            let last = name.split_whitespace().next_back().unwrap_or_default();
            let head = &*self.document.tokens[self.mentions[*before].head].lower;
            self.facts(*before).class == Class::Group
                && (last == lemma || head == lemma)
                && self.may_mean(at, *before)
        })
    }

    /// The earlier mentions that one may mean, the nearest first.
    fn candidates<'a>(&'a self, at: usize, nouns: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        let mention = &self.mentions[at];
        let from = at.saturating_sub(BACK);
        let far = nouns.iter().copied().filter(move |before| *before < from);
        let near = move |before: &usize| {
            let away = mention.sentence - self.mentions[*before].sentence;
            mention.pronoun().is_none() || away <= REACH
        };
        ((from..at).rev().chain(far))
            .filter(near)
            .filter(move |before| self.may_mean(at, *before))
    }

    /// Do sort, number, gender and syntax allow it at all?
    fn may_mean(&self, at: usize, before: usize) -> bool {
        let (mention, other) = (&self.mentions[at], &self.mentions[before]);
        let facts = self.facts(before);
        let first = other.pronoun().is_some_and(|p| p.first && !p.many);
        if first || self.settings[before].nobody || self.clash(at, before) {
            return false;
        }
        let Some(pronoun) = mention.pronoun() else {
            return !self.within(at, before) && self.may_be_one(at, before);
        };
        let number = match facts.many {
            Some(many) if pronoun.many => many || facts.class == Class::Group,
            Some(many) => !many,
            None => true,
        };
        let class = match pronoun.gender {
            Gender::Male | Gender::Female => {
                facts.class == Class::Person || facts.class == Class::Other && facts.named
            }
            Gender::Thing => facts.class != Class::Person,
            Gender::Any => facts.class != Class::Place,
        };
        number && class && pronoun.gender.fits(facts.gender)
    }

    /// Does one hang on the other?
    fn within(&self, at: usize, before: usize) -> bool {
        let head = |at: usize| self.document.tokens[self.mentions[at].head].head;
        head(at) == Some(self.mentions[before].head) || head(before) == Some(self.mentions[at].head)
    }

    fn signs_alone(&self, at: usize, signs: &mut Vec<Sign>) {
        let mention = &self.mentions[at];
        let document = self.document;
        signs.push(Sign::Alone);
        if mention.pronoun().is_none() {
            let determiner = document.child(mention.head, "det");
            let near = determiner.is_some_and(|d| document.tokens[d].lower != "the");
            signs.push(match mention.sort {
                _ if self.owned(mention.head) => Sign::AloneOwned,
                Sort::Noun { known: Some(true) } if near => Sign::AloneThis,
                Sort::Noun { known: Some(true) } => Sign::AloneThe,
                _ => Sign::AloneBare,
            });
            for (relations, sign) in [
                (&["amod", "compound", "nummod"][..], Sign::AloneMore),
                (&["nmod"], Sign::AloneOf),
                (&["acl"], Sign::AloneClause),
            ] {
                let is = |child: &usize| {
                    relations
                        .iter()
                        .any(|r| document.is(*child, r) && !document.is(*child, "nmod:poss"))
                };
                if document
                    .children(mention.head)
                    .iter()
                    .take(super::MORE)
                    .any(is)
                {
                    signs.push(sign);
                }
            }
            match mention.class {
                Class::Person => signs.push(Sign::AlonePerson),
                Class::Group => signs.push(Sign::AloneGroup),
                _ => {}
            }
            if mention.many == Some(true) {
                signs.push(Sign::AloneMany);
            }
        }
        if document.is(mention.head, "nsubj") {
            signs.push(Sign::AloneSubject);
        }
        if mention.sentence < 2 {
            signs.push(Sign::AloneEarly);
        }
    }

    fn signs(&self, at: usize, before: usize, rank: usize, signs: &mut Vec<Sign>) {
        let (mention, other) = (&self.mentions[at], &self.mentions[before]);
        let facts = self.facts(before);
        signs.push(match mention.sentence - other.sentence {
            0 => Sign::Here,
            1 => Sign::Last,
            2 => Sign::Two,
            3 => Sign::Three,
            4..=7 => Sign::Few,
            8..=15 => Sign::Far,
            _ => Sign::Distant,
        });
        match rank {
            1 => signs.push(Sign::First),
            2 => signs.push(Sign::Second),
            3 => signs.push(Sign::Third),
            4 | 5 => signs.push(Sign::Fifth),
            _ => {}
        }
        signs.push(match other.sort {
            Sort::Name(_) => Sign::Name,
            Sort::Pronoun(_) => Sign::Pronoun,
            Sort::Noun { known: Some(false) } => Sign::NewNoun,
            Sort::Noun { .. } => Sign::Noun,
        });
        let (here, there) = (self.settings[at], self.settings[before]);
        signs.push(match there.part {
            Part::Subject => Sign::Subject,
            Part::Object => Sign::Object,
            Part::Owner => Sign::Owner,
            Part::Within => Sign::Part,
            Part::Other => Sign::Other,
        });
        if here.part == there.part {
            signs.push(Sign::SameRole);
        }
        if there.opens {
            signs.push(Sign::Opens);
        }
        if other.sentence == 0 {
            signs.push(Sign::Title);
        }
        signs.push(match facts.class {
            Class::Person => Sign::Person,
            Class::Group => Sign::Group,
            Class::Place => Sign::Place,
            Class::Other => Sign::Thing,
        });
        signs.push(match facts.size {
            1 => Sign::Lone,
            2 => Sign::Pair,
            3..=5 => Sign::Several,
            _ => Sign::Often,
        });
        if facts.named {
            signs.push(Sign::Named);
        }
        signs.push(
            if mention.gender != Gender::Any && facts.gender == mention.gender {
                Sign::Gender
            } else {
                Sign::GenderOpen
            },
        );
        signs.push(match (mention.many, facts.many) {
            (Some(one), Some(other)) if one == other => Sign::Number,
            (_, Some(_)) => Sign::NumberBody,
            _ => Sign::NumberOpen,
        });
        if here.quoted != there.quoted {
            signs.push(Sign::Across);
        }
        match (mention.pronoun(), other.pronoun()) {
            (Some(one), Some(other)) if one.gender == other.gender && one.many == other.many => {
                signs.push(Sign::SamePronoun);
            }
            (None, _) => self.signs_of_noun(at, before, signs),
            _ => {}
        }
    }

    /// What a description has in common with an earlier mention.
    fn signs_of_noun(&self, at: usize, before: usize, signs: &mut Vec<Sign>) {
        let document = self.document;
        let (mention, other) = (&self.mentions[at], &self.mentions[before]);
        let facts = self.facts(before);
        let lemma = &*document.tokens[mention.head].lemma;
        match (mention.class, facts.class) {
            (Class::Person, Class::Person) => signs.push(Sign::NounPersonPerson),
            (Class::Person, _) => signs.push(Sign::NounPersonOther),
            (Class::Group, Class::Group) => signs.push(Sign::NounGroupGroup),
            (_, Class::Group) => signs.push(Sign::NounOtherGroup),
            _ if facts.named => signs.push(Sign::NounOtherNamed),
            _ => signs.push(Sign::NounOtherOther),
        }
        if matches!(other.sort, Sort::Noun { .. }) && document.tokens[other.head].lemma == lemma {
            signs.push(if !self.same_owner(mention.head, other.head) {
                Sign::SameNounOwner
            } else if self.says_no_more(mention.head, other.head) {
                Sign::SameNoun
            } else {
                Sign::SameNounMore
            });
            match mention.class {
                Class::Group => signs.push(Sign::SameBody),
                Class::Person if mention.many == Some(true) => signs.push(Sign::SamePeople),
                _ => {}
            }
        }
        let more = self.settings[at].more;
        if let Sort::Name(of) = other.sort {
            let called = &self.called[of];
            if called.said.iter().any(|said| said == lemma) {
                signs.push(Sign::SaidRole);
            }
            if called.name.contains(lemma) {
                signs.push(Sign::InName);
            }
        }
        if mention.class != Class::Other && facts.class == mention.class && facts.named {
            signs.push(if more { Sign::SortedMore } else { Sign::Sorted });
        }
    }
}

/// First persons are looked for elsewhere; "a soldier" is a new one.
fn asks(mention: &Mention) -> Option<Asks> {
    match &mention.sort {
        Sort::Name(_) => None,
        Sort::Noun { known: Some(true) } => Some(Asks::Known),
        Sort::Noun { known: None } => Some(Asks::Bare),
        Sort::Noun { .. } => None,
        Sort::Pronoun(pronoun) if pronoun.first => None,
        Sort::Pronoun(pronoun) => Some(match pronoun.gender {
            Gender::Male | Gender::Female => Asks::Person,
            Gender::Thing => Asks::Thing,
            Gender::Any => Asks::Many,
        }),
    }
}
