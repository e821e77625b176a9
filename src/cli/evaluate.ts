import type { Command } from 'commander';
import { addEvaluateBeyond } from './evaluate-beyond.ts';
import { addEvaluateBrowsing } from './evaluate-browsing.ts';
import { addEvaluateDownstream } from './evaluate-downstream.ts';
import { addEvaluateFocused } from './evaluate-focused.ts';
import { addEvaluatePolicy } from './evaluate-policy.ts';
import { addEvaluateRanking } from './evaluate-ranking.ts';
import { addEvaluateSlate } from './evaluate-slate.ts';
import type { Terminal } from './terminal.ts';

/** Each kind of evaluation is a verb of its own below this one. */
export const addEvaluate = (evaluate: Command, terminal: Terminal): void => {
  for (const add of [
    addEvaluateRanking,
    addEvaluateFocused,
    addEvaluateBeyond,
    addEvaluateBrowsing,
    addEvaluatePolicy,
    addEvaluateSlate,
    addEvaluateDownstream,
  ])
    add(evaluate, terminal);
};
