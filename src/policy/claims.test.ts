import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ItemId, itemId } from '#domain';
import { claimFromRecord, claimToRecord } from './claim-record.ts';
import { sentence } from './claim-sentence.ts';
import { type Facts, holds, renewClaim } from './claims.ts';
import type { Claim } from './slate.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const blueTrain = itemId('track', 'blue-train');
const naima = itemId('track', 'naima');
const coltrane = itemId('artist', 'coltrane');
const monk = itemId('artist', 'monk');
const played = NOW - 3 * DAY_MS - HOUR_MS;
const longAgo = NOW - 40 * DAY_MS;

const facts: Facts = {
  now: NOW,
  listener: {
    playsOf: (item) => (item === blueTrain ? 12 : 0),
    lastPlayedAt: (item) => (item === blueTrain ? played : null),
    artistPlays: (artist) => (artist === coltrane ? 30 : 0),
    hasMetArtist: (artist) => artist === coltrane,
    daypartArtistPlays: (daypart, artist) => (daypart === 'night' && artist === coltrane ? 1 : 0),
    sessionPlayAt: (item) => (item === blueTrain ? played : null),
  },
  catalogue: {
    releasedOn: (item) => (item === naima ? '2026-11-01' : null),
    addedAt: () => NOW - 2 * HOUR_MS,
    poolTitle: (pool, item) => (pool === 'late' && item === naima ? 'Late hours' : null),
    listenersOf: () => 7,
  },
};
const forgottenFacts: Facts = { ...facts, listener: { ...facts.listener, lastPlayedAt: () => longAgo } };

const own = { itemId: blueTrain, artistId: coltrane };
const other = { itemId: naima, artistId: coltrane };
const stranger = { itemId: naima, artistId: monk };

const names = {
  title: (item: ItemId) => ({ [blueTrain]: 'Blue Train', [naima]: 'Naima' })[item] ?? item,
  artist: (artist: ItemId) => ({ [coltrane]: 'John Coltrane', [monk]: 'Monk' })[artist] ?? artist,
};

/** Each kind: a true claim, a false neighbour of it, whose card it stands on, and what it says. */
type Case = readonly [claim: Claim, wrong: Claim, subject: typeof own, said: string, world?: Facts];
const ROWS: readonly Case[] = [
  [
    { kind: 'played_item', plays: 12, lastAt: played },
    { kind: 'played_item', plays: 11, lastAt: played },
    own,
    'You played Blue Train 12 times, last 3 days ago.',
  ],
  [
    { kind: 'because_played', item: blueTrain, plays: 12 },
    { kind: 'because_played', item: naima, plays: 12 },
    other,
    'Because you played Blue Train 12 times.',
  ],
  [
    { kind: 'because_artist', artist: coltrane, plays: 30 },
    { kind: 'because_artist', artist: monk, plays: 30 },
    other,
    'You have played John Coltrane 30 times.',
  ],
  [
    { kind: 'daypart_artist', daypart: 'night', artist: coltrane, plays: 1 },
    { kind: 'daypart_artist', daypart: 'morning', artist: coltrane, plays: 1 },
    other,
    'You have played John Coltrane once at night.',
  ],
  [
    { kind: 'new_artist', artist: monk, likedItem: blueTrain, likedPlays: 12 },
    { kind: 'new_artist', artist: monk, likedItem: blueTrain, likedPlays: 13 },
    stranger,
    'You have not played Monk yet; picked because you played Blue Train 12 times.',
  ],
  [
    { kind: 'forgotten', plays: 12, lastAt: longAgo },
    { kind: 'forgotten', plays: 12, lastAt: played },
    own,
    'You played Blue Train 12 times, last 5 weeks ago.',
    forgottenFacts,
  ],
  [
    { kind: 'session_like', item: blueTrain, playedAt: played },
    { kind: 'session_like', item: blueTrain, playedAt: played + 1 },
    other,
    'Goes with Blue Train from your last session.',
  ],
  [
    { kind: 'fresh_release', releasedOn: '2026-11-01', artist: coltrane, artistPlays: 30 },
    { kind: 'fresh_release', releasedOn: '2026-11-02', artist: coltrane, artistPlays: 30 },
    other,
    'Released 1 November 2026; you have played John Coltrane 30 times.',
  ],
  [
    { kind: 'fresh_here', addedAt: NOW - 2 * HOUR_MS },
    { kind: 'fresh_here', addedAt: NOW - 3 * HOUR_MS },
    other,
    'Added here 2 hours ago.',
  ],
  [
    { kind: 'from_editors', pool: 'late', title: 'Late hours' },
    { kind: 'from_editors', pool: 'early', title: 'Late hours' },
    other,
    'From the editors: Late hours.',
  ],
  [
    { kind: 'popular', listeners: 7 },
    { kind: 'popular', listeners: 8 },
    other,
    'At least 7 listeners here have played it.',
  ],
];
const CASES = ROWS.map(([claim, wrong, subject, said, world = facts]) => ({
  kind: claim.kind,
  claim,
  wrong,
  subject,
  said,
  world,
}));

describe('claims', () => {
  it.each(CASES)('$kind holds as stated, and its neighbour does not', ({ claim, wrong, subject, said, world }) => {
    expect(holds(claim, subject, world)).toBe(true);
    expect(holds(wrong, subject, world)).toBe(false);
    expect(sentence(claim, subject, names, NOW)).toBe(said);
  });

  it.each(CASES)('$kind comes back from its record', ({ claim }) => {
    expect(claimFromRecord(claimToRecord(claim))).toEqual(claim);
  });

  it('leaves unknown facts out of the record and out of the sentence', () => {
    const claim: Claim = { kind: 'played_item', plays: 1, lastAt: null };
    expect(claimToRecord(claim)).toEqual({ kind: 'played_item', evidence: { plays: 1 } });
    expect(claimFromRecord(claimToRecord(claim))).toEqual(claim);
    expect(sentence(claim, own, names, NOW)).toBe('You played Blue Train once.');
  });

  it.each<readonly [kind: string, evidence: Readonly<Record<string, string | number>>]>([
    ['their_kind', { plays: 12 }],
    ['toString', {}],
    ['because_played', { plays: 12 }],
    ['because_played', { item: 'Blue Train', plays: 12 }],
    ['because_played', { item: blueTrain, plays: 'often' }],
    ['because_played', { item: blueTrain, plays: 12, mood: 'blue' }],
    ['played_item', { plays: 12, last_at: '2026-11-01' }],
    ['daypart_artist', { daypart: 'noon', artist: coltrane, plays: 1 }],
    ['fresh_release', { released_on: 'soon', artist_plays: 0 }],
    ['forgotten', { plays: 12 }],
    ['popular', { listeners: -1 }],
  ])('is none when another maker says %s of %j', (kind, evidence) => {
    expect(claimFromRecord({ kind, evidence })).toBeNull();
  });

  it('takes the numbers of now when it is renewed, and goes when its kind no longer holds', () => {
    expect(renewClaim({ kind: 'because_played', item: blueTrain, plays: 4 }, other, facts)).toEqual({
      kind: 'because_played',
      item: blueTrain,
      plays: 12,
    });
    const met: Claim = { kind: 'new_artist', artist: coltrane, likedItem: blueTrain, likedPlays: 12 };
    expect(renewClaim(met, other, facts)).toBeNull();
    expect(renewClaim({ kind: 'forgotten', plays: 12, lastAt: longAgo }, own, facts)).toBeNull();
  });

  it('does not call a release fresh before it is out or after 90 days', () => {
    const claim: Claim = { kind: 'fresh_release', releasedOn: '2026-11-01', artist: coltrane, artistPlays: 30 };
    const at = (day: string): Facts => ({ ...facts, now: Date.parse(day) });
    expect(holds(claim, other, at('2026-10-30'))).toBe(false);
    expect(holds(claim, other, at('2027-01-29'))).toBe(true);
    expect(holds(claim, other, at('2027-02-01'))).toBe(false);
    // It is the first of November in Kiritimati from ten in the morning of the day before in UTC.
    expect(holds(claim, other, at('2026-10-31T09:59:59Z'))).toBe(false);
    expect(holds(claim, other, at('2026-10-31T10:00:00Z'))).toBe(true);
  });

  it('tells times in whole units that have passed', () => {
    const said = (lastAt: number) =>
      sentence({ kind: 'played_item', plays: 2, lastAt }, own, names, NOW).replace(
        'You played Blue Train 2 times, ',
        '',
      );
    expect(said(NOW - HOUR_MS / 2)).toBe('last less than an hour ago.');
    expect(said(NOW - HOUR_MS)).toBe('last 1 hour ago.');
    expect(said(NOW - DAY_MS + 1)).toBe('last 23 hours ago.');
    expect(said(NOW - DAY_MS)).toBe('last 1 day ago.');
    expect(said(NOW - 13 * DAY_MS)).toBe('last 13 days ago.');
    expect(said(NOW - 14 * DAY_MS)).toBe('last 2 weeks ago.');
    expect(said(NOW - 100 * DAY_MS)).toBe('last 3 months ago.');
    expect(said(NOW - 800 * DAY_MS)).toBe('last 2 years ago.');
  });
});
