/** What documents of a collection are about, for those who judge. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Title and text by id, from documents.tsv; nothing when the collection has no such file. */
export const documentTexts = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(join(folder, 'documents.tsv'), 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return '';
    throw error;
  });
  return new Map(
    text.split('\n').flatMap((line) => {
      const [id = '', title = '', about = ''] = line.split('\t');
      return id === '' || id.startsWith('#') ? [] : [[id, `${title}. ${about}`] as const];
    }),
  );
};
