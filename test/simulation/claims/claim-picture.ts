/** Pictures of claims as plain SVG, readable on light and dark ground. */

import type { Estimate } from '#domain';
import { bounds } from './claim-runs.ts';

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 60;
const BOTTOM = 40;
const TOP = 34;
const COLOURS = ['#c2410c', '#1d7a74', '#6d5bd0', '#8a6d00'];
const INK = '#7a7a7a';

const svg = (title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">
<title>${title}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${body}
</svg>
`;

const scale = (low: number, high: number) => (value: number) =>
  HEIGHT - BOTTOM - ((value - low) / (high - low || 1)) * (HEIGHT - BOTTOM - TOP);

const axis = (low: number, high: number, y: (value: number) => number): string =>
  [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const value = low + share * (high - low);
      const at = y(value).toFixed(1);
      return `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${at}" y2="${at}" stroke="#e3e3e3"/><text x="${LEFT - 6}" y="${at}" dy="4" text-anchor="end" fill="${INK}">${Number(value.toPrecision(3))}</text>`;
    })
    .join('\n');

const legend = (names: readonly string[]): string =>
  names
    .map(
      (name, n) =>
        `<rect x="${LEFT + n * 140}" y="10" width="12" height="12" fill="${COLOURS[n]}"/><text x="${LEFT + 18 + n * 140}" y="20" fill="${INK}">${name}</text>`,
    )
    .join('\n');

/** Values by week, each with its interval as a band. */
export const curves = (
  title: string,
  series: readonly { readonly name: string; readonly weeks: readonly Estimate[] }[],
): string => {
  const all = series.flatMap(({ weeks }) => weeks.map(bounds));
  const low = Math.min(...all.map((each) => each.lower));
  const high = Math.max(...all.map((each) => each.upper));
  const y = scale(low, high);
  const drawn = series.map(({ weeks }, n) => {
    const x = (week: number): string =>
      (LEFT + 10 + (week / Math.max(1, weeks.length - 1)) * (WIDTH - LEFT - 30)).toFixed(1);
    const values = weeks.map(bounds);
    const upper = values.map((each, week) => `${x(week)},${y(each.upper).toFixed(1)}`);
    const lower = values.map((each, week) => `${x(week)},${y(each.lower).toFixed(1)}`).reverse();
    const middle = values.map((each, week) => `${x(week)},${y(each.value).toFixed(1)}`);
    return `<polygon points="${[...upper, ...lower].join(' ')}" fill="${COLOURS[n]}" opacity="0.15"/><polyline points="${middle.join(' ')}" fill="none" stroke="${COLOURS[n]}" stroke-width="2"/>`;
  });
  const label = `<text x="${WIDTH - 12}" y="${HEIGHT - 12}" text-anchor="end" fill="${INK}">weeks</text>`;
  return svg(title, [axis(low, high, y), ...drawn, legend(series.map(({ name }) => name)), label].join('\n'));
};

/** Values side by side, each with its interval as a line. */
export const bars = (
  title: string,
  values: readonly { readonly name: string; readonly estimate: Estimate }[],
): string => {
  const all = values.map(({ estimate }) => bounds(estimate));
  const low = Math.min(0, ...all.map((each) => each.lower));
  const high = Math.max(0, ...all.map((each) => each.upper));
  const y = scale(low, high);
  const step = (WIDTH - LEFT - 20) / values.length;
  const drawn = all.map(({ value, lower, upper }, n) => {
    const x = LEFT + 10 + n * step;
    const middle = (x + step * 0.35).toFixed(1);
    const [from, to] = [y(Math.max(0, value)), y(Math.min(0, value))];
    return `<rect x="${x.toFixed(1)}" y="${from.toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${Math.max(1, to - from).toFixed(1)}" fill="${COLOURS[n % COLOURS.length]}" opacity="0.75"/><line x1="${middle}" x2="${middle}" y1="${y(upper).toFixed(1)}" y2="${y(lower).toFixed(1)}" stroke="#222222" stroke-width="2"/><text x="${middle}" y="${HEIGHT - 14}" text-anchor="middle" fill="${INK}">${values[n]!.name}</text>`;
  });
  return svg(title, [axis(low, high, y), ...drawn].join('\n'));
};

interface Point {
  readonly name: string;
  readonly x: Estimate;
  readonly y: Estimate;
}

/** Room that a name takes, in pixels. */
const NAME = { width: 120, height: 16 };

/** Points that have an interval in both directions, each with its name beside it. */
export const scatter = (
  title: string,
  { x: across, y: up }: { readonly x: string; readonly y: string },
  points: readonly Point[],
): string => {
  const placed = points.map(({ name, x, y }) => ({ name, x: bounds(x), y: bounds(y) }));
  const [low, high] = [0, Math.max(...placed.map(({ y }) => y.upper))];
  const rightmost = Math.max(...placed.map(({ x }) => x.upper));
  const yOf = scale(low, high);
  const xOf = (value: number): number => LEFT + 10 + (value / rightmost) * (WIDTH - LEFT - 150);
  const line = (x1: number, x2: number, y1: number, y2: number): string =>
    `<line x1="${xOf(x1).toFixed(1)}" x2="${xOf(x2).toFixed(1)}" y1="${yOf(y1).toFixed(1)}" y2="${yOf(y2).toFixed(1)}" stroke="${COLOURS[0]}" stroke-width="2"/>`;
  const drawn = placed.map((point) => {
    const { name, x, y } = point;
    const isCrowded = placed.some(
      (other) =>
        other !== point &&
        other.x.value > x.value &&
        xOf(other.x.lower) - xOf(x.upper) < NAME.width &&
        Math.abs(yOf(other.y.value) - yOf(y.value)) < NAME.height,
    );
    const [at, anchor] = isCrowded ? [xOf(x.lower) - 6, 'end'] : [xOf(x.upper) + 6, 'start'];
    const text = `<text x="${at.toFixed(1)}" y="${yOf(y.value).toFixed(1)}" dy="4" text-anchor="${anchor}" fill="${INK}">${name}</text>`;
    return [line(x.lower, x.upper, y.value, y.value), line(x.value, x.value, y.lower, y.upper), text].join('');
  });
  const ticks = [0, 0.5, 1].map((share) => {
    const value = Number((share * rightmost).toPrecision(2));
    return `<text x="${xOf(value).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle" fill="${INK}">${value}</text>`;
  });
  const labels = [
    `<text x="${WIDTH - 12}" y="${HEIGHT - 8}" text-anchor="end" fill="${INK}">${across}</text>`,
    `<text x="${LEFT}" y="20" fill="${INK}">${up}</text>`,
  ];
  return svg(title, [axis(low, high, yOf), ...drawn, ...ticks, ...labels].join('\n'));
};
