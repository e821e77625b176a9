/** One assessor's judgments, added to. */

import { readFile } from 'node:fs/promises';
import { EngineError } from '#domain';
import { writeText } from './folder.ts';
import type { JudgedCollection } from './judged-collection.ts';

/** Something of the pool that the assessor has not judged. */
export interface OpenQuestion {
  readonly topic: string;
  readonly document: string;
}

const ofDocument = (line: string): string => line.split(/\s+/).slice(0, 3).join(' ');

const linesOf = async (folder: string, assessor: string): Promise<string[]> => {
  try {
    const text = await readFile(`${folder}/assessments/${assessor}.qrels`, 'utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

/** What of the pool this assessor has not judged yet, topic by topic. Graded collections only. */
export const openQuestions = async (
  folder: string,
  { pool }: JudgedCollection,
  assessor: string,
): Promise<OpenQuestion[]> => {
  const done = new Set((await linesOf(folder, assessor)).map(ofDocument));
  return [...pool].flatMap(([topic, documents]) =>
    [...documents.keys()]
      .filter((document) => !done.has(`${topic} 0 ${document}`))
      .map((document) => ({ topic, document })),
  );
};

/** Writes a judgment into the assessor's file, in the place of an earlier one of the same document. */
export const addJudgments = async (
  folder: string,
  assessor: string,
  judgments: readonly (OpenQuestion & { readonly level: number })[],
): Promise<void> => {
  if (!/^[\w.-]+$/.test(assessor)) {
    throw new EngineError('invalid_request', `assessor "${assessor}": expected letters, digits, dots, dashes`);
  }
  const lines = new Map((await linesOf(folder, assessor)).map((line) => [ofDocument(line), line]));
  for (const { topic, document, level } of judgments) {
    lines.set(`${topic} 0 ${document}`, `${topic} 0 ${document} ${level}`);
  }
  await writeText(folder, `assessments/${assessor}.qrels`, `${[...lines.values()].join('\n')}\n`);
};
