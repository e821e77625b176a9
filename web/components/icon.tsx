/** The signs of the house, 24 × 24, drawn in the colour of the text around them. */

const SHAPES = {
  home: 'M4 11.2 12 4l8 7.2M6 9.8V20h4.6v-5.6h2.8V20H18V9.8',
  weekly: 'M5 6.5h14V20H5zM5 10.5h14M8.5 4v4M15.5 4v4M9 15.2l2.2 2 4-4.2',
  radio:
    'M12 12h.01M8.5 15.5a5 5 0 0 1 0-7M15.5 15.5a5 5 0 0 0 0-7M5.6 18.4a9 9 0 0 1 0-12.8M18.4 18.4a9 9 0 0 0 0-12.8',
  taste: 'M12 20.2C6.4 16.6 3.6 13.3 3.6 9.7A4.5 4.5 0 0 1 12 7.4a4.5 4.5 0 0 1 8.4 2.3c0 3.6-2.8 6.9-8.4 10.5z',
  like: 'M12 20.2C6.4 16.6 3.6 13.3 3.6 9.7A4.5 4.5 0 0 1 12 7.4a4.5 4.5 0 0 1 8.4 2.3c0 3.6-2.8 6.9-8.4 10.5z',
  hide: 'M4 4l16 16M9.6 5.6A9.7 9.7 0 0 1 12 5.3c4.6 0 7.7 3.4 9 6.7a12 12 0 0 1-2.7 4M6.2 7.4A12.6 12.6 0 0 0 3 12c1.3 3.3 4.4 6.7 9 6.7 1.6 0 3-.4 4.2-1M10 10a2.9 2.9 0 0 0 4 4',
  why: 'M9.2 9.3a2.9 2.9 0 1 1 4.1 2.7c-.900.4-1.3 1-1.3 1.9v.400M12 17.3h.01M12 3.2a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.6z',
  play: 'M8 5.2v13.6L19 12z',
  pause: 'M7 5.5h3.4v13H7zM13.6 5.5H17v13h-3.4z',
  skip: 'M6 5.6v12.8L14.8 12zM16.6 5.6H19v12.8h-2.4z',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.7 3.8v4.4h-4.4',
  spark: 'M12 3.5c.6 4.8 3.1 7.5 8.5 8.5-5.4 1-7.9 3.7-8.5 8.5-.6-4.8-3.1-7.5-8.5-8.5 5.4-1 7.9-3.7 8.5-8.5z',
  repeat: 'M6.2 9.6h.01M6.2 14.4h.01M11 5v14M15 5h4v14h-4z',
  both: 'M7.5 12a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0zM12 3.2v2.2M12 18.6v2.2M3.2 12h2.2M18.6 12h2.2',
  studio: 'M4.5 19.5v-6M9.5 19.5V8.5M14.5 19.5v-8.5M19.5 19.5V4.5',
  fork: 'M6 4v6a4 4 0 0 0 4 4h8M6 14v6M14.5 10.5 18 14l-3.5 3.5',
  compass: 'M12 3.2a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.6zM15.8 8.200l-2.300 5.300-5.300 2.300 2.300-5.300z',
  flask:
    'M10 4v6.2L5 18.6A1.4 1.4 0 0 0 6.200 20.700h11.600a1.400 1.400 0 0 0 1.200-2.100L14 10.200V4M8.500 4h7M7.800 15h8.400',
  log: 'M5 5.5h14M5 10h14M5 14.5h9M5 19h6',
  light:
    'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M18.5 5.5l-1.4 1.4M6.9 17.1l-1.4 1.4',
  dark: 'M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2z',
  system: 'M4 5.5h16v10.5H4zM9 20h6M12 16v4',
  person: 'M12 4.2a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8zM4.8 20c.7-3.7 3.6-5.6 7.2-5.6s6.5 1.9 7.2 5.6',
  close: 'M6 6l12 12M18 6 6 18',
  add: 'M12 5v14M5 12h14',
  file: 'M6.5 3.5H14l4 4v13H6.5zM14 3.5v4h4',
  down: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  on: 'M9.5 5.5 16 12l-6.5 6.5',
  check: 'M5 12.6l4.6 4.6L19 7.6',
  alert: 'M12 4 2.9 19.5h18.2zM12 10v4.4M12 17h.01',
} as const;

export type IconName = keyof typeof SHAPES;

const SOLID: readonly IconName[] = ['play', 'pause', 'skip', 'spark'];

export const Icon = ({ name, size = 20, solid }: { name: IconName; size?: number; solid?: boolean }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill={(solid ?? SOLID.includes(name)) ? 'currentColor' : 'none'}
    stroke="currentColor"
    strokeWidth={1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={SHAPES[name]} />
  </svg>
);
