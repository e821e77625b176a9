/** The clock of active hours of a warehouse. */

import { hourWeights } from '#stats';
import { queries, type WarehouseRows } from '#warehouse';

/** What each hour of the day counts for by all sessions that began before a moment, on the listeners' own clocks. */
export const hourWeightsUntil = async (warehouse: WarehouseRows, until: string): Promise<Float64Array> => {
  const starts = new Float64Array(24);
  for (const { hour, sessions } of await warehouse.query(queries.sessionHours, { until })) starts[hour] = sessions;
  return hourWeights(starts);
};
