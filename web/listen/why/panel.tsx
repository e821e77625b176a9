import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Why } from '#api';
import { askedWhy, notAsking } from '../../address.ts';
import { Answered } from '../../components/answered.tsx';
import { Cover } from '../../components/cover.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { whyQuery } from '../../queries.ts';
import { count, percent, unsnake } from '../../words.ts';
import styles from './panel.module.css';
import { caveats, choiceWords, leftOut, technical } from './view.ts';

const Contributions = ({ of }: { of: Why['contributions'] }) =>
  of.length === 0 ? null : (
    <section>
      <h3>What in your history brought it</h3>
      <ul className={styles['contributions']}>
        {of.map(({ item, share }) => (
          <li key={item.item_id}>
            <Cover item={item} className={styles['small']} />
            <span className={styles['part']}>
              <strong>{item.title}</strong>
              {item.artist !== null && <span> · {item.artist}</span>}
              <span className={styles['track']}>
                <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
              </span>
            </span>
            <span className={styles['share']}>{percent(share)}</span>
          </li>
        ))}
      </ul>
    </section>
  );

const Account = ({ why }: { why: Why }) => {
  const left = leftOut(why.filtered);
  return (
    <div className={styles['account']}>
      <header className={styles['head']}>
        <Cover item={why.item} className={styles['cover']} />
        <div>
          <p className={styles['title']}>{why.item.title}</p>
          <p className={styles['soft']}>{why.item.artist ?? 'Artist unknown'}</p>
        </div>
      </header>
      <p className={styles['sentence']}>
        {why.explanation?.text ?? 'Nothing true and short can be said of it; the whole account is below.'}
      </p>
      {caveats(why).map((words) => (
        <p key={words} className={styles['caveat']}>
          {words}
        </p>
      ))}
      <section>
        <h3>How it got here</h3>
        <ol className={styles['steps']}>
          {why.account.map(({ step, text }) => (
            <li key={step + text}>
              <strong>{unsnake(step)}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </section>
      <Contributions of={why.contributions} />
      <section>
        <h3>Chance</h3>
        <p>{choiceWords(why)}</p>
      </section>
      {left.length > 0 && (
        <section>
          <h3>Left out before the choice</h3>
          <ul className={styles['left']}>
            {left.map(({ reason, items }) => (
              <li key={reason}>
                <strong>{count(items)}</strong> {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <details className={styles['technical']}>
        <summary>For the curious</summary>
        <dl>
          {technical(why).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
};

const Asked = ({ slateId, itemId }: { slateId: string; itemId: string }) => (
  <Answered query={useQuery(whyQuery(slateId, itemId))} waiting={<RowsSkeleton rows={5} />}>
    {(why) => <Account why={why} />}
  </Answered>
);

/** Why a card stands where it stands; which one is asked for is in the address, so it can be shared and gone back from. */
export const WhyPanel = () => {
  const navigate = useNavigate();
  const { why } = useSearch({ from: '__root__' });
  const asked = askedWhy(why);
  const close = () => void navigate({ to: '.', search: notAsking });
  return (
    <Drawer open={asked !== null} close={close} title="Why this?">
      {asked && <Asked {...asked} />}
    </Drawer>
  );
};
