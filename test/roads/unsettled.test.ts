import { pino } from 'pino';
import { expect, it } from 'vitest';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

it('a jump that nothing confirms is named to whoever runs the bot after a quarter of an hour, once, until it is over', async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const lines: { readonly msg: string; readonly symbol?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = await world.start(undefined, '', { log });
  const health = async () => (await (await fetch(new URL('/health', app.boardUrl))).json()) as { problem?: string };
  const warned = () => lines.filter(({ msg }) => msg === 'prices are not settled');

  // An opening at 40% of the close is rather a split than a fall.
  world.market.move('TSLA', 0.4);
  await world.run(app, at(MON, '09:45'));
  expect((await health()).problem).toBeUndefined();
  await world.run(app, at(MON, '10:30'));
  const text = 'TSLA: a jump from 300.00 to 120.00 has waited since 09:30 New York; nothing confirms it.';
  expect((await health()).problem).toBe(text);
  expect(warned()).toMatchObject([{ symbol: 'TSLA', what: 'jump', reason: text }]);

  world.market.move('TSLA', 1);
  await world.run(app, at(MON, '10:35'));
  expect((await health()).problem).toBeUndefined();
  expect(warned()).toHaveLength(1);
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'jump no longer waits', symbol: 'TSLA', price: 120 }));
});
