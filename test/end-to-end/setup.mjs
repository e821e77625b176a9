/** Before any test of a whole program: it is built of the sources that are here, once, as files run beside each other. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const setup = () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};
