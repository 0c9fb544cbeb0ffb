//! Plain text, also text copied from a page: lines, and lines wrapped at a fixed width joined again.

use crate::page::{Line, Page, clean, ends_sentence};

/// A text as a page of lines.
pub(crate) fn page(text: &str) -> Page {
    Page {
        lines: lines(text).into_iter().map(Line::plain).collect(),
        ..Page::default()
    }
}

/// The lines of a text, cleaned, without blank ones.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let groups = groups(text);
    if !is_wrapped(&groups) {
        return groups.into_iter().flat_map(mended).collect();
    }
    groups.into_iter().flat_map(joined).collect()
}

/// Runs of lines between blank lines.
fn groups(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n");
    let mut groups = vec![];
    let mut group = vec![];
    for raw in text.split(is_line_end) {
        let line = clean(raw);
        if !line.is_empty() {
            group.push(line);
        } else if !group.is_empty() {
            groups.push(std::mem::take(&mut group));
        }
    }
    if !group.is_empty() {
        groups.push(group);
    }
    groups
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Was the text wrapped at a fixed width? Then no line is long, and most lines with another right
/// below break off in mid sentence, close to the same width.
fn is_wrapped(groups: &[Vec<String>]) -> bool {
    let width = groups
        .iter()
        .flatten()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    if !(40..=120).contains(&width) {
        return false;
    }
    let (mut inner, mut broken) = (0, 0);
    for group in groups {
        for line in group.iter().take(group.len().saturating_sub(1)) {
            inner += 1;
            if !ends_sentence(line) && line.chars().count() * 10 >= width * 7 {
                broken += 1;
            }
        }
    }
    inner >= 2 && broken * 10 >= inner * 6
}

/// The paragraphs of a group of wrapped lines: a line much shorter than the longest, that ends a
/// sentence, ends a paragraph.
fn joined(group: Vec<String>) -> Vec<String> {
    let width = group
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let mut paragraphs: Vec<String> = vec![];
    let mut open = false;
    for line in group {
        let ends = ends_sentence(&line) && line.chars().count() * 10 < width * 7;
        match paragraphs.last_mut() {
            Some(paragraph) if open => {
                paragraph.push(' ');
                paragraph.push_str(&line);
            }
            _ => paragraphs.push(line),
        }
        open = !ends;
    }
    paragraphs
}

/// The lines of a group that is not wrapped: one that breaks off in mid sentence, as where a link stood, goes on with
/// the next if that begins in lower case.
fn mended(group: Vec<String>) -> Vec<String> {
    /// How many characters a line has that is none of a list.
    const LONG: usize = 40;
    let mut lines: Vec<String> = vec![];
    for line in group {
        let breaks_off = |before: &String| {
            let last = before.chars().next_back();
            before.chars().count() >= LONG && last.is_some_and(|c| c.is_alphanumeric() || c == ',')
        };
        let goes_on = line.starts_with(char::is_lowercase);
        match lines
            .last_mut()
            .filter(|before| goes_on && breaks_off(before))
        {
            Some(before) => {
                before.push(' ');
                before.push_str(&line);
            }
            None => lines.push(line),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&lines(text).join("\n"));
    }

    #[test]
    fn each_line_is_a_paragraph_with_and_without_blank_lines() {
        check(
            "Velka falls\r\n\r\nThe army took\u{a0} Velka.\r\nIt left on Monday.\r\n",
            expect![[r#"
                Velka falls
                The army took Velka.
                It left on Monday."#]],
        );
    }

    #[test]
    fn a_line_that_breaks_off_goes_on_with_the_next() {
        check(
            "Gunmen killed four guards in Velka on Monday, the ministry of defence\n\
             said, and left.\nIt named nobody, and said that the roads of the valley were to be closed\n\
             The army did not answer.\nVelka\nand Orlo\n",
            expect![[r#"
                Gunmen killed four guards in Velka on Monday, the ministry of defence said, and left.
                It named nobody, and said that the roads of the valley were to be closed
                The army did not answer.
                Velka
                and Orlo"#]],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "Talks open in Port Lenn\n\n\
             The two delegations met on Monday in the old customs house of\n\
             Port Lenn, where the first round had ended without a result in\n\
             the spring.\n\
             General Orsolo did not come, and his office gave no reason for\n\
             his absence.\n\n\
             A second meeting is planned.\n",
            expect![[r#"
                Talks open in Port Lenn
                The two delegations met on Monday in the old customs house of Port Lenn, where the first round had ended without a result in the spring.
                General Orsolo did not come, and his office gave no reason for his absence.
                A second meeting is planned."#]],
        );
    }
}
