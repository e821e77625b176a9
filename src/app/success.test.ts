import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fixedClock } from '#domain';
import { nameOf, standardDefinitions } from '#success';
import type { WarehouseRows } from '#warehouse';
import { type Analyses, createAnalyses } from './analyses/analyses.ts';
import { createSuccess } from './success.ts';
import { Watched } from './watched.ts';

const folder = mkdtempSync(join(tmpdir(), 'success-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('checks what is saved against what was saved just before', async () => {
  const clock = fixedClock(0);
  // Nothing here is asked of the tables.
  const here = createAnalyses({ warehouse: {} as WarehouseRows, clock });
  const besides: string[][] = [];
  const checkDefinition: Analyses['checkDefinition'] = async (request) => {
    besides.push(request.others.map(nameOf));
    return here.checkDefinition(request);
  };
  const analyses = { ...here, checkDefinition };
  const flush = async () => undefined;
  const success = createSuccess({ analyses, clock, folder, flush, intents: () => null, watched: new Watched() });
  const next = (name: string) =>
    standardDefinitions()
      .find((each) => each.name === name)!
      .source.replace('version: 1', 'version: 2');
  await Promise.all([success.save(next('sleep_playlist')), success.save(next('workout'))]);
  expect(besides.map((names) => names.includes('sleep_playlist@2'))).toEqual([false, true]);
});
