import { useId } from 'react';
import type { LabWire } from '#api';
import { buttonClass } from '../../components/button.tsx';
import form from '../metrics/page.module.css';
import { policyWord } from './view.ts';

export interface Asked {
  readonly world: string;
  readonly first: string;
  readonly second: string;
  readonly listeners: string;
  readonly weeks: string;
  readonly worlds: string;
  readonly seed: string;
}

const FIRST: Asked = {
  world: 'small',
  first: 'click_greedy',
  second: 'discover',
  listeners: '80',
  weeks: '12',
  worlds: '5',
  seed: '1',
};

const NUMBERS = [
  ['listeners', 'Listeners', 10, 2000],
  ['weeks', 'Weeks', 2, 26],
  ['worlds', 'Worlds', 3, 10],
  ['seed', 'Seed', 0, 1_000_000],
] as const;

const Choice = ({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
}) => {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <select id={id} name={name} defaultValue={value}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
};

/** A world, two policies, and how much of it. */
export const Choices = ({ lab, run }: { lab: LabWire; run: (asked: Asked) => void }) => {
  const id = useId();
  const request = lab.run?.request;
  const at = { ...FIRST, ...(request && Object.fromEntries(Object.entries(request).map(([k, v]) => [k, String(v)]))) };
  const policies = lab.policies.map(
    ({ name, knows_truth }) => [name, `${policyWord(name)}${knows_truth ? ' (knows the truth)' : ''}`] as const,
  );
  return (
    <form
      className={form['choices']}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const word = (name: string): string => String(data.get(name));
        run({
          world: word('world'),
          first: word('first'),
          second: word('second'),
          listeners: word('listeners'),
          weeks: word('weeks'),
          worlds: word('worlds'),
          seed: word('seed'),
        });
      }}
    >
      <Choice name="world" label="World" value={at.world} options={lab.worlds.map(({ name }) => [name, name])} />
      <Choice name="first" label="First policy" value={at.first} options={policies} />
      <Choice name="second" label="Second policy" value={at.second} options={policies} />
      {NUMBERS.map(([name, label, min, max]) => (
        <label key={name} htmlFor={`${id}${name}`}>
          {label}
          <input id={`${id}${name}`} name={name} type="number" required min={min} max={max} defaultValue={at[name]} />
        </label>
      ))}
      <button type="submit" className={buttonClass('main')} disabled={lab.run?.state === 'running'}>
        Run
      </button>
    </form>
  );
};
