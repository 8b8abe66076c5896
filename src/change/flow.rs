//! Who comes to what in either version: for each pathway the ways of the old rules laid over those of the new ones, and
//! what differs where they meet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use jiff::civil::Date;

use super::both::{Both, Brings, Day, Set, Way};
use super::pairs::{Pairs, say};
use super::told::{Named, What};
use super::who::value_sets;
use crate::rulebook::{Id, OfficeRef, Outcome, Pathway, ValueSet};

/// Something that differs, and where.
#[derive(Clone, Debug)]
pub struct Met {
    pub what: What,
    /// On each day on which it does.
    pub days: BTreeMap<Date, Vec<Set>>,
    /// Pathways with the outcomes they have there.
    pub ways: BTreeSet<(usize, usize)>,
}

/// What differs on one pathway on one day: what, where, and the outcome it stands on.
type Differences = Vec<(What, Set, Option<usize>)>;

/// The ways of a pathway in both versions.
type Ways<'r> = [Rc<Vec<Way<'r>>>; 2];

/// Everything that differs, on all days.
pub fn flow<'r>(pairs: &Pairs<'_>, both: &mut Both<'_>, days: &mut [Day<'r>]) -> Vec<Met> {
    let mut all: Vec<Met> = Vec::new();
    for (at, _) in pairs.pathways.iter().filter(|(_, pair)| pair.contains(&None)) {
        met(&mut all, pairs.pathway_change(at));
    }
    let mut last: HashMap<usize, (Ways<'r>, Rc<Differences>)> = HashMap::new();
    for day in days {
        let mut shown = Shown::default();
        for (at, pair) in pairs.pathways.iter() {
            let ways: Ways<'_> =
                [0, 1].map(|side| pair[side].map(|id| Rc::clone(&day.ways[side][id.index()])).unwrap_or_default());
            // Offices may change while the ways do not, so only ways without changed offices are the same as yesterday.
            let mut differences = match last.get(&at) {
                Some((known, differences)) if same(known, &ways) => Rc::clone(differences),
                _ => Rc::new(on_pathway(pairs, both, at, pair, &ways)),
            };
            last.insert(at, (ways.clone(), Rc::clone(&differences)));
            let offices = offices(pairs, both, day, pair, &ways, &mut shown);
            Rc::make_mut(&mut differences).extend(offices);
            for (what, set, outcome) in differences.iter() {
                let met = met(&mut all, what.clone());
                met.days.entry(day.date).or_default().push(*set);
                met.ways.extend(outcome.map(|outcome| (at, outcome)));
            }
        }
    }
    all
}

fn met(all: &mut Vec<Met>, what: What) -> &mut Met {
    let at = all.iter().position(|known| known.what == what).unwrap_or(all.len());
    if at == all.len() {
        all.push(Met { what, days: BTreeMap::new(), ways: BTreeSet::new() });
    }
    &mut all[at]
}

fn same(a: &Ways<'_>, b: &Ways<'_>) -> bool {
    let alike = |(a, b): (&Way, &Way)| a.set == b.set && a.brings == b.brings;
    (0..2).all(|side| a[side].len() == b[side].len() && a[side].iter().zip(b[side].iter()).all(alike))
}

fn on_pathway(
    pairs: &Pairs<'_>,
    both: &mut Both<'_>,
    at: usize,
    pair: [Option<Id<Pathway>>; 2],
    ways: &Ways<'_>,
) -> Differences {
    let outcome = |side: usize, way: &Way| pair[side].map(|id| pairs.outcome_at(side, id, way.brings.outcome));
    let mut found = Vec::new();
    if let [None, _] | [_, None] = pair {
        let side = usize::from(pair[1].is_some());
        for way in ways[side].iter() {
            found.push((pairs.pathway_change(at), way.set, outcome(side, way)));
        }
        return found;
    }
    let mut left: [Vec<Set>; 2] = [0, 1].map(|side| ways[side].iter().map(|way| way.set).collect());
    meetings(both, ways, &mut left, |_, set, before, after| {
        found.extend(brings(pairs, at, pair, before, after).into_iter().map(|(what, on)| (what, set, on)));
    });
    for side in 0..2 {
        for (way, left) in ways[side].iter().zip(&left[side]).filter(|(_, left)| **left != Set::NONE) {
            let own = outcome(side, way);
            let [before, after] = if side == 0 { [own, None] } else { [None, own] };
            found.push((pairs.outcome_change(at, before, after), *left, own));
        }
    }
    found
}

/// Every pair of ways that some answer set takes; what takes a way in one version only stays in `left`.
fn meetings(
    both: &mut Both<'_>,
    ways: &Ways<'_>,
    left: &mut [Vec<Set>; 2],
    mut met: impl FnMut(&mut Both<'_>, Set, &Brings, &Brings),
) {
    let [old, new] = ways;
    for (a, before) in old.iter().enumerate() {
        // Most ways are as they were.
        let twin = new.iter().position(|after| after.set == before.set);
        for b in twin.map_or(0..new.len(), |twin| twin..twin + 1) {
            if left[0][a] == Set::NONE {
                break;
            }
            let set = both.and(left[0][a], left[1][b]);
            if set != Set::NONE {
                left[0][a] = both.minus(left[0][a], set);
                left[1][b] = both.minus(left[1][b], set);
                met(both, set, &before.brings, &new[b].brings);
            }
        }
    }
}

/// What differs between what two ways bring.
fn brings(
    pairs: &Pairs<'_>,
    at: usize,
    pair: [Option<Id<Pathway>>; 2],
    before: &Brings,
    after: &Brings,
) -> Vec<(What, Option<usize>)> {
    let [Some(old), Some(new)] = pair else { return Vec::new() };
    let own = [pairs.outcome_at(0, old, before.outcome), pairs.outcome_at(1, new, after.outcome)];
    let pathways = [&pairs.sides[0].pathways[old], &pairs.sides[1].pathways[new]];
    let outcome = own[1];
    if own[0] != own[1] && !alike(pairs, [&pathways[0].outcomes[before.outcome], &pathways[1].outcomes[after.outcome]])
    {
        return vec![(pairs.outcome_change(at, Some(own[0]), Some(own[1])), Some(outcome))];
    }
    let mut found = Vec::new();
    if before.certainty != after.certainty {
        let (before, after) = (before.certainty, after.certainty);
        found.push(What::Certainty { outcome: pairs.outcome(at, outcome), before, after });
    }
    let steps = [pairs.all(0, &before.steps), pairs.all(1, &after.steps)];
    let (gone, come) = only(&steps);
    found.extend(gone.into_iter().map(|step| What::Step { step, added: false }));
    found.extend(come.into_iter().map(|step| What::Step { step, added: true }));
    let place = |step: &Named| steps[0].iter().position(|known| known == step);
    let kept: Vec<(&Named, usize)> = steps[1].iter().filter_map(|step| Some((step, place(step)?))).collect();
    let swapped = kept.windows(2).filter(|pair| pair[1].1 < pair[0].1);
    found.extend(swapped.map(|pair| What::Order { first: pair[0].0.clone(), then: pair[1].0.clone() }));
    let (gone, come) = only(&[pairs.all(0, &before.basis), pairs.all(1, &after.basis)]);
    found.extend(gone.into_iter().map(|source| What::Basis { source, added: false }));
    found.extend(come.into_iter().map(|source| What::Basis { source, added: true }));
    let rows = [before, after]
        .map(|brings| brings.rows.iter().chain(&brings.derived_rows).map(|row| (*row).to_owned()).collect::<Vec<_>>());
    let (gone, new) = only(&rows);
    if !(gone.is_empty() && new.is_empty()) {
        found.push(What::Rows { outcome: pairs.outcome(at, outcome), gone, new });
    }
    found.into_iter().map(|what| (what, Some(outcome))).collect()
}

/// What is in one list only.
fn only<T: PartialEq + Clone>(lists: &[Vec<T>; 2]) -> (Vec<T>, Vec<T>) {
    let [before, after] = lists;
    let rest = |own: &[T], other: &[T]| own.iter().filter(|entry| !other.contains(entry)).cloned().collect();
    (rest(before, after), rest(after, before))
}

/// Whether two outcomes tell people the same, whatever they are called.
fn alike(pairs: &Pairs<'_>, outcomes: [&Outcome; 2]) -> bool {
    let [old, new] = outcomes;
    let texts = |side: usize, outcome: &Outcome| {
        let rulebook = pairs.sides[side];
        [Some(outcome.title), Some(outcome.says), outcome.watch_out, outcome.opening]
            .map(|text| text.map(|text| say(rulebook, text).to_owned()))
    };
    texts(0, old) == texts(1, new) && pairs.outcome_aspects(0, old) == pairs.outcome_aspects(1, new)
}

/// Where offices differ, by the references that show them.
type Shown = HashMap<[Vec<OfficeRef>; 2], Rc<Vec<(What, Set)>>>;

/// Where other offices are found on ways that come to the same outcome: for the steps that both have.
fn offices(
    pairs: &Pairs<'_>,
    both: &mut Both<'_>,
    day: &mut Day<'_>,
    pair: [Option<Id<Pathway>>; 2],
    ways: &Ways<'_>,
    shown: &mut Shown,
) -> Differences {
    let [Some(old), Some(new)] = pair else { return Vec::new() };
    let mut found = Vec::new();
    let mut left: [Vec<Set>; 2] = [0, 1].map(|side| ways[side].iter().map(|way| way.set).collect());
    meetings(both, ways, &mut left, |both, set, before, after| {
        let outcome = pairs.outcome_at(1, new, after.outcome);
        if pairs.outcome_at(0, old, before.outcome) != outcome {
            return;
        }
        let references = references(pairs, [old, new], before, after);
        let differ = match shown.get(&references) {
            Some(known) => Rc::clone(known),
            None => {
                let differ = Rc::new(other_offices(pairs, both, day, &references));
                shown.insert(references, Rc::clone(&differ));
                differ
            }
        };
        for (what, there) in differ.iter() {
            let here = both.and(set, *there);
            if here != Set::NONE {
                found.push((what.clone(), here, Some(outcome)));
            }
        }
    });
    found
}

fn references(pairs: &Pairs<'_>, pathways: [Id<Pathway>; 2], before: &Brings, after: &Brings) -> [Vec<OfficeRef>; 2] {
    let brings = [before, after];
    [0, 1].map(|side| {
        let rulebook = pairs.sides[side];
        let others: Vec<usize> = brings[1 - side].steps.iter().map(|id| pairs.steps.at(1 - side, *id)).collect();
        let kept = brings[side].steps.iter().filter(|id| others.contains(&pairs.steps.at(side, **id)));
        let outcome = &rulebook.pathways[pathways[side]].outcomes[brings[side].outcome];
        let mut all: Vec<OfficeRef> = Vec::new();
        for office in kept.flat_map(|step| &rulebook.steps[*step].contact).chain(&outcome.ask) {
            if !all.contains(office) {
                all.push(*office);
            }
        }
        all
    })
}

/// Which office is found instead of which, and where.
fn other_offices(
    pairs: &Pairs<'_>,
    both: &mut Both<'_>,
    day: &mut Day<'_>,
    references: &[Vec<OfficeRef>; 2],
) -> Vec<(What, Set)> {
    let mut named: BTreeSet<usize> = BTreeSet::new();
    for (side, references) in references.iter().enumerate() {
        for reference in references {
            match reference {
                OfficeRef::Authority(id) => drop(named.insert(pairs.offices.at(side, *id))),
                OfficeRef::Fact(fact) => {
                    let offices =
                        pairs.sides[side].facts[*fact].offices.iter().flat_map(|fact| fact.offices.iter().flatten());
                    named.extend(offices.map(|id| pairs.offices.at(side, *id)));
                }
            }
        }
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for office in named {
        let ids = pairs.offices.pair(office);
        let here = [0, 1].map(|side| ids[side].map_or(Set::NONE, |id| both.shown(day, side, id, &references[side])));
        let [before, after] = here;
        for (list, set) in [(&mut gone, both.minus(before, after)), (&mut come, both.minus(after, before))] {
            if set != Set::NONE {
                list.push((office, set));
            }
        }
    }
    let office = |before: Option<usize>, after: Option<usize>| What::Office {
        before: before.map(|at| pairs.office(at)),
        after: after.map(|at| pairs.office(at)),
    };
    let mut found = Vec::new();
    let mut alone = come.clone();
    for (before, set) in &gone {
        let mut rest = *set;
        for ((after, came), (_, alone)) in come.iter().zip(&mut alone) {
            let here = both.and(*set, *came);
            if here != Set::NONE {
                found.push((office(Some(*before), Some(*after)), here));
                rest = both.minus(rest, here);
                *alone = both.minus(*alone, here);
            }
        }
        found.push((office(Some(*before), None), rest));
    }
    found.extend(alone.into_iter().map(|(after, set)| (office(None, Some(after)), set)));
    found.retain(|(_, set)| *set != Set::NONE);
    found
}

/// What may lie behind differences on a day, and where it differs; the widest first.
pub fn roots(pairs: &Pairs<'_>, both: &mut Both<'_>, day: &mut Day<'_>) -> Vec<(What, Set)> {
    let mut roots = Vec::new();
    for (question, ids) in pairs.questions.iter() {
        for (option, pair) in pairs.options[question].iter() {
            // Of questions that only one version has, every option is new; the question says so.
            if let ([Some(_), Some(_)], [before, after]) = (ids, pair)
                && before.is_some() != after.is_some()
            {
                let set = both.answered(question, &ValueSet::only(option));
                let (of, option) = (pairs.question(question), pairs.option(question, option));
                roots.push((What::Choice { question: of, option, added: after.is_some() }, set));
            }
        }
        if let [Some(old), Some(new)] = ids {
            let (before, after) = (both.put(day, 0, old), both.put(day, 1, new));
            let (less, more) = (both.minus(before, after), both.minus(after, before));
            let set = both.or(less, more);
            roots.push((What::Asked { question: pairs.question(question) }, set));
        }
    }
    let mut facts = Vec::new();
    for (fact, ids) in pairs.facts.iter() {
        let [Some(old), Some(_)] = ids else { continue };
        if pairs.sides[0].facts[old].offices.is_some() {
            continue;
        }
        let mut same = Set::NONE;
        for (_, [before, after]) in value_sets(pairs, both, day, fact) {
            let here = both.and(before, after);
            same = both.or(same, here);
        }
        facts.push((What::Fact { fact: pairs.fact(fact) }, both.not(same)));
    }
    // A fact that follows from others that differ differs at most where they do: they come first.
    let mut ordered: Vec<(What, Set)> = Vec::new();
    for (root, set) in facts {
        let at = ordered.iter().position(|(_, known)| *known != set && both.within(*known, set));
        ordered.insert(at.unwrap_or(ordered.len()), (root, set));
    }
    roots.extend(ordered);
    roots.retain(|(_, set)| *set != Set::NONE);
    roots
}
