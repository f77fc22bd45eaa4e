import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const repository = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

function binary(name: string): string {
  const given = process.env[`${name.toUpperCase()}_BIN`];
  const targets = [process.env.CARGO_TARGET_DIR, join(repository, 'target'), join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'madoguchi-target')];
  const places = given ? [given] : targets.filter((target) => target !== undefined).map((target) => join(target, 'debug', name));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`${name} is not built: looked at ${places.join(', ')}`);
  return found;
}

/** The town's command. */
export const madoguchi = (): string => binary('madoguchi');
/** The phone's command. */
export const resident = (): string => binary('resident');
/** The built UI. */
export const dist = process.env.MADOGUCHI_DIST ?? join(repository, 'ui/dist');
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Real data that is no part of the project: the path, or nothing where it is not there. */
export function shared(path: string): string | undefined {
  const found = join(process.env.MADOGUCHI_SHARED ?? join(repository, '../shared'), 'data', path);
  return existsSync(found) ? found : undefined;
}
