import { expect, test, vi } from 'vitest';
import { createBatcher } from '../../src/delivery/batcher.ts';

const WAIT_MS = 60_000;

/** A batcher that records its batches. */
const createRecorded = (expected: number, work?: (items: readonly string[]) => PromiseSettledResult<string>[]) => {
  const batches: (readonly string[])[] = [];
  const submit = createBatcher<string, string>({
    work: async (items) => {
      batches.push(items);
      return work?.(items) ?? items.map((value) => ({ status: 'fulfilled', value }));
    },
    expected: () => expected,
    waitMs: WAIT_MS,
  });
  return { submit, batches };
};

test('a full batch runs at once, and each item gets its own result', async () => {
  const { submit, batches } = createRecorded(2);
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(submit))).toEqual(['a', 'b', 'c', 'd']);
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('a batch that is not full runs after its wait', async () => {
  vi.useFakeTimers();
  try {
    const { submit, batches } = createRecorded(3);
    const both = Promise.all([submit('a'), submit('b')]);
    await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await both).toEqual(['a', 'b']);
    expect(batches).toEqual([['a', 'b']]);
  } finally {
    vi.useRealTimers();
  }
});

test('an item that fails fails alone', async () => {
  const { submit } = createRecorded(2, (items) =>
    items.map((value) =>
      value === 'b' ? { status: 'rejected', reason: new Error('b') } : { status: 'fulfilled', value },
    ),
  );
  expect((await Promise.allSettled([submit('a'), submit('b')])).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
  ]);
});
