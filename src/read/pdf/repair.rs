//! A new table of objects for a file whose own is lost, as in one that is cut off.

use std::fmt::Write as _;

use pdf_extract::{Dictionary, Document, Object, ObjectId, dictionary};

/// More objects than any paper has.
const MAX_OBJECTS: usize = 1_000_000;

/// Loads what stands whole in a file. `None` when that is no page, or when it is locked: the key stood in the
/// table.
pub(super) fn with_new_table(bytes: &[u8]) -> Option<Document> {
    let found = objects(bytes);
    if found.is_empty() || places(bytes, b"/Encrypt").next().is_some() {
        return None;
    }
    let mut file = bytes.to_vec();
    file.push(b'\n');
    let (mut table, start) = (String::from("xref\n"), file.len());
    for (number, place) in &found {
        write!(table, "{number} 1\n{place:010} 00000 n \n").ok()?;
    }
    let size = found.iter().map(|&(number, _)| number + 1).max()?;
    write!(table, "trailer\n<< /Size {size} /Root 0 0 R >>\nstartxref\n{start}\n%%EOF\n").ok()?;
    file.extend_from_slice(table.as_bytes());
    let mut document = Document::load_mem(&file).ok()?;
    let root = catalog(&mut document)?;
    document.trailer.set("Root", root);
    if let Some(info) = of_members(&document, &[b"CreationDate", b"Producer"]) {
        document.trailer.set("Info", info);
    }
    (!document.get_pages().is_empty()).then_some(document)
}

/// Numbers of objects and where each begins, `12 0 obj`; the last of a number counts, as it replaces those before.
fn objects(bytes: &[u8]) -> Vec<(u32, usize)> {
    let mut found = std::collections::BTreeMap::new();
    for end in places(bytes, b" obj") {
        let digits = |end: usize| end - bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let generation = digits(end);
        let Some(space) = generation.checked_sub(1).filter(|&at| generation < end && bytes[at] == b' ') else {
            continue;
        };
        let number = digits(space);
        let read = std::str::from_utf8(&bytes[number..space]).ok().and_then(|digits| digits.parse().ok());
        if let Some(value) = read.filter(|&value: &u32| (value as usize) < MAX_OBJECTS) {
            found.insert(value, number);
        }
    }
    found.into_iter().collect()
}

fn places<'a>(bytes: &'a [u8], what: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(what.len()).enumerate().filter(move |(_, window)| *window == what).map(|(at, _)| at)
}

/// The root of a document: its own, or a new one over all pages in the order of their numbers.
fn catalog(document: &mut Document) -> Option<ObjectId> {
    let own = document.objects.iter().rev().find(|(_, object)| is_type(object, b"Catalog")).map(|(&id, _)| id);
    if let Some(own) = own {
        document.trailer.set("Root", own);
        if !document.get_pages().is_empty() {
            return Some(own);
        }
    }
    let kids = document.objects.iter().filter(|(_, object)| is_type(object, b"Page"));
    let kids: Vec<Object> = kids.map(|(&id, _)| Object::Reference(id)).collect();
    if kids.is_empty() {
        return None;
    }
    let count = i64::try_from(kids.len()).ok()?;
    document.max_id = document.objects.keys().map(|&(number, _)| number).max()?;
    let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    Some(document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages }))
}

fn is_type(object: &Object, name: &[u8]) -> bool {
    object.as_dict().is_ok_and(|members| members.has_type(name))
}

/// The dictionary that has these members.
fn of_members(document: &Document, names: &[&[u8]]) -> Option<ObjectId> {
    let has_all = |members: &Dictionary| names.iter().all(|name| members.has(name));
    document.objects.iter().find(|(_, object)| object.as_dict().is_ok_and(has_all)).map(|(&id, _)| id)
}
