import type { Config } from '../../src/app/config.ts';
import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Draw, drawFrom } from './draw.ts';
import { drawEvenings, type Evening } from './evenings.ts';
import { drawFault, drawFaultOf, type Fault, type Frame, possibleFaults } from './faults.ts';
import { createMarket, type Market, type Step, type TruePrices } from './market.ts';
import { drawOrders, type Order } from './orders.ts';
import { withOwnRules, withRises } from './own-rules.ts';

/** A channel and its settings. */
export interface SimulatedChannel {
  readonly platform: string;
  readonly address: string;
  readonly language: string;
  readonly settings: ChannelSettings;
}

/** All that one seed decides before the bot starts. Times in epoch milliseconds. */
export interface Scenario {
  readonly seed: number;
  readonly calendar: Calendar;
  /** The bot's first start, on an evening. */
  readonly start: number;
  readonly end: number;
  /** In the last one nothing goes wrong and no price moves, so that by the end everything has to be told. */
  readonly sessions: readonly SessionDate[];
  readonly pollMs: number;
  readonly market: Market;
  readonly channels: readonly SimulatedChannel[];
  readonly faults: readonly Fault[];
  /** What happens after the bells. */
  readonly evenings: readonly Evening[];
  /** What people want of the running bot, oldest first. */
  readonly orders: readonly Order[];
}

/** From the last session's opening bell on: long enough for whatever is still to be told. */
const TAIL_MS = 2.5 * HOUR_MS;

const DIGEST_AFTER_MS = 15 * MINUTE_MS;

const STOCKS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA'];
const INDEX = 'IXIC';
const PAST_SESSIONS = 30;
/** Steps of the levels that channels have, in basis points; a price keeps away from these and from half of them. */
const LEVEL_STEP = 50;
const DISTANCE = 8;

/** The whole price in micro-units at a depth below `peak`, away from every level. */
const priceAt = (peak: number, depth: number): number => {
  const nearest = Math.round(depth / LEVEL_STEP) * LEVEL_STEP;
  const away = Math.abs(depth - nearest) < DISTANCE ? nearest + DISTANCE * (depth < nearest ? -1 : 1) : depth;
  return Math.round(peak * (1 - away / 10_000) * 100) * 10_000;
};

/** A price of a stock, in dollars. */
const drawPast = (draw: Draw, calendar: Calendar, first: SessionDate): { peak: number; past: TruePrices['past'] } => {
  const sessions: SessionDate[] = [calendar.previous(first)];
  while (sessions.length < PAST_SESSIONS) sessions.unshift(calendar.previous(sessions[0] ?? first));
  const peak = draw.whole(20, 900);
  return {
    peak,
    past: sessions.map((session, place) => ({
      session,
      close: Math.round(peak * (place === sessions.length - 1 ? 1 : draw.number(0.993, 0.9995)) * 100) * 10_000,
    })),
  };
};

/** How a symbol falls: `most` is the deepest single step in basis points. */
const STORIES = [
  { weight: 3, most: 60, rebound: 0.5 },
  { weight: 4, most: 700, rebound: 0.25 },
  { weight: 3, most: 1_500, rebound: 0.2 },
  { weight: 1, most: 3_200, rebound: 0.3 },
] as const;

const drawSteps = (
  draw: Draw,
  { calendar, sessions, pollMs }: Pick<Scenario, 'calendar' | 'sessions' | 'pollMs'>,
  peak: number,
  isIndex: boolean,
): Step[] => {
  const kind = draw.one(STORIES.flatMap((it) => Array.from({ length: it.weight }, () => it)));
  const most = isIndex ? kind.most / 3 : kind.most;
  const steps: Step[] = [];
  let depth = 0;
  for (const session of sessions.slice(0, -1)) {
    const { open = 0, close = 0 } = calendar.hours(session) ?? {};
    const count = draw.whole(0, most > 100 ? 4 : 1);
    const moves = Array.from({ length: count }, () => Math.round(draw.number(open, close - 3 * pollMs)));
    // A gap at the bell, and moves that last for some polls, or are over before anybody has looked twice.
    const times = [...(draw.chance(0.6) ? [open] : []), ...moves].toSorted((a, b) => a - b);
    for (const at of times) {
      const before = steps.at(-1)?.at ?? 0;
      if (at - before < 2 * MINUTE_MS) continue;
      depth = draw.chance(kind.rebound)
        ? Math.max(-600, depth - draw.number(0, 1.3 * most))
        : Math.min(8_500, depth + draw.number(0, most) * (1 - Math.max(0, depth) / 10_000));
      steps.push({ at, price: priceAt(peak, depth) });
    }
  }
  return steps;
};

const REBOUND_SHARE = 0.15;

/** Lets some symbols fall and close one of the sessions above all that they were at before: the fall is over. */
const withRebound = (
  draw: Draw,
  steps: readonly Step[],
  { calendar, sessions, pollMs }: Pick<Scenario, 'calendar' | 'sessions' | 'pollMs'>,
  peak: number,
): readonly Step[] => {
  if (!draw.chance(REBOUND_SHARE)) return steps;
  const session = draw.one(sessions.slice(0, -1));
  const { open = 0, close = 0 } = calendar.hours(session) ?? {};
  const at = Math.round(close - draw.number(1, 6) * pollMs);
  const fall = { at: Math.round(draw.number(open, at - 8 * pollMs)), price: priceAt(peak, draw.number(350, 3_000)) };
  const high = { at, price: priceAt(peak, draw.number(-1_400, -700)) };
  const others = steps.filter(
    (it) => Math.abs(it.at - fall.at) > 4 * pollMs && (it.at < at - 2 * MINUTE_MS || it.at > close),
  );
  return [...others, fall, high].toSorted((a, b) => a.at - b.at);
};

const SETTINGS: readonly ChannelSettings[] = [
  {},
  {},
  { kinds: ['drawdown', 'day', 'digest', 'notice', 'recovery'] },
  { kinds: ['day'] },
  { kinds: ['drawdown', 'recovery'] },
  { kinds: ['recovery', 'notice'] },
  { rules: { '*': { drawdown: { 252: [2000, 4000], 20: [] }, day: [] } } },
  {
    rules: {
      '*': { drawdown: { 252: [300, 550, 1250] } },
      NVDA: { drawdown: { 252: [1200, 2200, 3300] }, day: [500] },
    },
  },
  { without: ['AAPL', 'IXIC', 'MSFT'] },
  { edits: false },
  { afterHours: false },
  { timeZone: 'Asia/Seoul', digest: { at: '08:00' } },
  { timeZone: 'Europe/Berlin', digest: { at: '23:30' }, kinds: ['digest', 'day'] },
  { timeZone: 'Asia/Seoul', quiet: { from: '23:00', to: '07:00' } },
  { timeZone: 'America/New_York', quiet: { from: '11:00', to: '13:30' } },
];

const drawChannels = (draw: Draw): SimulatedChannel[] =>
  Array.from({ length: draw.chance(0.2) ? draw.whole(10, 20) : draw.whole(3, 7) }, (_, number) => {
    const platform = draw.one(['discord', 'slack']);
    return {
      platform,
      address:
        platform === 'discord'
          ? String(700_000_000_000_000_000n + BigInt(number))
          : `C${String(number).padStart(10, '0')}`,
      language: draw.one(['en', 'ko']),
      settings: draw.one(SETTINGS),
    };
  });

const CLOCK_SHARE = 0.1;
/** A clock that was set is believed after five minutes without an answer. */
const CLOCK_POLL_MS = 4 * MINUTE_MS;

/** Draws how often the computer's clock is set; most seeds have no such fault. */
const drawClocks = (seed: number, frame: Frame): Fault[] => {
  const draw = drawFrom(seed + 5_000_011);
  if (!draw.chance(CLOCK_SHARE)) return [];
  return Array.from({ length: draw.whole(1, 4) }, () => drawFaultOf('clock set', draw, frame) ?? []).flat();
};

const MONTHS = ['2025-02', '2025-03', '2025-06', '2025-07', '2025-10', '2025-11', '2025-12'];

/** Draws what happens: a few sessions of falling prices, and one in which nothing does. The same for the same seed. */
export const drawScenario = (seed: number, { calendar, facts }: Pick<Config, 'calendar' | 'facts'>): Scenario => {
  const draw = drawFrom(seed);
  const month = draw.one(MONTHS);
  const first = calendar.next(`${month}-${String(draw.whole(1, 28)).padStart(2, '0')}`);
  const sessions = [first];
  const count = draw.one([2, 2, 2, 2, 3]);
  while (sessions.length < count) sessions.push(calendar.next(sessions.at(-1) ?? first));
  const pollMs = (count > 2 ? 15 : draw.one([6, 10, 15, 15])) * MINUTE_MS;

  const symbols = draw.some([...STOCKS, INDEX], draw.chance(0.2) ? draw.whole(6, 8) : draw.whole(3, 5));
  // Draws of their own, as those further below: what is drawn elsewhere stays as it is.
  const rebounds = drawFrom(seed + 3_000_029);
  const prices = new Map(
    symbols.map((symbol) => {
      const { peak, past } = drawPast(draw, calendar, first);
      const frame = { calendar, sessions, pollMs };
      const drawn = drawSteps(draw, frame, peak, symbol === INDEX);
      const steps = withRebound(rebounds, drawn, frame, peak);
      return [symbol, { past, steps }] as const;
    }),
  );
  const channels = drawChannels(draw);
  const faulty = sessions.slice(0, -1);
  const moments = [
    ...[...prices.values()].flatMap(({ steps }) => steps.map(({ at }) => at)),
    ...faulty.map((session) => (calendar.hours(session)?.close ?? 0) + DIGEST_AFTER_MS),
  ];
  const start = (calendar.hours(calendar.previous(first))?.close ?? 0) + 2.1 * HOUR_MS;
  const end = (calendar.hours(sessions.at(-1) ?? first)?.open ?? 0) + TAIL_MS;
  const whole = { calendar, from: start, to: end };
  const frame: Frame = { ...whole, sessions: faulty, symbols, channels, pollMs, moments, splits: new Set() };
  const drawn = Array.from({ length: draw.whole(2, 10) }, () => drawFault(draw, frame));
  const clocks = drawClocks(seed, frame);
  const faults = possibleFaults([...clocks, ...drawn.filter((it) => it !== undefined)]);
  const market = createMarket(prices, calendar);
  const ownRules = drawFrom(seed + 11_000_027);
  const rises = drawFrom(seed + 17_000_023);
  const own = (settings: ChannelSettings, since: number): ChannelSettings => {
    const frame = { symbols, since, priceOf: (symbol: string) => market.priceAt(symbol, since) };
    return withRises(rises, withOwnRules(ownRules, settings, frame), symbols);
  };
  const evenings = drawEvenings(drawFrom(seed + 13_000_027), { calendar, sessions: faulty, market, faults });
  const orders = drawOrders(drawFrom(seed + 9_000_017), drawFrom(seed + 15_000_017), {
    ...frame,
    moments: [...moments, ...evenings.flatMap(({ steps }) => steps.map(({ at }) => at))],
    hasGuided: (symbol, at) =>
      facts.some(
        ({ subject, metric, published }) =>
          subject === symbol && metric === 'capex_guidance' && published === calendar.dayOf(at),
      ),
    settingsAt: (at) => own(ownRules.one(SETTINGS), at),
  });
  return {
    ...{ seed, calendar, start, end, sessions, faults, evenings, orders, market },
    channels: channels.map((channel) => ({ ...channel, settings: own(channel.settings, start) })),
    pollMs: clocks.length > 0 ? CLOCK_POLL_MS : pollMs,
  };
};
