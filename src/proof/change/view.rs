//! What a version of the rules tells a person through one pathway, in a form that can be compared across versions.

use serde_json::{Value, json};

use super::Comparison;
use super::meaning::Version;
use super::told::Told;
use super::words::period;
use crate::interview::Finding;
use crate::rulebook::{Decider, Fact, Id, OfficeRef, Outcome, Source};
use crate::terms::Validity;

/// What a version tells in a cell, in a form that can be compared across versions.
pub struct View {
    /// Shared name of the outcome.
    pub outcome: String,
    /// Everything but wording.
    pub substance: Value,
    /// Wording.
    pub wording: Value,
    /// The same for people.
    pub told: Told,
    /// Shared name, title and substance of each step.
    pub steps: Vec<(String, String, Value)>,
}

/// Whether people notice.
pub fn differs(views: &[Option<View>; 2]) -> bool {
    match views {
        [None, None] => false,
        [Some(before), Some(after)] => {
            // Another outcome with the same words and substance is the same to people.
            before.substance != after.substance || (before.outcome != after.outcome && before.wording != after.wording)
        }
        _ => true,
    }
}

impl Comparison<'_> {
    /// What a finding tells, comparable and readable.
    pub fn view(&self, side: usize, finding: &Finding<'_>) -> View {
        let version = &self.sides[side];
        let rulebook = version.rulebook;
        let pathway = &rulebook.pathways[finding.pathway];
        let outcome = &pathway.outcomes[finding.outcome];
        let decider = |id: Id<Decider>| Version::name_of(&version.names.deciders, id);
        let deciders =
            [outcome.applied_for_by, outcome.agreed_by, outcome.involves, outcome.advised_by].map(|id| id.map(decider));
        let steps: Vec<(String, String, Value)> = finding
            .steps
            .iter()
            .map(|id| {
                let step = &rulebook.steps[*id];
                (Version::name_of(&version.names.steps, *id), self.say(side, step.title), version.step_substance(step))
            })
            .collect();
        let offices = self.offices(side, finding, outcome);
        let valid = Validity { review: None, ..finding.valid };
        let basis: Vec<String> = Version::names_of(&version.names.sources, &finding.basis);
        let mut sorted = basis.clone();
        sorted.sort();
        let name_of = |id: Id<Source>| self.say(side, rulebook.sources[id].title);
        let told = Told {
            outcome: finding.id(rulebook),
            title: self.say(side, outcome.title),
            standing: self.word(side, &format!("standing.{}", outcome.standing.into_str())),
            decides: self.decides(side, outcome),
            certainty: self.word(side, &format!("certainty.{}", finding.certainty.into_str())),
            valid: period(valid),
            steps: steps.iter().map(|(_, title, _)| title.clone()).collect(),
            offices: offices.iter().map(|(_, name)| name.clone()).collect(),
            basis: finding.basis.iter().map(|id| name_of(*id)).collect(),
            german: self.german(side, outcome),
        };
        View {
            outcome: version.names.outcomes[finding.pathway.index()]
                .get(finding.outcome.index())
                .cloned()
                .unwrap_or_default(),
            substance: json!([
                outcome.standing,
                decider(outcome.decided_by),
                deciders,
                finding.certainty,
                valid,
                steps.iter().map(|(name, _, substance)| json!([name, substance])).collect::<Vec<_>>(),
                offices.iter().map(|(key, _)| key).collect::<Vec<_>>(),
                sorted,
                version.german(outcome),
                pathway.concerns,
            ]),
            wording: json!([
                version.say(outcome.title),
                version.say(outcome.says),
                outcome.watch_out.map(|text| version.say(text))
            ]),
            told,
            steps,
        }
    }

    fn decides(&self, side: usize, outcome: &Outcome) -> String {
        let rulebook = self.sides[side].rulebook;
        let name = |id: Id<Decider>| self.say(side, rulebook.deciders[id].name);
        let mut says = name(outcome.decided_by);
        for (word, id) in [
            ("role.applies", outcome.applied_for_by),
            ("role.agrees", outcome.agreed_by),
            ("role.involved", outcome.involves),
            ("role.advises", outcome.advised_by),
        ] {
            if let Some(id) = id {
                says += &format!(". {}", self.word(side, word).replace("{who}", &name(id)).trim_end_matches('.'));
            }
        }
        says
    }

    fn german(&self, side: usize, outcome: &Outcome) -> String {
        let Some(german) = &outcome.german else { return String::new() };
        let kind = german.kind.into_str();
        let level = german.level.as_deref().unwrap_or_default().to_uppercase();
        self.word(side, &format!("german.{kind}")).replace("{level}", &level)
    }

    /// Offices by what decides them; an office that depends on a fact decided alike in both versions is that fact.
    fn offices(&self, side: usize, finding: &Finding<'_>, outcome: &Outcome) -> Vec<(String, String)> {
        let version = &self.sides[side];
        let rulebook = version.rulebook;
        let other = &self.sides[1 - side];
        let mut offices: Vec<(String, String)> = Vec::new();
        let refs =
            finding.steps.iter().flat_map(|step| rulebook.steps[*step].contact.clone()).chain(outcome.ask.clone());
        for office in refs {
            match office {
                OfficeRef::Authority(id) => {
                    offices.push((version.office(office), self.say(side, rulebook.authorities[id].name)))
                }
                OfficeRef::Fact(id) => {
                    let deep = version.deep(Fact::Derived(id));
                    let alike = other.rulebook.facts.ids().any(|fact| other.deep(Fact::Derived(fact)) == deep);
                    if alike {
                        offices.push((version.office(office), self.say(side, rulebook.facts[id].label)));
                        continue;
                    }
                    for found in finding.offices.iter().filter(|found| found.because == Some(id)) {
                        let name = self.say(side, rulebook.authorities[found.authority].name);
                        offices.push((Version::name_of(&version.names.authorities, found.authority), name));
                    }
                }
            }
        }
        let mut seen = std::collections::HashSet::new();
        offices.retain(|(key, _)| seen.insert(key.clone()));
        offices
    }
}
