//! Many households at once come to what each comes to alone.

use madoguchi_benefits::number::Interval;
use madoguchi_benefits::value::{Days, Truth, Value};
use madoguchi_benefits::{Batch, Column, Evaluation, Fact, Household, Person, Rules, Type, calendar};
use madoguchi_tests::{repository, rules};
use serde_json::{Value as Json, json};

/// A small generator: the same households on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// A value of a fact, as JSON and as the batch takes it; sometimes the rules' default, sometimes unknown.
fn value(rules: &Rules, fact: &Fact, dice: &mut Dice) -> (Json, Value) {
    let left_out = (Json::Null, fact.unknown);
    match (fact.ty, dice.roll(8)) {
        (_, 0) => left_out,
        (Type::Bool, roll) => (json!(roll < 4), Value::Bool(Truth::from(roll < 4))),
        (Type::Number(_), _) => {
            let n = dice.roll(60) * 100_000 + dice.roll(3);
            (json!(n), Value::Number(Interval::whole(n as i64)))
        }
        (Type::Date, _) => {
            let day = calendar::day_number(1940, 1, 1) + dice.roll(30_000) as i32;
            (json!(calendar::format(day)), Value::Date(Days::exactly(day)))
        }
        (Type::Choice(choice), _) => {
            let words = &rules.choices[usize::from(choice)].words;
            let number = dice.roll(words.len() as u64) as usize;
            (json!(words[number]), Value::Choice(1 << number))
        }
        _ => left_out,
    }
}

#[test]
fn many_households_at_once_come_to_what_each_comes_to_alone() {
    const ROWS: usize = 60;
    const PEOPLE: usize = 3;
    let files = rules::folder(&repository().join("tests/openfisca")).expect("the comparison set");
    let rules = Rules::compile(&files).expect("rules");
    let day = calendar::parse("2024-10-01").expect("a day");
    let mut dice = Dice(0x5EED);
    let mut batch = Batch::new(&rules, day, PEOPLE, ROWS);
    let mut households: Vec<Household> = (0..ROWS).map(|_| Household::default()).collect();
    for household in &mut households {
        // In the order of their facts, as a single evaluation puts them: the first fact decides.
        household.people = (0..PEOPLE)
            .map(|n| Person {
                name: n.to_string(),
                facts: [("C型肝炎ウイルスに感染している".to_owned(), Json::Null)].into(),
            })
            .collect();
    }
    for fact in &rules.facts {
        for person in if fact.per_person { 0..PEOPLE } else { 0..1 } {
            let mut column = Vec::new();
            for household in &mut households {
                let (json, value) = value(&rules, fact, &mut dice);
                let facts = if fact.per_person {
                    &mut household.people[person].facts
                } else {
                    &mut household.household
                };
                facts.insert(fact.name.clone(), json);
                column.push(value);
            }
            assert!(batch.set(&fact.name, fact.per_person.then_some(person), Column::from_values(column)));
        }
    }
    let mut compared = 0;
    for (row, household) in households.iter().enumerate() {
        let mut alone = Evaluation::of(&rules, day, household).expect("a household");
        for name in rules.definition_names() {
            let people = if rules.scope_of(name) == Some(true) { 0..PEOPLE } else { 0..1 };
            for person in people {
                let one = alone.value_of(name, Some(person));
                let many = batch.values(name, Some(person)).map(|column| column.get(row));
                if alone.order_as_entered() {
                    assert_eq!(many, one, "{name} of {person} in household {row}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 2_000, "only {compared} values were compared");
}
