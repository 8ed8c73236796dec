import { expect, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { heldDeliveries, releaseHeld } from '../../src/store/held-deliveries.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { STORY_KINDS } from '../../src/stories/story-kinds.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
import { changeDeliveries, storedDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

test('what quiet hours held is due once it is released, and lives from their end, however late that is noticed', async () => {
  const { db } = await openTestStore();
  const end = Date.parse('2025-03-06T07:00Z');
  const made = end - 8 * HOUR_MS;
  const { id } = await openChannel(db, { platform: 'discord', address: '1', language: 'en' }, made);
  await enqueueForChannel(db, id, { kind: 'test', symbol: '*', at: made }, { now: made, dueAt: made });
  await changeDeliveries(db, { state: 'quiet', heldUntil: end });
  const now = end + HOUR_MS;
  await releaseHeld(db, await heldDeliveries(db, id), end, now);
  expect(await storedDeliveries(db)).toMatchObject([
    { state: 'pending', dueAt: now, heldUntil: null, expiresAt: end + STORY_KINDS.test.lifeMs },
  ]);
});
