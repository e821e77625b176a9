import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { call } from '../../client.ts';
import { Icon } from '../../components/icon.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { compassKey } from '../../queries.ts';
import { counted } from '../../words.ts';
import styles from './page.module.css';

/** Takes a corpus file in place of the one there is. */
export const CorpusDrop = () => {
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const sending = useMutation({
    mutationFn: (file: File) => call('putCorpus', { body: file }),
    onSuccess: () => client.invalidateQueries({ queryKey: compassKey }),
  });
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className={styles['send']}>
      <label
        className={styles['drop']}
        data-over={over}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          const [dropped] = event.dataTransfer.files;
          if (dropped) sending.mutate(dropped);
        }}
      >
        <Icon name="file" size={28} />
        <strong>{sending.isPending ? 'Sending the corpus…' : 'Drop a corpus of experiments'}</strong>
        <span className={styles['hint']}>
          or choose it: csv, tsv or json lines with experiment, metric, effect, se, n
        </span>
        <input
          type="file"
          className="unseen"
          accept=".csv,.tsv,.txt,.ndjson,.jsonl,.json"
          onChange={({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen) sending.mutate(chosen);
            currentTarget.value = '';
          }}
        />
      </label>
      <p role="status" className={styles['soft']}>
        {sending.isSuccess &&
          `Taken: ${counted(sending.data.experiments, 'experiment')}, ${counted(sending.data.rows, 'row')}.`}
      </p>
      {sending.isError && <ProblemView error={sending.error} />}
    </div>
  );
};
