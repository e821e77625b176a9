/** A model on its way to another thread: nothing is copied, and opening it takes no time that grows with it. */

import { openSharedAls, type SharedAls } from './als/als-model.ts';
import { openSharedContent, type SharedContent } from './content/content.ts';
import { openSharedItemKnn, type SharedItemKnn } from './item-knn/item-knn.ts';
import type { Model } from './model.ts';
import { openSharedPopularity, type SharedPopularity } from './popularity.ts';

/** What `Model.share` gives, for `postMessage`. */
export type SharedModel = SharedAls | SharedContent | SharedItemKnn | SharedPopularity;

/** The same model on this side. Both sides answer from the same memory, so neither may answer while the other does. */
export const openSharedModel = (shared: SharedModel): Model => {
  switch (shared.model) {
    case 'als':
      return openSharedAls(shared);
    case 'content':
      return openSharedContent(shared);
    case 'item-knn':
      return openSharedItemKnn(shared);
    case 'popularity':
      return openSharedPopularity(shared);
  }
};
