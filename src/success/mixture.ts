/** The outcome of a unit whose intent is uncertain: definitions mixed by the posterior. */

import type { Intent } from '#domain';
import { type CompiledDefinition, compileDefinition } from './closure/compile-definition.ts';
import { type Definition, LABELS, type Label, nameOf, type Outcome } from './definition.ts';
import { cellOf, selectDefinition } from './select.ts';
import type { Unit } from './unit/unit.ts';

export interface MixedPart {
  readonly intent: string | null;
  readonly probability: number;
  /** `sleep_playlist@1`; null where no definition holds. */
  readonly definition: string | null;
  readonly outcome: Outcome | null;
}

export interface MixedOutcome {
  /** The label with more than half of the probability; unknown when none has. */
  readonly label: Label;
  readonly labels: Readonly<Record<Label, number>>;
  /** Σ p(intent) · value(intent) over the part of the posterior whose value is known, and normed by it; null of none. */
  readonly value: number | null;
  /** Probability of intents under which the value is known. */
  readonly covered: number;
  /** Mature under every definition that takes part. */
  readonly mature: boolean;
  readonly parts: readonly MixedPart[];
}

/** Evaluates units under the definitions that fit them best. Without intents the most probable one stands alone. */
export const createMixture = (definitions: readonly Definition[]) => {
  const compiled = new Map<string, CompiledDefinition>();
  const compiledOf = (definition: Definition): CompiledDefinition => {
    const held = compiled.get(nameOf(definition)) ?? compileDefinition(definition);
    compiled.set(nameOf(definition), held);
    return held;
  };
  const partOf = (unit: Unit, intent: Intent | undefined, probability: number): MixedPart => {
    const definition = selectDefinition(definitions, unit.kind, cellOf(unit, intent));
    return {
      intent: intent ?? null,
      probability,
      definition: definition && nameOf(definition),
      outcome: definition && compiledOf(definition).evaluate(unit),
    };
  };
  return (unit: Unit): MixedOutcome => {
    const posterior = Object.entries(unit.unit.intents ?? {}).filter(([, p]) => p > 0) as [Intent, number][];
    if (posterior.length === 0) return mix([partOf(unit, (unit.unit.intent ?? undefined) as Intent | undefined, 1)]);
    const told = posterior.reduce((sum, [, p]) => sum + p, 0);
    return mix(posterior.map(([intent, p]) => partOf(unit, intent, told > 0 ? p / told : p)));
  };
};

const mix = (parts: readonly MixedPart[]): MixedOutcome => {
  const labels: Record<Label, number> = { achieved: 0, failed: 0, unknown: 0 };
  let covered = 0;
  let sum = 0;
  for (const { probability, outcome } of parts) {
    labels[outcome?.label ?? 'unknown'] += probability;
    if (outcome === null || outcome.value === null) continue;
    covered += probability;
    sum += probability * outcome.value;
  }
  return {
    label: LABELS.find((label) => labels[label] > 0.5) ?? 'unknown',
    labels,
    value: covered === 0 ? null : sum / covered,
    covered,
    mature: parts.every(({ outcome }) => outcome?.mature !== false),
    parts,
  };
};
