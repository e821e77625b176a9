/** Weights of what an action is made of, instead of the action itself. */

/** One round's distributions over all actions. */
export interface ActionDistributions {
  readonly logged: ArrayLike<number>;
  readonly target: ArrayLike<number>;
}

/**
 * Marginalised weights w(x, e) = Σ_a π_e(a | x) p(e | a) / Σ_a π_0(a | x) p(e | a) [Saito2022, eq. 6], for embeddings e that
 * are one category of each action (its genre, its show): with them `ips` is MIPS. Far smaller than weights of single
 * actions, and as true where the reward depends on the action through its category alone. `categories` by action;
 * `actions` are those that were logged. 0 / 0 does not occur: the log took an action of that category.
 * @throws {RangeError} when the log gives no probability to the category of an action it took.
 */
export const marginalWeights = (
  actions: ArrayLike<number>,
  categories: ArrayLike<number>,
  distributions: (round: number) => ActionDistributions,
): Float64Array =>
  Float64Array.from({ length: actions.length }, (_, n) => {
    const category = categories[actions[n]!];
    const { logged, target } = distributions(n);
    let below = 0;
    let above = 0;
    for (let action = 0; action < categories.length; action++) {
      if (categories[action] !== category) continue;
      below += logged[action]!;
      above += target[action]!;
    }
    if (!(below > 0)) throw new RangeError(`round ${n}: the log never takes an action of category ${category}`);
    return above / below;
  });
