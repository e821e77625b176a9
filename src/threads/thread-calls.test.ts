import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { ThreadCalls } from './thread-calls.ts';

type Face = Readonly<Record<string, (...args: never[]) => unknown>>;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Two sides in one thread, by what they offer. */
const between = <Here extends Face, There extends Face>(here: Here, there: There) => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return { here: new ThreadCalls<There, Here>(port1, here), there: new ThreadCalls<Here, There>(port2, there) };
};
/** What is asked of a side that asks for nothing itself. */
const callsTo = <There extends Face>(there: There) => between({}, there).here;

const OPTIONS = { seed: 1, numRuns: 100 };

const reasonFor = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('a call', () => {
  it('takes its arguments there and brings back what the method gives', async () => {
    const calls = callsTo({ both: async (first: unknown, second: unknown) => [first, second] });
    const value = fc.oneof(fc.jsonValue(), fc.uint8Array(), fc.date(), fc.bigInt(), fc.constant(undefined));
    await fc.assert(
      fc.asyncProperty(value, value, async (first, second) => {
        expect(await calls.ask('both', first, second)).toEqual([first, second]);
      }),
      OPTIONS,
    );
  });

  it('may be answered with the help of the side that asks', async () => {
    const { here, there } = between(
      { price: (item: string) => item.length },
      {
        total: async (items: readonly string[]): Promise<number> => {
          const prices = await Promise.all(items.map((item) => there.ask('price', item)));
          return prices.reduce((sum, price) => sum + price, 0);
        },
      },
    );
    expect(await here.ask('total', ['a', 'bb', 'ccc'])).toBe(6);
  });

  it('arrives after all that was asked or told before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (asks) => {
        const arrived: number[] = [];
        const calls = callsTo({ take: (n: number) => void arrived.push(n) });
        const sent = asks.map((isAsked, n) => (isAsked ? calls.ask('take', n) : calls.tell('take', n)));
        await Promise.all([...sent, calls.ask('take', asks.length)]);
        expect(arrived).toEqual([...asks.keys(), asks.length]);
      }),
      OPTIONS,
    );
  });

  it('that takes long holds up no other one', async () => {
    const { open, opened } = gate();
    const calls = callsTo({ slow: async () => opened.then(() => 'slow'), quick: () => 'quick' });
    const slow = calls.ask('slow');
    expect(await calls.ask('quick')).toBe('quick');
    open();
    expect(await slow).toBe('slow');
  });

  it('throws an error of the engine as it was thrown there, its cause in words', async () => {
    const fields = [{ field: 'time_zone', reason: 'expected an IANA name' }];
    const cause = new Error('no such place', { cause: 'a typing error' });
    const calls = callsTo({
      fail: async () => {
        throw new EngineError('invalid_request', 'unknown time zone', { fields, cause });
      },
    });
    const error = await reasonFor(calls.ask('fail'));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'invalid_request', message: 'unknown time zone', fields, status: 400 });
    expect((error as Error).cause).toEqual(new Error('no such place: a typing error'));
  });

  it('throws any other error with its message and the place where it was thrown', async () => {
    const thrown: unknown[] = [new TypeError('no list', { cause: new Error('it is a map') }), 'a text'];
    const calls = callsTo({
      fail: () => {
        throw thrown.shift();
      },
    });
    const { stack } = thrown[0] as Error;
    const error = await reasonFor(calls.ask('fail'));
    expect(error).not.toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ message: 'no list', stack, cause: { message: 'it is a map' } });
    expect(await reasonFor(calls.ask('fail'))).toEqual(new Error('a text'));
  });

  it('with something that cannot be sent fails, there and back', async () => {
    const calls = callsTo({ take: (_: unknown) => undefined, give: () => () => undefined });
    await expect(calls.ask('take', () => undefined)).rejects.toThrow('could not be cloned');
    await expect(calls.ask('give')).rejects.toThrow('could not be cloned');
  });
});

/** Counts upwards, and how far it has come; says when it has cleaned up. */
const counting = (upTo: number, failAt = Number.POSITIVE_INFINITY) => {
  const seen = { made: 0, ended: 0 };
  async function* count(from: number): AsyncGenerator<number> {
    try {
      for (let n = from; n < upTo; n++) {
        if (n === failAt) throw new EngineError('warehouse_unavailable', `away at ${n}`);
        seen.made++;
        yield n;
      }
    } finally {
      seen.ended++;
    }
  }
  return { seen, calls: callsTo({ count, pause: () => undefined }) };
};

describe('an iteration', () => {
  it('brings its pieces in order, with any number of others under way', async () => {
    const iterations = fc.array(fc.array(fc.integer(), { maxLength: 8 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(iterations, fc.infiniteStream(fc.nat()), async (lists, turns) => {
        const calls = callsTo({
          list: async function* (n: number) {
            yield* lists[n]!;
          },
        });
        const running = lists.map((_, n) => ({
          pieces: calls.each('list', n),
          brought: [] as number[],
          isOver: false,
        }));
        while (running.some(({ isOver }) => !isOver)) {
          const open = running.filter(({ isOver }) => !isOver);
          const one = open[turns.next().value % open.length]!;
          const { value, done } = await one.pieces.next();
          if (done) one.isOver = true;
          else one.brought.push(value);
        }
        expect(running.map(({ brought }) => brought)).toEqual(lists);
      }),
      OPTIONS,
    );
  });

  it('that all are pulled from at once brings to each its own', async () => {
    const { calls } = counting(50);
    const pull = async (from: number) => {
      const brought: number[] = [];
      for await (const n of calls.each('count', from)) brought.push(n);
      return brought;
    };
    const brought = await Promise.all([0, 10, 40].map(pull));
    expect(brought.map(({ length }) => length)).toEqual([50, 40, 10]);
    expect(brought.every((list) => list.every((n, place) => n === list[0]! + place))).toBe(true);
  });

  it('makes a piece only when it is wanted', async () => {
    const { calls, seen } = counting(10);
    const pieces = calls.each('count', 0);
    await calls.ask('pause');
    expect(seen.made).toBe(0);
    for (const made of [1, 2, 3]) {
      await pieces.next();
      await calls.ask('pause');
      expect(seen).toEqual({ made, ended: 0 });
    }
  });

  it('lets its maker clean up at its end, when it is broken off, and when whoever reads it fails', async () => {
    const { calls, seen } = counting(3);
    for await (const _ of calls.each('count', 0));
    expect(seen).toEqual({ made: 3, ended: 1 });
    for await (const _ of calls.each('count', 0)) break;
    await calls.ask('pause');
    expect(seen).toEqual({ made: 4, ended: 2 });
    const reading = async () => {
      for await (const _ of calls.each('count', 0)) throw new Error('cannot read on');
    };
    await expect(reading()).rejects.toThrow('cannot read on');
    await calls.ask('pause');
    expect(seen).toEqual({ made: 5, ended: 3 });
  });

  it('whose maker fails midway brings what came before, then why, and leaves others alone', async () => {
    const { calls, seen } = counting(5, 2);
    const other = calls.each('count', 3);
    expect(await other.next()).toEqual({ value: 3, done: false });
    const brought: number[] = [];
    const reading = async () => {
      for await (const n of calls.each('count', 0)) brought.push(n);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'warehouse_unavailable', message: 'away at 2' });
    expect(brought).toEqual([0, 1]);
    expect(seen.ended).toBe(1);
    expect(await other.next()).toEqual({ value: 4, done: false });
    expect((await other.next()).done).toBe(true);
  });

  it('that cannot begin throws why', async () => {
    const calls = callsTo({
      list: (): AsyncIterable<number> => {
        throw new EngineError('unavailable', 'not yet');
      },
    });
    await expect(calls.each('list').next()).rejects.toMatchObject({ code: 'unavailable', message: 'not yet' });
  });
});

describe('a side that is told that the other one is gone', () => {
  const gone = new EngineError('unavailable', 'it is gone');

  it('gets no answer any more: neither what is owed nor what is asked later, and for the first reason', async () => {
    const { opened } = gate();
    const told: string[] = [];
    const { here, there } = between(
      { pause: () => undefined },
      {
        never: () => opened,
        note: (text: string) => void told.push(text),
        list: async function* () {
          yield 1;
          await opened;
        },
      },
    );
    const pieces = here.each('list');
    await pieces.next();
    const owed = [here.ask('never'), here.ask('never'), pieces.next()].map(reasonFor);
    here.fail(gone);
    here.fail(new Error('another reason'));
    expect(await Promise.all(owed)).toEqual([gone, gone, gone]);
    expect(await reasonFor(here.ask('note', 'asked'))).toBe(gone);
    expect(await reasonFor(here.each('list').next())).toBe(gone);
    here.tell('note', 'told');
    await there.ask('pause');
    expect(told).toEqual([]);
  });

  it('lets go of what the other one was reading here', async () => {
    let ended = 0;
    const list = async function* () {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        ended++;
      }
    };
    const { here, there } = between({ list }, {});
    const readings = [there.each('list'), there.each('list')];
    for (const reading of readings) await reading.next();
    here.fail(gone);
    await expect.poll(() => ended).toBe(2);
  });
});
