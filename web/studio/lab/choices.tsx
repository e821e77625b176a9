import { useId, useState } from 'react';
import type { LabWire } from '#api';
import { buttonClass } from '../../components/button.tsx';
import form from '../metrics/page.module.css';
import { WorldActs } from './own-world.tsx';
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
  name: 'first' | 'second';
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

/** Those that come with the program, and one's own. */
const WorldChoice = ({
  worlds,
  world,
  set,
}: {
  worlds: LabWire['worlds'];
  world: string;
  set: (to: string) => void;
}) => {
  const id = useId();
  const options = (own: boolean) =>
    worlds
      .filter((each) => each.own === own)
      .map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ));
  return (
    <label htmlFor={id}>
      World
      <select id={id} name="world" value={world} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {worlds.some(({ own }) => own) ? (
          <>
            <optgroup label="Your own">{options(true)}</optgroup>
            <optgroup label="Come with the program">{options(false)}</optgroup>
          </>
        ) : (
          options(false)
        )}
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
  const [chosen, setChosen] = useState(at.world);
  // One that has been removed gives way to the first look.
  const world = [chosen, FIRST.world].flatMap((name) => lab.worlds.filter((each) => each.name === name))[0];
  if (world === undefined) return null;
  return (
    <>
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
        <WorldChoice worlds={lab.worlds} world={world.name} set={setChosen} />
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
      <WorldActs lab={lab} world={world} choose={setChosen} />
    </>
  );
};
