import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { experimentsKey } from '../../queries.ts';
import styles from './page.module.css';
import { documentName } from './view.ts';

const FIRST = `name: more_to_explore
hypothesis: A home with more to explore brings people back.
arms:
  - name: control
  - name: bolder
    policy: { exploration: 0.25 }
success: [{ metric: "return_rate[7d]" }]
guardrails: [{ metric: skip_rate, margin: 0.05 }]
target: 0.05
horizon_days: 28
planned_units: 2000
`;

/** A document of an experiment, written and planned here. */
export const PlanForm = ({ open }: { open: boolean }) => {
  const [text, write] = useState(FIRST);
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = documentName(text);
  const plan = useMutation({
    mutationFn: (experiment: string) => call('putExperiment', { params: { experiment }, body: new Blob([text]) }),
    onSuccess: async ({ document }) => {
      await client.invalidateQueries({ queryKey: experimentsKey });
      await navigate({ to: '/studio/experiments/$name', params: { name: document.name } });
    },
  });
  return (
    <details className={styles['panel']} open={open}>
      <summary>Plan an experiment</summary>
      <form
        className={styles['groups']}
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== null) plan.mutate(name);
        }}
      >
        <label htmlFor="document">Document, YAML or JSON</label>
        <textarea
          id="document"
          className={styles['document']}
          rows={14}
          spellCheck={false}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
        <div>
          <Button kind="main" disabled={name === null || plan.isPending} type="submit">
            {name === null ? 'It needs a name' : `Plan ${name}`}
          </Button>
        </div>
        {plan.isError && <ProblemView error={plan.error} />}
      </form>
    </details>
  );
};
