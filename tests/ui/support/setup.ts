import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MORNING } from './device.ts';

/** Makes what all workers use, before them: a folder, and the library that holds clock and network. */
export default function setup(): () => void {
  if (process.platform !== 'linux') throw new Error('these tests need Linux: they hold clock and network of a process by LD_PRELOAD');
  const work = mkdtempSync(join(tmpdir(), 'madoguchi-ui-'));
  const library = join(work, 'device.so');
  execFileSync(process.env.CC ?? 'cc', ['-O1', '-shared', '-fPIC', '-o', library, fileURLToPath(new URL('device.c', import.meta.url))]);
  process.env.MADOGUCHI_TEST_WORK = work;
  process.env.MADOGUCHI_TEST_DEVICE = library;
  process.env.MADOGUCHI_TEST_AHEAD = String(Math.round((MORNING - Date.now()) / 1000));
  return () => rmSync(work, { recursive: true, force: true });
}
