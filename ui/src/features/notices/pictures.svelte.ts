import { call } from '../../ipc/client';
import type { Block } from '../../ipc/types';

/** Every picture of a text. */
export function paths(blocks: Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.t === 'image') return [block.path];
    if (block.t === 'list') return block.items.flatMap(paths);
    return block.t === 'quote' ? paths(block.blocks) : [];
  });
}

/** Addresses of a notice's pictures, once the core has them. */
export function pictures(notice: string, blocks: () => Block[]): (path: string) => string | undefined {
  let files = $state.raw<Record<string, string>>({});
  const asked = new Set<string>();
  $effect(() => {
    for (const path of paths(blocks())) {
      if (asked.has(path)) continue;
      asked.add(path);
      call('attachment', { notice, path }).then(
        ({ file }) => (files = { ...files, [path]: file }),
        // Its words stand in its place; the next visit asks again.
        () => asked.delete(path),
      );
    }
  });
  return (path) => files[path];
}
