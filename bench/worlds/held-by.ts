/** Who held the event loop: what a CPU profile says of the times that `loop-watch` noted. */

import type { Profiler } from 'node:inspector';
import type { HeldLoop } from './loop-watch.ts';

type Profile = Profiler.Profile;
type ProfileNode = Profiler.ProfileNode;

const OWN = /\/src\/(.*)$/;
const FRAMES = 3;

/** Own functions from the outermost in, and what ran at last. */
const nameOf = (
  node: number,
  nodes: ReadonlyMap<number, ProfileNode>,
  parents: ReadonlyMap<number, number>,
): string => {
  const path: string[] = [];
  const leaf = nodes.get(node)!.callFrame;
  for (let at: number | undefined = node; at !== undefined; at = parents.get(at)) {
    const { url, functionName, lineNumber } = nodes.get(at)!.callFrame;
    const own = OWN.exec(url)?.[1];
    if (own !== undefined) path.push(`${own}:${functionName || `line ${lineNumber + 1}`}`);
  }
  const outer = path.reverse().slice(0, FRAMES);
  const inner = path.length > FRAMES ? ['…', path.at(-1)!] : [];
  const last = OWN.test(leaf.url) ? [] : [leaf.functionName || '(unnamed)'];
  return [...outer, ...inner, ...last].join(' > ');
};

/** Milliseconds by who ran, most first, of each time the loop was held. */
export const whoHeld = (held: readonly HeldLoop[], profile: Profile): readonly (readonly [string, number])[][] => {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const { id, children = [] } of profile.nodes) for (const child of children) parents.set(child, id);
  const { samples = [] } = profile;
  const times = new Float64Array(samples.length);
  let at = profile.startTime;
  for (const [n, delta] of (profile.timeDeltas ?? []).entries()) {
    at += delta;
    times[n] = at;
  }
  const after = (moment: number): number => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return held.map(({ from, to }) => {
    const spent = new Map<string, number>();
    for (let n = after(from); n < times.length && times[n]! <= to; n++) {
      const name = nameOf(samples[n]!, nodes, parents);
      spent.set(name, (spent.get(name) ?? 0) + ((times[n + 1] ?? to) - times[n]!) / 1000);
    }
    return [...spent].sort((a, b) => b[1] - a[1]);
  });
};
