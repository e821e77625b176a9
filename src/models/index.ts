/**
 * Recommenders behind one port, `Model`: fitted by `fit…`, read back by `load…`, told of a user by `foldIn`.
 * Every model passes the suite in model.contract.ts; docs/reference/models.md has a card for each.
 * No slates, no exploration, no storage: `policy`, `serving` and `artifacts` do that.
 */

export { type AlsOptions, fitAls, MOST_SCANNED, type OnEpoch } from './als/als.ts';
export { itemFactors, loadAls } from './als/als-model.ts';
export { type ContentData, fitContent, loadContent } from './content/content.ts';
export type { ItemFeatures } from './content/item-vectors.ts';
export { fitItemKnn, type ItemKnnOptions, loadItemKnn } from './item-knn/item-knn.ts';
export type { ItemWeighting } from './item-knn/item-weights.ts';
export { fitLogistic, type LogisticFit } from './logistic/logistic.ts';
export type {
  Contributions,
  History,
  Interactions,
  Model,
  ModelName,
  Ranked,
  UserVector,
} from './model.ts';
export type { LoadOptions } from './model-bytes.ts';
export { PLAY_WEIGHTS, type PlayWeight } from './play-weight.ts';
export { fitPopularity, loadPopularity, type PopularityOptions } from './popularity.ts';
export { bestFirst, type Contribution } from './ranking.ts';
export { buildItemCells, type CellOptions, createCellIndex, type ItemCells } from './retrieval/cell-index.ts';
export type { ItemIndex, Retrieval } from './retrieval/item-index.ts';
export { createQuantizedScan } from './retrieval/quantized-scan.ts';
export { openSharedModel, type SharedModel } from './shared-model.ts';
