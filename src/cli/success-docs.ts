import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EngineError } from '#domain';
import { readDefinitionTexts } from '#jobs';
import { checkSet, type Definition, definitionIndex, definitionPage, formatFinding, isError } from '#success';
import { addDataOptions, type DataOptions } from './data-options.ts';
import { definitionsOf } from './success-definition.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello success docs --out docs/definitions        a page a definition, and README.md with the list
  ritornello success docs my-sleep.yaml                 one page, printed

The pages are made of the definitions alone; what the examples come to is reckoned when the page is made.`;

interface DocsFlags extends DataOptions {
  readonly out?: string;
}

export const addSuccessDocs = (success: Command, terminal: Terminal): void => {
  const command = success
    .command('docs')
    .description('A readable page of each definition, in Markdown.')
    .argument('[paths...]', 'YAML files, or folders of them (default: all definitions that are known)')
    .option('--out <folder>', 'write the pages there instead of printing them');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action((paths: readonly string[], flags: DocsFlags) => writeDocs(paths, flags, terminal));
};

const writeDocs = (paths: readonly string[], flags: DocsFlags, terminal: Terminal): void => {
  const definitions = paths.length === 0 ? definitionsOf(flags) : checked(paths);
  const pages = definitions.map((definition) => ({ name: definition.name, page: definitionPage(definition) }));
  if (flags.out === undefined) {
    if (flags.json) terminal.print(JSON.stringify(pages));
    else for (const { page } of pages) terminal.print(page);
    return;
  }
  mkdirSync(flags.out, { recursive: true });
  for (const { name, page } of pages) writeFileSync(join(flags.out, `${name}.md`), page);
  writeFileSync(join(flags.out, 'README.md'), definitionIndex(definitions));
  const files = [...pages.map(({ name }) => `${name}.md`), 'README.md'];
  if (flags.json) terminal.print(JSON.stringify({ folder: flags.out, files }));
  else terminal.talk(`${files.length} pages in ${flags.out}`);
};

const checked = (paths: readonly string[]): readonly Definition[] => {
  const { definitions, findings } = checkSet(paths.flatMap(readDefinitionTexts));
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new EngineError('invalid_data', errors.map(formatFinding).join('\n'));
  if (definitions.length === 0) throw new EngineError('unreadable_file', `no .yaml file in ${paths.join(', ')}`);
  return definitions;
};
