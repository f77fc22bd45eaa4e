import { marked } from '../../app/i18n.svelte';
import { date } from './days';
import type { Step } from './types';
import { workedOut } from './values';

// Reasons in plain words: the tree as rules have it, without the steps that say nothing to people.

const nameOf = (step: Step): string => step.label ?? step.name?.replaceAll('_', ' ') ?? '';
const truth = (step: Step): string | undefined =>
  step.verdict === null ? undefined : marked(step.verdict === 'eligible' ? 'benefits.yes' : step.verdict === 'unknown' ? 'benefits.unknown' : 'benefits.no');
const valueOf = (step: Step): string | undefined => truth(step) ?? workedOut(step);

/** Whose it is and what it is called. */
function called(step: Step, people: readonly string[]): string {
  const name = nameOf(step);
  const who = step.person === null ? undefined : people[step.person];
  return who && name ? marked('benefits.step.of', { who, name }) : name;
}

/** One side of a comparison: its name and what it came to, or that alone. */
function side(step: Step | undefined, people: readonly string[]): string {
  if (!step) return '';
  const name = called(step, people);
  const value = valueOf(step);
  if (!name) return value ?? marked('benefits.step.reckoned');
  return value === undefined ? name : marked('benefits.step.side', { name, value });
}

/** A step as a sentence; nothing where it says nothing. */
export function sentence(step: Step, people: readonly string[]): string | undefined {
  const [a, b] = step.below;
  switch (step.kind) {
    case 'any':
    case 'not':
      return marked(`benefits.step.${step.kind}`);
    case 'less':
    case 'at-most':
    case 'same':
      return marked(`benefits.step.${step.kind}`, { a: side(a, people), b: side(b, people) });
    default: {
      const name = called(step, people);
      const value = valueOf(step);
      if (!name) return undefined;
      if (value === undefined) return name;
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
