//! `rapporteur completions`: the shell's knowledge of the command line.

use super::failure::Failure;
use super::{Cli, Outcome, output};
use clap::{CommandFactory, Parser};
use clap_complete::Shell;

/// Print what a shell needs to complete the command line
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > \"${fpath[1]}/_rapporteur\"
  rapporteur completions fish > ~/.config/fish/completions/rapporteur.fish")]
pub struct Args {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rapporteur", &mut script);
    output::results(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
