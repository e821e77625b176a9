/** What all surfaces share: who is who, what is in the catalogue, what was learned, and one way to decide and record. */

import {
  type Daypart,
  EngineError,
  type EpochMs,
  type EventOf,
  localTime,
  type SlateId,
  type Surface,
  toRow,
  type UserId,
} from '#domain';
import { createRng, type RngLabel } from '#math';
import { type ActingArm, type Asking, exposureOf, NO_EXPERIMENTS, type ServingExperiments } from './acting-arms.ts';
import type { ServedSlate } from './answers.ts';
import { Brownout } from './brownout.ts';
import { Catalogue } from './catalogue.ts';
import { type DecisionRequest, daypartName, decide, fallbackOf, isDevice } from './decision.ts';
import { Learned } from './learned.ts';
import { Listener } from './listener.ts';
import { factsOf } from './listener-facts.ts';
import { Listeners } from './listeners.ts';
import type { ModelBundle } from './model-bundle.ts';
import { servedSlate } from './served-slate.ts';
import type { ServingDeps } from './serving.ts';
import { type AskedMoment, intentNow, type SessionIntent } from './session-intent.ts';
import type { PageContext } from './shelves/shelf-plan.ts';
import { SlateMemory } from './slate-memory.ts';
import { Taste } from './taste.ts';

const DEFAULT_BOUNDS = { listeners: 10_000, items: 1_000_000 };

interface AskingRequest {
  readonly userId: UserId;
  readonly device?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly cluster?: string | undefined;
}

const askingOf = ({ userId, device, sessionId, cluster }: AskingRequest, surface: Surface, at: EpochMs): Asking => ({
  userId,
  at,
  surface,
  ...(isDevice(device) && { device }),
  ...(sessionId !== undefined && { sessionId }),
  ...(cluster !== undefined && { cluster }),
});

export class ServingMemory {
  readonly deps: ServingDeps;
  catalogue = new Catalogue();
  listeners: Listeners;
  readonly slates: SlateMemory;
  readonly brownout: Brownout;
  learned: Learned | null = null;
  claimsDropped = 0;
  /** Listeners whose past could not be read. */
  readonly #strangers = new WeakSet<Listener>();
  /** Models taken up or being prepared so far. */
  #swaps = 0;
  readonly #turns = new Map<UserId, Promise<unknown>>();
  /** Ends when nobody plans a page. */
  #planning: Promise<unknown> = Promise.resolve();
  readonly #experiments: ServingExperiments;

  constructor(deps: ServingDeps) {
    this.deps = deps;
    this.slates = new SlateMemory(deps.memory?.slateBytes);
    this.brownout = new Brownout(deps.stopwatch);
    this.#experiments = deps.experiments ?? NO_EXPERIMENTS;
    this.listeners = new Listeners(deps.log, this.catalogue, deps.memory ?? DEFAULT_BOUNDS);
  }

  /** The models answer from the moment that this resolves, the old ones until then; of two calls the later one counts. */
  async useModels(bundle: ModelBundle | null): Promise<void> {
    const turn = ++this.#swaps;
    const learned = bundle === null ? null : await Learned.prepare(bundle, this.catalogue);
    if (turn === this.#swaps) this.learned = learned;
  }

  /** Forgets everyone and everything; the models are to be set again. */
  clear(): void {
    this.catalogue = new Catalogue();
    this.listeners = new Listeners(this.deps.log, this.catalogue, this.deps.memory ?? DEFAULT_BOUNDS);
    this.slates.clear();
    this.learned = null;
    this.#swaps++;
  }

  /**
   * The listener. While the warehouse is away someone not in memory is a stranger, for this answer only.
   * @throws {EngineError} invalid_request on an unknown time zone.
   */
  async listener(userId: UserId, now: EpochMs, timeZone?: string): Promise<Listener> {
    if (timeZone !== undefined && !this.listeners.clock.knows(timeZone)) {
      const reason = 'expected an IANA name, e.g. Europe/Berlin';
      throw new EngineError('invalid_request', `unknown time zone "${timeZone}": ${reason}`, {
        fields: [{ field: 'time_zone', reason }],
      });
    }
    try {
      return await this.listeners.find(userId, now, timeZone);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'warehouse_unavailable') throw error;
      const stranger = new Listener(this.catalogue, this.listeners.clock);
      if (timeZone !== undefined) stranger.moveTo(timeZone, now);
      this.#strangers.add(stranger);
      return stranger;
    }
  }

  isStranger(listener: Listener): boolean {
    return this.#strangers.has(listener);
  }

  /** Why less than everything answers this listener; null when nothing is missing. */
  fallbackOf(taste: Taste): string | null {
    return this.isStranger(taste.listener) ? 'history_unavailable' : fallbackOf(taste);
  }

  tasteOf(listener: Listener, now: EpochMs): Taste {
    return new Taste(listener, this.catalogue, this.learned, now);
  }

  /** Part of the day where the listener is. */
  daypartOf({ place }: Listener, now: EpochMs): Daypart {
    return daypartName(this.listeners.clock.daypartAt(now, place));
  }

  contextFor(taste: Taste, now: EpochMs, ...labels: RngLabel[]): PageContext {
    const daypart = this.daypartOf(taste.listener, now);
    return { now, daypart, taste, facts: factsOf(taste, now), rng: createRng('page').derive(...labels) };
  }

  /** What the listener is believed to be up to, by what is learned now. */
  intentNow({ listener, learned }: Taste, asked: Omit<AskedMoment, 'place'>): SessionIntent {
    return intentNow(listener.session, { ...asked, place: listener.place }, learned?.bundle.intents.model ?? null);
  }

  /** One answer after the other for each listener, so that two requests at once get one slate and not two. */
  async inTurn<T>(userId: UserId, answer: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(userId) ?? Promise.resolve();
    const turn = before.then(answer, answer);
    this.#turns.set(userId, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(userId) === turn) this.#turns.delete(userId);
    }
  }

  /**
   * Pages are planned one after the other, each in steps that leave room for others: with many asked for at once the event loop is
   * held for one step at a time, and the first page is not kept waiting by the last.
   */
  async alone<T>(plan: () => Promise<T>): Promise<T> {
    const turn = this.#planning.then(plan);
    // Told when it ends, not what it ended with: a page is held by nobody once it is served.
    this.#planning = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Arms of the asking unit in what runs now. */
  armsOf(request: AskingRequest, surface: Surface, now: EpochMs): readonly ActingArm[] {
    return this.#experiments.arms(askingOf(request, surface, now));
  }

  /** Decides, records, and only then answers. Exposures stand on record with the slate that they are of. */
  async serve(
    request: Omit<DecisionRequest, 'local' | 'intent'>,
  ): Promise<{ slate: EventOf<'slate'>; served: ServedSlate }> {
    const { now, taste } = request.context;
    const local = localTime(now, taste.listener.place);
    const asking = askingOf(request, request.surface, now);
    const intent = this.intentNow(taste, { now, surface: request.surface, device: asking.device });
    const { slate, mattering } = decide({ ...request, local, intent }, this.#experiments.shelfValues, () => {
      this.claimsDropped++;
    });
    const exposures = mattering.map((arm) => exposureOf(asking, arm));
    const row = toRow(slate);
    const recorded = this.deps.record(slate, exposures, row);
    // Meanwhile the answer is put together; it is nobody's before it is on record.
    recorded.catch(() => undefined);
    const served = servedSlate(slate, { catalogue: this.catalogue, facts: null, fresh: true });
    this.deps.prepare?.(served);
    await recorded;
    this.slates.put(request.slateId, request.userId, row);
    return { slate, served };
  }

  /** The slate on record; null when the log does not have it. */
  async recall(slateId: SlateId): Promise<EventOf<'slate'> | null> {
    return this.slates.find(slateId) ?? (await this.deps.log.slate(slateId));
  }

  /** @throws {EngineError} unknown_slate */
  async slate(slateId: SlateId): Promise<EventOf<'slate'>> {
    const slate = await this.recall(slateId);
    if (slate === null) throw new EngineError('unknown_slate', `there is no slate "${slateId}"`);
    return slate;
  }
}
