/**
 * Covers for items without a picture: drawn from the ids alone, so a recording always looks the same and one artist's
 * recordings share their colours. Every motif is a figure that comes back, as the name of the house has it.
 */

export interface Figure {
  /** SVG path in a square of 100. */
  readonly d: string;
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly opacity: number;
}

export interface Art {
  readonly ground: string;
  readonly figures: readonly Figure[];
}

interface Palette {
  readonly ground: string;
  readonly deep: string;
  readonly bright: string;
  readonly pale: string;
  readonly counter: string;
}

type Draw = () => number;
type Motif = (draw: Draw, palette: Palette) => readonly Figure[];

/** FNV-1a, 32 bit. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h >>> 0;
};

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
const drawFrom = (seed: number): Draw => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const oklch = (lightness: number, chroma: number, hue: number) =>
  `oklch(${lightness.toFixed(3)} ${chroma.toFixed(3)} ${Math.round(((hue % 360) + 360) % 360)})`;

const paletteOf = (artist: string): Palette => {
  const draw = drawFrom(hash(artist));
  const hue = draw() * 360;
  const apart = draw() < 0.5 ? 32 + draw() * 30 : 150 + draw() * 60;
  const dark = draw() < 0.45;
  return {
    ground: dark ? oklch(0.33, 0.07, hue) : oklch(0.74, 0.095, hue),
    deep: oklch(0.3, 0.075, hue + 12),
    bright: oklch(dark ? 0.66 : 0.56, 0.135, hue),
    pale: oklch(0.915, 0.045, hue + 20),
    counter: oklch(0.72, 0.13, hue + apart),
  };
};

const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

const filled = (d: string, fill: string, opacity = 1): Figure => ({ d, fill, stroke: 'none', width: 0, opacity });
const drawn = (d: string, stroke: string, width: number, opacity = 1): Figure => ({
  d,
  fill: 'none',
  stroke,
  width,
  opacity,
});

const steps = (n: number) => Array.from({ length: n }, (_, at) => at);
const round = (n: number) => Math.round(n * 10) / 10;

/** Rings around a point off the middle. */
const rounds: Motif = (draw, { deep, bright, pale, counter }) => {
  const x = round(20 + draw() * 60);
  const y = round(20 + draw() * 60);
  const rings = 5 + Math.floor(draw() * 4);
  const inks = [deep, pale, bright, counter];
  const first = Math.floor(draw() * 4);
  return steps(rings).map((at) =>
    filled(circle(x, y, round(88 * (1 - at / rings) ** 1.15 + 3)), inks[(at + first) % inks.length] ?? deep),
  );
};

/** Five lines that swing together, and notes on them. */
const staves: Motif = (draw, { deep, pale, counter, bright }) => {
  const swing = 6 + draw() * 12;
  const turn = draw() * Math.PI * 2;
  const waves = 0.6 + draw() * 0.9;
  const middle = 34 + draw() * 10;
  const height = (x: number, line: number) =>
    round(middle + line * 8.5 + swing * Math.sin(turn + (x / 100) * waves * Math.PI * 2) * (1 - line * 0.12));
  const lines = steps(5).map((line) =>
    drawn(
      `M${steps(21)
        .map((at) => `${at * 5} ${height(at * 5, line)}`)
        .join('L')}`,
      pale,
      1.6,
      0.9,
    ),
  );
  const notes = steps(3 + Math.floor(draw() * 2)).map((at) => {
    const x = round(14 + at * (76 / 4) + draw() * 8);
    const r = at % 2 ? 5.5 : 8;
    return filled(circle(x, height(x, Math.floor(draw() * 5)), r), at % 2 ? counter : bright);
  });
  return [filled(circle(50 + (draw() - 0.5) * 60, 50, 34), deep, 0.55), ...lines, ...notes];
};

/** Quarter rounds in a grid, turned by chance. */
const quarters: Motif = (draw, { deep, pale, bright, counter }) => {
  const inks = [deep, pale, bright, counter];
  const side = draw() < 0.5 ? 25 : 50;
  const cells = steps((100 / side) ** 2);
  return cells.flatMap((at) => {
    const x = (at % (100 / side)) * side;
    const y = Math.floor(at / (100 / side)) * side;
    const ink = inks[Math.floor(draw() * inks.length)] ?? deep;
    const s = side;
    const turned = [
      `M${x} ${y}h${s}a${s} ${s} 0 0 1 ${-s} ${s}z`,
      `M${x + s} ${y}v${s}a${s} ${s} 0 0 1 ${-s} ${-s}z`,
      `M${x + s} ${y + s}h${-s}a${s} ${s} 0 0 1 ${s} ${-s}z`,
      `M${x} ${y + s}v${-s}a${s} ${s} 0 0 1 ${s} ${s}z`,
    ][Math.floor(draw() * 4)];
    return turned && draw() < 0.85 ? [filled(turned, ink)] : [];
  });
};

/** One arch in the next, as in a canon. */
const canon: Motif = (draw, { deep, pale, bright, counter }) => {
  const inks = [deep, counter, pale, bright];
  const x = round(30 + draw() * 40);
  const voices = 4 + Math.floor(draw() * 3);
  const first = Math.floor(draw() * 4);
  return steps(voices).map((at) => {
    const r = round(62 * (1 - at / voices) + 5);
    return filled(
      `M${x - r} 100v${-round(68 - r * 0.55)}a${r} ${r} 0 0 1 ${2 * r} 0V100z`,
      inks[(at + first) % 4] ?? deep,
    );
  });
};

/** Two discs that meet, and where they do. */
const meeting: Motif = (draw, { deep, pale, bright, counter }) => {
  const r = round(26 + draw() * 8);
  const x = round(34 + draw() * 6);
  const y = round(38 + draw() * 24);
  const bars = 3 + Math.floor(draw() * 4);
  return [
    ...steps(bars).map((at) => filled(`M0 ${round(100 - (at + 1) * 7)}h100v${3.2}H0z`, at % 2 ? bright : deep, 0.8)),
    filled(circle(x, y, r), counter),
    filled(circle(100 - x, 100 - y, r), pale, 0.92),
    filled(circle(50, 50, round(r * 0.3)), deep),
  ];
};

/** Bars of a slow beat, one of them answering. */
const beat: Motif = (draw, { deep, pale, bright, counter }) => {
  const bars = 5 + Math.floor(draw() * 5);
  const answer = Math.floor(draw() * bars);
  const gap = 100 / bars;
  return steps(bars).map((at) => {
    const height = round(22 + draw() * 66);
    const x = round(at * gap + gap * 0.14);
    const w = round(gap * 0.72);
    const ink = at === answer ? counter : ([pale, bright, deep][Math.floor(draw() * 3)] ?? pale);
    const top = round((100 - height) / 2);
    const bend = round(w / 2);
    return filled(
      `M${x} ${top + bend}a${bend} ${bend} 0 0 1 ${w} 0v${round(height - w)}a${bend} ${bend} 0 0 1 ${-w} 0z`,
      ink,
    );
  });
};

const MOTIFS: readonly Motif[] = [rounds, staves, quarters, canon, meeting, beat];

/** The cover of an item; `artist` is what its colours are taken from. */
export const coverArt = (itemId: string, artist: string): Art => {
  const palette = paletteOf(artist);
  const draw = drawFrom(hash(itemId));
  draw();
  const motif = MOTIFS[Math.floor(draw() * MOTIFS.length)] ?? rounds;
  return { ground: palette.ground, figures: motif(draw, palette) };
};
