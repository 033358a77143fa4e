//! The file of rules, read and checked as far as it can be without an index.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::{Action, EntityRules, Rule, RuleError};
use crate::mention::EntityKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    merge: Vec<Spanned<Merge>>,
    #[serde(default)]
    split: Vec<Spanned<Split>>,
    #[serde(default)]
    block: Vec<Spanned<Block>>,
    #[serde(default)]
    rename: Vec<Spanned<Rename>>,
    #[serde(default)]
    retag: Vec<Spanned<Retag>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge {
    person: Option<Names>,
    place: Option<Names>,
    org: Option<Names>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Split {
    person: Option<Names>,
    place: Option<Names>,
    org: Option<Names>,
    into: String,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    person: Option<Names>,
    place: Option<Names>,
    org: Option<Names>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rename {
    person: Option<Names>,
    place: Option<Names>,
    org: Option<Names>,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Retag {
    person: Option<Names>,
    place: Option<Names>,
    org: Option<Names>,
    to: String,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a name, or a list of names between brackets")]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl EntityRules {
    /// Reads rules from the text of a file.
    ///
    /// # Errors
    /// When the text is no TOML, a key is unknown or missing, or a name is empty.
    pub fn parse(path: &Path, text: &str) -> Result<Self, RuleError> {
        let parser = Parser { path, text };
        let file: File = toml::from_str(text).map_err(|error| {
            let reason = error.message().trim().replace('\n', " ");
            parser.error(error.span().unwrap_or(0..0), reason)
        })?;
        let mut rules = Vec::new();
        for rule in file.merge {
            let (span, Merge { person, place, org, name }) = (rule.span(), rule.into_inner());
            let (kind, names) = parser.names(&span, person, place, org)?;
            if names.len() < 2 {
                return Err(parser.error(span, "merge needs at least two names".to_owned()));
            }
            rules.push(parser.rule(span, kind, Action::Merge { names, name })?);
        }
        for rule in file.split {
            let (span, Split { person, place, org, into, mentions, with, articles }) = (rule.span(), rule.into_inner());
            let (kind, from) = parser.one(&span, person, place, org)?;
            if mentions.is_empty() && with.is_empty() && articles.is_empty() {
                let reason =
                    "split needs `mentions`, `with` or `articles`, or all of the entity would be the other one";
                return Err(parser.error(span, reason.to_owned()));
            }
            rules.push(parser.rule(span, kind, Action::Split { from, into, mentions, with, articles })?);
        }
        for rule in file.block {
            let (span, Block { person, place, org }) = (rule.span(), rule.into_inner());
            let (kind, names) = parser.names(&span, person, place, org)?;
            rules.push(parser.rule(span, kind, Action::Block { names })?);
        }
        for rule in file.rename {
            let (span, Rename { person, place, org, name }) = (rule.span(), rule.into_inner());
            let (kind, from) = parser.one(&span, person, place, org)?;
            rules.push(parser.rule(span, kind, Action::Rename { from, name })?);
        }
        for rule in file.retag {
            let (span, Retag { person, place, org, to }) = (rule.span(), rule.into_inner());
            let (kind, names) = parser.names(&span, person, place, org)?;
            let Some(to) = EntityKind::ALL.into_iter().find(|kind| kind.name() == to) else {
                return Err(parser.error(span, format!("`to` is `{to}`; it may be person, place or org")));
            };
            if to == kind {
                return Err(parser.error(span, format!("retag from {} to {} changes nothing", kind.name(), to.name())));
            }
            rules.push(parser.rule(span, kind, Action::Retag { names, to })?);
        }
        rules.sort_by_key(|rule| rule.line);
        let hash = blake3::hash(text.as_bytes()).to_hex();
        Ok(Self { path: path.to_owned(), fingerprint: hash[..16].to_owned(), rules })
    }
}

struct Parser<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Parser<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
    }

    fn error(&self, span: Range<usize>, reason: String) -> RuleError {
        RuleError { path: self.path.to_owned(), line: self.line(span.start), reason }
    }

    fn names(
        &self,
        span: &Range<usize>,
        person: Option<Names>,
        place: Option<Names>,
        org: Option<Names>,
    ) -> Result<(EntityKind, Vec<String>), RuleError> {
        let given = EntityKind::ALL.into_iter().zip([person, place, org]);
        let mut given = given.filter_map(|(kind, names)| Some((kind, names?)));
        let (Some((kind, names)), None) = (given.next(), given.next()) else {
            let reason = "a rule speaks of one kind: `person`, `place` or `org`".to_owned();
            return Err(self.error(span.clone(), reason));
        };
        let names = match names {
            Names::One(name) => vec![name],
            Names::Many(names) => names,
        };
        if names.is_empty() {
            return Err(self.error(span.clone(), format!("`{}` names nothing", kind.name())));
        }
        Ok((kind, names))
    }

    fn one(
        &self,
        span: &Range<usize>,
        person: Option<Names>,
        place: Option<Names>,
        org: Option<Names>,
    ) -> Result<(EntityKind, String), RuleError> {
        let (kind, mut names) = self.names(span, person, place, org)?;
        match (names.pop(), names.is_empty()) {
            (Some(name), true) => Ok((kind, name)),
            _ => Err(self.error(span.clone(), format!("this rule takes one {}, not several", kind.name()))),
        }
    }

    fn rule(&self, span: Range<usize>, kind: EntityKind, action: Action) -> Result<Rule, RuleError> {
        let rule = Rule { line: self.line(span.start), kind, action };
        let made = match &rule.action {
            Action::Merge { name, .. } => name.as_deref(),
            Action::Split { into, .. } => Some(into.as_str()),
            Action::Rename { name, .. } => Some(name.as_str()),
            Action::Block { .. } | Action::Retag { .. } => None,
        };
        if rule.names().into_iter().chain(made).any(|name| name.trim().is_empty()) {
            return Err(self.error(span, "a name is empty".to_owned()));
        }
        Ok(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<EntityRules, RuleError> {
        EntityRules::parse(Path::new("entities.toml"), text)
    }

    #[test]
    fn rules_come_in_the_order_of_the_file() {
        let rules = parse(
            "# ours\n[[retag]]\norg = \"Amazon\"\nto = \"place\"\n\n[[merge]]\nperson = [\"Ann Lee\", \"Anne Lee\"]\n\
             [[split]]\nperson = \"John Smith\"\ninto = \"John Smith (golfer)\"\nwith = [\"PGA\"]\n\
             [[block]]\nperson = \"Sunday\"\n[[rename]]\nplace = \"burma\"\nname = \"Myanmar\"\n",
        )
        .expect("the rules are right");
        let lines: Vec<_> = rules.rules().iter().map(|rule| (rule.line, rule.describe())).collect();
        let expected = [
            (2, "retag org \"Amazon\" as place"),
            (6, "merge person \"Ann Lee\", \"Anne Lee\""),
            (8, "split person \"John Smith\" into \"John Smith (golfer)\" with \"PGA\""),
            (12, "block person \"Sunday\""),
            (14, "rename place \"burma\" to \"Myanmar\""),
        ];
        assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[track_caller]
    fn check_error(text: &str, line: usize, part: &str) {
        let error = parse(text).expect_err("the rules are wrong");
        assert!(error.line == line && error.reason.contains(part), "{error}");
    }

    #[test]
    fn errors_name_line_and_reason() {
        check_error("[[merge]]\nperson = [\"Ann\"]\n", 1, "at least two");
        check_error("\n[[merge]]\npersons = [\"A\", \"B\"]\n", 3, "unknown field `persons`");
        check_error("[[block]]\n", 1, "one kind");
        check_error("[[block]]\nperson = \"A\"\norg = \"B\"\n", 1, "one kind");
        check_error("[[block]]\nperson = []\n", 1, "names nothing");
        check_error("[[block]]\nperson = \" \"\n", 1, "empty");
        check_error("[[block]]\nperson = 3\n", 2, "a name, or a list");
        check_error("[[split]]\nperson = \"A\"\ninto = \"B\"\n", 1, "`mentions`, `with` or `articles`");
        check_error("[[rename]]\nperson = \"A\"\n", 1, "missing field `name`");
        check_error("[[retag]]\nperson = \"A\"\nto = \"thing\"\n", 1, "person, place or org");
        check_error("[[retag]]\nperson = \"A\"\nto = \"person\"\n", 1, "changes nothing");
        check_error("[[merge]\n", 1, "");
        check_error("[[forget]]\nperson = \"A\"\n", 1, "unknown field `forget`");
    }

    #[test]
    fn no_rules_are_fine() {
        assert!(parse("").expect("nothing is wrong").rules().is_empty());
    }
}
