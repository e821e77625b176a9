/** Every format of import by its name. */

import type { OpenFormat } from '../import/history-format.ts';
import type { ImportFormat } from '../import/import-report.ts';
import { openItems } from './items.ts';
import { openLastfm } from './lastfm.ts';
import { openListenBrainz } from './listenbrainz.ts';
import { openPlays } from './plays.ts';
import { openSpotify } from './spotify.ts';

export const FORMATS: Readonly<Record<ImportFormat, OpenFormat>> = {
  spotify: openSpotify,
  listenbrainz: openListenBrainz,
  lastfm: openLastfm,
  plays: openPlays,
  items: openItems,
};
