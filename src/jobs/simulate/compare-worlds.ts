/** Policies side by side: each seed is a world, tried once with every policy. */

import { type ComparedPolicy, comparePolicies, type Summary, type WorldDocument } from '#simulation';
import { type SimulateOptions, type SimulateResult, simulate } from './simulate.ts';

export interface CompareOptions extends Pick<SimulateOptions, 'days' | 'start' | 'signal'> {
  readonly document: WorldDocument;
  readonly policies: readonly string[];
  /** Number of worlds; their seeds are the document's with a number. */
  readonly seeds: number;
  readonly onDay?: (done: number, total: number) => void;
  /** Told of each run that has ended. */
  readonly onRun?: (result: SimulateResult, seed: string) => void;
}

export const compareWorlds = async (options: CompareOptions): Promise<readonly ComparedPolicy[]> => {
  const { document, policies, seeds, onDay = () => undefined } = options;
  const summaries = policies.map((policy) => ({ policy, seeds: [] as Summary[] }));
  let before = 0;
  for (let n = 0; n < seeds; n++) {
    const seed = `${document.seed}/${n + 1}`;
    for (const each of summaries) {
      const result = await simulate({
        document: { ...document, seed },
        days: options.days,
        start: options.start,
        signal: options.signal,
        policy: each.policy,
        folder: null,
        onDay: (done, total) => onDay(before * total + done, seeds * policies.length * total),
      });
      before++;
      each.seeds.push(result.summary);
      options.onRun?.(result, seed);
    }
  }
  return comparePolicies(summaries);
};
