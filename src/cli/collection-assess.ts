/** What an assessor does: answers questions, brings a file, or sees what is left. */

import { readFile } from 'node:fs/promises';
import { EngineError } from '#domain';
import {
  addJudgments,
  addPartJudgments,
  type JudgedCollection,
  openCollection,
  openQuestions,
  openRecordings,
  parseParts,
} from '#jobs';
import { askLevels, askParts } from './ask-assessor.ts';
import type { Terminal } from './terminal.ts';

export interface AssessFlags {
  readonly assessor: string;
  readonly judgments?: string;
}

/** @throws {EngineError} unreadable_file, naming the line; invalid_request for a name that is none. */
export const assess = async (folder: string, flags: AssessFlags, terminal: Terminal): Promise<void> => {
  const open = await openCollection(folder);
  const run = open.config.kind === 'interval' ? assessParts : assessLevels;
  await run(folder, open, flags, terminal);
};

const assessLevels = async (
  folder: string,
  open: JudgedCollection,
  { assessor, judgments }: AssessFlags,
  terminal: Terminal,
): Promise<void> => {
  if (judgments !== undefined) await addJudgments(folder, assessor, await readLevels(judgments));
  const questions = await openQuestions(folder, open, assessor);
  const asks = judgments === undefined && terminal.outIsTty;
  const answered = asks ? await askLevels({ folder, assessor, topics: open.topics, questions }, terminal) : 0;
  if (!asks) for (const { topic, document } of questions) terminal.print(`${topic}\t${document}`);
  const pooled = [...open.pool.values()].reduce((sum, { size }) => sum + size, 0);
  terminal.talk(leftWords(questions.length - answered, pooled, assessor));
};

const assessParts = async (
  folder: string,
  open: JudgedCollection,
  { assessor, judgments }: AssessFlags,
  terminal: Terminal,
): Promise<void> => {
  if (judgments !== undefined) await addPartJudgments(folder, assessor, await readParts(judgments));
  const questions = await openRecordings(folder, open, assessor);
  const asks = judgments === undefined && terminal.outIsTty;
  const answered = asks ? await askParts({ folder, assessor, topics: open.topics, questions }, terminal) : 0;
  if (!asks) for (const { topic, document } of questions) terminal.print(`${topic}\t${document}`);
  const pooled = [...open.pool.values()].reduce(
    (sum, parts) => sum + new Set([...parts.keys()].map((key) => key.split(' ', 1)[0])).size,
    0,
  );
  terminal.talk(leftWords(questions.length - answered, pooled, assessor));
};

const leftWords = (left: number, pooled: number, assessor: string): string =>
  `${left} of ${pooled} are left to ${assessor}`;

/** Lines with their cells; comments and empty ones left out. */
const readCells = async (path: string): Promise<readonly { readonly line: number; readonly cells: string[] }[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${String(cause)}`, { cause });
  });
  return text.split('\n').flatMap((line, n) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    return [{ line: n + 1, cells: line.trim().split(/\s+/) }];
  });
};

const readLevels = async (path: string) =>
  (await readCells(path)).map(({ line, cells }) => {
    const [topic = '', document = '', level = ''] = cells.length === 4 ? [cells[0], cells[2], cells[3]] : cells;
    if (cells.length < 3 || cells.length > 4 || !/^-?\d+$/.test(level)) {
      throw new EngineError('unreadable_file', `line ${line} of ${path}: expected topic, document and a whole level`);
    }
    return { topic, document, level: Number(level) };
  });

/** All lines of one recording are one judgment of it; relevance 0 alone says that nothing in it is relevant. */
const readParts = async (path: string) => {
  const judged = new Map<string, { topic: string; document: string; spans: Span[]; parts: Span[] }>();
  for (const { line, cells } of await readCells(path)) {
    const [topic = '', document = '', start = '', end = '', relevance = ''] =
      cells.length === 6 ? [cells[0], ...cells.slice(2)] : cells;
    const [span] = parseParts(`${start}-${end}`) ?? [];
    if (cells.length < 5 || cells.length > 6 || span === undefined || !/^[01]$/.test(relevance)) {
      throw new EngineError(
        'unreadable_file',
        `line ${line} of ${path}: expected topic, recording, start, end (MINUTES.SECONDS) and relevance 0 or 1`,
      );
    }
    const key = `${topic} ${document}`;
    const held = judged.get(key) ?? { topic, document, spans: [], parts: [] };
    held.spans.push(span);
    if (relevance === '1') held.parts.push(span);
    judged.set(key, held);
  }
  return [...judged.values()];
};

type Span = NonNullable<ReturnType<typeof parseParts>>[number];
