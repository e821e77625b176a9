import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fixedClock } from '#domain';
import { allDefinitions, uncheckedTexts } from '#jobs';
import { nameOf, standardDefinitions } from '#success';
import type { WarehouseRows } from '#warehouse';
import { createAnalyses } from './analyses/analyses.ts';
import { readAhead } from './definitions-ahead.ts';

const folder = mkdtempSync(join(tmpdir(), 'definitions-ahead-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has definitions of the folder checked where analyses are, and keeps what they say', async () => {
  const [standard] = standardDefinitions();
  writeFileSync(join(folder, 'own.yaml'), standard!.source.replace('version: 1', 'version: 8'));
  writeFileSync(join(folder, 'wrong.yaml'), 'name: x');
  // It asks no tables.
  const { checkDefinition } = createAnalyses({ warehouse: {} as WarehouseRows, clock: fixedClock(0) });

  await readAhead(folder, { checkDefinition: () => Promise.reject(new Error('the engine is stopping')) });
  expect(uncheckedTexts(folder)).toHaveLength(2);
  await readAhead(folder, { checkDefinition });
  expect(uncheckedTexts(folder)).toEqual([]);
  expect(allDefinitions(folder).map(nameOf)).toContain(`${standard!.name}@8`);
});
