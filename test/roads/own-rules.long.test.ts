import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { recorder } from '../delivery/recorder.ts';
import { newDatabase } from '../store/temporary.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;

const open = (app: App, address: string, settings: ChannelSettings) =>
  app.channels.open({ platform: 'discord', address }, { language: 'en', origin: 'setup', settings }, at(MON, '09:20'));

/** A market with history, a bot, and a platform that records the titles posted in each channel. */
const play = async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const discord = recorder('discord');
  const database = { databaseUrl: await newDatabase() };
  const app = await world.start(discord, 'env', database);
  const posted = (address: string): string[] =>
    discord.postings
      .filter(({ channelId }) => channelId === address)
      .map(({ card }) => card.title.replaceAll('\u202f', ' ').split(',')[0] ?? '');
  return { ...world, app, database, discord, posted };
};

const closing = async ({ run, market, set }: Stage, app: App, session: string): Promise<void> => {
  await run(app, at(session, '09:40'));
  set(at(session, '15:55'));
  await run(app, at(session, '16:00'));
  market.close(session);
  await run(app, at(session, '16:20'));
};

describe('a level that a channel sets while the bot runs', () => {
  it('above the current price raises nothing; the next level below does', async () => {
    const { app, run, market, posted } = await play();
    const own = await open(app, 'own', {});
    await run(app, at(MON, '10:00'));
    market.move('TSLA', 0.865);
    await run(app, at(MON, '10:10'));
    const before = posted('own').length;
    await app.channels.change(own.id, () => ({ rules: { TSLA: { drawdown: { 252: [500, 1_300, 1_600], 20: [] } } } }));
    await run(app, at(MON, '10:20'));
    expect(posted('own')).toHaveLength(before);
    market.move('TSLA', 0.83);
    await run(app, at(MON, '10:30'));
    expect(posted('own').slice(before)).toEqual(['▼ Tesla is 17.0% below its peak']);
    expect(posted('env').slice(before)).toEqual(['▼ Tesla fell 17.0% in 1 session']);
  });

  it('while another channel’s crossing waits for confirmation does not affect that channel', async () => {
    const { app, run, market, posted } = await play();
    const own = await open(app, 'own', { rules: { '*': { drawdown: { 252: [4_000], 20: [] }, day: [] } } });
    await run(app, at(MON, '10:00'));
    market.move('TSLA', 0.88);
    await run(app, at(MON, '10:01'));
    await app.channels.change(own.id, () => ({ rules: { '*': { drawdown: { 252: [1_100], 20: [] }, day: [] } } }));
    await run(app, at(MON, '10:10'));
    expect(posted('env')).toEqual(['▼ Tesla is 12.0% below its peak']);
  });

  it('applies after a restart in the middle of a slide, without a second card', async () => {
    const { app, run, market, posted, database, discord, start, set } = await play();
    await open(app, 'own', { rules: { TSLA: { drawdown: { 252: [1_100], 20: [] }, day: [] } } });
    await run(app, at(MON, '10:00'));
    market.move('TSLA', 0.88);
    await run(app, at(MON, '10:10'));
    await app.stop();
    set(at(MON, '10:15'));
    const again = await start(discord, 'env', database);
    await run(again, at(MON, '10:40'));
    expect(posted('own')).toEqual(['▼ Tesla is 12.0% below its peak']);
    expect(posted('env')).toHaveLength(1);
  });

  it('and that was crossed while the bot was down is one late card for each channel, at its own levels', async () => {
    const { app, run, market, posted, database, discord, start, set } = await play();
    await open(app, 'own', { rules: { TSLA: { drawdown: { 252: [1_100, 3_000], 20: [] }, day: [] } } });
    await run(app, at(MON, '10:00'));
    await app.stop();
    market.move('TSLA', 0.78);
    set(at(MON, '11:00'));
    const again = await start(discord, 'env', database);
    await run(again, at(MON, '11:10'));
    expect([posted('own'), posted('env')].map((cards) => cards.length)).toEqual([1, 1]);
    const leads = discord.postings.map(({ card }) => card.lead.join(' '));
    for (const lead of leads) expect(lead).toContain('Posted late');
  });
});

it('three symbols that fall together are one card, and two cards in a channel that has muted or removed one of them', async () => {
  const { app, run, market, posted } = await play();
  const silenced = await open(app, 'silenced', { without: ['MAG7'] });
  await open(app, 'without', { without: ['TSLA', 'MAG7'] });
  await open(app, 'all', { without: ['MAG7'] });
  await app.channels.mute(silenced.id, 'TSLA', at(MON, '15:00'), 'U1', at(MON, '09:20'));
  await run(app, at(MON, '10:00'));
  for (const ticker of ['TSLA', 'NVDA', 'META']) market.move(ticker, 0.88);
  await run(app, at(MON, '10:10'));
  expect(posted('all').filter((title) => title.includes('Three of seven'))).toHaveLength(1);
  for (const address of ['silenced', 'without']) {
    expect(posted(address).filter((title) => title.includes('of seven'))).toEqual([]);
    expect(posted(address)).toContain('▼ Nvidia is 12.0% below its peak');
    expect(posted(address)).toContain('▼ Meta is 12.0% below its peak');
    expect(posted(address).some((title) => title.includes('Tesla'))).toBe(false);
  }
});

it('a fall that ends with a new high is one recovery card, in channels that want it and have a level that deep', async () => {
  const world = await play();
  const { app, run, market, posted, set } = world;
  const deep = { rules: { TSLA: { drawdown: { 252: [1_500] } } } };
  await open(app, 'wants', { kinds: ['drawdown', 'recovery'] });
  await open(app, 'deeper', { kinds: ['recovery'], ...deep });
  await open(app, 'plain', {});
  await run(app, at(MON, '10:00'));
  market.move('TSLA', 0.88);
  await run(app, at(MON, '10:10'));
  await closing(world, app, MON);
  market.move('TSLA', 1.01);
  set(at(TUE, '09:25'));
  await closing(world, app, TUE);
  set(at('2025-06-04', '09:25'));
  market.move('TSLA', 1.02);
  await closing(world, app, '2025-06-04');
  expect(posted('wants')).toEqual(['▼ Tesla is 12.0% below its peak', '▲ Tesla is at a 252-session high']);
  expect(posted('deeper')).toEqual([]);
  expect(posted('plain').some((title) => title.startsWith('▲ Tesla closed'))).toBe(false);
});
