/**
 * Artifacts as files: <path>/<name>/<version>/ holds the parts and lineage.json. A version is written under a name of
 * its own, flushed, and renamed into place, so that whatever is there under a version is whole.
 */

import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '#domain';
import type { Allocators, Artifact, ArtifactInfo, ArtifactParts, ArtifactStore, Lineage } from '../artifact-store.ts';
import { flushFolder, type HashedFile, readHashed, sha256, writeFlushed } from './durable-file.ts';

export interface FileArtifactsOptions {
  /** Folder of the artifacts; made if need be. */
  readonly path: string;
}

const MANIFEST = 'lineage.json';
const SAFE_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const VERSION = /^\d{6,}$/;
/** Prefix of a version that is being written; a leading dot, so that no name or version can be the same. */
const UNFINISHED = '.new-';

/** Opens the store and removes what a killed save left behind. One process at a time may save. */
export const openFileArtifacts = async ({ path }: FileArtifactsOptions): Promise<ArtifactStore> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (const name of await foldersIn(path)) {
    for (const entry of await readdir(join(path, name))) {
      if (entry.startsWith(UNFINISHED)) await rm(join(path, name, entry), { recursive: true, force: true });
    }
  }
  return new FileArtifacts(path);
};

class FileArtifacts implements ArtifactStore {
  readonly #path: string;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Saves run one after another: each needs the version after the last. */
  save(name: string, parts: ArtifactParts, lineage: Lineage): Promise<ArtifactInfo> {
    const saved = this.#saving.then(() => this.#save(name, parts, lineage));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async latest(name: string, allocators?: Allocators): Promise<Artifact | null> {
    const version = (await this.#versions(name)).at(-1);
    return version === undefined ? null : this.load(name, version, allocators);
  }

  async load(name: string, version: string, allocators?: Allocators): Promise<Artifact | null> {
    if (!(await this.#versions(name)).includes(version)) return null;
    const info = await this.#info(name, version);
    const content = await Promise.all(
      Object.entries(info.parts).map(async ([part, { bytes, sha256: expected }]) => {
        const found = await this.#read(name, version, part, allocators);
        if (found.bytes.length !== bytes || found.sha256 !== expected) {
          throw corrupt(name, version, `part ${part} is not what was saved (${found.bytes.length} of ${bytes} bytes)`);
        }
        return [part, found.bytes] as const;
      }),
    );
    return { ...info, content: Object.fromEntries(content) };
  }

  async list(): Promise<readonly ArtifactInfo[]> {
    const found: ArtifactInfo[] = [];
    for (const name of await foldersIn(this.#path)) {
      for (const version of (await this.#versions(name)).reverse()) found.push(await this.#info(name, version));
    }
    return found;
  }

  async prune(name: string, keep: number): Promise<number> {
    const versions = await this.#versions(name);
    const old = versions.slice(0, Math.max(0, versions.length - keep));
    for (const version of old) await rm(join(this.#path, name, version), { recursive: true, force: true });
    return old.length;
  }

  async clear(): Promise<void> {
    for (const name of await foldersIn(this.#path)) await rm(join(this.#path, name), { recursive: true, force: true });
  }

  async #save(name: string, parts: ArtifactParts, lineage: Lineage): Promise<ArtifactInfo> {
    for (const part of [name, ...Object.keys(parts)]) assertSafe(part);
    const folder = join(this.#path, name);
    const version = String(Number((await this.#versions(name)).at(-1) ?? 0) + 1).padStart(6, '0');
    const unfinished = join(folder, `${UNFINISHED}${version}`);
    const info: ArtifactInfo = { name, version, lineage, parts: await summary(parts) };
    try {
      await mkdir(unfinished, { recursive: true, mode: 0o700 });
      for (const [part, bytes] of Object.entries(parts)) await writeFlushed(join(unfinished, part), bytes);
      await writeFlushed(join(unfinished, MANIFEST), Buffer.from(JSON.stringify(info, null, 2)));
      await flushFolder(unfinished);
      await rename(unfinished, join(folder, version));
      await flushFolder(folder);
      return info;
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new EngineError('disk_full', `artifact ${name} cannot be saved in ${folder}: no space is left`, {
        cause: error,
      });
    }
  }

  async #versions(name: string): Promise<string[]> {
    assertSafe(name);
    try {
      return (await readdir(join(this.#path, name))).filter((entry) => VERSION.test(entry)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async #info(name: string, version: string): Promise<ArtifactInfo> {
    const { bytes } = await this.#read(name, version, MANIFEST);
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as ArtifactInfo;
    } catch (error) {
      throw corrupt(name, version, `${MANIFEST} is not JSON`, error);
    }
  }

  async #read(name: string, version: string, part: string, allocators?: Allocators): Promise<HashedFile> {
    try {
      return await readHashed(join(this.#path, name, version, part), allocators?.get(part));
    } catch (error) {
      throw corrupt(name, version, `${part} cannot be read`, error);
    }
  }
}

const foldersIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
};

const summary = async (parts: ArtifactParts): Promise<ArtifactInfo['parts']> => {
  const told: Record<string, ArtifactInfo['parts'][string]> = {};
  for (const [part, bytes] of Object.entries(parts)) told[part] = { bytes: bytes.length, sha256: await sha256(bytes) };
  return told;
};

const assertSafe = (name: string): void => {
  if (SAFE_NAME.test(name) && name !== MANIFEST) return;
  throw new EngineError('invalid_data', `"${name}" cannot name an artifact or part: expected ${SAFE_NAME.source}`);
};

const corrupt = (name: string, version: string, what: string, cause?: unknown): EngineError =>
  new EngineError('artifact_corrupt', `artifact ${name} ${version}: ${what}`, { cause });
