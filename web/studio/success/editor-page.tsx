import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import type { DefinitionPage } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { Watching } from '../../components/watching.tsx';
import { useSettled } from '../../settled.ts';
import { uuid } from '../../uuid.ts';
import { unsnake } from '../../words.ts';
import { DefinitionText, type DefinitionTextHandle } from './definition-text.tsx';
import styles from './page.module.css';
import { PreviewView } from './preview-view.tsx';
import { checkQuery, definitionQuery, preview, save } from './queries.ts';
import { type Finding, nextVersion } from './view.ts';

/** A text is checked when nothing has been typed for so long. */
const SETTLED_MS = 300;

const Findings = ({ findings, go }: { findings: readonly Finding[]; go: (finding: Finding) => void }) => (
  <ul className={styles['findings']} aria-label="Findings">
    {findings.map((finding) => (
      <li key={`${finding.line}:${finding.column} ${finding.message}`} className={styles[finding.severity]}>
        <button type="button" onClick={() => go(finding)}>
          line {finding.line}, column {finding.column}
        </button>{' '}
        {finding.severity}: {finding.message} <span className={styles['soft']}>[{finding.rule}]</span>
      </li>
    ))}
  </ul>
);

const Editor = ({ page }: { page: DefinitionPage }) => {
  const { row, versions, source } = page;
  const against = `${row.name}@${row.version}`;
  const [text, setText] = useState(() => nextVersion(source, Math.max(...versions)));
  const field = useRef<DefinitionTextHandle>(null);
  const id = useId();
  const settled = useSettled(text, SETTLED_MS);
  const check = useQuery(checkQuery(settled));
  // Of an older text places are others: nothing is marked until the one that stands there was read.
  const findings = (settled === text && check.data?.findings) || [];
  const isGood = settled === text && check.data !== undefined && check.data.definition !== null;
  const [watch] = useState(uuid);
  const shown = useMutation({ mutationFn: () => preview(text, against, watch) });
  const client = useQueryClient();
  const navigate = useNavigate();
  const saving = useMutation({
    mutationFn: () => save(text),
    onSuccess: async ({ name, version }) => {
      await client.invalidateQueries({ queryKey: ['studio', 'success'] });
      await navigate({ to: '/studio/success/$name', params: { name: `${name}@${version}` } });
    },
  });
  return (
    <>
      <PageHead
        over="Success"
        title={`A copy of ${unsnake(row.name)}`}
        lede="Errors are told as you write. See whose outcome would change before you keep it."
      />
      <label htmlFor={id}>Definition, YAML</label>
      <DefinitionText
        id={id}
        ref={field}
        text={text}
        findings={findings}
        onText={(changed) => {
          setText(changed);
          shown.reset();
        }}
      />
      <div id={`${id}-found`} aria-live="polite">
        {check.isError && <ProblemView error={check.error} retry={() => void check.refetch()} />}
        {settled === text && check.data?.findings.length === 0 && <p className={styles['achieved']}>No findings.</p>}
        <Findings findings={findings} go={(finding) => field.current?.go(finding)} />
        {findings.length > 0 && (
          <p className={styles['soft']}>F8 in the text goes to the next finding, with Shift to the one before.</p>
        )}
      </div>
      <p className={styles['acts']}>
        <Button disabled={!isGood || shown.isPending} onClick={() => shown.mutate()}>
          {shown.isPending ? 'Reading…' : 'See what would change'}
        </Button>
        <Button kind="main" disabled={!isGood || saving.isPending} onClick={() => saving.mutate()}>
          Keep as a new version
        </Button>
        <Link className={buttonClass('quiet')} to="/studio/success/$name" params={{ name: against }}>
          Leave it
        </Link>
      </p>
      {shown.isPending && (
        <div role="status">
          <Watching watch={watch} doing="Reading the last four weeks under both" />
        </div>
      )}
      {shown.isError && <ProblemView error={shown.error} retry={() => shown.mutate()} />}
      {saving.isError && <ProblemView error={saving.error} retry={() => saving.mutate()} />}
      {shown.data && <PreviewView answer={shown.data} />}
    </>
  );
};

/** Change a copy of a definition; nothing is kept until it is told to. */
export const SuccessEditorPage = () => {
  const { name } = useParams({ from: '/studio/success/$name/edit' });
  const query = useQuery(definitionQuery(name));
  return (
    <Answered query={query} waiting={<RowsSkeleton />} heading="Change a definition">
      {(page) => <Editor key={name} page={page} />}
    </Answered>
  );
};
