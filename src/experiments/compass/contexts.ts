/** The contexts a corpus speaks of. */

import { CONTEXT_DIMENSIONS, type Context, type ContextDimension, type Corpus } from '../proxies/corpus.ts';

/** Distinct values of the named dimensions among the experiments, in order; contexts that lack one of them are left out. */
export const contextsOf = (
  corpus: Corpus,
  dimensions: readonly ContextDimension[] = CONTEXT_DIMENSIONS,
): readonly Context[] => {
  const found = new Map<string, Context>();
  for (const { context } of corpus.experiments) {
    if (dimensions.some((name) => context[name] === undefined)) continue;
    const part = Object.fromEntries(dimensions.map((name) => [name, context[name]!]));
    found.set(JSON.stringify(part), part);
  }
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, context]) => context);
};

/** `home × sleep × speaker`; `everywhere` for the empty context. */
export const contextName = (context: Context): string =>
  CONTEXT_DIMENSIONS.flatMap((name) => context[name] ?? []).join(' × ') || 'everywhere';
