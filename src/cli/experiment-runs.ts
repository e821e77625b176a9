/** Experiments that this engine runs: create, start, stop, list, power. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse } from 'yaml';
import type { ExperimentEntry, ExperimentPower } from '#api';
import type { Connection, Flags } from '#app';
import { EngineError, effectReason } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { columns, styled, type Terminal } from './terminal.ts';

const CREATE_HELP = `
Example:
  ritornello experiment create weekly.yaml

  # weekly.yaml
  name: weekly_fresh
  hypothesis: A fresher weekly list brings people back.
  unit: user                      # user, session, cluster (cluster_by), switchback (period_hours)
  arms:
    - { name: control }
    - { name: fresh, weight: 1, value: { fresh_share: 0.4 } }
  eligible: { surface: [weekly_discovery] }
  success: [{ metric: "return_rate[14d]" }]
  guardrails: [{ metric: skip_rate, margin: 0.02 }]
  watch: [{ metric: "minutes_per_user[14d]", winsorize: 0.999 }]
  window_days: 14                 # days of a unit that count after its exposure
  horizon_days: 28
  planned_units: 20000
  target: 0.02                    # relative change worth finding
  looks: always_valid             # fixed, group_sequential, always_valid

Metrics have the names of reports (docs/reference/metrics.md). A file of the same name replaces a plan that has not
begun. All fields: docs/reference/experiment-document.md`;

type Options = DataOptions & Flags;
const at = (name: string, rest = ''): string => `/v1/studio/experiments/${encodeURIComponent(name)}${rest}`;

export const addExperimentRuns = (experiment: Command, terminal: Terminal): void => {
  const verb = (name: string, what: string, help: string, run: (options: Options, argument: string) => Promise<void>) =>
    addDataOptions(experiment.command(name).description(what))
      .addHelpText('after', help)
      .action(async (...words: unknown[]) => {
        const [argument, options] = words.length === 3 ? (words as [string, Options]) : ['', words[0] as Options];
        await run(options, argument);
      });
  const ask = <Answer>(options: Options, question: Parameters<Connection['ask']>[0]): Promise<Answer> =>
    withConnection(options, terminal, (connection) => connection.ask<Answer>(question));
  const tell = (options: Options, entry: ExperimentEntry): void =>
    terminal.print(options.json ? JSON.stringify(entry) : columns([line(entry)]));

  verb('create <file>', 'Plan an experiment from its document, YAML or JSON.', CREATE_HELP, async (options, file) => {
    const { name, text } = await readDocument(file);
    tell(options, await ask(options, { method: 'PUT', path: at(name), body: piece(text) }));
  });
  verb(
    'start <name>',
    'Begin to hand out arms.',
    '\nExample:\n  ritornello experiment start weekly_fresh',
    async (options, name) => {
      tell(options, await ask(options, { method: 'POST', path: at(name, '/start') }));
    },
  );
  verb(
    'stop <name>',
    'Stop handing out arms, for good.',
    '\nExample:\n  ritornello experiment stop weekly_fresh',
    async (options, name) => {
      tell(options, await ask(options, { method: 'POST', path: at(name, '/stop') }));
    },
  );
  verb('list', 'All experiments, newest first.', '\nExample:\n  ritornello experiment list --json', async (options) => {
    const answer = await ask<{ experiments: ExperimentEntry[] }>(options, { path: '/v1/studio/experiments' });
    const none = 'No experiments yet: ritornello experiment create --help shows how to plan one.';
    if (options.json) terminal.print(JSON.stringify(answer));
    else terminal.print(answer.experiments.length === 0 ? none : columns(answer.experiments.map(line)));
  });
  verb(
    'power <name>',
    'What a planned experiment will be able to see, from the variance in the warehouse.',
    '\nExample:\n  ritornello experiment power weekly_fresh',
    async (options, name) => {
      const power = await ask<ExperimentPower>(options, { path: at(name, '/power') });
      terminal.print(options.json ? JSON.stringify(power) : describePower(power, terminal.outIsTty));
    },
  );
};

const line = ({ document, state, started_at, stopped_at }: ExperimentEntry): string[] => [
  document.name,
  state,
  [started_at, stopped_at].flatMap((time) => (time === null ? [] : [time.slice(0, 10)])).join(' to ') || '–',
  document.arms.map((arm) => arm.name).join(', '),
  document.hypothesis,
];

const percent = (share: number): string => `${(100 * share).toPrecision(3)} %`;

const describePower = (power: ExperimentPower, isTty: boolean): string => {
  const parts: string[] = [];
  if (power.advice !== null) parts.push(styled(power.advice, 'bold', isTty));
  parts.push(`${power.users} users were active before the last whole window: they tell the variance.`);
  for (const metric of power.metrics) {
    const needed =
      metric.needed === null ? '' : `; ${metric.needed.toLocaleString('en-US')} units for the change asked for`;
    const left = `, ${percent(metric.variance_left)} of the variance left by what was known before`;
    parts.push(
      [
        `${styled(metric.metric, 'bold', isTty)}  ${metric.role}, mean ${metric.mean.toPrecision(4)}${left}`,
        `  sees a change of ${percent(metric.detectable)}${needed}`,
        columns([
          ['  change', ...metric.curve.map(({ change }) => percent(change))],
          ['  power', ...metric.curve.map(({ power: chance }) => percent(chance))],
        ]),
      ].join('\n'),
    );
  }
  for (const { metric, reason } of power.unknown) parts.push(`${metric}  unknown: ${effectReason(reason)}`);
  return parts.join('\n\n');
};

const readDocument = async (path: string): Promise<{ readonly name: string; readonly text: string }> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} is not YAML: ${(cause as Error).message}`, { cause });
  }
  const name = (value as { readonly name?: unknown } | null)?.name;
  if (typeof name === 'string' && name !== '') return { name, text };
  throw new EngineError(
    'invalid_data',
    `${path} has no name: expected a document with name, hypothesis, arms, success`,
  );
};

async function* piece(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
