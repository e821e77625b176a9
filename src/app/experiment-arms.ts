/** How experiments reach what is served: which of them act, and what their rewards have been learned to be. */

import { type Clock, type EpochMs, type ExperimentDocument, reasonOf } from '#domain';
import { findDefinition } from '#jobs';
import type { ShelfValues } from '#serving';
import type { Definition } from '#success';
import type { IntentModel } from '#units';
import type { Acting } from './acting-experiments.ts';
import type { Analyses } from './analyses/analyses.ts';
import type { Log } from './log.ts';

export interface ExperimentArmsDeps {
  readonly analyses: Pick<Analyses, 'learnShelfValues'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly definitions: () => readonly Definition[];
  readonly flush: () => Promise<void>;
  /** What is learned of intents now; null: the rules alone. */
  readonly intents: () => IntentModel | null;
  /** Told of what acts, each time that changes. */
  readonly tell: (acting: Acting) => void;
}

/** Values are learned again when they are older than this. */
const STALE_MS = 6 * 3_600_000;

export class ExperimentArms {
  readonly #deps: ExperimentArmsDeps;
  #documents: readonly ExperimentDocument[] = [];
  readonly #values = new Map<string, { readonly at: EpochMs; readonly values: ShelfValues | null }>();

  constructor(deps: ExperimentArmsDeps) {
    this.#deps = deps;
  }

  /** Those that run now; of the others nothing acts any more. */
  use(running: readonly ExperimentDocument[]): void {
    this.#documents = running.filter(({ arms }) => arms.some(({ policy }) => policy !== undefined));
    this.#tell();
  }

  /** Learns the rewards of what runs, where they are old; what cannot be learned leaves the shelves as they are. */
  async learn(): Promise<void> {
    const { clock, analyses, log, definitions, flush, intents } = this.#deps;
    const rewards = new Set(this.#documents.flatMap(({ arms }) => arms.flatMap(({ policy }) => policy?.reward ?? [])));
    for (const reward of rewards) {
      const at = clock.now();
      if (at - (this.#values.get(reward)?.at ?? Number.NEGATIVE_INFINITY) < STALE_MS) continue;
      try {
        await flush();
        const definition = findDefinition(reward, definitions());
        const values = await analyses.learnShelfValues({ definition, now: at, intents: intents() });
        this.#values.set(reward, { at, values });
        this.#tell();
        log('experiment.reward_learned', { definition: reward, shelves: values?.of.size ?? 0 });
      } catch (error) {
        log('experiment.failed', { error: reasonOf(error) });
      }
    }
  }

  #tell(): void {
    const values = new Map<string, ShelfValues>();
    for (const [definition, learned] of this.#values) {
      if (learned.values !== null) values.set(definition, learned.values);
    }
    this.#deps.tell({ documents: this.#documents, values });
  }
}
