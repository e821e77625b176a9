/** Spotify's free text on the platform, to the kind of device. The text itself names vendors and models: it is not kept. */

import type { Device } from '#domain';

/** First match decides, so what is special stands before what is general: a car runs Android too. */
const PLATFORMS: readonly (readonly [RegExp, Device])[] = [
  [/web_player|webplayer/i, 'web'],
  [/(?:^|[^a-z])car(?:[^a-z]|$)|android auto|carplay|automotive|tesla|volvo/i, 'car'],
  [/(?:^|[^a-z])tv(?:[^a-z]|$)|android_tv|tizen|webos|playstation|xbox|chromecast|firetv|roku/i, 'tv'],
  [/watch|wear ?os|garmin|fitbit/i, 'watch'],
  [/speaker|sonos|cast|echo|alexa|google[ _]home|homepod|bose|denon/i, 'speaker'],
  [/ipad|tablet/i, 'tablet'],
  [/android|ios|iphone|ipod|windows phone/i, 'mobile'],
  [/windows|os x|osx|macos|linux/i, 'desktop'],
];

/** Undefined where the text tells nothing, as `not_applicable` does. */
export const deviceOf = (platform: string | undefined): Device | undefined => {
  if (platform === undefined) return undefined;
  return PLATFORMS.find(([pattern]) => pattern.test(platform))?.[1];
};
