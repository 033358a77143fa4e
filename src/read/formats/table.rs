//! Tables with a header: each row is a record, its columns known by their names.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;
use serde_json::{Map, Value};

use super::fields::{
    Fields, is_date_key, is_known_key, is_nothing, is_open_key, is_prose_key, joint_of, longest_of, mapped_key,
    plain_key, text_key, translate,
};
use super::{Emit, Records};
use crate::article::{Format, Origin};
use crate::read::date::{DayMonthOrder, begins_numeric, is_in_thai, parse_date};
use crate::read::decode::decode;
use crate::read::detect::{delimiter, extension};
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::{RawItem, ReadConfig};

/// Columns that are named where no column fits.
const MAX_COLUMNS_NAMED: usize = 12;

/// Reads a run of rows.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let joined = [&item.context.preamble, item.bytes.as_slice()].concat();
    let text = decode(&joined, None);
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or("");
    let mark = delimiter(header, &extension(&item.origin.path)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| name.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let mut keys: Vec<String> =
        columns.iter().map(|name| mapped_key(name, &config.columns).map_or(name.clone(), str::to_owned)).collect();
    let is_european = translate(&mut keys);
    if let Some(column) = text_column(&keys, &item.context.n_words) {
        text_key().clone_into(&mut keys[column]);
    }
    unite(&mut keys);
    let order = if is_european { DayMonthOrder::DayFirst } else { config.day_month_order };
    let orders = item.context.day_month_orders.clone();
    // Said once for the table, not for each row.
    if item.origin.record == Some(1)
        && let Some(reason) = lack_of_text(&columns, &keys, &item.context.n_words)
    {
        emit(Err(Rejected { origin: Origin { record: None, ..item.origin.clone() }, reason }));
    }
    if !has_text(&keys) {
        return;
    }
    let addresses: Vec<String> = keys.iter().filter(|key| may_be_address(key)).cloned().collect();
    let mut records = Records::new(item, None, emit);
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                records.reject(RejectReason::Damaged { detail: error.to_string() });
                continue;
            }
        };
        // Years of two digits mean others there than the column can tell.
        let is_thai =
            orders.iter().any(Option::is_some) && is_in_thai(row.iter().filter(|cell| !cell.starts_with("http")));
        let mut record = Map::new();
        let Cells { cells, n_surplus } = Cells::of(&row, &keys, mark);
        let cells = keys.iter().zip(&cells).enumerate();
        for (column, (key, cell)) in
            cells.filter(|(_, (key, cell))| !key.is_empty() && !cell.trim().is_empty() && !is_nothing(cell))
        {
            let settled = orders.get(column).copied().flatten();
            let settled = settled.filter(|_| !is_thai && is_date_key(key) && begins_numeric(cell));
            let date = settled.and_then(|order| parse_date(cell, order));
            let text = date.map_or_else(|| cell.clone().into_owned(), |date| date.to_string());
            match (record.get_mut(key), joint_of(key)) {
                (None, _) => {
                    record.insert(key.clone(), Value::String(text));
                }
                (Some(Value::String(first)), Some(joint)) if *first != text => *first += &format!("{joint}{text}"),
                _ => {}
            }
        }
        let fields = Fields::of(&record);
        if let Some(status) = fields.unpublished() {
            records.reject(RejectReason::Unpublished { status });
            continue;
        }
        let mut draft = fields.draft(order);
        fields.lead(&mut draft, order);
        if draft.body.is_empty() {
            draft.body.clone_from(&draft.title);
        }
        draft.url = draft.url.take().or_else(|| only_address(&addresses, &record));
        draft.body.truncate(furniture::trim_end(&draft.body).len());
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        let n_columns = keys.len();
        let surplus = RejectReason::SurplusCells { n_cells: n_columns + n_surplus, n_columns };
        let notice = (n_surplus > 0).then(|| Rejected { origin: origin.clone(), reason: surplus });
        records.push(draft.finish(origin, Format::Table));
        notice.into_iter().for_each(|notice| (records.emit)(Err(notice)));
    }
}

/// What stands under the columns of a table, and how many cells stand under none.
struct Cells<'r> {
    cells: Vec<Cow<'r, str>>,
    n_surplus: usize,
}

impl<'r> Cells<'r> {
    /// The cells of a row. Where prose stands in the last column that has a name, what lies behind it was cut off by
    /// marks in a text without quotation marks, and belongs to it.
    fn of(row: &'r StringRecord, keys: &[String], mark: u8) -> Self {
        let mut cells: Vec<Cow<'r, str>> = row.iter().map(Cow::Borrowed).collect();
        let n_filled = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let last = keys.iter().rposition(|key| !key.is_empty()).unwrap_or(0);
        if n_filled > last + 1 && keys.get(last).is_some_and(|key| is_prose_key(key)) {
            let whole = cells[last..n_filled].join(char::from(mark).encode_utf8(&mut [0; 4]));
            cells.truncate(last);
            cells.push(Cow::Owned(whole));
            return Self { cells, n_surplus: 0 };
        }
        Self { cells, n_surplus: n_filled.saturating_sub(keys.len()) }
    }
}

/// Writes names that differ in case and punctuation alone as the first of them is written.
fn unite(keys: &mut [String]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for key in keys.iter_mut().filter(|key| !plain_key(key).is_empty()) {
        let known = first.entry(plain_key(key)).or_insert_with(|| key.clone());
        key.clone_from(known);
    }
}

/// Whether some column holds text or at least headlines.
fn has_text(keys: &[String]) -> bool {
    let record = header(keys);
    let fields = Fields::of(&record);
    fields.has_text() || fields.has_title()
}

/// The header as a record in which something stands under each name.
fn header(keys: &[String]) -> Map<String, Value> {
    keys.iter().map(|key| (key.clone(), Value::String("x".to_owned()))).collect()
}

/// The column that holds the texts of a table of news, where none has a known name for it: the one with the longest
/// prose. `n_words` are the words in the middle one of each column's first cells.
fn text_column(keys: &[String], n_words: &[usize]) -> Option<usize> {
    let record = header(keys);
    let fields = Fields::of(&record);
    if fields.has_text() || !(fields.is_titled() || fields.is_dated()) {
        return None;
    }
    let columns = || keys.iter().zip(n_words.iter().copied()).enumerate();
    let n_words_above = columns().filter(|(_, (key, _))| is_prose_key(key)).map(|(_, (_, n_words))| n_words).max();
    let open = columns().filter(|(_, (key, _))| !key.is_empty() && is_open_key(&plain_key(key)));
    longest_of(open.map(|(at, (_, n_words))| (at, n_words)), n_words_above.unwrap_or(0))
}

/// What is to be said of a table in which no column has text: nothing where all that might be one are known for
/// something else.
fn lack_of_text(columns: &[String], keys: &[String], n_words: &[usize]) -> Option<RejectReason> {
    let record = header(keys);
    let fields = Fields::of(&record);
    let may_be_text = || {
        let mut open = keys.iter().zip(n_words).filter(|(key, _)| !key.is_empty() && is_open_key(&plain_key(key)));
        open.any(|(_, &n_words)| n_words > 1)
    };
    if fields.has_text() || fields.knows_text() || fields.has_title() && !may_be_text() {
        return None;
    }
    let mut named: Vec<String> = columns.iter().take(MAX_COLUMNS_NAMED).map(|name| format!("`{name}`")).collect();
    if columns.len() > MAX_COLUMNS_NAMED {
        named.push("others".to_owned());
    }
    let columns = named.join(", ");
    Some(if fields.has_title() {
        RejectReason::HeadlinesAlone { columns }
    } else {
        RejectReason::NoTextColumn { columns }
    })
}

/// Parts of the names of columns whose addresses are not those of articles.
const OTHER_ADDRESSES: [&str; 20] = [
    "image", "img", "photo", "pic", "thumb", "logo", "avatar", "icon", "video", "audio", "media", "feed", "rss",
    "author", "home", "site", "domain", "amp", "comment", "parent",
];

/// Whether the addresses in a column that is not known may be those of articles.
fn may_be_address(key: &str) -> bool {
    let key = plain_key(key);
    !key.is_empty() && !is_known_key(&key) && !OTHER_ADDRESSES.iter().any(|part| key.contains(part))
}

/// The address in one of these columns, where there is one only.
fn only_address(columns: &[String], record: &Map<String, Value>) -> Option<String> {
    let texts = columns.iter().filter_map(|key| record.get(key)?.as_str());
    let mut addresses = texts.map(str::trim).filter(|text| is_page(text));
    let first = addresses.next()?;
    addresses.all(|other| other == first).then(|| first.to_owned())
}

/// Whether a text is the address of a page, and not of a site.
fn is_page(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.and_then(|rest| rest.split_once('/'))
        .is_some_and(|(host, page)| host.contains('.') && !page.is_empty() && !page.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use crate::read::parse_bytes;

    /// For each article title, date, authors, source, address and text; for each reject its reason.
    fn read(table: &str) -> Vec<String> {
        let shown = |result| match result {
            Ok(article) => {
                let article: crate::article::Article = article;
                let date = article.date.map(|date| date.to_string()).unwrap_or_default();
                let [source, url] = [article.source, article.url].map(Option::unwrap_or_default);
                let body = article.body.replace("\n\n", "¶");
                format!("{} / {date} / {} / {source} / {url} / {body}", article.title, article.authors.join(" & "))
            }
            Err(rejected) => {
                let rejected: crate::read::Rejected = rejected;
                format!("! {}", rejected.reason)
            }
        };
        parse_bytes("a.csv", table.as_bytes()).into_iter().map(shown).collect()
    }

    #[track_caller]
    fn check(table: &str, expected: &[&str]) {
        assert_eq!(read(table), expected);
    }

    #[test]
    fn names_of_two_words_are_known() {
        for column in ["article_content", "news_content", "cleaned_text", "post content", "text_body", "Hlead", "tweet"]
        {
            check(
                &format!("title,date,{column}\nFerry sinks,2024-03-04,All were saved.\n"),
                &["Ferry sinks / 2024-03-04 /  /  /  / All were saved."],
            );
        }
        check(
            "post_title,post_date,post_author,post_content,post_url\nFerry sinks,2024-03-04,Ann Fox,Saved.,https://paper.example/ferry\n",
            &["Ferry sinks / 2024-03-04 / Ann Fox /  / https://paper.example/ferry / Saved."],
        );
        // What has a known name itself goes first.
        check("title,raw_text,text\nFerry sinks,FERRY SINKS,Saved.\n", &["Ferry sinks /  /  /  /  / Saved."]);
    }

    #[test]
    fn the_column_with_the_longest_prose_is_the_text() {
        check(
            "title,date,artikel_de,place\nFerry sinks,2024-03-04,The ferry Alba sank off Ness on Monday.,Ness\nRain,2024-03-05,Wet.,Kirkholm\n\
             Dam holds,2024-03-06,The dam at Larkwick held through the night.,Larkwick\n",
            &[
                "Ferry sinks / 2024-03-04 /  /  /  / The ferry Alba sank off Ness on Monday.",
                "Rain / 2024-03-05 /  /  /  / Wet.",
                "Dam holds / 2024-03-06 /  /  /  / The dam at Larkwick held through the night.",
            ],
        );
    }

    #[test]
    fn headlines_alone_are_said_once_where_a_column_may_be_text() {
        let notice = "! no column is called text, body or content, so that headlines alone were read; it has `title`, \
                      `date`, `x`; name one with `--map text=COLUMN`";
        check(
            "title,date,x\nFerry sinks,2024-03-04,off Ness\nRain falls,2024-03-05,in Kirkholm\n",
            &[
                notice,
                "Ferry sinks / 2024-03-04 /  /  /  / Ferry sinks",
                "Rain falls / 2024-03-05 /  /  /  / Rain falls",
            ],
        );
        check(
            "title,date,url\nFerry sinks,2024-03-04,https://paper.example/1\n",
            &["Ferry sinks / 2024-03-04 /  /  / https://paper.example/1 / Ferry sinks"],
        );
    }

    #[test]
    fn lead_paragraphs_and_subtitles_stand_before_the_text() {
        check(
            "Headline,Publication Date,Publication Time,Lead Paragraph,Body,Accession Number\n\
             Ferry sinks,4 March 2024,18:15,All were saved.,The ferry sank off Ness.,EXAM1\n",
            &["Ferry sinks / 2024-03-04T18:15:00 /  /  /  / All were saved.¶The ferry sank off Ness."],
        );
        check(
            "kicker,title,subtitle,dateline,text\nAt sea,Ferry sinks,All were saved,NESS,The ferry sank.\n",
            &["Ferry sinks /  /  /  /  / At sea¶All were saved¶NESS — The ferry sank."],
        );
    }

    #[test]
    fn lists_of_programs_are_lists_and_their_nothing_is_nothing() {
        check(
            "title,authors,source,text\nA,\"['Ann Fox', 'Bob Gray']\",nan,x y\nB,nan,Harbour Times,x y\nC,Ann Fox | Bob Gray,,x y\n\
             D,\"Patel, Priya; Jones, Tom\",,x y\n",
            &[
                "A /  / Ann Fox & Bob Gray /  /  / x y",
                "B /  /  / Harbour Times /  / x y",
                "C /  / Ann Fox & Bob Gray /  /  / x y",
                "D /  / Priya Patel & Tom Jones /  /  / x y",
            ],
        );
    }

    #[test]
    fn columns_of_well_known_exports_are_known() {
        check(
            "Title,pubtitle,entrydate,author_name,DocumentURL,StoreId,text\nA,Harbour Times,2024-03-04,Ann Fox,https://archive.example/1,1,x y\n",
            &["A / 2024-03-04 / Ann Fox / Harbour Times / https://archive.example/1 / x y"],
        );
        check(
            "Titel;Medium;Datum;Text\nFähre sinkt;Hafenbote;04.03.2024;Alle sind gerettet.\n",
            &["Fähre sinkt / 2024-03-04 /  / Hafenbote /  / Alle sind gerettet."],
        );
        // An address is told by its looks, but for those of pictures and sites.
        check(
            "title,where,image,site_page,text\nA,https://paper.example/1,https://paper.example/1.png,https://paper.example/,x y\n",
            &["A /  /  /  / https://paper.example/1 / x y"],
        );
    }
}
