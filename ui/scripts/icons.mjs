// Writes src/components/icons.ts from Material Symbols Rounded (Google, Apache-2.0): only the icons named here.
// Run `npm run icons` after changing the list.
import { readFileSync, writeFileSync } from 'node:fs';

const names = `
accessible arrow_back bookmark bookmark-fill call campaign campaign-fill check chevron_right child_care close
cottage delete directions_walk diversity_3 download elderly event flood
account_balance info language link_off location_on location_on-fill my_location open_in_new
picture_as_pdf refresh schedule search settings share shield signal_disconnected storage sunny sunny-fill
tune undo vaccines verified_user visibility_off warning
ac_unit attractions calendar_month ecg_heart group home_health local_hospital lock night_shelter recycling
wc wifi
`.trim().split(/\s+/);

const root = new URL('../node_modules/@material-symbols/svg-400/rounded/', import.meta.url);
const path = (name) => {
  const d = [...readFileSync(new URL(`${name}.svg`, root), 'utf8').matchAll(/ d="([^"]+)"/g)].map((m) => m[1]);
  if (d.length === 0) throw new Error(`no path in ${name}`);
  return d.join('');
};
const lines = names.map((name) => `  '${name.replace('-fill', '_fill')}':\n    '${path(name)}',`);
writeFileSync(
  new URL('../src/components/icons.ts', import.meta.url),
  `// Material Symbols Rounded (Google, Apache-2.0). Written by scripts/icons.mjs; do not edit.\nexport const icons = {\n${lines.join('\n')}\n} as const;\n\nexport type IconName = keyof typeof icons;\n`,
);
