import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId } from 'react';
import type { MetricWire } from '#api';
import { buttonClass } from '../../components/button.tsx';
import { unsnake } from '../../words.ts';
import styles from './page.module.css';

const BY = [
  ['intent', 'Intent'],
  ['device', 'Device'],
  ['intent,device', 'Intent and device'],
  ['surface', 'Surface'],
  ['surface,device', 'Surface and device'],
  ['', 'Everybody together'],
] as const;

/** Success has a metric a definition, which its parameter names. */
const metricWords = ({ name, title, family }: MetricWire): string =>
  family === 'success' ? `${title}: ${unsnake(name.slice(name.indexOf('[') + 1, -1))}` : `${unsnake(family)}: ${title}`;

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
      <select id={id} name={name} key={value} defaultValue={value}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
};

/** What is looked at: kept in the address, so that a view can be handed on. */
export const Choices = ({ metrics, metric, by }: { metrics: readonly MetricWire[]; metric: string; by: string }) => {
  const navigate = useNavigate({ from: '/studio/metrics' });
  const search = useSearch({ from: '/studio/metrics' });
  const ids = { from: useId(), to: useId() };
  return (
    <form
      className={styles['choices']}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = new FormData(event.currentTarget);
        const word = (name: string) => String(asked.get(name) ?? '').trim() || undefined;
        void navigate({
          search: {
            metric: word('metric'),
            by: String(asked.get('by') ?? ''),
            from: word('from'),
            to: word('to'),
            count: word('count'),
            against: word('against'),
          },
        });
      }}
    >
      <Choice
        name="metric"
        label="Metric"
        value={metric}
        options={metrics.map((one) => [one.name, metricWords(one)])}
      />
      <Choice name="by" label="By" value={by} options={BY} />
      <Choice
        name="count"
        label="Each counts once"
        value={search.count ?? 'users'}
        options={[
          ['users', 'listener'],
          ['events', 'event'],
        ]}
      />
      <Choice
        name="against"
        label="Compare"
        value={search.against ?? ''}
        options={[
          ['', 'nothing'],
          ['before', 'the period before'],
        ]}
      />
      <label htmlFor={ids.from}>
        From
        <input id={ids.from} type="date" name="from" key={search.from} defaultValue={search.from} />
      </label>
      <label htmlFor={ids.to}>
        To (excluded)
        <input id={ids.to} type="date" name="to" key={search.to} defaultValue={search.to} />
      </label>
      <button type="submit" className={buttonClass('main')}>
        Show
      </button>
    </form>
  );
};
