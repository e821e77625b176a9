import { type Command, Option } from 'commander';
import type { OutcomesAnswer } from '#api';
import { withScratchWarehouse } from '#app';
import { EngineError } from '#domain';
import { ENGINES, readUnitsFile, runBySql, runByStream, type SuccessEngine, summarize } from '#jobs';
import { type Definition, nameOf, type Unit, type UnitOutcome } from '#success';
import { askWatched } from './ask-watched.ts';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { definitionOf } from './success-definition.ts';
import { shownNumber, summaryLines, toOutcomeJson } from './success-outcomes.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello success run --definition party_playlist --units units.ndjson
  ritornello success run --definition my-sleep.yaml --units units.ndjson --engine sql --json
  ritornello success run --definition sleep_playlist --from 2026-11-01 --to 2026-12-01 --json

--units reads a file; --from and --to read units assembled from the events in the warehouse (without --units and a
range: of the last 28 days), under a definition by name. --definition takes a name, a name with its version (sleep_playlist@1), or a YAML file. Every unit of the definition's
kind is read, whatever its surface and intent: that is what lets one session be read as two things. Both engines give
the same. The form of a unit file: docs/reference/success-language.md`;

interface RunFlags extends DataOptions {
  readonly definition: string;
  readonly units?: string;
  readonly from?: string;
  readonly to?: string;
  readonly engine: SuccessEngine;
}

export const addSuccessRun = (success: Command, terminal: Terminal): void => {
  const command = success
    .command('run')
    .description('What became of units under a definition.')
    .requiredOption('--definition <name>', 'name, name@version, or YAML file')
    .option('--units <file>', 'units, one JSON object a line')
    .option('--from <day>', 'without --units: units of the warehouse that begin from this day or time on')
    .option('--to <day>', 'and before this one')
    .addOption(new Option('--engine <engine>', 'who reads them').choices(ENGINES).default('sql'));
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action((flags: RunFlags) => run(flags, terminal));
};

const run = async (flags: RunFlags, terminal: Terminal): Promise<void> => {
  if (flags.units === undefined) return runOnWarehouse(flags, terminal);
  if (flags.from !== undefined || flags.to !== undefined) {
    throw new EngineError('invalid_request', '--units reads a file, --from and --to the warehouse: give one of them');
  }
  const definition = definitionOf(flags.definition, flags);
  const units = await readUnitsFile(flags.units);
  const outcomes = await outcomesOf(definition, units, flags.engine);
  const others = units.length - outcomes.length;
  if (outcomes.length === 0) {
    const kinds = [...new Set(units.map(({ kind }) => kind))].join(', ') || 'none';
    throw new EngineError(
      'invalid_data',
      `${nameOf(definition)} reads units of kind ${definition.unit}, and ${flags.units} has ${kinds}`,
    );
  }
  if (others > 0) terminal.talk(`${others} units of another kind than ${definition.unit} are left out`);
  const summary = summarize(outcomes);
  if (flags.json) {
    const head = { definition: definition.name, version: definition.version, engine: flags.engine };
    terminal.print(JSON.stringify({ ...head, summary, units: outcomes.map(toOutcomeJson) }));
    return;
  }
  terminal.print(tableOf(outcomes));
  terminal.print(`\n${summaryLines(`${nameOf(definition)}: ${definition.question}`, summary)}`);
};

const runOnWarehouse = async (flags: RunFlags, terminal: Terminal): Promise<void> => {
  const { definition, from, to, engine } = flags;
  const everything = { listeners: 1_000_000, limit: 1_000_000 };
  const question = {
    path: `/v1/studio/success/definitions/${encodeURIComponent(definition)}/outcomes`,
    query: { from, to, engine, ...everything },
  };
  const answer = await withConnection(flags, terminal, (connection) =>
    askWatched<OutcomesAnswer>(connection, question, 'reading logs', terminal),
  );
  const { units, summary, definition: name, version } = answer;
  const outcomes = units.map((unit) => ({ ...unit, start: Date.parse(unit.start) }));
  if (flags.json) {
    const head = { definition: name, version, engine, from: answer.from, to: answer.to };
    terminal.print(JSON.stringify({ ...head, summary, units: outcomes.map(toOutcomeJson) }));
    return;
  }
  terminal.print(tableOf(outcomes));
  terminal.print(`\n${summaryLines(`${name}@${version}`, summary)}`);
};

const outcomesOf = (
  definition: Definition,
  units: readonly Unit[],
  engine: SuccessEngine,
): Promise<readonly UnitOutcome[]> =>
  engine === 'stream'
    ? Promise.resolve(runByStream(definition, units))
    : withScratchWarehouse((warehouse) => runBySql(definition, units, warehouse, 'file'));

const tableOf = (outcomes: readonly UnitOutcome[]): string =>
  columns([
    ['unit', 'label', 'value', 'effort', 'mature', 'evidence'],
    ...outcomes.map(({ unit_id, label, value, effort, mature, evidence }) => [
      unit_id,
      label,
      shownNumber(value),
      shownNumber(effort),
      mature ? 'yes' : 'not yet',
      evidence.slice(0, 5).join(' ') + (evidence.length > 5 ? ` and ${evidence.length - 5} more` : ''),
    ]),
  ]);
