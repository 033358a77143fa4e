//! Trees as the parser makes them, at random: lists of at least two, none inside one of its own kind.

use super::*;

fn word() -> impl Strategy<Value = String> {
    let loose = "[a-zé東$#@&+%/:=~'\\\\()*?<>-]{0,4}[a-z0-9東é][a-z0-9$#@&+%/:=~'\\\\()*?<>.-]{0,4}";
    let known = prop::sample::select(vec!["OR", "AND", "NOT", "NEAR", "NEAR/5", "million", "person:x", "a..b", "x>=5"]);
    prop_oneof![loose.prop_map(|text| text.to_owned()), known.prop_map(str::to_owned)]
        .prop_map(|text| word::trim_edges(&text).to_owned())
        .prop_filter("something to look up", |text| word::is_searchable(text))
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => word().prop_map(Pattern::Word),
        1 => word().prop_map(Pattern::Exact),
        2 => ("[a-z \"\\\\*”]{0,5}[a-z][a-z \"\\\\~]{0,5}", 0..9_u32, any::<bool>())
            .prop_map(|(text, slop, exact)| Pattern::Phrase { text, slop, exact }),
        1 => "[a-zé']{0,3}[a-z]".prop_map(Pattern::Prefix),
        1 => "[*?]?[a-z][*?][a-z]{1,3}[*]?".prop_map(Pattern::Wildcard),
        1 => ("[a-zé]{1,6}", 1..3_u8).prop_map(|(word, distance)| Pattern::Fuzzy { word, distance }),
        1 => prop::sample::select(vec!["dimitr[iy]", "(foo|bar)s?", "a.*b", r"a\/b", "[/]x"])
            .prop_map(|pattern| Pattern::Regex(pattern.to_owned())),
    ]
}

fn value() -> impl Strategy<Value = String> {
    "[a-zÉ/\"\\\\(*?:]{0,3}[a-z][a-z \"\\\\)~-]{0,5}[a-z]"
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![(-1000..1000_i32).prop_map(f64::from), (0..i64::MAX).prop_map(|n| n as f64 / 64.0)]
}

fn range() -> impl Strategy<Value = NumberRange> {
    (number(), number(), any::<bool>(), any::<bool>(), 0..5).prop_map(|(one, other, from, to, shape)| {
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        match shape {
            0 => NumberRange { low, low_included: from, ..NumberRange::ALL },
            1 => NumberRange { high, high_included: to, ..NumberRange::ALL },
            2 => NumberRange { low, low_included: true, high: low, high_included: true },
            3 => NumberRange::ALL,
            _ if low < high => NumberRange { low, low_included: from, high, high_included: to },
            _ => NumberRange::ALL,
        }
    })
}

fn figure() -> impl Strategy<Value = FigureMatch> {
    let measure = prop::sample::select(vec![
        Measure::Any,
        Measure::Unit("usd".to_owned()),
        Measure::Unit("percent".to_owned()),
        Measure::Noun("prisoner".to_owned()),
        Measure::Noun("asylum-seeker".to_owned()),
    ]);
    let change = prop::sample::select(vec![None, None, Some(Change::Up), Some(Change::Down), Some(Change::None)]);
    let bound = prop::sample::select(vec![None, None, Some(Bound::Exact), Some(Bound::About), Some(Bound::AtMost)]);
    (measure, any::<bool>(), range(), change, bound).prop_map(|(measure, exact, range, change, bound)| FigureMatch {
        exact: exact && measure != Measure::Any,
        measure,
        range,
        change,
        bound,
    })
}

fn days() -> impl Strategy<Value = DateMatch> {
    let day = (1..3000_i16, 1..13_i8, 1..29_i8).prop_map(|(year, month, day)| date(year, month, day));
    (day.clone(), day, 0..4).prop_map(|(one, other, shape)| match shape {
        0 => DateMatch::Any,
        1 => DateMatch::Range { first: Some(one), last: None },
        2 => DateMatch::Range { first: None, last: Some(one) },
        _ => DateMatch::Range { first: Some(one.min(other)), last: Some(one.max(other)) },
    })
}

fn node(expr: Expr) -> Node {
    Node { expr, span: Span::new(0, 0) }
}

fn place_in_text() -> impl Strategy<Value = Expr> {
    let scope = prop::sample::select(vec![Scope::Anywhere, Scope::Anywhere, Scope::Title, Scope::Body]);
    let entity = (prop::sample::select(EntityKind::ALL.to_vec()), value(), 0..4).prop_map(|(kind, value, shape)| {
        let which = match shape {
            0 => EntityMatch::Any,
            1 => EntityMatch::Exact(value),
            2 if kind == EntityKind::Place => EntityMatch::Path("/europe/united-kingdom".to_owned()),
            _ if kind == EntityKind::Place => EntityMatch::Name(value.trim_start_matches('/').to_owned()),
            _ => EntityMatch::Name(value),
        };
        Expr::Entity { kind, which }
    });
    prop_oneof![
        6 => (scope, pattern()).prop_map(|(scope, pattern)| Expr::Text { scope, pattern }),
        1 => entity,
        1 => figure().prop_map(Expr::Figure),
    ]
}

fn leaf() -> impl Strategy<Value = Expr> {
    let keyword = (value(), 0..4).prop_map(|(value, shape)| {
        let value = match shape {
            0 => KeywordMatch::Any,
            1 => KeywordMatch::Words(value),
            2 => KeywordMatch::Exact(value),
            _ => KeywordMatch::Wildcard("*2024/?x*".to_owned()),
        };
        Expr::Keyword { field: KeywordField::Source, value }
    });
    prop_oneof![6 => place_in_text(), 1 => keyword, 1 => days().prop_map(Expr::Date)]
}

fn near_tree() -> impl Strategy<Value = Expr> {
    let side = prop_oneof![
        3 => place_in_text(),
        1 => prop::collection::vec(place_in_text().prop_map(node), 2..4).prop_map(Expr::Any),
    ];
    side.prop_recursive(2, 8, 2, |inner| {
        (inner.clone(), inner, 0..20_u32, any::<bool>()).prop_map(|(left, right, distance, ordered)| Expr::Near {
            left: Box::new(node(left)),
            right: Box::new(node(right)),
            distance,
            ordered,
        })
    })
    .prop_filter("NEAR", |expr| matches!(expr, Expr::Near { .. }))
}

pub(super) fn tree() -> impl Strategy<Value = Node> {
    let leaves = prop_oneof![4 => leaf(), 1 => near_tree()].prop_map(node);
    leaves.prop_recursive(4, 24, 4, |inner| {
        let nodes = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            nodes.clone().prop_map(|nodes| join(nodes, true)),
            nodes.prop_map(|nodes| join(nodes, false)),
            inner.prop_map(|inner| node(Expr::Not(Box::new(inner)))),
        ]
    })
}

fn join(nodes: Vec<Node>, is_all: bool) -> Node {
    let mut flat = Vec::new();
    for part in nodes {
        match part.expr {
            Expr::All(inner) if is_all => flat.extend(inner),
            Expr::Any(inner) if !is_all => flat.extend(inner),
            _ => flat.push(part),
        }
    }
    node(if is_all { Expr::All(flat) } else { Expr::Any(flat) })
}
