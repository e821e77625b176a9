import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { LabWire } from '#api';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { Drawer } from '../../components/drawer.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { say } from '../../components/toasts.tsx';
import { toProblem } from '../../problem.ts';
import { labQuery } from '../../queries.ts';
import styles from './page.module.css';
import { beginning, keptName } from './view.ts';

type World = LabWire['worlds'][number];

const keep = (text: string) => call('keepLabWorld', { body: new Blob([text]) });

/** Paste, upload or write; the server says what is wrong with it and where. */
const Editor = ({ lab, text: first, kept }: { lab: LabWire; text: string; kept: (name: string) => void }) => {
  const ids = { text: useId(), file: useId() };
  const [text, setText] = useState(first);
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: () => keep(text),
    onSuccess: (answer) => {
      const name = keptName(answer, text);
      client.setQueryData(labQuery.queryKey, answer);
      say(`Kept “${name}”.`);
      kept(name);
    },
  });
  const write = (to: string) => {
    setText(to);
    keeping.reset();
  };
  return (
    <form
      className={styles['own']}
      onSubmit={(event) => {
        event.preventDefault();
        keeping.mutate();
      }}
    >
      <p className={styles['note']}>
        What it does not say is standard. It is kept on this server under its name; one of that name is replaced.
      </p>
      <label htmlFor={ids.text}>World, YAML</label>
      <textarea
        id={ids.text}
        rows={14}
        spellCheck={false}
        required
        value={text}
        onChange={({ currentTarget }) => write(currentTarget.value)}
      />
      <label htmlFor={ids.file}>Or from a file</label>
      <input
        id={ids.file}
        type="file"
        accept=".yaml,.yml,text/yaml"
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) write(await file.text());
        }}
      />
      {keeping.error && <ProblemView error={keeping.error} />}
      <Button kind="main" type="submit" disabled={keeping.isPending}>
        {keeping.isPending ? 'Keeping…' : 'Keep this world'}
      </Button>
      <details>
        <summary>What a world can say</summary>
        <dl className={styles['fields']}>
          {lab.fields.map(({ name, standard, from, to, doc }) => (
            <div key={name}>
              <dt>
                <code>{name}</code> {standard} unless said, from {from} to {to}
              </dt>
              <dd>{doc}</dd>
            </div>
          ))}
        </dl>
      </details>
    </form>
  );
};

/** What the chosen world is, and what can be done about it. */
export const WorldActs = ({ lab, world, choose }: { lab: LabWire; world: World; choose: (name: string) => void }) => {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const show = (answer: LabWire) => client.setQueryData(labQuery.queryKey, answer);
  const undo = async () => {
    try {
      show(await keep(world.text));
      choose(world.name);
      say(`“${world.name}” is back.`);
    } catch (error) {
      say(toProblem(error).detail);
    }
  };
  const removing = useMutation({
    mutationFn: () => call('removeLabWorld', { params: { world: world.name } }),
    onSuccess: (answer) => {
      show(answer);
      say(`Removed “${world.name}”.`, { label: 'Undo', run: () => void undo() });
    },
  });
  return (
    <>
      <div className={styles['chosen']}>
        <p className={styles['note']}>{world.about === '' ? 'A world of your own.' : world.about}</p>
        <Button kind="quiet" icon={world.own ? 'file' : 'add'} onClick={() => setOpen(true)}>
          {world.own ? 'Change this world' : 'A world of your own'}
        </Button>
        {world.own && (
          <Button kind="quiet" icon="close" disabled={removing.isPending} onClick={() => removing.mutate()}>
            Remove this world
          </Button>
        )}
      </div>
      {removing.error && <ProblemView error={removing.error} />}
      <Drawer open={open} close={() => setOpen(false)} title={world.own ? world.name : 'A world of your own'}>
        <Editor
          lab={lab}
          text={world.own ? world.text : beginning(world)}
          kept={(name) => {
            choose(name);
            setOpen(false);
          }}
        />
      </Drawer>
    </>
  );
};
