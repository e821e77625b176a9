/**
 * Love and hate of ListenBrainz. Its lines name a recording by id alone, and which recording that is only the listens
 * tell: so what is wanted is collected first, looked out for while the listens pass, and answered at the end. Memory
 * grows with the feedback, not with the history.
 */

import type { ItemId } from '#domain';
import { fromAny } from '../import/moments.ts';
import { numberOf, type Row, shown, textOf } from '../import/row-fields.ts';
import { dropped, known, type RowOutcome, refused } from '../import/row-outcome.ts';
import { stableId } from '../import/stable-id.ts';

const recordingIds = (row: Row): readonly string[] =>
  [textOf(row, 'recording_msid'), textOf(row, 'recording_mbid')].flatMap((id) => (id ? [id.toLowerCase()] : []));

export class Feedback {
  /** Recording id → item, null until a listen names it. */
  readonly #wanted = new Map<string, ItemId | null>();

  want(row: Row): void {
    for (const id of recordingIds(row)) this.#wanted.set(id, null);
  }

  /** A listen passes: these ids are this item. */
  meet(ids: readonly string[], item: ItemId): void {
    if (this.#wanted.size === 0) return;
    for (const id of ids) if (this.#wanted.get(id) === null) this.#wanted.set(id, item);
  }

  /** The action that a line stands for. */
  read(row: Row, userId: string, timeZone: string | undefined): RowOutcome {
    const score = numberOf(row, 'score');
    if (score === 0) return dropped('feedback_neutral');
    if (score !== 1 && score !== -1)
      return refused('score', `expected 1 (love), -1 (hate) or 0, got ${shown(row['score'])}`);
    const at = fromAny(row['created']);
    if (at === null) return refused('created', `expected a time in epoch seconds, got ${shown(row['created'])}`);
    const ids = recordingIds(row);
    const item = ids.map((id) => this.#wanted.get(id)).find((found) => found != null);
    if (item == null) return dropped('feedback_without_listen');
    return {
      kind: 'event',
      wire: {
        type: 'action',
        event_id: stableId('listenbrainz', 'feedback', userId, ids.join(' '), score, at),
        user_id: userId,
        at,
        action: score === 1 ? 'like' : 'dislike',
        item_id: item,
        ...known({ time_zone: timeZone }),
      },
    };
  }
}
