import { expect, it } from 'vitest';
import { type Calendar, FINAL_AFTER_MINUTES } from '../../src/market/calendar.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { startBot } from '../cli/bot-process.ts';
import { CHANNEL, SLACK_CHANNEL, startBothChats } from '../doubles/both-chats.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { plain } from './crash.ts';
import { playMarket } from './market.ts';

const TICKERS = Array.from({ length: 25 }, (_, at) => `TKR${at}`);

const lastFinal = (calendar: Calendar): string => calendar.lastFinal(Date.now() - FINAL_AFTER_MINUTES * MINUTE_MS);

it('answers about tickers that nobody watches on both platforms, within limits, and watches as before', async () => {
  const calendar = loadCalendar();
  const { discord, slack, yahoo, env } = await startBothChats({ postGapMs: 0 });
  const market = playMarket(yahoo, calendar);
  const last = lastFinal(calendar);
  market.past(last, 30);
  market.trade(Date.now());
  const sessions = sessionsUntil(calendar, last, 300);
  const quoted = { price: 80, time: calendar.hours(last)?.close ?? 0, marketState: 'CLOSED' };
  for (const ticker of ['PLTR', ...TICKERS]) {
    yahoo.setQuote(ticker, quoted);
    yahoo.setBars(
      ticker,
      sessions.map((session) => ({ session, close: session === last ? 80 : 100 })),
    );
  }
  yahoo.setQuote('7203.T', { ...quoted, raw: { currency: 'JPY', exchangeTimezoneName: 'Asia/Tokyo' } });
  yahoo.setQuote('VTSAX', { ...quoted, raw: { quoteType: 'MUTUALFUND' } });

  const bot = startBot({
    ...env,
    // The polls of this test are those of the start; a quote is kept for longer than the test takes.
    POLL_SECONDS: '600',
  });
  await bot.says(/Posting to discord and slack/);
  await expect.poll(() => discord.commands.length).toBeGreaterThan(8);
  const [, board] = await bot.says(/Board: (http:\S+)/);
  const health = async (): Promise<unknown> => (await fetch(`${board}/health`)).json();
  await expect.poll(() => yahoo.requests.filter(({ endpoint }) => endpoint === 'chart').length).toBeGreaterThan(7);

  const requestsFor = (ticker: string) =>
    yahoo.requests.filter(
      ({ path, query }) => path.endsWith(`/${ticker}`) || query.get('symbols')?.split(',').includes(ticker),
    );
  const answered = async (options: Record<string, string>, locale = 'en-US', command = 'quote', user?: string) => {
    const asked = discord.interact({ command, options, locale, channel: CHANNEL, ...(user && { user }) });
    await expect.poll(() => asked.shown.some(({ thinking }) => !thinking)).toBe(true);
    return plain(asked.shown.map(({ payload, ephemeral }) => ({ payload, ephemeral })));
  };

  const card = await answered({ symbol: 'pltr' });
  expect(card).toContain('PLTR Incorporated at $80.00');
  expect(card).toContain('20.0% below');
  expect(card).toContain('Not watched here: PLTR. For alerts, use /watch add symbol:PLTR.');
  expect(requestsFor('PLTR').map(({ endpoint }) => endpoint)).toEqual(['quote', 'chart']);

  expect(await answered({ symbol: '$PLTR' }, 'ko')).toContain('이 채널의 관심 종목이 아님: PLTR');
  expect(await answered({ symbol: 'pltr' }, 'en-US', 'drawdown')).toContain(
    'PLTR Incorporated is 20.0% below its peak',
  );
  expect(await answered({ symbol: 'pltr', range: '6m' }, 'en-US', 'chart')).toContain('PLTR Incorporated −20.0% since');
  await slack.slashCommand({ command: '/quote', text: 'pltr' });
  await expect
    .poll(() => plain(slack.messages(SLACK_CHANNEL)))
    .toContain('Not watched here: PLTR. For alerts, use /slidewatch watch add PLTR.');
  await slack.slashCommand({ command: '/slidewatch', text: 'drawdown pltr' });
  await expect.poll(() => plain(slack.messages(SLACK_CHANNEL))).toContain('is 20.0% below its peak');
  expect(requestsFor('PLTR')).toHaveLength(2);

  expect(await answered({ symbol: '7203.T' })).toContain('is priced in JPY');
  expect(await answered({ symbol: 'VTSAX' }, 'ko')).toContain('주식, ETF, 지수가 아니어서');
  expect(await answered({ symbol: 'nvdia' })).toContain("No symbol 'nvdia'. Did you mean NVDA (Nvidia)?");
  expect(requestsFor('7203.T')).toHaveLength(1);

  const ten = (from: number) => TICKERS.slice(from, from + 10).join(',');
  const another = '556677889900112233';
  expect(await answered({ symbol: ten(0) }, 'en-US', 'quote', another)).toContain('TKR9');
  expect(await answered({ symbol: TICKERS[10] ?? '' }, 'en-US', 'quote', another)).toContain(
    'Too many unwatched tickers were looked up just now, so TKR10 has to wait.',
  );
  expect(await answered({ symbol: ten(10) }, 'en-US', 'quote', '665544332211009988')).toContain(
    'too many lookups just now',
  );
  // Twenty in all: PLTR, the three that have no card, the first ten, and six of the last.
  expect(TICKERS.filter((ticker) => requestsFor(ticker).length > 0)).toEqual(TICKERS.slice(0, 16));

  // The watch asked for its own symbols alone, and has no trouble.
  const polls = yahoo.requests.filter(({ query }) => (query.get('symbols') ?? '').includes(','));
  for (const { query } of polls) expect(query.get('symbols')).not.toMatch(/PLTR|TKR/);
  expect(await health()).not.toHaveProperty('problem');
  expect(plain(await (await fetch(`${board}/health`)).json())).not.toMatch(/PLTR|TKR/);
  expect([discord.invalid, discord.late, slack.invalid, slack.late]).toEqual([[], [], [], []]);
});
