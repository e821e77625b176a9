/** From a measure's name to the measure. */

import { EngineError } from '#domain';
import { fittedModel, instModel, rbpModel } from './cwl/user-model.ts';
import { cwlMeasure } from './cwl-measure.ts';
import { err } from './err.ts';
import { judged } from './judged.ts';
import type { Measure } from './measure.ts';
import { ndcg } from './ndcg.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';

/** Numbers of a name, `name(key=1;2,other=3)@10`: each key has one or several. */
type Numbers = ReadonlyMap<string, readonly number[]>;

interface Kind {
  /** Keys that may stand in the name. */
  readonly keys: readonly string[];
  readonly make: (cutoff: number, numbers: Numbers) => Measure;
}

const one = (numbers: Numbers, key: string, standard: number): number => numbers.get(key)?.[0] ?? standard;

const KINDS: Readonly<Record<string, Kind>> = {
  ndcg: { keys: [], make: ndcg },
  precision: { keys: [], make: precision },
  recall: { keys: [], make: recall },
  judged: { keys: [], make: judged },
  err: { keys: ['max'], make: (cutoff, numbers) => err(cutoff, one(numbers, 'max', 4)) },
  rbp: {
    keys: ['p', 'max'],
    make: (cutoff, numbers) => cwlMeasure(rbpModel(one(numbers, 'p', 0.8)), cutoff, one(numbers, 'max', 1)),
  },
  inst: {
    keys: ['t', 'max'],
    make: (cutoff, numbers) => cwlMeasure(instModel(one(numbers, 't', 3)), cutoff, one(numbers, 'max', 1)),
  },
  fitted: {
    keys: ['c', 'max'],
    make: (cutoff, numbers) => cwlMeasure(fittedModel(numbers.get('c') ?? []), cutoff, one(numbers, 'max', 1)),
  },
};

const NAME = /^([a-z]+)(?:\(([^()]*)\))?@([1-9]\d{0,8})$/;

/**
 * The measure of this name: `parseMeasure(measure.name)` is the measure again.
 * @throws {EngineError} invalid_request.
 */
export const parseMeasure = (name: string): Measure => {
  const [, kind = '', parameters, cutoff] = NAME.exec(name) ?? [];
  const numbers = parameters === undefined ? new Map<string, readonly number[]>() : parseNumbers(parameters);
  if (!Object.hasOwn(KINDS, kind) || numbers === undefined) throw unknown(name);
  const { keys, make } = KINDS[kind]!;
  if ([...numbers.keys()].some((key) => !keys.includes(key))) throw unknown(name);
  return make(Number(cutoff), numbers);
};

/** Undefined when it is not `key=number;number,key=number`. */
const parseNumbers = (text: string): Numbers | undefined => {
  const numbers = new Map<string, readonly number[]>();
  for (const part of text.split(',')) {
    const [, key = '', list = ''] = /^([a-z]+)=(-?[\d.;e+-]+)$/.exec(part) ?? [];
    const values = list.split(';').map((value) => (value === '' ? Number.NaN : Number(value)));
    if (key === '' || numbers.has(key) || values.some(Number.isNaN)) return undefined;
    numbers.set(key, values);
  }
  return numbers;
};

const unknown = (name: string): EngineError => {
  const known = Object.entries(KINDS).map(([kind, { keys }]) =>
    keys.length === 0 ? kind : `${kind}(${keys.join(', ')})`,
  );
  return new EngineError(
    'invalid_request',
    `unknown measure "${name}": expected one of ${known.join(', ')}, then @ and a cutoff, as in rbp(p=0.8)@100`,
  );
};
