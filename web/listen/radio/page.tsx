import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { profileQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import { ItemRow, ItemRows } from '../item-row.tsx';
import { usePlayer, usePlayerState } from '../player/player-context.tsx';
import { NowPlaying } from './now-playing.tsx';
import styles from './page.module.css';
import { UpNext } from './up-next.tsx';

/** Nothing plays yet: where radio can start from. */
const Starts = ({ userId }: { userId: string }) => {
  const player = usePlayer();
  const profile = useQuery(profileQuery(userId));
  const items = profile.data?.top_items.slice(0, 8) ?? [];
  return (
    <>
      <EmptyState
        icon="radio"
        title="Start from where you are"
        actions={
          <Button kind="main" icon="play" onClick={() => void player.startRadio(null)}>
            Play on from my last session
          </Button>
        }
      >
        Radio goes on from what you played last, or from any one thing. Each skip changes what comes next.
      </EmptyState>
      {items.length > 0 && (
        <section className={styles['starts']}>
          <h2>Or from something you play</h2>
          <ItemRows label="Something to start from">
            {items.map(({ item, plays }) => (
              <ItemRow
                key={item.item_id}
                item={item}
                note={counted(plays, 'play')}
                end={
                  <Button kind="quiet" icon="radio" onClick={() => void player.startRadio(item.item_id)}>
                    Start<span className="unseen"> radio from {item.title}</span>
                  </Button>
                }
              />
            ))}
          </ItemRows>
        </section>
      )}
    </>
  );
};

/** Radio: one track after the other, and each reaction counts for the next. */
export const RadioPage = ({ userId }: { userId: string }) => {
  const player = usePlayer();
  const state = usePlayerState();
  const { current, queue, loading, failure } = state;
  const idle = current === null && queue.length === 0;
  return (
    <>
      <PageHead title="Radio" lede="Keeps the music going, and listens to what you skip." />
      {failure !== null && <ProblemView error={failure} retry={() => void player.reconsider()} />}
      {idle && loading && <RowsSkeleton rows={5} />}
      {idle && !loading && <Starts userId={userId} />}
      <div className={styles['stage']}>
        {current && <NowPlaying userId={userId} state={state} current={current} />}
        {!idle && <UpNext userId={userId} state={state} />}
      </div>
    </>
  );
};
