//! Tags, base forms and the tree of each sentence, by the language model.

use crate::document::{Sentence, Tag, Token, VerbForm};
use crate::model::{Model, Name, Parse, Reader};
use crate::{lemma, world};
use std::cell::RefCell;

thread_local! {
    /// What a reader computed for words serves the next report as well; what it says does not change.
    static READER: RefCell<Option<Reader<'static>>> =
        RefCell::new(Model::english().map(Model::reader));
}

/// What the model says of names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// Those that it sees, as ranges of tokens, in order.
    pub names: Vec<Name>,
    /// For each token, how sure it is that it is no name's: see [`crate::model::Word::plain`].
    pub plain: Vec<f32>,
}

/// Gives every token its tag, verb form, lemma, head and relation; gives back what the model says of names.
pub(crate) fn grow(tokens: &mut [Token<'_>], sentences: &[Sentence]) -> Named {
    READER.with_borrow_mut(|reader| match reader {
        Some(reader) => read(reader, tokens, sentences),
        None => Named::default(),
    })
}

fn read(reader: &mut Reader<'static>, tokens: &mut [Token<'_>], sentences: &[Sentence]) -> Named {
    let mut names = Vec::new();
    let mut plain = vec![0.0; tokens.len()];
    let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
    let mut texts = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let range = sentence.tokens.clone();
        if let Some((tokens, words)) = tokens.get(range.clone()).zip(words.get(range)) {
            let (place, text) = words.split_at(dateline(tokens));
            texts.extend([place, text]);
        }
    }
    let mut parses = reader.read_all(&texts).into_iter();
    for sentence in sentences {
        let Some(tokens) = tokens.get_mut(sentence.tokens.clone()) else {
            continue;
        };
        let (Some(place), Some(text)) = (parses.next(), parses.next()) else {
            break;
        };
        let parse = match place.words.is_empty() {
            true => text,
            false => joined(place, text),
        };
        let plain = plain.iter_mut().skip(sentence.tokens.start);
        for ((token, word), plain) in tokens.iter_mut().zip(parse.words).zip(plain) {
            *plain = word.plain;
            token.upos = word.tag;
            token.tag = match word.fine.starts_with("NNP") {
                true => Tag::Propn,
                false => word.tag,
            };
            token.form = form(word.fine, word.tag, &token.lower);
            // The tables know more verbs of war than the model has met.
            let known = token.form.and_then(|_| lemma::verb_lemma(&token.lower));
            token.lemma = known.unwrap_or_else(|| {
                let mut lemma = word.lemma;
                match lemma.is_ascii() {
                    true => lemma.make_ascii_lowercase(),
                    false => lemma = lemma.to_lowercase(),
                }
                lemma
            });
            token.fine = word.fine;
            token.head = word.head.map(|head| sentence.tokens.start + head);
            token.relation = word.relation;
        }
        settle_past(tokens, sentence.tokens.start);
        settle_gerunds(tokens, sentence.tokens.start);
        settle_nouns(tokens);
        settle_verbs(tokens, sentence.tokens.start);
        settle_bases(tokens, sentence.tokens.start);
        settle_said(tokens, sentence.tokens.start);
        settle_beside(tokens, sentence.tokens.start);
        settle_named(tokens, sentence.tokens.start);
        settle_lists(tokens, sentence.tokens.start);
        settle_dated(tokens, sentence.tokens.start);
        settle_clauses(tokens, sentence.tokens.start);
        settle_subjects(tokens, sentence.tokens.start);
        settle_reports(tokens, sentence.tokens.start);
        // "the lost areas", "surrounding towns"
        let verbal = |t: &&mut Token<'_>| t.tag == Tag::Verb && t.relation == "amod";
        for token in tokens.iter_mut().filter(verbal) {
            token.tag = Tag::Adj;
            token.form = None;
        }
        settle_fixed(tokens, sentence.tokens.start);
        settle_openers(tokens, sentence.tokens.start);
        let start = sentence.tokens.start;
        names.extend(parse.names.into_iter().map(|name| Name {
            words: start + name.words.start..start + name.words.end,
            ..name
        }));
    }
    Named { names, plain }
}

/// "the army controls Velka", "the army plans to leave", where the verb was taken for the plural of a noun:
/// it heads a clause, a noun stands before it, and a name or an infinitive follows.
fn settle_verbs(tokens: &mut [Token<'_>], start: usize) {
    for at in 1..tokens.len().saturating_sub(1) {
        let token = &tokens[at];
        // "…, said Ada Brisk": it cannot be the subject that stands after the verb.
        let inverted = token.relation == "nsubj"
            && token.head.is_some_and(|verb| {
                let after = tokens.get(verb.saturating_sub(start)..).unwrap_or_default();
                let subject = |t: &Token<'_>| t.head == Some(verb) && t.relation == "nsubj";
                verb > start + at && after.iter().any(subject)
            });
        let heads = matches!(
            token.relation,
            "root" | "ccomp" | "parataxis" | "advcl" | "conj"
        ) || inverted;
        if token.fine != "NNS" || !heads || lemma::verb_form(&token.lower) != Some(VerbForm::Third)
        {
            continue;
        }
        let mine = |t: &Token<'_>| t.head == Some(start + at);
        let (before, next) = (&tokens[at - 1], &tokens[at + 1]);
        let noun = matches!(before.tag, Tag::Noun | Tag::Propn) || before.is_capitalised();
        let subject = mine(before) && noun;
        let named = next.tag == Tag::Propn && !world::calendar().contains(&*next.lower);
        if !subject || !(named && (mine(next) || inverted) || next.fine == "TO") {
            continue;
        }
        let clause = next.head;
        tokens[at - 1].relation = "nsubj";
        if inverted {
            tokens[at].relation = "ccomp";
        }
        if tokens[at + 1].tag == Tag::Propn {
            tokens[at + 1].relation = "obj";
            tokens[at + 1].head = Some(start + at);
        } else if let Some(verb) = clause.and_then(|verb| verb.checked_sub(start))
            && let Some(verb) = tokens.get_mut(verb)
            && verb.head == Some(start + at)
        {
            verb.relation = "xcomp";
        }
        let token = &mut tokens[at];
        token.tag = Tag::Verb;
        token.form = Some(VerbForm::Third);
        token.lemma = lemma::lemma(&token.lower);
    }
}

/// How many words around one are looked at for what hangs on it: sentences without an end take no longer for it.
const NEAR: usize = 60;

/// "the rebels control more than half of it", "the army retook Velka", where the verb was taken for a noun: it heads a
/// clause and has a subject, nothing says that it is what the subject is, and what follows is no part of a noun.
fn settle_bases(tokens: &mut [Token<'_>], start: usize) {
    for at in 1..tokens.len().saturating_sub(1) {
        let (before, token, next) = (&tokens[at - 1], &tokens[at], &tokens[at + 1]);
        let heads = matches!(
            token.relation,
            "root" | "ccomp" | "parataxis" | "advcl" | "conj"
        );
        let form = lemma::verb_form(&token.lower);
        let past = form == Some(VerbForm::Past);
        let taken = token.tag == Tag::Noun
            && token.fine == "NN"
            && heads
            && (past || form == Some(VerbForm::Base));
        let follows = matches!(next.tag, Tag::Num | Tag::Det)
            || next.lower == "more"
            || past && next.tag == Tag::Propn;
        let mine = |t: &&Token<'_>| t.head == Some(start + at);
        let subject = mine(&before) && before.relation == "nsubj";
        let near = &tokens[at.saturating_sub(NEAR)..tokens.len().min(at + NEAR)];
        let mut own = near.iter().filter(mine);
        if !taken || !follows || !subject || own.any(|t| t.relation == "cop") {
            continue;
        }
        be_verb(&mut tokens[at]);
        let token = &mut tokens[at];
        token.fine = if past { "VBD" } else { "VBP" };
        token.form = form;
    }
}

/// "said by telephone that she was praying": what opens a clause of its own subject and is no pronoun makes it what is
/// said, not what the noun before it is like.
fn settle_said(tokens: &mut [Token<'_>], start: usize) {
    let at = |global: usize| global.checked_sub(start);
    for that in 1..tokens.len() {
        let token = &tokens[that];
        let opens = token.lower == "that" && token.fine == "IN";
        let near = |verb: &usize| opens && (that + 1..that + NEAR).contains(verb);
        let Some(verb) = token.head.and_then(at).filter(near) else {
            continue;
        };
        let relative = tokens[verb].relation.starts_with("acl");
        let own = |t: &Token<'_>| t.head == Some(start + verb) && t.relation.starts_with("nsubj");
        let Some(noun) = tokens[verb].head.and_then(at).filter(|_| relative) else {
            continue;
        };
        let says = tokens[noun].head.and_then(at).filter(|says| {
            tokens[noun].relation == "obl"
                && crate::tables::speech().contains(&*tokens[*says].lemma)
        });
        let Some(says) = says.filter(|_| tokens[that..verb].iter().any(own)) else {
            continue;
        };
        tokens[that].tag = Tag::Sconj;
        tokens[that].relation = "mark";
        tokens[verb].relation = "ccomp";
        tokens[verb].head = Some(start + says);
    }
}

/// "the Orlo Front held talks, but they broke down", where the past form was taken for what describes its object: who does
/// it stands before it, and the object is the sentence's root or hangs on a finite verb after "but" or "and".
fn settle_past(tokens: &mut [Token<'_>], start: usize) {
    for verb in 1..tokens.len().saturating_sub(1) {
        let nominal = |t: &Token<'_>| matches!(t.tag, Tag::Noun | Tag::Propn | Tag::Pron);
        let (token, before) = (&tokens[verb], &tokens[verb - 1]);
        if token.fine != "VBD" || token.relation != "amod" || !nominal(before) {
            continue;
        }
        let object = token.head.and_then(|head| head.checked_sub(start));
        let Some(object) = object.filter(|at| (verb + 1..verb + NEAR).contains(at)) else {
            continue;
        };
        let does = |at: &usize| {
            let t = &tokens[*at];
            let slot = t.relation.starts_with("nsubj") || t.relation == "compound";
            t.head == Some(start + object) && slot && nominal(t)
        };
        let Some(subject) = (verb.saturating_sub(NEAR)..verb).find(does) else {
            continue;
        };
        let later = match tokens[object].head.map(|head| head.checked_sub(start)) {
            None => None,
            Some(Some(later)) if (object + 1..object + NEAR).contains(&later) => {
                let joins = |t: &Token<'_>| t.head == Some(start + later) && t.relation == "cc";
                let finite = matches!(tokens[later].fine, "VBD" | "VBZ" | "VBP");
                if !finite || !tokens[object + 1..later].iter().any(joins) {
                    continue;
                }
                Some(later)
            }
            Some(_) => continue,
        };
        let place = later.unwrap_or(object);
        let (head, relation) = (tokens[place].head, tokens[place].relation);
        tokens[verb].tag = Tag::Verb;
        (tokens[verb].head, tokens[verb].relation) = (head, relation);
        let mut hang = |at: usize, relation| {
            (tokens[at].head, tokens[at].relation) = (Some(start + verb), relation);
        };
        hang(subject, "nsubj");
        hang(object, "obj");
        if let Some(later) = later {
            hang(later, "conj");
        }
    }
}

/// "the Lennish capital Velka hosts it", "the group Orlo Front freed 12": two phrases in one place, of which the second
/// is the name of the first.
fn settle_named(tokens: &mut [Token<'_>], start: usize) {
    for name in 1..tokens.len() {
        let noun = name - 1;
        let (first, second) = (&tokens[noun], &tokens[name]);
        let same = first.relation == second.relation && first.head == second.head;
        let slot = matches!(first.relation, "nsubj" | "obj" | "obl" | "nmod");
        let kind = crate::world::place_nouns().contains(&*first.lower)
            || crate::world::is_organization_noun(&first.lower);
        let named = first.tag == Tag::Noun && kind && second.tag == Tag::Propn;
        let low = noun.saturating_sub(NEAR);
        let case = |t: &Token<'_>| t.head == Some(start + name) && t.relation == "case";
        if !same || !slot || !named || tokens[low..name].iter().any(case) {
            continue;
        }
        tokens[noun].relation = "compound";
        tokens[noun].head = Some(start + name);
        let below = |t: &&mut Token<'_>| {
            t.head == Some(start + noun) && matches!(t.relation, "case" | "det" | "nmod:poss")
        };
        for token in tokens[low..noun].iter_mut().filter(|t| below(t)) {
            token.head = Some(start + name);
        }
    }
}

/// "killed 12 in Velka last night": the town is where and the time when, and not one phrase.
fn settle_dated(tokens: &mut [Token<'_>], start: usize) {
    for town in 1..tokens.len().saturating_sub(2) {
        let deictic = matches!(
            &*tokens[town + 1].lower,
            "last" | "this" | "next" | "late" | "early"
        );
        let time = tokens[town].head.and_then(|head| head.checked_sub(start));
        let Some(time) = time.filter(|time| (town + 2..town + 5).contains(time)) else {
            continue;
        };
        let modifies = matches!(tokens[town].relation, "amod" | "compound" | "nmod");
        let dated = tokens[time].relation.starts_with("obl") && tokens[time].head.is_some();
        if !deictic || !dated || !modifies || !tokens[town].is_capitalised() {
            continue;
        }
        let case =
            |at: &usize| tokens[*at].relation == "case" && tokens[*at].head == Some(start + time);
        let Some(case) = (town.saturating_sub(4)..town).rev().find(case) else {
            continue;
        };
        tokens[case].head = Some(start + town);
        tokens[town].head = tokens[time].head;
        tokens[town].relation = "obl";
        tokens[time].relation = "obl:unmarked";
    }
}

/// "left after one of the rebels drove a bomb into it": who did it, where the word that opens the clause was taken for the
/// preposition of a phrase.
fn settle_clauses(tokens: &mut [Token<'_>], start: usize) {
    for verb in 3..tokens.len() {
        let global = start + verb;
        let finite = tokens[verb].fine == "VBD" && tokens[verb].relation == "advcl";
        if !finite {
            continue;
        }
        let (low, high) = (verb.saturating_sub(NEAR), tokens.len().min(verb + NEAR));
        let own = |t: &Token<'_>| t.head == Some(global) && t.relation.starts_with("nsubj");
        if tokens[low..high].iter().any(own) {
            continue;
        }
        let taken = |at: &usize| tokens[*at].head == Some(global) && tokens[*at].relation == "obl";
        let Some(subject) = (low..verb).rfind(taken) else {
            continue;
        };
        let opens = |at: &usize| {
            let word = &tokens[*at];
            let clause = matches!(&*word.lower, "after" | "before" | "since" | "until" | "as");
            clause && word.relation == "case" && word.head == Some(start + subject)
        };
        let case = (subject.saturating_sub(6)..subject).find(opens);
        let comma = tokens[subject..verb].iter().any(|t| t.text == ",");
        let Some(case) = case.filter(|_| !comma) else {
            continue;
        };
        tokens[case].tag = Tag::Sconj;
        tokens[case].relation = "mark";
        tokens[case].head = Some(global);
        tokens[subject].relation = "nsubj";
    }
}

/// "said that envoys of Lenn and Velka attended": the subject of a clause that "that" opens, hung on the verb above;
/// and that of what is said first, hung on the verb of saying behind it.
fn settle_subjects(tokens: &mut [Token<'_>], start: usize) {
    for verb in 2..tokens.len() {
        let global = start + verb;
        let Some(above) = tokens[verb].head.filter(|head| *head != global) else {
            continue;
        };
        if !matches!(tokens[verb].relation, "ccomp" | "acl" | "advcl") {
            continue;
        }
        let (low, high) = (verb.saturating_sub(NEAR), tokens.len().min(verb + NEAR));
        let hangs = |at: usize, on: usize, relation: &str| {
            tokens[at].head == Some(on) && tokens[at].relation == relation
        };
        let own = |at: usize| hangs(at, global, "nsubj") || hangs(at, global, "nsubj:pass");
        if (low..high).any(own) {
            continue;
        }
        let of_above = |at: &usize| hangs(*at, above, "nsubj");
        // "says 21 of the girls have been freed", "Lenn says 21 girls have been freed": what stands between the verb of
        // saying and a finite verb without a subject.
        let finite = || (low..verb).any(|at| hangs(at, global, "aux"));
        let between = || {
            (low..verb).find(|at| {
                let taken = hangs(*at, above, "obj") || hangs(*at, above, "nsubj");
                above < start + *at && taken
            })
        };
        let speaks = || {
            let above = above.checked_sub(start);
            above.is_some_and(|above| crate::tables::speech().contains(&*tokens[above].lemma))
        };
        let said = above < global && tokens[verb].relation == "ccomp" && speaks() && finite();
        if let Some(subject) = said.then(between).flatten() {
            let passive = (low..verb).any(|at| hangs(at, global, "aux:pass"));
            tokens[subject].head = Some(global);
            tokens[subject].relation = if passive { "nsubj:pass" } else { "nsubj" };
            continue;
        }
        let subject = if above > global {
            // "“…,” Brisk told them, her office said": the first of two subjects of the verb behind.
            let second =
                tokens[verb].relation == "ccomp" && (verb + 1..high).any(|at| of_above(&at));
            (low..verb).find(of_above).filter(|_| second)
        } else {
            let that = |at: &usize| hangs(*at, global, "mark") && tokens[*at].lower == "that";
            let mark = (low..verb).find(that);
            let mark = mark.filter(|mark| (low..*mark).any(|at| of_above(&at)));
            mark.and_then(|mark| (mark + 1..verb).find(of_above))
        };
        if let Some(subject) = subject {
            tokens[subject].head = Some(global);
        }
    }
}

/// "Orland, Kest and Lenn met": a list of countries, whose second is nothing that the first is called.
fn settle_lists(tokens: &mut [Token<'_>], start: usize) {
    let country = |t: &Token<'_>| t.tag == Tag::Propn && crate::world::country(t.text).is_some();
    for second in 2..tokens.len() {
        // Two subjects of one verb: "Velka, Kest and Lenn have left".
        let (one, two) = (&tokens[second - 2], &tokens[second]);
        let same = two.relation == "nsubj" && one.relation == "nsubj" && one.head == two.head;
        let names = one.tag == Tag::Propn && two.tag == Tag::Propn;
        let high = tokens.len().min(second + NEAR);
        let third = |t: &Token<'_>| {
            t.head == Some(start + second) && t.relation == "conj" && t.tag == Tag::Propn
        };
        let listed = || tokens[second + 1..high].iter().any(third);
        if same && names && tokens[second - 1].text == "," && listed() {
            for token in &mut tokens[second + 1..high] {
                if third(token) {
                    token.head = Some(start + second - 2);
                }
            }
            tokens[second].head = Some(start + second - 2);
            tokens[second].relation = "conj";
            continue;
        }
        let first = tokens[second].head.and_then(|head| head.checked_sub(start));
        let Some(first) =
            first.filter(|first| *first + 2 == second && tokens[second].relation == "appos")
        else {
            continue;
        };
        let comma = tokens[second - 1].text == ",";
        let third = |t: &&mut Token<'_>| {
            t.head == Some(start + second) && t.relation == "conj" && t.tag == Tag::Propn
        };
        if !comma || !country(&tokens[first]) || !country(&tokens[second]) {
            continue;
        }
        let high = tokens.len().min(second + NEAR);
        let mut listed = false;
        for token in tokens[second + 1..high].iter_mut().filter(third) {
            token.head = Some(start + first);
            listed = true;
        }
        if listed {
            tokens[second].relation = "conj";
        }
    }
}

/// "warned them to “hide” as the allies vowed revenge": what stands after "as" goes on beside, and is nothing that was
/// said, unless it follows the verb at once.
fn settle_beside(tokens: &mut [Token<'_>], start: usize) {
    for verb in 2..tokens.len() {
        let above = tokens[verb].head.and_then(|head| head.checked_sub(start));
        let Some(above) =
            above.filter(|above| tokens[verb].relation == "ccomp" && above + 2 < verb)
        else {
            continue;
        };
        let own = |t: &Token<'_>| t.head == Some(start + verb) && t.relation == "nsubj";
        let near = verb.saturating_sub(NEAR).max(above + 2);
        let Some(subject) = (near..verb).find(|at| own(&tokens[*at])) else {
            continue;
        };
        let low = subject.saturating_sub(4).max(above + 2);
        let opens = |at: &usize| tokens[*at].lower == "as" && tokens[*at].fine == "IN";
        let Some(opener) = (low..subject).rfind(opens) else {
            continue;
        };
        let between = &tokens[opener + 1..subject];
        if between.iter().any(|t| {
            !matches!(
                t.tag,
                Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num
            )
        }) {
            continue;
        }
        tokens[opener].tag = Tag::Sconj;
        tokens[opener].relation = "mark";
        tokens[opener].head = Some(start + verb);
        tokens[verb].relation = "advcl";
    }
}

/// "…,” the Lenn Gazette reports from Velka": said of the words before it, where the verb was taken for the
/// plural of a noun that closes a name.
fn settle_reports(tokens: &mut [Token<'_>], start: usize) {
    for at in 2..tokens.len() {
        let token = &tokens[at];
        let says = token.fine == "NNS"
            && lemma::verb_form(&token.lower) == Some(VerbForm::Third)
            && crate::tables::speech().contains(&*lemma::lemma(&token.lower));
        let ends = tokens
            .get(at + 1)
            .is_none_or(|t| t.tag == Tag::Adp || t.is_punct());
        if !says || !ends || !tokens[at - 1].fine.starts_with("NNP") {
            continue;
        }
        let inside =
            |t: &&Token<'_>| t.fine.starts_with("NNP") || matches!(t.fine, "DT" | "POS" | "JJ");
        let words = tokens[..at].iter().rev().take_while(inside).count();
        let first = at - words;
        let (before, name) = (&tokens[..first], at - 1);
        // "The Lenn Gazette reports: “…”"
        if first == 0 && tokens.get(at + 1).is_some_and(|t| t.text == ":") {
            let relation = tokens[name].relation;
            if tokens[name].head == Some(start + at) && relation != "nsubj" {
                tokens[name].relation = "nsubj";
            }
            be_verb(&mut tokens[at]);
            continue;
        }
        let said = before.last().is_some_and(Token::is_punct)
            && before.iter().any(|t| t.form.is_some() && t.fine != "VBG");
        let root = tokens.iter().position(|t| t.head.is_none());
        let Some(root) = root.filter(|root| said && *root < first) else {
            continue;
        };
        for word in &mut tokens[first..at] {
            if word.head == Some(start + at) {
                word.head = Some(start + name);
            }
        }
        tokens[name].head = Some(start + at);
        tokens[name].relation = "nsubj";
        let token = &mut tokens[at];
        token.head = Some(start + root);
        token.relation = "parataxis";
        be_verb(token);
    }
}

/// A noun's plural as the third person of the verb.
fn be_verb(token: &mut Token<'_>) {
    token.tag = Tag::Verb;
    token.upos = Tag::Verb;
    token.fine = "VBZ";
    token.form = Some(VerbForm::Third);
    token.lemma = lemma::lemma(&token.lower);
}

/// "to resume talks": a verb by its tag, but by the finer one and its place a noun.
fn settle_nouns(tokens: &mut [Token<'_>]) {
    for token in tokens {
        let place = matches!(token.relation, "obj" | "nsubj" | "obl" | "nmod");
        if token.tag == Tag::Verb && matches!(token.fine, "NN" | "NNS") && place {
            token.tag = Tag::Noun;
            token.form = None;
            token.lemma = lemma::noun_lemma(&token.lower);
        }
    }
}

/// "the fighting", "a key border crossing": a verbal noun with a determiner or an adjective is a noun.
fn settle_gerunds(tokens: &mut [Token<'_>], start: usize) {
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let noun = matches!(
            token.relation.split(':').next(),
            Some("obj" | "nsubj" | "obl" | "nmod" | "conj" | "appos" | "compound" | "iobj")
        );
        // Taken for a noun, but for its finer tag: its base form is not the verb's.
        if token.tag == Tag::Noun && token.fine == "VBG" {
            tokens[at].lemma = tokens[at].lower.clone();
            continue;
        }
        if token.form != Some(VerbForm::Ing) || token.tag != Tag::Verb || !noun {
            continue;
        }
        let mine = |t: &&Token<'_>| t.head == Some(start + at);
        let modified = (tokens[..at].iter().filter(mine))
            .any(|t| matches!(t.relation, "det" | "amod" | "compound" | "nmod:poss"));
        let governs = (tokens[at..].iter().filter(mine))
            .any(|t| matches!(t.relation, "obj" | "xcomp" | "ccomp"));
        if modified && !governs {
            tokens[at].tag = Tag::Noun;
            tokens[at].form = None;
            tokens[at].lemma = tokens[at].lower.clone();
        }
    }
}

/// The most words of a dateline.
const DATELINE: usize = 16;

/// How many of a sentence's words say where and when the report was written: "LENN, Chile, July 3 (North Wire) —".
/// The report's own sentence begins after them.
pub fn dateline(tokens: &[Token<'_>]) -> usize {
    let is_dash = |t: &Token<'_>| matches!(t.text, "-" | "--" | "\u{2013}" | "\u{2014}");
    let head = tokens.get(..DATELINE).unwrap_or(tokens);
    let Some(dash) = head.iter().position(is_dash) else {
        return 0;
    };
    let shouted = |t: &Token<'_>| {
        t.text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !t.text.chars().any(char::is_lowercase)
    };
    let named = |t: &Token<'_>| !t.text.starts_with(char::is_lowercase);
    let opens = tokens.first().is_some_and(shouted) && head[..dash].iter().all(named);
    let goes_on = tokens.len() > dash + 3;
    if opens && goes_on { dash + 1 } else { 0 }
}

/// Two trees as one: the first hangs on the root of the second.
fn joined<'m>(mut first: Parse<'m>, mut second: Parse<'m>) -> Parse<'m> {
    let offset = first.words.len();
    for word in &mut second.words {
        word.head = word.head.map(|head| head + offset);
    }
    let root = second.words.iter().position(|word| word.head.is_none());
    for word in first.words.iter_mut().filter(|word| word.head.is_none()) {
        word.head = root.map(|root| root + offset);
        word.relation = "parataxis";
    }
    for name in &mut second.names {
        name.words = name.words.start + offset..name.words.end + offset;
    }
    first.words.append(&mut second.words);
    first.names.append(&mut second.names);
    first
}

/// Has the verb that the word at `at` marks a subject of its own: "that the army was leaving"?
fn after_subject(tokens: &[Token<'_>], start: usize, at: usize) -> bool {
    let verb = tokens.get(at).and_then(|t| t.head);
    let subject = |t: &Token<'_>| t.head == verb && t.relation.starts_with("nsubj");
    let end = verb.map_or(at, |verb| verb.saturating_sub(start));
    tokens
        .get(at..end)
        .is_some_and(|between| between.iter().any(subject))
}

/// "when they left" opens a clause; "of shelling the town" does not, though a verb follows.
fn settle_openers(tokens: &mut [Token<'_>], start: usize) {
    for at in 0..tokens.len() {
        let head = tokens[at].head.and_then(|head| head.checked_sub(start));
        let verb = head.and_then(|head| tokens.get(head)).and_then(|t| t.form);
        let token = &mut tokens[at];
        if token.fine == "WRB" {
            token.tag = Tag::Sconj;
        } else if verb == Some(VerbForm::Ing) && matches!(token.tag, Tag::Sconj | Tag::Adp) {
            if token.fine == "IN" && !after_subject(tokens, start, at) {
                tokens[at].tag = Tag::Adp;
            } else if tokens[at].relation == "mark" {
                tokens[at].tag = Tag::Sconj;
            }
        } else if token.tag == Tag::Adp && token.relation == "mark" && verb.is_some() {
            token.tag = Tag::Sconj;
        }
    }
}

/// "more than 50", "at least 12": the words of a fixed expression that stands as an adverb are adverbs. "near" before a
/// town is a preposition, whatever its tag.
fn settle_fixed(tokens: &mut [Token<'_>], start: usize) {
    for at in 0..tokens.len() {
        let head = tokens[at].head.and_then(|head| head.checked_sub(start));
        let fixed = tokens[at].relation == "fixed";
        if tokens[at].relation == "case" && tokens[at].fine == "RB" {
            tokens[at].tag = Tag::Adp;
        }
        if let Some(head) = head.filter(|head| fixed && *head < tokens.len())
            && tokens[head].relation == "advmod"
        {
            tokens[at].tag = Tag::Adv;
            tokens[head].tag = Tag::Adv;
        }
    }
}

/// The form of a verb, from the Penn treebank's tag.
fn form(fine: &str, tag: Tag, lower: &str) -> Option<VerbForm> {
    if !matches!(tag, Tag::Verb | Tag::Aux) {
        return None;
    }
    Some(match fine {
        "VBZ" => VerbForm::Third,
        "VBD" => VerbForm::Past,
        "VBN" => VerbForm::Participle,
        "VBG" => VerbForm::Ing,
        _ if fine.starts_with('N') => lemma::verb_form(lower).unwrap_or(VerbForm::Base),
        _ => VerbForm::Base,
    })
}
