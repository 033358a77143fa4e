//! Why each mention of an article became its entity: as text and as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use crate::article::Article;
use crate::entities::{Applied, EntityRules};
use crate::extraction::{Alternative, Explanation, Extraction, Findings, Reason};
use crate::mention::{Entity, Mention, Span};

/// An article with the reasons for what was found in it.
pub struct Explained<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found, as shown.
    pub found: &'a Extraction,
    /// What the extractor says of the same text.
    pub explanation: &'a Explanation,
    /// The user's rules, and what they did to the article.
    pub rules: Option<(&'a EntityRules, &'a Applied)>,
}

/// One mention with its reason; `None` where another extractor made the index and ours sees no such name.
struct Why<'a> {
    in_title: bool,
    span: Span,
    text: &'a str,
    reason: Option<&'a Reason>,
}

impl<'a> Explained<'a> {
    /// The mentions of an entity, title first.
    fn mentions(&self, entity: usize) -> Vec<Why<'a>> {
        let Explained { article, found, explanation, .. } = self;
        let mut mentions = Vec::new();
        for (in_title, text, findings, said, reasons) in [
            (true, &article.title, &found.title, &explanation.extraction.title, &explanation.title),
            (false, &article.body, &found.body, &explanation.extraction.body, &explanation.body),
        ] {
            for Mention { span, .. } in findings.mentions.iter().filter(|mention| mention.entity as usize == entity) {
                let reason = reason_at(said, reasons, *span);
                mentions.push(Why { in_title, span: *span, text: span.of(text), reason });
            }
        }
        mentions
    }

    /// Rules that made an entity what it is: line and text.
    fn rules_of(&self, entity: usize) -> Vec<(usize, String)> {
        let Some((rules, applied)) = self.rules else { return Vec::new() };
        let numbers = applied.of_entity.get(entity).into_iter().flatten();
        numbers.filter_map(|&number| rules.rules().get(number)).map(|rule| (rule.line, rule.describe())).collect()
    }

    /// Entities that rules took away, with the line of the rule.
    fn blocked(&self) -> Vec<(&'a Entity, usize)> {
        let Some((rules, applied)) = self.rules else { return Vec::new() };
        let line = |&number: &usize| rules.rules().get(number).map_or(0, |rule| rule.line);
        applied.blocked.iter().map(|(entity, rule)| (entity, line(rule))).collect()
    }
}

fn reason_at<'a>(said: &Findings, reasons: &'a [Reason], span: Span) -> Option<&'a Reason> {
    let at = said.mentions.iter().position(|mention| mention.span == span)?;
    reasons.get(at)
}

/// Entities with their mentions, each with who saw it and why it is this entity.
pub fn why(output: &mut dyn Write, explained: &Explained<'_>, theme: Theme) -> io::Result<()> {
    for (number, entity) in explained.found.entities.iter().enumerate() {
        let path = entity.place.as_ref().map_or("", |place| place.path.as_str());
        let head = format!("{} {}", entity.kind.name(), entity.key);
        let line = [head.as_str(), path].join(" ");
        writeln!(
            output,
            "{}  {}",
            theme.paint(Role::Title, for_terminal(&entity.name)),
            theme.paint(Role::Faint, for_terminal(line.trim_end()))
        )?;
        // Mentions in the same words for the same reason are one line.
        let mut lines: BTreeMap<(usize, String), u64> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut alternatives: &[Alternative] = &[];
        for mention in explained.mentions(number) {
            let text = mention_line(&mention);
            let at = order.iter().position(|known| *known == text).unwrap_or_else(|| {
                order.push(text.clone());
                order.len() - 1
            });
            *lines.entry((at, text)).or_default() += 1;
            let found = mention.reason.map_or(&[][..], |reason| &reason.alternatives);
            if found.len() > alternatives.len() {
                alternatives = found;
            }
        }
        for ((_, text), n) in lines {
            let times = if n > 1 { format!(" ×{n}") } else { String::new() };
            writeln!(output, "    {}{times}", for_terminal(&text))?;
        }
        for alternative in alternatives {
            let evidence: Vec<String> =
                alternative.evidence.iter().map(|(text, worth)| format!("{text} {worth:+.1}")).collect();
            let text = format!("{:>5.1} {}: {}", alternative.score, alternative.path, evidence.join(", "));
            writeln!(output, "      {}", theme.paint(Role::Faint, for_terminal(&text)))?;
        }
        for (line, rule) in explained.rules_of(number) {
            let text = format!("your rule in line {line}: {rule}");
            writeln!(output, "    {}", theme.paint(Role::Label, for_terminal(&text)))?;
        }
    }
    for (entity, line) in explained.blocked() {
        let text = format!("no {}: {}, by your rule in line {line}", entity.kind.name(), entity.name);
        writeln!(output, "{}", theme.paint(Role::Faint, for_terminal(&text)))?;
    }
    Ok(())
}

fn mention_line(mention: &Why<'_>) -> String {
    let words = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(reason) = mention.reason else {
        return format!("\"{words}\": the extractor of this version finds no such name here");
    };
    let taggers: Vec<String> =
        reason.taggers.iter().map(|(tagger, confidence)| format!("{tagger} {confidence:.2}")).collect();
    let seen = if taggers.is_empty() { String::new() } else { format!(" ({})", taggers.join(", ")) };
    format!("\"{words}\": {}{seen}", reason.text)
}

#[derive(Serialize)]
struct WhyLine<'a> {
    r#type: &'static str,
    id: &'a str,
    kind: &'static str,
    entity: &'a str,
    name: &'a str,
    /// Whether rules say that it is no entity.
    blocked: bool,
    mentions: Vec<MentionJson<'a>>,
    alternatives: Vec<AlternativeJson<'a>>,
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    r#in: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
    rule: Option<&'a str>,
    reason: Option<&'a str>,
    taggers: Vec<TaggerJson>,
}

#[derive(Serialize)]
struct TaggerJson {
    tagger: &'static str,
    confidence: f32,
}

#[derive(Serialize)]
struct AlternativeJson<'a> {
    entity: &'a str,
    name: &'a str,
    path: &'a str,
    score: f32,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    text: &'a str,
    score: f32,
}

#[derive(Serialize)]
struct RuleJson {
    line: usize,
    text: String,
}

/// A line for each entity: `{"type":"why","id","kind","entity","name","blocked","mentions":[{"in","start",
/// "end","text","rule","reason","taggers"}],"alternatives":[{"entity","name","path","score","evidence"}],
/// "rules":[{"line","text"}]}`.
pub fn why_json(output: &mut dyn Write, id: &str, explained: &Explained<'_>) -> io::Result<()> {
    for (number, entity) in explained.found.entities.iter().enumerate() {
        let mentions = explained.mentions(number);
        let alternatives = mentions.iter().filter_map(|mention| mention.reason).map(|reason| &reason.alternatives);
        let alternatives = alternatives.max_by_key(|alternatives| alternatives.len()).into_iter().flatten();
        let rules = explained.rules_of(number).into_iter().map(|(line, text)| RuleJson { line, text }).collect();
        line(
            output,
            &WhyLine {
                r#type: "why",
                id,
                kind: entity.kind.name(),
                entity: &entity.key,
                name: &entity.name,
                blocked: false,
                alternatives: alternatives.map(AlternativeJson::new).collect(),
                mentions: mentions.iter().map(MentionJson::new).collect(),
                rules,
            },
        )?;
    }
    for (entity, rule_line) in explained.blocked() {
        let rules = vec![RuleJson { line: rule_line, text: "block".to_owned() }];
        let (kind, mentions, alternatives) = (entity.kind.name(), Vec::new(), Vec::new());
        let (entity, name) = (entity.key.as_str(), entity.name.as_str());
        line(output, &WhyLine { r#type: "why", id, kind, entity, name, blocked: true, mentions, alternatives, rules })?;
    }
    Ok(())
}

impl<'a> MentionJson<'a> {
    fn new(mention: &Why<'a>) -> Self {
        let taggers = mention.reason.map_or(&[][..], |reason| &reason.taggers);
        Self {
            r#in: if mention.in_title { "title" } else { "body" },
            start: mention.span.start,
            end: mention.span.end,
            text: mention.text,
            rule: mention.reason.map(|reason| reason.rule),
            reason: mention.reason.map(|reason| reason.text.as_str()),
            taggers: taggers.iter().map(|&(tagger, confidence)| TaggerJson { tagger, confidence }).collect(),
        }
    }
}

impl<'a> AlternativeJson<'a> {
    fn new(alternative: &'a Alternative) -> Self {
        Self {
            entity: &alternative.key,
            name: &alternative.name,
            path: &alternative.path,
            score: alternative.score,
            evidence: alternative.evidence.iter().map(|(text, score)| EvidenceJson { text, score: *score }).collect(),
        }
    }
}
