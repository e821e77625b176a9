/** What is served, in the words of the wire contract: where a slate is made its JSON is made too, so this loads no server. */

export { toItemSummary } from './item.ts';
export { toExplanation, toSlate } from './slate.ts';
export { type SlateAnswer, type SlateCounts, type Surfaces, slateAnswer } from './slate-answer.ts';
export { toTime, toTimeOrNull } from './time.ts';
