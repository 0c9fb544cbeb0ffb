//! How a view is laid out for reading: rows of cells, wrapped to a width, nothing cut off. No
//! terminal here: a [`Style`] says what a piece is, and whoever prints it chooses the colour.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a piece of text is, so that it can be set apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    #[default]
    Plain,
    /// The name of the view.
    Title,
    /// The head of a part.
    Heading,
    /// What the eye should find first.
    Strong,
    /// Ids, rules, labels.
    Quiet,
    /// Words of a report.
    Printed,
    /// The very words of a report that a claim rests on.
    Exact,
    /// Accounts that cannot both be so.
    Against,
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they are.
    pub style: Style,
}

/// One line, ready to be printed.
pub type Line = Vec<Piece>;

/// How wide a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// So many columns.
    Columns(usize),
    /// A share of what the others leave.
    Share(usize),
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How wide.
    pub width: Width,
    /// What stands in it.
    pub pieces: Vec<Piece>,
    /// Stands before every line of the cell: the bar beside printed words.
    pub bar: &'static str,
}

/// A row of cells side by side, each wrapped in its own width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Empty columns before it.
    pub indent: usize,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// What a page consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Cells side by side.
    Row(Row),
    /// A thin line.
    Rule,
    /// An empty line; several together, or at the end, count as one or none.
    Blank,
}

/// A view laid out: blocks from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A piece of text.
pub fn piece(text: impl Into<String>, style: Style) -> Piece {
    Piece {
        text: text.into(),
        style,
    }
}

/// A piece of running text.
pub fn plain(text: impl Into<String>) -> Piece {
    piece(text, Style::Plain)
}

/// A cell of so many columns.
pub fn column(columns: usize, pieces: Vec<Piece>) -> Cell {
    Cell {
        width: Width::Columns(columns),
        pieces,
        bar: "",
    }
}

/// A cell that shares what is left.
pub fn share(part: usize, pieces: Vec<Piece>) -> Cell {
    Cell {
        width: Width::Share(part),
        pieces,
        bar: "",
    }
}

/// A cell of printed words, with a bar beside every line.
pub fn printed(pieces: Vec<Piece>) -> Cell {
    Cell {
        bar: "│ ",
        ..share(1, pieces)
    }
}

impl Page {
    /// Adds the page's name with what it holds, under a rule.
    pub fn title(&mut self, name: &str, holds: &str) {
        let pieces = vec![
            piece(name, Style::Title),
            piece(format!(" · {holds}"), Style::Quiet),
        ];
        self.text(0, pieces);
        self.blocks.push(Block::Rule);
    }

    /// Adds the head of a part, with an empty line before it.
    pub fn heading(&mut self, words: impl Into<String>) {
        self.blank();
        self.text(0, vec![piece(words, Style::Heading)]);
    }

    /// Adds a paragraph.
    pub fn text(&mut self, indent: usize, pieces: Vec<Piece>) {
        self.row(indent, vec![share(1, pieces)]);
    }

    /// Adds cells side by side.
    pub fn row(&mut self, indent: usize, cells: Vec<Cell>) {
        self.blocks.push(Block::Row(Row { indent, cells }));
    }

    /// Adds printed words, with a bar beside every line.
    pub fn printed(&mut self, indent: usize, pieces: Vec<Piece>) {
        self.row(indent, vec![printed(pieces)]);
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.blocks.push(Block::Blank);
    }

    /// The lines of the page in so many columns (at least 20). Words are wrapped; a word wider
    /// than its cell is broken; nothing is left out.
    pub fn lines(&self, columns: usize) -> Vec<Line> {
        let columns = columns.max(20);
        let mut lines: Vec<Line> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Row(row) => lines.extend(lay_out(row, columns)),
                Block::Rule => lines.push(vec![piece("─".repeat(columns), Style::Quiet)]),
                Block::Blank if lines.last().is_some_and(|line| !line.is_empty()) => {
                    lines.push(Vec::new());
                }
                Block::Blank => {}
            }
        }
        while lines.last().is_some_and(Vec::is_empty) {
            lines.pop();
        }
        lines
    }

    /// The page as plain text in so many columns, each line ended by a line end.
    pub fn plain(&self, columns: usize) -> String {
        let mut out = String::new();
        for line in self.lines(columns) {
            let text: String = line.iter().map(|piece| piece.text.as_str()).collect();
            out.push_str(text.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Columns between two cells.
const GAP: usize = 2;

fn lay_out(row: &Row, columns: usize) -> Vec<Line> {
    let widths = widths_of(row, columns.saturating_sub(row.indent));
    let cells: Vec<Vec<Line>> = (row.cells.iter().zip(&widths))
        .map(|(cell, width)| barred(cell, *width))
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|number| {
            let mut line = Vec::new();
            let mut pending = row.indent;
            for (cell, width) in cells.iter().zip(&widths) {
                let pieces = cell.get(number).map_or(&[][..], Vec::as_slice);
                let filled: usize = pieces.iter().map(|piece| piece.text.width()).sum();
                for piece in pieces {
                    push(&mut line, &mut pending, piece.clone());
                }
                pending += width.saturating_sub(filled) + GAP;
            }
            line
        })
        .collect()
}

/// The lines of a cell, each behind its bar.
fn barred(cell: &Cell, width: usize) -> Vec<Line> {
    let mut lines = wrap(&cell.pieces, width.saturating_sub(cell.bar.width()));
    if !cell.bar.is_empty() {
        for line in &mut lines {
            line.insert(0, piece(cell.bar, Style::Quiet));
        }
    }
    lines
}

/// Adds a piece after the spaces that stand before it, so that no line ends in spaces.
fn push(line: &mut Line, pending: &mut usize, piece: Piece) {
    if *pending > 0 {
        line.push(plain(" ".repeat(*pending)));
        *pending = 0;
    }
    line.push(piece);
}

/// How many columns each cell gets: fixed ones what they ask for, the others their share of the
/// rest; never less than eight, so that a narrow terminal wraps oftener and loses nothing.
fn widths_of(row: &Row, columns: usize) -> Vec<usize> {
    const LEAST: usize = 8;
    let gaps = GAP * row.cells.len().saturating_sub(1);
    let mut fixed = gaps;
    let mut shares = 0;
    for cell in &row.cells {
        match cell.width {
            Width::Columns(columns) => fixed += columns,
            Width::Share(part) => shares += part,
        }
    }
    let rest = columns.saturating_sub(fixed);
    (row.cells.iter())
        .map(|cell| match cell.width {
            Width::Columns(columns) => columns,
            Width::Share(part) => (rest * part / shares.max(1)).max(LEAST),
        })
        .collect()
}

/// Breaks pieces into lines of at most so many columns, at white space; a word that is wider is
/// broken between letters. White space, line ends included, becomes one space.
fn wrap(pieces: &[Piece], columns: usize) -> Vec<Line> {
    let columns = columns.max(1);
    let mut lines: Vec<Line> = Vec::new();
    let mut line: Line = Vec::new();
    let mut filled = 0;
    for word in words(pieces) {
        let width: usize = word.letters.iter().map(|piece| piece.text.width()).sum();
        let gap = usize::from(word.spaced && filled > 0);
        if filled > 0 && word.spaced && filled + gap + width > columns {
            lines.push(std::mem::take(&mut line));
            filled = 0;
        } else if gap > 0 {
            let style = line.last().map_or(Style::Plain, |last| last.style);
            let next = word
                .letters
                .first()
                .map_or(Style::Plain, |first| first.style);
            // A space between two styles belongs to neither, so that no underline runs through it.
            let style = if style == next { style } else { Style::Plain };
            append(&mut line, " ", style);
            filled += 1;
        }
        for piece in &word.letters {
            for letter in piece.text.chars() {
                let width = letter.width().unwrap_or(0);
                if filled + width > columns && filled > 0 {
                    lines.push(std::mem::take(&mut line));
                    filled = 0;
                }
                append(&mut line, letter.encode_utf8(&mut [0; 4]), piece.style);
                filled += width;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn append(line: &mut Line, text: &str, style: Style) {
    match line.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => line.push(piece(text, style)),
    }
}

/// Letters that stand together, perhaps in several styles.
struct Word {
    letters: Vec<Piece>,
    /// Is there white space before it?
    spaced: bool,
}

fn words(pieces: &[Piece]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for Piece { text, style } in pieces {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let trimmed = rest.trim_start_matches(is_gap);
            spaced |= trimmed.len() < rest.len();
            let end = trimmed.find(is_gap).unwrap_or(trimmed.len());
            let (word, after) = trimmed.split_at(end);
            rest = after;
            if word.is_empty() {
                continue;
            }
            match words.last_mut() {
                Some(last) if !spaced => last.letters.push(piece(word, *style)),
                _ => words.push(Word {
                    letters: vec![piece(word, *style)],
                    spaced: true,
                }),
            }
            spaced = false;
        }
    }
    words
}

/// White space and control characters: a report's words must not move the cursor.
fn is_gap(letter: char) -> bool {
    letter != '\u{a0}' && letter.is_whitespace() || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(columns: usize, build: impl FnOnce(&mut Page), expect: Expect) {
        let mut page = Page::default();
        build(&mut page);
        expect.assert_eq(&page.plain(columns));
    }

    #[test]
    fn words_are_wrapped_and_nothing_is_cut_off() {
        check(
            24,
            |page| {
                page.title("Timeline", "2 claims");
                page.blank();
                page.blank();
                page.row(
                    2,
                    vec![
                        column(6, vec![plain("1 Mar 2031")]),
                        share(1, vec![plain("the army took Velka and Port Lenn")]),
                    ],
                );
                page.printed(4, vec![plain("“We  hold\nit,” he said on Saturday.")]);
                page.text(0, vec![plain("Llanfairpwllgwyngyllgogerychwyrndrobwll")]);
                page.blank();
            },
            expect![[r#"
                Timeline · 2 claims
                ────────────────────────

                  1 Mar   the army took
                  2031    Velka and Port
                          Lenn
                    │ “We hold it,” he
                    │ said on Saturday.
                Llanfairpwllgwyngyllgoge
                rychwyrndrobwll
            "#]],
        );
    }

    #[test]
    fn wide_letters_take_two_columns() {
        check(
            20,
            |page| page.text(0, vec![plain("北方通讯社说，军队周一夺取了城市。")]),
            expect![[r#"
                北方通讯社说，军队周
                一夺取了城市。
            "#]],
        );
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        check(
            40,
            |page| page.text(0, vec![plain("a\u{1b}[31mb\u{7}c\td")]),
            expect![[r#"
                a [31mb c d
            "#]],
        );
    }

    proptest! {
        #[test]
        fn every_letter_is_there_and_every_line_fits(text in ".{0,200}", columns in 20usize..60) {
            let mut page = Page::default();
            page.text(3, vec![plain(text.clone()), piece(&text, Style::Strong)]);
            let shown = page.plain(columns);
            let letters = |text: &str| text.chars().filter(|c| !is_gap(*c) && *c != '\u{a0}').collect::<String>();
            prop_assert_eq!(letters(&shown), letters(&format!("{text}{text}")));
            for line in shown.lines() {
                // A joining sequence may measure wider together than letter by letter.
                let width: usize = line.chars().map(|c| c.width().unwrap_or(0)).sum();
                prop_assert!(width <= columns, "{}", line);
            }
        }
    }
}
