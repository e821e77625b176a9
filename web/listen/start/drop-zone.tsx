import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, useId, useState } from 'react';
import { IMPORT_FORMATS, type ImportJob } from '#api';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { statusQuery } from '../../queries.ts';
import styles from './page.module.css';

const FORMAT_WORDS: Readonly<Record<ImportJob['format'], string>> = {
  spotify: 'Spotify extended history',
  listenbrainz: 'ListenBrainz export',
  lastfm: 'Last.fm CSV',
  plays: 'Table of plays (CSV, TSV, NDJSON, Parquet)',
  items: 'Table of items (CSV, TSV, NDJSON, Parquet)',
};

const IMPORT = ['import'] as const;

interface Sent {
  readonly file: File;
  readonly format: string;
  readonly userId: string;
}

/**
 * Sends a file; a playground goes when the file has been told and the import begins. How it stands is read from the cache
 * of mutations: the frame around this page changes when the playground goes, and what was sent from the page before must
 * not be lost.
 */
const useImport = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { mutate } = useMutation({
    mutationKey: IMPORT,
    mutationFn: async ({ file, format, userId }: Sent) => {
      const query = { file_name: file.name, user_id: userId, format: format === '' ? undefined : format };
      return call('startImport', { query, body: file });
    },
    onSuccess: async ({ import_id }) => {
      await client.invalidateQueries({ queryKey: statusQuery.queryKey });
      await navigate({ to: '/start', search: { job: import_id } });
    },
  });
  const last = useMutationState({ filters: { mutationKey: IMPORT }, select: ({ state }) => state }).at(-1);
  const failed = last?.status === 'error' ? { error: last.error, file: (last.variables as Sent).file } : null;
  return { mutate, isPending: last?.status === 'pending', failed };
};

const Picker = ({ file, choose }: { file: File | null; choose: (file: File) => void }) => {
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <label
      className={styles['drop']}
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        const [dropped] = event.dataTransfer.files;
        if (dropped) choose(dropped);
      }}
    >
      <Icon name={file ? 'check' : 'file'} size={36} />
      <strong>{file ? file.name : 'Drop your history file here'}</strong>
      <span>
        {file
          ? `${(file.size / 1e6).toFixed(1)} MB. Choose another`
          : 'or choose it: zip, csv, tsv, json, ndjson, parquet'}
      </span>
      <input
        type="file"
        className="unseen"
        accept=".zip,.csv,.tsv,.json,.ndjson,.jsonl,.parquet,.txt"
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) choose(chosen);
        }}
      />
    </label>
  );
};

/** Takes a history file, and sends it. Over a playground it asks first, for that goes. */
export const DropZone = ({ playground }: { playground: boolean }) => {
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState('');
  const [userId, setUserId] = useState('me');
  const ids = { format: useId(), name: useId() };
  const sending = useImport();
  const send = () => file && sending.mutate({ file, format, userId });
  const button = (
    <Button
      kind="main"
      disabled={file === null || userId === '' || sending.isPending}
      {...(!playground && { onClick: send })}
    >
      {sending.isPending ? 'Sending the file…' : 'Import'}
    </Button>
  );
  return (
    <div className={styles['form']}>
      <Picker file={file} choose={setFile} />
      <div className={styles['fields']}>
        <label htmlFor={ids.format}>
          What it is
          <select id={ids.format} value={format} onChange={({ currentTarget }) => setFormat(currentTarget.value)}>
            <option value="">Tell it from the file</option>
            {IMPORT_FORMATS.map((each) => (
              <option key={each} value={each}>
                {FORMAT_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={ids.name}>
          What to call you here
          <input
            id={ids.name}
            value={userId}
            maxLength={200}
            onChange={({ currentTarget }) => setUserId(currentTarget.value.trim())}
          />
        </label>
        {playground ? (
          <Confirm trigger={button} title="The playground goes first" action="Remove it and import" run={() => send()}>
            <p>Its made-up listeners would blur what is learned from you. It is removed with everything in it.</p>
          </Confirm>
        ) : (
          button
        )}
      </div>
      {sending.failed && (
        <>
          <p>{sending.failed.file.name} was not imported.</p>
          <ProblemView error={sending.failed.error} />
        </>
      )}
    </div>
  );
};
