/** docs/reference/ritornello.sample.yaml, made of the settings; a test holds the file equal to this. */

import { stringify } from 'yaml';
import { envName, fileKey, flagName, SETTING_NAMES, SETTINGS } from './settings.ts';

const HEAD = `# All settings of Ritornello with their defaults. Copy to ./ritornello.yaml (or name it with --config or
# RITORNELLO_CONFIG) and keep only what you change. Order: defaults < this file < environment < flags.
`;

export const sampleConfig = (): string => {
  const parts = SETTING_NAMES.map((name) => {
    const { doc, standard } = SETTINGS[name];
    const lines = doc.split('\n').map((line) => `# ${line}\n`);
    return `${lines.join('')}# ${envName(name)}, ${flagName(name)}\n${stringify({ [fileKey(name)]: standard })}`;
  });
  return [HEAD, ...parts].join('\n');
};
