import { expect, it } from 'vitest';
import { POLICIES, PRESET_NAMES, parseWorld, SHOCK_KINDS, WORLD_FIELDS, type WorldField } from '#simulation';
import { filesBelow, read } from './source-files.ts';

const DOC = read('docs/reference/worlds.md');
const CONCEPT = read('docs/concepts/simulation.md');

const row = ([name, { standard, from, to, whole, doc }]: readonly [string, WorldField]): string =>
  `| \`${name}\` | ${standard} | ${whole ? 'whole, ' : ''}${from} to ${to} | ${doc} |`;

it('docs/reference/worlds.md lists every field of a world as it is', () => {
  const rows = Object.entries(WORLD_FIELDS).map(row);
  expect(DOC).toContain(['|---|---|---|---|', ...rows, ''].join('\n'));
});

it('docs/reference/worlds.md names the presets and the shocks', () => {
  expect(DOC).toContain(PRESET_NAMES.map((name) => `\`${name}\``).join(', '));
  for (const kind of SHOCK_KINDS) expect(DOC).toContain(`| \`${kind}\` |`);
});

it('docs/reference/worlds.md shows a document that is valid', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(DOC) ?? [];
  expect(parseWorld(yaml).rules['listeners.count']).toBe(500);
});

it('docs/concepts/simulation.md lists every reference policy as it is, and every claim', () => {
  for (const [name, { about, knowsTruth }] of Object.entries(POLICIES)) {
    expect(CONCEPT).toContain(`| \`${name}\` | ${about}${knowsTruth ? ' Knows the truth.' : ''} |`);
  }
  const claims = filesBelow('test/simulation/claims').filter((path) => path.endsWith('.test.ts'));
  expect(claims.length).toBeGreaterThan(0);
  for (const path of claims) {
    const name = path.split('/').at(-1)?.replace('.test.ts', '');
    expect(CONCEPT).toContain(`(../claims/${name}.md)`);
  }
});

it('the arithmetic of the simulator is the same on every engine: no powers', () => {
  const files = filesBelow('src/simulation').filter((path) => !path.endsWith('.test.ts'));
  // The matrix for timing has a definition of its own.
  const others = files.filter((path) => !/synthetic-interactions|hash64/.test(path));
  expect(others.length).toBeGreaterThan(30);
  const powers = others.filter((path) => /\w\)? \*\* |Math\.pow/.test(read(path)));
  expect(powers).toEqual([]);
});
