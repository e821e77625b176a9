import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { PAIRED_TEST_NAMES } from '#api';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { unsnake } from '../../words.ts';
import { Judged } from './judged.tsx';
import styles from './page.module.css';

const STANDARD = 'ndcg_cut.10 map P.10 recip_rank';

/** Files of a form as the server wants them; all but judgments and run may be left out. */
const askedBy = async (form: FormData) => {
  const textOf = async (name: string): Promise<string> => ((form.get(name) as File | null) ?? new Blob()).text();
  // What is left out is not sent.
  const given = async (name: string) => {
    const text = await textOf(name);
    return text === '' ? {} : { [name]: text };
  };
  return {
    qrels: await textOf('qrels'),
    run: await textOf('run'),
    ...(await given('other')),
    ...(await given('items')),
    ...(await given('plays')),
    measures: String(form.get('measures'))
      .split(/\s+/)
      .filter((word) => word !== ''),
    test: String(form.get('test')),
  };
};

const FileField = ({ name, label, required }: { name: string; label: string; required: boolean }) => {
  const id = useId();
  return (
    <label className={styles['field']} htmlFor={id}>
      {label}
      <input id={id} type="file" name={name} required={required} />
    </label>
  );
};

/** Drop a run and judgments: how good it is, and whether it is better than another one. */
export const JudgeForm = () => {
  const ids = { measures: useId(), test: useId() };
  const judge = useMutation({
    mutationFn: async (form: FormData) => call('evaluateRuns', { body: await askedBy(form) }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    judge.mutate(new FormData(event.currentTarget));
  };
  return (
    <>
      <section className={styles['panel']} aria-labelledby="judge">
        <h2 id="judge">Judge a run</h2>
        <form className={styles['form']} onSubmit={submit}>
          <FileField name="qrels" label="Judgments (topic 0 document relevance)" required />
          <FileField name="run" label="Run (topic Q0 document rank score run)" required />
          <FileField name="other" label="Compare with (optional)" required={false} />
          <FileField name="items" label="Catalogue (optional): item_id, genre" required={false} />
          <FileField name="plays" label="Played before (optional): user_id, item_id, plays" required={false} />
          <label className={styles['field']} htmlFor={ids.measures}>
            Measures, as trec_eval names them
            <input id={ids.measures} name="measures" defaultValue={STANDARD} required />
          </label>
          <label className={styles['field']} htmlFor={ids.test}>
            Test
            <select id={ids.test} name="test">
              {PAIRED_TEST_NAMES.map((name) => (
                <option key={name} value={name}>
                  {unsnake(name)}
                </option>
              ))}
            </select>
          </label>
          <Button kind="main" type="submit" disabled={judge.isPending}>
            {judge.isPending ? 'Judging…' : 'Judge'}
          </Button>
        </form>
      </section>
      {judge.isPending && (
        <div aria-busy="true" role="status">
          <span className="unseen">Judging…</span>
          <RowsSkeleton rows={5} />
        </div>
      )}
      {judge.isError && <ProblemView error={judge.error} />}
      {judge.isIdle && (
        <div className={styles['room']}>
          <EmptyState icon="log" title="Nothing judged yet">
            Drop judgments and a run into the fields above. With a second run you see who is better, topic by topic, and
            whether chance explains it; with a catalogue and what was played before, how new, varied and popular the
            lists are.
          </EmptyState>
        </div>
      )}
      {judge.isSuccess && <Judged judged={judge.data} />}
    </>
  );
};
