/**
 * What of the Lab outlives the server, in a folder of its own: worlds of one's own, the last run and the lives it left.
 * Lives are many megabytes, so they are lines of bytes beside the run, never parsed as a whole.
 */

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Answers } from '#http';
import type { LabResult } from '#jobs';
import { replaceFile } from './replace-file.ts';

type Kept = Pick<Answers.LabRun, 'request' | 'state' | 'result' | 'error'>;

export interface LabFiles {
  /** Documents of one's own, as they were kept. @throws {Error} when the file cannot be read. */
  worlds(): readonly string[];
  keepWorlds(texts: readonly string[]): void;
  /** Null when nothing was run. @throws {Error} when it cannot be read. */
  run(): Kept | null;
  keepRun(run: Kept): Promise<void>;
}

const estimate = z.union([
  z.object({
    ok: z.literal(true),
    value: z.number(),
    interval: z.object({ lower: z.number(), upper: z.number() }),
    level: z.number(),
    n: z.number(),
    method: z.string(),
  }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);
const estimates = z.array(estimate);

const kept = z.object({
  request: z.object({
    world: z.string(),
    first: z.string(),
    second: z.string(),
    listeners: z.number(),
    weeks: z.number(),
    worlds: z.number(),
    seed: z.number(),
  }),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']),
  error: z.string().nullable(),
  result: z
    .object({
      curves: z.array(
        z.object({
          name: z.enum(['clicks', 'active', 'utility']),
          doc: z.string(),
          truth: z.boolean(),
          first: estimates,
          second: estimates,
          difference: estimates,
        }),
      ),
      events: z.number(),
      people: z.array(
        z.object({ listener: z.number(), kind: z.string(), timeZone: z.string(), readiness: z.number() }),
      ),
    })
    .nullable(),
});

const NEWLINE = 0x0a;

export const createLabFiles = (folder: string): LabFiles => {
  const [worlds, run, lives] = ['worlds.json', 'run.json', 'lives.ndjson'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  return {
    worlds: () => (existsSync(worlds) ? z.array(z.string()).parse(JSON.parse(readFileSync(worlds, 'utf8'))) : []),
    keepWorlds: (texts) => replaceFile(worlds, `${JSON.stringify(texts, null, 2)}\n`),
    run: () => {
      if (!existsSync(run)) return null;
      const { result, ...rest } = kept.parse(JSON.parse(readFileSync(run, 'utf8')));
      return { ...rest, result: result && { ...result, lives: splitLives(readFileSync(lives), result.people.length) } };
    },
    keepRun: async ({ request, state, error, result }) => {
      const { lives: own, ...rest } = result ?? { lives: null };
      if (own !== null) {
        await mkdir(folder, { recursive: true });
        const pieces = [...own.first, ...own.second].flatMap((life) => [life, Uint8Array.of(NEWLINE)]);
        await writeFile(`${lives}.part`, pieces);
        await rename(`${lives}.part`, lives);
      }
      replaceFile(run, `${JSON.stringify({ request, state, error, result: result === null ? null : rest })}\n`);
    },
  };
};

const splitLives = (bytes: Uint8Array, people: number): LabResult['lives'] => {
  const lines: Uint8Array[] = [];
  for (let from = 0, end = bytes.indexOf(NEWLINE); end >= 0; from = end + 1, end = bytes.indexOf(NEWLINE, from)) {
    lines.push(bytes.subarray(from, end));
  }
  if (lines.length !== 2 * people) throw new Error(`${lines.length} lives of ${people} listeners under two policies`);
  return { first: lines.slice(0, people), second: lines.slice(people) };
};
