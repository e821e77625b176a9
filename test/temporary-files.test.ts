import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { expect, it } from 'vitest';

it('go into a folder of the run, which is removed after it', () => {
  expect(basename(tmpdir())).toMatch(/^ritornello-tests-/);
});
