/** Team draft: rankings take turns in choosing. */

import { shuffle } from '#math';
import { checkRankings, type Interleaver } from './interleaver.ts';

/**
 * Team-draft interleaving [Radlinski2008], of any number of rankings: in each round every ranking, in random order, places
 * its best item not yet placed, and earns what that item earns.
 */
export const teamDraft: Interleaver = {
  name: 'team_draft',
  interleave: (rankings, length, rng) => {
    checkRankings('team_draft', rankings, Number.POSITIVE_INFINITY);
    const items: number[] = [];
    const teams: number[] = [];
    const placed = new Set<number>();
    const next = rankings.map(() => 0);
    let left = true;
    while (items.length < length && left) {
      left = false;
      for (const team of shuffle(
        rankings.map((_, n) => n),
        rng,
      )) {
        const ranking = rankings[team]!;
        while (next[team]! < ranking.length && placed.has(ranking[next[team]!]!)) next[team]!++;
        if (items.length >= length || next[team]! >= ranking.length) continue;
        const item = ranking[next[team]!]!;
        placed.add(item);
        items.push(item);
        teams.push(team);
        left = true;
      }
    }
    const credit = (slots: ArrayLike<number>): readonly number[] =>
      rankings.map((_, team) => teams.reduce((sum, of, slot) => sum + (of === team ? slots[slot]! : 0), 0));
    return { items, credit };
  },
};
