import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY_MS, type ListenerEvent, parseEvent } from '#domain';
import { eventLine } from './event-lines.ts';
import { isPolicyName, POLICY_NAMES, type PolicyName } from './policies/policy-names.ts';
import { daysOf } from './shard.ts';
import { ShardRun } from './shard-run.ts';
import { toWireEvent } from './wire.ts';
import { parseWorld } from './world-document.ts';

const START = Date.UTC(2026, 0, 5);
const STRETCH = { start: START, until: START + 12 * DAY_MS, prefix: 'sim' };
const DOCUMENT = parseWorld(`
name: test
seed: 3
catalogue: { tracks: 300, shows: 4 }
listeners: { count: 24 }
effects: { surveys: 0.2 }
shocks: [{ day: 2, kind: hit, days: 3 }, { day: 6, kind: holiday, days: 2 }]
`);

/** Beginning of the SHA-256 of events and truths, day by day. */
const BYTES: Readonly<Record<PolicyName, string>> = {
  random: 'aa734b071fd6c00a',
  popular: '160bf19030e9d564',
  click_greedy: 'ba6817dda485b9b2',
  click_only: '4cec519da181fed5',
  click_explore: '48db72bca9e7d301',
  journey_value: '8aa3a08a14f07af4',
  more_of_same: '74af972f66f80624',
  discover: 'ae753800e6d30669',
  discover_random: '5c4273a0bb2b3ee1',
  oracle: '56f64e96f55a4faa',
  oracle_fair: 'fcb7d810275a32a0',
  encourage: '801421c64e496564',
};

const { first, last } = daysOf(STRETCH);

const begin = (policy: PolicyName, from = 0, to = 24, watch?: (event: ListenerEvent) => void): ShardRun =>
  new ShardRun({
    document: DOCUMENT,
    stretch: STRETCH,
    policy,
    first: from,
    end: to,
    lines: true,
    ...(watch && { watch: { event: watch } }),
  });

const live = (runs: readonly ShardRun[], from: number, to: number) => {
  let events = '';
  let truth = '';
  for (let day = from; day <= to; day++) {
    const days = runs.map((run) => run.liveDay(day));
    const sum = (arrays: readonly Uint32Array[]) =>
      arrays.reduce((total, array) => total.map((value, n) => value + array[n]!));
    const listens = sum(days.map((each) => each.listens));
    const counted = sum(days.map((each) => each.counted.slice()));
    for (const run of runs) run.endDay(day, listens, counted);
    const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    events += days.map((each) => textOf(each.eventLines)).join('');
    truth += days.map((each) => textOf(each.truthLines)).join('');
  }
  return { events, truth };
};

describe('ShardRun', { timeout: 60_000 }, () => {
  const whole = live([begin('click_greedy')], first, last);

  it('gives the same bytes however the listeners are cut into shards', () => {
    expect(
      live([begin('click_greedy', 0, 7), begin('click_greedy', 7, 8), begin('click_greedy', 8, 24)], first, last),
    ).toEqual(whole);
  });

  it('goes on from its state as if it had never stopped', () => {
    const before = begin('click_greedy');
    const one = live([before], first, first + 6);
    const after = begin('click_greedy');
    after.restore(structuredClone(before.toState()), first + 6);
    const two = live([after], first + 7, last);
    expect(one.events + two.events).toBe(whole.events);
    expect(one.truth + two.truth).toBe(whole.truth);
  });

  it('writes events that the intake takes, every kind of them, each id once', () => {
    const lines = whole.events.trimEnd().split('\n');
    const kinds = new Map<string, number>();
    const ids = new Set<string>();
    for (const line of lines) {
      const parsed = parseEvent(JSON.parse(line), STRETCH.until);
      if (!parsed.ok) throw new Error(`${line}: ${JSON.stringify(parsed.fields)}`);
      expect(parsed.event.extra).toEqual({});
      kinds.set(parsed.event.kind, (kinds.get(parsed.event.kind) ?? 0) + 1);
      ids.add(`${parsed.event.userId} ${parsed.event.eventId}`);
    }
    expect([...kinds.keys()].sort()).toEqual(['action', 'editor', 'impression', 'play', 'slate', 'survey']);
    expect(ids.size).toBe(lines.length);
  });

  it('writes by hand what the general writer would', () => {
    const seen: ListenerEvent[] = [];
    live([begin('random', 0, 3, (event) => void seen.push(event))], first, first + 3);
    expect(seen.length).toBeGreaterThan(50);
    for (const event of seen)
      expect(JSON.parse(eventLine(event))).toEqual(JSON.parse(JSON.stringify(toWireEvent(event))));
  });

  it('keeps the truth out of the events', () => {
    for (const secret of ['utility', 'skip_class', 'returns', 'oracle']) expect(whole.events).not.toContain(secret);
    const kinds = new Set(
      whole.truth
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).oracle),
    );
    expect([...kinds].sort()).toEqual(['day', 'examination', 'play', 'session']);
  });

  it.each(POLICY_NAMES)('serves by %s with probabilities that are probabilities, nothing twice on a page', (policy) => {
    const lines = live([begin(policy, 0, 6)], first, first + 8)
      .events.trimEnd()
      .split('\n');
    const slates = lines.map((line) => JSON.parse(line)).filter((event) => event.type === 'slate');
    expect(slates.length).toBeGreaterThan(10);
    for (const slate of slates) {
      const items = slate.cards.map((card: { item_id: string }) => card.item_id);
      expect(new Set(items).size).toBe(items.length);
      let sum = 0;
      for (const card of slate.cards) {
        expect(card.propensity).toBeGreaterThan(0);
        expect(card.propensity).toBeLessThanOrEqual(1);
        sum += Math.log(card.propensity);
      }
      expect(slate.log_propensity).toBeCloseTo(sum, 9);
    }
  });

  // What a version writes every later one does, on every machine and Node: CI runs this under two. A change of the world
  // that is meant changes them all; one policy alone changes with its own rules.
  it.each(POLICY_NAMES)('writes the bytes it always wrote under %s, beyond the first drift of tastes', (policy) => {
    const stretch = { ...STRETCH, until: START + 35 * DAY_MS };
    const run = new ShardRun({ document: DOCUMENT, stretch, policy, first: 0, end: 8, lines: true });
    const hash = createHash('sha256');
    const days = daysOf(stretch);
    for (let day = days.first; day <= days.last; day++) {
      const { eventLines, truthLines, listens, counted } = run.liveDay(day);
      hash.update(eventLines).update(truthLines);
      run.endDay(day, listens, counted);
    }
    expect(hash.digest('hex').slice(0, 16)).toBe(BYTES[policy]);
  });

  it('knows its policies by name alone', () => {
    expect(isPolicyName('toString')).toBe(false);
    expect(isPolicyName('oracle')).toBe(true);
  });
});
