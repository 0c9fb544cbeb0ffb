//! The tool.

fn main() -> std::process::ExitCode {
    rapporteur::cli::run(std::env::args_os())
}
