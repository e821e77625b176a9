/** Threads of our own files: the same call from the sources (tests, development) as from the build. */

export { startThread } from './start-thread.ts';
