//! Small texts in, derivations out.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_lineage::{
    Earlier, FEATURES_VERSION, FIRST, Features, Index, LastOfFirst, trace, trace_after,
};
use rapporteur_model::{Derivation, How, Masthead, Published, Report, ReportId, Span, When};
use std::collections::BTreeMap;

/// `publisher | published | url | title | credit | byline` (each may be empty), then the body.
fn report(head: &str, body: &str) -> Report {
    let mut parts = head.split('|').map(|part| {
        let part = part.trim();
        (!part.is_empty()).then(|| part.to_string())
    });
    let mut next = || parts.next().flatten();
    let publisher = next();
    let when = next().and_then(|date| date.parse().ok()).map(When::day);
    let published = Published {
        when,
        how: if when.is_some() {
            How::Given
        } else {
            How::Unknown
        },
    };
    let masthead = Masthead {
        publisher,
        published,
        url: next(),
        title: next(),
        credits: next().into_iter().collect(),
        byline: next(),
        ..Masthead::default()
    };
    Report::new(masthead, body.to_string(), vec![])
}

/// Prints what is found, reports by their number. Where nothing tells which report came first, the
/// pair is ordered by id, which says nothing here, so only its kind is printed.
fn check(reports: &[(&str, &str)], expected: Expect) {
    let reports: Vec<Report> = (reports.iter())
        .map(|(head, body)| report(head, body))
        .collect();
    let number = |id: &ReportId| {
        reports
            .iter()
            .position(|r| r.id() == id)
            .unwrap_or(usize::MAX)
    };
    let mut out = String::new();
    for d in trace(&[], &reports.iter().collect::<Vec<_>>()) {
        let (from, to) = (number(&d.from), number(&d.to));
        let kind = format!("{:?}", d.kind).to_lowercase();
        if !d.directed {
            out += &format!("{} -- {} {kind}\n", from.min(to), from.max(to));
            continue;
        }
        out += &format!("{from} -> {to} {kind} {:.2} {}\n", d.share, d.why);
        for (a, b) in &d.passages {
            let (a, b) = (short(&reports[from], *a), short(&reports[to], *b));
            out += &format!("    {a} | {b}\n");
        }
    }
    expected.assert_eq(&out);
}

/// The words of a span, shortened in the middle.
fn short(report: &Report, span: Span) -> String {
    let words: Vec<&str> = report
        .slice(span)
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    match words.len() {
        0..=7 => words.join(" "),
        n => format!("{} … {}", words[..3].join(" "), words[n - 3..].join(" ")),
    }
}

const WIRE: &str = "PORT LENN, March 3 (North Wire) – Government troops entered Velka on Sunday after \
    six days of shelling, the defence ministry said.\n\
    General Tavi Orsolo, who leads the operation, said his men had found the customs house burnt \
    and the bridge to Sarnow mined.\n\
    At least 14 people were killed and 40 wounded, according to the town's only hospital.\n\
    The Free Valley Front, which had held the town since autumn, said its fighters had left in \
    good order.\n\
    Talks between the two sides are due to resume in Port Lenn on Thursday.";

#[test]
fn a_reprint_with_credit() {
    let copy = format!("Army back in border town\n{WIRE}");
    check(
        &[("North Wire", WIRE), ("Daily Echo", &copy)],
        expect![[r#"
            0 -> 1 reprint 0.95 95% of its words stand in the other, in one passage; it credits North Wire
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
}

#[test]
fn a_reprint_cut_from_the_end_is_later_by_its_date() {
    let cut: Vec<&str> = WIRE.lines().take(3).collect();
    let cut = cut.join("\n").replace("(North Wire) ", "");
    check(
        &[
            ("Daily Echo|2031-03-04", &cut),
            ("North Wire|2031-03-03", WIRE),
        ],
        expect![[r#"
            1 -> 0 reprint 0.93 93% of its words stand in the other, in one passage; published 2031-03-04, the other 2031-03-03
                Government troops entered … town's only hospital | Government troops entered … town's only hospital
        "#]],
    );
}

#[test]
fn an_agency_line_tells_the_agencys_own_report() {
    check(
        &[
            ("Daily Echo|2031-03-03", &WIRE.replace("(North Wire) ", "")),
            ("North Wire|2031-03-03", WIRE),
        ],
        expect![[r#"
            1 -> 0 reprint 0.96 96% of its words stand in the other, in one passage; the other carries the agency line of North Wire, its own publisher
                Government troops entered … Lenn on Thursday | Government troops entered … Lenn on Thursday
        "#]],
    );
}

#[test]
fn nothing_tells_which_came_first() {
    check(
        &[
            ("Daily Echo|2031-03-03", &WIRE.replace("(North Wire) ", "")),
            ("Sarnow Times|2031-03-03", WIRE),
        ],
        expect![[r#"
            0 -- 1 reprint
        "#]],
    );
}

#[test]
fn a_rewrite_keeps_the_order_and_changes_the_words() {
    let rewrite = "The army moved into Velka on Sunday following six days in which it shelled the \
        town, according to the defence ministry.\n\
        The commander of the operation, General Tavi Orsolo, said soldiers found that the bridge to \
        Sarnow had been mined and the customs house burnt down.\n\
        The only hospital in town counted at least 14 dead and 40 wounded.\n\
        Fighters left the town in good order, said the Free Valley Front, which had been holding it \
        since autumn.\n\
        The two sides are expected to resume talks in Port Lenn on Thursday.";
    check(
        &[
            ("North Wire|2031-03-03", WIRE),
            ("Sarnow Times|2031-03-04", rewrite),
        ],
        expect![[r#"
            0 -> 1 rewrite 0.76 5 of its sentences retell the other's in the same order, with 12 names and numbers; 0 words are the same; published 2031-03-04, the other 2031-03-03
                PORT LENN, March … defence ministry said | The army moved … the defence ministry
                General Tavi Orsolo, … to Sarnow mined | The commander of … house burnt down
                At least 14 … town's only hospital | The only hospital … and 40 wounded
                The Free Valley … in good order | Fighters left the … it since autumn
                Talks between the … Lenn on Thursday | The two sides … Lenn on Thursday
        "#]],
    );
}

#[test]
fn independent_reports_of_one_event_are_no_copies() {
    let own = "Residents of Velka came out of their cellars on Sunday evening to see soldiers at \
        every crossing.\n\
        The town changed hands after a week of fire that spared few roofs. A nurse at the hospital \
        spoke of 16 dead.\n\
        Tavi Orsolo, the general in charge, walked through the market without a helmet and shook \
        hands. The bridge, he told us, was full of mines.\n\
        Nobody here knows where the men of the Free Valley Front have gone. They had run the town, \
        its school and its one bakery since autumn.\n\
        Negotiators are to meet in Port Lenn later this week.";
    check(
        &[("North Wire", WIRE), ("Sarnow Times", own)],
        expect![[r#""#]],
    );
}

#[test]
fn a_shared_quotation_is_no_copy_of_the_rest() {
    check(
        &[
            (
                "North Wire|2031-03-03",
                "Rain fell on the capital. “We will not sit at a table with men who mine bridges,” \
                 said Ada Brisk, the prime minister, before she left for the coast.",
            ),
            (
                "Daily Echo|2031-03-04",
                "The Front wants another round of talks in spring. Ada Brisk ruled it out. “We will \
                 not sit at a table with men who mine bridges,” the prime minister said.",
            ),
        ],
        expect![[r#"
            0 -> 1 quotation 0.40 12 words in quotation marks are the same, few others; published 2031-03-04, the other 2031-03-03
                We will not … who mine bridges | We will not … who mine bridges
        "#]],
    );
}

#[test]
fn a_page_is_one_page_under_any_name_and_parameter() {
    check(
        &[
            (
                "|2031-03-03|https://www.northwire.example/velka?utm_source=x",
                WIRE,
            ),
            (
                "North Wire|2031-03-04|http://m.northwire.example/velka/",
                &WIRE.replace("At least 14", "At least 17"),
            ),
        ],
        expect![[r#"
            0 -> 1 revision 0.99 same address, 100% of the other's words stand in it; published 2031-03-04, the other 2031-03-03
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
}

#[test]
fn a_later_version_of_the_same_page() {
    let corrected = WIRE.replace("At least 14 people", "At least 19 people")
        + "\nCorrection: An earlier version of this report gave a lower number.";
    check(
        &[
            ("North Wire||https://north.example/velka", &corrected),
            ("North Wire||http://www.north.example/velka/", WIRE),
        ],
        expect![[r#"
            1 -> 0 revision 0.88 same address, 100% of the other's words stand in it; it says that it corrects or updates an earlier version
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
}

#[test]
fn standing_lines_are_not_copied() {
    let foot = "North Wire is written by people. Write to us at desk@north.example and tell us what \
        we missed.";
    check(
        &[
            (
                "North Wire",
                &format!("The harbour of Sarnow froze over on Friday.\n{foot}"),
            ),
            (
                "North Wire",
                &format!("Ada Brisk named a new minister for roads and canals.\n{foot}"),
            ),
            (
                "Daily Echo",
                &format!("A ship with grain from the valley has reached Port Lenn.\n{foot}"),
            ),
        ],
        expect![[r#""#]],
    );
}

#[test]
fn a_partly_taken_over_report_shows_which_passages() {
    let own = "The bakers of Port Lenn have struck for a week, and the price of bread has doubled \
        since. Our reporter spoke to six of them about flour, rent and the war.\n\
        At least 14 people were killed and 40 wounded, according to the town's only hospital. The \
        Free Valley Front, which had held the town since autumn, said its fighters had left in good \
        order.\n\
        None of the bakers wanted to hear of it. They talked of ovens that must be lit at two in \
        the morning and of sons who will not learn the trade.";
    check(
        &[
            ("North Wire|2031-03-03", WIRE),
            ("Daily Echo|2031-03-05", own),
        ],
        expect![""],
    );
}

#[test]
fn a_report_twice_is_one_and_texts_without_words_are_none() {
    let wire = report("North Wire", WIRE);
    let empty = report("Daily Echo", "…\n—");
    let other_empty = report("Sarnow Times", "");
    assert_eq!(
        trace(&[&wire], &[&wire, &empty, &other_empty, &empty]),
        vec![]
    );
}

#[test]
fn a_credit_in_the_text_or_the_byline_tells() {
    let plain = WIRE.replace("(North Wire) ", "");
    let reported = plain.replace(
        "the defence ministry said",
        "the defence ministry said, North Wire reported",
    );
    let listed =
        format!("{plain}\nThis report was first published by Sarnow Times and North Wire.");
    let told = plain.replace(
        "who leads the operation, said",
        "who leads the operation, told North Wire",
    );
    let denied = format!("{plain}\nThe owner of North Wire keeps bees.");
    check(
        &[
            ("North Wire||||", &plain),
            ("Daily Echo|2031-03-02", &reported),
        ],
        expect![[r#"
            0 -> 1 reprint 0.97 97% of its words stand in the other, in one passage; it credits North Wire
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
    check(
        &[("North Wire", &plain), ("Lenn Gazette", &listed)],
        expect![[r#"
            0 -> 1 reprint 0.89 89% of its words stand in the other, in one passage; it credits North Wire
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
    check(
        &[("North Wire", &plain), ("Lenn Gazette", &told)],
        expect![[r#"
            0 -> 1 reprint 0.97 97% of its words stand in the other, in one passage; it credits North Wire
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
    check(
        &[("North Wire", &plain), ("Lenn Gazette", &denied)],
        expect![[r#"
            0 -- 1 reprint
        "#]],
    );
    check(
        &[
            ("North Wire", &plain),
            (
                "Lenn Gazette|||||Ada Brisk and North Wire",
                &format!("Back in Velka\n{plain}"),
            ),
        ],
        expect![[r#"
            0 -> 1 reprint 0.97 97% of its words stand in the other, in one passage; it credits North Wire
                PORT LENN, March … Lenn on Thursday | PORT LENN, March … Lenn on Thursday
        "#]],
    );
}

#[test]
fn both_from_a_third_is_no_order_of_the_two() {
    let plain = WIRE.replace("(North Wire) ", "");
    let other = plain.replace("Government troops", "Troops of the government");
    check(
        &[
            ("Daily Echo|2031-03-03|||Port Agency", &plain),
            ("Sarnow Times|2031-03-05|||Port Agency", &other),
        ],
        expect![[r#"
            0 -- 1 reprint
        "#]],
    );
    // The one took the credit over with the words around it.
    let quoting = |text: &str| {
        let wounded = "killed and 40 wounded, according to the town's only hospital";
        text.replace(wounded, &format!("{wounded}, Port Agency reported"))
    };
    check(
        &[
            ("Daily Echo|2031-03-03|||Port Agency", &quoting(&plain)),
            ("Sarnow Times|2031-03-05|||Port Agency", &quoting(&other)),
        ],
        expect![[r#"
            0 -> 1 reprint 0.92 92% of its words stand in the other, in one passage; published 2031-03-05, the other 2031-03-03; both credit Port Agency
                entered Velka on … Lenn on Thursday | entered Velka on … Lenn on Thursday
        "#]],
    );
}

#[test]
fn paragraphs_that_a_publisher_prints_everywhere_are_not_copied() {
    let standing = "Lenn Gazette is free because people who read it pay for it. Become one of them for \
        the price of a loaf a week, read without advertisements, and choose with us once a year \
        which long story is told next.";
    let bakers = "The bakers of Port Lenn have struck for a week, and the price of bread has doubled \
        since. Six of them spoke about flour, rent and ovens that must be lit at two in the morning.";
    let goats = "A goat born with three horns has drawn visitors to a farm above Sarnow. Its owner, \
        Miro Tell, asks for a coin from each and says that the animal will not be sold to a circus.";
    let frost = "The harbour froze over on Friday for the first time in nine winters. Children skated \
        between the boats while the pilots argued whose duty it was to break the ice.";
    let ferry = "The mayor opened the new ferry with a bottle of cider and a speech that few could hear \
        over the horns. It carries ninety people and twelve carts, and crosses in a quarter hour.";
    let page = |paragraphs: &[&str]| paragraphs.join("\n");
    check(
        &[
            ("Lenn Gazette", &page(&[standing, bakers, frost])),
            ("Gazette Online", &page(&[goats, standing, ferry])),
            ("", &page(&[WIRE, standing])),
        ],
        expect![""],
    );
}

#[test]
fn a_report_merged_from_two() {
    let other = "The mayor of Sarnow opened the new ferry on Monday with a bottle of cider and a speech \
        that few could hear over the horns.\n\
        The boat carries ninety people and twelve carts, and crosses in a quarter of an hour.\n\
        Fishermen complain that its wake tears their nets, and have asked for a slower crossing.";
    let (one, two): (Vec<&str>, Vec<&str>) = (WIRE.lines().collect(), other.lines().collect());
    let merged = [one[1], two[0], one[2], two[2], one[3]].join("\n");
    check(
        &[
            ("North Wire|2031-03-03", WIRE),
            ("Lenn Gazette|2031-03-04", other),
            ("Daily Echo|2031-03-05", &merged),
        ],
        expect![[r#"
            0 -> 2 reprint 0.59 59% of its words stand in the other, in 3 passages; published 2031-03-05, the other 2031-03-03
                General Tavi Orsolo, … to Sarnow mined | General Tavi Orsolo, … to Sarnow mined
                At least 14 … town's only hospital | At least 14 … town's only hospital
                The Free Valley … in good order | The Free Valley … in good order
            1 -> 2 reprint 0.41 40 words in 2 passages are the same; published 2031-03-05, the other 2031-03-04
                The mayor of … over the horns | The mayor of … over the horns
                Fishermen complain that … a slower crossing | Fishermen complain that … a slower crossing
        "#]],
    );
}

#[test]
fn an_index_takes_reports_one_at_a_time() {
    let rewrite = "Following six days of shelling, troops of the government moved into Velka on Sunday, \
        according to the defence ministry.\n\
        The bridge to Sarnow was mined and the customs house burnt, said General Tavi Orsolo, leader \
        of the operation.\n\
        The town's only hospital counted at least 14 killed and 40 wounded.\n\
        Talks are due to resume in Port Lenn on Thursday.";
    let mut index = Index::default();
    let reports = [
        ("North Wire", WIRE),
        (
            "Lenn Gazette",
            "The harbour of Sarnow froze over on Friday.",
        ),
        ("Daily Echo", rewrite),
        ("Sarnow Times", WIRE),
    ];
    let found: Vec<Vec<usize>> = (reports.iter())
        .map(|(publisher, body)| index.add(&report(publisher, body)))
        .collect();
    assert_eq!(found, [vec![], vec![], vec![0], vec![0, 2]]);
    assert_eq!(index.len(), 4);
    assert!(index.bytes() > 0);
}

/// As [`Index`] finds them, from so many blocks of the reports.
fn in_blocks(all: &[(ReportId, Features)], blocks: usize) -> Vec<(usize, usize)> {
    let mut having: BTreeMap<u64, Vec<&ReportId>> = BTreeMap::new();
    for (id, features) in all {
        for feature in features.each() {
            having.entry(feature).or_default().push(id);
        }
    }
    let many = having.into_iter().filter(|(_, of)| of.len() > FIRST);
    let last: LastOfFirst = many.map(|(f, of)| (f, of[FIRST - 1].clone())).collect();
    let size = all.len().div_ceil(blocks);
    let blocks: Vec<_> = all.chunks(size).collect();
    let mut pairs = vec![];
    for (j, later) in blocks.iter().enumerate() {
        let mut found = |i: usize, pairs_of: Vec<(usize, usize)>| {
            pairs.extend((pairs_of.into_iter()).map(|(a, b)| (i * size + a, j * size + b)));
        };
        for (i, earlier) in blocks.iter().enumerate().take(j) {
            found(i, last.between(earlier, later));
        }
        found(j, last.within(later));
    }
    pairs.sort_unstable();
    pairs
}

#[test]
fn blocks_find_what_one_index_finds() {
    let lines: Vec<&str> = WIRE.lines().collect();
    let mut reports = pile();
    // More than lead to one another.
    reports.extend((0..FIRST + 60).map(|n| {
        let own = format!("Observer {n} counted {} barges and {n} carts.", n * 7);
        let body = match n % 3 {
            0 => own,
            _ => [lines[n % lines.len()], own.as_str()].join("\n"),
        };
        report(&format!("Publisher {}", n % 9), &body)
    }));
    // Many of which most is what many have.
    reports.extend((0..FIRST + 90).map(|n| {
        let own = format!("Barge {} passed.", n * 11);
        report(&format!("Harbour {n}"), &[WIRE, &own].join("\n"))
    }));
    reports.sort_by(|a, b| a.id().cmp(b.id()));
    let mut index = Index::default();
    let mut wanted = vec![];
    for (at, report) in reports.iter().enumerate() {
        wanted.extend(index.add(report).into_iter().map(|other| (other, at)));
    }
    wanted.sort_unstable();
    assert!(wanted.len() > 1000);
    let all: Vec<(ReportId, Features)> = (reports.iter())
        .map(|report| (report.id().clone(), Features::of(report)))
        .collect();
    for blocks in [1, 2, 3, 7] {
        assert!(in_blocks(&all, blocks) == wanted, "{blocks} blocks");
    }
}

/// Reports that copy one another in every way, for the order in which they are read.
fn pile() -> Vec<Report> {
    let lines: Vec<&str> = WIRE.lines().collect();
    (0..8)
        .map(|n| {
            let body: Vec<&str> = (lines.iter().cycle().skip(n % 3).take(2 + n % 4))
                .copied()
                .collect();
            report(
                &format!("Publisher {}|2031-03-0{}", n % 5, 1 + n % 4),
                &body.join("\n"),
            )
        })
        .collect()
}

#[test]
fn order_and_batches_change_nothing() {
    let pile = pile();
    let all: Vec<&Report> = pile.iter().collect();
    let at_once = trace(&[], &all);
    assert!(!at_once.is_empty());
    for cut in 0..all.len() {
        let mut turned = all.clone();
        turned.rotate_left(cut);
        let (first, second) = turned.split_at(cut);
        let mut found = trace(&[], first);
        found.extend(trace(first, second));
        sort(&mut found);
        assert_eq!(found, at_once);
    }
}

fn sort(found: &mut [Derivation]) {
    found.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
}

proptest! {
    /// No text makes it panic, and every passage is a slice of its report.
    #[test]
    fn any_text(a in text(), b in text()) {
        let (one, two) = (report("North Wire", &a), report("Daily Echo", &b));
        for found in trace(&[&one], &[&two]) {
            let by_id = |id| if one.id() == id { &one } else { &two };
            prop_assert!((0.0..=1.0).contains(&found.share));
            for (from, to) in &found.passages {
                prop_assert!(by_id(&found.from).slice(*from).is_some_and(|s| !s.is_empty()));
                prop_assert!(by_id(&found.to).slice(*to).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}

proptest! {
    /// With the features of earlier reports alone the same is found as with their texts.
    #[test]
    fn features_are_enough_to_find_what_is_alike(texts in prop::collection::vec(text(), 2..6), split in 0usize..6) {
        let publisher = |at: usize| ["North Wire | 2031-03-01", "Daily Echo |"][at % 2];
        let all: Vec<Report> = texts.iter().enumerate().map(|(at, text)| report(publisher(at), text)).collect();
        let (earlier, new) = all.split_at(split.min(all.len()));
        let (earlier, new): (Vec<&Report>, Vec<&Report>) = (earlier.iter().collect(), new.iter().collect());
        let fresh: Vec<(&Report, Features)> = new.iter().map(|report| (*report, Features::of(report))).collect();
        let mut kept = Earlier::sought_by(fresh.iter().map(|(_, features)| features));
        // In any order, and as often as one likes.
        for (key, report) in earlier.iter().enumerate().rev().chain(earlier.iter().enumerate()) {
            prop_assert!(kept.add(&report.id().0, key as i64, &Features::of(report).to_bytes()));
        }
        prop_assert!(!kept.add("none", 99, &[1, 2, 3]));
        let get = |key: i64| earlier.get(key as usize).map(|report| (*report).clone());
        let traced = trace(&earlier, &new);
        prop_assert_eq!(&traced, &trace_after(&kept, &fresh, get));
    }

    /// No bytes make it panic.
    #[test]
    fn any_bytes_for_features(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        if let Some(features) = Features::from_bytes(&bytes) {
            prop_assert_eq!(features.to_bytes(), bytes);
        }
    }
}

/// Features that were kept are used for as long as their version is the same: where this changes, so must that.
#[test]
fn features_are_those_of_their_version() {
    let text = "The army took Velka on Monday, the clerk said. “We will rebuild every bridge over the Lenn,” he added.";
    let bytes = Features::of(&report("North Wire | 2031-03-01 | | Velka falls", text)).to_bytes();
    let sum = bytes.iter().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    });
    expect!["version 1: 104 bytes, 17104049474495447934"].assert_eq(&format!(
        "version {FEATURES_VERSION}: {} bytes, {sum}",
        bytes.len()
    ));
}

/// Texts of few different words, so that much is shared, with marks of every kind.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the", "Velka", "army", "took", "7,000", "“", "”", "'", ".", "\n", " ", "men's", "停战",
        "ِ", "é", "(", "said", "Orsolo",
    ]);
    prop_oneof![
        prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.join(" ")),
        any::<String>(),
    ]
}
