import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * Collecting the old generation of a heap takes most of both processors for a tenth of a second, in which all answers are
 * late. A server's heaps, those of its threads too, may therefore grow to four times of what lives in them before that
 * happens, where the engine would stop at about twice; and no more than half of the processors mark at once, where the engine
 * would have four threads do it, however few processors there are. For processes that are ours alone: it holds for all of the process.
 */
export const tuneHeaps = (): void => {
  const markers = Math.max(1, Math.floor(availableParallelism() / 2));
  setFlagsFromString('--heap-growing-percent=300');
  setFlagsFromString(`--concurrent-marking-max-worker-num=${markers}`);
};
