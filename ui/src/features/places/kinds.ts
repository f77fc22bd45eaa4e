import { isMessage, marked } from '../../app/i18n.svelte';
import type { Tone } from '../../app/segments';
import type { IconName } from '../../components/icons';

/** Where to flee to, and where to stay afterwards: two things, never merged. */
export const EMERGENCY_SITE = 'emergency-site';

// In the order in which they are offered: what saves lives first.
const looks: Record<string, [Tone, IconName]> = {
  [EMERGENCY_SITE]: ['safety', 'directions_walk'],
  shelter: ['safety', 'night_shelter'],
  'open-shelter': ['safety', 'night_shelter'],
  aed: ['danger', 'ecg_heart'],
  medical: ['health', 'local_hospital'],
  'public-facility': ['key', 'account_balance'],
  childcare: ['family', 'child_care'],
  care: ['senior', 'home_health'],
  toilet: ['plain', 'wc'],
  wifi: ['plain', 'wifi'],
  tourism: ['living', 'attractions'],
  'cool-spot': ['plain', 'ac_unit'],
};

/** The colours and icon of a kind; a layer of the town's own stands in the neutral one. */
export function kindLook(kind: string): { tone: Tone; icon: IconName } {
  const [tone, icon] = looks[kind] ?? ['plain', 'location_on'];
  return { tone, icon };
}

/** The name of a kind in the reader's language; a layer of the town's own keeps the town's name. */
export function kindName(kind: string, given: string): string {
  const key = `kind.${kind}`;
  return isMessage(key) ? marked(key) : given;
}

const order = Object.keys(looks);

/** Known kinds in the order above, then the town's own as they come. */
export function inOrder<T extends { kind: string }>(kinds: readonly T[]): T[] {
  const rank = ({ kind }: T) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...kinds].sort((a, b) => rank(a) - rank(b));
}
