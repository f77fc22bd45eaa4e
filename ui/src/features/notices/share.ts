import { marked } from '../../app/i18n.svelte';
import { snack } from '../../app/undo.svelte';
import type { Notice } from '../../ipc/types';

/** Hands title, summary and link to the phone's share sheet; without one they are copied. */
export async function share(notice: Notice): Promise<void> {
  const text = [notice.text.title, notice.text.summary, notice.department].filter(Boolean).join('\n');
  const url = notice.link ?? undefined;
  try {
    if (typeof navigator.share === 'function') {
      await navigator.share({ title: notice.text.title, text, ...(url ? { url } : {}) });
    } else {
      await navigator.clipboard.writeText(url ? `${text}\n${url}` : text);
      snack.show(marked('notice.copied'));
    }
  } catch {
    // Closing the share sheet is an answer, not an error.
  }
}
