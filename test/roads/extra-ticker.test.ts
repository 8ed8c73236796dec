import { expect, it } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import { readPosted } from '../../src/store/posted.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { calendar, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

it('a ticker added during the session is one card when it slides, without a bill, and raises nothing when it is added again', async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const app = await world.start();
  world.yahoo.setBars(
    'AMD',
    sessionsUntil(calendar, FRI, 300).map((session) => ({ session, close: 100 })),
  );
  let price = 95;
  const until = (time: string) =>
    world.run(app, at(MON, time), (now) => world.yahoo.setQuote('AMD', { price, time: now - 1_000 }));
  const requestCount = () =>
    world.yahoo.requests.filter(({ query }) => query.get('symbols')?.split(',').includes('AMD')).length;

  await until('10:00');
  expect(requestCount()).toBe(0);
  const channel = await app.channels.at({ platform: 'board', address: 'local' });
  const id = channel?.id ?? 0;
  expect(await app.channels.watch(id, 'amd', world.clock())).toMatchObject({ symbol: 'AMD' });
  await until('10:10');
  expect(await sentTo(app, 'board')).toEqual([]);
  price = 78;
  await until('10:30');
  expect(await sentTo(app, 'board')).toEqual([[`AMD 252/20 ${MON}`]]);
  const [posted] = await readPosted(app.store.db, 'board', 1);
  const card = buildCard(posted?.stories ?? [], 'en', app.catalogue);
  expect(card.sections).toEqual([]);
  expect(card.lead.join(' ')).not.toContain('market value');

  const before = requestCount();
  expect(await app.channels.unwatch(id, 'AMD')).toBe(true);
  price = 60;
  await until('10:45');
  expect(requestCount()).toBe(before);
  expect(await sentTo(app, 'board')).toHaveLength(1);
  expect(app.watcher.memory.states.has('AMD')).toBe(false);

  await app.channels.watch(id, 'amd', world.clock());
  await until('11:00');
  expect(app.watcher.memory.histories.bars('AMD')).toHaveLength(300);
  expect(await sentTo(app, 'board')).toHaveLength(1);
});
