import { describe, expect, it } from 'vitest';
import { daysWords, viewDays } from './view.ts';

const row = (day: string, kind: string, events: number) => ({ day, kind, events });

describe('events by day', () => {
  it('keeps few kinds as they are, most events first', () => {
    const view = viewDays([row('2024-05-01', 'slate', 2), row('2024-05-01', 'play', 5), row('2024-05-02', 'play', 1)]);
    expect(view.kinds).toEqual(['play', 'slate']);
    expect(view.days).toHaveLength(3);
    expect(daysWords(view)).toBe('8 events on 2 days, by kind: play, slate. Days in UTC.');
  });

  it('takes the smallest together when there are many', () => {
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const view = viewDays(kinds.map((kind, at) => row('2024-05-01', kind, 10 - at)));
    expect(view.kinds).toEqual(['a', 'b', 'c', 'd', 'e', 'others']);
    expect(view.days.find(({ kind }) => kind === 'others')?.events).toBe(5 + 4);
  });

  it('loses no event', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((kind) => [
      row('2024-05-01', kind, 3),
      row('2024-05-02', kind, 4),
    ]);
    expect(viewDays(rows).days.reduce((sum, { events }) => sum + events, 0)).toBe(56);
  });
});
