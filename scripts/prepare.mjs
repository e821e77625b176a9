/**
 * Runs after `npm install` in a checkout: points git at .githooks, compiles the kernels, and lays a command line in place
 * that says how to build, because npx links what it finds there once, and keeps a link to nothing for good. Outside a
 * checkout of this repository (unpacked archive, installed as a dependency, no git) there is nothing to set, and nothing
 * fails.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// A `.git` of our own is asked for: git would otherwise walk up and set the hooks of an enclosing repository.
if (existsSync(`${root}.git`)) {
  try {
    execFileSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root, stdio: 'ignore' });
  } catch {
    console.error('prepare: git could not be asked, so the commit hook is not set; everything else works.');
  }
  if (existsSync(`${root}node_modules/assemblyscript`)) {
    const { buildKernels } = await import('./build-kernels.mjs');
    buildKernels();
  }
  const main = `${root}dist/cli/main.js`;
  if (!existsSync(main)) {
    mkdirSync(`${root}dist/cli`, { recursive: true });
    writeFileSync(
      main,
      `#!/usr/bin/env node
console.error('Ritornello is not built yet: run "npm start", which builds and serves, or "npm run build".');
process.exitCode = 1;
`,
      { mode: 0o755 },
    );
  }
}
