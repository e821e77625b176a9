/** Events of some listeners, for what is worked out of them: plays, pages with what was seen of them, two arms, an answer to a survey. */

import { DAY_MS, type ItemId, MINUTE_MS, parseEvent, SECOND_MS, toRow } from '#domain';
import { type Candidate, composeSlate, type PolicyInput } from '#policy';
import { type Warehouse, withSequence } from '#warehouse';

export const NOW = Date.now();
export const LISTENERS = 60;
export const ITEMS = 12;
export const PLAYS = 1200;
export const EXPERIMENT = 'bolder';
const SERVED = NOW - 20 * DAY_MS;

const trackOf = (n: number): ItemId => `track:${n % ITEMS}` as ItemId;
const listenerOf = (n: number): string => `listener-${n % LISTENERS}`;

const CANDIDATES = Array.from(
  { length: ITEMS },
  (_, n): Candidate => ({
    itemId: trackOf(n),
    artistId: null,
    score: -n,
    source: 'similar_items',
    stage: 'als',
    claim: null,
  }),
);

const PAGE: PolicyInput = {
  shelves: [
    {
      shelf: 'made-for-you',
      title: '',
      need: '',
      character: 'mixed',
      asked: 4,
      candidates: CANDIDATES,
      exploreFrom: 1,
      fewest: 1,
    },
  ],
  exploration: 0.5,
  bandFactor: 3,
  maxPerArtist: 6,
  artistGap: 0,
};

/** As the engine logs what it chose from. */
const { shelves, ...rules } = PAGE;
const COMPACT = {
  ...rules,
  items: CANDIDATES.map(({ itemId }) => itemId),
  artists: CANDIDATES.map(() => -1),
  artistIds: [],
  kinds: [['similar_items', 'als']],
  shelves: shelves.map((shelf) => ({ ...shelf, candidates: shelf.candidates.map(({ score }, n) => [n, 0, score]) })),
};

const pageOf = (slate_id: string) => {
  const { shelves: made } = composeSlate(PAGE, slate_id);
  const cards = made.flatMap(({ cards: own, row }) =>
    own.map(({ slot, candidate: { itemId }, propensity, explored }) => ({
      shelf: 'made-for-you',
      row,
      slot,
      item_id: itemId,
      score: 1,
      propensity,
      explored,
      source: 'similar_items',
      stage: 'als',
      claim: null,
    })),
  );
  const slate = {
    slate_id,
    surface: 'home',
    context: { daypart: 'morning', local_hour: 9, local_weekday: 1, intents: {} },
    policy: 'p',
    model: 'm',
    seed: slate_id,
    exploration: 0.5,
    log_propensity: -1,
    fallback: null,
    shelves: [],
    cards,
    candidates: COMPACT,
    filtered: {},
  };
  return { slate, cards };
};

/** Fills an empty warehouse. */
export const writeWorld = async (warehouse: Warehouse): Promise<void> => {
  let sequence = 0;
  const rows = new Map<Parameters<Warehouse['insert']>[0], string[]>();
  const put = (user_id: string, type: string, at: number, fields: object): void => {
    const parsed = parseEvent({ type, user_id, event_id: `e${++sequence}`, at, ...fields }, NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    const { kind } = parsed.event;
    rows.set(kind, [...(rows.get(kind) ?? []), withSequence(toRow(parsed.event), sequence)]);
  };
  for (let n = 0; n < PLAYS; n++) {
    put(listenerOf(n * 7), 'play', NOW - 60 * DAY_MS + n * 70 * MINUTE_MS, {
      item_id: trackOf(n * n),
      ms_played: 10_000 + ((n * 37) % 200) * 1000,
      skipped: n % 3 === 0,
      surface: n % 4 === 0 ? 'radio' : 'library',
    });
  }
  for (let n = 0; n < LISTENERS; n++) {
    const [user, slate_id] = [listenerOf(n), `slate-${n}`];
    const { slate, cards } = pageOf(slate_id);
    put(user, 'slate', SERVED, slate);
    for (const { item_id, slot, shelf } of cards.slice(0, 1 + (n % 4))) {
      const seen = { visible_ms: 3000, max_visible_fraction: 1, device: 'mobile', surface: 'home' };
      put(user, 'impression', SERVED + SECOND_MS, { slate_id, item_id, slot, shelf, ...seen });
      if (slot === 0) {
        const played = { item_id, slate_id, ms_played: 60_000, surface: 'home' };
        put(user, 'play', SERVED + MINUTE_MS, played);
      }
    }
    const arm = n % 2 === 0 ? 'control' : 'bold';
    put(user, 'assignment', SERVED, { experiment: EXPERIMENT, arm, exposed: true, unit: user });
  }
  for (const [kind, lines] of rows) await warehouse.insert(kind, lines);
};
