import { expect, test } from 'vitest';
import { recorder } from '../delivery/recorder.ts';
import { newDatabase } from '../store/temporary.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

/** A session under way, and a channel that wants falls of 4% within 30 minutes of Nvidia and nothing else. */
const play = async () => {
  const world = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  const discord = recorder('discord');
  const database = { databaseUrl: await newDatabase() };
  const app = await world.start(discord, 'env', database);
  await world.runJobs(app, at(FRI, '17:00'));
  world.set(at(MON, '09:50'));
  const settings = { rules: { NVDA: { within: { 30: [400] } } }, kinds: ['digest' as const] };
  const place = { platform: 'discord', address: 'own' };
  await app.channels.open(place, { language: 'en', origin: 'setup', settings }, at(MON, '09:50'));
  await world.run(app, at(MON, '10:00'));
  const cards = (address: string) =>
    discord.postings
      .filter(({ channelId }) => channelId === address)
      .map(({ card }) => [card.title, ...card.lead].map((text) => text.replaceAll('\u202f', ' ')));
  return { ...world, app, cards, database, discord };
};

test('a fall within half an hour reaches the channel that has set it, once a session, and no other', async () => {
  const { app, market, run, cards } = await play();
  market.move('NVDA', 1.01);
  await run(app, at(MON, '10:20'));
  market.move('NVDA', 0.985);
  await run(app, at(MON, '10:25'));
  market.move('NVDA', 0.965);
  await run(app, at(MON, '10:40'));
  expect(cards('own')).toEqual([
    [
      '▼ Nvidia fell 4.5% within 30 minutes',
      '$96.50, −3.5% so far today',
      'From $101.00 at 10:19 New York time.',
      '3.5% below the peak of $100.00 on 30 May, 1 session ago. About $86.1 billion in market value lost.',
    ],
  ]);
  market.move('NVDA', 1.01);
  await run(app, at(MON, '11:30'));
  market.move('NVDA', 0.965);
  await run(app, at(MON, '11:40'));
  expect(cards('own')).toHaveLength(1);
  expect(cards('env')).toEqual([]);
});

test('the same fall over two hours is none', async () => {
  const { app, market, run, cards } = await play();
  const start = at(MON, '10:00');
  await run(app, at(MON, '12:00'), (now) => market.move('NVDA', 1 - (0.05 * (now - start)) / (2 * 3_600_000)));
  expect(cards('own')).toEqual([]);
});

test('a restart between the two quotes keeps the high and the crossing', async () => {
  const { app, market, run, start, cards, database, discord } = await play();
  market.move('NVDA', 0.955);
  await run(app, at(MON, '10:01'));
  await app.stop();
  const again = await start(discord, 'env', database);
  await run(again, at(MON, '10:06'));
  const [card = []] = cards('own');
  expect(cards('own')).toHaveLength(1);
  expect(card).toContain('From $100.00 at 09:59 New York time.');
});
