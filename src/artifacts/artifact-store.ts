/** Where trained models are kept, with their lineage. */

import type { EpochMs } from '#domain';

/** Part name → bytes, e.g. `als` → its factors. Names are `a-z`, digits, `-`, `_` and `.`, up to 64. */
export type ArtifactParts = Readonly<Record<string, Uint8Array>>;

/** What an artifact was made from: enough to tell it from another one and to make it again. */
export interface Lineage {
  readonly trainedAt: EpochMs;
  /** Counts of the data, by name, e.g. users, items, interactions. */
  readonly data: Readonly<Record<string, number>>;
  /** Options of the training as they were used. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: string;
}

export interface ArtifactInfo {
  readonly name: string;
  /** Grows with each save of the name: `000001`, `000002` …; text order is the order of saving. */
  readonly version: string;
  readonly lineage: Lineage;
  /** Size and SHA-256 (hex) of each part. */
  readonly parts: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export interface Artifact extends ArtifactInfo {
  /** In memory that threads share; the bytes that were saved, as their SHA-256 tells. */
  readonly content: ArtifactParts;
}

/** Part name → what makes the memory, of so many bytes and shared by threads, that it is read into; of others any is made. */
export type Allocators = ReadonlyMap<string, (bytes: number) => Uint8Array<SharedArrayBuffer>>;

export interface ArtifactStore {
  /** Saves a new version, whole or not at all; it is on disk when the promise resolves. @throws {EngineError} disk_full */
  save(name: string, parts: ArtifactParts, lineage: Lineage): Promise<ArtifactInfo>;
  /** The newest version; null when there is none. @throws {EngineError} artifact_corrupt */
  latest(name: string, allocators?: Allocators): Promise<Artifact | null>;
  /** One version; null when there is none. @throws {EngineError} artifact_corrupt */
  load(name: string, version: string, allocators?: Allocators): Promise<Artifact | null>;
  /** All versions of all names, newest first within a name. @throws {EngineError} artifact_corrupt */
  list(): Promise<readonly ArtifactInfo[]>;
  /** Removes all but the newest `keep` versions of a name; how many went. */
  prune(name: string, keep: number): Promise<number>;
  /** Removes everything. */
  clear(): Promise<void>;
}
