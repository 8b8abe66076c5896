//! What is asked, and what follows from answers.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::compiler::Compiler;
use super::index::UNKNOWN;
use super::tree::Leaves;
use super::written::Kind;
use crate::format;
use crate::language::Text;
use crate::rulebook::fault;
use crate::rulebook::model::{
    Branch, CameOn, Changeable, Choice, Condition, DerivedFact, Fact, Fork, Ground, Node, OfficeFact, Question, Ruling,
    Turn,
};
use crate::rulebook::registry::{Id, Registry, ValueSet};
use crate::source::Located;
use crate::terms::Validity;
use crate::yaml::{Ids, keys};

impl<'a> Compiler<'a> {
    /// The name of a row as people read it, with what it is where it does not say so itself.
    fn name_of_row(
        &mut self,
        table: &str,
        rows: &format::Table,
        row: &str,
        name: &Located<String>,
        of_type: Option<&Located<String>>,
    ) -> Text {
        let says_itself = |of_type: &str| name.to_lowercase().contains(&of_type.to_lowercase());
        let of_type = of_type.filter(|of_type| !says_itself(of_type));
        let named =
            of_type.and_then(|of_type| rows.named.iter().find(|(_, named)| named.of_type.value == of_type.value));
        let id = format!("table.{table}.{row}");
        let Some((kind, named)) = named else { return self.text(id, name) };
        let says = self.text(format!("table.{table}.named.{kind}"), &named.says);
        let text = self.texts.add_name(id, name, says);
        self.place(text, name.span);
        text
    }

    pub fn question(&mut self, id: &Located<String>, question: &format::Question) -> Question {
        let mut options = Registry::default();
        if let Some((name, table)) =
            question.options_from.as_ref().and_then(|name| self.written.tables.get_key_value(name))
        {
            for (row, columns) in &table.rows {
                let text = match columns.get("name") {
                    Some(text) => self.name_of_row(name, table, row, text, columns.get("type")),
                    None => {
                        self.report(fault::lookup_gap(name, row, "name"));
                        continue;
                    }
                };
                options.insert(
                    row,
                    Choice { text, help: None, have: None, unnamed: false, range: None, from_table: true },
                );
            }
        }
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (option, choice) in &question.options {
            let path = format!("question.{id}.{option}");
            let range = choice.from.map(|from| (from, choice.until.unwrap_or(u32::MAX)));
            if let Some((from, until)) = range {
                if ranges.iter().any(|known| from <= known.1 && known.0 <= until) {
                    self.report(fault::range_overlap(id, option));
                }
                ranges.push((from, until));
            }
            let text = self.text(path.clone(), &choice.text);
            let have = choice.have.as_ref().map(|have| self.text_with_places(format!("{path}.have"), have));
            let help = self.maybe_text(path + ".help", &choice.help);
            options.insert(option, Choice { text, help, have, unnamed: choice.unnamed, range, from_table: false });
        }
        let unknown = options.id(UNKNOWN).unwrap_or_else(|| {
            let text = self.unknown_option();
            options.insert(
                UNKNOWN,
                Choice { text, help: None, have: None, unnamed: false, range: None, from_table: false },
            )
        });
        for old in question.formerly.iter().filter(|old| self.index.questions.contains_key(old.as_str())) {
            self.report(fault::former_id_in_use(old));
        }
        let mut former_options = HashMap::new();
        for (option, choice) in &question.options {
            for old in choice.formerly.iter() {
                if options.id(old).is_some() {
                    self.report(fault::former_id_in_use(old));
                }
                former_options.extend(options.id(option).map(|at| (old.value.clone(), at)));
            }
        }
        let changeable = question.changeable.as_ref().and_then(|change| self.changeable(id, change, &options));
        let fact = self.index.fact(id);
        let often = question.often.iter().filter_map(|option| self.value(id, fact?, option)).collect();
        let topic = self.written.topic_of.get(&id.value).and_then(|name| self.written.topics.get_index_of(name));
        Question {
            topic: topic.map(Id::new),
            often,
            text: self.text(format!("question.{id}.text"), &question.text),
            help: self.maybe_text(format!("question.{id}.help"), &question.help),
            why: self.text(format!("question.{id}.why"), &question.why),
            find_out: self.text(format!("question.{id}.find_out"), &question.find_out),
            task: self.maybe_text(format!("question.{id}.task"), &question.task),
            label: self.text(format!("question.{id}.label"), &question.label),
            have: question.have.as_ref().map(|have| self.text_with_places(format!("question.{id}.have"), have)),
            asked_if: self.conditions(&question.asked_if),
            only_at_desk: question.only_at_desk,
            multi: question.multi,
            long_list: question.options_from.is_some(),
            guide: question.guide,
            came_on: question.came_on.as_ref().map(|day| CameOn {
                text: self.text(format!("question.{id}.came_on"), &day.text),
                help: self.text(format!("question.{id}.came_on.help"), &day.help),
                label: self.text(format!("question.{id}.came_on.label"), &day.label),
                unless: Ruling(self.conditions(&day.unless)),
            }),
            changeable,
            strength: question.strength,
            formerly: question.formerly.iter().map(|old| old.value.clone()).collect(),
            former_options,
            unknown: unknown.index(),
            options,
            span: id.span,
        }
    }

    fn changeable(&mut self, id: &str, written: &format::Changeable, options: &Registry<Choice>) -> Option<Changeable> {
        let mut known = |ids: &Ids| -> Vec<usize> {
            let mut found = Vec::new();
            for option in ids.iter() {
                match options.id(option) {
                    Some(at) => found.push(at.index()),
                    None => self.report(fault::unknown_value(id, option, options.names())),
                }
            }
            found
        };
        let (from, mut to) = (known(&written.from), known(&written.to));
        if to.is_empty() {
            to = options.iter().filter(|(_, name, _)| *name != UNKNOWN).map(|(at, _, _)| at.index()).collect();
        }
        let from = if from.is_empty() { ValueSet::first(options.len()) } else { from.into_iter().collect() };
        Some(Changeable { step: self.id(Kind::Step, &written.step)?, from, to })
    }

    pub fn derived_fact(&mut self, id: &Located<String>, fact: &'a format::DerivedFact) -> Option<DerivedFact> {
        let values = self.all(&fact.values, |compiler, value, text| compiler.text(format!("fact.{id}.{value}"), text));
        let mut reached = HashSet::new();
        let before = self.fault_count();
        let tree = match (&fact.tree, fact.table.as_slice(), &fact.lookup) {
            (Some(_), [], None) | (None, [_, ..], None) => {
                let mut resolve = |compiler: &mut Compiler<'_>, value: &Located<String>| {
                    let found = values.id(value).map(Id::index);
                    match found {
                        Some(at) => drop(reached.insert(at)),
                        None => compiler.report(fault::unknown_value(id, value, values.names())),
                    }
                    found
                };
                let mut leaves = Leaves { key: "value", resolve: &mut resolve };
                self.tree_or_table(fact.tree.as_ref(), &fact.table, &mut leaves).1
            }
            (None, [], Some(lookup)) => self.lookup(id, lookup, &values, &mut reached),
            _ => {
                self.report(fault::tree_or_lookup(id));
                None
            }
        };
        let sound = self.index.incomplete.is_empty() && self.fault_count() == before;
        for (at, value) in fact.values.keys().enumerate() {
            if sound && !reached.contains(&at) {
                self.report(fault::value_unused(id, value));
            }
        }
        let offices = fact.offices.as_ref().map(|offices| self.office_fact(id, fact, offices));
        let label = self.text(format!("fact.{id}.label"), &fact.label);
        Some(DerivedFact { label, values, tree: tree?, lookup: fact.lookup.is_some(), offices, span: id.span })
    }

    /// A look into a table, as the fork it is: the options of the question, put together by the value they lead to.
    fn lookup(
        &mut self,
        id: &Located<String>,
        lookup: &format::Lookup,
        values: &Registry<Text>,
        reached: &mut HashSet<usize>,
    ) -> Option<Node<usize>> {
        let of = self.id::<Question>(Kind::Question, &lookup.of)?;
        if self.index.multi.contains(&lookup.of.value) {
            self.report(fault::multi_in_tree(&lookup.of));
            return None;
        }
        let table = self.written.questions.get(&lookup.of).and_then(|q| q.options_from.as_ref());
        let table = table.and_then(|name| self.written.tables.get(name));
        let mut found: IndexMap<usize, ValueSet> = IndexMap::new();
        for (option, name) in self.index.questions[of.index()].iter().enumerate() {
            let cell =
                table.and_then(|table| table.rows.get(name.as_str())).and_then(|row| row.get(lookup.column.as_str()));
            let Some(value) = cell.or_else(|| lookup.otherwise.get(name.as_str())) else {
                if !self.index.incomplete.contains(&Kind::Table) {
                    let row = table.and_then(|table| table.rows.get_key_value(name.as_str())).map(|(row, _)| row);
                    self.report(match row {
                        Some(row) => fault::lookup_gap(id, row, &lookup.column),
                        None => fault::lookup_without_row(id, name, lookup.column.span),
                    });
                }
                continue;
            };
            match values.id(value) {
                Some(at) => {
                    reached.insert(at.index());
                    found.entry(at.index()).or_default().insert(option);
                }
                None => self.report(fault::unknown_value(id, value, values.names())),
            }
        }
        let (fact, span) = (Fact::Question(of), lookup.of.span);
        let turn = |(value, values)| Turn {
            when: vec![Condition { fact, values, span }],
            otherwise: false,
            ground: Ground::default(),
            node: Node::Leaf(value),
            span,
        };
        let otherwise = Box::new(turn(found.pop()?));
        let branches = found.into_iter().map(|found| Branch { valid: Validity::default(), turn: turn(found) });
        Some(Node::Fork(Fork { fact, table: false, branches: branches.collect(), otherwise, span }))
    }

    fn office_fact(
        &mut self,
        id: &Located<String>,
        fact: &format::DerivedFact,
        offices: &format::OfficeFact,
    ) -> OfficeFact {
        let mut per_value = Vec::new();
        for value in fact.values.keys() {
            per_value.push(match (offices.instead.get(value), self.index.position(Kind::Office, value)) {
                (Some(instead), _) => self.ids(Kind::Office, instead),
                (None, Some(at)) => vec![Id::new(at)],
                (None, None) => {
                    if !self.index.incomplete.contains(&Kind::Office) {
                        self.report(fault::office_missing(id, value));
                    }
                    Vec::new()
                }
            });
        }
        for value in offices.instead.keys().filter(|value| !fact.values.contains_key(*value)) {
            self.report(fault::unknown_value(id, value, keys(&fact.values)));
        }
        OfficeFact {
            because: self.text_with_places(format!("fact.{id}.because"), &offices.because),
            not_this: self.maybe_text(format!("fact.{id}.not_this"), &offices.not_this),
            offices: per_value,
        }
    }
}
