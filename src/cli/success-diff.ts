import type { Command } from 'commander';
import { EngineError } from '#domain';
import { readUnitsFile } from '#jobs';
import { type Change, compareDefinitions, nameOf, type Reason, reasonWords } from '#success';
import { addDataOptions, type DataOptions } from './data-options.ts';
import { definitionOf } from './success-definition.ts';
import { shownNumber } from './success-outcomes.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello success diff sleep_playlist@1 sleep_playlist@2 --units units.ndjson
  ritornello success diff sleep_playlist my-sleep.yaml --units units.ndjson --json

Both are read on the same units. For each unit whose label changes it tells the parts of the expressions that decided
before and that decide after, with the numbers they rest on and the events they name.`;

interface DiffFlags extends DataOptions {
  readonly units: string;
}

export const addSuccessDiff = (success: Command, terminal: Terminal): void => {
  const command = success
    .command('diff')
    .description('Two definitions side by side: whose label changes, and why.')
    .argument('<before>', 'name, name@version, or YAML file')
    .argument('<after>', 'name, name@version, or YAML file')
    .requiredOption('--units <file>', 'units, one JSON object a line');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action((before: string, after: string, flags: DiffFlags) => diff(before, after, flags, terminal));
};

const diff = async (before: string, after: string, flags: DiffFlags, terminal: Terminal): Promise<void> => {
  const [old, next] = [definitionOf(before, flags), definitionOf(after, flags)];
  if (old.unit !== next.unit) {
    throw new EngineError(
      'invalid_data',
      `${nameOf(old)} reads units of kind ${old.unit}, ${nameOf(next)} of kind ${next.unit}`,
    );
  }
  const { units, moves, valueChanged, changes } = compareDefinitions(old, next, await readUnitsFile(flags.units));
  if (flags.json) {
    const json = { before: nameOf(old), after: nameOf(next), units, moves, value_changed: valueChanged, changes };
    terminal.print(JSON.stringify(json));
    return;
  }
  for (const change of changes) terminal.print(changeLines(change));
  const moved = moves.map(({ from, to, units: count }) => `${count} ${from} → ${to}`);
  terminal.print(`${nameOf(old)} and ${nameOf(next)} on ${units} units: ${moved.join(', ') || 'no label changes'}`);
  terminal.print(`${valueChanged} of the others change their value`);
};

const changeLines = ({ unit_id, user_id, before, after, because }: Change): string =>
  [
    `${unit_id} (${user_id}): ${before.label} → ${after.label}, value ${shownNumber(before.value)} → ${shownNumber(after.value)}`,
    ...reasonLines('before', because.before, before.evidence),
    ...reasonLines('after', because.after, after.evidence),
  ].join('\n');

const reasonLines = (when: string, reasons: readonly Reason[], evidence: readonly string[]): readonly string[] => [
  ...reasons.map((reason) => `  ${when}: ${reason.clause}: ${reasonWords(reason)}`),
  ...(evidence.length === 0
    ? []
    : [`  ${when}: events ${evidence.slice(0, 8).join(' ')}${evidence.length > 8 ? ' …' : ''}`]),
];
