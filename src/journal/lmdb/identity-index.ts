/** Which identities are known: those of the newest records in memory, all others in a table of LMDB, within its transactions. */

import type { Sequence } from '../journal.ts';
import { afterPrefix, identityKey, identityValue, NO_VERSION, sequenceOf, userPrefix, versionOf } from './identity.ts';
import type { MappedTables } from './mapped-tables.ts';
import { RecentIdentities } from './recent-identities.ts';
import { fromBytes } from './record-bytes.ts';

/** In memory; with more, each append puts as many into the table as it brings. */
const MOST_RECENT = 10_000;

export class IdentityIndex {
  readonly recent: RecentIdentities = new RecentIdentities();
  readonly #mapped: MappedTables;

  constructor(mapped: MappedTables) {
    this.#mapped = mapped;
  }

  isKnown(key: Buffer, version: Buffer): boolean {
    if (this.recent.find(key) !== undefined) return version.length === 0;
    const known = this.#mapped.tables.identities.get(key);
    this.#mapped.touchIdentity();
    return known !== undefined && version.equals(versionOf(known));
  }

  /** Of a record that is stored in this transaction. It does not tell its version: with one it could not be found again. */
  add(key: Buffer, sequence: Sequence, version: Buffer): void {
    if (version.length === 0 && this.recent.changed < MOST_RECENT) this.recent.add(key, sequence);
    else this.#put(key, sequence, version);
  }

  /** Puts those of them that are still in memory into the table; one of this transaction may have gone there with a version. */
  index(keys: readonly Buffer[]): void {
    for (const key of keys) {
      const sequence = this.recent.find(key);
      if (sequence !== undefined) this.#put(key, sequence, NO_VERSION);
    }
  }

  /** Those of a user with the sequences of their records: all in memory, and of the table at most so many. */
  of(prefix: Buffer, limit: number): readonly (readonly [key: Buffer, sequence: Sequence])[] {
    const range = { start: prefix, end: afterPrefix(prefix), limit };
    const indexed = [...this.#mapped.tables.identities.getRange(range)];
    const inTable = indexed.map(({ key, value }) => [key, sequenceOf(value)] as const);
    return [...this.recent.startingWith(prefix), ...inTable];
  }

  remove(key: Buffer): void {
    this.#mapped.tables.identities.removeSync(key);
    this.recent.remove(key);
  }

  /** With the transaction that adds so many. */
  makeRoom(added: number): void {
    const tooMany = this.recent.size + added - MOST_RECENT;
    if (tooMany > 0) this.index(this.recent.first(tooMany));
  }

  /** What a crash, or closing, left in memory alone: read from the records, of which the newest of an identity counts. */
  findAgain(from: Sequence): void {
    const { records, identities } = this.#mapped.tables;
    for (const [sequence, bytes] of records.from(from)) {
      const { userId, eventId } = fromBytes(sequence, bytes);
      const key = identityKey(userPrefix(userId), eventId);
      const known = identities.get(key);
      if (known === undefined || sequenceOf(known) < sequence) this.recent.add(key, sequence);
    }
    this.recent.settle();
  }

  #put(key: Buffer, sequence: Sequence, version: Buffer): void {
    this.#mapped.tables.identities.putSync(key, identityValue(sequence, version));
    this.#mapped.touchIdentity();
    this.recent.remove(key);
  }
}
