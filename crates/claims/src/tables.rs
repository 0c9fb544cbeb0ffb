//! The tables of English in `data/en`, parsed once.

use rapporteur_model::{Action, Certainty, EventType};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

macro_rules! word_list {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub(crate) fn $name() -> &'static BTreeSet<&'static str> {
            static LIST: LazyLock<BTreeSet<&'static str>> =
                LazyLock::new(|| lines(include_str!(concat!("../data/en/", stringify!($name), ".txt"))).collect());
            &LIST
        }
    )+};
}

word_list! {
    /// Relative pronouns.
    relatives,
    /// What is said of a claim that is denied.
    false_words,
    /// What one has none of who had no part in something.
    connecting_nouns,
    /// Words before an agreement that what follows is laid down by.
    under,
    /// Verbs of giving somebody a time to do something.
    given_time,
    /// Verbs by which talks come to a matter.
    turning_verbs,
    /// Where a matter lies that is talked about.
    tables_of_talks,
    /// Prepositions before what had been going on.
    after,
    /// What flies over a place for who holds it.
    flags,
    /// Prepositions between a flag and the place that it flies over.
    raising,
    /// What stands in a town and shows who holds the town.
    posts_of_power,
    /// Parts of a town that are fought over before it.
    outskirts,
    /// Verbs of getting to the edge of a town or into it.
    reaching_verbs,
    /// Words for what several write together.
    joint,
    /// Verbs of what a statement says of a thing.
    wording_verbs,
    /// Words by which one thing is asked for before another.
    order_words,
    /// Words of comparison before a number: "more than 160".
    comparative,
    /// The preposition that belongs to its noun.
    of,
    /// The preposition of a passive's agent.
    agent,
    /// The preposition before whom something was got from.
    given_by,
    /// Nouns for those who report, as headlines name them before a colon.
    media_nouns,
    /// Words that say of whom they stand before that it is not known for sure.
    suspecting,
    /// What those and that are called who or which killed people in one place: "the Velka gunman".
    perpetrators,
    /// Verbs of what becomes of those who were missing, held or wanted, beside being freed.
    finding_verbs,
    /// What happens and says nothing: "the launch", "a phone call".
    happenings,
    /// What becomes of those whom violence harms.
    violent_fates,
    /// Words that say that something was not all there was of its kind.
    other_times,
    /// Pronouns for people whom nothing names.
    somebody,
    /// What those take who go where they belong: "took their positions".
    own_positions,
    /// What opens a clause of what somebody else does at the time.
    meanwhile,
    /// Land in a sea that only its noun tells from the sea.
    outlying,
    /// Nouns of giving prisoners back.
    handovers,
    /// Prepositions before whom or what something is aimed at.
    aims,
    /// Nouns of regions, which are no towns, behind their name.
    regions,
    /// What begins a time that goes on.
    from_when_on,
    /// Bodies that are somebody's own: "her office".
    offices,
    /// What stands in a town and is called by it.
    sites,
    /// Where people live or work, which the police search.
    dwellings,
    /// Where one stands who has not yet: "on the verge of".
    brinks,
    /// What somebody has in what was done: "Orland's role in the bombardment".
    parts_played,
    /// What is claimed or taken by those who say that they did it.
    owning_up,
    /// What those are for deaths who caused them.
    answerable,
    /// What opens a clause that says what happens at a place.
    place_openers,
    /// Nouns of what may be due: "it is time for".
    timely_nouns,
    /// What carries people and may crash.
    craft,
    /// Adverbs of what happens again and again.
    habitual,
    /// Nouns of ground that no place is meant by: "occupied land".
    bare_ground,
    /// Names of what is in the sky.
    celestial,
    /// Verbs of searching a house.
    searching_verbs,
    /// Those who search houses.
    searching_bodies,
    /// Verbs of saying again what one is bound to.
    affirming_verbs,
    /// Nouns of looking back: "the anniversary of the battle".
    remembering_nouns,
    /// The preposition before what one is bound to: "committed to".
    given_to,
    /// Nouns of binding oneself to a thing.
    pledging_with_to_nouns,
    /// Adjectives of being bound: "is committed to".
    committed_adjectives,
    /// Adjectives of how talks went.
    ended_states,
    /// Verbs of giving somebody or something up.
    handing_verbs,
    /// Nouns of what may be ruled out: "dismissed the possibility".
    refusable_nouns,
    /// Nouns of buildings and what belongs to them, which are attacked though nobody holds them.
    buildings,
    /// What attacks do to people: "an attack that killed two".
    harming_verbs,
    /// Pronouns that a clause says more of: "what he said".
    said_pronouns,
    /// Conjunctions that set one clause against another.
    contrast,
    /// Articles and words in their place.
    articles,
    /// Adverbs that belong to a verb: "took over".
    verb_particles,
    /// Nouns that describe an armed group without naming it.
    groups,
    /// Nouns for people who speak or act in a function.
    roles,
    /// Nouns for voices without a name.
    anonymous,
    /// Nouns for documents and messages that say something.
    document_nouns,
    /// Verbs of getting to know.
    obtaining,
    /// Nouns that attribute: "announcements that".
    noun_cues,
    /// Words before a source: "according to".
    prepositional_cues,
    /// What goes according to itself and says nothing: "according to plan".
    plainly,
    /// Verbs of issuing a document.
    issuing,
    /// Prepositions before a place or occasion of speaking.
    locative,
    /// Conjunctions that introduce what was said.
    complementizers,
    /// Conjunctions that introduce what is asserted, and not asked.
    asserted_openers,
    /// Verbs, nouns and adjectives of what somebody utters or is heard to think, in their base form.
    uttering,
    /// Pronouns that hold a place for a clause: "it was noted that".
    expletives,
    /// Words that open a question within a sentence: "asked why".
    question_words,
    /// Words that open a clause which somebody knows, says or asks.
    content_openers,
    /// Prepositions before someone spoken to.
    addressing,
    /// Nouns of keeping: "in the rebels' hands".
    keeping_nouns,
    /// Nouns that name kinds of places.
    place_nouns,
    /// Particles with which a verb of ground means something else: "ruled out".
    changing_particles,
    /// Adjectives and nouns of what somebody can do.
    abilities,
    /// Words after which an infinitive says what was done.
    enabling,
    /// Words after which an infinitive says what is meant to be done.
    intending,
    /// Verbs of doing or ordering what a noun of fighting names: "led the raid".
    committing,
    /// Words for seas and their parts.
    waters,
    /// Verbs that say that what was undertaken was done.
    succeeding_verbs,
    /// Verbs of beginning an attack or operation.
    launching,
    /// Modals of what somebody can do.
    ability_modals,
    /// Modals of what may be.
    possible,
    /// Modals of what is to come.
    future,
    /// Words that put a thing as likely.
    probable,
    /// Words that deny.
    negations,
    /// Auxiliaries that say what one has to do.
    obligation,
    /// Prepositions before a place.
    place_prepositions,
    /// Pronouns for the reader.
    second_persons,
    /// Verbs that pledge only with an infinitive or "to": "commit to".
    pledging_with_to,
    /// Who and what can be attacked without taking part, in base form.
    victims,
    /// Nouns named by what follows `of`: "the city of".
    named_by_of,
    /// Nouns for how long or how often talks are held.
    spells,
    /// Nouns for talks, in their base form.
    talk_nouns,
    /// Nouns for those who sit at talks.
    delegation_nouns,
    /// Verbs of leading a delegation.
    heading_verbs,
    /// Verbs of belonging to a delegation.
    including_verbs,
    /// Verbs of coming to talks.
    arriving_verbs,
    /// Verbs of talking as sides do.
    parleying_verbs,
    /// Verbs of discussing.
    discussing_verbs,
    /// Verbs of offering.
    offering_verbs,
    /// Verbs and nouns of what is refused to the press: "to comment".
    remarks,
    /// Nouns of what one pledges without promising to do anything.
    loyalties,
    /// Verbs of refusing.
    refusing_verbs,
    /// Verbs of denying.
    denying_verbs,
    /// Nouns for what is offered.
    offered_nouns,
    /// Nouns for what somebody may be refused: "denied access".
    grantable,
    /// Verbs with which a date is or is not there.
    dating_verbs,
    /// Verbs of knowing.
    knowing_verbs,
    /// Nouns for what is denied.
    deniable_nouns,
    /// Verbs that deny when negated.
    accepting_verbs,
    /// Adjectives that deny when negated.
    knowing_adjectives,
    /// Nouns for agreements.
    agreement_nouns,
    /// Verbs of concluding an agreement.
    concluding_verbs,
    /// Verbs of binding oneself.
    pledging_verbs,
    /// Nouns of binding oneself.
    pledge_nouns,
    /// Verbs that a party uses of what it binds itself to do.
    undertaking_verbs,
    /// Nouns for what talks bring.
    result_nouns,
    /// Verbs of talks that bring nothing.
    failing_verbs,
    /// Verbs of talks that bring something.
    yielding_verbs,
    /// Nouns of asking.
    demand_nouns,
    /// Nouns of giving one thing for another.
    exchange_nouns,
    /// Words for a meeting to come.
    next_words,
    /// Verbs of meeting.
    meeting_verbs,
    /// Nouns for the sides of talks.
    side_nouns,
    /// Nouns for a date to be set.
    date_nouns,
    /// Words by which a speaker means itself.
    first_persons,
    /// Units of time and space.
    measures,
    /// Objects that make an idiom of a verb: "take place".
    light_objects,
    /// Words that open a clause or an adverbial.
    clause_openers,
    /// Prepositions that may stand inside the description of a place.
    place_links,
    /// Prepositions before what someone is accused of.
    charging,
    /// Pronouns for a person.
    personal,
    /// Pronouns for a group or an organisation.
    collective,
    /// Words by which a speaker means those it speaks for.
    plural_firsts,
    /// The preposition before two sides.
    between,
    /// Verbs by which a side says it has a thing.
    claiming_verbs,
    /// Conjunctions of what has not come yet.
    pending,
    /// Verbs with the dead or wounded for an object that are no verbs of harming: "left 12 dead".
    leaving_verbs,
    /// Verbs of what somebody meets with and does not do: "faced attacks".
    undergoing_verbs,
    /// Nouns for where the wounded are looked after.
    clinics,
    /// Verbs and nouns of harm that nobody does.
    accidents,
    /// What is driven into something to harm it.
    vehicles,
    /// Pronouns for whom or what acts itself.
    reflexives,
    /// Nouns for a place that somebody holds.
    seats,
    /// Words for what is no longer so.
    bygone,
    /// Ends of words that say who holds what: "rebel-held".
    holding_endings,
    /// Words that only the captions of galleries have, in lower case.
    caption_marks,
    /// Nouns for people who tell what they saw.
    witnesses,
    /// Verbs of what an agreement lays down.
    stipulating_verbs,
    /// Nouns for what is fired or dropped: an attack only with a verb that does so.
    munitions,
    /// Things whose number is no news.
    not_counted,
    /// Words for what has not come to be.
    not_yet,
    /// Verbs of meaning to do.
    planning_verbs,
    /// Words that make an attack one of words, money or the body.
    attack_idioms,
    /// Nouns for those who fight.
    fighters,
    /// Nouns for a part of a whole.
    share_nouns,
    /// Words that reports of conflicts and talks share.
    conflict_words,
    /// Words before a meeting to come.
    scheduled_words,
    /// The preposition before the other side.
    accompanying,
    /// Nouns that make another sense of `with`.
    with_idioms,
    /// Words before someone whom the speaker has it from.
    citing,
    /// The word between someone quoted and the verb of saying: "quoted her as saying".
    quoted_as,
    /// What is fought without arms.
    not_enemies,
    /// Articles that point back.
    definite,
    /// Nouns for places that have names.
    settlements,
    /// Verbs of ground only with `back`.
    with_back,
    /// Conjunctions of a condition.
    conditional,
    /// Verbs of seeming, trying and going on, which a verb of saying may follow.
    raising_verbs,
    /// Prepositions after an object that say more of what is said: "blamed the council for the delay".
    content_prepositions,
    /// Verbs that say little without their object: "voiced concern".
    light_verbs,
    /// What stands for the content after such a verb's object: a preposition, clause, or inf.
    light_prepositions,
    /// Nouns for who holds a view: "is a critic of the plan".
    holders_of_views,
    /// Verbs of agreeing.
    agreeing_verbs,
    /// Words before what is agreed.
    agreed_openers,
    /// The preposition before what talks end in want of.
    lacking,
    /// Prepositions before what is discussed.
    topic_prepositions,
    /// Verbs of discussing that need no talks around them.
    debating_verbs,
    /// The preposition before a noun of exchange.
    exchange_openers,
    /// The preposition after a noun of exchange.
    exchange_prepositions,
    /// Verbs of asking that are mere wishes but for a side.
    wishing_verbs,
    /// Verbs that deny whatever follows them.
    flat_denials,
    /// Adverbs of doing a thing once more.
    again,
    /// Verbs of meeting that need no word for a further time.
    encountering_verbs,
    /// Verbs that say what a thing is.
    copulas,
    /// Prepositions between a noun of asking and who is asked.
    addressed_by_nouns,
    /// Words for a meeting that has been.
    previous_words,
    /// Nouns for what one says, which is no offer of a side: "offered no details".
    not_offered,
    /// Nouns for people and bodies who can be asked to do something.
    addressees,
    /// Verbs of what nobody is asked to do: "should know".
    unasked_verbs,
    /// Nouns for what somebody says a thing is not.
    denied_predicates,
    /// Modals of what was to come, in what somebody is reported to have said.
    backshifted,
    /// Prepositions before whom an overture is made to.
    company_prepositions,
    /// Verbs of what nobody promises to do, or of what one does by saying it.
    unwilled_verbs,
    /// Verbs of giving way, which one refuses by saying that one will not.
    conceding_verbs,
    /// Roles of those whose words bind a side.
    stances,
    /// Adjectives by which one offers to do what follows.
    willing_adjectives,
    /// Verbs of what sides do for one another.
    conciliatory_verbs,
    /// Nouns for what is offered, with what follows: "an offer to talk".
    overtures,
    /// Verbs of putting an offer before somebody.
    presenting_verbs,
    /// Words between a thing and its instances.
    such_as,
    /// Verbs that say with an infinitive what one has to do.
    obligation_verbs,
    /// Modals by which even a thing is demanded.
    strict_obligation,
    /// Nouns for a part of what was agreed.
    settled_as,
    /// Nouns for what came of talks.
    outcome_nouns,
    /// Nouns for what talks turn on.
    agenda_nouns,
    /// Nouns for meetings that a side may hold alone.
    gatherings,
    /// Words for talks that are yet to come.
    foreseen,
    /// Nouns for what somebody says something in: "denied it in a statement".
    issuing_papers,
    /// Words between what was given and what it was a part of: "freed as part of a swap".
    swapping,
    /// Nouns for people whom others speak of.
    not_they,
    /// The pronoun for what belongs to several.
    plural_owners,
    /// Nouns whose infinitive says what they are: "plans to leave".
    infinitive_nouns,
    /// Nouns for what sides have with one another instead of talks.
    hostilities,
    /// Nouns for what may come, of which nobody says that it does: "the risk of an attack".
    risks,
    /// Words before a preposition for how much less it is than was hoped: "far from a truce".
    short_of,
    /// Verbs of those who bring sides together: "talks brokered by Lenn".
    brokering_verbs,
    /// Verbs by which people are told what is good for them.
    advising_verbs,
    /// Nouns for what somebody holds that there is, or is not: "no military solution".
    views_of_war,
    /// What opens a clause of what went on beside.
    while_words,
    /// Nouns for those whom one may order without asking anybody else.
    own_people,
    /// Verbs of orders.
    ordering_verbs,
    /// What opens the clause of that by which something came about: "died when a bomb went off".
    occasions,
    /// Verbs of making somebody do what he does not want.
    forcing_verbs,
    /// Verbs by which something is laid to somebody's charge: "blamed on Velka".
    blaming_verbs,
    /// What is said of talks that are to be held later.
    putting_off,
    /// Nouns for a body that name a thing in a list: "peace and security".
    abstract_bodies,
    /// Words for what comes later.
    before_words,
    /// Nouns for people who report.
    newspeople,
    /// Nouns for what is done because of what another did.
    reprisals,
    /// Nouns for those who are sent to talks.
    envoys,
    /// Nouns for what something else is held against: "in contrast with the raid".
    contrasts,
    /// Verbs for what looks as if it were so.
    seeming_verbs,
    /// Nouns for people who take no side.
    the_public,
    /// Pronouns for whom something is done to.
    objective,
    /// Words for what is done with arms, by whomever: "a military invasion".
    of_any_army,
    /// Words for two: "both countries".
    two,
    /// Nouns for countries.
    lands,
    /// Nouns for groups that are delegations only where talks are spoken of.
    teams,
    /// The preposition before what somebody is said to have done: "is behind the attack".
    behind,
    /// Verbs of doing something by means of something: "used the car to hit them".
    using_verbs,
    /// Words that join two of a list.
    conjoining,
    /// The conjunction of "so that".
    so_that,
    /// Conjunctions before what was.
    looking_back,
    /// Nouns for arms, which one wants to have, and from nobody.
    weapons,
    /// Nouns that make a conference one of reporters.
    press,
    /// Nouns for what is only wished for: "in the hope that".
    hopes,
    /// Verbs of asking whose clause has a bare verb: "suggested that they leave".
    mandating_verbs,
    /// Nouns that refuse talks when denied: "not the time for".
    untimely_nouns,
    /// Pronouns for several.
    third_plurals,
}

/// What a verb that attributes makes of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    Plain,
    Sure,
    Doubtful,
    Deny,
    Ask,
    Pledge,
    Hope,
    Accuse,
    Agree,
    Question,
}

/// A verb that attributes.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) kind: CueKind,
    flags: BTreeSet<&'static str>,
}

impl Cue {
    /// Can this kind of content stand with it: a flag of `data/en/cues.tsv`, where they are told?
    pub(crate) fn takes(&self, content: &str) -> bool {
        self.flags.contains(content)
    }
}

/// Verbs that attribute, by lemma.
pub(crate) fn cues() -> &'static BTreeMap<&'static str, Cue> {
    static TABLE: LazyLock<BTreeMap<&'static str, Cue>> = LazyLock::new(|| {
        lines(include_str!("../data/en/cues.tsv"))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (lemma, kind) = (cells.next()?, cells.next()?);
                let kind = match kind {
                    "sure" => CueKind::Sure,
                    "doubtful" => CueKind::Doubtful,
                    "deny" => CueKind::Deny,
                    "ask" => CueKind::Ask,
                    "pledge" => CueKind::Pledge,
                    "hope" => CueKind::Hope,
                    "accuse" => CueKind::Accuse,
                    "agree" => CueKind::Agree,
                    "question" => CueKind::Question,
                    _ => CueKind::Plain,
                };
                Some((
                    lemma,
                    Cue {
                        kind,
                        flags: cells.next().unwrap_or("").split(' ').collect(),
                    },
                ))
            })
            .collect()
    });
    &TABLE
}

/// What a word says of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    Does(Action),
    /// The subject loses it.
    Lost,
}

fn ground_of(name: &str) -> Ground {
    match name {
        "taken" => Ground::Does(Action::Taken),
        "retaken" => Ground::Does(Action::Retaken),
        "held" => Ground::Does(Action::Held),
        "attacked" => Ground::Does(Action::Attacked),
        "clash" => Ground::Does(Action::Clash),
        "surrounded" => Ground::Does(Action::Surrounded),
        _ => Ground::Lost,
    }
}

/// Where the place of a verb of ground stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceAt {
    Object,
    /// The object, where those who fight do it.
    Harmed,
    Subject,
    With,
    From,
    Into,
    Blast,
    /// What those who fight go into: "broke into the town".
    Inward,
    /// What is controlled is the object: "have control of".
    Control,
    /// The object, of those who fight: "cleared the town of rebels".
    Cleared,
}

/// Verbs of ground, by lemma.
pub(crate) fn ground() -> &'static BTreeMap<&'static str, (Ground, PlaceAt)> {
    static TABLE: LazyLock<BTreeMap<&'static str, (Ground, PlaceAt)>> = LazyLock::new(|| {
        lines(include_str!("../data/en/ground.tsv"))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (lemma, action, place) = (cells.next()?, cells.next()?, cells.next()?);
                let place = match place {
                    "subject" => PlaceAt::Subject,
                    "with" => PlaceAt::With,
                    "harmed" => PlaceAt::Harmed,
                    "from" => PlaceAt::From,
                    "into" => PlaceAt::Into,
                    "blast" => PlaceAt::Blast,
                    "inward" => PlaceAt::Inward,
                    "control" => PlaceAt::Control,
                    "cleared" => PlaceAt::Cleared,
                    _ => PlaceAt::Object,
                };
                Some((lemma, (ground_of(action), place)))
            })
            .collect()
    });
    &TABLE
}

/// The same of a base form as read: of verbs that it has not met, the model's keeps a doubled letter ("ramm").
pub(crate) fn ground_verb(lemma: &str) -> Option<&'static (Ground, PlaceAt)> {
    let single = lemma.char_indices().next_back().map(|(at, _)| &lemma[..at]);
    let single = single.filter(|rest| rest.chars().next_back() == lemma.chars().next_back());
    ground().get(lemma).or_else(|| ground().get(single?))
}

/// Verbs of what only who holds a place does there, with the nouns that it is done to.
pub(crate) fn signs_of_holding() -> &'static BTreeMap<&'static str, BTreeSet<&'static str>> {
    static TABLE: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
        lines(include_str!("../data/en/signs_of_holding.tsv"))
            .filter_map(|line| line.split_once('\t'))
            .map(|(verb, nouns)| (verb, nouns.split(' ').collect()))
            .collect()
    });
    &TABLE
}

/// Verbs that attribute something of talks, with their particle or preposition, and which aspect.
pub(crate) fn taking_sides() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        lines(include_str!("../data/en/taking_sides.tsv"))
            .filter_map(|line| line.split_once('\t'))
            .collect()
    });
    &TABLE
}

/// Verbs that mean something of talks with a particle alone: the particle, and `meet` or `offer`.
pub(crate) fn particle_verbs() -> &'static BTreeMap<&'static str, (&'static str, &'static str)> {
    static TABLE: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> =
        LazyLock::new(|| {
            lines(include_str!("../data/en/particle_verbs.tsv"))
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    Some((cells.next()?, (cells.next()?, cells.next()?)))
                })
                .collect()
        });
    &TABLE
}

/// Nouns of ground, by lemma: what they say, and the prepositions before their place.
pub(crate) fn ground_nouns() -> &'static BTreeMap<&'static str, (Ground, Vec<&'static str>)> {
    static TABLE: LazyLock<BTreeMap<&'static str, (Ground, Vec<&'static str>)>> =
        LazyLock::new(|| {
            lines(include_str!("../data/en/ground_nouns.tsv"))
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    let (lemma, action, prepositions) =
                        (cells.next()?, cells.next()?, cells.next()?);
                    Some((
                        lemma,
                        (ground_of(action), prepositions.split(' ').collect()),
                    ))
                })
                .collect()
        });
    &TABLE
}

/// What a verb says of talks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoundVerb {
    pub(crate) status: &'static str,
    /// Whether talks are its subject, its object, or both.
    pub(crate) place: &'static str,
    /// The noun that must follow it: "take place".
    pub(crate) light: Option<&'static str>,
}

/// Verbs of talks, by lemma.
pub(crate) fn round_verbs() -> &'static BTreeMap<&'static str, RoundVerb> {
    static TABLE: LazyLock<BTreeMap<&'static str, RoundVerb>> = LazyLock::new(|| {
        lines(include_str!("../data/en/round_verbs.tsv"))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let lemma = cells.next()?;
                let verb = RoundVerb {
                    status: cells.next()?,
                    place: cells.next()?,
                    light: cells.next(),
                };
                Some((lemma, verb))
            })
            .collect()
    });
    &TABLE
}

/// Verbs of asking, by lemma, with what stands before the thing asked.
pub(crate) fn demanding_verbs() -> &'static BTreeMap<&'static str, Vec<&'static str>> {
    static TABLE: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        lines(include_str!("../data/en/demanding_verbs.tsv"))
            .filter_map(|line| {
                let (lemma, frames) = line.split_once('\t')?;
                Some((lemma, frames.split(' ').collect()))
            })
            .collect()
    });
    &TABLE
}

/// What happened to those counted: PLOVER's type and mode.
pub(crate) fn fate_events() -> &'static BTreeMap<&'static str, (EventType, Option<&'static str>)> {
    static TABLE: LazyLock<BTreeMap<&'static str, (EventType, Option<&'static str>)>> =
        LazyLock::new(|| {
            lines(include_str!("../data/en/fate_events.tsv"))
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    let (fate, kind) = (cells.next()?, cells.next()?);
                    Some((fate, (EventType::named(kind)?, cells.next())))
                })
                .collect()
        });
    &TABLE
}

/// Verbs that in the passive say how sure what follows is, by lemma.
pub(crate) fn presuming_verbs() -> &'static BTreeMap<&'static str, Certainty> {
    static TABLE: LazyLock<BTreeMap<&'static str, Certainty>> = LazyLock::new(|| {
        let rows = lines(include_str!("../data/en/presuming_verbs.tsv"));
        let certainty = |name| match name {
            "possible" => Certainty::Possible,
            _ => Certainty::Probable,
        };
        rows.filter_map(|line| line.split_once('\t'))
            .map(|(verb, name)| (verb, certainty(name)))
            .collect()
    });
    &TABLE
}

/// What may stand for the content of a word that attributes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frames {
    active: BTreeSet<&'static str>,
    passive: BTreeSet<&'static str>,
    with: BTreeSet<&'static str>,
}

impl Frames {
    fn of(cell: &'static str) -> Frames {
        let mut frames = Frames::default();
        for frame in cell.split_whitespace() {
            if let Some(frame) = frame.strip_prefix("p:") {
                frames.passive.insert(frame);
            } else if let Some(preposition) = frame.strip_prefix("np+") {
                frames.with.insert(preposition);
            } else {
                frames.active.insert(frame);
            }
        }
        frames
    }

    /// May this stand for the content: a frame of `data/en/attributing_verbs.tsv`, where they are told?
    pub(crate) fn active(&self, frame: &str) -> bool {
        self.active.contains(frame)
    }

    /// May this stand for the content, with the subject, where the verb is passive?
    pub(crate) fn passive(&self, frame: &str) -> bool {
        self.passive.contains(frame)
    }

    /// May an object stand for the content with what this preposition governs?
    pub(crate) fn with(&self, preposition: &str) -> bool {
        self.with.contains(preposition)
    }

    /// May an object stand for the content, alone or with more?
    pub(crate) fn takes_object(&self) -> bool {
        ["np", "idea", "rival", "document"]
            .iter()
            .any(|frame| self.active(frame))
            || !self.with.is_empty()
    }

    /// Does the subject belong to the content: "seems to be"?
    pub(crate) fn raised(&self) -> bool {
        self.active("s:inf") || self.active("s:pred")
    }
}

fn frames(table: &'static str) -> BTreeMap<&'static str, Frames> {
    let rows = lines(table).filter_map(|line| line.split_once('\t'));
    rows.map(|(word, cell)| (word, Frames::of(cell))).collect()
}

/// Verbs that attribute, by lemma, with their frames.
pub(crate) fn attributing_verbs() -> &'static BTreeMap<&'static str, Frames> {
    static TABLE: LazyLock<BTreeMap<&'static str, Frames>> =
        LazyLock::new(|| frames(include_str!("../data/en/attributing_verbs.tsv")));
    &TABLE
}

/// The frames of a verb that attributes, by its base form as read: of verbs that it has not met, the model's
/// lacks an `e` or has one too many, or keeps a doubled letter.
pub(crate) fn attributing_verb(lemma: &str) -> Option<&'static Frames> {
    let table = attributing_verbs();
    if let Some(frames) = table.get(lemma) {
        return Some(frames);
    }
    let longer = format!("{lemma}e");
    let shorter = lemma.strip_suffix('e');
    let single = lemma.char_indices().next_back().map(|(at, _)| &lemma[..at]);
    let single = single.filter(|rest| rest.chars().next_back() == lemma.chars().next_back());
    table
        .get(&*longer)
        .or_else(|| shorter.and_then(|lemma| table.get(lemma)))
        .or_else(|| single.and_then(|lemma| table.get(lemma)))
}

/// Nouns that attribute, by lemma, with their frames.
pub(crate) fn attributing_nouns() -> &'static BTreeMap<&'static str, Frames> {
    static TABLE: LazyLock<BTreeMap<&'static str, Frames>> =
        LazyLock::new(|| frames(include_str!("../data/en/attributing_nouns.tsv")));
    &TABLE
}

/// Adjectives that attribute, in lower case, with their frames.
pub(crate) fn attributing_adjectives() -> &'static BTreeMap<&'static str, Frames> {
    static TABLE: LazyLock<BTreeMap<&'static str, Frames>> =
        LazyLock::new(|| frames(include_str!("../data/en/attributing_adjectives.tsv")));
    &TABLE
}

/// Adjectives that say how talks stand, with the status they give.
pub(crate) fn talk_states() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let rows = lines(include_str!("../data/en/talk_states.tsv"));
        rows.filter_map(|line| line.split_once('\t')).collect()
    });
    &TABLE
}

/// Verbs that attribute only with certain objects, by lemma, with these.
pub(crate) fn light_cues() -> &'static BTreeMap<&'static str, BTreeSet<&'static str>> {
    static TABLE: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
        let rows = lines(include_str!("../data/en/light_cues.tsv"));
        let rows = rows.filter_map(|line| line.split_once('\t'));
        rows.map(|(verb, nouns)| (verb, nouns.split_whitespace().collect()))
            .collect()
    });
    &TABLE
}
