import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { TICKER_LIMITS } from '../../commands/any-ticker.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import type { DeskRefusal, TickerDesk, TickerOnDesk } from '../../src/market/ticker-desk.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { closesUntil } from '../market/closes-until.ts';
import { askingAt, oneChannel, tableOf } from './asking.ts';
import { cardOf, marketContext, quoteOf } from './market-context.ts';
import { memoryChannels } from './memory-channels.ts';

/** 30 July 2024, 15:00 in New York. */
const AT = '2024-07-30T19:00:00Z';
const NOW = Date.parse(AT);

/** A ticker with these closes, the last one of 29 July 2024, and a trade a moment ago. */
const found = (
  symbol: string,
  price: number,
  { closes = Array<number>(300).fill(100), ...other }: Partial<TickerOnDesk> & { closes?: readonly number[] } = {},
): TickerOnDesk => ({
  kind: 'found',
  watched: { symbol, kind: 'stock', name: { en: `${symbol} Corp` }, aliases: [], tickers: {}, custom: true },
  bars: closesUntil('2024-07-29', closes),
  quote: quoteOf(symbol, price, '2024-07-30T18:59:00Z'),
  ...other,
});

type Known = Readonly<Record<string, TickerOnDesk | DeskRefusal>>;

/** A desk that knows these; each look counts as one request. */
const deskOf = (known: Known) => {
  const looked: string[] = [];
  const desk: TickerDesk = {
    look: async (ticker, _, mayAsk) => {
      const waitMs = mayAsk();
      if (waitMs > 0) return { kind: 'limited', waitMs };
      looked.push(ticker);
      return known[ticker] ?? { kind: 'unknown' };
    },
  };
  return { desk, looked };
};

const PLTR = found('PLTR', 80);

const scene = (known: Known, given: Omit<Parameters<typeof askingAt>[0], 'context'> = {}) => {
  const { desk, looked } = deskOf(known);
  const context = marketContext({ until: '2024-07-29', tickerDesk: desk });
  return { ...askingAt({ at: AT, ...given, context }), context, looked };
};

const textOf = async (asking: ReturnType<typeof scene>, line: string): Promise<string> => {
  const answer = await asking.line(line);
  if (answer.kind === 'card') throw new Error(`expected a problem, got: ${answer.card.title}`);
  return answer.text;
};

describe.each(['discord', 'slack'])('a ticker that nobody watches, on %s', (platform) => {
  const add = platform === 'slack' ? '/slidewatch watch add PLTR' : '/watch add symbol:PLTR';

  test('has a quote, and one line says how to watch it', async () => {
    const card = cardOf(await scene({ PLTR }, { platform }).line('quote $pltr'));
    expect(card.title).toBe('PLTR Corp at $80.00, −20.0% so far today');
    expect(card.lead[0]).toMatch(/^20\.0% below the 252-session high of \$100\.00/);
    expect(card.footer.at(-1)).toBe(`Not watched here: PLTR. For alerts, use ${add}.`);
    expect(card.footer[0]).toMatch(/^30 Jul 2024 14:59 New York/);
  });

  test('has a drawdown and a chart, with buttons for both', async () => {
    const asking = scene({ PLTR }, { platform });
    const drawdown = cardOf(await asking.line('drawdown pltr'));
    expect(drawdown.title).toBe('PLTR Corp is 20.0% below its peak');
    const chart = cardOf(await asking.line('chart pltr 6m'));
    expect(chart.picture?.chart).toMatchObject({ kind: 'price', symbol: 'PLTR' });
    for (const card of [drawdown, chart]) {
      expect(card.footer.at(-1)).toBe(`Not watched here: PLTR. For alerts, use ${add}.`);
      expect(card.actions?.map(({ call }) => decodeCall(call)?.options.symbol)).toEqual(
        card.actions?.map(() => 'PLTR'),
      );
    }
    const compared = cardOf(await asking.line('chart pltr compare'));
    expect(compared.picture?.chart).toMatchObject({ kind: 'compare', symbol: 'PLTR' });
  });
});

test('in Korean the line is Korean', async () => {
  const card = cardOf(await scene({ PLTR }, { language: 'ko' }).line('시세 pltr'));
  expect(card.footer.at(-1)).toBe('이 채널의 관심 종목이 아님: PLTR. 알림을 받으려면 /watch add symbol:PLTR');
});

test('nothing else knows of it afterwards', async () => {
  const asking = scene({ PLTR });
  const before = [...asking.context.watchlist.symbols.keys()];
  await asking.line('quote pltr');
  expect([...asking.context.watchlist.symbols.keys()]).toEqual(before);
  expect(asking.context.quotes.has('PLTR')).toBe(false);
  expect(asking.context.histories.bars('PLTR')).toEqual([]);
  expect(await textOf(asking, 'mute pltr')).toMatch(/^No symbol 'pltr'/);
  expect(cardOf(await asking.line('drawdown')).sections[0]?.table?.rows.flat()).not.toContain('PLTR');
});

test.each(['watch remove pltr', 'alerts set pltr 20', 'mute pltr 1h'])('%s asks for no ticker', async (line) => {
  const asking = scene({ PLTR });
  expect(await textOf(asking, line)).toMatch(/^No symbol 'pltr'/);
  expect(asking.looked).toEqual([]);
});

test('watched symbols are never looked up', async () => {
  const asking = scene({});
  await asking.line('quote nvda googl');
  await asking.line('chart nasdaq');
  expect(asking.looked).toEqual([]);
});

describe('several', () => {
  test('watched and unwatched ones are rows of one card', async () => {
    const card = cardOf(await scene({ PLTR, AMD: found('AMD', 110) }).line('quote nvda pltr, amd'));
    expect(tableOf(card).narrow?.rows.map(([symbol]) => symbol)).toEqual(['NVDA', 'PLTR', 'AMD']);
    expect(card.footer.at(-1)).toBe('Not watched here: PLTR, AMD. For alerts, use /watch add symbol:PLTR.');
  });

  test('what has no row is named with its reason, unknown ones as before', async () => {
    const card = cardOf(
      await scene({
        PLTR,
        '7203.T': { kind: 'elsewhere', name: 'Toyota', currency: 'JPY' },
        'VOD.L': { kind: 'elsewhere', name: 'Vodafone', currency: 'USD' },
        'BTC-USD': { kind: 'no-stock', name: 'Bitcoin USD' },
        NEW: { kind: 'no-history', name: 'New Corp' },
      }).line('quote nvda,pltr,7203.T,BTC-USD,NEW,zzzz,vod.l'),
    );
    expect(card.lead.slice(0, 3)).toEqual([
      'Not shown: 7203.T (priced in JPY), BTC-USD (not a stock, ETF or index), NEW (no usable closing prices), VOD.L (not traded during New York hours).',
      'Market open until 30 Jul 2024 16:00 New York.',
      'Not found: zzzz.',
    ]);
    expect(tableOf(card).narrow?.rows.map(([symbol]) => symbol)).toEqual(['NVDA', 'PLTR']);
  });

  test('two spellings of one are one', async () => {
    const card = cardOf(await scene({ PLTR }).line('quote pltr $PLTR'));
    expect(card.title).toContain('PLTR Corp at $80.00');
  });

  test('a source that is silent for one is not asked for the rest', async () => {
    const asking = scene({ AAA: { kind: 'no-answer' }, PLTR });
    const card = cardOf(await asking.line('quote nvda aaa pltr'));
    expect(asking.looked).toEqual(['AAA']);
    expect(card.lead[0]).toBe(
      "Not shown: AAA (the price source isn't answering), PLTR (the price source isn't answering).",
    );
    expect(await textOf(asking, 'quote aaa pltr')).toBe(
      "The price source isn't answering, so AAA could not be looked up. Try again in a minute.",
    );
  });

  test('a source that takes its time is not asked for all of them', async () => {
    const begin = performance.now();
    let passed = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => begin + passed);
    onTestFinished(() => void vi.restoreAllMocks());
    const { desk, looked } = deskOf({ PLTR, AMD: found('AMD', 110) });
    const slow: TickerDesk = {
      look: (...asked) => {
        passed += 16_000;
        return desk.look(...asked);
      },
    };
    const context = marketContext({ until: '2024-07-29', tickerDesk: slow });
    const card = cardOf(await askingAt({ at: AT, context }).line('quote nvda pltr amd'));
    expect(tableOf(card).narrow?.rows.map(([symbol]) => symbol)).toEqual(['NVDA', 'PLTR']);
    expect(card.lead[0]).toBe("Not shown: AMD (the price source isn't answering).");
    expect(looked).toEqual(['PLTR']);
  });

  test('40 are refused before any is looked up', async () => {
    const asking = scene({ PLTR });
    const forty = Array.from({ length: 40 }, (_, at) => `T${at}`).join(' ');
    expect(await textOf(asking, `quote ${forty}`)).toMatch(/^One card shows up to 10 symbols/);
    expect(asking.looked).toEqual([]);
  });
});

describe('one that has no card', () => {
  test.each([
    [
      { kind: 'elsewhere', name: 'Toyota', currency: 'JPY' },
      'QQQQ (Toyota) is priced in JPY. Only symbols priced in US dollars and traded during New York hours can be shown. A US listing works, such as TSM for TSMC.',
      'QQQQ(Toyota) 종목은 달러가 아닌 JPY로 거래되어 볼 수 없습니다. 뉴욕 거래 시간에 달러로 거래되는 종목만 볼 수 있습니다. 예: TSMC는 TSM.',
    ],
    [
      { kind: 'elsewhere', name: 'A Depositary', currency: 'USD' },
      "QQQQ (A Depositary) doesn't trade during New York hours, so it can't be shown. A US listing works, such as TSM for TSMC.",
      'QQQQ(A Depositary) 종목은 거래 시간이 뉴욕과 달라 볼 수 없습니다. 뉴욕 상장 종목은 볼 수 있습니다. 예: TSMC는 TSM.',
    ],
    [
      { kind: 'no-stock', name: 'Vanguard Total' },
      "QQQQ (Vanguard Total) isn't a stock, an ETF or an index, so it can't be shown. Enter a ticker of one of these, such as AMD or QQQ.",
      'QQQQ(Vanguard Total) 티커는 주식, ETF, 지수가 아니어서 볼 수 없습니다. AMD, QQQ처럼 주식, ETF, 지수의 티커를 입력해 주세요.',
    ],
    [
      { kind: 'no-history', name: 'Newcomer' },
      'The price source has no usable closing prices for QQQQ (Newcomer) yet. Try again after the next close.',
      '시세 제공처에 QQQQ(Newcomer) 종목의 종가 기록이 아직 없습니다. 다음 장 마감 뒤에 다시 시도해 주세요.',
    ],
    [
      { kind: 'no-lookup' },
      "QQQQ isn't watched here, and the price source can't look up other tickers. Watched ones work, such as IXIC (Nasdaq), AAPL (Apple), MSFT (Microsoft).",
      'QQQQ 종목은 관심 종목이 아니며, 현재 시세 제공처에서는 다른 티커를 조회할 수 없습니다. 관심 종목은 볼 수 있습니다. 예: IXIC (나스닥), AAPL (애플), MSFT (마이크로소프트)',
    ],
    [
      { kind: 'no-answer' },
      "The price source isn't answering, so QQQQ could not be looked up. Try again in a minute.",
      '시세 제공처가 응답하지 않아 QQQQ 종목을 확인하지 못했습니다. 1분 뒤에 다시 시도해 주세요.',
    ],
  ] as const)('is refused in one sentence: %j', async (refusal, english, korean) => {
    for (const command of ['quote', 'chart', 'drawdown']) {
      expect(await textOf(scene({ QQQQ: refusal }), `${command} qqqq`)).toBe(english);
      expect(await textOf(scene({ QQQQ: refusal }, { language: 'ko' }), `${command} qqqq`)).toBe(korean);
    }
  });

  test.each([
    ['quote nvdia', "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?"],
    ['chart $nvdia 6m', "No symbol '$nvdia'. Did you mean NVDA (Nvidia)?"],
    ['quote the nasdak', "No symbol 'the nasdak'. Did you mean IXIC (Nasdaq)?"],
  ])('has the nearest watched name if the source does not know it: %s', async (line, text) => {
    expect(await textOf(scene({}), line)).toBe(text);
  });

  test.each([
    '엔비디어',
    'a/b',
    '%%%',
    "'; drop table bars; --",
    '<!channel>',
    '@everyone',
    '```',
    `${'x'.repeat(300)}`,
  ])('is not looked up if it can be no ticker: %s', async (typed) => {
    const asking = scene({});
    const answer = await asking.question('chart', { symbol: typed });
    expect(answer.kind).toBe('problem');
    expect(asking.looked).toEqual([]);
  });
});

describe('the limit', () => {
  const known = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`T${at}`, found(`T${at}`, 90)]));
  const ten = (from: number): string => Array.from({ length: 10 }, (_, at) => `T${from + at}`).join(' ');

  test('of a person is ten tickers a minute, and watched symbols are answered all the same', async () => {
    const asking = scene(known);
    expect(tableOf(cardOf(await asking.line(`quote ${ten(0)}`))).rows).toHaveLength(10);
    expect(await textOf(asking, 'quote T10')).toBe(
      'Too many unwatched tickers were looked up just now, so T10 has to wait. Try again in 1 minute; watched symbols are answered as usual.',
    );
    const card = cardOf(await asking.line('quote nvda t11'));
    expect(card.lead[0]).toBe('Not shown: T11 (too many lookups just now).');
    expect(cardOf(await asking.line('quote nvda')).title).toContain('Nvidia');
    expect(asking.looked).toHaveLength(10);
  });

  test('of a server is twenty for all its people, and of all servers the same', async () => {
    const { desk, looked } = deskOf(known);
    const context = marketContext({ until: '2024-07-29', tickerDesk: desk });
    let now = NOW;
    const limits = { ...TICKER_LIMITS, all: { count: 40, perMs: MINUTE_MS } };
    const asking = askingAt({ context, now: () => now, tickerLimits: limits });
    const ask = (asker: string, workspace: string, symbol: string) =>
      asking.ask('quote', { options: { symbol }, language: 'en', platform: 'discord', channel: 'c', asker, workspace });
    await ask('a', 'w', ten(0));
    await ask('b', 'w', ten(10));
    expect(await ask('c', 'w', 'T20')).toMatchObject({ kind: 'problem' });
    expect(await ask('c', 'v', 'T20')).toMatchObject({ kind: 'card' });
    expect(await ask('a', 'v', 'T21')).toMatchObject({ kind: 'problem' });
    await ask('d', 'u', ten(30));
    await ask('e', 'u', ten(40));
    expect(looked).toHaveLength(40);
    expect(await ask('f', 't', 'T50')).toMatchObject({ kind: 'problem' });
    now += MINUTE_MS;
    expect(await ask('f', 't', 'T50')).toMatchObject({ kind: 'card' });
  });

  test('of an hour is longer to wait for, in minutes', async () => {
    const asking = scene(known, { tickerLimits: { ...TICKER_LIMITS, hour: { count: 1, perMs: 60 * MINUTE_MS } } });
    await asking.line('quote t1');
    expect(await textOf(asking, 'quote t2')).toContain('Try again in 60 minutes');
  });
});

describe('a short history', () => {
  const young = (price: number) => found('IPO', price, { closes: [40, 50, 45] });

  test('has no year, and says since when it is', async () => {
    const card = cardOf(await scene({ IPO: young(42) }).line('quote ipo'));
    expect(card.lead[0]).toBe(
      '16.0% below the highest close on record (data since 25 Jul 2024): $50.00 on 26 Jul, 2 sessions ago.',
    );
    expect(card.sections[0]).toMatchObject({
      note: 'Closes since 25 Jul 2024',
      table: { rows: [['IPO Corp', '$40.00', expect.any(String), '$50.00']] },
    });
    expect(card.lead.join(' ')).not.toContain('252');
    expect(cardOf(await scene({ IPO: young(60) }).line('quote ipo')).lead[0]).toBe(
      'At its highest close on record (data since 25 Jul 2024).',
    );
  });

  test('has no base rates, and no 252-session high', async () => {
    const card = cardOf(await scene({ IPO: young(42) }).line('drawdown ipo'));
    expect(card.lead).toEqual([
      '$42.00; peak $50.00 on 26 Jul, 2 sessions ago. It takes +19.0% to get back there.',
      'This is the low since that peak.',
    ]);
    expect(card.sections).toEqual([]);
    expect(cardOf(await scene({ IPO: young(42) }).line('chart ipo underwater')).lead).toEqual([]);
    expect(cardOf(await scene({ IPO: young(60) }).line('drawdown ipo')).title).toBe(
      'IPO Corp is at its highest close on record',
    );
  });

  test('of 251 closes and a price is a year', async () => {
    const of = async (count: number) =>
      cardOf(
        await scene({ IPO: found('IPO', 80, { closes: Array<number>(count).fill(100) }) }).line('quote ipo'),
      ).lead.join(' ');
    expect(await of(250)).not.toContain('252-session');
    expect(await of(251)).toContain('252-session');
  });

  test('of a single close says nothing of peaks', async () => {
    const { quote: _, ...single } = found('IPO', 1, { closes: [40] });
    const card = cardOf(await scene({ IPO: single }).line('quote ipo'));
    expect(card.title).toBe('IPO Corp at $40.00');
    expect(card.lead).toHaveLength(1);
  });
});

describe('what is not settled', () => {
  test('is said of a ticker, and why there is nothing newer', async () => {
    const open = found('PLTR', 80, { question: 'history in doubt', problem: 'Yahoo cannot be reached' });
    const card = cardOf(await scene({ PLTR: open }).line('quote pltr'));
    expect(card.footer.slice(1)).toEqual([
      'Not confirmed yet: PLTR: the history is in doubt.',
      'No newer price: Yahoo cannot be reached.',
      'Not watched here: PLTR. For alerts, use /watch add symbol:PLTR.',
    ]);
  });

  test('a failed poll of the watch is no trouble of a ticker that was just looked up', async () => {
    const { desk } = deskOf({ PLTR });
    const context = marketContext({ until: '2024-07-29', tickerDesk: desk, status: { problem: 'Yahoo is down.' } });
    const asking = askingAt({ at: AT, context });
    expect(cardOf(await asking.line('quote pltr')).footer.join(' ')).not.toContain('Yahoo is down');
    expect(cardOf(await asking.line('quote pltr nvda')).footer.join(' ')).toContain('Yahoo is down');
  });
});

test('one that another channel has added is answered as if nobody watched it; one of this channel has no line', async () => {
  const watchlist = createMutableWatchlist(loadWatchlist());
  watchlist.add({ symbol: 'AMD', name: 'AMD', kind: 'stock', ticker: 'AMD', source: 'yahoo' });
  const base = marketContext({ until: '2024-07-29' });
  const context = {
    ...base,
    watchlist,
    histories: { ...base.histories, bars: () => closesUntil('2024-07-29', [100, 100]) },
  };
  const channels = oneChannel();
  const asking = askingAt({ at: AT, context, channels });
  expect(cardOf(await asking.line('quote amd')).footer.at(-1)).toMatch(/^Not watched here: AMD\./);
  const [channel] = await channels.of('discord');
  await channels.change(channel?.id ?? 0, () => ({ also: ['AMD'] }));
  expect(cardOf(await asking.line('quote amd')).footer.join(' ')).not.toContain('Not watched');
  await channels.change(channel?.id ?? 0, () => ({ without: ['NVDA'] }));
  expect(cardOf(await asking.line('quote nvda')).footer.join(' ')).not.toContain('Not watched');
});

test('in a conversation that is not set up, the line is for tickers that are on no list', async () => {
  const asking = scene({ PLTR }, { channels: memoryChannels(), who: { workspace: undefined } });
  expect(cardOf(await asking.line('quote pltr')).footer.at(-1)).toMatch(/^Not watched here: PLTR\./);
  expect(cardOf(await asking.line('quote nvda')).footer.join(' ')).not.toContain('Not watched');
});

test('while it is typed, a ticker that is no watched name is offered as it is', () => {
  const { complete } = askingAt({});
  const values = (command: string, typed: string) => complete(command, 'symbol', typed, 'en').map(({ value }) => value);
  expect(values('quote', 'pltr')).toEqual(['PLTR']);
  expect(values('quote', 'nvda,pltr')).toEqual(['NVDA,PLTR']);
  expect(values('chart', '$pltr')).toEqual(['PLTR']);
  expect(values('chart', 'palantir technologies')).toEqual([]);
  expect(values('quote', 'micro dev')).toEqual([]);
  expect(values('mute', 'pltr')).toEqual([]);
  expect(values('quote', 'nvd')).toEqual(['NVDA']);
  for (const value of values('quote', `${'NVDA,'.repeat(19)}pltrx`)) expect(value.length).toBeLessThanOrEqual(100);
});
