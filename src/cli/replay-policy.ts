/** A policy under trial, judged on the slates that the engine logged. */

import { readFile } from 'node:fs/promises';
import type { EstimateWire, PolicyReplayWire, PolicySliceWire } from '#api';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { type DataOptions, withConnection } from './data-options.ts';
import { digits } from './policy-report.ts';
import { columns, styled, type Terminal } from './terminal.ts';

export interface ReplayFlags extends DataOptions {
  readonly policy?: string;
  readonly surface?: string;
  readonly reward?: string;
  readonly success?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly level: number;
}

/** @throws {EngineError} unreadable_file, and what the engine refuses. */
export const replayFromLog = async (flags: ReplayFlags & Flags, terminal: Terminal): Promise<void> => {
  const { policy, surface, reward, success, from, to, limit, level } = flags;
  if (policy === undefined) {
    throw new EngineError('invalid_request', 'expected --policy: the document of the judged policy, YAML or JSON');
  }
  const text = await readText(policy);
  // The seed of a file's resamples is none of the engine's settings.
  const { seed: _, ...connecting } = flags;
  const answer = await withConnection(connecting, terminal, ({ ask }) =>
    ask<PolicyReplayWire>({
      method: 'POST',
      path: '/v1/studio/policies/replay',
      query: { surface, reward, success, from, to, limit, level },
      body: piece(text),
    }),
  );
  terminal.print(flags.json ? JSON.stringify(answer) : describeReplay(answer, terminal.outIsTty));
};

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

async function* piece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

export const describeReplay = (answer: PolicyReplayWire, isTty: boolean): string => {
  const { policy, reward, slates, replayed, left_out, units, unknown, slices } = answer;
  if (slates === 0) return 'There are no such slates in the log.';
  const isSuccess = reward.includes('@');
  const head = [
    `${policy.title ?? 'the policy'} on ${slates} logged slates, of which ${replayed} replay exactly; a card earns ${isSuccess ? `the value of ${reward}` : `1 when ${reward.replace('_', ' for ').replace('30s', '30 s')}`}`,
    ...left_out.map((each) => `left out: ${each.slates} slates, because ${each.words}`),
    ...(isSuccess
      ? [`${units} units of success come from these slates; ${unknown} of them are unknown and earn nothing`]
      : []),
  ];
  const [all, ...others] = slices;
  if (all?.report === undefined || all.report === null) return [...head, 'Nothing could be replayed.'].join('\n');
  const { report } = all;
  const table = columns([
    ['estimator', 'rewards a shelf', 'interval'],
    ['as logged', ...cells(report.logged)],
    ...report.estimates.map(({ name, estimate }) => [name, ...cells(estimate)]),
  ]);
  return [
    head.join('\n'),
    table,
    [styled(report.trust.sentence, 'bold', isTty), ...outsideWords(all)].join('\n'),
    columns([['slice', 'shelves', 'as logged', 'rips', 'to be trusted?'], ...others.map(sliceCells)]),
  ].join('\n\n');
};

/** From this share on it is worth a sentence. */
const SOME = 0.005;

/** What of the policy the log cannot speak of. */
const outsideWords = ({ report }: PolicySliceWire): readonly string[] =>
  report === null || report.outside < SOME
    ? []
    : [
        `On ${(100 * report.outside).toFixed(1)} % of the shelves it would place a card where the log's policy never could (a slot that is not explored, a card outside the band): the log does not tell what these would earn.`,
      ];

const sliceCells = ({ by, value, report }: PolicySliceWire): readonly string[] => {
  if (report === null) return [`${by} ${value}`, '0', '', '', 'Nothing could be replayed.'];
  const rips = report.estimates.find(({ name }) => name === 'rips')!.estimate;
  return [
    `${by} ${value}`,
    String(report.shelves),
    cells(report.logged).join(' '),
    cells(rips).join(' '),
    report.trust.sentence,
  ];
};

/** Value and interval, or why there is none. */
export const cells = (estimate: EstimateWire): readonly [string, string] => {
  if (!estimate.ok) return ['–', estimate.words];
  const { lower, upper } = estimate.interval;
  const end = (value: number | null): string => (value === null ? '∞' : digits(value));
  return [digits(estimate.value), `[${end(lower)}, ${end(upper)}]`];
};
