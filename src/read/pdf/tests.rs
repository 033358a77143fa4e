//! Pages laid out as print lays them out, letter by letter.

use proptest::prelude::*;

use super::*;

/// Width of every letter, as a share of the size.
const WIDTH: f32 = 0.5;

/// Letters of a line that begins at `x` on the baseline `y`; words are set apart without letters for spaces.
fn print(page: &mut Vec<Glyph>, x: f32, y: f32, size: f32, text: &str) {
    let mut at = x;
    for c in text.chars() {
        if c != ' ' {
            page.push(Glyph { x: at, y, width: WIDTH * size, size, turn: 0, text: c.to_string() });
        }
        at += WIDTH * size;
    }
}

fn print_lines(page: &mut Vec<Glyph>, x: f32, y: f32, lines: &[&str]) {
    for (line, at) in lines.iter().zip(0_u8..) {
        print(page, x, y + 12.0 * f32::from(at), 10.0, line);
    }
}

/// Words of a line spread over a width, as in a line that is filled to both edges.
fn print_filled(page: &mut Vec<Glyph>, x: f32, y: f32, width: f32, text: &str) {
    let words: Vec<&str> = text.split(' ').collect();
    let letters = 10.0 * WIDTH * words.iter().map(|word| word.len()).sum::<usize>() as f32;
    let space = (width - letters) / words.len().saturating_sub(1).max(1) as f32;
    let mut at = x;
    for word in words {
        print(page, at, y, 10.0, word);
        at += 10.0 * WIDTH * word.len() as f32 + space;
    }
}

#[track_caller]
fn check(pages: &[Vec<Glyph>], title: &str, paragraphs: &[&str]) {
    let (found, text, _) = text_of(pages, "");
    assert_eq!(found, title);
    assert_eq!(text.split("\n\n").collect::<Vec<_>>(), paragraphs);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 80.0, 24.0, "Ferry to the isles is back");
    // Baselines of both columns are the same, as print has them, and the gutter is as wide as a letter or two.
    print_lines(
        &mut page,
        50.0,
        120.0,
        &["The ferry sailed at six.", "Forty people were on it,", "and two lorries. It had"],
    );
    print_lines(
        &mut page,
        182.0,
        120.0,
        &["lain in harbour since the", "storm of last week, which", "broke its rudder."],
    );
    check(
        &[page],
        "Ferry to the isles is back",
        &["The ferry sailed at six. Forty people were on it, and two lorries. It had lain in harbour since the storm \
           of last week, which broke its rudder."],
    );
}

/// Spaces are 10 to 30 points wide, the gutter 9.
const FILLED: [(&str, &str); 6] = [
    ("The ferry sailed", "had broken its"),
    ("at six in the", "rudder. The storm"),
    ("morning with 40", "of last week had"),
    ("passengers and", "cost the owners a"),
    ("two lorries", "million, said the"),
    ("on board. It", "director, Olaf."),
];

fn print_filled_columns(page: &mut Vec<Glyph>, y: f32) {
    for ((left, right), at) in FILLED.iter().zip(0_u8..) {
        print_filled(page, 50.0, y + 11.0 * f32::from(at), 95.0, left);
        print_filled(page, 154.0, y + 11.0 * f32::from(at), 95.0, right);
    }
}

fn filled_text() -> String {
    let (left, right): (Vec<&str>, Vec<&str>) = FILLED.into_iter().unzip();
    [left, right].concat().join(" ")
}

#[test]
fn a_gutter_may_be_narrower_than_spaces() {
    let mut page = Vec::new();
    print_filled_columns(&mut page, 100.0);
    check(&[page.clone()], "", &[&filled_text()]);
    // In which order they were printed says nothing.
    page.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    check(&[page], "", &[&filled_text()]);
}

#[test]
fn spaces_of_one_line_are_no_gutter() {
    let mut page = Vec::new();
    let lines = [
        "The ferry sailed at six in",
        "Transport ministers",
        "said on Monday that nobody",
        "saw it in the storm at sea",
    ];
    for (line, at) in lines.iter().zip(0_u8..) {
        print_filled(&mut page, 50.0, 100.0 + 11.0 * f32::from(at), 140.0, line);
    }
    check(&[page], "", &[&lines.join(" ")]);
}

#[test]
fn a_gutter_goes_on_where_baselines_differ() {
    let mut page = Vec::new();
    print_filled_columns(&mut page, 100.0);
    page.iter_mut().filter(|glyph| glyph.x > 150.0).for_each(|glyph| glyph.y += 5.0);
    check(&[page], "", &[&filled_text()]);
}

/// Headlines are seldom as wide as the columns below them.
#[test]
fn columns_belong_to_the_headline_above_or_on_their_left() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 80.0, 22.0, "Ferry lost");
    print_filled_columns(&mut page, 110.0);
    print(&mut page, 50.0, 200.0, 20.0, "Mayor won");
    print_filled_columns(&mut page, 230.0);
    print(&mut page, 258.0, 80.0, 16.0, "Rain came");
    for (at, (line, _)) in FILLED.iter().cycle().take(18).enumerate() {
        print_filled(&mut page, 258.0, 110.0 + 11.0 * at as f32, 95.0, line);
    }
    let rain = FILLED.iter().cycle().take(18).map(|(line, _)| *line).collect::<Vec<_>>().join(" ");
    check(&[page], "Ferry lost", &[&filled_text(), "Mayor won", &filled_text(), "Rain came", &rain]);
}

/// The first column of the upper story breaks off above the lower one.
#[test]
fn a_story_at_the_foot_of_a_column_comes_after_the_one_around_it() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 80.0, 24.0, "Ferry to isles");
    print_lines(&mut page, 50.0, 110.0, &["It sailed at six, and", "forty people were on", "board when it left the"]);
    print(&mut page, 50.0, 175.0, 16.0, "Mayor won");
    print_lines(&mut page, 50.0, 200.0, &["She has two more years", "in office, it was said."]);
    print_lines(
        &mut page,
        180.0,
        110.0,
        &["harbour of the town for", "the isles, as it has for", "more than forty years,"],
    );
    print_lines(
        &mut page,
        180.0,
        146.0,
        &[
            "in rain and in sun, and",
            "in every storm but one",
            "that nobody forgets in",
            "the town, where it is",
            "told to this day and",
            "will be told again.",
        ],
    );
    let (title, text, _) = text_of(&[page], "");
    assert_eq!(title, "Ferry to isles");
    assert!(text.contains("when it left the harbour of the town"), "{text}");
    assert!(text.contains("will be told again.\n\nMayor won\n\nShe has two"), "{text}");
}

#[test]
fn tables_are_read_row_by_row() {
    let mut page = Vec::new();
    print_lines(&mut page, 50.0, 100.0, &["These are the ferries that sailed for the isles in the last year:"]);
    print_lines(&mut page, 50.0, 130.0, &["Port", "Kirkholm", "Sund", "Norrvik"]);
    print_lines(&mut page, 150.0, 130.0, &["Ferries", "1,204", "87", "3,310"]);
    print_lines(&mut page, 250.0, 130.0, &["People", "40,100", "2,011", "9,520"]);
    let rows = ["Port | Ferries | People", "Kirkholm | 1,204 | 40,100", "Sund | 87 | 2,011", "Norrvik | 3,310 | 9,520"];
    let above = "These are the ferries that sailed for the isles in the last year:";
    check(&[page], "", &[above, rows[0], rows[1], rows[2], rows[3]]);
}

#[test]
fn marks_of_items_stay_with_them() {
    let mut page = Vec::new();
    for (at, mark) in ["1.", "2.", "3."].iter().enumerate() {
        let y = 100.0 + 30.0 * at as f32;
        print(&mut page, 50.0, y, 10.0, mark);
        print_lines(&mut page, 80.0, y, &["The ferry sails at six in the", "morning from the new harbour."]);
    }
    let item = "The ferry sails at six in the morning from the new harbour.";
    check(&[page], "", &[&format!("1. {item}"), &format!("2. {item}"), &format!("3. {item}")]);
}

#[test]
fn pages_that_run_to_the_left_are_read_so() {
    let mut page = Vec::new();
    for (line, at) in ["אבג דהו 12.5 זחט", "יכל Olaf Brandt מנס"].iter().zip(0_u8..) {
        // Letters from right to left, names and figures in them from left to right.
        let shown: Vec<char> = line.chars().rev().collect();
        let turned = shown.split(|c| *c == ' ').map(|word| {
            let word: String = word.iter().collect();
            if word.is_ascii() { word.chars().rev().collect() } else { word }
        });
        let mut words: Vec<String> = turned.collect();
        if let Some(name) = words.iter().position(|word| word == "Brandt") {
            words.swap(name, name + 1);
        }
        print(&mut page, 50.0, 100.0 + 12.0 * f32::from(at), 10.0, &words.join(" "));
    }
    check(&[page], "", &["אבג דהו 12.5 זחט יכל Olaf Brandt מנס"]);
}

#[test]
fn stories_below_each_other_are_not_mixed() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 80.0, 20.0, "Ferry to the isles is back");
    print_lines(&mut page, 50.0, 110.0, &["Upper left one.", "Upper left two."]);
    print_lines(&mut page, 200.0, 110.0, &["Upper right one.", "Upper right two."]);
    print(&mut page, 50.0, 170.0, 16.0, "Mayor opens a new bridge over the bay");
    print_lines(&mut page, 50.0, 200.0, &["Lower left one.", "Lower left two."]);
    print_lines(&mut page, 200.0, 200.0, &["Lower right one.", "Lower right two."]);
    check(
        &[page],
        "Ferry to the isles is back",
        &[
            "Upper left one. Upper left two.",
            "Upper right one. Upper right two.",
            "Mayor opens a new bridge over the bay",
            "Lower left one. Lower left two.",
            "Lower right one. Lower right two.",
        ],
    );
}

#[test]
fn the_row_on_top_is_read_first() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 40.0, 8.0, "Harbour News");
    print(&mut page, 250.0, 40.0, 8.0, "3 May 2024");
    print(&mut page, 50.0, 80.0, 18.0, "Ferry is back at sea");
    print_lines(&mut page, 50.0, 120.0, &["Left one is here.", "Left two is here."]);
    print_lines(&mut page, 250.0, 120.0, &["Right one is here.", "Right two is here."]);
    let rest = ["Left one is here. Left two is here.", "Right one is here. Right two is here."];
    check(&[page], "Ferry is back at sea", &["Harbour News", "3 May 2024", rest[0], rest[1]]);
}

#[test]
fn short_titles_are_titles_and_names_of_papers_are_not() {
    let print_page = |large: &str, size: f32, other: &str, other_size: f32| {
        let mut page = Vec::new();
        print(&mut page, 50.0, 60.0, size, large);
        print(&mut page, 50.0, 110.0, other_size, other);
        print_lines(
            &mut page,
            50.0,
            150.0,
            &["The ferry sailed at six in the morning.", "Forty people were on it, no more."],
        );
        text_of(&[page], "").0
    };
    assert_eq!(print_page("Ferry report", 25.0, "Written by the harbour office", 14.0), "Ferry report");
    assert_eq!(print_page("Harbour News", 40.0, "Ferry sails to the isles", 20.0), "Ferry sails to the isles");
}

#[test]
fn divided_words_are_whole_again_over_columns_and_pages() {
    let mut pages = [Vec::new(), Vec::new()];
    print_lines(&mut pages[0], 50.0, 100.0, &["The govern-", "ment fell over the har-"]);
    print_lines(&mut pages[1], 50.0, 100.0, &["bour, as the Anglo-", "Irish deal did."]);
    check(&pages, "", &["The government fell over the harbour, as the Anglo-Irish deal did."]);
}

#[test]
fn paragraphs_begin_with_an_indent_or_a_gap() {
    let mut page = Vec::new();
    print_lines(
        &mut page,
        50.0,
        100.0,
        &["It rained for a whole day and a night,", "and then it stopped raining on the town"],
    );
    print(&mut page, 62.0, 124.0, 10.0, "Nobody was hurt, said the mayor, but");
    print(&mut page, 50.0, 136.0, 10.0, "the cellars of the town are all wet.");
    print(&mut page, 50.0, 154.0, 10.0, "The fire brigade came from three towns");
    print(&mut page, 50.0, 166.0, 10.0, "and was at work until the morning.");
    check(
        &[page],
        "",
        &[
            "It rained for a whole day and a night, and then it stopped raining on the town",
            "Nobody was hurt, said the mayor, but the cellars of the town are all wet.",
            "The fire brigade came from three towns and was at work until the morning.",
        ],
    );
}

#[test]
fn running_heads_and_page_numbers_go() {
    let mut pages: Vec<Vec<Glyph>> = Vec::new();
    for (number, text) in ["Rain fell in May.", "It fell in June.", "It fell in July."].iter().enumerate() {
        let mut page = Vec::new();
        print(&mut page, 50.0, 30.0, 8.0, &format!("Harbour News, issue {number}"));
        print(&mut page, 50.0, 300.0, 10.0, text);
        print(&mut page, 200.0, 780.0, 8.0, &format!("Page {} of 3", number + 1));
        pages.push(page);
    }
    check(&pages, "", &["Rain fell in May.", "It fell in June.", "It fell in July."]);
}

#[test]
fn what_two_pages_share_stays() {
    let mut pages = [Vec::new(), Vec::new()];
    for page in &mut pages {
        print(page, 50.0, 30.0, 10.0, "Harbour News.");
        print(page, 50.0, 300.0, 10.0, "Rain fell.");
    }
    check(&pages, "", &["Harbour News.", "Rain fell.", "Harbour News.", "Rain fell."]);
}

#[test]
fn first_letters_stand_before_their_word() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 124.0, 36.0, "T");
    print(&mut page, 69.0, 100.0, 10.0, "he ferry sailed at");
    print(&mut page, 69.0, 112.0, 10.0, "six in the morning");
    print(&mut page, 69.0, 124.0, 10.0, "with forty people.");
    check(&[page], "", &["The ferry sailed at six in the morning with forty people."]);
}

#[test]
fn bold_by_printing_twice_is_read_once() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 100.0, 10.0, "Rain fell.");
    print(&mut page, 50.3, 100.0, 10.0, "Rain fell.");
    check(&[page], "", &["Rain fell."]);
}

#[test]
fn turned_text_comes_last_and_turned_pages_are_read() {
    let turned =
        |page: &[Glyph]| -> Vec<Glyph> { page.iter().map(|glyph| Glyph { turn: 1, ..glyph.clone() }).collect() };
    let (mut upright, mut aside) = (Vec::new(), Vec::new());
    print(&mut upright, 50.0, 100.0, 10.0, "Rain fell on the town.");
    print(&mut aside, 10.0, 20.0, 10.0, "Photo: our own");
    check(&[turned(&upright)], "", &["Rain fell on the town."]);
    check(&[[turned(&aside), upright].concat()], "", &["Rain fell on the town.", "Photo: our own"]);
}

#[test]
fn what_is_declared_counts_where_it_is_printed() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 50.0, 30.0, "The Daily Harbour of the Isles");
    print(&mut page, 50.0, 90.0, 20.0, "Ferry is back");
    print_lines(
        &mut page,
        50.0,
        120.0,
        &["The ferry sailed at six in the morning.", "Forty people were on it, no more."],
    );
    let (title, text, _) = text_of(&[page], "Ferry  is back");
    assert_eq!(title, "Ferry is back");
    assert!(text.starts_with("The Daily Harbour of the Isles\n\nThe ferry"), "{text}");

    let mut page = Vec::new();
    print(&mut page, 50.0, 90.0, 10.0, "Rain fell.");
    for (declared, title) in [("Rain in May", "Rain in May"), ("scan_0012", ""), ("story.indd", ""), ("Untitled", "")] {
        assert_eq!(text_of(&[page.clone()], declared), (title.to_owned(), "Rain fell.".to_owned(), None));
    }
}

#[test]
fn bound_letters_are_parted() {
    let glyph = |x, text: &str| Glyph { x, y: 0.0, width: 5.0, size: 10.0, turn: 0, text: text.into() };
    let page = vec![glyph(0.0, "of"), glyph(5.0, "\u{fb01}"), glyph(10.0, "ce")];
    check(&[page], "", &["office"]);
}

proptest! {
    #[test]
    fn no_letter_is_lost_or_made(
        glyphs in prop::collection::vec(
            (-50.0_f32..600.0, -50.0_f32..900.0, 0.0_f32..20.0, 0.1_f32..60.0, 0..4_u8, "[a-zA-Z]{1,2}"), 0..120,
        ),
    ) {
        let page: Vec<Glyph> = glyphs
            .into_iter()
            .map(|(x, y, width, size, turn, text)| Glyph { x, y, width, size, turn, text })
            .collect();
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
            letters.sort_unstable();
            letters
        };
        let printed: String = page.iter().map(|glyph| glyph.text.as_str()).collect();
        let (title, text, _) = text_of(&[page], "");
        let (printed, read) = (letters(&printed), letters(&(title + &text)));
        // Letters printed twice in one place are read once; nothing else changes.
        prop_assert!(read.len() <= printed.len());
        let mut printed = printed.into_iter();
        prop_assert!(read.iter().all(|c| printed.any(|other| other == *c)));
    }

    #[test]
    fn any_numbers_are_survived(
        values in prop::collection::vec((any::<f32>(), any::<f32>(), any::<f32>(), any::<f32>()), 0..60),
    ) {
        let finite = values.into_iter().filter(|(x, y, width, size)| {
            [x, y, width, size].iter().all(|value| value.is_finite()) && *size > 0.0
        });
        let page: Vec<Glyph> = finite
            .map(|(x, y, width, size)| Glyph { x, y, width, size, turn: 0, text: "a".into() })
            .collect();
        text_of(&[page.clone(), page], "a");
    }
}

/// One page, as browsers print it: day, title, address and number around it are no text.
#[test]
fn what_a_browser_prints_around_a_page_goes() {
    let print_page = |top: &str, bottom: &str| {
        let mut page = Vec::new();
        print(&mut page, 20.0, 15.0, 8.0, top);
        print(&mut page, 250.0, 15.0, 8.0, "Ferry to the isles is back | The Paper");
        print(&mut page, 50.0, 80.0, 24.0, "Ferry to the isles is back");
        print_lines(&mut page, 50.0, 120.0, &["The ferry sailed at six.", "Forty people were on it."]);
        print(&mut page, 20.0, 780.0, 8.0, bottom);
        print(&mut page, 500.0, 780.0, 8.0, "1/1");
        text_of(&[page], "Ferry to the isles is back | The Paper")
    };
    let title = "Ferry to the isles is back".to_owned();
    let text = "The ferry sailed at six. Forty people were on it.".to_owned();
    let url = Some("https://paper.example/ferry".to_owned());
    assert_eq!(print_page("3/5/24, 4:12 PM", "https://paper.example/ferry"), (title.clone(), text.clone(), url));
    assert_eq!(print_page("05.03.2024, 16:12", "file:///home/a.html"), (title, text, None));
}

/// The last line of a release may be an address; alone it is text.
#[test]
fn an_address_alone_at_the_edge_is_text() {
    let mut page = Vec::new();
    print(&mut page, 50.0, 80.0, 24.0, "Ferry to the isles is back");
    print_lines(&mut page, 50.0, 120.0, &["The ferry sailed at six.", "https://port.example/ferry"]);
    let (title, text, url) = text_of(&[page], "Ferry to the isles is back");
    assert_eq!(title, "Ferry to the isles is back");
    assert!(text.contains("https://port.example/ferry"), "{text}");
    assert_eq!(url, None);
}
