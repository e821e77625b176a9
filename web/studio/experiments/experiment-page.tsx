import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ExperimentAnalysis, type ExperimentEntry, type ExperimentMetric, effectReason } from '#api';
import { call } from '../../client.ts';
import { Answered } from '../../components/answered.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { Scroller } from '../../components/scroller.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { experimentAnalysisQuery, experimentPowerQuery, experimentQuery, experimentsKey } from '../../queries.ts';
import { count, percent, unsnake } from '../../words.ts';
import { Forest, Looks, PowerCurve } from './charts.tsx';
import styles from './page.module.css';
import { Parts, Randomization } from './parts.tsx';
import { estimateWords, lookPoints, progressOf, signedPercent, stateWord } from './view.ts';

const Exposure = ({ analysis }: { analysis: ExperimentAnalysis }) => (
  <section className={styles['panel']} aria-labelledby="exposure">
    <h2 id="exposure">Exposure</h2>
    <p>
      {percent(progressOf(analysis))} of {count(analysis.planned_units)} planned units; {count(analysis.users)} users.
    </p>
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Arm</th>
          <th scope="col">Exposed</th>
        </tr>
      </thead>
      <tbody>
        {analysis.arms.map(({ arm, exposed }) => (
          <tr key={arm}>
            <th scope="row">{arm}</th>
            <td>{count(exposed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Checks = ({ analysis }: { analysis: ExperimentAnalysis }) => (
  <section className={styles['panel']} aria-labelledby="checks">
    <h2 id="checks">Can the data be trusted</h2>
    <ul className={styles['checks']}>
      {analysis.checks.map(({ check, state, says }) => (
        <li key={`${check} ${says}`} data-state={state}>
          <strong>{unsnake(state)}</strong> {says}
        </li>
      ))}
    </ul>
  </section>
);

const Metric = ({ metric }: { metric: ExperimentMetric }) =>
  metric.changes.map(({ arm, relative, p_value }) => (
    <tr key={arm}>
      <th scope="row">{metric.metric}</th>
      <td>{metric.role}</td>
      <td>{arm}</td>
      <td>
        {metric.arms
          .map(({ arm: name, estimate }) => `${name} ${estimate.ok ? estimate.value.toPrecision(4) : '–'}`)
          .join(', ')}
      </td>
      <td>{estimateWords(relative, signedPercent)}</td>
      <td>{p_value === null ? '–' : p_value < 1e-4 ? 'under 0.0001' : p_value.toFixed(4)}</td>
      <td>{metric.margin === null ? '–' : `${(100 * metric.margin).toFixed(1)} %`}</td>
    </tr>
  ));

const HEADS = ['Metric', 'Role', 'Arm', 'Values', 'Change and interval', 'p', 'Margin'];

const Result = ({ analysis }: { analysis: ExperimentAnalysis }) => (
  <>
    {analysis.advice !== null && <p className={styles['advice']}>{analysis.advice}</p>}
    {analysis.verdicts.map(({ arm, decision, sentence }) => (
      <p key={arm} className={styles['verdict']} data-decision={decision}>
        {sentence}
      </p>
    ))}
    <section className={styles['panel']}>
      <Forest analysis={analysis} />
    </section>
    {analysis.metrics.length > 0 && (
      <Scroller className={styles['scroll']} label="Metrics">
        <table className={styles['table']}>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {analysis.metrics.map((metric) => (
              <Metric key={metric.metric} metric={metric} />
            ))}
          </tbody>
        </table>
      </Scroller>
    )}
    {analysis.metrics.flatMap(({ metric, cut }) =>
      cut === null
        ? []
        : [
            <p key={metric} className={styles['soft']}>
              {cut.says}
            </p>,
          ],
    )}
    {lookPoints(analysis.path).length > 0 && (
      <section className={styles['panel']}>
        <Looks analysis={analysis} />
      </section>
    )}
    <Randomization tests={analysis.randomization} />
    <Parts reports={analysis.slices} />
    <div className={styles['grid']}>
      <Exposure analysis={analysis} />
      <Checks analysis={analysis} />
    </div>
    {analysis.allocation !== null && (
      <p className={styles['soft']}>
        Error {analysis.allocation.alpha}: {analysis.allocation.alpha_success} for each success metric,{' '}
        {analysis.allocation.alpha_guardrail} for each guardrail. Beta {analysis.allocation.beta.toPrecision(2)}:{' '}
        {analysis.allocation.beta_each.toPrecision(2)} for each test.
      </p>
    )}
  </>
);

const Plan = ({ entry }: { entry: ExperimentEntry }) => {
  const query = useQuery(experimentPowerQuery(entry.document.name));
  return (
    <Answered query={query} waiting={<RowsSkeleton rows={4} />}>
      {(power) => (
        <section className={styles['panel']}>
          {power.advice !== null && <p className={styles['advice']}>{power.advice}</p>}
          <PowerCurve power={power} wanted={entry.document.power} target={entry.document.target} />
          <ul className={styles['entries']}>
            {power.metrics.map(({ metric, detectable, needed, variance_left }) => (
              <li key={metric}>
                {metric}: {count(entry.document.planned_units)} units see {signedPercent(detectable)}
                {needed === null ? '' : `; ${count(needed)} units for what is asked for`}; {percent(variance_left)} of
                the variance left by what was known before.
              </li>
            ))}
            {power.unknown.map(({ metric, reason }) => (
              <li key={metric}>
                {metric}: unknown, {effectReason(reason)}.
              </li>
            ))}
          </ul>
          <p className={styles['soft']}>From {count(power.users)} users in the last whole window.</p>
        </section>
      )}
    </Answered>
  );
};

const Judged = ({ name }: { name: string }) => (
  <Answered query={useQuery(experimentAnalysisQuery(name))} waiting={<RowsSkeleton rows={6} />}>
    {(analysis) => <Result analysis={analysis} />}
  </Answered>
);

const Act = ({ entry }: { entry: ExperimentEntry }) => {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (verb: 'startExperiment' | 'stopExperiment') =>
      call(verb, { params: { experiment: entry.document.name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: experimentsKey }),
  });
  if (entry.state === 'stopped') return null;
  const verb = entry.state === 'planned' ? ('startExperiment' as const) : ('stopExperiment' as const);
  return (
    <>
      <Button kind="main" disabled={act.isPending} onClick={() => act.mutate(verb)}>
        {verb === 'startExperiment' ? 'Start' : 'Stop for good'}
      </Button>
      {act.isError && <ProblemView error={act.error} />}
    </>
  );
};

/** One experiment: its plan before it starts, then what it found. */
export const ExperimentPage = () => {
  const { name } = useParams({ from: '/studio/experiments/$name' });
  const query = useQuery(experimentQuery(name));
  return (
    <Answered query={query} heading="Experiment" waiting={<RowsSkeleton rows={6} />}>
      {(entry) => (
        <>
          <PageHead
            over={`Studio · Experiments · ${stateWord[entry.state]}`}
            title={entry.document.name}
            lede={entry.document.hypothesis}
            actions={<Act entry={entry} />}
          />
          <div className={styles['groups']}>
            {entry.state === 'planned' ? <Plan entry={entry} /> : <Judged name={name} />}
          </div>
        </>
      )}
    </Answered>
  );
};
