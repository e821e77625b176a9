import { readFileSync } from 'node:fs';

/**
 * For esbuild: files of ours find what lies beside them by their address, and keep it when many become one.
 * @param addressOf What stands in the place of `import.meta.url` in the file at a path, as code.
 */
export const ownAddress = (addressOf) => ({
  name: 'own-address',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', addressOf(path)),
    })),
});
