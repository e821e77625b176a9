/** Policies side by side: each seed is a world, tried once with every policy. */

import { type ComparedPolicy, comparePolicies, type Summary, type WorldDocument } from '#simulation';
import { KeptRuns } from './kept-runs.ts';
import { type SimulateOptions, simulate } from './simulate.ts';

export interface CompareOptions extends Pick<SimulateOptions, 'days' | 'start' | 'signal'> {
  readonly document: WorldDocument;
  readonly policies: readonly string[];
  /** Number of worlds; their seeds are the document's with a number. */
  readonly seeds: number;
  /** Where runs that have ended are kept, for the same comparison to go on from; by default nowhere. */
  readonly kept?: {
    readonly folder: string;
    /** Of the program: what another version found is not taken up. */
    readonly version: string;
  };
  readonly onDay?: (done: number, total: number) => void;
  /** Told at the beginning how many runs were there already. */
  readonly onResume?: (runs: number) => void;
}

/** @throws the signal's reason when it is aborted; kept runs stay, and the same call goes on from them. */
export const compareWorlds = async (options: CompareOptions): Promise<readonly ComparedPolicy[]> => {
  const { document, policies, seeds, kept, days, start, signal, onDay = () => undefined } = options;
  const runs = kept === undefined ? null : new KeptRuns(kept.folder);
  const worlds = Array.from({ length: seeds }, (_, n) => ({ ...document, seed: `${document.seed}/${n + 1}` }));
  const questions = worlds.flatMap((world) =>
    policies.map((policy) => ({ document: world, days, start, policy, version: kept?.version })),
  );
  const found = questions.map((question) => runs?.find(question));
  const there = found.filter((summary) => summary !== undefined).length;
  if (there > 0) options.onResume?.(there);
  const summaries: Summary[] = [];
  for (const [n, question] of questions.entries()) {
    const { document: world, policy } = question;
    const total = (done: number, of: number): void => onDay(n * of + done, questions.length * of);
    const summary =
      found[n] ??
      (await simulate({ document: world, days, start, signal, policy, folder: null, onDay: total })).summary;
    if (found[n] === undefined) runs?.keep(question, { policy, seed: world.seed, summary });
    summaries.push(summary);
  }
  return comparePolicies(
    policies.map((policy, place) => ({
      policy,
      seeds: summaries.filter((_, n) => n % policies.length === place),
    })),
  );
};
