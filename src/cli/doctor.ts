import type { Command } from 'commander';
import { examine, type Finding, type Flags, type Health } from '#app';
import { EngineError } from '#domain';
import { addConfigOptions, addJsonOption, configOf, type DataOptions } from './data-options.ts';
import { columns, styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello doctor
  ritornello doctor --json | jq .config

Prints the effective configuration with secrets hidden, versions, and whether each part works. It changes nothing and
makes no folder. Ends with 1 when a part does not work.`;

export const addDoctor = (command: Command, terminal: Terminal): void => {
  addJsonOption(addConfigOptions(command))
    .addHelpText('after', HELP)
    .action(async (options: DataOptions & Flags) => {
      const health = await examine(configOf(options));
      terminal.print(options.json ? JSON.stringify(health) : describe(health, terminal.outIsTty));
      const broken = health.findings.filter((finding) => !finding.ok);
      if (broken.length > 0) {
        throw new EngineError('internal', `not well: ${broken.map((finding) => finding.part).join(', ')}`);
      }
    });
};

const describe = ({ findings, config, file }: Health, isTty: boolean): string => {
  const settings = Object.entries(config).map(([name, { value, origin }]) => [
    `  ${name}`,
    String(value),
    `(${origin})`,
  ]);
  const parts = findings.map((finding: Finding) => [
    `  ${finding.ok ? 'ok ' : styled('NOT', 'red', isTty)}`,
    finding.part,
    finding.says,
  ]);
  return [
    styled('Configuration', 'bold', isTty) + (file === null ? '' : ` from ${file}`),
    columns(settings),
    styled('Parts', 'bold', isTty),
    columns(parts),
  ].join('\n');
};
