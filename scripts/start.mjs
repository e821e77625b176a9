/**
 * `npm start`: builds what is out of date, then serves, in one process. What follows `npm start --` goes to
 * `ritornello serve`.
 */
await import('./build.mjs');

/** npm runs this through a shell that dies of a SIGTERM without passing it on: an orphan stops as if it had got it. */
const stopWithParent = () => {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
};

if (!process.exitCode) {
  stopWithParent();
  process.argv.splice(2, 0, 'serve');
  await import(new URL('../dist/cli/main.js', import.meta.url).href);
}
