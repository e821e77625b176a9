/**
 * Generalist-specialist score [Anderson2020; Waller2019]: the mean cosine of what someone plays to its centre, weighted by
 * plays. 1: always the same; near 0: everything. `vectors` are unit vectors of the items, which makes it the length of the
 * weighted mean. Undefined without plays, or when the mean is 0 and so has no direction.
 */
export const generalistSpecialistScore = (
  vectors: readonly ArrayLike<number>[],
  plays: ArrayLike<number>,
): number | undefined => {
  const dimensions = vectors[0]?.length ?? 0;
  const centre = new Float64Array(dimensions);
  let total = 0;
  for (const [n, vector] of vectors.entries()) {
    total += plays[n]!;
    for (let d = 0; d < dimensions; d++) centre[d]! += plays[n]! * vector[d]!;
  }
  const length = Math.hypot(...centre);
  return total > 0 && length > 0 ? length / total : undefined;
};
