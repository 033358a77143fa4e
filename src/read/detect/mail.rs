//! Mail, told by its lines of `Key: value`.

/// Headers stand within so many lines.
const MAX_HEADER_LINES: usize = 80;

/// Whether a text is a message: a block of headers, some of which nothing else has. Where the name
/// promises a message, any two will do.
pub(super) fn is_message(text: &str, is_promised: bool) -> bool {
    let (n_mail, n_any) = n_headers(text);
    (n_mail >= 1 && n_mail + n_any >= 3) || (is_promised && n_mail + n_any >= 2) || is_page_in_parts(text)
}

/// What programs save as a page in one file may have no more than these two headers on top.
fn is_page_in_parts(text: &str) -> bool {
    let starts = |line: &str, key: &str| line.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
    let mut headers = text.lines().take_while(|line| !line.trim().is_empty()).take(MAX_HEADER_LINES);
    headers.next().is_some_and(|line| starts(line, "mime-version:"))
        && headers.any(|line| {
            starts(line, "content-type:") && ["multipart/related", "text/html"].iter().any(|kind| line.contains(kind))
        })
}

/// Whether a text is a mailbox: a line `From someone Thu Nov 26 10:00:00 2026`, and headers below it.
pub(super) fn is_mailbox(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let has_year =
        || first.split(' ').any(|word| word.len() == 4 && word.trim_end().bytes().all(|b| b.is_ascii_digit()));
    let is_separator = first.starts_with("From ") && (has_year() || first.contains('@'));
    let (n_mail, n_any) = n_headers(rest);
    is_separator && n_mail + n_any >= 2
}

/// Headers that only mail has, and headers that other texts have too.
fn n_headers(text: &str) -> (usize, usize) {
    let headers = text.lines().take_while(|line| !line.trim().is_empty()).take(MAX_HEADER_LINES);
    let (mut n_mail, mut n_any) = (0, 0);
    for line in headers {
        let Some((key, _)) = line.split_once(':') else { continue };
        match key.to_ascii_lowercase().as_str() {
            "message-id"
            | "received"
            | "return-path"
            | "mime-version"
            | "delivered-to"
            | "x-mailer"
            | "content-type"
            | "content-transfer-encoding"
            | "list-id"
            | "dkim-signature" => n_mail += 1,
            "from" | "to" | "subject" | "date" => n_any += 1,
            _ => {}
        }
    }
    (n_mail, n_any)
}
