/** "Did you mean": the word of a list that is closest to what was written. */

/** Letters to insert, remove, change or swap with a neighbour to make `b` of `a`. */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1]!;
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
};

/** The closest word at most a third of its letters away; undefined when none is. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const [best] = words
    .map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, far }) => far <= Math.max(1, Math.floor(Math.max(each.length, word.length) / 3)))
    .sort((a, b) => a.far - b.far || (a.each < b.each ? -1 : 1));
  return best?.each;
};

/** `unknown surface "hmoe": did you mean home?`, or what is allowed when nothing is near. */
export const unknownWord = (what: string, word: string, allowed: readonly string[]): string => {
  const near = nearest(word, allowed);
  const rest = near === undefined ? `expected ${oneOf(allowed)}` : `did you mean ${near}?`;
  return `unknown ${what} "${word}": ${rest}`;
};

/** `home, playlist or radio`. */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
