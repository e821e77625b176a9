/** How much two orders of the same systems agree. */

/** A correlation in [-1, 1], or the reason why there is none. */
export type Correlation =
  | { readonly ok: true; readonly value: number; readonly n: number }
  | { readonly ok: false; readonly reason: string };

/**
 * Kendall's τ-b [Kendall1945] of two scorings of the same systems, the higher the better: concordant minus discordant
 * pairs over all pairs, ties taken out of either side. O(n²). Reasons: `one_unit` for fewer than two systems; `all_tied`
 * when one side has no order. @throws {RangeError} when there are not as many of both.
 */
export const kendallTau = (a: ArrayLike<number>, b: ArrayLike<number>): Correlation => {
  const n = lengthOf(a, b);
  if (n < 2) return { ok: false, reason: 'one_unit' };
  let agreement = 0;
  let ordered = 0;
  let otherOrdered = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const sign = Math.sign(a[i]! - a[j]!);
      const other = Math.sign(b[i]! - b[j]!);
      agreement += sign * other;
      ordered += sign * sign;
      otherOrdered += other * other;
    }
  }
  if (ordered === 0 || otherOrdered === 0) return { ok: false, reason: 'all_tied' };
  return { ok: true, value: agreement / Math.sqrt(ordered * otherOrdered), n };
};

/**
 * τ_AP [Yilmaz2008, eq. 4]: as Kendall's τ, but disagreement among the best systems of the second scoring weighs more. For
 * each of its ranks but the first, the share of the systems above that the first scoring too has above; averaged, and
 * brought from [0, 1] to [-1, 1]. A pair that the first scoring ties counts half. τ_AP(a, b) is not τ_AP(b, a). Ties
 * in the second leave its ranks open: reason `tied`. Further reasons and errors as `kendallTau`.
 */
export const tauAp = (a: ArrayLike<number>, b: ArrayLike<number>): Correlation => {
  const n = lengthOf(a, b);
  if (n < 2) return { ok: false, reason: 'one_unit' };
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => b[j]! - b[i]!);
  if (order.some((system, rank) => rank > 0 && b[system] === b[order[rank - 1]!])) return { ok: false, reason: 'tied' };
  let sum = 0;
  for (let rank = 1; rank < n; rank++) {
    const own = a[order[rank]!]!;
    let above = 0;
    for (let n = 0; n < rank; n++) above += a[order[n]!]! > own ? 1 : a[order[n]!] === own ? 0.5 : 0;
    sum += above / rank;
  }
  return { ok: true, value: (2 * sum) / (n - 1) - 1, n };
};

const lengthOf = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) throw new RangeError(`${a.length} scores against ${b.length}: expected those of the same`);
  return a.length;
};
