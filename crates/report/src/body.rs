//! A report's own lines, told from the furniture around them: menus, captions, share bars, donation
//! lines, lists of links, readers' comments.
//!
//! Two kinds of cues work together. Tables know the words of furniture. Structure knows its shape:
//! short lines without a sentence's end before the first paragraph and after the last, lines that
//! come back, runs of titles, names that alternate with text below a counter of comments.

use crate::class::{Class, MAX_FURNITURE, classify, site};
use crate::page::{
    Line, count_words, first_letter, has_words, is_running, is_sentence, letters, same_letters,
    straight,
};
use crate::tables::{CAPTIONS_AT_TOP, OUTLETS};
use rapporteur_model::BlockKind;
use std::collections::BTreeMap;

/// A page's own lines.
#[derive(Debug, Default)]
pub(crate) struct Own {
    /// The lines, each with what it is.
    pub lines: Vec<Line>,
    /// The lines above and around the start of the running text, which tell writer and date.
    pub head: Vec<String>,
    /// Every line that was left out after that, comments excepted.
    pub left_out: Vec<String>,
    /// The site's name, where the page's furniture tells it.
    pub site: Option<String>,
}

/// How many lines after a sign of comments may speak for it.
const REACH: usize = 8;

/// Tells a page's own lines from the rest. `title` is the headline, where it is known.
pub(crate) fn own(lines: &[Line], title: Option<&str>) -> Own {
    let site = site(lines);
    let mut classes: Vec<Class> = lines
        .iter()
        .map(|line| classify(line, site.as_deref()))
        .collect();
    if let Some(title) = title {
        // A headline is never furniture, even "Watch: how Velka fell".
        for (line, class) in lines.iter().zip(&mut classes) {
            if same_title(&line.text, title) {
                *class = Class::Other;
            }
        }
    }
    let end = comments_start(lines, &classes);
    let mut page = Sifted {
        lines: lines.get(..end).unwrap_or(lines),
        keep: vec![true; end],
        kinds: lines.iter().take(end).map(|line| line.kind).collect(),
    };
    page.drop_known(&classes);
    page.drop_captions_at_top();
    let headline = page.find_headline(title);
    page.drop_repeats(headline);
    page.sort_head(headline);
    page.sort_middle(headline);
    page.drop_tail(headline);
    let first = page.first_running(headline).unwrap_or(0);
    let mut out = Own {
        site,
        ..Own::default()
    };
    for (at, line) in page.lines.iter().enumerate() {
        if at <= first + 2 && !is_running(&line.text) {
            out.head.push(line.text.clone());
        } else if !page.is_kept(at) {
            out.left_out.push(line.text.clone());
        }
        if page.is_kept(at) {
            out.lines.push(Line {
                kind: page.kinds.get(at).copied().unwrap_or(line.kind),
                ..line.clone()
            });
        }
    }
    out
}

/// Where the readers' comments begin, or the number of lines.
fn comments_start(lines: &[Line], classes: &[Class]) -> usize {
    let running: Vec<usize> = lines
        .iter()
        .map(|line| {
            if is_running(&line.text) {
                line.text.len()
            } else {
                0
            }
        })
        .collect();
    let total: usize = running.iter().sum();
    let mut before = 0;
    for (at, class) in classes.iter().enumerate() {
        before += running.get(at).copied().unwrap_or(0);
        if before == 0 {
            continue;
        }
        let after = total - before;
        let evidence = classes
            .iter()
            .skip(at + 1)
            .take(REACH)
            .filter(|class| matches!(class, Class::Comments | Class::Counter | Class::CommentPart))
            .count();
        let opens = match class {
            Class::Comments => {
                evidence >= 1 || after <= before || names_alternate(lines.get(at + 1..))
            }
            Class::Counter => evidence >= 2 || after == 0 || names_alternate(lines.get(at + 1..)),
            Class::CommentPart => evidence >= 3,
            _ => false,
        };
        if !opens {
            continue;
        }
        if *class == Class::CommentPart {
            return first_comment(lines, at);
        }
        return at;
    }
    lines.len()
}

/// Does most of the running text stand right below a short line such as a reader's name?
fn names_alternate(lines: Option<&[Line]>) -> bool {
    let lines = lines.unwrap_or_default();
    let (mut named, mut running) = (0, 0);
    for pair in lines.windows(2) {
        if let [name, text] = pair {
            if is_running(&text.text) && !is_running(&name.text) {
                running += 1;
                named += usize::from(is_name(&name.text));
            } else if is_running(&text.text) {
                running += 1;
            }
        }
    }
    named >= 2 && named * 2 >= running
}

fn is_name(text: &str) -> bool {
    let capitals = text
        .split_whitespace()
        .all(|word| word.chars().next().is_some_and(char::is_uppercase));
    !has_words(text, 5) && (!is_sentence(text) || capitals)
}

/// A sign such as "Reply" stands below the first comment: its text and its writer's name stand
/// above, where the line above the text looks like a name.
fn first_comment(lines: &[Line], sign: usize) -> usize {
    let mut at = sign;
    while at > 0 && sign - at < 4 {
        at -= 1;
        let Some(line) = lines.get(at) else { break };
        if is_name(&line.text) {
            return at;
        }
    }
    sign
}

/// Two printings of one headline, perhaps with a site's name behind one of them.
fn same_title(line: &str, title: &str) -> bool {
    if line.len() > title.len() * 4 + 40 || first_letter(line) != first_letter(title) {
        return false;
    }
    let (line, title) = (letters(line), letters(title));
    !line.is_empty()
        && (line == title
            || line.len() >= 20 && title.starts_with(&line) && line.len() * 10 >= title.len() * 6
            || title.len() >= 20 && line.starts_with(&title) && title.len() * 10 >= line.len() * 6)
}

/// A page while its lines are being sorted.
struct Sifted<'l> {
    lines: &'l [Line],
    keep: Vec<bool>,
    kinds: Vec<BlockKind>,
}

impl Sifted<'_> {
    fn is_kept(&self, at: usize) -> bool {
        self.keep.get(at).copied().unwrap_or(false)
    }

    fn drop(&mut self, at: usize) {
        if let Some(keep) = self.keep.get_mut(at) {
            *keep = false;
        }
    }

    fn text(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| line.text.as_str())
    }

    fn is_marked(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.marked)
    }

    /// An item or row by its markup.
    fn is_listed(&self, at: usize) -> bool {
        let kind = self.kinds.get(at);
        self.is_marked(at) && matches!(kind, Some(BlockKind::Item | BlockKind::Row))
    }

    /// The first kept line of running text after the headline, or of all.
    fn first_running(&self, headline: Option<usize>) -> Option<usize> {
        let from = headline.map_or(0, |at| at + 1);
        (from..self.lines.len())
            .find(|at| self.is_kept(*at) && is_running(self.text(*at)))
            .or_else(|| {
                // A report of a line or two has no longer ones.
                (from..self.lines.len()).find(|at| self.is_kept(*at) && is_sentence(self.text(*at)))
            })
    }

    /// Leaves out what the tables know, and the titles below the head of a list of links.
    fn drop_known(&mut self, classes: &[Class]) {
        let mut in_list = false;
        for at in 0..self.lines.len() {
            let class = classes.get(at).copied().unwrap_or(Class::Other);
            let near = |from: usize| {
                classes
                    .iter()
                    .skip(from)
                    .take(7)
                    .filter(|class| {
                        matches!(class, Class::Comments | Class::Counter | Class::CommentPart)
                    })
                    .count()
            };
            match class {
                Class::Related => {
                    in_list = true;
                    self.drop(at);
                }
                Class::Furniture | Class::Comments | Class::Counter => self.drop(at),
                Class::CommentPart if near(at.saturating_sub(3)) >= 2 => self.drop(at),
                _ if in_list && !is_running(self.text(at)) => self.drop(at),
                _ => in_list = false,
            }
        }
    }

    /// Leaves out captions that are whole sentences, and titles of pictures that end in an agency's
    /// name: only above the running text, where they cannot be the report's own words.
    fn drop_captions_at_top(&mut self) {
        let mut running = 0;
        for at in 0..self.lines.len() {
            if running >= 2 {
                break;
            }
            if !self.is_kept(at) {
                continue;
            }
            let text = straight(self.text(at));
            if at > 0
                && (CAPTIONS_AT_TOP.matches(&text.to_lowercase()) && text.len() <= MAX_FURNITURE
                    || ends_in_agency(&text))
            {
                self.drop(at);
            } else {
                running += usize::from(is_running(&text));
            }
        }
    }

    /// The line that is the headline: the one that says the known title, or the best of the lines
    /// above the running text.
    fn find_headline(&mut self, title: Option<&str>) -> Option<usize> {
        if let Some(at) = self
            .kinds
            .iter()
            .position(|kind| *kind == BlockKind::Headline)
        {
            return self.is_kept(at).then_some(at);
        }
        let kept: Vec<usize> = (0..self.lines.len())
            .filter(|at| self.is_kept(*at))
            .collect();
        if let Some(title) = title {
            let found = kept
                .iter()
                .take(30)
                .copied()
                .find(|at| same_title(self.text(*at), title));
            if found.is_some() {
                return self.name_headline(found);
            }
        }
        let starts = |at: &usize| !self.asks(&kept, *at);
        let body = kept
            .iter()
            .position(|at| is_running(self.text(*at)) && starts(at))
            .or_else(|| {
                kept.iter()
                    .position(|at| is_sentence(self.text(*at)) && starts(at))
            })?;
        let top: Vec<usize> = kept
            .iter()
            .take(body)
            .copied()
            .filter(|at| !self.is_marked(*at) && self.text(*at).len() <= 300)
            .collect();
        if title.is_some() && top.len() > 1 {
            // The known title is not printed: whatever stands here is something else.
            return None;
        }
        let words = |at: &usize| count_words(self.text(*at));
        let repeated = top.iter().find(|at| {
            words(at) >= 4
                && kept
                    .iter()
                    .filter(|other| letters(self.text(**other)) == letters(self.text(**at)))
                    .count()
                    >= 2
        });
        let best = repeated
            .or_else(|| {
                top.iter()
                    .find(|at| words(at) >= 4 && !is_byline(self.text(**at)))
            })
            .or_else(|| {
                top.iter()
                    .rev()
                    .find(|at| words(at) >= 2 && !is_byline(self.text(**at)))
            })
            .copied();
        self.name_headline(best)
    }

    /// A first line that asks or exclaims is a headline, although it ends like a sentence.
    fn asks(&self, kept: &[usize], at: usize) -> bool {
        kept.first() == Some(&at)
            && kept.len() > 1
            && self.text(at).ends_with(['?', '!'])
            && !has_words(self.text(at), 19)
    }

    fn name_headline(&mut self, at: Option<usize>) -> Option<usize> {
        let at = at?;
        if let Some(kind) = self.kinds.get_mut(at) {
            *kind = BlockKind::Headline;
        }
        Some(at)
    }

    /// Is a line left out where it comes back? Whole copies of marked paragraphs are left out where
    /// the blocks are chosen: what comes twice here, recipes and interviews say twice.
    fn may_repeat(&self, at: usize, headline: Option<usize>) -> bool {
        let text = self.text(at);
        !self.is_marked(at)
            || !has_words(text, 4)
            || headline.is_some_and(|headline| same_letters(self.text(headline), text))
    }

    /// Leaves out what comes back: the headline and whole sentences are kept once, a short line that
    /// stands several times is a button.
    fn drop_repeats(&mut self, headline: Option<usize>) {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..self.lines.len() {
            if self.is_kept(at) && (Some(at) == headline || self.may_repeat(at, headline)) {
                places.entry(letters(self.text(at))).or_default().push(at);
            }
        }
        for (key, places) in places {
            if places.len() < 2 || key.is_empty() {
                continue;
            }
            let own = headline.filter(|at| places.contains(at));
            // Of a caption and a sentence with the same words, the sentence is the report's own; a
            // long line is no button.
            let whole = |at: &usize| is_sentence(self.text(*at)) || self.is_marked(*at);
            let long = |at: &usize| has_words(self.text(*at), 8);
            let once = own
                .or_else(|| {
                    places
                        .iter()
                        .copied()
                        .find(|at| !self.is_listed(*at) && whole(at))
                })
                .or_else(|| places.iter().copied().find(whole))
                .or_else(|| places.iter().copied().find(long));
            for at in places {
                // Rows and items of marked lists may well say the same twice.
                let listed = self.is_listed(at) && once.is_none_or(|once| self.is_listed(once));
                if Some(at) != once && !listed && self.may_repeat(at, own) {
                    self.drop(at);
                }
            }
        }
    }

    /// Above the headline nothing but running text is the report's; between it and the text, lines
    /// of some length are subheadings and short ones are labels, names and dates.
    fn sort_head(&mut self, headline: Option<usize>) {
        let Some(first) = self.first_running(headline) else {
            return;
        };
        for at in 0..first {
            if !self.is_kept(at) || self.is_marked(at) || Some(at) == headline {
                continue;
            }
            let text = self.text(at);
            let above = headline.is_none_or(|headline| at < headline);
            let own = if above {
                is_running(text)
            } else {
                is_sentence(text) || has_words(text, 4) && !is_byline(text)
            };
            if !own {
                self.drop(at);
            } else if !is_sentence(text) && !has_words(text, 14) {
                self.set(at, BlockKind::Heading);
            }
        }
        // A byline may stand below a first line too.
        for at in first..(first + 3).min(self.lines.len()) {
            if !is_sentence(self.text(at)) && is_byline(self.text(at)) {
                self.drop(at);
            }
        }
    }

    fn set(&mut self, at: usize, kind: BlockKind) {
        if let Some(slot) = self.kinds.get_mut(at) {
            *slot = kind;
        }
    }

    /// Within the text, one or two short lines are subheadings, a longer run of them is a menu or a
    /// list of links, unless the text announces a list or the lines carry bullets.
    fn sort_middle(&mut self, headline: Option<usize>) {
        let Some(first) = self.first_running(headline) else {
            return;
        };
        let kept: Vec<usize> = (first..self.lines.len())
            .filter(|at| self.is_kept(*at))
            .collect();
        let mut run: Vec<usize> = vec![];
        let mut announced = false;
        for at in kept {
            let text = self.text(at);
            if self.is_marked(at) {
                continue;
            }
            if is_bullet(text) {
                self.set(at, BlockKind::Item);
                continue;
            }
            if is_sentence(text) || has_words(text, 14) {
                let announces = text.ends_with(':');
                self.end_run(&mut run, announced);
                announced = announces;
            } else {
                run.push(at);
            }
        }
        self.end_run(&mut run, announced);
    }

    fn end_run(&mut self, run: &mut Vec<usize>, announced: bool) {
        let (kind, links) = match (run.len(), announced) {
            (_, true) => (BlockKind::Item, false),
            (1 | 2, _) => (BlockKind::Heading, false),
            _ => (BlockKind::Heading, true),
        };
        for at in run.drain(..) {
            if links {
                self.drop(at);
            } else {
                self.set(at, kind);
            }
        }
    }

    /// After the last sentence no heading has anything below it.
    fn drop_tail(&mut self, headline: Option<usize>) {
        if self.first_running(headline).is_none() {
            return;
        }
        for at in (0..self.lines.len()).rev() {
            if !self.is_kept(at) {
                continue;
            }
            let kind = self.kinds.get(at).copied().unwrap_or(BlockKind::Paragraph);
            let text = self.text(at);
            let own = match kind {
                BlockKind::Headline | BlockKind::Item | BlockKind::Row => true,
                BlockKind::Heading => false,
                BlockKind::Paragraph | BlockKind::Quotation => {
                    is_sentence(text) || has_words(text, 14) || self.is_marked(at)
                }
            };
            if own {
                break;
            }
            self.drop(at);
        }
    }
}

/// "Leader halts tests AP.": the title of a picture or film, with the agency it is from.
fn ends_in_agency(text: &str) -> bool {
    if has_words(text, 15) || is_byline(text) {
        return false;
    }
    let text = text.trim_end_matches('.');
    let Some((before, last)) = text.rsplit_once(' ') else {
        return false;
    };
    let agency = last.len() <= 4 && OUTLETS.contains(last) && last.chars().all(char::is_uppercase);
    // "…, he told AP." is a sentence; a title's agency follows a noun.
    let verb = before.rsplit(' ').next().unwrap_or_default();
    agency
        && has_words(before, 4)
        && !before.ends_with(',')
        && !crate::tables::CREDIT_BEFORE.matches(&before.to_lowercase())
        && !crate::tables::COMMON_WORDS.contains(verb.to_lowercase().as_str())
}

/// "By Ada Brisk", "Reporting by …"; the name is looked at too, since "By Monday" is none.
pub(crate) fn is_byline(text: &str) -> bool {
    crate::masthead::byline(text).is_some()
}

fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(
        chars.next(),
        Some('•' | '*' | '-' | '–' | '—' | '▪' | '◦' | '‣' | '·')
    ) && chars.next() == Some(' ')
        && has_words(text, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        check_titled(text, None, expected);
    }

    fn check_titled(text: &str, title: Option<&str>, expected: Expect) {
        let own = own(&text::page(text).lines, title);
        let mut out = String::new();
        for line in &own.lines {
            out.push_str(&format!("{:?}: {}\n", line.kind, line.text));
        }
        if let Some(site) = own.site {
            out.push_str(&format!("site: {site}\n"));
        }
        expected.assert_eq(&out);
    }

    const ARTICLE: &str = "The army took the town of Velka on Monday, the defence ministry said.\n\n\
        General Orsolo said that his men had met no resistance in the town.\n\n";

    #[test]
    fn text_alone_stays_as_it_is() {
        check(
            ARTICLE,
            expect![[r#"
            Paragraph: The army took the town of Velka on Monday, the defence ministry said.
            Paragraph: General Orsolo said that his men had met no resistance in the town.
        "#]],
        );
        check(
            "Army takes Velka\nThe army took Velka.\n",
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took Velka.
            "#]],
        );
    }

    #[test]
    fn donation_lines_menus_and_repeated_headlines() {
        check(
            &format!(
                "0 $\n1,000 $\nMARCH 2031\n\nArmy Takes Velka After Ten Days (Video)\n\nSupport NorthLine\n\n\
                 Army Takes Velka After Ten Days (Video)\n\nSource: Tom Orne/Orlo Press\n\n{ARTICLE}\
                 Army Takes Velka After Ten Days (Video)\n\nClick to see full-size image\n\n\
                 No bodies were found. The ministry gave no figures at all.\n\nMORE ON THE TOPIC:\n\n\
                 Orlo awaits its turn\n\nSupport NorthLine\n\nNorthLine\n\nSubscribe\n"
            ),
            expect![[r#"
                Headline: Army Takes Velka After Ten Days (Video)
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
                Paragraph: No bodies were found. The ministry gave no figures at all.
                site: NorthLine
            "#]],
        );
        check(
            &format!(
                "Home\nWorld\nSport\n\nArmy takes Velka\n\nPolitics\n\nBy Ada Brisk\nMarch 1, 2031\n\nFacebook\nTwitter\n\n{ARTICLE}"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn readers_comments_end_the_report() {
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}8 Comments\nOldest\nNewest Most Voted\nView all comments\nvelkafan7\n\n\
                 They never took Velka, my cousin lives there and saw nothing.\n\nreader\n\nGo army!\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}Tom O.\n\nThey never took Velka, my cousin lives there.\n\nReply\n2 days ago\n\n\
                 velkafan7\n\nThe ministry always lies about such things.\n\nReply\n3 days ago\nLike\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn a_count_of_comments_above_the_text_ends_nothing() {
        check(
            &format!("Army takes Velka\n\n3 Comments\n\n{ARTICLE}"),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}12 Comments\n\n{}",
                ARTICLE
                    .replace("Monday", "Friday")
                    .replace("men", "people")
                    .replace("Velka", "Orlo")
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
                Paragraph: The army took the town of Orlo on Friday, the defence ministry said.
                Paragraph: General Orsolo said that his people had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn subheadings_stay_and_lists_of_links_go() {
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}No truce for the holiday\n\n{}",
                "The ministry said that no truce had been asked for.\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
                Heading: No truce for the holiday
                Paragraph: The ministry said that no truce had been asked for.
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}Orlo awaits its turn\nWhy Velka matters\nWho is General Orsolo\nA town in ruins\n\n\
                 The ministry said that no truce had been asked for.\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
                Paragraph: The ministry said that no truce had been asked for.
            "#]],
        );
        check(
            "Three towns fell\n\nThe ministry named the towns that fell on Monday:\n\nVelka\nOrlo\nPort Lenn\n\nNo one else confirmed it on Monday.\n",
            expect![[r#"
                Headline: Three towns fell
                Paragraph: The ministry named the towns that fell on Monday:
                Item: Velka
                Item: Orlo
                Item: Port Lenn
                Paragraph: No one else confirmed it on Monday.
            "#]],
        );
    }

    #[test]
    fn captions_above_the_text_and_pull_quotes() {
        check(
            &format!(
                "Army takes Velka\n\nA photograph released by the army shows General Orsolo in Velka on Monday.\n\n\
                 General halts his march on Orlo AP.\n\n{ARTICLE}\
                 Soldiers on the road to Velka on Monday. [Ada Brisk/North Wire]\n\n\
                 General Orsolo said that his men had met no resistance in the town.\n"
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn captions_that_open_with_whose_picture_it_is() {
        let later = ARTICLE.replace("Monday", "Friday").replace("Velka", "Orlo");
        check(
            &format!(
                "Army takes Velka\n\n{ARTICLE}AP:Associated Press At least 12 soldiers died in the attack on the town\n\n\
                 {later}Reuters 12 soldiers died in the attack on the town on Monday\n\n{}",
                later.replace("men", "people").replace("Friday", "Sunday")
            ),
            expect![[r#"
                Headline: Army takes Velka
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
                Paragraph: The army took the town of Orlo on Friday, the defence ministry said.
                Paragraph: The army took the town of Orlo on Sunday, the defence ministry said.
                Paragraph: General Orsolo said that his people had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn headlines_that_look_like_something_else() {
        check(
            &format!("Who holds Velka now?\n\n{ARTICLE}"),
            expect![[r#"
            Headline: Who holds Velka now?
            Paragraph: The army took the town of Velka on Monday, the defence ministry said.
            Paragraph: General Orsolo said that his men had met no resistance in the town.
        "#]],
        );
        check_titled(
            &format!("North Wire\n\nWatch: how Velka fell\n\n{ARTICLE}"),
            Some("Watch: how Velka fell"),
            expect![[r#"
                Headline: Watch: how Velka fell
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
        check(
            &format!("Watch what you say in Velka\n\nA town and its new masters\n\n{ARTICLE}"),
            expect![[r#"
                Headline: Watch what you say in Velka
                Heading: A town and its new masters
                Paragraph: The army took the town of Velka on Monday, the defence ministry said.
                Paragraph: General Orsolo said that his men had met no resistance in the town.
            "#]],
        );
    }

    #[test]
    fn own_sentences_that_start_like_furniture() {
        check(
            "Town falls\n\nThe views expressed by the delegation did not change on Monday.\n\n\
             Support for the truce grew in Velka on Monday, officials said.\n\n\
             Below, the river was full of boats on Monday morning.\n\n\
             By using drones, the army found the convoy on Monday.\n\n\
             Stay on alert, the army told all residents on Monday.\n\n\
             Via Orlo, the convoy reached the town of Velka on Monday.\n",
            expect![[r#"
                Headline: Town falls
                Paragraph: The views expressed by the delegation did not change on Monday.
                Paragraph: Support for the truce grew in Velka on Monday, officials said.
                Paragraph: Below, the river was full of boats on Monday morning.
                Paragraph: By using drones, the army found the convoy on Monday.
                Paragraph: Stay on alert, the army told all residents on Monday.
                Paragraph: Via Orlo, the convoy reached the town of Velka on Monday.
            "#]],
        );
    }
}
