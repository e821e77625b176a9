import { Button } from './button.tsx';

/** Gives a text away as a file of that name. */
export const Download = ({ name, text, of }: { name: string; text: () => string; of: string }) => (
  <Button
    kind="quiet"
    onClick={() => {
      const url = URL.createObjectURL(new Blob([text()], { type: 'text/csv' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      URL.revokeObjectURL(url);
    }}
  >
    Download <span className="unseen">the data of {of} as CSV</span>
  </Button>
);
