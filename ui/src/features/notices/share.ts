import { share as hand } from '../../app/share';
import { titleText } from '../../app/town-words';
import type { Notice } from '../../ipc/types';

/** Hands title, summary and link of a notice to someone. */
export function share(notice: Notice): Promise<void> {
  const title = titleText(notice.text.title, notice.lang);
  const text = [title, notice.text.summary, notice.department].filter(Boolean).join('\n');
  return hand({ title, text, ...(notice.link ? { url: notice.link } : {}) });
}
