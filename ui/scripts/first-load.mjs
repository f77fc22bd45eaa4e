// What must be loaded before the first notices stand on the screen, in Japanese, compressed by gzip:
// `node scripts/first-load.mjs [DIST]` prints {"bytes":…,"files":[{"file","bytes"}]}. Run `npm run build` before.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The screens and words of the first look; where they are chunks of their own they count, wherever they are imported. */
const FIRST = /^(ja|Today|Notices)-[\w-]{8}\.(js|css)$/;

/** What a file cannot do without: scripts and styles of a page, static imports of a script. */
function needs(path) {
  const source = readFileSync(path, 'utf8');
  const found = path.endsWith('.html')
    ? [...source.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g)]
    : path.endsWith('.js')
      ? [...source.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^'"();]*?from\s*)?["'](\.[^"']+)["']/g)]
      : [];
  return found.map(([, wanted]) => join(dirname(path), wanted));
}

export function firstLoad(dist) {
  const seen = new Set();
  const take = (path) => {
    if (seen.has(path)) return;
    if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build`);
    seen.add(path);
    needs(path).forEach(take);
  };
  take(join(dist, 'index.html'));
  const assets = join(dist, 'assets');
  for (const name of existsSync(assets) ? readdirSync(assets) : []) if (FIRST.test(name)) take(join(assets, name));
  const files = [...seen].map((path) => ({ file: relative(dist, path), bytes: gzipSync(readFileSync(path), { level: 9 }).length }));
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
  process.stdout.write(`${JSON.stringify(firstLoad(dist))}\n`);
}
