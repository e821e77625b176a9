/** A thread that analyses. Started by `AnalysesBeside` with the first that it is asked; ends with that. */

import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from '#domain';
import { lowerPriority, ThreadCalls } from '#threads';
import { borrowRows } from '#warehouse';
import { machineClock } from '../machine-clock.ts';
import { analyzeWith } from './analyses.ts';
import type { AnalysesStarterFace, AnalysesThreadData, AnalysesThreadFace } from './messages.ts';

if (parentPort === null) throw new Error('analyses-thread.ts is the file of a thread');

const face: AnalysesThreadFace = {
  analyze: (question, name, request) =>
    analyze(name, request as never, (progress) => starter.tell('progress', question, progress)),
};

const starter = new ThreadCalls<AnalysesStarterFace, AnalysesThreadFace>(parentPort, face);

const analyze = analyzeWith({
  warehouse: borrowRows({
    insertLines: (table, lines) => starter.ask('insertLines', table, lines),
    queryLines: (query, params) => starter.ask('queryLines', query, params),
    streamLines: (query, params, seconds) => starter.each('streamLines', query, params, seconds),
  }),
  clock: machineClock,
  exclusive: async (part) => {
    // Waited for in here: to leave the loop gives the turn back.
    for await (const _ of starter.each('exclusive')) return await part();
    throw new EngineError('internal', 'the warehouse was not to be had for this thread alone');
  },
  carried: () => starter.ask('carried'),
});

if ((workerData as AnalysesThreadData).givesWay) lowerPriority();
