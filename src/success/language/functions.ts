/**
 * The functions of the language, each with its two forms: on JavaScript values and as ClickHouse SQL. Arguments are
 * known here: an unknown argument makes the call unknown before it is asked. Operations stand in the same order in
 * both forms, so that both round alike.
 */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain';

export type ParameterType = 'number' | 'numbers' | 'scalars' | 'list' | 'string';
type Value = number | string | boolean;
type Argument = Value | readonly Value[];

export interface LanguageFunction {
  /** As it is written, for messages and the reference. */
  readonly written: string;
  readonly doc: string;
  readonly parameters: readonly ParameterType[];
  /** The last parameter may be given again. */
  readonly more?: boolean;
  readonly result: 'number' | 'bool' | 'same';
  /** It can be unknown though all arguments are known. */
  readonly partial: boolean;
  /** Null: unknown. */
  js(args: readonly Argument[]): Argument | null;
  sql(args: readonly string[]): string;
}

const numbers = (args: readonly Argument[]): readonly number[] => args as readonly number[];
const list = (arg: Argument | undefined): readonly number[] => arg as readonly number[];
const words = (args: readonly Argument[]): readonly string[] => args as readonly string[];

const duration = (written: string, ms: number): LanguageFunction => ({
  written: `${written}(n)`,
  doc: `n ${written} as milliseconds`,
  parameters: ['number'],
  result: 'number',
  partial: false,
  js: (args) => numbers(args)[0]! * ms,
  sql: ([n]) => `(${n} * ${ms}.)`,
});

const textTest = (
  written: string,
  doc: string,
  test: (text: string, part: string) => boolean,
  sql: (args: readonly string[]) => string,
): LanguageFunction => ({
  written: `text.${written}(part)`,
  doc,
  parameters: ['string', 'string'],
  result: 'bool',
  partial: false,
  js: (args) => test(words(args)[0]!, words(args)[1]!),
  sql,
});

const total = (values: readonly number[]): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const deviation = (x: number, values: readonly number[]): number | null => {
  // Rounding leaves numbers that are all alike a spread that is not quite 0.
  if (new Set(values).size < 2) return null;
  const mean = total(values) / values.length;
  const spread = Math.sqrt(total(values.map((value) => (value - mean) * (value - mean))) / (values.length - 1));
  return spread === 0 ? null : (x - mean) / spread;
};

const longestGap = (times: readonly number[], from: number, to: number): number | null => {
  if (to < from) return null;
  const marks = [from, ...times.filter((time) => time > from && time < to).sort((a, b) => a - b), to];
  return marks.slice(1).reduce((longest, mark, place) => Math.max(longest, mark - marks[place]!), 0);
};

export const FUNCTIONS = {
  seconds: duration('seconds', SECOND_MS),
  minutes: duration('minutes', MINUTE_MS),
  hours: duration('hours', HOUR_MS),
  days: duration('days', DAY_MS),
  saturate: {
    written: 'saturate(x, full)',
    doc: 'x as a share of full: 0 at 0 and below, 1 from full on; unknown when full is not above 0',
    parameters: ['number', 'number'],
    result: 'number',
    partial: true,
    js: (args) => {
      const [x, full] = numbers(args) as [number, number];
      return full > 0 ? Math.min(Math.max(x, 0) / full, 1) : null;
    },
    sql: ([x, full]) => `if(${full} > 0, least(greatest(${x}, 0.) / ${full}, 1.), NULL)`,
  },
  clamp: {
    written: 'clamp(x, low, high)',
    doc: 'x, but at least low and at most high',
    parameters: ['number', 'number', 'number'],
    result: 'number',
    partial: false,
    js: (args) => {
      const [x, low, high] = numbers(args) as [number, number, number];
      return Math.min(Math.max(x, low), high);
    },
    sql: ([x, low, high]) => `least(greatest(${x}, ${low}), ${high})`,
  },
  min: {
    written: 'min(a, b, …)',
    doc: 'the smallest of the numbers',
    parameters: ['number', 'number'],
    more: true,
    result: 'number',
    partial: false,
    js: (args) => Math.min(...numbers(args)),
    sql: (args) => `least(${args.join(', ')})`,
  },
  max: {
    written: 'max(a, b, …)',
    doc: 'the largest of the numbers',
    parameters: ['number', 'number'],
    more: true,
    result: 'number',
    partial: false,
    js: (args) => Math.max(...numbers(args)),
    sql: (args) => `greatest(${args.join(', ')})`,
  },
  abs: {
    written: 'abs(x)',
    doc: 'x without its sign',
    parameters: ['number'],
    result: 'number',
    partial: false,
    js: (args) => Math.abs(numbers(args)[0]!),
    sql: ([x]) => `abs(${x})`,
  },
  floor: {
    written: 'floor(x)',
    doc: 'the next whole number below',
    parameters: ['number'],
    result: 'number',
    partial: false,
    js: (args) => Math.floor(numbers(args)[0]!),
    sql: ([x]) => `floor(${x})`,
  },
  sigmoid: {
    written: 'sigmoid(x)',
    doc: '1 / (1 + exp(−x)): a deviation as a share, one half at 0',
    parameters: ['number'],
    result: 'number',
    partial: false,
    js: (args) => 1 / (1 + Math.exp(-numbers(args)[0]!)),
    sql: ([x]) => `(1. / (1. + exp(-(${x}))))`,
  },
  decay: {
    written: 'decay(age, half_life)',
    doc: '1 at age 0, one half at half_life, ever less; unknown when half_life is not above 0',
    parameters: ['number', 'number'],
    result: 'number',
    partial: true,
    js: (args) => {
      const [age, halfLife] = numbers(args) as [number, number];
      return halfLife > 0 ? 0.5 ** (age / halfLife) : null;
    },
    sql: ([age, halfLife]) => `if(${halfLife} > 0, pow(0.5, ${age} / ${halfLife}), NULL)`,
  },
  z: {
    written: 'z(x, numbers)',
    doc: 'how many standard deviations x lies above the mean of the numbers; unknown with fewer than two, or all alike',
    parameters: ['number', 'numbers'],
    result: 'number',
    partial: true,
    js: ([x, values]) => deviation(x as number, list(values)),
    // One-element arrays bind the mean and the spread, which are needed twice.
    sql: ([x, values]) => {
      const spread = `sqrt(arraySum(zv -> (zv - zm) * (zv - zm), ${values}) / (length(${values}) - 1))`;
      const ofMean = `arrayMap(zs -> if(zs = 0, NULL, (${x} - zm) / zs), [${spread}])[1]`;
      return `if(length(arrayDistinct(${values})) < 2, NULL, arrayMap(zm -> ${ofMean}, [arraySum(${values}) / length(${values})])[1])`;
    },
  },
  longest_gap: {
    written: 'longest_gap(times, from, to)',
    doc: 'the longest stretch between from and to without any of the times; unknown when to lies before from',
    parameters: ['numbers', 'number', 'number'],
    result: 'number',
    partial: true,
    js: ([times, from, to]) => longestGap(list(times), from as number, to as number),
    sql: ([times, from, to]) => {
      const marks = `arrayConcat([${from}], arraySort(arrayFilter(gt -> gt > ${from} AND gt < ${to}, ${times})), [${to}])`;
      return `if(${to} < ${from}, NULL, arrayMax(arraySlice(arrayDifference(${marks}), 2)))`;
    },
  },
  size: {
    written: 'list.size()',
    doc: 'how many there are',
    parameters: ['list'],
    result: 'number',
    partial: false,
    js: ([values]) => list(values).length,
    sql: ([values]) => `toFloat64(length(${values}))`,
  },
  sum: {
    written: 'numbers.sum()',
    doc: 'their sum; 0 of none',
    parameters: ['numbers'],
    result: 'number',
    partial: false,
    js: ([values]) => total(list(values)),
    sql: ([values]) => `toFloat64(arraySum(${values}))`,
  },
  mean: {
    written: 'numbers.mean()',
    doc: 'their mean; unknown of none',
    parameters: ['numbers'],
    result: 'number',
    partial: true,
    js: ([values]) => (list(values).length === 0 ? null : total(list(values)) / list(values).length),
    sql: ([values]) => `if(empty(${values}), NULL, arraySum(${values}) / length(${values}))`,
  },
  smallest: {
    written: 'numbers.min()',
    doc: 'the smallest; unknown of none',
    parameters: ['numbers'],
    result: 'number',
    partial: true,
    js: ([values]) => (list(values).length === 0 ? null : list(values).reduce((a, b) => Math.min(a, b))),
    sql: ([values]) => `if(empty(${values}), NULL, arrayMin(${values}))`,
  },
  largest: {
    written: 'numbers.max()',
    doc: 'the largest; unknown of none',
    parameters: ['numbers'],
    result: 'number',
    partial: true,
    js: ([values]) => (list(values).length === 0 ? null : list(values).reduce((a, b) => Math.max(a, b))),
    sql: ([values]) => `if(empty(${values}), NULL, arrayMax(${values}))`,
  },
  distinct: {
    written: 'list.distinct()',
    doc: 'each value once, in order of first appearance',
    parameters: ['scalars'],
    result: 'same',
    partial: false,
    js: ([values]) => [...new Set(values as readonly Value[])],
    sql: ([values]) => `arrayDistinct(${values})`,
  },
  startsWith: textTest(
    'startsWith',
    'the text begins with part',
    (text, part) => text.startsWith(part),
    ([text, part]) => `startsWith(${text}, ${part})`,
  ),
  endsWith: textTest(
    'endsWith',
    'the text ends with part',
    (text, part) => text.endsWith(part),
    ([text, part]) => `endsWith(${text}, ${part})`,
  ),
  contains: textTest(
    'contains',
    'part is somewhere in the text',
    (text, part) => text.includes(part),
    ([text, part]) => `(position(${text}, ${part}) > 0)`,
  ),
} as const satisfies Readonly<Record<string, LanguageFunction>>;

export type FunctionName = keyof typeof FUNCTIONS;

export const functionOf = (name: FunctionName): LanguageFunction => FUNCTIONS[name];

/** Of a list, `min` and `max` are other functions than of numbers. */
export const OF_LISTS: Readonly<Record<string, FunctionName>> = { min: 'smallest', max: 'largest' };

/** Names a definition may write; `smallest` and `largest` are written `min` and `max`. */
export const isFunctionName = (name: string): name is FunctionName =>
  Object.hasOwn(FUNCTIONS, name) && name !== 'smallest' && name !== 'largest';
