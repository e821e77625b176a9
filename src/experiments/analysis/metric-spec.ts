/** What is measured, as written on the command line: `plays`, `retention_7:binary`, `skips:ratio:plays`. */

export type MetricSpec =
  | { readonly kind: 'mean' | 'binary'; readonly column: string }
  /** `name`: what it is reported under, where its columns are made and have no names of their own. */
  | { readonly kind: 'ratio'; readonly column: string; readonly denominator: string; readonly name?: string }
  | { readonly kind: 'quantile'; readonly column: string; readonly quantile: number }
  /** Values above this quantile of all arms count as it. */
  | { readonly kind: 'winsorized'; readonly column: string; readonly quantile: number }
  /** Mean without this share of the lowest and of the highest values. */
  | { readonly kind: 'trimmed'; readonly column: string; readonly share: number }
  /** Time by which this share has ended, by Kaplan–Meier, of the `times` under this name. */
  | { readonly kind: 'time'; readonly column: string; readonly quantile: number };

export const METRIC_FORMS =
  'COL, COL:mean, COL:binary, COL:ratio:DEN, COL:quantile:0.9, COL:winsorized:0.999, COL:trimmed:0.05';

/** Reads `COL[:kind[:parameter]]`, or says what is wrong. A column whose name has a colon cannot be named. */
export const parseMetric = (text: string): MetricSpec | { readonly wrong: string } => {
  const [column = '', kind = 'mean', parameter, ...rest] = text.split(':');
  if (column === '' || rest.length > 0) return { wrong: `metric ${text}: expected ${METRIC_FORMS}` };
  switch (kind) {
    case 'mean':
    case 'binary':
      return parameter === undefined ? { kind, column } : { wrong: `metric ${text}: ${kind} takes no parameter` };
    case 'ratio':
      return parameter
        ? { kind, column, denominator: parameter }
        : { wrong: `metric ${text}: expected ratio:DENOMINATOR` };
    case 'quantile':
    case 'winsorized':
      return within(text, parameter, 0, 1, (quantile) => ({ kind, column, quantile }));
    case 'trimmed':
      return within(text, parameter, 0, 0.5, (share) => ({ kind, column, share }));
    default:
      return { wrong: `metric ${text}: unknown kind ${kind}; expected ${METRIC_FORMS}` };
  }
};

const within = (
  text: string,
  parameter: string | undefined,
  from: number,
  to: number,
  make: (value: number) => MetricSpec,
): MetricSpec | { readonly wrong: string } => {
  const value = parameter === undefined || parameter === '' ? Number.NaN : Number(parameter);
  return value > from && value < to
    ? make(value)
    : { wrong: `metric ${text}: expected a number between ${from} and ${to} after the second colon` };
};

/** The name it is reported under, which reads back. */
export const metricName = (spec: MetricSpec): string => {
  switch (spec.kind) {
    case 'mean':
    case 'time':
      return spec.column;
    case 'binary':
      return `${spec.column}:binary`;
    case 'ratio':
      return spec.name ?? `${spec.column}:ratio:${spec.denominator}`;
    case 'quantile':
    case 'winsorized':
      return `${spec.column}:${spec.kind}:${spec.quantile}`;
    case 'trimmed':
      return `${spec.column}:trimmed:${spec.share}`;
  }
};

/** Columns of numbers it reads. */
export const columnsOf = (spec: MetricSpec): string[] =>
  spec.kind === 'ratio' ? [spec.column, spec.denominator] : [spec.column];
