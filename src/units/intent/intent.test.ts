import { describe, expect, it } from 'vitest';
import { INTENTS } from '#domain';
import { calibrationOf, crossCalibration } from './calibration.ts';
import type { IntentEvidence } from './evidence.ts';
import { answerWeights, fitIntentModel, type IntentAnswer } from './fit-intent-model.ts';
import { intentPosterior, namedIntent } from './posterior.ts';

const NOTHING: IntentEvidence = {
  surface: '',
  device: '',
  deviceClass: 'unknown',
  daypart: 'evening',
  weekday: 2,
  purpose: '',
  earlyPlays: 1,
  earlySkips: 0,
  earlyChosen: 0,
  searched: false,
  sleepTimer: false,
  shuffled: false,
};
const with_ = (fields: Partial<IntentEvidence>): IntentEvidence => ({ ...NOTHING, ...fields });
const named = (fields: Partial<IntentEvidence>) => namedIntent(intentPosterior(with_(fields), null));

describe('the rules', () => {
  it('answer unknown when nothing speaks for anything', () => {
    const posterior = intentPosterior(NOTHING, null);
    expect(namedIntent(posterior)).toBe('unknown');
    expect(INTENTS.reduce((sum, intent) => sum + posterior[intent], 0)).toBeCloseTo(1, 12);
  });

  it('name an intent where the signs are strong', () => {
    expect(named({ purpose: 'sleep', daypart: 'late_night', surface: 'playlist' })).toBe('sleep');
    expect(named({ purpose: 'party', weekday: 5, daypart: 'night' })).toBe('party');
    expect(named({ searched: true, surface: 'search', earlyPlays: 1 })).toBe('known_item');
  });

  it('take a purpose less seriously when the behaviour speaks against it', () => {
    const calm = intentPosterior(with_({ purpose: 'sleep', daypart: 'night', earlyPlays: 5 }), null);
    const restless = intentPosterior(
      with_({ purpose: 'sleep', daypart: 'morning', earlyPlays: 5, earlySkips: 4 }),
      null,
    );
    expect(restless.sleep).toBeLessThan(calm.sleep / 2);
  });
});

const answer = (n: number, intent: (typeof INTENTS)[number], fields: Partial<IntentEvidence>): IntentAnswer => ({
  userId: `u${n}`,
  evidence: with_(fields),
  intents: [intent],
  probabilityShown: 0.5,
});

describe('the model', () => {
  it('follows what listeners say against the rules', () => {
    const answers = Array.from({ length: 300 }, (_, n) => answer(n, 'workout', { surface: 'library' }));
    const model = fitIntentModel(answers);
    expect(intentPosterior(with_({ surface: 'library' }), model).workout).toBeGreaterThan(0.8);
  });

  it('stays with the rules while answers are few', () => {
    const model = fitIntentModel([answer(0, 'workout', { surface: 'library' })]);
    const [ruled, learned] = [null, model].map((each) => intentPosterior(with_({ surface: 'library' }), each));
    expect(Math.abs((ruled?.quick_access ?? 0) - (learned?.quick_access ?? 1))).toBeLessThan(0.25);
  });

  it('is none without an answer that names an intent', () => {
    expect(fitIntentModel([])).toBeNull();
    expect(fitIntentModel([{ ...answer(0, 'sleep', {}), intents: [] }])).toBeNull();
  });
});

describe('answers', () => {
  it('weigh by the inverse probability of being asked, with mean 1', () => {
    // 1/0.1 and 1/0.4: 10 and 2.5, mean 6.25.
    const answers = [0.1, 0.4].map((probabilityShown) => ({ ...answer(0, 'sleep', {}), probabilityShown }));
    expect([...answerWeights(answers)]).toEqual([1.6, 0.4]);
  });

  it('give the expected calibration error by bins of confidence', () => {
    // Rules alone on one kind of evidence: all answers fall into one bin, half of them name the top intent.
    const evidence = { purpose: 'sleep', daypart: 'late_night' as const };
    const judged = [answer(0, 'sleep', evidence), answer(1, 'focus', evidence)].map((each) => ({
      answer: each,
      model: null,
    }));
    const confidence = intentPosterior(with_(evidence), null).sleep;
    const { bins, ece } = calibrationOf(judged);
    expect(bins).toHaveLength(1);
    expect(bins[0]).toMatchObject({ n: 2, accuracy: 0.5, confidence: expect.closeTo(confidence, 12) });
    expect(ece).toBeCloseTo(Math.abs(confidence - 0.5), 12);
  });

  it('too few to be split tell no calibration', () => {
    expect(crossCalibration([answer(0, 'sleep', {})])).toBeNull();
  });
});
