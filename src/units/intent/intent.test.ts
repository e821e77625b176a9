import { describe, expect, it } from 'vitest';
import { DEVICES, INTENTS, SURFACES } from '#domain';
import { createRng } from '#math';
import { poolPurposes } from '../purpose.ts';
import { answerWeights, type IntentAnswer } from './answer.ts';
import { calibrationOf } from './calibration.ts';
import type { IntentEvidence } from './evidence.ts';
import { fitIntentModel } from './fit-intent-model.ts';
import { learningWords, namedWords } from './intent-words.ts';
import { learnIntents } from './learn-intents.ts';
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
    expect(Math.abs((ruled?.quick_access ?? 0) - (learned?.quick_access ?? 1))).toBeLessThan(0.3);
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
    const { top, intents, logLoss } = calibrationOf(judged, createRng(1));
    expect(top.bins).toHaveLength(1);
    expect(top.bins[0]).toMatchObject({
      n: 2,
      predicted: expect.closeTo(confidence, 12),
      observed: { value: 0.5, n: 2 },
    });
    expect(top.ece).toMatchObject({ ok: true, value: expect.closeTo(Math.abs(confidence - 0.5), 12) });
    const focus = intentPosterior(with_(evidence), null).focus;
    expect(logLoss).toBeCloseTo(-(Math.log(confidence) + Math.log(focus)) / 2, 12);
    // Intent by intent: sleep was given `confidence` and named by half, workout by nobody.
    const of = Object.fromEntries(intents.map((each) => [each.intent, each]));
    expect(of['sleep']).toMatchObject({ named: 1, ece: { value: expect.closeTo(Math.abs(confidence - 0.5), 12) } });
    const workout = intentPosterior(with_(evidence), null).workout;
    expect(of['workout']).toMatchObject({ named: 0, ece: { value: expect.closeTo(workout, 12) } });
    expect(of).not.toHaveProperty('unknown');
  });
});

describe('learning from answers', () => {
  const survey = (answers: readonly IntentAnswer[]) => ({ answers, withoutProbability: 2, withoutSession: 3 });
  const many = Array.from({ length: 120 }, (_, n) => ({
    ...answer(n % 40, n % 3 === 0 ? 'sleep' : 'workout', { daypart: n % 3 === 0 ? 'night' : 'morning' }),
    userId: `u${n % 40}`,
  }));

  it('stays with the rules below fifty answers by twenty listeners, and says so', () => {
    for (const few of [many.slice(0, 49), many.filter(({ userId }) => Number(userId.slice(1)) < 19)]) {
      const learned = learnIntents(survey(few), createRng(1));
      expect(learned).toMatchObject({ model: null, because: 'too_few_answers', calibration: null });
      expect(learningWords(learned)).toMatch(
        /^a model needs 50 answers to surveys by 20 listeners; there are \d+ by \d+$/,
      );
    }
    expect(learnIntents(survey([]), createRng(1))).toMatchObject({
      answers: 0,
      withoutProbability: 2,
      withoutSession: 3,
    });
  });

  it('takes the model where it predicts the answers of others better, judged on listeners it has not seen', () => {
    const learned = learnIntents(survey(many), createRng(1));
    expect(learned).toMatchObject({ because: 'learned', answers: 120, listeners: 40 });
    expect(learned.calibration?.learned.logLoss).toBeLessThan((learned.calibration?.rules.logLoss ?? 0) / 2);
    expect(intentPosterior(with_({ daypart: 'morning' }), learned.model).workout).toBeGreaterThan(0.8);
    expect(learnIntents(survey(many), createRng(1))).toEqual(learned);
  });

  it('keeps the rules where a model predicts no better', () => {
    // What listeners say is drawn from the posterior of the rules: there is nothing to learn beyond them.
    const rng = createRng('rules are right');
    const right = Array.from({ length: 80 }, (_, n): IntentAnswer => {
      const evidence = with_({
        surface: SURFACES[rng.int(SURFACES.length)] ?? '',
        device: DEVICES[rng.int(DEVICES.length)] ?? '',
        weekday: 1 + rng.int(7),
        earlyPlays: 1 + rng.int(5),
      });
      const posterior = intentPosterior(evidence, null);
      let left = rng.next();
      const said = INTENTS.find((intent) => {
        left -= posterior[intent];
        return left < 0;
      });
      return { userId: `u${n % 40}`, evidence, intents: [said ?? 'unknown'], probabilityShown: 0.1 };
    });
    const learned = learnIntents(survey(right), createRng(1));
    expect(learned).toMatchObject({ model: null, because: 'no_better_than_rules', answers: 80 });
    expect(learningWords(learned)).toMatch(/predicts others no better: log loss \d\.\d\d, of the rules \d\.\d\d$/);
  });
});

it('an intent that few answers name is said to be hardly told', () => {
  expect([0, 1, 9, 10].map(namedWords)).toEqual([
    'no answer names it: too few to tell how true its probabilities are',
    'one answer names it: too few to tell how true its probabilities are',
    '9 answers name it: too few to tell how true its probabilities are',
    null,
  ]);
});

describe('pools of editors', () => {
  const pool = (title: string | null, purpose: string | null, ...items: string[]) => ({ title, purpose, items });

  it('say what an item is for where their words name it, and nothing where they disagree', () => {
    const purposes = poolPurposes([
      pool('Legs', 'To run-and lift to', 'track:a', 'track:b'),
      pool('At the Desk', null, 'track:b', 'track:c'),
      pool('Again: desk', null, 'track:b', 'track:c'),
      pool(null, 'Fine work', 'track:d'),
    ]);
    expect([...purposes].sort()).toEqual([
      ['track:a', 'workout'],
      ['track:c', 'focus'],
    ]);
  });
});
