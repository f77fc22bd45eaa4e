import names from './fact-names.json';
import type { FactShape, Facts, Household, HouseholdState, Open, Person, Value } from './types';

// What the screens do with a household: always a new one, the old one stays for taking back.

export const nobody: Household = { household: {}, people: [] };

/** What is kept, as far as it is saved. */
export type Kept = Pick<HouseholdState, 'declined' | 'received'> & { household: Household };
export const kept = (state: HouseholdState | undefined): Kept => ({
  household: state?.household ?? nobody,
  declined: state?.declined ?? [],
  received: state?.received ?? [],
});

export const same = (a: Open, b: Open): boolean => a.fact === b.fact && a.person === b.person;
/** The value of a fact; undefined where it is not known. */
export function valueOf(of: Household, open: Open): Value | undefined {
  const facts = open.person === null ? of.household : of.people[open.person]?.facts;
  return facts?.[open.fact] ?? undefined;
}

function put(facts: Facts, fact: string, value: Value | undefined): Facts {
  const { [fact]: _, ...others } = facts;
  return value === undefined || value === null ? others : { ...others, [fact]: value };
}

const change = (of: Household, person: number, how: (facts: Facts) => Facts): Household => ({
  ...of,
  people: of.people.map((one, i) => (i === person ? { ...one, facts: how(one.facts) } : one)),
});

/** A spouse's spouse is oneself: both ends are set, and whoever was at one of them before is let go. */
function married(of: Household, person: number, value: Value | undefined): Household {
  const own = of.people[person]?.name ?? '';
  const people = of.people.map((one, i) => {
    if (i === person) return { ...one, facts: put(one.facts, names.spouse, value) };
    if (value !== undefined && value !== '' && one.name === value) return { ...one, facts: put(one.facts, names.spouse, own) };
    return one.facts[names.spouse] === own ? { ...one, facts: put(one.facts, names.spouse, undefined) } : one;
  });
  return { ...of, people };
}

/** The household with one fact set; undefined: not known. */
export function withFact(of: Household, { fact, person }: Open, value: Value | undefined): Household {
  if (person === null) return { ...of, household: put(of.household, fact, value) };
  return fact === names.spouse ? married(of, person, value) : change(of, person, (facts) => put(facts, fact, value));
}

/** Each value that names someone, through `how`; undefined: let go. */
function renamed(facts: Facts, people: ReadonlySet<string>, how: (name: string) => string | undefined): Facts {
  const found: Facts = {};
  for (const [fact, value] of Object.entries(facts)) {
    if (!people.has(fact)) found[fact] = value;
    else if (Array.isArray(value)) found[fact] = value.map(how).filter((name) => name !== undefined);
    else if (typeof value === 'string' && value !== '') {
      const name = how(value);
      if (name !== undefined) found[fact] = name;
    } else found[fact] = value;
  }
  return found;
}

const referring = (facts: readonly FactShape[]) => new Set([names.spouse, names.parents, ...facts.filter(({ kind }) => kind === 'person' || kind === 'persons').map(({ fact }) => fact)]);

function throughout(of: Household, facts: readonly FactShape[], how: (name: string) => string | undefined): Household {
  const people = referring(facts);
  return {
    household: renamed(of.household, people, how),
    people: of.people.map((one) => ({ ...one, facts: renamed(one.facts, people, how) })),
  };
}

/** Another name, wherever it stands. */
export function withName(of: Household, facts: readonly FactShape[], person: number, name: string): Household {
  const before = of.people[person]?.name;
  const all = throughout(of, facts, (one) => (one === before ? name : one));
  return { ...all, people: all.people.map((one, i) => (i === person ? { ...one, name } : one)) };
}

/** Without a person; the others no longer name them, and what was declined stays with whom it belongs to. */
export function without(of: Kept, facts: readonly FactShape[], person: number): Kept {
  const gone = of.household.people[person]?.name;
  const all = throughout(of.household, facts, (one) => (one === gone ? undefined : one));
  return {
    ...of,
    household: { ...all, people: all.people.filter((_, i) => i !== person) },
    declined: of.declined
      .filter((open) => open.person !== person)
      .map((open) => (open.person !== null && open.person > person ? { ...open, person: open.person - 1 } : open)),
  };
}

export const withPerson = (of: Household, person: Person): Household => ({ ...of, people: [...of.people, person] });

/** How a question was answered. */
export type Answer = { how: 'value'; value: Value } | { how: 'unknown' } | { how: 'declined' };

/** What is kept after an answer. */
export function answered(of: Kept, open: Open, answer: Answer): Kept {
  const others = of.declined.filter((one) => !same(one, open));
  return {
    ...of,
    household: withFact(of.household, open, answer.how === 'value' ? answer.value : undefined),
    declined: answer.how === 'declined' ? [...others, open] : others,
  };
}

/** Everything that was said: the household's first, then person by person, in the order of the questionnaire. */
export function said(of: Household, facts: readonly FactShape[]): { person: number | null; name: string; answers: { shape: FactShape; value: Value }[] }[] {
  const of_ = (person: number | null, name: string, own: Facts) => ({
    person,
    name,
    answers: facts.filter((shape) => shape.perPerson === (person !== null)).flatMap((shape) => {
      const value = own[shape.fact];
      return value === undefined || value === null ? [] : [{ shape, value }];
    }),
  });
  return [of_(null, '', of.household), ...of.people.map((one, i) => of_(i, one.name, one.facts))];
}

/** The questions without those that were put off. */
export const asked = <Q extends { open: Open }>(questions: readonly Q[], later: readonly Open[]): Q[] => questions.filter(({ open }) => !later.some((one) => same(one, open)));

/** What may be chosen for a text: a town lies in the prefecture that was told. */
export function choicesOf(shape: FactShape, of: Household): string[] {
  const told = shape.dependsOn === null ? undefined : of.household[shape.dependsOn];
  return shape.choicesBy.find((choices) => choices.of === told)?.choices ?? shape.choices;
}
