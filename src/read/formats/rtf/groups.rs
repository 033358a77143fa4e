//! What each group of a file is for: text of the document, a fact about it, or nothing that is read.

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The document.
    Body,
    /// Nowhere: pictures, headers, notes, lists of colours.
    Nowhere,
    /// The list of fonts, for their character sets.
    Fonts,
    /// The list of styles, for those of headings.
    Styles,
    /// Facts about the document; the group itself has no text.
    Facts,
    /// One of them.
    Fact(Fact),
    /// The parts of a date among the facts.
    Created,
}

/// What a document says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Title,
    Author,
    Subject,
    Category,
    Keywords,
}

/// Where the text of a group goes that begins with this word; `None` for words that begin none.
pub(super) fn of_word(name: &str, outer: Destination) -> Option<Destination> {
    if outer == Destination::Facts {
        let fact = match name {
            "title" => Fact::Title,
            "author" => Fact::Author,
            "subject" => Fact::Subject,
            "category" => Fact::Category,
            "keywords" => Fact::Keywords,
            "creatim" => return Some(Destination::Created),
            _ => return None,
        };
        return Some(Destination::Fact(fact));
    }
    match name {
        "fonttbl" => Some(Destination::Fonts),
        "stylesheet" => Some(Destination::Styles),
        "info" => Some(Destination::Facts),
        _ if NOT_READ.binary_search(&name).is_ok() => Some(Destination::Nowhere),
        _ => None,
    }
}

/// Groups marked as "skip this if you do not know it" that hold text of the document: boxes.
pub(super) fn is_read_though_marked(name: &str) -> bool {
    matches!(name, "shpinst" | "ud")
}

/// Words that begin a group without text of the document, in their order.
const NOT_READ: [&str; 54] = [
    "aftncn",
    "aftnsep",
    "aftnsepc",
    "annotation",
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "atnref",
    "atntime",
    "atrfend",
    "atrfstart",
    "author",
    "background",
    "bkmkend",
    "bkmkstart",
    "buptim",
    "colortbl",
    "comment",
    "creatim",
    "datafield",
    "do",
    "docvar",
    "falt",
    "filetbl",
    "fldinst",
    "fontemb",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "formfield",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "listtext",
    "nonesttables",
    "nonshppict",
    "object",
    "operator",
    "pict",
    "pntext",
    "revtbl",
    "shprslt",
    "sp",
    "tc",
    "template",
    "txe",
    "xe",
];

/// Words that stand for a character.
pub(super) fn character(name: &str) -> Option<&'static str> {
    Some(match name {
        "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "line" | "lbr" => "\n",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(NOT_READ.is_sorted());
        assert_eq!(of_word("pict", Destination::Body), Some(Destination::Nowhere));
        assert_eq!(of_word("title", Destination::Facts), Some(Destination::Fact(Fact::Title)));
        assert_eq!(of_word("title", Destination::Body), None);
        assert_eq!(of_word("par", Destination::Body), None);
    }
}
