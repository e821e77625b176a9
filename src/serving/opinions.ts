/** What a listener said of items: the latest word on each of four questions counts, in whatever order words arrive. */

import type { ActionName, EpochMs } from '#domain';

interface Word {
  readonly value: number;
  readonly at: EpochMs;
}

type Axis = 'feeling' | 'hidden' | 'kept' | 'followed';

const WORDS: Readonly<Partial<Record<ActionName, readonly [Axis, number]>>> = {
  like: ['feeling', 1],
  unlike: ['feeling', 0],
  dislike: ['feeling', -1],
  hide: ['hidden', 1],
  unhide: ['hidden', 0],
  save: ['kept', 1],
  unsave: ['kept', 0],
  add_to_playlist: ['kept', 1],
  remove: ['kept', 0],
  follow: ['followed', 1],
  unfollow: ['followed', 0],
};

export class Opinions {
  readonly #words: Record<Axis, Map<number, Word>> = {
    feeling: new Map(),
    hidden: new Map(),
    kept: new Map(),
    followed: new Map(),
  };
  /** Places that `bars` is true of. */
  readonly #barred = new Set<number>();

  /** True when the word changed something. */
  hear(action: ActionName, place: number, at: EpochMs): boolean {
    const meaning = WORDS[action];
    if (meaning === undefined) return false;
    const [axis, value] = meaning;
    const before = this.#words[axis].get(place);
    if (before !== undefined && before.at > at) return false;
    this.#words[axis].set(place, { value, at });
    if (this.dislikes(place) || this.hides(place)) this.#barred.add(place);
    else this.#barred.delete(place);
    return (before?.value ?? 0) !== value;
  }

  likes(place: number): boolean {
    return this.#words.feeling.get(place)?.value === 1;
  }

  /** Said or shown to be wanted: liked, saved, put on a playlist, followed. */
  wants(place: number): boolean {
    return this.likes(place) || this.#is('kept', place) || this.#is('followed', place);
  }

  dislikes(place: number): boolean {
    return this.#words.feeling.get(place)?.value === -1;
  }

  hides(place: number): boolean {
    return this.#is('hidden', place);
  }

  /** Disliked or hidden: never to be shown. */
  bars(place: number): boolean {
    return this.#barred.has(place);
  }

  /** Whether anything is barred: most listeners never said so of anything. */
  get barsAny(): boolean {
    return this.#barred.size > 0;
  }

  liked(): readonly number[] {
    return this.#where('feeling', 1);
  }

  disliked(): readonly number[] {
    return this.#where('feeling', -1);
  }

  hidden(): readonly number[] {
    return this.#where('hidden', 1);
  }

  /** All that `wants` is true of. */
  wanted(): readonly number[] {
    return [...new Set([...this.liked(), ...this.#where('kept', 1), ...this.#where('followed', 1)])];
  }

  #is(axis: Axis, place: number): boolean {
    return this.#words[axis].get(place)?.value === 1;
  }

  /** Latest word first. */
  #where(axis: Axis, value: number): readonly number[] {
    return [...this.#words[axis]]
      .filter(([, word]) => word.value === value)
      .sort(([a, first], [b, second]) => second.at - first.at || a - b)
      .map(([place]) => place);
  }
}
