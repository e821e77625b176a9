import { expect, it } from 'vitest';
import { ERRORS } from '#domain';
import { read } from './source-files.ts';

const PAGE = read('docs/reference/errors.md');

const row = (code: string, { status, title, remedy }: { status: number; title: string; remedy: string }): string =>
  `| \`${code}\` | ${status} | ${title} | ${remedy} |`;

it('every error stands in docs/reference/errors.md as it is answered, and nothing else does', () => {
  const documented = PAGE.split('\n').filter((line) => line.startsWith('| `'));
  expect(documented.length).toBeGreaterThan(0);
  expect(documented).toEqual(Object.entries(ERRORS).map(([code, error]) => row(code, error)));
});
