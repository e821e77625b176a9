import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExperimentDocument, experimentSchema, HOUR_MS, type UserId } from '#domain';
import { assign } from '#experiments';
import { ActingExperiments } from './acting-experiments.ts';

const documentOf = (name: string, more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name,
    hypothesis: 'More to explore brings people back.',
    arms: [
      { name: 'control' },
      { name: 'bold', policy: { exploration: 0.4 } },
      { name: 'shy', policy: { name: 'greedy' } },
    ],
    success: [{ metric: 'return_rate[7d]' }],
    horizon_days: 7,
    planned_units: 100,
    ...more,
  });
const acting = (...documents: ExperimentDocument[]): ActingExperiments => {
  const experiments = new ActingExperiments();
  experiments.use({ documents, values: new Map() });
  return experiments;
};

const AT = Date.UTC(2026, 10, 24, 12);
const USERS = Array.from({ length: 60 }, (_, n) => `user-${n}` as UserId);
const asking = (userId: UserId) => ({ userId, at: AT, surface: 'home' as const });

describe('experiments that act', () => {
  it('give the arm that the unit is assigned to, its policy, and those of the arms that it might have had', () => {
    const document = documentOf('bolder');
    const policies = { control: {}, bold: { exploration: 0.4 }, shy: { name: 'greedy' } };
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (user) => {
        const arms = acting(document).arms(asking(user as UserId));
        const assignment = assign(document, asking(user as UserId));
        if (!assignment.ok) {
          expect(arms).toEqual([]);
          return;
        }
        const { [assignment.arm.name as 'control']: policy, ...others } = policies;
        const found = { experiment: 'bolder', arm: assignment.arm.name, unit: user };
        expect(arms).toEqual([{ ...found, policy, others: Object.values(others) }]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('act together, each by itself, in the order in which they are told', () => {
    const documents = [documentOf('first', { part: [0, 0.5] }), documentOf('second', { layer: 'other' })];
    const found = USERS.map((user) => acting(...documents).arms(asking(user)));
    for (const [n, arms] of found.entries()) {
      expect(arms).toEqual(documents.flatMap((document) => acting(document).arms(asking(USERS[n]!))));
    }
    const named = new Set(found.map((arms) => arms.map(({ experiment }) => experiment).join(' ')));
    expect(named).toEqual(new Set(['first second', 'second']));
  });

  it('act on who is eligible alone', () => {
    const cars = acting(documentOf('bolder', { eligible: { surface: ['radio'], device: ['car'] } }));
    const armsIn = (surface: 'home' | 'radio', device?: 'car' | 'mobile') =>
      USERS.flatMap((userId) => cars.arms({ userId, at: AT, surface, ...(device && { device }) }));
    expect(armsIn('radio', 'car').length).toBeGreaterThan(50);
    expect([...armsIn('home', 'car'), ...armsIn('radio', 'mobile'), ...armsIn('radio')]).toEqual([]);
  });

  it('find the unit by the session, by the attribute that it is clustered by, or by the time', () => {
    const [user] = USERS.filter((userId) => acting(documentOf('any')).arms(asking(userId)).length > 0);
    const unitsOf = (more: object, request: object) =>
      acting(documentOf('bolder', more))
        .arms({ ...asking(user!), ...request })
        .map(({ unit }) => unit);
    expect(unitsOf({ unit: 'session' }, { sessionId: 's1' })).toEqual(['s1']);
    expect(unitsOf({ unit: 'session' }, {})).toEqual([]);
    const inTowns = { unit: 'cluster', cluster_by: 'town' };
    expect(unitsOf(inTowns, { cluster: 'Rome' })).toEqual(['Rome']);
    expect(unitsOf(inTowns, {})).toEqual([]);
    expect(unitsOf({ eligible: { attributes: { town: ['Rome'] } }, cluster_by: 'town' }, { cluster: 'Oslo' })).toEqual(
      [],
    );
    const switched = { unit: 'switchback', period_hours: 6 };
    const [first, same, next] = [0, 1, 6].map((hours) => unitsOf(switched, { at: AT + hours * HOUR_MS }));
    expect(same).toEqual(first);
    expect(next).not.toEqual(first);
  });

  it('act until others are told, and then no longer; so do their values', () => {
    const experiments = new ActingExperiments();
    const found = () => USERS.flatMap((user) => experiments.arms(asking(user)).map(({ experiment }) => experiment));
    expect(found()).toEqual([]);
    const values = { mean: 0.2, of: new Map([['popular', 0.4]]) };
    experiments.use({ documents: [documentOf('first')], values: new Map([['home_shelf', values]]) });
    expect(new Set(found())).toEqual(new Set(['first']));
    expect(experiments.shelfValues('home_shelf')).toBe(values);
    expect(experiments.shelfValues('weekly_discovery')).toBeUndefined();
    experiments.use({ documents: [documentOf('second')], values: new Map() });
    expect(new Set(found())).toEqual(new Set(['second']));
    expect(experiments.shelfValues('home_shelf')).toBeUndefined();
  });
});
