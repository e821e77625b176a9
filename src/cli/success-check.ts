import type { Command } from 'commander';
import { EngineError } from '#domain';
import { readDefinitionTexts } from '#jobs';
import { checkSet, type Finding, formatFinding, isError, nameOf, STANDARD_TEXTS } from '#success';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello success check                          the definitions that are shipped
  ritornello success check my-sleep.yaml
  ritornello success check definitions/ --complete --json

Each finding is file:line:column: severity: message [rule]. Ties and gaps are told of all files together; a gap is a
warning, and an error with --complete. It ends with 3 when there are errors, 0 otherwise.`;

interface CheckFlags {
  readonly complete?: boolean;
  readonly standard?: boolean;
  readonly json?: boolean;
}

export const addSuccessCheck = (success: Command, terminal: Terminal): void => {
  success
    .command('check')
    .description('Find what is wrong with definitions, each error at its place.')
    .argument('[paths...]', 'YAML files, or folders of them (default: the definitions that are shipped)')
    .option('--complete', 'every surface, intent and device must have a definition')
    .option('--standard', 'check them together with the definitions that are shipped')
    .option('--json', 'print the findings as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action((paths: readonly string[], flags: CheckFlags) => check(paths, flags, terminal));
};

const check = (paths: readonly string[], flags: CheckFlags, terminal: Terminal): void => {
  const own = paths.flatMap(readDefinitionTexts);
  if (paths.length > 0 && own.length === 0) {
    throw new EngineError('unreadable_file', `no .yaml file in ${paths.join(', ')}`);
  }
  const sources = paths.length === 0 || flags.standard ? [...STANDARD_TEXTS, ...own] : own;
  const { definitions, findings } = checkSet(sources, { complete: flags.complete === true });
  const errors = findings.filter(isError).length;
  if (flags.json) {
    terminal.print(
      JSON.stringify({
        files: sources.length,
        definitions: definitions.map(nameOf),
        errors,
        warnings: findings.length - errors,
        findings: findings.map(toJson),
      }),
    );
  } else {
    for (const finding of findings) terminal.print(formatFinding(finding));
    terminal.talk(`${sources.length} files, ${errors} errors, ${findings.length - errors} warnings`);
  }
  if (errors > 0)
    throw new EngineError('invalid_data', `the check found ${errors} ${errors === 1 ? 'error' : 'errors'}`);
};

const toJson = ({ file, from, to, severity, rule, message }: Finding): object => ({
  file,
  line: from.line,
  column: from.column,
  end_line: to.line,
  end_column: to.column,
  severity,
  rule,
  message,
});
