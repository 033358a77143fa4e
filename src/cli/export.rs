//! `dateline export`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dateline::explore::{self, Scope};
use dateline::mention::EntityKind;
use dateline::present::export::{Exporter, Form, Header, What};
use dateline::search::query::to_text;
use dateline::search::{SearchError, Searcher};

use super::context::Advised;
use super::nothing::exit;
use super::question::{Filters, parse, remark};
use super::{Context, Exit};

/// Arguments of `export`.
#[derive(Args, Debug)]
#[command(after_help = "\
Everything that matches, without a cap, in the order of the files. JSON Lines
begin with a line of `\"type\":\"header\"`: the query, and which articles the
index holds. In CSV the first line names the columns; the header goes to
FILE.header.json, or to standard error. A file is there whole or not at all.
`dateline index` reads exported articles back as they were. Lists in CSV cells
are joined by `; `.")]
pub(crate) struct ExportArgs {
    /// Only articles that match, in the language of `dateline search`; all without it.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// What to export.
    #[arg(long, value_enum, default_value = "articles")]
    what: ExportWhat,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: ExportFormat,
    /// With each article, every file that it was read from, and its format.
    #[arg(long)]
    origins: bool,
    /// Write to a file, which is replaced at the end; standard output without it, or where it is `-`.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportWhat {
    /// Articles.
    Articles,
    /// People, places and organisations, counted over all that matches.
    Entities,
    /// Every figure of every article.
    Figures,
    /// Every mention of a person, place or organisation.
    Mentions,
    /// Who and what is named in the same articles; how often near each other, `dateline pairs` tells.
    Pairs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values with a line of names.
    Csv,
}

pub(crate) fn run(args: &ExportArgs, context: &Context) -> anyhow::Result<Exit> {
    let typed = args.query.join(" ");
    let question = parse(&typed, &args.filters, context)?;
    if args.origins && args.what != ExportWhat::Articles {
        let message = "`--origins` goes with articles".to_owned();
        return Err(Advised { message, hint: "leave it out, or export `--what articles`".to_owned() }.into());
    }
    if context.json() && args.format == ExportFormat::Csv {
        let message = "`--json` and `--format csv` ask for different forms".to_owned();
        return Err(Advised { message, hint: "leave one of them out".to_owned() }.into());
    }
    let searcher = context.searcher()?;
    let what = match args.what {
        ExportWhat::Articles => What::Articles,
        ExportWhat::Entities => What::Entities,
        ExportWhat::Figures => What::Figures,
        ExportWhat::Mentions => What::Mentions,
        ExportWhat::Pairs => What::Pairs,
    };
    let form = match args.format {
        ExportFormat::Jsonl => Form::Jsonl,
        ExportFormat::Csv => Form::Csv,
    };
    let scope = Scope { query: question.query, filters: question.filters };
    let articles = searcher.count(&scope.query, &scope.filters)?;
    let manifest = searcher.manifest();
    let header = Header {
        r#type: "header",
        format: Header::FORMAT,
        what: what.name(),
        query: typed,
        filters: scope.filters.iter().map(to_text).collect(),
        articles,
        index: searcher.fingerprint(),
        index_articles: searcher.n_articles(),
        schema_version: manifest.map(|manifest| manifest.schema_version),
        extractor: manifest.map(|manifest| manifest.extractor.clone()),
        created_by: concat!("dateline ", env!("CARGO_PKG_VERSION")),
    };
    for note in &scope.query.notes {
        context.say(remark(&scope.query, note));
    }
    let export = |output: &mut dyn Write| -> anyhow::Result<()> {
        let exporter = Exporter::begin(output, what, form, args.origins, &header)?;
        for note in export(exporter, what, &searcher, &scope)? {
            context.say(format_args!("note: {note}"));
        }
        Ok(())
    };
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => {
            if form == Form::Csv && !context.quiet() {
                // A beginning that nobody reads is no reason to write no table.
                let _ = header.write(&mut io::stderr());
            }
            let mut output = context.output();
            export(&mut output)?;
            output.flush()?;
        }
        Some(path) => {
            write_whole(path, &export).map_err(|error| not_written(path, &error))?;
            if form == Form::Csv {
                let mut beside = path.as_os_str().to_owned();
                beside.push(".header.json");
                write_whole(Path::new(&beside), &|output| Ok(header.write(output)?))
                    .map_err(|error| not_written(Path::new(&beside), &error))?;
            }
        }
    }
    exit(articles, "anything", &searcher, &scope, context)
}

/// Writes the lines; returns the notes of the search.
fn export(mut exporter: Exporter<'_>, what: What, searcher: &Searcher, scope: &Scope) -> anyhow::Result<Vec<String>> {
    match what {
        What::Articles | What::Figures | What::Mentions => {
            searcher.visit_in_order(&scope.query, &scope.filters, &mut |placed| {
                exporter.article(&placed)?;
                Ok::<_, anyhow::Error>(ControlFlow::Continue(()))
            })
        }
        What::Entities => {
            let mut notes = Vec::new();
            for kind in EntityKind::ALL {
                let table = explore::entities(searcher, scope, kind, usize::MAX)?;
                for row in &table.rows {
                    exporter.entity(kind, row)?;
                }
                notes = table.notes;
            }
            Ok(notes)
        }
        What::Pairs => {
            let mut written = Ok(());
            let notes = explore::for_each_pair(searcher, scope, &[], &mut |pair| {
                written = exporter.pair(&pair);
                Ok::<_, SearchError>(if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
            })?;
            written?;
            Ok(notes)
        }
    }
}

/// A file that could not be written. Not even a pipe that nobody reads any more is one that was written.
fn not_written(path: &Path, error: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot write `{}`: {error:#}", path.display())
}

/// Writes a file so that it is there whole or not at all. A link stays, and what it leads to is replaced; what is no
/// file, such as a device or a pipe, is written into.
fn write_whole(path: &Path, write: &dyn Fn(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let old = path.metadata();
    let is_lost_link = old.is_err() && path.is_symlink();
    if is_lost_link || old.as_ref().is_ok_and(|old| !old.is_file()) {
        let mut output = BufWriter::new(File::create(path)?);
        write(&mut output)?;
        output.flush()?;
        return Ok(());
    }
    let path = if old.is_ok() { path.canonicalize()? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    let mut unfinished = tempfile::Builder::new();
    unfinished.prefix(&name).suffix(".unfinished");
    // As any new file: the builder's own are for nobody else.
    #[cfg(unix)]
    unfinished.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut output = BufWriter::new(unfinished.tempfile_in(folder)?);
    write(&mut output)?;
    let file = output.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Ok(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
