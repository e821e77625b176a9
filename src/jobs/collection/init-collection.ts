/** A new test collection: an empty one, or a copy of one that comes with the package. */

import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '#domain';
import { type CollectionKind, STANDARD_MEASURES } from './config.ts';
import { writeText } from './folder.ts';

/** Beside src and dist, where the package has them. */
const SHIPPED = fileURLToPath(new URL('../../../collections', import.meta.url));

export const SHIPPED_COLLECTIONS = ['night-shelf', 'spoken-parts'] as const;
export type ShippedCollection = (typeof SHIPPED_COLLECTIONS)[number];

/** The folder of a collection that comes with the package. */
export const shippedCollection = (name: ShippedCollection): string => join(SHIPPED, name);

const isEmpty = async (folder: string): Promise<boolean> => {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).length === 0;
};

const TOPICS = `# id, title and description, parted by tabs; an id has no spaces
rainy-evening\trainy evening\tSomething for an evening of rain, not sad.
`;

const NEXT = `What happens here:

1. Write topics.tsv: id, title, description, parted by tabs.
2. Teams put their runs into runs/TEAM/RUN.txt.
3. \`ritornello collection pool FOLDER\` writes pool.tsv: what is to be judged.
4. Each assessor judges: \`ritornello collection assess FOLDER --assessor NAME\`, or writes assessments/NAME.qrels.
5. \`ritornello collection score FOLDER\` and \`ritornello collection report FOLDER\`.
`;

/** Makes the folder. @throws {EngineError} invalid_request when there is something in it. */
export const initCollection = async (
  folder: string,
  from: { readonly name: string; readonly kind: CollectionKind } | { readonly example: ShippedCollection },
): Promise<void> => {
  if (!(await isEmpty(folder))) throw new EngineError('invalid_request', `${folder} is not empty: nothing was written`);
  if ('example' in from) {
    await cp(shippedCollection(from.example), folder, { recursive: true });
    return;
  }
  const { name, kind } = from;
  const config = { name, description: '', kind, depth: 20, level: 1, measures: STANDARD_MEASURES[kind] };
  await writeText(folder, 'collection.json', `${JSON.stringify(config, null, 2)}\n`);
  await writeText(folder, 'topics.tsv', TOPICS);
  await writeText(folder, 'README.md', `# ${name}\n\n${NEXT}`);
  for (const empty of ['runs', 'assessments']) await mkdir(join(folder, empty), { recursive: true });
};
