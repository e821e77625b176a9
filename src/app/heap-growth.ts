import { setFlagsFromString } from 'node:v8';

/**
 * Collecting the old generation of a heap takes most of both processors for a tenth of a second, in which all answers are
 * late. A server's heaps, those of its threads too, may therefore grow to four times of what lives in them before that
 * happens, where the engine would stop at about twice. For processes that are ours alone: it holds for all of the process.
 */
export const letHeapsGrow = (): void => setFlagsFromString('--heap-growing-percent=300');
