/** What every warehouse must do. `open` opens the warehouse of the running test, again after a close. */

import { answeringContract } from './answering.contract.ts';
import { catalogueQueriesContract } from './catalogue-queries.contract.ts';
import { erasingContract } from './erasing.contract.ts';
import { listeningQueriesContract } from './listening-queries.contract.ts';
import { slateQueriesContract } from './slate-queries.contract.ts';
import { storedRowsContract } from './stored-rows.contract.ts';
import type { WarehouseHarness } from './warehouse-harness.contract.ts';

export const warehouseContract = (harness: WarehouseHarness): void => {
  storedRowsContract(harness);
  answeringContract(harness);
  erasingContract(harness);
  listeningQueriesContract(harness);
  catalogueQueriesContract(harness);
  slateQueriesContract(harness);
};
