import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { Brand } from '../brand.tsx';
import { Icon, type IconName } from '../icon.tsx';
import { ListenerSwitch } from './listener-switch.tsx';
import styles from './nav.module.css';
import { ThemeSwitch } from './theme-switch.tsx';

interface Entry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly word: string;
  /** Lit on its own page alone, not on those below it. */
  readonly exact?: boolean;
}

const LISTEN: readonly Entry[] = [
  { to: '/', icon: 'home', word: 'Home', exact: true },
  { to: '/weekly', icon: 'weekly', word: 'Weekly' },
  { to: '/radio', icon: 'radio', word: 'Radio' },
  { to: '/taste', icon: 'taste', word: 'My taste' },
];
const STUDIO: readonly Entry[] = [
  { to: '/studio', icon: 'studio', word: 'Overview', exact: true },
  { to: '/studio/metrics', icon: 'studio', word: 'Metrics' },
  { to: '/studio/experiments', icon: 'both', word: 'Experiments' },
  { to: '/studio/slates', icon: 'log', word: 'Decisions' },
  { to: '/studio/evaluation', icon: 'check', word: 'Evaluation' },
  { to: '/studio/policies', icon: 'fork', word: 'Policies' },
  { to: '/studio/success', icon: 'taste', word: 'Success' },
  { to: '/studio/compass', icon: 'compass', word: 'Compass' },
  { to: '/studio/lab', icon: 'flask', word: 'Lab' },
];

const Entries = ({ entries }: { entries: readonly Entry[] }) => (
  <ul>
    {entries.map(({ to, icon, word, exact = false }) => (
      <li key={to}>
        <Link
          to={to}
          className={styles['entry']}
          activeOptions={{ exact, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon name={icon} size={21} />
          {word}
        </Link>
      </li>
    ))}
  </ul>
);

/** From the side, where there is room. */
export const SideNav = () => (
  <header className={styles['side']}>
    <Link to="/" className={styles['brand']} aria-label="Ritornello, home">
      <Brand />
    </Link>
    <nav aria-label="Listen">
      <h2 className={styles['group']}>Listen</h2>
      <Entries entries={LISTEN} />
    </nav>
    <nav aria-label="Studio">
      <h2 className={styles['group']}>Studio</h2>
      <Entries entries={STUDIO} />
    </nav>
    <nav aria-label="Data">
      <h2 className={styles['group']}>Data</h2>
      <Entries entries={[{ to: '/start', icon: 'add', word: 'Add history' }]} />
    </nav>
    <div className={styles['foot']}>
      <ListenerSwitch />
      <ThemeSwitch />
    </div>
  </header>
);

/** Above the page, on a phone. */
export const TopBar = () => (
  <header className={styles['top']}>
    <Link to="/" className={styles['brand']} aria-label="Ritornello, home">
      <Brand />
    </Link>
    <div>
      <ListenerSwitch />
      <ThemeSwitch />
    </div>
  </header>
);

const showOpenPage = (bar: HTMLElement | null) =>
  bar?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

/** From one page of the Studio to the next, on a phone; the bar rolls sideways to the page that is open. */
export const StudioBar = () => {
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (!/^\/studio(\/|$)/.test(path)) return null;
  return (
    <nav key={path} className={styles['pages']} aria-label="Studio pages" ref={showOpenPage}>
      <Entries entries={STUDIO} />
    </nav>
  );
};

/** Under the thumb, on a phone. */
export const BottomNav = () => (
  <nav className={styles['bottom']} aria-label="Main">
    <Entries entries={[...LISTEN, { to: '/studio', icon: 'studio', word: 'Studio' }]} />
  </nav>
);
