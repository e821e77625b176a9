import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { comesToday, createMind, EVEN_LEVEL, effectOfSessions, learnFrom, visitProbability } from './return.ts';
import { standardRules } from './world-fields.ts';

const RULES = standardRules();
const STEADY = { habit: 0.7, frailty: 1 };

describe('coming back', () => {
  it('is likelier after better sessions, soon and for good', () => {
    const good = createMind();
    const bad = createMind();
    const before = visitProbability(STEADY, good, RULES);
    for (let n = 0; n < 5; n++) {
      learnFrom(good, 0.8, 0.75, RULES);
      learnFrom(bad, 0.3, 0.75, RULES);
    }
    expect(visitProbability(STEADY, good, RULES)).toBeGreaterThan(before);
    expect(visitProbability(STEADY, bad, RULES)).toBeLessThan(before);
    expect(good.attachment).toBeCloseTo(5 * RULES['effects.attachment'] * (0.8 - EVEN_LEVEL), 12);
  });

  it('tells what the sessions have caused: good ones more, bad ones less, and nothing for who is away or gone', () => {
    const even = { ...createMind(), level: EVEN_LEVEL };
    expect(effectOfSessions(STEADY, even, RULES)).toBe(0);
    const good = { ...even };
    const bad = { ...even };
    for (let n = 0; n < 5; n++) {
      learnFrom(good, 0.9, 0.75, RULES);
      learnFrom(bad, 0.2, 0.75, RULES);
    }
    const gained = visitProbability(STEADY, good, RULES) - visitProbability(STEADY, even, RULES);
    expect(gained).toBeGreaterThan(0.03);
    expect(effectOfSessions(STEADY, good, RULES)).toBeCloseTo(gained, 12);
    expect(effectOfSessions(STEADY, bad, RULES)).toBeLessThan(-0.03);
    expect(effectOfSessions(STEADY, { ...bad, spell: 3 }, RULES)).toBe(0);
    expect(effectOfSessions(STEADY, { ...bad, isLapsed: true }, RULES)).toBe(0);
  });

  it('lets the disappointed lapse, and a reminder bring some of them back', () => {
    const mind = { ...createMind(), level: 0.1, attachment: -3 };
    const rng = createRng('lapse');
    let lapsedOn = -1;
    let backOn = -1;
    for (let day = 0; day < 2000 && backOn === -1; day++) {
      const came = comesToday({ habit: 0.5, frailty: 1 }, mind, RULES, 0, rng);
      if (mind.isLapsed && lapsedOn === -1) lapsedOn = day;
      if (came && lapsedOn !== -1) backOn = day;
    }
    expect(lapsedOn).toBeGreaterThanOrEqual(13);
    expect(backOn).toBeGreaterThan(lapsedOn);
    expect(mind).toMatchObject({ isLapsed: false, absent: 0, level: 0.5 });
  });

  it('says the probability with which they do come, spells and absences counted', () => {
    const rng = createRng('truth');
    const bins = Array.from({ length: 10 }, () => ({ days: 0, came: 0, told: 0 }));
    for (let person = 0; person < 40; person++) {
      const mind = createMind();
      const comer = { habit: 0.3 + 0.6 * rng.next(), frailty: rng.normal() ** 2 };
      for (let day = 0; day < 1000; day++) {
        const told = visitProbability(comer, mind, RULES);
        const bin = bins[Math.floor(10 * told)]!;
        bin.days++;
        bin.told += told;
        if (comesToday(comer, mind, RULES, 0, rng)) bin.came++;
      }
    }
    // Four standard errors in each of ten bins: a wrong alarm in about 1,600 seeds.
    for (const { days, came, told } of bins.filter((bin) => bin.days > 0)) {
      expect(Math.abs(came - told)).toBeLessThanOrEqual(4 * Math.sqrt(days * 0.25));
    }
  });

  it('keeps the frail away more days', () => {
    const away = (frailty: number): number => {
      const rng = createRng('gaps');
      const mind = createMind();
      let days = 0;
      for (let day = 0; day < 3000; day++) if (!comesToday({ habit: 0.8, frailty }, mind, RULES, 0, rng)) days++;
      return days / 3000;
    };
    expect(away(3)).toBeGreaterThan(away(0) + 0.2);
  });

  it('lets diversity count only where the world says so', () => {
    const mind = createMind();
    learnFrom(mind, EVEN_LEVEL, 1, RULES);
    expect(mind.attachment).toBeCloseTo(0, 12);
    learnFrom(mind, EVEN_LEVEL, 1, { ...RULES, 'effects.diversity': 1 });
    expect(mind.attachment).toBeGreaterThan(0.02);
  });
});
