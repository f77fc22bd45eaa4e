// Writes src/features/settings/works.json: the works of others that the built screens contain, each with its licence and the
// notice that it wants to be passed on. Run `npm run works` after changing a package; a test holds the file to the lock.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

// From the folder of the UI, where npm runs scripts and tests alike.
const text = (path) => readFileSync(path, 'utf8');

/** Tools while building, of which something ends in what is built: the runtime of the components, class names, icons, the loader of
 * parts, and what their types are checked for. */
export const BUILT_IN = ['svelte', 'clsx', 'esm-env', '@material-symbols/svg-400', 'vite', 'rolldown'];

function notice(name) {
  const folder = `node_modules/${name}/`;
  const files = readdirSync(folder);
  // Of two licences to choose from the shorter is taken.
  const found = files.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) && !/apache/i.test(file)).sort();
  // A build tool's file goes on with the licences of what it is built from, of which nothing comes here.
  const own = found.map((file) => text(folder + file).split(/^#+ (?:Licenses of )?bundled dependencies/im)[0].trim());
  // Who has no such file says it at the end of the README.
  const read = files.filter((file) => own.length === 0 && /^readme/i.test(file)).map((file) => text(folder + file).split(/^#+ Licen[cs]e.*$/im)[1]?.trim());
  const said = [...own, ...read].filter(Boolean).join('\n\n').replace(/\r\n/g, '\n');
  if (!said) throw new Error(`${name}: no licence is passed on with it`);
  return said;
}

/** What the lock names that is not only for building, and what of the rest is built in: name, version, licence. */
export function locked() {
  const { packages } = JSON.parse(text('package-lock.json'));
  const all = Object.entries(packages).filter(([path]) => path !== '');
  const name = (path) => path.split('node_modules/').pop();
  // Types alone are gone when it is built.
  const ours = all.filter(([path, of]) => (!of.dev && !path.includes('/@types/')) || BUILT_IN.some((tool) => path === `node_modules/${tool}`));
  return ours.map(([path, { version, license }]) => ({ name: name(path), version, licence: license.replace(/^\((.*)\)$/, '$1') })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The whole list. */
export const works = () => locked().map((work) => ({ ...work, notice: notice(work.name) }));

if (process.argv[1]?.endsWith('works.mjs')) {
  writeFileSync('src/features/settings/works.json', `${JSON.stringify(works(), null, 1)}\n`);
}
