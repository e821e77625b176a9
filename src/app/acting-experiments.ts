/** Experiments that act on what is served now, as plain data: arms are worked out from it wherever answers are made. */

import type { ExperimentDocument } from '#domain';
import { assign } from '#experiments';
import type { ActingArm, ServingExperiments, ShelfValues } from '#serving';

export interface Acting {
  /** Those that run and whose arms are policies. */
  readonly documents: readonly ExperimentDocument[];
  /** What was learned of their rewards, by definition. */
  readonly values: ReadonlyMap<string, ShelfValues>;
}

export class ActingExperiments implements ServingExperiments {
  #acting: Acting = { documents: [], values: new Map() };

  use(acting: Acting): void {
    this.#acting = acting;
  }

  arms: ServingExperiments['arms'] = ({ cluster, surface, ...asking }) => {
    const found: ActingArm[] = [];
    for (const document of this.#acting.documents) {
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

  shelfValues: ServingExperiments['shelfValues'] = (definition) => this.#acting.values.get(definition);
}
