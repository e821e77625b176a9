/** Threads of our own files: the same call from the sources (tests, development) as from the build; calls between threads; threads that give way. */

export { giveWay, lowerPriority, ownThread, startPolicyShell, type ThreadNumber } from './give-way.ts';
export { handOverEach } from './hand-over-each.ts';
export { runnableOf, startThread } from './start-thread.ts';
export { type CallPort, callsOf, handOver, type Methods, ThreadCalls } from './thread-calls.ts';
export { createTurns } from './turns.ts';
export { stepAside, UnderWay } from './under-way.ts';
