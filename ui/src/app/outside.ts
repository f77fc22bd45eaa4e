import { followOutside, openedWith } from '../ipc/device';
import { marked } from './i18n.svelte';
import { target } from './links';
import { router } from './router.svelte';
import { snack } from './undo.svelte';

/** Ties the app's window to the device: links that lead in, links that lead out. */
export function tieOutside(): void {
  followOutside(() => snack.show(marked('outside.failed')));
  void openedWith((urls) => {
    const wanted = urls.map((url) => target(url, (path) => router.knows(path))).find((found) => found !== undefined);
    if (wanted) router.go(wanted.path, wanted.query);
  });
}
