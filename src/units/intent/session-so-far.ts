/** The session that is going on, event by event: what it shows so far of what it is for. */

import { daypartOf, type EpochMs, type EventOf, type ListenerEvent, localTime, type Place } from '#domain';
import { heaviest } from '../describe-session.ts';
import { deviceClassOf } from '../device-class.ts';
import { EARLY_PLAYS, SESSION_GAP_MS } from '../session-row.ts';
import { endOf, isCounted, type Surroundings, surfaceIn } from '../sessionize.ts';
import { type IntentEvidence, sharedPurpose } from './evidence.ts';

/** A play as far as it speaks for an intent. */
export interface PlaySign {
  readonly at: EpochMs;
  readonly eventId: string;
  readonly purpose: string;
  readonly surface: string;
  readonly skipped: boolean;
  readonly chosen: boolean;
  readonly shuffled: boolean;
}

/** Plays remembered: the first, which say what the session is for, and the last, which may say otherwise. */
const LAST_PLAYS = 30;

/**
 * Takes events as they come and keeps a few numbers: some hundred bytes and at most `EARLY_PLAYS` + 30 plays. Of events in
 * order of time its evidence is that of `sessionize` at every moment; of late ones those before the session are left out.
 */
export class SessionSoFar {
  #startedAt = Number.NaN;
  #endedAt = Number.NEGATIVE_INFINITY;
  #deviceMs: Record<string, number> = {};
  #surfaceMs: Record<string, number> = {};
  #early: PlaySign[] = [];
  #last: PlaySign[] = [];
  #plays = 0;
  #shuffled = 0;
  #searched = false;
  #sleepTimer = false;
  #place: Place = {};

  /** The last plays in order of time, at least those of the last half hour of an ordinary session. */
  get plays(): readonly PlaySign[] {
    return this.#last;
  }

  isRunning(now: EpochMs): boolean {
    return now - this.#endedAt <= SESSION_GAP_MS;
  }

  take(event: ListenerEvent, surroundings: Surroundings): void {
    if (!isCounted(event)) return;
    if (event.at - this.#endedAt > SESSION_GAP_MS) this.#begin(event.at);
    else if (endOf(event) < this.#startedAt - SESSION_GAP_MS) return;
    if (event.at < this.#startedAt) this.#startedAt = event.at;
    this.#endedAt = Math.max(this.#endedAt, endOf(event));
    this.#locate(event);
    const surface = surfaceIn(event, surroundings);
    const weight = endOf(event) - event.at + 1;
    addTo(this.#deviceMs, event.device ?? '', weight);
    addTo(this.#surfaceMs, surface, weight);
    if (event.kind === 'search') this.#searched = true;
    else if (event.kind === 'action' && event.action === 'sleep_timer_set') this.#sleepTimer = true;
    else if (event.kind === 'play') this.#keep(signOf(event, surface, surroundings));
  }

  /** As `evidenceOf` has it of what happened so far; `fallback` is where the listener is when no event says. */
  evidence(fallback: Place): IntentEvidence {
    const device = heaviest(this.#deviceMs);
    const isKnown = this.#place.timeZone !== undefined || this.#place.utcOffsetMin !== undefined;
    const local = localTime(this.#startedAt, isKnown ? this.#place : fallback);
    return {
      surface: heaviest(this.#surfaceMs),
      device,
      deviceClass: deviceClassOf(device),
      daypart: daypartOf(local.hour),
      weekday: local.weekday,
      ...signsOf(this.#early),
      searched: this.#searched || this.#early[0]?.surface === 'search',
      sleepTimer: this.#sleepTimer,
      shuffled: this.#shuffled * 2 > this.#plays,
    };
  }

  #begin(at: EpochMs): void {
    this.#startedAt = at;
    this.#endedAt = at;
    this.#deviceMs = {};
    this.#surfaceMs = {};
    this.#early = [];
    this.#last = [];
    this.#plays = 0;
    this.#shuffled = 0;
    this.#searched = false;
    this.#sleepTimer = false;
    this.#place = {};
  }

  /** The first event that says where the listener is. */
  #locate({ utcOffsetMin, timeZone }: ListenerEvent): void {
    if (this.#place.utcOffsetMin === undefined && utcOffsetMin !== undefined) {
      this.#place = { ...this.#place, utcOffsetMin };
    }
    if (this.#place.timeZone === undefined && timeZone !== undefined) this.#place = { ...this.#place, timeZone };
  }

  #keep(play: PlaySign): void {
    this.#plays++;
    if (play.shuffled) this.#shuffled++;
    insert(this.#early, play);
    if (this.#early.length > EARLY_PLAYS) this.#early.pop();
    insert(this.#last, play);
    if (this.#last.length > LAST_PLAYS) this.#last.shift();
  }
}

const signOf = (play: EventOf<'play'>, surface: string, { purposeOf }: Surroundings): PlaySign => ({
  at: play.at,
  eventId: play.eventId,
  purpose: purposeOf(play.itemId, play.source === 'editorial'),
  surface,
  skipped: play.skipped ?? false,
  chosen: play.userInitiated ?? false,
  shuffled: play.shuffle ?? false,
});

/** What the first of some plays show of an intent. */
export const signsOf = (
  plays: readonly PlaySign[],
): Pick<IntentEvidence, 'purpose' | 'earlyPlays' | 'earlySkips' | 'earlyChosen'> => {
  const early = plays.slice(0, EARLY_PLAYS);
  return {
    purpose: sharedPurpose(early.map(({ purpose }) => purpose)),
    earlyPlays: early.length,
    earlySkips: early.filter(({ skipped }) => skipped).length,
    earlyChosen: early.filter(({ chosen }) => chosen).length,
  };
};

const addTo = (weights: Record<string, number>, name: string, weight: number): void => {
  if (name !== '') weights[name] = (weights[name] ?? 0) + weight;
};

/** Into its place by time, of one moment by id. */
const insert = (plays: PlaySign[], play: PlaySign): void => {
  let place = plays.length;
  while (place > 0 && isAfter(plays[place - 1], play)) place--;
  plays.splice(place, 0, play);
};

const isAfter = (a: PlaySign | undefined, b: PlaySign): boolean =>
  a !== undefined && (a.at > b.at || (a.at === b.at && a.eventId > b.eventId));
