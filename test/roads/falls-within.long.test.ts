import { expect, test } from 'vitest';
import { at } from './market.ts';
import { MON, recordedAtTen } from './weekend.ts';

/** A session under way, and a channel that wants falls of 4% within 30 minutes of Nvidia and nothing else. */
const play = async () => {
  const world = await recordedAtTen({ rules: { NVDA: { within: { 30: [400] } } }, kinds: ['digest'] });
  const texts = (address: string) =>
    world.cards(address).map(({ title, lead }) => [title, ...lead].map((text) => text.replaceAll('\u202f', ' ')));
  return { ...world, texts };
};

test('a fall within half an hour reaches the channel that has set it, once a session, and no other', async () => {
  const { app, market, run, texts } = await play();
  market.move('NVDA', 1.01);
  await run(app, at(MON, '10:20'));
  market.move('NVDA', 0.985);
  await run(app, at(MON, '10:25'));
  market.move('NVDA', 0.965);
  await run(app, at(MON, '10:40'));
  expect(texts('own')).toEqual([
    [
      '▼ Nvidia fell 4.5% in 30 minutes',
      '$96.50, −3.5% so far today. Nasdaq 0.0%.',
      'From $101.00 at 10:19 New York time.',
      '3.5% below the peak of $100.00 on 30 May, 1 session ago.',
      'About $86.1 billion of market value lost.',
    ],
  ]);
  market.move('NVDA', 1.01);
  await run(app, at(MON, '11:30'));
  market.move('NVDA', 0.965);
  await run(app, at(MON, '11:40'));
  expect(texts('own')).toHaveLength(1);
  expect(texts('env')).toEqual([]);
});

test('the same fall over two hours is none', async () => {
  const { app, market, run, texts } = await play();
  const start = at(MON, '10:00');
  await run(app, at(MON, '12:00'), (now) => market.move('NVDA', 1 - (0.05 * (now - start)) / (2 * 3_600_000)));
  expect(texts('own')).toEqual([]);
});

test('a restart between the two quotes keeps the high and the crossing', async () => {
  const { app, market, run, texts, restart } = await play();
  market.move('NVDA', 0.955);
  await run(app, at(MON, '10:01'));
  await app.stop();
  const again = await restart();
  await run(again, at(MON, '10:06'));
  const [card = []] = texts('own');
  expect(texts('own')).toHaveLength(1);
  expect(card).toContain('From $100.00 at 09:59 New York time.');
});
