//! Results to standard output, messages to standard error, colours on a terminal alone.

use super::failure::Failure;
use rapporteur_views::{Line, Style, View};
use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Columns of a page that does not go to a terminal.
const COLUMNS: usize = 100;

/// Prints a view: as JSON, or laid out.
pub fn show<V: View>(view: &V, json: bool) -> Result<(), Failure> {
    if json {
        let text = serde_json::to_string_pretty(view).map_err(|error| {
            Failure::given(
                format!("cannot write the view as JSON: {error}"),
                "this is a fault of the program: please report it",
            )
        })?;
        return results(&format!("{text}\n"));
    }
    let colours = has_colours();
    let mut text = String::new();
    for line in view.page().lines(columns()) {
        print_line(&mut text, &line, colours);
    }
    results(&text)
}

/// Prints to standard output.
pub fn results(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    (out.write_all(text.as_bytes()).and_then(|()| out.flush())).map_err(Failure::of_output)
}

/// Prints lines to standard output.
pub fn lines(lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let mut out = Lines::new();
    for line in lines {
        out.line(&line)?;
    }
    out.end()
}

/// Standard output, a line at a time.
pub struct Lines(BufWriter<io::StdoutLock<'static>>);

impl Lines {
    /// Takes standard output.
    pub fn new() -> Lines {
        Lines(BufWriter::new(io::stdout().lock()))
    }

    /// Prints a line.
    pub fn line(&mut self, line: &str) -> Result<(), Failure> {
        writeln!(self.0, "{line}").map_err(Failure::of_output)
    }

    /// Prints what is left to print.
    pub fn end(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(Failure::of_output)
    }
}

/// Prints a line to standard error; where that is closed, nobody is there to be told.
pub fn message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints a warning with what to try.
pub fn warning(what: &str, hint: &str) {
    message(&format!("rapporteur: {what}"));
    if !hint.is_empty() {
        message(&format!("  hint: {hint}"));
    }
}

fn columns() -> usize {
    let size = console::Term::stdout().size_checked();
    let columns = size.map_or(COLUMNS, |(_, columns)| usize::from(columns));
    columns.clamp(40, 120)
}

fn has_colours() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !dumb
}

fn print_line(out: &mut String, line: &Line, colours: bool) {
    for piece in line {
        // Writing to a string cannot fail.
        let _ = match code(piece.style).filter(|_| colours) {
            Some(code) => write!(out, "\u{1b}[{code}m{}\u{1b}[0m", piece.text),
            None => write!(out, "{}", piece.text),
        };
    }
    out.push('\n');
}

/// The terminal's code for a style.
fn code(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain | Style::Printed => None,
        Style::Title | Style::Strong => Some("1"),
        Style::Heading => Some("1;34"),
        Style::Quiet => Some("2"),
        Style::Exact => Some("4"),
        Style::Against => Some("31"),
    }
}
