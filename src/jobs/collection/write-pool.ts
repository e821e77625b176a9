/** What is to be judged, written where assessors look. */

import { readConfig } from './config.ts';
import { writeText } from './folder.ts';
import { openCollection } from './open-collection.ts';

export interface WrittenPool {
  readonly path: string;
  readonly pooled: number;
  readonly topics: number;
}

/** Writes pool.tsv: topic and document (or part), and qrels.txt, the merged judgments so far. A depth given is kept. */
export const writePool = async (folder: string, depth: number | undefined): Promise<WrittenPool> => {
  if (depth !== undefined) {
    const config = await readConfig(folder);
    await writeText(folder, 'collection.json', `${JSON.stringify({ ...config, depth }, null, 2)}\n`);
  }
  const { pool, qrels } = await openCollection(folder);
  const lines = [...pool].flatMap(([topic, documents]) =>
    [...documents.keys()].map((document) => `${topic}\t${document}\n`),
  );
  const path = await writeText(folder, 'pool.tsv', lines.join(''));
  await writeText(folder, 'qrels.txt', qrels);
  return { path, pooled: lines.length, topics: pool.size };
};
