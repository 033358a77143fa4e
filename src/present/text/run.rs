//! What an indexing run did or would do.

use std::io::{self, Write};

use super::{bytes, n_of, path, thousands};
use crate::article::Origin;
use crate::index::Verified;
use crate::pipeline::{PathList, Plan, Report};
use crate::present::escape::for_terminal;
use crate::present::style::{Role, Theme};

/// The counts of a run, those that are not zero.
pub fn report(output: &mut dyn Write, report: &Report, theme: Theme) -> io::Result<()> {
    let counts = [
        (report.n_added, "added"),
        (report.n_changed, "changed"),
        (report.n_deleted, "deleted"),
        (report.n_renamed, "renamed"),
        (report.n_unchanged, "unchanged"),
    ];
    let parts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", thousands(*n))).collect();
    let articles = if parts.is_empty() { "no articles".to_owned() } else { format!("articles: {}", parts.join(", ")) };
    writeln!(output, "{}", theme.paint(Role::Title, articles))?;
    if report.n_rejected > 0 {
        writeln!(output, "{}", theme.paint(Role::Error, format_args!("rejected: {}", thousands(report.n_rejected))))?;
    }
    let seconds = report.elapsed.as_secs_f64();
    let rate = |n: f64| if seconds > 0.0 { n / seconds } else { 0.0 };
    let n_articles = (report.n_added + report.n_changed + report.n_renamed) as f64;
    let speed = if n_articles > 0.0 {
        format!(", {:.0} articles/s, {}/s", rate(n_articles), bytes(rate(report.n_bytes as f64) as u64))
    } else {
        String::new()
    };
    let files = n_of(report.n_files, "file");
    writeln!(output, "{}", theme.paint(Role::Faint, format_args!("{files} in {seconds:.1} s{speed}")))
}

/// What a run would do.
pub fn plan(output: &mut dyn Write, plan: &Plan, theme: Theme) -> io::Result<()> {
    list(output, "new", &plan.new, theme)?;
    list(output, "changed by time or size", &plan.changed, theme)?;
    let mut gone = PathList::default();
    gone.first.extend(plan.gone.iter().take(PathList::MAX_SHOWN).map(|file| file.path.as_str().into()));
    gone.n_paths = plan.gone.len() as u64;
    list(output, "gone or renamed", &gone, theme)?;
    writeln!(
        output,
        "{} to read ({}), {} unchanged, {} gone or renamed, {} that cannot be walked; nothing was changed",
        n_of(plan.n_files, "file"),
        bytes(plan.n_bytes),
        thousands(plan.n_unchanged_files),
        thousands(gone.n_paths),
        thousands(plan.n_rejected),
    )
}

fn list(output: &mut dyn Write, title: &str, paths: &PathList, theme: Theme) -> io::Result<()> {
    if paths.n_paths == 0 {
        return Ok(());
    }
    writeln!(output, "{}", theme.paint(Role::Title, format_args!("{title}: {}", thousands(paths.n_paths))))?;
    for shown in &paths.first {
        writeln!(output, "  {}", path(shown))?;
    }
    let n_hidden = paths.n_paths - paths.first.len() as u64;
    if n_hidden > 0 {
        writeln!(output, "  and {} more", thousands(n_hidden))?;
    }
    Ok(())
}

/// One reject, as a line without its end.
pub fn rejected(origin: &Origin, reason: &str) -> String {
    format!("rejected {}: {}", for_terminal(&origin.to_string()), for_terminal(reason))
}

/// What `verify` found.
pub fn verified(output: &mut dyn Write, verified: &Verified, theme: Theme) -> io::Result<()> {
    for problem in &verified.problems {
        writeln!(output, "{} {}", theme.paint(Role::Error, "damaged:"), for_terminal(problem))?;
    }
    if verified.problems.is_empty() {
        let articles = n_of(verified.n_articles, "article");
        let files = n_of(verified.n_files, "file");
        writeln!(output, "whole: {articles} of {files} read back, all checksums right")?;
        if !verified.is_sealed {
            let line = "the last run goes on or was stopped, so that the ends of files are not compared with what they \
                        were; the next `dateline index` makes that up";
            writeln!(output, "{}", theme.paint(Role::Faint, line))?;
        }
    }
    Ok(())
}
