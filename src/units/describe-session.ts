/** A session as it is spoken of: local time, device, surface, how it ended, whether it takes up the one before. */

import { type Daypart, daypartOf, type EpochMs, HOUR_MS, type LocalTime, localTime, type Place } from '#domain';
import { type DeviceClass, deviceClassOf, type Layout, layoutOf } from './device-class.ts';
import { type EndReason, endReasonOf } from './end-reason.ts';
import { SESSION_GAP_MS, type SessionRow } from './session-row.ts';

export interface Session {
  readonly userId: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  /** The user's own clock when the session began; by time zone where it is told, so that a summer time counts. */
  readonly local: LocalTime;
  readonly daypart: Daypart;
  /** Where most was played; empty when no event names a device. */
  readonly device: string;
  readonly deviceClass: DeviceClass;
  readonly layout: Layout;
  readonly surface: string;
  readonly endReason: EndReason;
  /** The session may still go on: counts of it are not final. */
  readonly isOpen: boolean;
  /** It begins with the item that the session before left unfinished, within `RESUMED_WITHIN_MS`. */
  readonly resumes: boolean;
  readonly counts: SessionRow;
}

/** A night between two halves of an episode is still one listening. */
export const RESUMED_WITHIN_MS = 24 * HOUR_MS;

/** The heaviest name; of equals the first in the alphabet. */
export const heaviest = (weights: Readonly<Record<string, number>>): string => {
  let best = '';
  for (const name of Object.keys(weights).sort()) {
    if (best === '' || (weights[name] ?? 0) > (weights[best] ?? 0)) best = name;
  }
  return best;
};

const placeOf = (row: SessionRow): Place => ({
  ...(row.time_zone !== '' && { timeZone: row.time_zone }),
  ...(row.utc_offset_min !== null && { utcOffsetMin: row.utc_offset_min }),
});

const takesUp = (row: SessionRow, before: SessionRow | undefined): boolean =>
  before !== undefined &&
  before.user_id === row.user_id &&
  row.first_item !== '' &&
  row.first_item === before.last_item &&
  !before.last_finished &&
  row.started_ms - before.ended_ms <= RESUMED_WITHIN_MS;

/** Describes a session; `before` is the user's session before it, `until` where the observation ends. */
export const describeSession = (row: SessionRow, before: SessionRow | undefined, until: EpochMs): Session => {
  const device = heaviest(row.device_ms);
  const isOpen = until - row.ended_ms <= SESSION_GAP_MS;
  const local = localTime(row.started_ms, placeOf(row));
  return {
    userId: row.user_id,
    startedAt: row.started_ms,
    endedAt: row.ended_ms,
    local,
    daypart: daypartOf(local.hour),
    device,
    deviceClass: deviceClassOf(device),
    layout: layoutOf(device),
    surface: heaviest(row.surface_ms),
    endReason: endReasonOf(row, isOpen),
    isOpen,
    resumes: takesUp(row, before),
    counts: row,
  };
};
