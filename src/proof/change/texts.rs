//! Texts that read differently.

use std::collections::BTreeMap;

use super::Comparison;
use super::meaning::Version;
use super::told::TextChange;

impl Comparison<'_> {
    /// Texts of entries that both versions have. Texts under an id path that was renamed are found by their new path.
    pub fn texts(&self) -> Vec<TextChange> {
        let [old, new] = &self.sides;
        let mut texts = Vec::new();
        let before: BTreeMap<String, String> = texts_of(old).collect();
        for (path, after) in texts_of(new) {
            if let Some(said) = before.get(&path).filter(|said| **said != after) {
                texts.push(TextChange { text: path, before: said.clone(), after });
            }
        }
        texts
    }
}

/// All texts by paths of shared names; amounts and times are no mere texts and are left out.
fn texts_of(version: &Version<'_>) -> impl Iterator<Item = (String, String)> {
    let rulebook = version.rulebook;
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    let mut add =
        |kind: &str, own: &str, name: &str| drop(shared.insert(format!("{kind}.{own}."), format!("{kind}.{name}.")));
    rulebook.sources.iter().for_each(|(id, own, _)| add("source", own, &version.names.sources[id.index()]));
    rulebook.deciders.iter().for_each(|(id, own, _)| add("decider", own, &version.names.deciders[id.index()]));
    rulebook.papers.iter().for_each(|(id, own, _)| add("paper", own, &version.names.papers[id.index()]));
    rulebook.authorities.iter().for_each(|(id, own, _)| add("office", own, &version.names.authorities[id.index()]));
    rulebook.steps.iter().for_each(|(id, own, _)| add("step", own, &version.names.steps[id.index()]));
    for (id, own, question) in rulebook.questions.iter() {
        let name = &version.names.questions[id.index()];
        for (option, own_option, _) in question.options.iter() {
            let option = &version.names.options[id.index()][option.index()];
            add("question", &format!("{own}.{own_option}"), &format!("{name}.{option}"));
        }
        add("question", own, name);
    }
    for (id, own, fact) in rulebook.facts.iter() {
        let name = &version.names.facts[id.index()];
        for (value, own_value, _) in fact.values.iter() {
            add(
                "fact",
                &format!("{own}.{own_value}"),
                &format!("{name}.{}", version.names.values[id.index()][value.index()]),
            );
        }
        add("fact", own, name);
    }
    for (id, own, pathway) in rulebook.pathways.iter() {
        let name = &version.names.pathways[id.index()];
        for (outcome, own_outcome, _) in pathway.outcomes.iter() {
            let outcome = &version.names.outcomes[id.index()][outcome.index()];
            add("pathway", &format!("{own}.{own_outcome}"), &format!("{name}.{outcome}"));
        }
        add("pathway", own, name);
    }
    let figure = |path: &str| path.starts_with("step.") && (path.contains(".cost.") || path.contains(".time."));
    rulebook.texts.iter().filter(move |(path, _)| !figure(path)).map(move |(path, _)| {
        let said = rulebook.texts.find(path).map(|text| version.say(text)).unwrap_or_default();
        let whole = format!("{path}.");
        // The longest known beginning of the path is the most exact one.
        let known =
            whole.match_indices('.').rev().find_map(|(at, _)| shared.get(&whole[..=at]).map(|name| (at + 1, name)));
        let path = known.map_or_else(
            || path.to_owned(),
            |(at, name)| format!("{name}{}", &whole[at..]).trim_end_matches('.').to_owned(),
        );
        (path, said)
    })
}
