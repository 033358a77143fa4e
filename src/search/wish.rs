//! Figures that plain words name: an article that reports "390 prisoners" comes before one that has the words
//! apart. Looks at the best articles only, and at the best figure of each.

use super::collect::Ranked;
use super::error::SearchError;
use super::figures::Met;
use super::open::Searcher;
use super::plan::FigureCondition;
use super::query::{FigureMatch, MentionedFigure};
use super::refine::N_REFINED;

/// What a figure that says what the words say is worth: as much as the figure that an operator asks for among
/// alternatives, which is about a fairly rare word.
const WORTH: f32 = 2.0;

/// A figure that words name, by each of the measures that they may mean.
pub(super) struct Wish(Vec<FigureCondition>);

impl Searcher {
    /// The figures that a query's words name, as far as the index knows what they count or measure.
    pub(super) fn wishes(&self, mentioned: &[MentionedFigure]) -> Result<Vec<Wish>, SearchError> {
        let mut wishes = Vec::new();
        for figure in mentioned {
            let mut conditions = Vec::new();
            for measure in &figure.measures {
                let figure = FigureMatch { range: figure.range, ..FigureMatch::any_value(measure.clone()) };
                conditions.push(self.figure_condition(&figure)?);
            }
            wishes.push(Wish(conditions));
        }
        Ok(wishes)
    }
}

/// Adds to the scores of the best articles what their figures are worth, and reorders them.
pub(super) fn favour(searcher: &Searcher, wishes: &[Wish], best: &mut [Ranked]) -> tantivy::Result<()> {
    if wishes.is_empty() {
        return Ok(());
    }
    let n_favoured = best.len().min(N_REFINED);
    let favoured = &mut best[..n_favoured];
    for (segment_ord, segment) in (0..).zip(searcher.segments()) {
        let of_segment = |article: &&mut Ranked| article.address.segment_ord == segment_ord;
        let mut articles = favoured.iter_mut().filter(of_segment).peekable();
        let Some(figures) = articles.peek().and(segment.figures(searcher.fields())?) else { continue };
        let mut met = Vec::new();
        for Wish(conditions) in wishes {
            let of_wish = conditions.iter().map(|condition| figures.met(condition));
            met.push(of_wish.collect::<Result<Vec<_>, _>>()?);
        }
        for article in articles {
            let is_granted = |of_wish: &&Vec<Met>| of_wish.iter().any(|met| met.by(article.address.doc_id));
            let n_granted = met.iter().filter(is_granted).count();
            if n_granted > 0 {
                article.add_figures(WORTH * n_granted as f32);
            }
        }
    }
    favoured.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}
