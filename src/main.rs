//! The program: parses, runs, gives an exit code.

fn main() -> std::process::ExitCode {
    lotse::cli::run()
}
