//! `dateline extract`.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

use clap::Args;
use dateline::extract::{Extractor, NewsExtractor, Text, taggers};
use dateline::present::escape::for_terminal;
use dateline::present::{json, text};
use dateline::read::{DayMonthOrder, ReadConfig, decode, parse_date};
use serde::Deserialize;

use super::context::Advised;
use super::read::for_each_article;
use super::reading::{ReadingArgs, warn_of_unmet};
use super::{Context, Exit};

/// What many programs write at the beginning of a text in UTF-8.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Arguments of `extract`.
#[derive(Args, Debug)]
#[command(after_help = "\
With `--jsonl`, every line {\"id\", \"text\"} (also \"title\", \"date\", \"lang\") gives
one line, in the same order:
  {\"type\":\"extraction\",\"id\",\"language\",
   \"mentions\":[{\"kind\",\"start\",\"end\",\"text\",\"entity\",\"name\"}],
   \"figures\":[{\"start\",\"end\",\"text\",\"kind\",\"low\",\"high\",\"unit\",\"noun\",
               \"bound\",\"change\"}],\"taggers\"}
Offsets are bytes of \"text\". A bad line gives {\"type\":\"error\",...} in its
place.")]
pub(crate) struct ExtractArgs {
    /// Files or folders; `-` reads one text from standard input.
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    files: Vec<PathBuf>,
    /// Read JSON Lines from standard input, write JSON Lines.
    #[arg(long, conflicts_with = "files")]
    jsonl: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(crate) fn run(args: &ExtractArgs, context: &Context) -> anyhow::Result<Exit> {
    let extractor = NewsExtractor::new();
    let limit_bytes = ReadConfig::default().max_article_bytes;
    let mut output = context.output();
    let n_failed = if args.jsonl {
        lines(&extractor, &mut io::stdin().lock(), limit_bytes, &mut output)?
    } else if args.files == [PathBuf::from("-")] {
        let mut bytes = Vec::new();
        io::stdin().lock().take(limit_bytes + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit_bytes {
            let message = format!("standard input has more than the {limit_bytes} bytes that one article may have");
            return Err(
                Advised { message, hint: "split it, or give each text as a line to `--jsonl`".to_owned() }.into()
            );
        }
        let body = decode(&bytes, None);
        one_text(&extractor, &body, context, &mut output)?
    } else {
        articles(args, &extractor, context, &mut output)?
    };
    output.flush()?;
    Ok(if n_failed == 0 { Exit::Success } else { Exit::Partial })
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default, alias = "language")]
    lang: Option<String>,
}

fn lines(
    extractor: &NewsExtractor,
    mut input: &mut dyn BufRead,
    limit_bytes: u64,
    output: &mut dyn Write,
) -> io::Result<u64> {
    let mut n_failed = 0;
    let mut bytes = Vec::new();
    for n_line in 1.. {
        bytes.clear();
        if (&mut input).take(limit_bytes + 1).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.len() as u64 > limit_bytes {
            if !bytes.ends_with(b"\n") {
                input.skip_until(b'\n')?;
            }
            n_failed += 1;
            let reason = format!("the line has more than the {limit_bytes} bytes that one article may have; split it");
            json::error(output, n_line, None, &reason)?;
            continue;
        }
        if n_line == 1 && bytes.starts_with(UTF8_MARK) {
            bytes.drain(..UTF8_MARK.len());
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line>(&bytes) {
            Ok(Line { id: serde_json::Value::Null, .. }) => {
                n_failed += 1;
                json::error(output, n_line, None, "the id is null; a text or a number was expected")?;
            }
            Ok(line) => {
                let id = line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned);
                let date = line.date.as_deref().and_then(parse_day).map(|date| date.first_day());
                let extraction = extractor.extract(Text {
                    title: line.title.as_deref().unwrap_or_default(),
                    body: &line.text,
                    language: line.lang.as_deref(),
                    date,
                });
                json::extraction(output, &id, &line.text, &extraction, taggers(extraction.language.as_deref()))?;
            }
            Err(error) => {
                n_failed += 1;
                let id = serde_json::from_slice::<serde_json::Value>(&bytes).ok();
                let id = id.as_ref().and_then(|value| value.get("id")).and_then(serde_json::Value::as_str);
                json::error(output, n_line, id, &error.to_string())?;
            }
        }
    }
    Ok(n_failed)
}

fn parse_day(text: &str) -> Option<dateline::article::PublicationDate> {
    parse_date(text, DayMonthOrder::default())
}

fn one_text(extractor: &NewsExtractor, body: &str, context: &Context, output: &mut dyn Write) -> io::Result<u64> {
    let extraction = extractor.extract(Text { body, ..Text::default() });
    let taggers = taggers(extraction.language.as_deref());
    if context.json() {
        json::extraction(output, "-", body, &extraction, taggers)?;
    } else {
        text::extraction(output, "", body, &extraction, taggers, context.theme())?;
    }
    Ok(0)
}

fn articles(
    args: &ExtractArgs,
    extractor: &NewsExtractor,
    context: &Context,
    output: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut n_failed = 0;
    let config = args.reading.config()?;
    for_each_article(&args.files, &config, &mut |outcome| match outcome {
        Ok(article) => {
            let extraction = extractor.extract(Text {
                title: &article.title,
                body: &article.body,
                language: article.language.as_deref(),
                date: article.date.map(|date| date.first_day()),
            });
            let taggers = taggers(extraction.language.as_deref());
            if context.json() {
                json::extraction(output, &article.origin.to_string(), &article.body, &extraction, taggers)
            } else {
                writeln!(output, "{}", for_terminal(&article.origin.to_string()))?;
                text::extraction(output, &article.title, &article.body, &extraction, taggers, context.theme())
            }
        }
        Err(rejected) => {
            n_failed += 1;
            let reason = rejected.reason.to_string();
            if context.json() {
                json::rejected(output, &rejected.origin, &reason)
            } else {
                context.say(text::rejected(&rejected.origin, &reason));
                Ok(())
            }
        }
    })?;
    warn_of_unmet(&config.columns, context);
    Ok(n_failed)
}
