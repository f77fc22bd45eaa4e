import { shareText, type Shared } from '../ipc/device';
import { marked } from './i18n.svelte';
import { snack } from './undo.svelte';

/** Hands a text to the share sheet; where it is copied instead, or could not be, that is said. */
export async function share(what: Shared): Promise<void> {
  const done = await shareText(what);
  if (done === 'copied') snack.show(marked('share.copied'));
  if (done === 'failed') snack.show(marked('share.failed'));
}
