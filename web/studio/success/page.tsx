import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { DefinitionRow, SuccessMap } from '#api';
import { Answered } from '../../components/answered.tsx';
import { NoticeLine } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { unsnake } from '../../words.ts';
import styles from './page.module.css';
import { successQuery } from './queries.ts';
import { aUnit, gapsSaid, type MapRow, mapOf } from './view.ts';

const Cell = ({ names, differs }: { names: readonly string[]; differs: boolean }) => (
  <td className={names.length === 0 ? styles['gap'] : names.length > 1 ? styles['many'] : undefined}>
    {names.length === 0 ? (
      <span className="unseen">no definition</span>
    ) : (
      names.map((name) => (
        <Link key={name} to="/studio/success/$name" params={{ name }} className={styles['name']}>
          {unsnake(name)}
        </Link>
      ))
    )}
    {differs && <span className={styles['soft']}>by device</span>}
  </td>
);

const MapTable = ({ rows }: { rows: readonly MapRow[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what rolls sideways must be reached by keyboard.
  <section className={`${styles['scroll']} ${styles['map-frame']}`} aria-label="Map of definitions" tabIndex={0}>
    <table className={styles['map']}>
      <thead>
        <tr>
          <th scope="col">Surface</th>
          {rows[0]?.cells.map(({ intent }) => (
            <th key={intent} scope="col">
              {unsnake(intent)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ surface, cells }) => (
          <tr key={surface}>
            <th scope="row">{unsnake(surface)}</th>
            {cells.map(({ intent, definitions, differs }) => (
              <Cell key={intent} names={definitions} differs={differs} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Definitions = ({ definitions }: { definitions: readonly DefinitionRow[] }) => (
  <ul className={styles['cards']}>
    {definitions.map(({ name, version, question, unit, horizon, origin, decides }) => (
      <li key={`${name}@${version}`} className={decides ? undefined : styles['old']}>
        <Link to="/studio/success/$name" params={{ name: `${name}@${version}` }}>
          <strong>{unsnake(name)}</strong> <span className={styles['soft']}>version {version}</span>
          <span className={styles['question']}>{question}</span>
          <span className={styles['soft']}>
            of {aUnit(unit)}, within {horizon}
            {origin === 'own' ? ', kept here' : ''}
            {decides ? '' : ', an older version'}
          </span>
        </Link>
      </li>
    ))}
  </ul>
);

const DefinitionMap = ({ map }: { map: SuccessMap }) => {
  const [device, setDevice] = useState<string | null>(null);
  const id = useId();
  const rows = mapOf(map, device);
  const devices = [...new Set(map.cells.map((cell) => cell.device))];
  return (
    <>
      <h2 className={styles['part']}>Which definition decides where</h2>
      <label htmlFor={id} className={styles['pick']}>
        Device
        <select id={id} value={device ?? ''} onChange={({ currentTarget }) => setDevice(currentTarget.value || null)}>
          <option value="">all of them</option>
          {devices.map((each) => (
            <option key={each} value={each}>
              {unsnake(each)}
            </option>
          ))}
        </select>
      </label>
      <p className={styles['soft']}>
        {gapsSaid(rows)}{' '}
        <span className={styles['sideways']}>The map goes on to the right: swipe it, or use the arrow keys.</span>
      </p>
      {map.ties.map((tie) => (
        <NoticeLine key={tie} icon="alert">
          {tie}
        </NoticeLine>
      ))}
      <MapTable rows={rows} />
      <h2 className={styles['part']}>Definitions</h2>
      <Definitions definitions={map.definitions} />
    </>
  );
};

/** What success is, by surface, intent and device. */
export const SuccessPage = () => {
  const query = useQuery(successQuery);
  return (
    <>
      <PageHead
        over="Studio"
        title="Success"
        lede="What success is depends on what it was for. It is declared once, and everything reads the same definition."
      />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(map) => <DefinitionMap map={map} />}
      </Answered>
    </>
  );
};
