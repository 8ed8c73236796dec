import { expect, test, vi } from 'vitest';
import { createBatcher } from '../../src/delivery/batcher.ts';

const WAIT_MS = 60_000;

/** A gathering that notes what was worked on in one go. */
const noted = (expected: number, work?: (items: readonly string[]) => PromiseSettledResult<string>[]) => {
  const goes: (readonly string[])[] = [];
  const hand = createBatcher<string, string>({
    work: async (items) => {
      goes.push(items);
      return work?.(items) ?? items.map((value) => ({ status: 'fulfilled', value }));
    },
    expected: () => expected,
    waitMs: WAIT_MS,
  });
  return { hand, goes };
};

test('goes at once when nobody else can come, each with its own end', async () => {
  const { hand, goes } = noted(2);
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(hand))).toEqual(['a', 'b', 'c', 'd']);
  expect(goes).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('waits no longer for others than it may', async () => {
  vi.useFakeTimers();
  try {
    const { hand, goes } = noted(3);
    const both = Promise.all([hand('a'), hand('b')]);
    await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
    expect(goes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await both).toEqual(['a', 'b']);
    expect(goes).toEqual([['a', 'b']]);
  } finally {
    vi.useRealTimers();
  }
});

test('one that fails is the only one that fails', async () => {
  const { hand } = noted(2, (items) =>
    items.map((value) =>
      value === 'b' ? { status: 'rejected', reason: new Error('b') } : { status: 'fulfilled', value },
    ),
  );
  expect((await Promise.allSettled([hand('a'), hand('b')])).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
  ]);
});
