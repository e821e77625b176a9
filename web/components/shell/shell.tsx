import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import type { Status } from '#api';
import { useListener } from '../../listen/listener.ts';
import { AudioOutput } from '../../listen/player/audio-output.tsx';
import { PlayerBar } from '../../listen/player/player-bar.tsx';
import { PlayerProvider } from '../../listen/player/player-context.tsx';
import { WhyPanel } from '../../listen/why/panel.tsx';
import { isBare, statusQuery } from '../../queries.ts';
import { Brand } from '../brand.tsx';
import { ProblemView } from '../problem-view.tsx';
import { ShelvesSkeleton } from '../skeleton.tsx';
import { Toasts } from '../toasts.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { BottomNav, SideNav, StudioBar, TopBar } from './nav.tsx';
import { PlaygroundBanner } from './playground-banner.tsx';
import styles from './shell.module.css';
import { TrainingNote } from './training-note.tsx';

/** Everything around a page of someone who is here. */
const Furnished = ({ status, userId }: { status: Status; userId: string }) => (
  <PlayerProvider key={userId} userId={userId}>
    <div className={styles['layout']}>
      <SideNav />
      <div className={styles['column']}>
        <PlaygroundBanner status={status} />
        <TopBar />
        <StudioBar />
        <main id="main" className={styles['main']} tabIndex={-1}>
          <TrainingNote status={status} />
          <Outlet />
        </main>
      </div>
      <BottomNav />
    </div>
    <AudioOutput />
    <PlayerBar userId={userId} />
    <WhyPanel />
  </PlayerProvider>
);

const Inside = ({ status }: { status: Status }) => {
  const userId = useListener();
  if (isBare(status) && userId === null) {
    return (
      <main id="main" className={styles['bare']} tabIndex={-1}>
        <Outlet />
      </main>
    );
  }
  return <Furnished status={status} userId={userId ?? 'me'} />;
};

/** The frame of all pages: skip link, what is known of the engine, and the dialogs that any page may need. */
export const Shell = () => {
  const status = useQuery(statusQuery);
  return (
    <>
      <a className={`unseen ${styles['skip']}`} href="#main">
        Skip to the page
      </a>
      {status.data && <Inside status={status.data} />}
      {!status.data && (
        <main id="main" className={styles['bare']} tabIndex={-1}>
          <h1 className={styles['alone']}>
            <Brand />
          </h1>
          {status.isError ? (
            <ProblemView error={status.error} retry={() => void status.refetch()} />
          ) : (
            <div role="status" aria-busy="true">
              <span className="unseen">Loading…</span>
              <ShelvesSkeleton />
            </div>
          )}
        </main>
      )}
      <KeyDialog />
      <Toasts />
    </>
  );
};
