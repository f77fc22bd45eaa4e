import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { BUILT_IN, locked, works } from '../scripts/works.mjs';

interface Work {
  name: string;
  version: string;
  licence: string;
  notice: string;
}

const listed = JSON.parse(readFileSync('src/features/settings/works.json', 'utf8')) as Work[];
const named = (of: Omit<Work, 'notice'>[]) => of.map(({ name, version, licence }) => `${name} ${version} ${licence}`);

describe('the works of others in what is built', () => {
  it('are those of the lock, in its versions and licences', () => expect(named(listed)).toEqual(named(locked() as Work[])));
  it('stand there as their authors want them passed on (npm run works)', () => expect(listed).toEqual(works()));
  it('each have a notice with who made them or what they allow', () => {
    for (const { name, notice } of listed) expect(notice, name).toMatch(/copyright|permission is hereby granted|apache license/i);
  });
  it('are all known that a source file asks for', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    for (const name of [...Object.keys(dependencies), ...(BUILT_IN as string[])]) expect(listed.map((work) => work.name)).toContain(name);
  });
});
