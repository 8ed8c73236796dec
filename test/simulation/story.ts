import { HOUR_MS } from '../../src/util/durations.ts';
import { type Breach, time } from './breach.ts';
import type { Evening } from './evenings.ts';
import type { Fault } from './faults.ts';
import type { Order } from './orders.ts';
import type { Scenario } from './scenario.ts';
import type { Event, Run } from './simulate.ts';

const faultLine = ({ kind, from, to, symbol, platform, address, session, value, times }: Fault): string => {
  const parts = Object.entries(times ?? {}).map(([part, at]) => `${part} at ${time(at)}`);
  const where = [
    symbol,
    platform,
    address,
    session && `of ${session}`,
    value !== undefined && `(${Number(value.toFixed(3))})`,
  ];
  const until = to === Number.MAX_SAFE_INTEGER ? 'all the time' : `${time(from)} to ${time(to)}`;
  return `  ${until}: ${[kind, ...where, ...parts].filter(Boolean).join(' ')}`;
};

const orderLine = ({ at, platform, address, what }: Order): string =>
  `  ${time(at)} ${platform} ${address}: ${JSON.stringify(what)}`;

const EVENTS_SHOWN = 40;
const REACH_MS = HOUR_MS;

/** Whether an event may have to do with a breach: it is of its time and speaks of its symbol, its channel or of the whole bot. */
const isAbout = ({ at, text }: Event, { at: breachAt, room, symbol }: Breach): boolean =>
  at >= breachAt - REACH_MS &&
  at <= breachAt + 2 * REACH_MS &&
  (text.startsWith('the bot') ||
    text.includes('failed') ||
    text.includes(room) ||
    (symbol !== undefined && text.includes(symbol)));

const truthLines = ({ market, sessions }: Scenario, symbol: string): string[] =>
  (market.symbols.includes(symbol) ? sessions : []).map(
    (session) =>
      `  ${session}: ${market
        .pricesIn(symbol, session)
        .map(({ at, price }) => `${time(at).slice(11)} ${price / 1e6}`)
        .join(', ')}; close ${market.closeOf(symbol, session) / 1e6}`,
  );

const eveningLine = ({ symbol, session, reports, close, steps }: Evening): string => {
  const prices = steps.map(({ at, price }) => `${time(at).slice(11)} ${price / 1e6}`).join(', ');
  return `  ${symbol} on ${session}${reports ? ', which reports' : ''}, from ${close / 1e6}: ${prices}`;
};

/** What happened around a breach, in a few lines. */
const breachLines = (scenario: Scenario, run: Run, breach: Breach): string[] => {
  const { what, room, symbol, expected, came, at } = breach;
  const events = run.events.filter((it) => isAbout(it, breach)).slice(0, EVENTS_SHOWN);
  return [
    `${what} in ${room}${symbol === undefined ? '' : `, ${symbol}`}, ${time(at)}`,
    `  expected ${expected}`,
    `  came ${came}`,
    ...(symbol === undefined ? [] : ['true prices:', ...truthLines(scenario, symbol)]),
    'what happened:',
    ...events.map((it) => `  ${time(it.at)} ${it.text}`),
  ];
};

/** The story of a seed with breaches: the first of each kind, short. */
export const storyOf = (scenario: Scenario, run: Run, breaches: readonly Breach[]): string[] => {
  const { seed, sessions, pollMs, market, channels, faults, orders, evenings } = scenario;
  const firsts = [...Map.groupBy(breaches, ({ what }) => what).values()].flatMap(([first]) => first ?? []);
  return [
    `seed ${seed}: ${breaches.length} breaches; ${sessions.join(', ')}; a poll every ${pollMs / 60_000} minutes; ${market.symbols.join(', ')}; ${channels.length} channels`,
    'faults:',
    ...faults.toSorted((a, b) => a.from - b.from).map(faultLine),
    ...(evenings.length > 0 ? ['after the bell:', ...evenings.map(eveningLine)] : []),
    ...(orders.length > 0 ? ['what people want:', ...orders.map(orderLine)] : []),
    ...firsts.flatMap((breach) => [
      ...breachLines(scenario, run, breach),
      `  (its channel: ${JSON.stringify(channels.find(({ address }) => breach.room.endsWith(address))?.settings ?? {})})`,
    ]),
  ];
};
