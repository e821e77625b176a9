import { expect, it } from 'vitest';
import { type LabResult, lifeOf, runLab } from './lab.ts';
import { checkLab, type LabRequest, labChoices } from './lab-limits.ts';

const REQUEST: LabRequest = {
  world: 'small',
  first: 'random',
  second: 'oracle',
  listeners: 24,
  weeks: 3,
  worlds: 3,
  seed: 1,
};

const work = (request: LabRequest) => ({ request, document: checkLab(request, labChoices([])) });

const run = (request: LabRequest, onDay: (done: number, total: number) => void = () => undefined): Promise<LabResult> =>
  runLab(work(request), onDay, new AbortController().signal);

it('lives the same people twice, beside this thread, and tells both lives', async () => {
  const seen: number[] = [];
  const result = await run(REQUEST, (done, total) => seen.push(done / total));
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(result.curves.map(({ name, truth, difference }) => [name, truth, difference.length])).toEqual([
    ['clicks', false, 3],
    ['active', false, 3],
    ['utility', true, 3],
  ]);
  for (const { first, second, difference } of result.curves) {
    for (const [week, paired] of difference.entries()) {
      const [one, other] = [first[week], second[week]];
      if (!(one?.ok && other?.ok && paired.ok)) throw new Error('a week has no number');
      expect(paired.value).toBeCloseTo(other.value - one.value, 10);
      expect(paired.n).toBe(3);
    }
  }
  expect(result.people.map(({ kind }) => kind)).toContain('night_listener');
  const [one, other] = [lifeOf(result, 'first', 0), lifeOf(result, 'second', 0)];
  // Nothing has happened to them on the first day yet: the same person.
  expect(one?.days[0]).toEqual(other?.days[0]);
  expect(one?.days).toHaveLength(21 + 1);
  expect(other?.sessions).not.toEqual(one?.sessions);
  const pages = [one, other].flatMap((life) => life?.sessions ?? []).filter(({ shown }) => shown.length > 0);
  expect(pages.length).toBeGreaterThan(0);
  for (const { shown } of pages) {
    for (const card of shown) if (card.chosen) expect(card.seen).toBe(true);
  }
  expect(pages.some(({ shown }) => shown.some(({ chosen }) => chosen))).toBe(true);
  expect(lifeOf(result, 'first', 99)).toBeNull();
  const again = await run(REQUEST);
  expect(again.curves).toEqual(result.curves);
  expect(lifeOf(again, 'second', 3)).toEqual(lifeOf(result, 'second', 3));
}, 60_000);

it('ends at once when it is broken off', async () => {
  const abort = new AbortController();
  const running = runLab(work(REQUEST), () => abort.abort(new Error('enough')), abort.signal);
  await expect(running).rejects.toThrow('enough');
});
