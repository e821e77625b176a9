import { useMutation } from '@tanstack/react-query';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { say } from '../../components/toasts.tsx';
import { toProblem } from '../../problem.ts';

const save = (text: string, name: string) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

/** Everything kept of the listener, as a file of one JSON object a line. */
export const ExportButton = ({ userId }: { userId: string }) => {
  const fetching = useMutation({
    mutationFn: () => call('exportUser', { params: { user_id: userId } }),
    onSuccess: (lines) => save(lines, `ritornello-${userId}.ndjson`),
    onError: (error) => say(`${toProblem(error).title}: ${toProblem(error).detail}`),
  });
  return (
    <Button icon="down" onClick={() => fetching.mutate()} disabled={fetching.isPending}>
      {fetching.isPending ? 'Gathering…' : 'Export everything'}
    </Button>
  );
};
