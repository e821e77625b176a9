import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { POLICY_REWARDS } from '#api';
import { buttonClass } from '../../components/button.tsx';
import { unsnake } from '../../words.ts';
import table from '../decisions/page.module.css';
import { successQuery } from '../success/queries.ts';
import { EXAMPLE, OWN, PRESETS, REWARD_WORDS } from './asked.ts';
import styles from './page.module.css';

const SURFACES = ['home', 'weekly_discovery', 'radio'] as const;

/** Units that can be credited to a card, those of cards first. */
const CREDITED = ['impression', 'play', 'list', 'session', 'journey'];

/** What is replayed, on what, and what a card earns. */
export const Choices = () => {
  const navigate = useNavigate({ from: '/studio/policies' });
  const {
    surface = 'home',
    policy = 'half',
    reward = 'played',
    document = '',
  } = useSearch({ from: '/studio/policies' });
  const [chosen, setChosen] = useState(policy);
  const ids = { surface: useId(), policy: useId(), reward: useId(), document: useId() };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const asked = new FormData(event.currentTarget);
        const word = (name: string) => String(asked.get(name));
        const own = chosen === OWN ? word('document') : undefined;
        void navigate({
          search: { surface: word('surface'), policy: word('policy'), reward: word('reward'), document: own },
        });
      }}
    >
      <div className={table['filters']}>
        <label htmlFor={ids.surface}>
          Surface
          <select id={ids.surface} name="surface" key={surface} defaultValue={surface}>
            {SURFACES.map((each) => (
              <option key={each} value={each}>
                {unsnake(each)}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={ids.policy}>
          Policy
          <select
            id={ids.policy}
            name="policy"
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          >
            {Object.entries(PRESETS).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            <option value={OWN}>from a document</option>
          </select>
        </label>
        <Reward id={ids.reward} reward={reward} />
        <button type="submit" className={buttonClass('plain')}>
          Replay
        </button>
      </div>
      {chosen === OWN && (
        <label className={styles['document']} htmlFor={ids.document}>
          What it does otherwise, YAML
          <textarea
            id={ids.document}
            name="document"
            defaultValue={document === '' ? EXAMPLE : document}
            rows={6}
            spellCheck={false}
          />
        </label>
      )}
    </form>
  );
};

const Reward = ({ id, reward }: { id: string; reward: string }) => {
  const { data } = useQuery(successQuery);
  const definitions = (data?.definitions ?? [])
    .filter(({ decides, unit }) => decides && CREDITED.includes(unit))
    .toSorted((a, b) => CREDITED.indexOf(a.unit) - CREDITED.indexOf(b.unit) || (a.name < b.name ? -1 : 1));
  return (
    <label htmlFor={id}>
      A card earns
      <select id={id} name="reward" key={`${reward} ${definitions.length}`} defaultValue={reward}>
        <optgroup label="1 when">
          {POLICY_REWARDS.map((each) => (
            <option key={each} value={each}>
              {REWARD_WORDS[each]}
            </option>
          ))}
        </optgroup>
        <optgroup label="the success of what it led to">
          {definitions.map(({ name, unit }) => (
            <option key={name} value={name}>
              {unsnake(name)} ({unit})
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
};
