import { useQuery } from '@tanstack/react-query';
import type { Card, Slate } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState, NoticeLine } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { weeklyQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import { CardRow } from '../card-row.tsx';
import { basisWords } from '../home/view.ts';
import type { CardContext } from '../item-card.tsx';
import { ItemRows } from '../item-row.tsx';
import { usePlayer } from '../player/player-context.tsx';
import { trackOf } from '../player/tracks.ts';
import { useFeelings, useReactions } from '../use-reactions.ts';
import styles from './page.module.css';
import { viewWeekly, weekWords } from './view.ts';

const Part = ({
  title,
  lede,
  cards,
  context,
}: {
  title: string;
  lede: string;
  cards: readonly Card[];
  context: CardContext;
}) =>
  cards.length === 0 ? null : (
    <section className={styles['part']}>
      <h2>{title}</h2>
      <p>{lede}</p>
      <ItemRows label={title}>
        {cards.map((card) => (
          <CardRow key={card.item.item_id} card={card} context={context} lead={card.slot + 1} />
        ))}
      </ItemRows>
    </section>
  );

const List = ({ userId, slate }: { userId: string; slate: Slate }) => {
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const player = usePlayer();
  const view = viewWeekly(slate, feelings.hidden);
  const context = { userId, slate, surface: 'weekly_discovery' as const, feelings, react };
  const [first] = [...view.closest, ...view.further];
  const said = [basisWords(slate.basis), ...slate.notices, ...view.short].filter((words) => words !== null);
  if (first === undefined) {
    return (
      <EmptyState icon="weekly" title="No list this week">
        {said.join(' ') || 'There is nothing here that you have not played. More catalogue makes more to discover.'}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles['top']}>
        <Button kind="main" icon="play" onClick={() => void player.play(trackOf(slate, first))}>
          Play
        </Button>
        {[...new Set(said)].map((words) => (
          <NoticeLine key={words} icon="why">
            {words}
          </NoticeLine>
        ))}
      </div>
      <Part title="Closest to you" lede="To begin on safe ground." cards={view.closest} context={context} />
      <Part title="Further out" lede="The rest of the way." cards={view.further} context={context} />
    </>
  );
};

/** Weekly discovery: a list of things never played, new every Monday. */
export const WeeklyPage = ({ userId }: { userId: string }) => {
  const query = useQuery(weeklyQuery(userId));
  const { since, daysLeft } = weekWords(new Date());
  const left = daysLeft === 0 ? 'The next one comes today.' : `The next one comes in ${counted(daysLeft, 'day')}.`;
  return (
    <>
      <PageHead
        over={`Week of ${since}`}
        title="Your weekly discovery"
        lede={`Nothing here has ever been played by you. New every Monday, 06:00 your time. ${left}`}
      />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(slate) => <List userId={userId} slate={slate} />}
      </Answered>
    </>
  );
};
