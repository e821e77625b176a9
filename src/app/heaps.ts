import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * Collecting the old generation of a heap takes most of both processors for a tenth of a second, in which all answers are
 * late. So a server's heaps, those of its threads too, may grow to four times of what lives in them before that happens, where
 * the engine would stop at about twice; and no more than half of the processors mark at once, where the engine would have four
 * threads do it, however few processors there are.
 *
 * And nothing is put into the old generation as soon as it is made. The engine does that where most of what a line of code made
 * before lived on ("pretenuring"), as is so while large bodies of events wait for the disk. Of small bodies the same line
 * makes what is dead after some milliseconds, and there it holds what came after it: the old generation of the main thread grew
 * three times as fast.
 *
 * For processes that are ours alone: it holds for all of the process.
 */
export const tuneHeaps = (): void => {
  const markers = Math.max(1, Math.floor(availableParallelism() / 2));
  setFlagsFromString('--heap-growing-percent=300');
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString(`--concurrent-marking-max-worker-num=${markers}`);
};
