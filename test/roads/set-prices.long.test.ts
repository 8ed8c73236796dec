import { expect, test } from 'vitest';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { at } from './market.ts';
import { MON, recordedAtTen } from './weekend.ts';

const TUE = '2025-06-03';

const play = async () => {
  const world = await recordedAtTen();
  const titles = (address: string) => world.cards(address).map(({ title }) => title);
  return { ...world, titles };
};

/** A price of Nvidia, in dollars, and no other alerts. */
const nvidia = (side: 'below' | 'above', price: number, since: number): ChannelSettings => ({
  kinds: [],
  rules: { NVDA: { price: [{ price: price * 1e6, side, since }] } },
});

test('a price reaches the channels that have set it, once, and again when it is set again', async () => {
  const { app, open, market, run, titles, clock } = await play();
  const first = await open('first', nvidia('below', 98, clock()));
  await open('deeper', nvidia('below', 95, clock()));
  market.move('NVDA', 0.975);
  await run(app, at(MON, '10:10'));
  market.move('NVDA', 0.99);
  await run(app, at(MON, '10:20'));
  market.move('NVDA', 0.975);
  await run(app, at(MON, '10:30'));
  expect([titles('first'), titles('deeper'), titles('env')]).toEqual([['▼ Nvidia is below $98.00'], [], []]);
  market.move('NVDA', 0.99);
  await run(app, at(MON, '10:40'));
  await app.channels.change(first.id, () => nvidia('below', 98, clock()));
  market.move('NVDA', 0.975);
  await run(app, at(MON, '10:50'));
  expect(titles('first')).toEqual(['▼ Nvidia is below $98.00', '▼ Nvidia is below $98.00']);
});

test('a rise above a price is told, and a restart tells it no second time', async () => {
  const { app, open, market, run, titles, clock, restart } = await play();
  await open('own', nvidia('above', 102, clock()));
  market.move('NVDA', 1.025);
  await run(app, at(MON, '10:10'));
  await app.stop();
  const again = await restart();
  await run(again, at(MON, '10:20'));
  expect(titles('own')).toEqual(['▲ Nvidia is above $102.00']);
});

test('a split divides a price: the split itself does not pass it, a fall after it does', async () => {
  const { app, open, market, run, titles, clock, set } = await play();
  await open('own', nvidia('below', 97, clock()));
  await run(app, at(MON, '10:10'));
  set(at(MON, '15:55'));
  await run(app, at(MON, '16:00'));
  market.close(MON);
  await run(app, at(MON, '16:20'));
  market.splitTenForOne('NVDA', TUE);
  set(at(TUE, '09:00'));
  await run(app, at(TUE, '10:00'));
  expect(titles('own')).toEqual([]);
  market.move('NVDA', 0.965);
  await run(app, at(TUE, '10:10'));
  expect(titles('own')).toEqual(['▼ Nvidia is below $9.70']);
});
