//! Where each claim comes from, once copies and citations are followed back.

use crate::State;
use rapporteur_model::ClaimId;

/// The origin of each claim.
pub(crate) fn origins(state: &State) -> Vec<(ClaimId, String)> {
    let of = |claim: &crate::ClaimState| {
        let evidence = claim.claim.evidence();
        let masthead = state
            .reports
            .get(evidence.report())
            .map(|r| r.report.masthead());
        let publisher = masthead.and_then(|m| m.publisher.clone());
        let source = claim.claim.what().attribution.sources.first();
        source
            .filter(|s| !s.anonymous)
            .map(|s| s.mention.name.clone())
            .or(publisher)
            .unwrap_or_else(|| evidence.report().to_string())
    };
    (state.claims.iter())
        .map(|(id, claim)| (id.clone(), of(claim)))
        .collect()
}
