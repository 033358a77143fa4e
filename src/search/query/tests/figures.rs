//! Figures and dates.

use super::*;

#[test]
fn figures() {
    check("fig.usd:>=1m", "{unit usd [1000000, inf]}");
    check("fig.usd:1bn..5bn", "{unit usd [1000000000, 5000000000]}");
    check("fig.percent:5..10", "{unit percent [5, 10]}");
    check("fig.percent:5%..10%", "{unit percent [5, 10]}");
    check("fig.prisoners:>=300", "{noun prisoner [300, inf]}");
    check("fig.Prisoners:300..", "{noun prisoner [300, inf]}");
    check("fig.prisoners:..300", "{noun prisoner [-inf, 300]}");
    check("fig.prisoners:*", "{noun prisoner [-inf, inf]}");
    check("fig.usd:5m", "{unit usd [5000000, 5000000]}");
    check("fig.$:>$5m", "{unit usd (5000000, inf]}");
    check("fig:>=300", "{any [300, inf]}");
    check("fig:>5%", "{unit percent (5, inf]}");
    check("fig.usd:>=1 million x", "(and {unit usd [1000000, inf]} x)");
    check("fig.usd:>= 1m", "{unit usd [1000000, inf]}");
    check("fig.usd:1bn .. 5bn", "{unit usd [1000000000, 5000000000]}");
    check("fig.usd:1m.. 2022", "(and {unit usd [1000000, inf]} 2022)");
    check("fig.usd:\">= 1 million\"", "{unit usd [1000000, inf]}");
    check("fig.usd:(>5bn OR <1m)", "(or {unit usd (5000000000, inf]} {unit usd [-inf, 1000000)})");
    check("fig.km:-5..5", "{unit km [-5, 5]}");
    check("fig.usd:=5m", "{unit usd [5000000, 5000000]}");
    check("-fig.usd:*", "(not {unit usd [-inf, inf]})");
    check("fig.percent:>3.5[up]", "{unit percent (3.5, inf] up}");
    check("fig.deaths:>=100[atleast] x", "(and {noun death [100, inf] >=} x)");
    check_fault(
        "fig.usd:>=1,5m",
        "the separators of `1,5m` do not stand between thousands",
        "1,5m",
        "a decimal point is a point: `1.5`; commas stand between thousands: `1,000`",
    );
    check_fault("x fig.usd:5bn..1bn", "nothing lies between `5bn` and `1bn`", "5bn..1bn", "`1bn..5bn`");
    check("fig.usd:>€5", "error: `eur` stands where `usd` is measured");
    check("fig.prisoners:>5%", "error: `percent` stands where `prisoner` is measured");
    check("fig.usd:many", "error: `many` is not a number");
    check_fault("fig.usd:1bn-5bn", "`1bn-5bn` is not a number", "1bn-5bn", "a range is written `1bn..5bn`");
    check("fig.usd:[1", "error: `[1` is not a number");
    check("fig.usd: 5", "(and fig.usd 5)");
    check("fig.1:abc", "fig.1:abc");
}

#[test]
fn figures_in_short() {
    check("prisoners>=300", "{noun prisoner [300, inf]}");
    check("prisoners >= 300", "{noun prisoner [300, inf]}");
    check("prisoners >=300", "{noun prisoner [300, inf]}");
    check("prisoners>= 300", "{noun prisoner [300, inf]}");
    check("prisoners > 300 war", "(and {noun prisoner (300, inf]} war)");
    check("Prisoners >= 300", "{noun prisoner [300, inf]}");
    check("prisoners≥300", "{noun prisoner [300, inf]}");
    check("percent>3.5", "{unit percent (3.5, inf]}");
    check("percent>3.5[up]", "{unit percent (3.5, inf] up}");
    check("deaths>=100[atleast,up]", "{noun death [100, inf] up >=}");
    check("usd>1m", "{unit usd (1000000, inf]}");
    check("km>5", "{unit km (5, inf]}");
    check("asylum-seekers<1,000", "{noun asylum-seeker [-inf, 1000)}");
    check("$1bn..$5bn", "{unit usd [1000000000, 5000000000]}");
    check("$1bn .. $5bn", "{unit usd [1000000000, 5000000000]}");
    check("$1..5bn", "{unit usd [1, 5000000000]}");
    check("$>1m", "{unit usd (1000000, inf]}");
    check(">$1m", "{unit usd (1000000, inf]}");
    check("> $1 million", "{unit usd (1000000, inf]}");
    check("€2m..", "{unit eur [2000000, inf]}");
    check("..€2m", "{unit eur [-inf, 2000000]}");
    check("5%..10%", "{unit percent [5, 10]}");
    check(">10%", "{unit percent (10, inf]}");
    check(">10%, x", "(and {unit percent (10, inf]} x)");
    check(">10%.", "{unit percent (10, inf]}");
    check("(>10% OR usd>1m)", "(or {unit percent (10, inf]} {unit usd (1000000, inf]})");
    check("-prisoners>=300", "(not {noun prisoner [300, inf]})");
    check("fig.prisoners>=300", "{noun prisoner [300, inf]}");
    check("fig>=300", "{any [300, inf]}");
    check("profit > 5 million x", "(and {noun profit (5000000, inf]} x)");
    check("usd>100 crore x", "(and {unit usd (1000000000, inf]} x)");
    check("usd>5cr", "{unit usd (50000000, inf]}");
    check("usd>2 lakh crore[up] x", "(and {unit usd (2000000000000, inf] up} x)");
    check("fig.usd:>=5 lakh x", "(and {unit usd [500000, inf]} x)");
    check("age>=20years x", "(and {unit age [20, inf]} x)");
    check("age>=20km", "error: `km` stands where `age` is measured");
    check("deaths>=2 dozen x", "(and {noun death [24, inf]} x)");
    check("deaths>=2 dozen eggs", "(and {noun death [24, inf]} eggs)");
    check("usd>5 m", "(and {unit usd (5, inf]} m)");
    check("deaths > 1,000 [up] x", "(and {noun death (1000, inf] up} x)");
    check("deaths > 1,000 [sic]", "(and {noun death (1000, inf]} sic)");
    check("Shares fell >10% on Monday", "(and Shares fell {unit percent (10, inf]} on Monday)");
    check("fell > 10%", "(and fell {unit percent (10, inf]})");
    check("fell>10%", "error: `percent` stands where `fell` is measured");
    check("$5m 300", "(and $5m 300)");
    check("10%", "10%");
    check("$5bn..$1bn", "error: nothing lies between `$5bn` and `$1bn`");
    check("$1..€5", "error: `eur` stands where `usd` is measured");
    check("usd>1,5m", "error: the separators of `1,5m` do not stand between thousands");
    check("prisoners>=30o", "error: `30o` is not a number");
    check(">10%[upp]", "error: `[upp]` is not a condition on figures");
    check("date>=2022", "date:2022-01-01..");
    check("prisoners≤30o", "error: `30o` is not a number");
    check("div>3rd", "div>3rd");
    check("1918..1914", "1918..1914");
    check("see..foo[bar]", "see..foo[bar");
}

#[test]
fn dates() {
    check("date:2022", "date:2022-01-01..2022-12-31");
    check("date:2022-03..2022-06", "date:2022-03-01..2022-06-30");
    check("date:2022 .. 2023", "date:2022-01-01..2023-12-31");
    check("date:>=2022-03-01 x", "(and date:2022-03-01.. x)");
    check("date:>= 2022", "date:2022-01-01..");
    check("date:last-30d", "date:2024-01-30..2024-02-29");
    check("date:\"last 30 days\"", "date:2024-01-30..2024-02-29");
    check("date:march-2022", "date:2022-03-01..2022-03-31");
    check("date:*", "date:any");
    check("-date:*", "(not date:any)");
    check("date:(2020 OR 2022)", "(or date:2020-01-01..2020-12-31 date:2022-01-01..2022-12-31)");
    check_fault("x date:2022-13", "there is no `2022-13` in the calendar", "2022-13", "months run from 01 to 12");
    let hint = "`last-30d`, `last-month`; several words stand in quotes: `\"last 30 days\"`";
    check_fault("date:last 90 days", "`last` is not a date", "last", hint);
    check("date:soon", "error: `soon` is not a date");
    check("date:[2020 TO 2022]", "error: `[2020` is not a date");
    check("date: 2022", "(and date 2022)");
    check("date:March 2022", "date:2022-03-01..2022-03-31");
    check("date:1 March 2022 x", "(and date:2022-03-01..2022-03-01 x)");
    check("date:march 1st, 2022", "date:2022-03-01..2022-03-01");
    check("date:1 february", "date:2024-02-01..2024-02-01");
    check("date:february 10 x", "(and date:2024-02-01..2024-02-29 10 x)");
    check("date:2022 march", "(and date:2022-01-01..2022-12-31 march)");
}

#[test]
fn scales_that_stand_in_the_wrong_place_are_remarked_upon() {
    check_note("usd>5 m", "m", "as a scale it touches its number: `5m`");
    check_note("fig.usd:>1.5 k", "k", "`1.5k`");
    check_note("crore>100", "crore>100", "`inr>100 crore`");
    check_no_note("usd>5m m");
    check_no_note("usd>5 million m");
    check_no_note("usd>100 crore");
}
