import { describe, expect, it } from 'vitest';
import { caveats, choiceWords, leftOut } from './view.ts';

describe('the account of why', () => {
  it('tells what chance had to do with it', () => {
    expect(choiceWords({ explored: false, propensity: 1, choices: 1 })).toMatch(/nothing was left to chance/);
    expect(choiceWords({ explored: false, propensity: 0.92, choices: 20 })).toMatch(/92 in 100 out of 20 good choices/);
    expect(choiceWords({ explored: true, propensity: 0.005, choices: 20 })).toMatch(/find out .* 1 in 200/);
    const elsewhere = choiceWords({ explored: false, propensity: 0.2, choices: null });
    expect(elsewhere).toMatch(/out of how many is not known/);
    expect(elsewhere).not.toMatch(/best choice|nothing was left to chance/);
  });

  it('tells what was left out, most first, and nothing of what was not', () => {
    expect(leftOut({ hidden: 2, already_played: 40, odd_reason: 1, disliked: 0 })).toEqual([
      { reason: 'played before, so not new to you', items: 40 },
      { reason: 'hidden by you', items: 2 },
      { reason: 'odd reason', items: 1 },
    ]);
  });

  it('has caveats only where there are some', () => {
    expect(caveats({ fallback: null, basis: 'collaborative' })).toEqual([]);
    expect(caveats({ fallback: 'content_only', basis: 'content_only' })).toHaveLength(2);
  });
});
