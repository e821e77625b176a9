/** Invented names: artists are made of syllables, so that none is a real one; titles of ordinary words. */

import type { Rng } from '#math';
import { pick } from './weighted-draw.ts';

const ONSETS = 'b c d f g k l l m m n n p r r s s t t v v z br dr fl gr kr st tr th sh'.split(' ');
const VOWELS = 'a a a e e e i i o o u ia ea'.split(' ');
const CODAS = ['', '', '', 'l', 'm', 'n', 'r', 's', 'th', 'nd', 'sk', 'x', 'lin', 'ra', 'do', 'vik'];
const GROUPS = 'Ensemble Quartet Orchestra Trio Collective Union Society Choir Parade Assembly'.split(' ');
const QUALITIES =
  'Amber Borrowed Broken Careful Distant Early Electric Empty Faded Folded Gentle Glass Golden Heavy Hidden Hollow Late Little Long Lost Low Midnight Northern Open Paper Patient Quiet Restless Second Shallow Silver Sleeping Slow Small Soft Southern Strange Sudden Summer Tender Tidal Tired Unsent Velvet Warm Wild Winter Yellow'.split(
    ' ',
  );
const THINGS =
  'Accident Afternoon Alphabet Anchor Answer Atlas Avenue Balcony Bicycle Border Bridge Calendar Canal Carousel Cinema Coast Compass Corridor Distance Door Echo Engine Evening Ferry Fever Field Garden Gravity Harbour Hotel Island Lantern Ladder Letter Lilac Lighthouse Machine Map Meadow Mirror Morning Motorway Mountain Museum Neon Orchard Photograph Pier Pilot Radio Rain Receipt River Rooftop Satellite Season Shadow Shoreline Signal Stairwell Station Storm Suitcase Telephone Theatre Thread Tide Tram Tunnel Umbrella Valley Weather Window'.split(
    ' ',
  );
const DOINGS =
  'Arriving Becoming Calling Carrying Chasing Counting Crossing Dancing Drifting Falling Following Forgetting Keeping Leaving Listening Losing Measuring Missing Moving Painting Reading Remembering Returning Running Sailing Sleeping Staying Swimming Waiting Walking'.split(
    ' ',
  );
const PLACES = [
  'after Dark',
  'at Noon',
  'at the Border',
  'before Rain',
  'by the Water',
  'in Blue',
  'in the Kitchen',
  'on Sunday',
  'over the City',
  'past Midnight',
  'Underground',
  'with the Windows Open',
];

const of = (words: readonly string[], rng: Rng): string => pick(words, rng.int(words.length));

const inventWord = (syllables: number, rng: Rng): string => {
  let word = '';
  for (let n = 0; n < syllables; n++) word += of(ONSETS, rng) + of(VOWELS, rng);
  word += of(CODAS, rng);
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** Short names only in pairs: a single short word could be someone's. */
const artistForm = (rng: Rng): string => {
  const form = rng.next();
  if (form < 0.25) return inventWord(3, rng);
  if (form < 0.68) return `${inventWord(2, rng)} ${inventWord(2, rng)}`;
  if (form < 0.86) return `The ${inventWord(2, rng)} ${of(GROUPS, rng)}`;
  return `${inventWord(3, rng)} & the ${of(THINGS, rng)}s`;
};

const titleForm = (rng: Rng): string => {
  const form = rng.next();
  if (form < 0.3) return `${of(QUALITIES, rng)} ${of(THINGS, rng)}`;
  if (form < 0.5) return `${of(DOINGS, rng)} ${of(PLACES, rng)}`;
  if (form < 0.65) return `The ${of(THINGS, rng)} ${of(PLACES, rng)}`;
  if (form < 0.8) return `${of(DOINGS, rng)} the ${of(THINGS, rng)}`;
  if (form < 0.92) return of(THINGS, rng);
  return `${of(THINGS, rng)} and ${of(THINGS, rng)}`;
};

const showForm = (rng: Rng): string => {
  const form = rng.next();
  if (form < 0.4) return `The ${of(QUALITIES, rng)} ${of(THINGS, rng)} Show`;
  if (form < 0.7) return `${of(DOINGS, rng)} with ${inventWord(3, rng)}`;
  return `${inventWord(3, rng)} Talks`;
};

/** A maker of names that are all different. */
const distinct = (make: (rng: Rng) => string) => {
  const taken = new Set<string>();
  return (rng: Rng): string => {
    for (;;) {
      const name = make(rng);
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
};

export interface Namer {
  /** Never the same twice. */
  readonly artist: (rng: Rng) => string;
  /** Never the same twice. */
  readonly show: (rng: Rng) => string;
  /** Of albums and tracks; may repeat, as they do in the world. */
  readonly title: (rng: Rng) => string;
}

export const createNamer = (): Namer => ({
  artist: distinct(artistForm),
  show: distinct(showForm),
  title: titleForm,
});
