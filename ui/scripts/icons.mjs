// Writes src/components/icons/{first,more}.ts from Material Symbols Rounded (Google, Apache-2.0): only the icons named here.
// `first` comes with the app and holds what today and the notices show; `more` comes with the first other screen.
// Run `npm run icons` after changing a list.
import { readFileSync, writeFileSync } from 'node:fs';

const lists = {
  first: `
accessible account_balance arrow_back bookmark bookmark-fill call campaign campaign-fill check chevron_right child_care close
cloud_off cottage delete diversity_3 elderly event history inbox info location_on map map-fill open_in_new
radio refresh search settings shield signal_disconnected sunny sunny-fill tune vaccines verified_user visibility_off warning
`,
  more: `
ac_unit add arrow_upward attractions calendar_month check_circle checklist directions_run-fill directions_walk do_not_disturb_on download earthquake edit ecg_heart event_available-fill family_home flood
help home home-fill home_health landslide link_off local_fire_department local_hospital lock my_location navigation night_shelter payments person picture_as_pdf print recycling remove
schedule school share storm swap_vert tsunami volcano water_drop wc wifi work
`,
};

// Our own, on the same grid (0 -960 960 960): the window with someone behind it.
const own = {
  first: {
    counter:
      'M164-272v-288a316 316 0 0 1 632 0v288a36 36 0 0 1-72 0v-288a244 244 0 0 0-488 0v288a36 36 0 0 1-72 0ZM388-560a92 92 0 1 1 184 0 92 92 0 1 1-184 0ZM316-272a164 164 0 0 1 328 0ZM128-220h704a44 44 0 0 1 0 88H128a44 44 0 0 1 0-88Z',
    counter_fill:
      'M480-876a316 316 0 0 0-316 316v296h132a184 184 0 0 1 368 0h132v-296a316 316 0 0 0-316-316Zm0 208a104 104 0 1 1 0 208 104 104 0 0 1 0-208ZM128-216h704a48 48 0 0 1 0 96H128a48 48 0 0 1 0-96Z',
  },
  more: {},
};

const root = new URL('../node_modules/@material-symbols/svg-400/rounded/', import.meta.url);
const path = (name) => {
  const d = [...readFileSync(new URL(`${name}.svg`, root), 'utf8').matchAll(/ d="([^"]+)"/g)].map((m) => m[1]);
  if (d.length === 0) throw new Error(`no path in ${name}`);
  return d.join('');
};

for (const [list, names] of Object.entries(lists)) {
  const found = names.trim().split(/\s+/).map((name) => [name.replace('-fill', '_fill'), path(name)]);
  const lines = [...found, ...Object.entries(own[list])].map(([name, d]) => `  ${name}:\n    '${d}',`);
  writeFileSync(
    new URL(`../src/components/icons/${list}.ts`, import.meta.url),
    `// Material Symbols Rounded (Google, Apache-2.0) and our own. Written by scripts/icons.mjs; do not edit.\nexport const ${list} = {\n${lines.join('\n')}\n} as const;\n`,
  );
}
