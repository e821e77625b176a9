/** A definition as a page to read: Markdown made of the definition alone, its examples reckoned as they stand. */

import { exampleUnit } from './check/examples.ts';
import { type CompiledDefinition, compileDefinition } from './closure/compile-definition.ts';
import { type Cells, type Clause, type Definition, nameOf, type Polarity } from './definition.ts';
import { explain, reasonWords } from './explain.ts';
import { durationWords } from './source/duration.ts';

const POLARITY: Readonly<Record<Polarity, string>> = {
  up: 'more of it never makes the outcome worse',
  down: 'more of it never makes the outcome better',
  free: 'it changes nothing',
};

/** `playlist, sleep`, or everywhere. */
export const cellWords = (cells: Cells): string => {
  const named = Object.entries(cells).map(
    ([dimension, words]) => `${dimension.replace('_', ' ')} ${words.join(' or ')}`,
  );
  return named.length === 0 ? 'everywhere' : named.join(', ');
};

export const definitionPage = (definition: Definition): string => {
  const { name, version, question, rationale, unit, horizonMs, cells, lets, polarity } = definition;
  const compiled = compileDefinition(definition);
  return [
    `# ${name}`,
    `**${question}**`,
    rationale,
    [
      '| | |',
      '|---|---|',
      `| version | ${version} |`,
      `| holds for | ${cellWords(cells)} |`,
      `| unit | ${unit} |`,
      `| horizon | ${durationWords(horizonMs)} from its beginning: until then the outcome is immature |`,
    ].join('\n'),
    '## How it is told',
    ...(lets.length === 0
      ? []
      : [`Let\n\n${code(lets.map((each) => `${each.name} = ${oneLine(each.text)}`).join('\n'))}`]),
    ...clauses(definition),
    ...(Object.keys(polarity).length === 0 ? [] : ['## Which way it points', polarityTable(polarity)]),
    ...(definition.examples.length === 0 ? [] : ['## Examples', exampleTable(compiled)]),
  ]
    .join('\n\n')
    .concat('\n');
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const code = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

const clauses = ({ achieved, failed, unknown, value, effort }: Definition): readonly string[] => {
  const part = (words: string, clause: Clause | null): readonly string[] =>
    clause === null ? [] : [`${words}\n\n${code(oneLine(clause.text))}`];
  return [
    ...part('It **cannot be told** when', unknown),
    ...(failed === null ? ['It has **failed** when it has not achieved.'] : part('It has **failed** when', failed)),
    ...part(failed === null ? 'It has **achieved** when' : 'It has **achieved** when it has not failed, and', achieved),
    ...part('Its **value**, 0 to 1, is', value),
    ...part('Its **effort** is', effort),
  ];
};

const polarityTable = (polarity: Definition['polarity']): string =>
  [
    '| what | points | that is |',
    '|---|---|---|',
    ...Object.entries(polarity).map(([name, way]) => `| ${name} | ${way} | ${POLARITY[way]} |`),
  ].join('\n');

const exampleTable = (compiled: CompiledDefinition): string => {
  const { definition } = compiled;
  const rows = definition.examples.map((example) => {
    const unit = exampleUnit(example, definition.unit);
    if (typeof unit === 'string') return `| ${example.title} | – | – | – | ${unit} |`;
    const { label, value, effort } = compiled.evaluate(unit);
    const because = explain(compiled, unit).map(reasonWords).join('; ');
    return `| ${example.title} | ${label} | ${number(value)} | ${number(effort)} | ${because.replaceAll('|', '\\|')} |`;
  });
  return ['| example | label | value | effort | because |', '|---|---|---|---|---|', ...rows].join('\n');
};

const number = (value: number | null): string => (value === null ? 'unknown' : String(Number(value.toPrecision(4))));

/** The list of all pages. */
export const definitionIndex = (definitions: readonly Definition[]): string =>
  [
    '# Definitions of success',
    'Each asks one question of one kind of unit. They are made of the definitions themselves: `ritornello success docs`.',
    [
      '| definition | asks | of a | holds for |',
      '|---|---|---|---|',
      ...definitions.map(
        (each) => `| [${nameOf(each)}](${each.name}.md) | ${each.question} | ${each.unit} | ${cellWords(each.cells)} |`,
      ),
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
