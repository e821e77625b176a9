/** The files of a test collection: plain text that an editor opens. */

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '#domain';

export interface RunFile {
  readonly team: string;
  readonly run: string;
  readonly path: string;
}

const names = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

/** Runs: `runs/TEAM/RUN`, a folder a team. */
export const runFiles = async (folder: string): Promise<RunFile[]> => {
  const files: RunFile[] = [];
  for (const team of await names(join(folder, 'runs'))) {
    for (const run of await names(join(folder, 'runs', team))) {
      files.push({ team, run: run.replace(/\.(txt|gz|txt\.gz)$/, ''), path: join(folder, 'runs', team, run) });
    }
  }
  return files;
};

/** Assessments: `assessments/NAME.qrels`, a file an assessor. */
export const assessmentFiles = async (folder: string): Promise<{ readonly name: string; readonly path: string }[]> =>
  (await names(join(folder, 'assessments')))
    .filter((name) => name.endsWith('.qrels'))
    .map((name) => ({ name: name.replace(/\.qrels$/, ''), path: join(folder, 'assessments', name) }));

export interface TopicText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Topics: lines of id, title and description, parted by tabs. @throws {EngineError} unreadable_file. */
export const readTopics = async (folder: string): Promise<TopicText[]> => {
  const path = join(folder, 'topics.tsv');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${String(cause)}`, { cause });
  });
  const topics = text.split('\n').flatMap((line, n) => {
    if (line === '' || line.startsWith('#')) return [];
    const [id = '', title = '', description = ''] = line.split('\t');
    if (/^\S+$/.test(id)) return [{ id, title, description }];
    throw new EngineError('unreadable_file', `line ${n + 1} of ${path}: expected an id without spaces, a tab, a title`);
  });
  if (topics.length > 0) return topics;
  throw new EngineError('unreadable_file', `${path} has no topics: expected lines of id, title, description`);
};

/** Writes a file of the collection, making its folder. What was there stays until all of the new text is: nobody judges twice. */
export const writeText = async (folder: string, name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.part`, text, { flush: true });
  await rename(`${path}.part`, path);
  return path;
};
