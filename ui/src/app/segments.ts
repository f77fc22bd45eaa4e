import type { IconName } from '../components/icons';
import { isMessage, marked } from './i18n.svelte';

/** Colours of a segment; a segment without its own stands in the neutral one. */
export type Tone = 'key' | 'plain' | 'ok' | 'caution' | 'danger' | 'lamp' | 'safety' | 'family' | 'senior' | 'living' | 'health';

const looks: Record<string, [Tone, IconName]> = {
  safety: ['safety', 'shield'],
  health: ['health', 'vaccines'],
  family: ['family', 'child_care'],
  senior: ['senior', 'elderly'],
  disability: ['senior', 'accessible'],
  living: ['living', 'cottage'],
  'living.garbage': ['living', 'delete'],
  'living.community': ['living', 'diversity_3'],
  event: ['key', 'event'],
  town: ['plain', 'account_balance'],
  other: ['plain', 'campaign'],
};

/** The colours and icon of a segment; a sub-segment takes those of the segment above. */
export function segmentLook(code: string | undefined): { tone: Tone; icon: IconName } {
  const found = looks[code ?? ''] ?? looks[(code ?? '').split('.')[0] ?? ''];
  const [tone, icon] = found ?? ['plain', 'campaign'];
  return { tone, icon };
}

/** The name of a segment in the reader's language, with readings. */
export function segmentName(code: string): string {
  const key = `segment.${code}`;
  const above = `segment.${code.split('.')[0] ?? ''}`;
  return marked(isMessage(key) ? key : isMessage(above) ? above : 'segment.other');
}
