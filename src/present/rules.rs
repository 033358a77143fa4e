//! What the user's rules on entities do.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::text::n_of;
use crate::entities::{Action, EntityRules};
use crate::search::RuleEffect;

/// Each rule with what it touches, and what of it is unknown.
pub fn effects(output: &mut dyn Write, rules: &EntityRules, effects: &[RuleEffect], theme: Theme) -> io::Result<()> {
    for (rule, effect) in rules.rules().iter().zip(effects) {
        let place = format!("line {:>3}", rule.line);
        writeln!(output, "{}  {}", theme.paint(Role::Faint, place), for_terminal(&rule.describe()))?;
        let touched = match effect.n_mentions {
            0 => "touches nothing".to_owned(),
            n => format!("touches {} in {}", n_of(n, "mention"), n_of(effect.n_articles, "article")),
        };
        let role = if effect.n_mentions == 0 { Role::Error } else { Role::Faint };
        writeln!(output, "          {}", theme.paint(role, touched))?;
        for (name, nearest) in &effect.unknown {
            let kind = rule.kind.name();
            let near = nearest.as_ref().map_or_else(String::new, |near| format!("; nearest: `{near}`"));
            let text = format!("no {kind} of the index goes by `{name}`{near}");
            writeln!(output, "          {} {}", theme.paint(Role::Error, "warning:"), for_terminal(&text))?;
        }
    }
    let (n_rules, path) = (n_of(rules.rules().len() as u64, "rule"), rules.path().display().to_string());
    let text = format!("{n_rules} in {}, fingerprint {}", for_terminal(&path), rules.fingerprint());
    writeln!(output, "{}", theme.paint(Role::Faint, text))
}

/// As [`effects`]: `{"type":"rule","line","rule","kind","text","articles","mentions","unknown":[{"name",
/// "nearest"}]}` for each, and a last line `{"type":"rules","file","fingerprint","rules"}`.
pub fn effects_json(output: &mut dyn Write, rules: &EntityRules, effects: &[RuleEffect]) -> io::Result<()> {
    #[derive(Serialize)]
    struct RuleLine<'a> {
        r#type: &'static str,
        line: usize,
        rule: &'static str,
        kind: &'static str,
        text: String,
        articles: u64,
        mentions: u64,
        unknown: Vec<Unknown<'a>>,
    }
    #[derive(Serialize)]
    struct Unknown<'a> {
        name: &'a str,
        nearest: Option<&'a str>,
    }
    #[derive(Serialize)]
    struct RulesLine<'a> {
        r#type: &'static str,
        file: String,
        fingerprint: &'a str,
        rules: usize,
    }
    for (rule, effect) in rules.rules().iter().zip(effects) {
        let unknown = effect.unknown.iter().map(|(name, nearest)| Unknown { name, nearest: nearest.as_deref() });
        line(
            output,
            &RuleLine {
                r#type: "rule",
                line: rule.line,
                rule: match rule.action {
                    Action::Merge { .. } => "merge",
                    Action::Split { .. } => "split",
                    Action::Block { .. } => "block",
                    Action::Rename { .. } => "rename",
                    Action::Retag { .. } => "retag",
                },
                kind: rule.kind.name(),
                text: rule.describe(),
                articles: effect.n_articles,
                mentions: effect.n_mentions,
                unknown: unknown.collect(),
            },
        )?;
    }
    let (file, fingerprint, rules) = (rules.path().display().to_string(), rules.fingerprint(), rules.rules().len());
    line(output, &RulesLine { r#type: "rules", file, fingerprint, rules })
}
