/** A claim as a page: question, world, result with intervals and a picture, what would falsify it. Written with `--update`. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Estimate } from '#domain';
import { bounds, IS_FULL } from './claim-runs.ts';

export interface Claim {
  /** Name of the page. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly world: string;
  readonly result: string;
  readonly rows: readonly { readonly what: string; readonly estimate: Estimate }[];
  readonly falsifies: string;
  readonly errorRate: string;
  readonly picture: string;
}

const told = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3)).replace('-', '−');

/** Value, interval and number of worlds of each row, as the full version found them. */
interface FullRow {
  readonly what: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly worlds: number;
}

const fullRuns = fileURLToPath(new URL('./full/', import.meta.url));

/** Holds page and picture to what this run found, and what the full version found to the file that the page shows. */
export const keepPage = async (claim: Claim): Promise<void> => {
  const rows = claim.rows.map(({ what, estimate }): FullRow => {
    const { value, lower, upper } = bounds(estimate);
    return { what, value, lower, upper, worlds: estimate.ok ? estimate.n : 0 };
  });
  const fullFile = `${fullRuns}${claim.name}.json`;
  if (IS_FULL) {
    await expect(`${JSON.stringify(rows, null, 2)}\n`).toMatchFileSnapshot(fullFile);
    return;
  }
  const full = JSON.parse(readFileSync(fullFile, 'utf8')) as readonly FullRow[];
  const page = `# ${claim.title}

**Question.** ${claim.question}

**World.** ${claim.world}

**Result.** ${claim.result}

${tableOf(rows)}

![${claim.title}](images/${claim.name}.svg)

With four times the worlds and twice the listeners:

${tableOf(full)}

**What would falsify it.** ${claim.falsifies}

**Error rate.** ${claim.errorRate}

Written by \`test/simulation/claims/${claim.name}.test.ts\`, which holds the first table and the picture whenever the tests run;
\`RITORNELLO_SLOW=1 npx vitest run --project simulation test/simulation/claims/${claim.name}.test.ts\` holds the second.
Nothing was tuned in the worlds of either run.
`;
  await expect(page).toMatchFileSnapshot(`../../../docs/claims/${claim.name}.md`);
  await expect(claim.picture).toMatchFileSnapshot(`../../../docs/claims/images/${claim.name}.svg`);
};

const tableOf = (rows: readonly FullRow[]): string =>
  [
    '| what | value | 95 % interval over worlds | worlds |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, value, lower, upper, worlds }) =>
        `| ${what} | ${told(value)} | ${told(lower)} to ${told(upper)} | ${worlds} |`,
    ),
  ].join('\n');
