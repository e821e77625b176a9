import { describe, expect, it } from 'vitest';
import { Brownout, type PageTime } from './brownout.ts';

/** Milliseconds that pass when they are told to. */
const clockwork = () => {
  let at = 0;
  const brownout = new Brownout(() => at);
  const pass = (ms: number): void => {
    at += ms;
  };
  /** Pages whose first shelves take so long, one after the other; whether each was late when it had them. */
  const pages = async (took: number, count: number): Promise<readonly boolean[]> => {
    const late: boolean[] = [];
    for (let n = 0; n < count; n++) {
      await brownout.page(async (time) => {
        time.begin();
        pass(took);
        time.haveFirst();
        late.push(time.isLate());
      });
    }
    return late;
  };
  /** Does something while somebody else has been waiting for a page. */
  const whileAnotherWaits = (work: () => Promise<unknown>): Promise<unknown> => brownout.page(work);
  return { brownout, pass, pages, whileAnotherWaits };
};

describe('brownout', () => {
  it('finds a page late once it has taken half as long again as its first shelves usually do, while others ask', async () => {
    const { brownout, pass, pages, whileAnotherWaits } = clockwork();
    await pages(5, 1);
    const isLate = async (time: PageTime) => {
      pass(7);
      const before = time.isLate();
      pass(1);
      return [before, time.isLate()];
    };
    expect(await brownout.page(isLate)).toEqual([false, false]);
    await whileAnotherWaits(async () => {
      expect(await brownout.page(isLate)).toEqual([false, true]);
    });
    expect(await brownout.page(isLate)).toEqual([false, false]);
  });

  it('hurries a page that others have come to wait for, too', async () => {
    const { brownout, pass, pages } = clockwork();
    await pages(5, 1);
    await brownout.page(async (time) => {
      pass(11);
      expect(time.isLate()).toBe(false);
      await brownout.page(async () => expect(time.isLate()).toBe(true));
      expect(time.isLate()).toBe(false);
    });
  });

  it('counts the wait before planning began, but not as what planning takes', async () => {
    const { brownout, pass, pages, whileAnotherWaits } = clockwork();
    await pages(5, 1);
    await whileAnotherWaits(async () => {
      await brownout.page(async (time) => {
        pass(100);
        time.begin();
        expect(time.isLate()).toBe(true);
        pass(5);
        time.haveFirst();
      });
      await brownout.page(async (time) => {
        pass(7);
        expect(time.isLate()).toBe(false);
        pass(1);
        expect(time.isLate()).toBe(true);
      });
    });
  });

  it('learns what is usual on a machine that has become slower', async () => {
    const { pages, whileAnotherWaits } = clockwork();
    await pages(1, 100);
    await whileAnotherWaits(async () => expect(await pages(10, 1)).toEqual([true]));
    await pages(10, 100);
    await whileAnotherWaits(async () => expect(await pages(10, 1)).toEqual([false]));
  });

  it('knows of no hurry before the first page, and none at all without a clock', async () => {
    const { brownout, pass, whileAnotherWaits } = clockwork();
    await whileAnotherWaits(() =>
      brownout.page(async (time) => {
        pass(1e6);
        expect(time.isLate()).toBe(false);
      }),
    );
    const timeless = new Brownout();
    await timeless.page(() =>
      timeless.page(async (time) => {
        time.begin();
        time.haveFirst();
        expect(time.isLate()).toBe(false);
      }),
    );
  });

  it('no longer counts a page whose planning failed', async () => {
    const { brownout, pass, pages } = clockwork();
    await pages(5, 1);
    await expect(
      brownout.page(async () => {
        throw new Error('no models');
      }),
    ).rejects.toThrow('no models');
    await brownout.page(async (time) => {
      pass(100);
      expect(time.isLate()).toBe(false);
    });
  });
});
