/** Looks at everything a start needs, and says of each part whether it works. Changes nothing. */

import { existsSync } from 'node:fs';
import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { reasonOf } from '#domain';
import { readVersion } from '#version';
import { queries } from '#warehouse';
import { type EffectiveConfig, type Origin, showConfig } from './config.ts';
import { lockHolder, takeLock } from './data-lock.ts';
import { readKeys } from './keys-file.ts';
import type { Config } from './settings.ts';
import { closeStores, openJournal, openStores, type Stores } from './stores.ts';

export interface Finding {
  readonly part: string;
  readonly ok: boolean;
  /** What was found, in words. */
  readonly says: string;
}

export interface Health {
  readonly config: Readonly<Record<string, { readonly value: unknown; readonly origin: Origin }>>;
  /** The settings file that was read. */
  readonly file: string | null;
  readonly findings: readonly Finding[];
}

const OLDEST_NODE = [20, 19] as const;
const LEAST_FREE_GIB = 1;

export const examine = async (effective: EffectiveConfig): Promise<Health> => {
  const { config } = effective;
  const findings = [
    ofRuntime(),
    await check('disk', () => ofDisk(config.data)),
    await check('keys', async () => ofKeys(config)),
    ...(await ofStores(config)),
  ];
  return { config: showConfig(effective), file: effective.file, findings };
};

const check = async (part: string, look: () => Promise<Omit<Finding, 'part'>>): Promise<Finding> => {
  try {
    return { part, ...(await look()) };
  } catch (error) {
    return { part, ok: false, says: reasonOf(error) };
  }
};

const ofRuntime = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const says = `ritornello ${readVersion()} on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return { part: 'versions', ok, says: ok ? says : `${says}; at least ${OLDEST_NODE.join('.')} is needed` };
};

const ofDisk = async (data: string): Promise<Omit<Finding, 'part'>> => {
  let folder = resolve(data);
  while (!existsSync(folder)) folder = dirname(folder);
  await access(folder, constants.W_OK);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 2 ** 30;
  return { ok: free >= LEAST_FREE_GIB, says: `${free.toFixed(1)} GiB free for ${resolve(data)}` };
};

const ofKeys = (config: Config): Omit<Finding, 'part'> => {
  const { length } = readKeys(config);
  return { ok: true, says: length === 0 ? 'none: only this machine is answered' : `${length}` };
};

/** The real stores when they are free; of stores in use, what their server says; else whether they would work. */
const ofStores = async (config: Config): Promise<readonly Finding[]> => {
  const holder = lockHolder(config.data);
  if (holder !== null) return [await check('server', () => ofServer(holder.pid, holder.address))];
  if (existsSync(config.data)) {
    return lookInto(config, 'data', async () => {
      const lock = takeLock(config.data);
      return lock.release;
    });
  }
  const trial = await mkdtemp(join(tmpdir(), 'ritornello-doctor-'));
  return lookInto({ ...config, data: trial }, 'data (none yet; tried elsewhere)', async () => {
    return () => rm(trial, { recursive: true, force: true });
  });
};

const ofServer = async (pid: number, address: string | null): Promise<Omit<Finding, 'part'>> => {
  if (address === null) return { ok: true, says: `process ${pid} is at work on the data and serves nothing` };
  const response = await fetch(`${address}/health/ready`);
  return { ok: response.ok, says: `process ${pid} at ${address}: ${await response.text()}` };
};

const lookInto = async (
  config: Config,
  part: string,
  prepare: () => Promise<() => void | Promise<void>>,
): Promise<readonly Finding[]> => {
  let cleanUp: () => void | Promise<void> = () => undefined;
  try {
    cleanUp = await prepare();
    const stores = await openStores(config, openJournal);
    const counts = await countIn(stores).finally(() => closeStores(stores));
    return [{ part, ok: true, says: 'journal, warehouse and artifacts open' }, ...counts];
  } catch (error) {
    return [{ part, ok: false, says: reasonOf(error) }];
  } finally {
    await cleanUp();
  }
};

const countIn = async ({ journal, warehouse, artifacts }: Stores): Promise<readonly Finding[]> => [
  await check('journal', async () => {
    const { first, next, bytes } = journal.status();
    return { ok: true, says: `${next - first} records (${bytes} bytes) not yet in the warehouse` };
  }),
  await check('warehouse', async () => {
    const rows = await warehouse.query(queries.overview, {});
    const filled = rows.filter((row) => row.row_count > 0).map((row) => `${row.kind} ${row.row_count}`);
    return { ok: true, says: filled.join(', ') || 'empty' };
  }),
  await check('models', async () => {
    const [newest] = await artifacts.list();
    if (newest === undefined) return { ok: true, says: 'nothing learned yet' };
    const { name, version, lineage } = newest;
    return { ok: true, says: `${name} ${version} of ${new Date(lineage.trainedAt).toISOString()}` };
  }),
];
