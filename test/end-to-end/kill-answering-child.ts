/** Answers homes until it is killed, and says each slate that was answered as one line: who asked, and its id. */

import { createEngine } from '#app';
import type { UserId } from '#domain';

const [data] = process.argv.slice(2) as [string];
const USERS = 5;

const engine = await createEngine({ data, autoTrain: false });
const play = (user: number, n: number) => ({
  type: 'play',
  event_id: `${user}-${n}`,
  user_id: `u${user}`,
  item_id: `track:${n}`,
  at: Date.now() - n * 60_000,
  ms_played: 200_000,
});
await engine.intake.accept(
  Array.from({ length: USERS }, (_, user) => Array.from({ length: 8 }, (__, n) => play(user, n))).flat(),
);
for (let n = 0; ; n++) {
  const user = `u${n % USERS}`;
  const { json } = await engine.serving.home(user as UserId, { refresh: true });
  process.stdout.write(`${user} ${(JSON.parse(Buffer.from(json).toString()) as { slate_id: string }).slate_id}\n`);
}
