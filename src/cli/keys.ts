import { type Command, Option } from 'commander';
import { ROLES, type Role } from '#api';
import { createKey, type Flags, readKeys, revokeKey } from '#app';
import { addConfigOptions, addJsonOption, configOf, type DataOptions } from './data-options.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello keys create --role ingest --name collector
  ritornello keys list
  ritornello keys revoke --name collector

Roles: ingest writes events and items; serve reads for listeners; admin may do all. A key is shown once, when it is
made; only its hash is kept. A running server reads its keys when it starts.`;

interface KeyOptions extends DataOptions {
  readonly name: string;
  readonly role: Role;
}

export const addKeys = (verb: Command, terminal: Terminal): void => {
  const keys = verb.addHelpText('after', HELP);
  const add = (verb: string, says: string): Command => {
    const command = keys.command(verb).description(says);
    return addJsonOption(addConfigOptions(command, ['data', 'keysFile']));
  };

  add('create', 'Make a key and print it, once.')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'what it is for; names it in limits and logs')
    .action((options: KeyOptions & Flags) => {
      const { role, name } = options;
      const key = createKey(configOf(options).config, role, name);
      terminal.print(options.json ? JSON.stringify({ name, role, key }) : key);
      terminal.talk('Keep it now: it is not shown again. A running server must be started anew to know it.');
    });

  add('list', 'List the keys, without the keys themselves.').action((options: KeyOptions & Flags) => {
    const records = readKeys(configOf(options).config).map(({ name, role }) => ({ name, role }));
    if (options.json) terminal.print(JSON.stringify(records));
    else if (records.length === 0) terminal.talk('There are no keys: only this machine is answered.');
    else terminal.print(columns(records.map(({ name, role }) => [name, role])));
  });

  add('revoke', 'Revoke a key.')
    .requiredOption('--name <name>', 'its name')
    .action((options: KeyOptions & Flags) => {
      revokeKey(configOf(options).config, options.name);
      terminal.print(options.json ? JSON.stringify({ revoked: options.name }) : `Revoked ${options.name}.`);
      terminal.talk('A running server must be started anew to forget it.');
    });
};
