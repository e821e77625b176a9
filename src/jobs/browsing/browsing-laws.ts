/** How listeners go down pages and along shelves, by device, measured in the impressions of slates or in a file. */

import { EngineError, type EpochMs, toTimestamp } from '#domain';
import { type BrowsingVisit, type ContinuationLaw, fitContinuation } from '#evaluation';
import { EXAMINED_FRACTION, EXAMINED_MS } from '#units';
import { queries, type WarehouseRows } from '#warehouse';
import { flagColumn, numberColumn, textColumn } from '../tables/columns.ts';
import { readTable } from '../tables/read-table.ts';

/** `shelf`: a visit is a shelf, its ranks are slots. `page`: a visit is a page, its ranks are shelves. */
export type BrowsingUnit = 'shelf' | 'page';

export interface BrowsingOptions {
  readonly surface: string;
  readonly along: BrowsingUnit;
  /** Slates made in [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly leastVisits: number;
}

export interface BrowsingLaw extends Omit<ContinuationLaw, 'model'> {
  /** The law as `evaluate ranking -m` takes it, `cwl.0.9,0.8`; null where too few visits say anything. */
  readonly measure: string | null;
}

export interface BrowsingReport {
  readonly laws: readonly BrowsingLaw[];
  /** Of the query; null for a file. */
  readonly sql: string | null;
}

/** Laws from impressions: a card counts when it was looked at (`isExamined`), or when nobody knows how long it was in view. */
export const browsingLaws = async (
  warehouse: WarehouseRows,
  { surface, along, from, to, leastVisits }: BrowsingOptions,
): Promise<BrowsingReport> => {
  const query = along === 'shelf' ? queries.browsingAlongShelves : queries.browsingDownPages;
  const rows = await warehouse.query(query, {
    surface,
    since: toTimestamp(from),
    until: toTimestamp(to),
    examined_ms: EXAMINED_MS,
    examined_fraction: EXAMINED_FRACTION,
  });
  const visits = function* (): Generator<BrowsingVisit> {
    for (const { device, deepest, at_end, visits: count } of rows) {
      const visit = { device, deepestRank: deepest, atEnd: at_end };
      for (let n = 0; n < count; n++) yield visit;
    }
  };
  return { laws: lawsOf(visits(), leastVisits), sql: query.sql };
};

/** Laws from a table: device, deepest_rank (from 1), at_end. @throws {EngineError} unreadable_file, invalid_data. */
export const browsingFile = async (path: string, leastVisits: number): Promise<BrowsingReport> => {
  const table = await readTable(path);
  const devices = textColumn(table, 'device');
  const deepest = numberColumn(table, 'deepest_rank');
  const ends = flagColumn(table, 'at_end');
  const wrong = deepest.findIndex((rank) => !(Number.isInteger(rank) && rank >= 1));
  if (wrong !== -1) {
    const line = wrong + table.firstLine;
    throw new EngineError(
      'invalid_data',
      `line ${line} of ${path}: rank ${deepest[wrong]}, expected a whole number from 1`,
    );
  }
  const visits = devices.map((device, n) => ({ device, deepestRank: deepest[n]!, atEnd: ends[n] === 1 }));
  return { laws: lawsOf(visits, leastVisits), sql: null };
};

const lawsOf = (visits: Iterable<BrowsingVisit>, leastVisits: number): readonly BrowsingLaw[] =>
  fitContinuation(visits, leastVisits).map(({ model, ...law }) => ({
    ...law,
    measure: model?.name.replace(/^fitted\(c=(.*)\)$/, 'cwl.$1').replaceAll(';', ',') ?? null,
  }));
