import type { Block, Inline } from '../../ipc/types';

/** A fact of the town's own: what it is about, and what it is. */
export interface OwnFact {
  termInlines: Inline[];
  inlines: Inline[];
}

const SHORT = 12;

/** Splits a text that begins with a list of "**term** value" into those facts and the rest. */
export function leadingFacts(blocks: Block[]): { facts: OwnFact[]; rest: Block[] } {
  const [first, ...rest] = blocks;
  const nothing = { facts: [], rest: blocks };
  if (first?.t !== 'list' || first.ordered) return nothing;
  const facts: OwnFact[] = [];
  for (const item of first.items) {
    const [only, ...more] = item;
    if (only?.t !== 'paragraph' || more.length > 0) return nothing;
    const fact = split(only.text);
    if (!fact) return nothing;
    facts.push(fact);
  }
  return { facts, rest };
}

function split(text: Inline[]): OwnFact | undefined {
  const [term, ...inlines] = text;
  if (term?.t !== 'strong' || term.text.length > SHORT || inlines.length === 0) return undefined;
  const [head, ...tail] = inlines;
  const value: Inline[] = head?.t === 'text' ? [{ t: 'text', text: head.text.replace(/^[\s:\uff1a\u3000]+/, '') }, ...tail] : inlines;
  return { termInlines: [{ t: 'text', text: term.text.replace(/[:\uff1a]$/, '') }], inlines: value };
}
