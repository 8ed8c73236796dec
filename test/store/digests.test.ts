import { expect, test } from 'vitest';
import { readDigestMarks, writeDigestMarks } from '../../src/store/digests.ts';
import { openTestStore } from './temporary.ts';

test('a mark keeps when a digest was last enqueued, until another one is', async () => {
  const { db } = await openTestStore();
  const mark = async () => (await readDigestMarks(db, ['key'])).get('key');
  await writeDigestMarks(db, new Map([['key', { day: '2026-03-16', decidedAt: 1, enqueuedAt: 1 }]]));
  await writeDigestMarks(db, new Map([['key', { day: '2026-03-17', decidedAt: 2 }]]));
  expect(await mark()).toEqual({ day: '2026-03-17', decidedAt: 2, enqueuedAt: 1 });
  await writeDigestMarks(db, new Map([['key', { day: '2026-03-18', decidedAt: 3, enqueuedAt: 3 }]]));
  expect(await mark()).toEqual({ day: '2026-03-18', decidedAt: 3, enqueuedAt: 3 });
});

test('the marks of many keys are written together, each keeping its own', async () => {
  const { db } = await openTestStore();
  const keys = Array.from({ length: 250 }, (_, n) => `key ${n}`);
  await writeDigestMarks(db, new Map([['key 7', { day: '2026-03-16', decidedAt: 1, enqueuedAt: 1 }]]));
  await writeDigestMarks(db, new Map(keys.map((key, n) => [key, { day: '2026-03-17', decidedAt: n }])));
  const marks = await readDigestMarks(db, keys);
  expect(marks.size).toBe(250);
  expect(marks.get('key 7')).toEqual({ day: '2026-03-17', decidedAt: 7, enqueuedAt: 1 });
  expect(marks.get('key 249')).toEqual({ day: '2026-03-17', decidedAt: 249 });
});
