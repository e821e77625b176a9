/** The surface a play belongs to when it names no slate: where its source puts it. */

import type { PlaySource, Surface } from '#domain';

export const SURFACE_OF_SOURCE: Readonly<Record<PlaySource, Surface | ''>> = {
  user_collection: 'library',
  catalogue: 'artist',
  editorial: 'playlist',
  algorithmic: 'playlist',
  personalized_playlist: 'playlist',
  charts: 'playlist',
  radio: 'radio',
  autoplay: 'autoplay',
  search: 'search',
  voice: 'voice',
  queue: 'queue',
  unknown: '',
};
