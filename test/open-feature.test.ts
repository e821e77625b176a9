/** An experiment as a flag of OpenFeature, through its SDK. */

import { OpenFeature } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import { type ExperimentDocument, experimentSchema } from '#domain';
import { type AssignmentContext, assign, createFlagProvider } from '#experiments';

const document = (more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name: 'weekly',
    hypothesis: 'A fresher list brings people back.',
    arms: [{ name: 'control' }, { name: 'fresh', weight: 3 }],
    success: [{ metric: 'return_rate[14d]' }],
    horizon_days: 28,
    planned_units: 1000,
    ...more,
  });

const AT = Date.UTC(2026, 10, 24, 6);
const user = (n: number, more: Partial<AssignmentContext> = {}): AssignmentContext => ({
  userId: `user-${n}`,
  at: AT,
  ...more,
});
const armName = (of: ExperimentDocument, context: AssignmentContext): string => {
  const assignment = assign(of, context);
  return assignment.ok ? assignment.arm.name : assignment.reason;
};

describe('the OpenFeature provider', () => {
  it('serves an experiment as a flag through the SDK, and tells of exposure when it is used', async () => {
    const exposures: string[] = [];
    const valued = document({
      name: 'share',
      arms: [
        { name: 'control', value: 0.1 },
        { name: 'more', value: 0.3 },
      ],
    });
    const objects = document({
      name: 'policy',
      arms: [
        { name: 'control', value: { policy: 'a' } },
        { name: 'b', value: { policy: 'b' } },
      ],
    });
    const running = new Map([document(), valued, objects].map((each) => [each.name, each]));
    const provider = createFlagProvider({
      experiment: (name) => running.get(name),
      exposed: ({ name }, assignment, context) =>
        void exposures.push(`${name} ${assignment.arm.name} ${context.userId}`),
      now: () => AT,
    });
    await OpenFeature.setProviderAndWait(provider);
    const client = OpenFeature.getClient();
    const context = { targetingKey: 'user-5', device: 'car' };
    const arm = armName(document(), user(5));
    expect(await client.getStringDetails('weekly', 'none', context)).toMatchObject({
      value: arm,
      variant: arm,
      reason: 'SPLIT',
    });
    expect(await client.getBooleanValue('weekly', false, context)).toBe(arm !== 'control');
    expect([0.1, 0.3]).toContain(await client.getNumberValue('share', 0, context));
    expect(await client.getObjectValue('policy', {}, context)).toHaveProperty('policy');
    expect(exposures).toHaveLength(4);
    expect(exposures[0]).toBe(`weekly ${arm} user-5`);
    expect(await client.getNumberDetails('policy', 7, context)).toMatchObject({ value: 7, errorCode: 'TYPE_MISMATCH' });
    expect(await client.getStringDetails('absent', 'none', context)).toMatchObject({
      value: 'none',
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(await client.getStringDetails('weekly', 'none', {})).toMatchObject({
      value: 'none',
      errorCode: 'TARGETING_KEY_MISSING',
    });
    const held = Array.from({ length: 500 }, (_, n) => n).find((n) => armName(document(), user(n)) === 'held_out')!;
    expect(await client.getStringDetails('weekly', 'none', { targetingKey: `user-${held}` })).toMatchObject({
      value: 'none',
      reason: 'DEFAULT',
    });
    expect(exposures).toHaveLength(4);
    await OpenFeature.close();
  });
});
