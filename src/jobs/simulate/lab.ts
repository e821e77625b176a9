/** The Lab: two policies in the same made-up worlds, lived beside the server. */

import { EngineError } from '#domain';
import { type ComparedCurve, WEEK_CURVES } from '#simulation';
import { startThread } from '#threads';
import type { LabMessage, LabWork } from './lab-worker.ts';
import type { Life, LifePerson } from './life-log.ts';

export interface LabResult {
  readonly curves: readonly (ComparedCurve & { readonly doc: string; readonly truth: boolean })[];
  readonly events: number;
  /** Who was followed in the first world; the same people under either policy. */
  readonly people: readonly LifePerson[];
  /** Their lives as JSON bytes, in the order of `people`: some 200 kB each, read one at a time. */
  readonly lives: Readonly<Record<'first' | 'second', readonly Uint8Array[]>>;
}

/** Null for listeners who were not followed. */
export const lifeOf = ({ lives }: LabResult, policy: 'first' | 'second', listener: number): Life | null => {
  const bytes = lives[policy][listener];
  return bytes === undefined ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Life);
};

/**
 * In a worker thread: this one only takes messages. An abort ends the thread at once. The same work gives the same
 * result. @throws {EngineError} internal when the thread fails; the signal's reason.
 */
export const runLab = (
  work: LabWork,
  onDay: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<LabResult> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const lives: Record<'first' | 'second', Uint8Array[]> = { first: [], second: [] };
    let people: readonly LifePerson[] = [];
    const worker = startThread(WORKER, { workerData: work, name: 'lab' });
    const stop = (): void => {
      void worker.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: LabMessage) => {
      if (message.kind === 'day') onDay(message.done, message.total);
      else if (message.kind === 'life') lives[message.policy].push(message.bytes);
      else if (message.kind === 'people') people = message.people;
      else {
        const curves = message.curves.map((curve) => ({ ...curve, ...WEEK_CURVES[curve.name] }));
        resolve({ curves, events: message.events, people, lives });
      }
    });
    worker.on('error', (cause) => {
      reject(new EngineError('internal', `the worlds of the Lab failed: ${(cause as Error).message}`, { cause }));
    });
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      // After an answer or an error this changes nothing.
      reject(new EngineError('internal', `the thread of the Lab ended with code ${code} and no answer`));
    });
  });

const WORKER = new URL('./lab-worker.ts', import.meta.url);
