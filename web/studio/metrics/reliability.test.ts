import { describe, expect, it } from 'vitest';
import type { CalibrationWire, IntentsWire, ReliabilityWire } from '#api';
import { basisWords, intentsCsv, inUse, panelsOfIntents, rowsOfIntents } from './reliability.ts';

const estimate = (value: number, lower: number, upper: number) =>
  ({ ok: true, value, interval: { lower, upper }, level: 0.95, n: 40, method: 'm' }) as const;
const reliability = (error: number): ReliabilityWire => ({
  n: 60,
  bins: [{ from: 0.7, to: 0.8, n: 60, predicted: 0.74, observed: estimate(0.5, 0.4, 0.6) }],
  ece: estimate(error, 0.1, 0.4),
  ece_by_chance: 0.12,
});
const calibration = (error: number): CalibrationWire => ({
  n: 60,
  listeners: 40,
  log_loss: 1.2,
  top: reliability(error),
  intents: [
    { intent: 'sleep', named: 30, words: null, ...reliability(0.05) },
    { intent: 'focus', named: 20, words: null, ...reliability(0.2) },
    { intent: 'party', named: 2, words: '2 answers name it: too few', ...reliability(0.05) },
  ],
});
const answer: IntentsWire = {
  basis: 'learned',
  because: 'learned',
  words: '60 answers correct the rules',
  answers: 60,
  listeners: 40,
  without_probability: 3,
  without_session: 0,
  trained_at: null,
  sql: 'SELECT 1',
  calibration: { rules: calibration(0.3), learned: calibration(0.06) },
};

describe('what probabilities of intents rest on', () => {
  it('is told with the error of what is in use beside that of the rules, and what was left out', () => {
    const words = basisWords(answer);
    expect(words).toContain('A learned model tells what sessions are for: 60 answers correct the rules.');
    expect(words).toContain('3 without a known probability of being asked');
    expect(words).toContain('by 40 listeners 6.0 % [10 %, 40 %], of the rules alone 30 % [10 %, 40 %]');
  });

  it('says that nothing can be told while answers are too few', () => {
    const words = basisWords({ ...answer, basis: 'rules', words: 'a model needs 50 answers', calibration: null });
    expect(words).toMatch(/^The rules alone .*a model needs 50 answers.*cannot be told yet\.$/);
    expect(inUse({ ...answer, calibration: null })).toBeNull();
  });

  it('draws the most probable intent and those that enough answers name, with intervals', () => {
    const panels = panelsOfIntents(calibration(0.06));
    expect(panels.map(({ title }) => title)).toEqual(['Most probable intent', 'Sleep', 'Focus']);
    expect(panels[1]).toMatchObject({
      points: [{ predicted: 0.74, observed: 0.5, lower: 0.4, upper: 0.6, n: 60 }],
      said: 'Sleep: 74 % given, 50 % named (60)',
    });
  });

  it('reads each error beside what chance gives, and says where answers are too few', () => {
    expect(rowsOfIntents(calibration(0.06)).map(({ reading }) => reading)).toEqual([
      'no larger than chance gives',
      'larger than chance gives: read its probabilities with care',
      '2 answers name it: too few',
    ]);
  });

  it('goes into a spreadsheet bin by bin', () => {
    const lines = intentsCsv(calibration(0.06)).split('\n');
    expect(lines[0]).toBe('intent,from,to,n,predicted,observed,lower,upper');
    expect(lines[1]).toBe('most probable,0.7,0.8,60,0.74,0.5,0.4,0.6');
    expect(lines).toHaveLength(5);
  });
});
