import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useId, useRef, useState } from 'react';
import type { DefinitionPage } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { unsnake } from '../../words.ts';
import { Marked } from './marked.tsx';
import styles from './page.module.css';
import { PreviewView } from './preview-view.tsx';
import { checkQuery, definitionQuery, preview, save } from './queries.ts';
import { type Finding, nextVersion, offsetOf } from './view.ts';

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
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const check = useQuery(checkQuery(useDeferredValue(text)));
  const findings = check.data?.findings ?? [];
  const isGood = check.data !== undefined && check.data.definition !== null;
  const shown = useMutation({ mutationFn: () => preview(text, against) });
  const client = useQueryClient();
  const navigate = useNavigate();
  const saving = useMutation({
    mutationFn: () => save(text),
    onSuccess: async ({ name, version }) => {
      await client.invalidateQueries({ queryKey: ['studio', 'success'] });
      await navigate({ to: '/studio/success/$name', params: { name: `${name}@${version}` } });
    },
  });
  const go = (finding: Finding) => {
    const at = offsetOf(text, finding.line, finding.column);
    area.current?.focus();
    area.current?.setSelectionRange(at, Math.max(at + 1, offsetOf(text, finding.end_line, finding.end_column)));
  };
  return (
    <>
      <PageHead
        over="Success"
        title={`A copy of ${unsnake(row.name)}`}
        lede="Errors are told as you write. See whose outcome would change before you keep it."
      />
      <label htmlFor={id}>Definition, YAML</label>
      <textarea
        id={id}
        ref={area}
        className={styles['editor']}
        value={text}
        spellCheck={false}
        rows={Math.min(40, text.split('\n').length + 1)}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          shown.reset();
        }}
        aria-describedby={`${id}-found`}
      />
      <div id={`${id}-found`} aria-live="polite">
        {check.isError && <ProblemView error={check.error} retry={() => void check.refetch()} />}
        {check.data && findings.length === 0 && <p className={styles['achieved']}>No findings.</p>}
        <Findings findings={findings} go={go} />
      </div>
      {findings.length > 0 && <Marked text={text} findings={findings} />}
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
