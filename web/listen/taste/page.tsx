import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#api';
import { DayClock } from '../../charts/day-clock.tsx';
import { Figure } from '../../charts/figure.tsx';
import { seriesColour } from '../../charts/series.ts';
import { ShareBars } from '../../charts/share-bars.tsx';
import { Answered } from '../../components/answered.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { profileQuery } from '../../queries.ts';
import { counted, percent } from '../../words.ts';
import { Breadth } from './breadth.tsx';
import { Erase } from './erase.tsx';
import { ExportButton } from './export-button.tsx';
import { FeelingList } from './feeling-list.tsx';
import { Months } from './months.tsx';
import styles from './page.module.css';
import { daypartWords, wholeWords } from './view.ts';

const Pictures = ({ profile }: { profile: Profile }) => (
  <div className={styles['grid']}>
    <section className={styles['panel']}>
      <Figure title="Artists you return to" said="By plays.">
        <ShareBars
          colour={seriesColour(0)}
          bars={profile.top_artists.slice(0, 10).map(({ artist_id, name, plays }) => ({
            key: artist_id,
            name,
            value: plays,
            said: counted(plays, 'play'),
          }))}
        />
      </Figure>
    </section>
    <section className={styles['panel']}>
      <Figure title="When you listen" said={daypartWords(profile.dayparts)}>
        {profile.dayparts.length > 0 && <DayClock dayparts={profile.dayparts} />}
      </Figure>
    </section>
    <section className={`${styles['panel']} ${styles['wide']}`}>
      <Months months={profile.months} />
    </section>
    <section className={styles['panel']}>
      <Figure
        title="What it sounds like"
        said={profile.top_tags.length > 0 ? 'Tags, by share of your plays.' : 'Nothing here carries tags.'}
      >
        {profile.top_tags.length > 0 && (
          <ShareBars
            colour={seriesColour(1)}
            bars={profile.top_tags
              .slice(0, 10)
              .map(({ tag, share }) => ({ key: tag, name: tag, value: share, said: percent(share) }))}
          />
        )}
      </Figure>
    </section>
    <section className={styles['panel']}>
      <Breadth profile={profile} />
    </section>
  </div>
);

const Known = ({ userId, profile }: { userId: string; profile: Profile }) => (
  <>
    <p className={styles['whole']}>{wholeWords(profile)}</p>
    <Pictures profile={profile} />
    <div className={styles['feelings']}>
      <FeelingList
        userId={userId}
        title="Liked"
        items={profile.liked}
        back="unlike"
        word="Take back"
        empty="Nothing yet. The heart on any card puts it here."
      />
      <FeelingList
        userId={userId}
        title="Hidden"
        items={profile.hidden}
        back="unhide"
        word="Show again"
        empty="Nothing. What you hide never comes back until you say so here."
      />
      {profile.disliked.length > 0 && (
        <FeelingList userId={userId} title="Disliked" items={profile.disliked} back={null} word="" empty="" />
      )}
    </div>
    <section className={styles['yours']}>
      <h2>It is yours</h2>
      <p>Take everything that is kept of you along, or have it erased.</p>
      <div className={styles['actions']}>
        <ExportButton userId={userId} />
        <Erase userId={userId} />
      </div>
    </section>
  </>
);

/** My taste: everything that is known of the listener, and what they can do about it. */
export const TastePage = ({ userId }: { userId: string }) => {
  const query = useQuery(profileQuery(userId));
  return (
    <>
      <PageHead over={userId} title="My taste" lede="All that Ritornello knows of you, in pictures and words." />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(profile) => <Known userId={userId} profile={profile} />}
      </Answered>
    </>
  );
};
