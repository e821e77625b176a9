/** Threads of our own files: the same call from the sources (tests, development) as from the build; and calls between threads. */

export { startThread } from './start-thread.ts';
export { type CallPort, ThreadCalls } from './thread-calls.ts';
