//! Words, phrases, AND, OR, NOT, NEAR.

use super::*;

#[test]
fn words_and_phrases() {
    check("", "everything");
    check("   ", "everything");
    check("bank", "bank");
    check("bank fraud", "(and bank fraud)");
    check("\"bank fraud\"", "'bank fraud'");
    check("“bank fraud”", "'bank fraud'");
    check("„bank fraud“", "'bank fraud'");
    check("«bank fraud» x", "(and 'bank fraud' x)");
    check("»bank fraud« x", "(and 'bank fraud' x)");
    check("\"a b\"~5", "'a b'~5");
    check("\"a b\"~5 c", "(and 'a b'~5 c)");
    check("=Banks", "=Banks");
    check("=\"Bank fraud\"", "='Bank fraud'~0");
    check("=\"Bank fraud\"~2", "='Bank fraud'~2");
    check("\"it's \\\"here\\\"\"", "'it's \"here\"'");
    check("Київ 東京", "(and Київ 東京)");
}

#[test]
fn operators_and_their_precedence() {
    check("a OR b", "(or a b)");
    check("a AND b", "(and a b)");
    check("a b OR c d", "(or (and a b) (and c d))");
    check("a AND b OR c AND d", "(or (and a b) (and c d))");
    check("a (b OR c)", "(and a (or b c))");
    check("a OR b OR c", "(or a b c)");
    check("(a b) c", "(and a b c)");
    check("a OR (b OR c)", "(or a b c)");
    check("((a))", "a");
    check("-a", "(not a)");
    check("NOT a", "(not a)");
    check("NOT NOT a", "(not (not a))");
    check("a AND NOT b", "(and a (not b))");
    check("NOT b AND a", "(and (not b) a)");
    check("a NOT b", "(and a (not b))");
    check("a -b", "(and a (not b))");
    check("a OR -b", "(or a (not b))");
    check("-\"a b\"", "(not 'a b')");
    check("-(a OR b) c", "(and (not (or a b)) c)");
    check("-person:*", "(not person:Any)");
    check("-/x+/", "(not </x+/>)");
    check("NOT a b", "(and (not a) b)");
    check("(a)(b)", "(and a b)");
    check("(a)OR(b)", "(or a b)");
    check("a AND NOT(b OR c)", "(and a (not (or b c)))");
    check("(a)NEAR/3(b)", "(near3 a b)");
    check("(ex)-president", "(and ex -president)");
    check("\"a\"\"b\"", "(and 'a' 'b')");
}

#[test]
fn near() {
    check("a NEAR/5 b", "(near5 a b)");
    check("a ONEAR/5 b", "(onear5 a b)");
    check("a NEAR/0 b c", "(and (near0 a b) c)");
    check("x a NEAR/5 b OR c", "(or (and x (near5 a b)) c)");
    check(
        "(terror* OR extremis*) NEAR/15 (immigr* OR \"asylum seeker\")",
        "(near15 (or <terror*> <extremis*>) (or <immigr*> 'asylum seeker'))",
    );
    check("fraud NEAR/10 person:*", "(near10 fraud person:Any)");
    check("loan NEAR/8 usd>1m", "(near8 loan {unit usd (1000000, inf]})");
    check("loan NEAR/8 usd > 1m", "(near8 loan {unit usd (1000000, inf]})");
    check("\"prisoner exchange\" NEAR/20 place:ukraine", "(near20 'prisoner exchange' place:Name(\"ukraine\"))");
    check("title:(a NEAR/5 b)", "(near5 title:a title:b)");
    check("(a NEAR/5 b) AND (b NEAR/5 c)", "(and (near5 a b) (near5 b c))");
    check("-(a NEAR/5 b)", "(not (near5 a b))");
    check_fault("a NEAR/5", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check_fault("NEAR/5 a", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check_fault("a NEAR/5 &", "`NEAR/5` needs something on both sides", "NEAR/5", "`fraud NEAR/10 bank`");
    check("a NEAR/5 -b", "error: an excluded part cannot stand next to NEAR");
    check("-a NEAR/5 b", "error: an excluded part cannot stand next to NEAR");
    check("(a b) NEAR/5 c", "error: several parts cannot stand next to NEAR");
    check("a NEAR/5 date:2022", "error: a date of publication cannot stand next to NEAR");
    check("a NEAR/5 (b OR source:x)", "error: a field of metadata cannot stand next to NEAR");
    check("anti-immigr* NEAR/5 a", "(near5 (onear0 anti <immigr*>) a)");
    check("(a NEAR/5 b) ONEAR/3 (c OR d)", "(onear3 (near5 a b) (or c d))");
    check(
        "(a NEAR/5 b) NEAR/3 (person:* NEAR/2 usd>1m)",
        "(near3 (near5 a b) (near2 person:Any {unit usd (1000000, inf]}))",
    );
    check("(a OR (b NEAR/1 c)) NEAR/3 d", "(near3 (or a (near1 b c)) d)");
    check_fault(
        "a NEAR/5 b NEAR/3 c",
        "another NEAR without brackets cannot stand next to NEAR",
        "NEAR/3",
        "`(a NEAR/5 b) NEAR/3 …`, or join two of them with AND",
    );
    check("((a NEAR/5 b) c) NEAR/5 d", "error: several parts cannot stand next to NEAR");
    check("a NEAR/99999999999 b", "error: the distance is greater than 10000");
    check("LIVING NEAR WATER", "(and LIVING NEAR WATER)");
    check_note("LIVING NEAR WATER", "NEAR", "NEAR/10");
    check_note("a near/5 b", "near/5", "NEAR/10");
    check_note("a NEAR5 b", "NEAR5", "NEAR/10");
    check_note("a w/5 b", "w/5", "NEAR/10");
}

#[test]
fn operators_with_nothing_beside_them() {
    check("Portland, OR", "(and Portland OR)");
    check_note("Portland, OR", "OR", "a word here, since nothing stands behind it");
    check("OR b", "(and OR b)");
    check_note("OR b", "OR", "a word here, since nothing stands before it");
    check("WHY NOT", "(and WHY NOT)");
    check("AND", "AND");
    check("(Portland, OR) x", "(and Portland OR x)");
    check("-OR", "(not OR)");
    check("\\OR a", "(and OR a)");
    check_fault(
        "a AND OR b",
        "nothing stands between `AND` and `OR`",
        "AND OR",
        "leave out one of them, or quote it: `\"OR\"`",
    );
    check("a OR OR b", "error: nothing stands between `OR` and `OR`");
    check("a NOT AND b", "error: nothing stands between `NOT` and `AND`");
    check("a OR NEAR/5 b", "error: nothing stands between `OR` and `NEAR/5`");
    check("a OR &", "a");
    check("NOT &", "&");
    check("()", "()");
    check_note("() a", "()", "left out");
}
