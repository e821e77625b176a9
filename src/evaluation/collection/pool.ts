/** What is to be judged: the first documents of all runs. */

/** Ranked documents by topic, the best first. */
export type RankedTopics = ReadonlyMap<string, readonly string[]>;

export interface PooledRun {
  readonly team: string;
  readonly topics: RankedTopics;
}

/** Teams that brought a document into the pool, by document, by topic; documents in the order of their names. */
export type Pool = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/**
 * Depth-k pool: the union over runs of the first k documents of each topic [SparckJones1975]. Documents stand by name, so
 * that assessors cannot tell what ranked where. O(runs · topics · depth).
 */
export const poolOf = (runs: readonly PooledRun[], depth: number): Pool => {
  const pool = new Map<string, Map<string, Set<string>>>();
  for (const { team, topics } of runs) {
    for (const [topic, documents] of topics) {
      const pooled = pool.get(topic) ?? new Map<string, Set<string>>();
      pool.set(topic, pooled);
      for (const document of documents.slice(0, depth)) {
        const teams = pooled.get(document) ?? new Set();
        pooled.set(document, teams.add(team));
      }
    }
  }
  return new Map([...pool].sort(byKey).map(([topic, documents]) => [topic, new Map([...documents].sort(byKey))]));
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The pool as it would be had this team not taken part. */
export const withoutTeam = (pool: Pool, team: string): Pool =>
  new Map(
    [...pool].map(([topic, documents]) => [
      topic,
      new Map([...documents].filter(([, teams]) => teams.size > 1 || !teams.has(team))),
    ]),
  );
