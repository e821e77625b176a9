import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Slate } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { EmptyState, NoticeLine } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ShelvesSkeleton } from '../../components/skeleton.tsx';
import { say } from '../../components/toasts.tsx';
import { toProblem } from '../../problem.ts';
import { freshHome, homeQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import { ShelfRow } from '../shelf-row.tsx';
import { useFeelings, useReactions } from '../use-reactions.ts';
import styles from './page.module.css';
import { greeting, viewHome } from './view.ts';

const Shelves = ({ userId, slate }: { userId: string; slate: Slate }) => {
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const view = viewHome(slate, feelings);
  const context = { userId, slate, surface: 'home' as const, feelings, react };
  if (view.shelves.length === 0) {
    return (
      <EmptyState
        icon="home"
        title="Nothing to put on your home yet"
        actions={
          <Link className={buttonClass('main')} to="/start">
            Add your history
          </Link>
        }
      >
        {view.notices.join(' ') || 'Import what you have listened to, or play something: the next page will know.'}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles['notices']}>
        {view.basis && <NoticeLine icon="why">{view.basis}</NoticeLine>}
        {view.notices.map((notice) => (
          <NoticeLine key={notice} icon="alert">
            {notice}
          </NoticeLine>
        ))}
      </div>
      {view.shelves.map((shelf, at) => (
        <ShelfRow key={shelf.shelf} shelf={shelf} context={context} nextId={view.shelves[at + 1]?.shelf ?? null} />
      ))}
      <p className={styles['end']}>
        {counted(view.cards, 'card')}, {view.explored} of them chosen to find out whether you like them.{' '}
        <Link to="/studio/slates/$slateId" params={{ slateId: slate.slate_id }}>
          See how this page was decided
        </Link>
      </p>
    </>
  );
};

/** Home: shelves of what comes back and what is new. */
export const HomePage = ({ userId }: { userId: string }) => {
  const client = useQueryClient();
  const query = useQuery(homeQuery(userId));
  const refresh = useMutation({
    mutationFn: () => freshHome(userId),
    onSuccess: (slate) => client.setQueryData(homeQuery(userId).queryKey, slate),
    onError: (error) => say(toProblem(error).title),
  });
  return (
    <>
      <PageHead
        title={greeting(new Date().getHours())}
        lede="What comes back, and what you have not met yet."
        actions={
          <Button icon="refresh" onClick={() => refresh.mutate()} disabled={refresh.isPending}>
            {refresh.isPending ? 'Choosing anew…' : 'New page'}
          </Button>
        }
      />
      <Answered query={query} waiting={<ShelvesSkeleton />}>
        {(slate) => <Shelves userId={userId} slate={slate} />}
      </Answered>
    </>
  );
};
