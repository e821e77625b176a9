import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { comesToday, createMind, EVEN_LEVEL, learnFrom, visitProbability } from './return.ts';
import { standardRules } from './world-fields.ts';

const RULES = standardRules();

describe('coming back', () => {
  it('is likelier after better sessions, soon and for good', () => {
    const good = createMind();
    const bad = createMind();
    const before = visitProbability(0.7, good, RULES);
    for (let n = 0; n < 5; n++) {
      learnFrom(good, 0.8, 0.75, RULES);
      learnFrom(bad, 0.3, 0.75, RULES);
    }
    expect(visitProbability(0.7, good, RULES)).toBeGreaterThan(before);
    expect(visitProbability(0.7, bad, RULES)).toBeLessThan(before);
    expect(good.attachment).toBeCloseTo(5 * RULES['effects.attachment'] * (0.8 - EVEN_LEVEL), 12);
  });

  it('lets the disappointed lapse, and a reminder bring some of them back', () => {
    const mind = { ...createMind(), level: 0.1, attachment: -3 };
    const rng = createRng('lapse');
    let lapsedOn = -1;
    let backOn = -1;
    for (let day = 0; day < 2000 && backOn === -1; day++) {
      const came = comesToday(0.5, mind, RULES, 0, rng);
      if (mind.isLapsed && lapsedOn === -1) lapsedOn = day;
      if (came && lapsedOn !== -1) backOn = day;
    }
    expect(lapsedOn).toBeGreaterThanOrEqual(13);
    expect(backOn).toBeGreaterThan(lapsedOn);
    expect(mind).toMatchObject({ isLapsed: false, absent: 0, level: 0.5 });
  });

  it('lets diversity count only where the world says so', () => {
    const mind = createMind();
    learnFrom(mind, EVEN_LEVEL, 1, RULES);
    expect(mind.attachment).toBeCloseTo(0, 12);
    learnFrom(mind, EVEN_LEVEL, 1, { ...RULES, 'effects.diversity': 1 });
    expect(mind.attachment).toBeGreaterThan(0.02);
  });
});
