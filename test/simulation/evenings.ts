import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import type { Micros } from '../../src/market/money.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import type { Draw } from './draw.ts';
import type { Fault } from './faults.ts';
import type { Market, Step } from './market.ts';

/** What one symbol truly does after the bell of a session. */
export interface Evening {
  readonly symbol: string;
  readonly session: SessionDate;
  /** Whether the source names it as the day on which the company reports. */
  readonly reports: boolean;
  /** The closing bell, epoch milliseconds, and the last price by then. */
  readonly bell: number;
  readonly close: Micros;
  /** Prices after the bell, oldest first. */
  readonly steps: readonly Step[];
}

/** Trading after the bell goes on for so long. */
export const EVENING_MS = 240 * MINUTE_MS;

/** The price of the last trade after the bell. */
export const eveningPrice = ({ steps, close }: Evening, instant: number): Micros =>
  steps.findLast(({ at }) => at <= instant)?.price ?? close;

/** Depths that matter after the bell, in basis points, and how far prices keep away from them. */
const LEVELS = [300, 500, 700];
const DISTANCE = 8;

const awayFromLevels = (depth: number): number => {
  const near = LEVELS.find((level) => Math.abs(depth - level) < DISTANCE);
  return near === undefined ? depth : near + DISTANCE * (depth < near ? -1 : 1);
};

const drawSteps = (draw: Draw, bell: number, close: Micros): Step[] => {
  const priceAt = (depth: number): Micros =>
    Math.round((close * (1 - awayFromLevels(depth) / 10_000)) / 10_000) * 10_000;
  let at = bell + draw.number(1, 50) * MINUTE_MS;
  let depth = draw.one([
    draw.number(100, 480),
    draw.number(520, 690),
    draw.number(720, 1_500),
    draw.number(1_500, 3_500),
  ]);
  const steps: Step[] = [];
  for (let left = draw.whole(0, 3); ; left -= 1) {
    steps.push({ at: Math.round(at), price: priceAt(depth) });
    if (left === 0) return steps;
    // Some moves are over before three quotes could have confirmed them.
    at += draw.one([draw.number(0.3, 3), draw.number(10, 25), draw.number(25, 60)]) * MINUTE_MS;
    depth = draw.chance(0.6) ? Math.min(5_500, depth + draw.number(100, 1_300)) : depth * draw.number(-0.2, 1);
  }
};

interface EveningFrame {
  readonly calendar: Calendar;
  readonly sessions: readonly SessionDate[];
  readonly market: Market;
  readonly faults: readonly Fault[];
}

/** Draws what happens after the bells; nothing in most scenarios. Companies alone trade then, and none that splits. */
export const drawEvenings = (draw: Draw, { calendar, sessions, market, faults }: EveningFrame): Evening[] => {
  if (!draw.chance(0.35)) return [];
  const companies = market.symbols.filter(
    (symbol) => symbol !== 'IXIC' && !faults.some((it) => it.kind === 'split' && it.symbol === symbol),
  );
  if (companies.length === 0) return [];
  const drawn = Array.from({ length: draw.whole(1, 3) }, (): Evening => {
    const [symbol, session] = [draw.one(companies), draw.one(sessions)];
    const bell = calendar.hours(session)?.close ?? 0;
    const close = market.closeOf(symbol, session);
    return { symbol, session, reports: draw.chance(0.5), bell, close, steps: drawSteps(draw, bell, close) };
  });
  // A source knows one next report of a company.
  const firstOf = (it: Evening): boolean => drawn.find(({ symbol }) => symbol === it.symbol) === it;
  return drawn.filter(firstOf);
};
