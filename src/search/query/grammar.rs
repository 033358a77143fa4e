//! The grammar of queries, for people.

/// The query language as EBNF, then examples, to be shown by help; at most 80 columns wide.
///
/// Every example is parsed by a test: a line below `Examples` is a query, two blanks, its meaning.
pub const GRAMMAR: &str = r#"Queries
  Words side by side all have to match. What is no sign of the language is text;
  what was meant as a sign and is wrong is an error that shows the place.

Grammar
  query     = [ any ]                        nothing typed finds every article
  any       = all { "OR" all }               loosest
  all       = near { [ "AND" ] near }
  near      = not [ ( "NEAR/" | "ONEAR/" ) n not ]
                                             at most n words between; ONEAR: in
                                             this order; n up to 10000
  not       = { "NOT" | "-" } part           tightest
  part      = "(" any ")" | field | figure | saved | text
  field     = name ":" ( value | "(" any ")" )
                                             no blanks around the colon;
                                             brackets spread the field
  text      = word | "=" word                any form | exactly this form
            | phrase | "=" phrase            quotes: " " or curly or angled ones
            | word "*" | shape               beginning | * any letters, ? one
            | word "~" [ "1" | "2" ]         edits; alone 1 up to five letters,
                                             else 2; nearer words rank higher
            | "/" regex "/"                  on a whole word, without blanks
  phrase    = '"' word { word } '"' [ "~" n ]
                                             n other words may stand between
  saved     = "@" name                       a saved query
  figure    = "fig" [ "." [ "=" ] measure ] ":" range [ conditions ]
            | [ "=" ] measure compare number [ conditions ]
                                             = : no other nouns of this
                                             meaning, no other units
            | amount ".." [ amount ] | compare amount
  amount    = a number with a sign or unit   $5m  €2,000  10%
  measure   = noun | unit                    prisoners, usd, percent, km
  range     = number | number ".." number | number ".." | ".." number
            | compare number | "*"           >1m..<5m leaves out both ends
  compare   = ">" | ">=" | "<" | "<="
  number    = 300 | 1,000 | 3.5 | -5 | 20k | 1.5m | 2bn | 3tn | 1 million
  conditions= "[" condition { "," condition } "]"
  condition = up | down | steady             moved so; steady: no move is told
            | exact | about | morethan | atleast | lessthan | atmost
                                             how the text bounds it
  date      = day | day ".." day | day ".." | ".." day | compare day | "*"
  day       = 2022 | 2022-03 | 2022-03-01 | 2022-q1 | march-2022 | today
            | yesterday | monday | last-30d | last-2w | last-6m | last-1y
            | this-week | last-week | this-month | last-month | this-year
            | last-year

Fields
  title: body:                   take all forms of text, brackets too
  person: place: org:            a word of the name or an alias, however spelt;
                                 ="..." exactly this name; * any; place:/path
                                 it and all below it
  author: source: section: tag:  words of the value; ="..." the whole value,
  lang: format: path: id:        case included; * ? shapes; * any value
  date:                          the day of publication; * any, -date:* undated
  fig. fig:                      a quantity, of one unit or noun, or of any

Rules
  Operators are written in capitals; a lone one at either end of a query or of
  brackets is a word. "a b OR c" is read as "(a b) OR c". NEAR joins text,
  names, figures, and in brackets OR of such and other NEARs. A backslash before
  a word makes it plain text: \OR \person:x \-5 \@name. Everything else is text:
  O'Brien, AT&T, C++, 12:30, https://example.org/a, a lone bracket or dash.
  Hits that match as well as each other stand newest first, undated ones last:
  so does all that dates, paths of places, figures and metadata alone find.

Saved queries
  Lines of `name = query` in saved-queries.txt beside the index, or in the file
  that --queries names. Lines that begin with a blank go on with the one before,
  lines that begin with # are remarks. `dateline queries` lists and checks them.

Examples
  prisoner exchange            both words, in any form
  =Banks                       this form only, case aside
  "bank fraud"                 a phrase; ="bank fraud" in exactly these forms
  "bank fraud"~5               at most five other words between
  storm OR strike              either
  storm -Bangkok               without; also: storm NOT Bangkok
  (quake OR earthquake) Mandalay  groups
  immigr*                      words that begin so
  wom?n *berg                  shapes of words
  zelenski~1                   at most one letter off
  /dimitr[iy]/                 a regular expression
  police NEAR/10 court         at most ten words between, in any order
  runway ONEAR/3 aberdeen      in this order
  (terror* OR extremis*) NEAR/15 (immigr* OR "asylum seeker")  groups, wildcards
  (police NEAR/3 court) NEAR/20 verdict  nested
  fraud NEAR/10 person:*       near any person
  "prisoner exchange" NEAR/20 place:/europe/ukraine  near a place in Ukraine
  loan NEAR/8 usd>1m           near an amount
  person:zelensky              however spelt
  person:="Gregory Hale"       exactly this name
  person:(zelensky OR putin)   one of them
  place:/europe/ukraine        Ukraine and all places in it
  org:"Bank of England"        an organisation
  prisoners>=300               a figure in short
  fig.usd:1bn..5bn             a range; also: $1bn..$5bn
  percent>3.5[up]              it rose
  fig.people:>=100[atleast]    "at least 100 people" and more
  deaths>=100                  dead, killed, toll, "112 died" too
  =deaths>=100                 that noun alone; also: fig.=deaths:>=100
  fig.prisoners:*              any number of prisoners
  fig:>=300                    any quantity
  date:2022-03..2022-06        months
  date:>=2022-03-01            that day or later
  date:last-30d                the last 30 days
  -date:*                      undated articles
  title:(bank OR fraud*)       in the headline
  source:"new york times"      words of a source; source:="The New York Times"
  path:*2024* -source:*        by file; without a source
  lang:en format:html tag:ai   metadata
  \OR                          the word
"#;
