import { describe, expect, it } from 'vitest';
import { startOf } from './spotify-start.ts';

const END = Date.UTC(2020, 0, 1, 12);
const PLAYED = 180_000;
const START = END - PLAYED;

describe('when a Spotify play began', () => {
  it.each([
    ['no device time', null, START, undefined],
    ['zero', 0, START, undefined],
    ['the same second, in seconds: nothing finer', START / 1000, START, undefined],
    ['finer, in milliseconds', START - 360, START - 360, 'start_from_offline_timestamp'],
    ['a pause of five minutes, in seconds', (START - 300_000) / 1000, START - 300_000, 'start_from_offline_timestamp'],
    ['within the step of the clock', START + 1500, START + 1500, 'start_from_offline_timestamp'],
    ['after the play began', START + 60_000, START, 'offline_time_unclear'],
    ['the end', END + 1, START, 'offline_time_unclear'],
    ['a day before', START - 86_400_001, START, 'offline_time_unclear'],
    [
      'seconds mistaken for milliseconds would be 1970',
      START / 1000 - 300,
      START - 300_000,
      'start_from_offline_timestamp',
    ],
  ] as const)('%s', (_, stamp, at, note) => {
    expect(startOf(END, PLAYED, stamp, true)).toEqual({ at, note });
  });

  it('says nothing of a device time that does not fit, when the row was online', () => {
    expect(startOf(END, PLAYED, START - 86_400_000, false)).toEqual({ at: START, note: undefined });
    expect(startOf(END, PLAYED, '1577880000', false)).toEqual({ at: START, note: undefined });
  });
});
