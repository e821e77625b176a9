import type { JudgedRunsWire } from '#api';
import { Scroller } from '../../components/scroller.tsx';
import styles from './page.module.css';
import { BEYOND_WORDS, withInterval } from './view.ts';

/** What lists are like beside being right: one row a measure, with the question it answers. */
export const Beyond = ({ judged }: { judged: JudgedRunsWire }) => {
  const other = judged.other_run_id;
  return (
    <section className={styles['panel']} aria-labelledby="beyond">
      <h2 id="beyond">Beyond accuracy</h2>
      <p className={styles['soft']}>The first ten items of each list; means over listeners with 95 % intervals.</p>
      <Scroller className={styles['scroll']} label="Measures beyond accuracy">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">{judged.run_id}</th>
              {other !== null && <th scope="col">{other}</th>}
              <th scope="col">Question</th>
            </tr>
          </thead>
          <tbody>
            {judged.beyond.map(({ measure, run, other: against }) => (
              <tr key={measure}>
                <th scope="row">{BEYOND_WORDS[measure].name}</th>
                <td>{withInterval(run)}</td>
                {other !== null && <td>{withInterval(against)}</td>}
                <td>{BEYOND_WORDS[measure].question}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
};
