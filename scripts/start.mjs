/**
 * `npm start`: builds what is out of date, then serves, in one process, so that a signal to npm reaches the server.
 * What follows `npm start --` goes to `ritornello serve`.
 */
await import('./build.mjs');

if (!process.exitCode) {
  const main = new URL('../dist/cli/main.js', import.meta.url);
  process.argv.splice(2, 0, 'serve');
  await import(main.href);
}
