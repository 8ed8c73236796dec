import { expect, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { readPastAlerts } from '../../src/store/past-alerts.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { changeDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');

test('a channel’s alerts are read newest first, in every state, without those of others and without greetings', async () => {
  const { db } = await openTestStore();
  const [one, two] = await Promise.all(
    ['1', '2'].map((address) => openChannel(db, { platform: 'discord', address, language: 'en' }, NOW)),
  );
  const enqueue = (id: number | undefined, story: Parameters<typeof enqueueForChannel>[2], now: number) =>
    enqueueForChannel(db, id ?? 0, story, { now, dueAt: now });
  await enqueue(one?.id, nvidia, NOW);
  await enqueue(one?.id, { kind: 'greeting', symbol: '*', platform: 'discord', destination: true }, NOW + 1);
  await enqueue(one?.id, { kind: 'test', symbol: '*', at: NOW }, NOW + 2);
  const [, day] = nvidia.alerts;
  if (!day) throw new Error('the golden story has a day, too');
  await enqueue(one?.id, { ...nvidia, alerts: [day] }, NOW + 3);
  await enqueue(two?.id, nvidia, NOW + 4);
  await changeDeliveries(db, { state: 'muted' }, { createdAt: NOW });
  const slide = { symbol: 'NVDA', at: nvidia.observedAt };
  const past = await readPastAlerts(db, one?.id ?? 0, 10);
  expect(past).toEqual([
    { ...slide, kind: 'day', level: day.level, state: 'pending' },
    { ...slide, kind: 'drawdown', level: 2000, window: 252, state: 'muted' },
  ]);
  expect(await readPastAlerts(db, one?.id ?? 0, 1)).toEqual(past.slice(0, 1));
  expect(await readPastAlerts(db, 99, 10)).toEqual([]);
});
