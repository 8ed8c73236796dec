import { expect, it } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { lastFinalSession } from '../../src/watch/fetch-history.ts';
import { startBot } from '../cli/bot-process.ts';
import { CHANNEL, SLACK_CHANNEL, startBothChats } from '../doubles/both-chats.ts';
import { plain } from './crash.ts';
import { playMarket } from './market.ts';

it('brings a question from Discord and Slack to the bot and the answer back, also for an unknown symbol', async () => {
  const calendar = loadCalendar();
  const { discord, slack, yahoo, env } = await startBothChats({ postGapMs: 0 });
  const market = playMarket(yahoo, calendar);
  const last = lastFinalSession(calendar, Date.now());
  market.past(calendar.previous(last), 30);
  market.move('NVDA', 0.8);
  market.close(last);
  market.trade(Date.now());

  const bot = startBot({
    ...env,
    POLL_SECONDS: '1',
  });
  await bot.says(/Posting to discord and slack/);
  await expect.poll(() => discord.commands.length).toBeGreaterThan(8);

  const answered = async (options: Record<string, string>, locale: string, command = 'quote'): Promise<string> => {
    const asked = discord.interact({ command, options, locale, channel: CHANNEL });
    await expect.poll(() => asked.shown.some(({ thinking }) => !thinking)).toBe(true);
    return plain(asked.shown.map(({ payload, ephemeral }) => ({ payload, ephemeral })));
  };
  const [, board] = await bot.says(/Board: (http:\S+)/);
  const health = async (): Promise<unknown> => (await fetch(`${board}/health`)).json();
  await expect.poll(health).toHaveProperty('lastQuoteAt');
  // The histories come a moment later.
  await expect.poll(async () => JSON.stringify(await health())).toMatch(/"name":"history","ranAt"/);
  expect(await answered({ symbol: 'nvidia' }, 'en-US')).toContain('20.0% below');
  expect(await answered({ symbol: '엔비디아' }, 'ko')).toContain('20.0%');
  const digest = await answered({}, 'en-US', 'digest');
  expect(digest).toContain('Nvidia −20.0%');
  expect(digest).toContain('Depth: below the highest close of 252 sessions');
  expect(digest).toContain('"ephemeral":true');
  const mistake = await answered({ symbol: 'nvdia' }, 'en-US');
  expect(mistake).toContain("No symbol 'nvdia'. Did you mean NVDA (Nvidia)?");
  expect(mistake).toContain('"ephemeral":true');

  await slack.slashCommand({ command: '/slidewatch', text: 'quote nvda' });
  await expect.poll(() => plain(slack.messages(SLACK_CHANNEL))).toContain('20.0% below');
  await slack.slashCommand({ command: '/quote', text: 'nvdia' });
  await expect.poll(() => plain(slack.ephemerals)).toContain('Did you mean NVDA');
  expect([discord.invalid, discord.late, slack.invalid, slack.late]).toEqual([[], [], [], []]);
});
