import { expect, test } from 'vitest';
import { readDigestMarks, writeDigestMark } from '../../src/store/digests.ts';
import { openTestStore } from './temporary.ts';

test('a mark keeps when a digest was last enqueued, until another one is', async () => {
  const { db } = await openTestStore();
  const mark = async () => (await readDigestMarks(db, ['key'])).get('key');
  await writeDigestMark(db, 'key', { day: '2026-03-16', decidedAt: 1, enqueuedAt: 1 });
  await writeDigestMark(db, 'key', { day: '2026-03-17', decidedAt: 2 });
  expect(await mark()).toEqual({ day: '2026-03-17', decidedAt: 2, enqueuedAt: 1 });
  await writeDigestMark(db, 'key', { day: '2026-03-18', decidedAt: 3, enqueuedAt: 3 });
  expect(await mark()).toEqual({ day: '2026-03-18', decidedAt: 3, enqueuedAt: 3 });
});
