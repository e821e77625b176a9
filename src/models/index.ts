/**
 * Recommenders behind one port, `Model`: fitted by `fit…`, read back by `load…`, told of a user by `foldIn`.
 * Every model passes the suite in model.contract.ts; docs/reference/models.md has a card for each.
 * No slates, no exploration, no storage: `policy`, `serving` and `artifacts` do that.
 */

export type {
  Contribution,
  History,
  Interactions,
  Model,
  ModelName,
  Ranked,
  UserVector,
} from './model.ts';
