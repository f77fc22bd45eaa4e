import { marked } from '../../app/i18n.svelte';
import { date } from './days';
import type { Step } from './types';
import { workedOut } from './values';

// Reasons in plain words: the tree as rules have it, without the steps that say nothing to people.

// What rules derive for a program is called by it and a word: the word says it here.
const nameOf = (step: Step): string => step.label ?? step.name?.split('/').pop()?.replaceAll('_', ' ') ?? '';
const truth = (step: Step): string | undefined =>
  step.verdict === null ? undefined : marked(step.verdict === 'eligible' ? 'benefits.yes' : step.verdict === 'unknown' ? 'benefits.unknown' : 'benefits.no');
const valueOf = (step: Step): string | undefined => truth(step) ?? workedOut(step);

/** Whose it is and what it is called. */
function called(step: Step, people: readonly string[]): string {
  const name = nameOf(step);
  const who = step.person === null ? undefined : people[step.person];
  if (!who || !name) return name;
  return marked(step.verdict === null ? 'benefits.step.of' : 'benefits.step.whose', { who, name });
}

/** One side of a comparison: its name and what it came to, or that alone. */
function side(step: Step | undefined, people: readonly string[]): string {
  if (!step) return marked('benefits.step.reckoned');
  const name = called(step, people);
  const value = valueOf(step);
  if (!name) return value ?? marked('benefits.step.reckoned');
  return value === undefined ? name : marked('benefits.step.side', { name, value });
}

/** Is it the law's bare number, that something is held against? */
const bare = (step: Step | undefined) => step !== undefined && step.kind !== 'fact' && nameOf(step) === '';

/** A step as a sentence; nothing where it says nothing. */
export function sentence(step: Step, people: readonly string[]): string | undefined {
  const [a, b] = step.below;
  switch (step.kind) {
    case 'any':
    case 'not':
      return marked(`benefits.step.${step.kind}`);
    case 'less':
    case 'at-most':
      // What one has stands first: it is held against the number, not the number against it.
      if (bare(a) && !bare(b)) return marked(step.kind === 'less' ? 'benefits.step.over' : 'benefits.step.at-least', { a: side(b, people), b: side(a, people) });
      return marked(`benefits.step.${step.kind}`, { a: side(a, people), b: side(b, people) });
    case 'same':
      return marked('benefits.step.same', { a: side(a, people), b: side(b, people) });
    default: {
      const name = called(step, people);
      const value = valueOf(step);
      if (!name) return undefined;
      // Whether it holds, its mark says; what was answered is told.
      if (value === undefined || (step.verdict !== null && step.kind !== 'fact')) return name;
      if (step.kind === 'fact') return marked('benefits.step.fact', { name, value });
      return step.since ? marked('benefits.step.since', { name, value, day: date(step.since) }) : marked('benefits.step.value', { name, value });
    }
  }
}

/** The steps that say something; one that says nothing gives way to what it is made of. */
export const telling = (steps: readonly Step[], people: readonly string[]): Step[] => steps.flatMap((step) => (sentence(step, people) === undefined ? telling(step.below, people) : [step]));

/** What is told below a step. The two sides of a comparison are told in it: what they are made of is told below. */
export function below(step: Step, people: readonly string[]): Step[] {
  const compared = step.kind === 'less' || step.kind === 'at-most' || step.kind === 'same';
  return telling(compared ? step.below.flatMap((one) => one.below) : step.below, people);
}
