/** Codes, counts, lengths and times in plain English. Pure: the time of reading is an argument. */

const numbers = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (n: number): string => numbers.format(n);
export const shortCount = (n: number): string => (n < 10_000 ? numbers.format(n) : compact.format(n));

/** `1 play`, `2 plays`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A ratio as a whole percentage; what is small but not zero says so. */
export const percent = (ratio: number): string => {
  if (ratio > 0 && ratio < 0.01) return 'under 1 %';
  return `${Math.round(ratio * 100)} %`;
};

/** `jump_back_in` → `Jump back in`. */
export const unsnake = (code: string): string => {
  const spaced = code.replaceAll(/[_:-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** Position in a track: `3:07`, `1:02:45`. */
export const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** Listening time: `42 minutes`, `18 hours`, `31 days`. */
export const span = (ms: number): string => {
  const minutes = ms / 60_000;
  if (minutes < 90) return counted(Math.round(minutes), 'minute');
  if (minutes < 60 * 72) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 1440), 'day');
};

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365.25 * 86_400_000],
  ['month', 30.44 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `2 hours ago`, `yesterday`; `just now` within a minute. */
export const ago = (time: string, now: number): string => {
  const passed = now - Date.parse(time);
  const step = STEPS.find(([, ms]) => Math.abs(passed) >= ms);
  return step ? relative.format(-Math.round(passed / step[1]), step[0]) : 'just now';
};

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const day = (time: string): string => days.format(new Date(time));
export const moment = (time: string): string => moments.format(new Date(time));
export const month = (yearMonth: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${yearMonth}-01T00:00:00Z`),
  );

/** A chance as people say it: `certain`, `1 in 12`, `31 in 100`. */
export const chance = (probability: number): string => {
  if (probability >= 0.9995) return 'certain';
  if (probability >= 0.5) return `${Math.round(probability * 100)} in 100`;
  return probability > 0 ? `1 in ${count(Math.round(1 / probability))}` : 'impossible';
};

/** What a recorded action did. */
const ACTIONS: Readonly<Record<string, string>> = {
  like: 'liked',
  unlike: 'like taken back',
  dislike: 'disliked',
  hide: 'hidden',
  unhide: 'hiding undone',
  why: 'asked why',
  open_page: 'opened',
};

export const actionWord = (action: string): string => ACTIONS[action] ?? unsnake(action).toLowerCase();

const SOURCES: Readonly<Record<string, string>> = {
  familiar: 'What you play',
  forgotten: 'What you used to play',
  similar_items: 'Like something you play',
  similar_users: 'Listeners like you',
  new_artists: 'Artists new to you',
  daypart: 'This time of your day',
  session: 'Your last session',
  fresh: 'New here',
  editorial: 'The editors',
  popular: 'What others play',
};

export const sourceWord = (source: string): string => SOURCES[source] ?? unsnake(source);
