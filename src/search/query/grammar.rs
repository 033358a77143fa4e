//! The grammar of queries, for people.

/// The query language as EBNF with examples, to be shown by help.
pub const GRAMMAR: &str = r#"query    = any                      everything matches an empty query
any      = all { "OR" all }         loosest
all      = near { [ "AND" ] near }  parts side by side all have to match
near     = not [ ("NEAR/" | "ONEAR/") n not ]
                                    at most n words between; ONEAR: in this order
not      = { "NOT" | "-" } part     tightest
part     = "(" any ")" | field | words | figure

words    = bank                     the word in any form (banks, banking)
         | =Banks                   exactly this form, case aside
         | "bank fraud"             words in sequence, in any form; also “ ” „ “ « »
         | ="bank fraud"            exactly these forms
         | "bank fraud"~5           at most 5 other words between
         | immigr*                  words that begin so
         | wom?n | *berg            * any letters, ? one (behind a word, ? is a question mark)
         | zelenski~1 | zelenski~   1 or 2 edits away; ~ alone: 1 up to five letters, else 2
         | /dimitr[iy]/             a regular expression on whole words, without blanks

field    = name ":" ( value | "(" any ")" )     nothing between name, colon and value
text     : title:  body:                        take all of the words above
names    : person:  place:  org:
             person:zelensky                    a word of the name or of an alias, however spelt
             person:"Volodymyr Zelensky"        several words of it
             person:="Volodymyr Zelensky"       exactly this name
             person:*                           any
             place:/europe/ukraine              a place and all below it
             person:(zelensky OR putin)         brackets spread the field
metadata : author:  source:  section:  lang:  path:  id:  tag:  format:
             source:reuters  source:"new york times"  source:="The New York Times"
             path:*2024*  source:*  -source:*
date     : date:2022  date:2022-03  date:2022-03-01  date:march-2022
             date:2022-03..2022-06  date:2022-03..  date:..2022  date:>=2022-03-01  date:>2022
             date:today  yesterday  monday  last-30d  last-2w  last-6m  last-1y
             date:this-week  last-week  this-month  last-month  this-year  last-year
             date:*  -date:*                    with a date, without one

figure   = "fig" [ "." (unit | noun) ] ":" range [ "[" condition { "," condition } "]" ]
         | (unit | noun | sign) comparison number      in short
             fig.usd:>=1m  fig.usd:1bn..5bn  fig.percent:5..10  fig.prisoners:>=300
             fig.prisoners:*  fig.usd:5m  fig:>=300
             prisoners>=300  prisoners >= 300  percent>3.5  usd>1m  km>5
             $1bn..$5bn  $>1m  >$1m  €2m..  5%..10%  >10%
range    = number | number ".." number | number ".." | ".." number
         | (">" | ">=" | "<" | "<=") number | "*"      >1m..<5m leaves out the ends
number   = 300 | 1,000 | 3.5 | -5 | 20k | 1.5m | 2bn | 3tn | 1 million
condition= up | down | steady                          how the figure moved
         | exact | about | morethan | atleast | lessthan | atmost   how the text bounds it
             percent>3.5[up]  deaths>=100[atleast]  usd>1m[down,about]

Operators are written in capitals; a lone one at either end of a query or of brackets is a word.
"a b OR c" is read as "(a b) OR c". NEAR joins words, phrases, names, figures, and OR of such.
A backslash before a word makes it plain text: \OR  \person:x  \-5.
Everything else is text: O'Brien, AT&T, C++, 12:30, https://example.org/a, (, ", a lone -.

Examples
  "prisoner exchange" place:ukraine prisoners>=100 date:2022
  (terror* OR extremis*) NEAR/15 (immigr* OR "asylum seeker")
  fraud NEAR/10 person:* -source:wire
  loan NEAR/8 usd>1m title:bank
"#;
