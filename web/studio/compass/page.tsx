import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId } from 'react';
import type { CompassWire } from '#api';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { compassQuery } from '../../queries.ts';
import { Cards } from './cards.tsx';
import { CorpusDrop } from './corpus-drop.tsx';
import { Disagreements } from './disagreements.tsx';
import { Matrix } from './matrix.tsx';
import styles from './page.module.css';
import { Return } from './return.tsx';
import { Validation } from './validation.tsx';
import { corpusWords } from './view.ts';
import { Weights } from './weights.tsx';

const Choose = ({ compass }: { compass: CompassWire }) => {
  const navigate = useNavigate({ from: '/studio/compass' });
  const { outcome, quick } = useSearch({ from: '/studio/compass' });
  const ids = { outcome: useId(), quick: useId() };
  const options = (compass.corpus?.metrics ?? []).map((name) => (
    <option key={name} value={name}>
      {name}
    </option>
  ));
  return (
    <form className={styles['choose']}>
      <label htmlFor={ids.outcome}>
        Long-term outcome
        <select
          id={ids.outcome}
          value={compass.outcome}
          onChange={({ currentTarget }) => void navigate({ search: { outcome: currentTarget.value, quick } })}
        >
          {options}
        </select>
      </label>
      <label htmlFor={ids.quick}>
        Quick metric to be wary of
        <select
          id={ids.quick}
          value={compass.quick}
          onChange={({ currentTarget }) => void navigate({ search: { outcome, quick: currentTarget.value } })}
        >
          {options}
        </select>
      </label>
    </form>
  );
};

const Ready = ({ compass }: { compass: CompassWire }) =>
  compass.corpus === null ? (
    <EmptyState icon="studio" title="No past experiments yet" actions={<CorpusDrop />}>
      Which metric predicts return is learned from many experiments. Those run here join once their window has passed.
      Drop a corpus of earlier ones here: a table with a line for each experiment and metric, with its effect, standard
      error and size.
    </EmptyState>
  ) : (
    <>
      <p className={styles['soft']}>{corpusWords(compass)}</p>
      <Choose compass={compass} />
      <Cards compass={compass} />
      <Matrix compass={compass} />
      <Weights compass={compass} />
      <Validation compass={compass} />
      <Disagreements compass={compass} />
      <CorpusDrop />
    </>
  );

/** Studio: which metrics predict return. */
export const CompassPage = () => {
  const { outcome, quick } = useSearch({ from: '/studio/compass' });
  const query = useQuery(compassQuery(outcome, quick));
  return (
    <>
      <PageHead over="Studio" title="Compass" lede="Which metrics predict return, learned from past experiments." />
      <Answered query={query} waiting={<RowsSkeleton rows={6} />}>
        {(compass) => <Ready compass={compass} />}
      </Answered>
      <Return />
    </>
  );
};
