import { describe, expect, it } from 'vitest';
import { deviceOf } from './spotify-platform.ts';

describe('the device a platform text names', () => {
  it.each([
    ['Android OS 4.2.2 API 17 (maker, model)', 'mobile'],
    ['android', 'mobile'],
    ['iOS 10.3.3 (iPhone8,1)', 'mobile'],
    ['iOS 12.0 (iPad6,11)', 'tablet'],
    ['Windows 10 (10.0.17763; x64)', 'desktop'],
    ['OS X 10.13.3 [x86 8]', 'desktop'],
    ['Linux [x86-64 0]', 'desktop'],
    ['osx', 'desktop'],
    ['web_player windows 10;chrome 79.0;desktop', 'web'],
    ['Partner sony_tv Sony;BRAVIA', 'tv'],
    ['Partner google cast_tv;Chromecast', 'tv'],
    ['Partner sonos_ppc Sonos;Play1', 'speaker'],
    ['Partner android_car', 'car'],
    ['not_applicable', undefined],
    [undefined, undefined],
  ] as const)('%s: %s', (platform, device) => {
    expect(deviceOf(platform)).toBe(device);
  });
});
