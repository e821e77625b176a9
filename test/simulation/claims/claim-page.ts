/** A claim as a page: question, world, result with intervals and a picture, what would falsify it. Written with `--update`. */

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

/** Holds page and picture to what this run found; the full version is larger and says its numbers on standard output. */
export const keepPage = async (claim: Claim): Promise<void> => {
  const rows = claim.rows.map(({ what, estimate }) => {
    const { value, lower, upper } = bounds(estimate);
    const n = estimate.ok ? estimate.n : 0;
    return `| ${what} | ${told(value)} | ${told(lower)} to ${told(upper)} | ${n} |`;
  });
  if (IS_FULL) {
    process.stdout.write(`${claim.name}\n${rows.join('\n')}\n`);
    return;
  }
  const page = `# ${claim.title}

**Question.** ${claim.question}

**World.** ${claim.world}

**Result.** ${claim.result}

| what | value | 95 % interval over worlds | worlds |
|---|---|---|---|
${rows.join('\n')}

![${claim.title}](images/${claim.name}.svg)

**What would falsify it.** ${claim.falsifies}

**Error rate.** ${claim.errorRate}

Written by \`test/simulation/claims/${claim.name}.test.ts\`; \`RITORNELLO_SLOW=1 npx vitest run --project simulation test/simulation/claims/${claim.name}.test.ts\`
runs it with four times the worlds and twice the listeners. Nothing was tuned in the worlds of either run.
`;
  await expect(page).toMatchFileSnapshot(`../../../docs/claims/${claim.name}.md`);
  await expect(claim.picture).toMatchFileSnapshot(`../../../docs/claims/images/${claim.name}.svg`);
};
