import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FUNCTIONS, RECORDS, RULES } from '#success';

const PAGE = '../../docs/reference/success-language.md';

const fieldTables = (): string =>
  Object.entries(RECORDS)
    .map(([record, fields]) => {
      const rows = Object.entries(fields).map(([name, { type, optional, doc, words }]) => {
        const allowed = words && type !== 'intents' ? `: ${words.join(', ')}` : '';
        return `| \`${name}\` | ${type}${optional ? '' : ', always'} | ${doc}${allowed} |`;
      });
      return [`**${record}**\n`, '| field | type | what it is |', '|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n');

const functionTable = (): string =>
  ['| function | what it gives |', '|---|---|', ...Object.values(FUNCTIONS).map(({ written, doc }) => `| \`${written}\` | ${doc} |`)].join('\n');

const ruleTable = (): string =>
  ['| rule | what it finds |', '|---|---|', ...Object.entries(RULES).map(([rule, words]) => `| \`${rule}\` | ${words} |`)].join('\n');

const between = (page: string, name: string, text: string): string =>
  page.replace(new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, open: string, close: string) => `${open}\n${text}\n\n${close}`);

/** The tables of the reference are made of the declarations that the language itself is made of. */
it('the reference of the success language lists fields, functions and rules as they are', async () => {
  const page = readFileSync(new URL(PAGE, import.meta.url), 'utf8');
  const tables = { fields: fieldTables(), functions: functionTable(), rules: ruleTable() };
  const made = Object.entries(tables).reduce((text, [name, table]) => between(text, name, table), page);
  await expect(made).toMatchFileSnapshot(PAGE);
});
