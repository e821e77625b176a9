/** How experiments reach what is served: the arms of who asks, and what their rewards have been learned to be. */

import type { Clock, EpochMs, ExperimentDocument } from '#domain';
import { assign } from '#experiments';
import { findDefinition, learnShelfValues } from '#jobs';
import type { ActingArm, ServingExperiments, ShelfValues } from '#serving';
import type { Definition } from '#success';
import type { IntentModel } from '#units';
import type { Warehouse } from '#warehouse';
import { type Log, reasonOf } from './log.ts';

export interface ExperimentArmsDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log: Log;
  readonly definitions: () => readonly Definition[];
  readonly flush: () => Promise<void>;
  /** What is learned of intents now; null: the rules alone. */
  readonly intents: () => IntentModel | null;
}

/** Values are learned again when they are older than this. */
const STALE_MS = 6 * 3_600_000;

export class ExperimentArms implements ServingExperiments {
  readonly #deps: ExperimentArmsDeps;
  #acting: readonly ExperimentDocument[] = [];
  readonly #values = new Map<string, { readonly at: EpochMs; readonly values: ShelfValues | null }>();

  constructor(deps: ExperimentArmsDeps) {
    this.#deps = deps;
  }

  /** Those that run now; of the others nothing acts any more. */
  use(running: readonly ExperimentDocument[]): void {
    this.#acting = running.filter(({ arms }) => arms.some(({ policy }) => policy !== undefined));
  }

  arms: ServingExperiments['arms'] = ({ cluster, surface, ...asking }) => {
    if (this.#acting.length === 0) return [];
    const found: ActingArm[] = [];
    for (const document of this.#acting) {
      const attributes =
        cluster === undefined || document.cluster_by === undefined ? {} : { [document.cluster_by]: cluster };
      const assignment = assign(document, { ...asking, surface, attributes });
      if (!assignment.ok) continue;
      const { arm, unit } = assignment;
      const others = document.arms.filter(({ name }) => name !== arm.name).map(({ policy = {} }) => policy);
      found.push({ experiment: document.name, arm: arm.name, unit, policy: arm.policy ?? {}, others });
    }
    return found;
  };

  shelfValues: ServingExperiments['shelfValues'] = (definition) => this.#values.get(definition)?.values ?? undefined;

  /** Learns the rewards of what runs, where they are old; what cannot be learned leaves the shelves as they are. */
  async learn(): Promise<void> {
    const { clock, warehouse, log, definitions, flush, intents } = this.#deps;
    const rewards = new Set(this.#acting.flatMap(({ arms }) => arms.flatMap(({ policy }) => policy?.reward ?? [])));
    for (const reward of rewards) {
      const at = clock.now();
      if (at - (this.#values.get(reward)?.at ?? Number.NEGATIVE_INFINITY) < STALE_MS) continue;
      try {
        await flush();
        const values = await learnShelfValues(warehouse, findDefinition(reward, definitions()), {
          now: at,
          intents: intents(),
        });
        this.#values.set(reward, { at, values });
        log('experiment.reward_learned', { definition: reward, shelves: values?.of.size ?? 0 });
      } catch (error) {
        log('experiment.failed', { error: reasonOf(error) });
      }
    }
  }
}
