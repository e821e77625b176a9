/** Devices by how a page is seen on them: the reason why the same click means different things. */

import type { Device } from '#domain';

/**
 * `scroll`: long pages under the thumb; `fold`: what lies below the first screen is rarely seen; `row`: shelves moved
 * through with a remote; `spoken`: one answer, no page.
 */
export const LAYOUTS = ['scroll', 'fold', 'row', 'spoken', 'unknown'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** `handheld`, `desk`, `lounge` (shared, far away), `ambient` (heard, not seen), `unknown`. */
export type DeviceClass = 'handheld' | 'desk' | 'lounge' | 'ambient' | 'unknown';

const CLASSES: Readonly<Record<Device, readonly [DeviceClass, Layout]>> = {
  mobile: ['handheld', 'scroll'],
  tablet: ['handheld', 'scroll'],
  watch: ['handheld', 'row'],
  desktop: ['desk', 'fold'],
  web: ['desk', 'fold'],
  tv: ['lounge', 'row'],
  speaker: ['ambient', 'spoken'],
  car: ['ambient', 'spoken'],
  other: ['unknown', 'unknown'],
};

export const deviceClassOf = (device: string): DeviceClass => CLASSES[device as Device]?.[0] ?? 'unknown';
export const layoutOf = (device: string): Layout => CLASSES[device as Device]?.[1] ?? 'unknown';
