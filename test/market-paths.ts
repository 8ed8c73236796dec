import type { Bar } from '../src/market/bar.ts';
import type { Micros } from '../src/market/money.ts';

/** What is known of a day: the prices that a path has to begin at, touch, stay between and end at. */
export type DayPrices = Pick<Bar, 'open' | 'high' | 'low' | 'close'>;

/** Milliseconds between two prices of a path. */
export const PATH_STEP_MS = 5_000;
const STEPS_PER_DAY = (6.5 * 3_600_000) / PATH_STEP_MS;

/** How much of what moves one symbol moves all; on days of panic about so much does. */
const COMMON = 0.7;
/** How far a symbol's high and low are at most from those of the others, as a share of the day. */
const APART = 0.05;

/**
 * A path takes a minute at least for each percent between two of the prices that it has to touch. On 6 May 2010 the S&P 500's
 * future took 4.5 minutes for its fastest 5.1% (Findings Regarding the Market Events of May 6, 2010; CFTC and SEC).
 */
const FASTEST_PERCENT_A_MINUTE = 1;
const MINUTES_PER_DAY = 390;

/** A day's move has this share of the span between its high and low (Parkinson, 1980). */
const SIGMA_OF_SPAN = 1 / (2 * Math.sqrt(Math.log(2)));

/** A number of a normal distribution (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Folds a value into [low, high], as a mirror at both ends does. */
const reflected = (value: number, low: number, high: number): number => {
  const span = high - low;
  if (span <= 0) return low;
  const from = (((value - low) % (2 * span)) + 2 * span) % (2 * span);
  return low + (from <= span ? from : 2 * span - from);
};

interface Anchor {
  readonly step: number;
  readonly price: Micros;
}

/** The bridge from one anchor to the next, without its last price; `shocks` are those of its steps. */
const bridge = (from: Anchor, to: Anchor, day: DayPrices, shocks: readonly number[], sigma: number): Micros[] => {
  const length = to.step - from.step;
  const total = shocks.slice(from.step, to.step).reduce((sum, it) => sum + it, 0);
  const [low, high] = [Math.log(day.low), Math.log(day.high)];
  let walked = 0;
  return Array.from({ length }, (_, n) => {
    if (n > 0) walked += shocks[from.step + n - 1] ?? 0;
    if (n === 0) return from.price;
    const share = n / length;
    const straight = Math.log(from.price) * (1 - share) + Math.log(to.price) * share;
    const price = Math.exp(reflected(straight + sigma * (walked - share * total), low, high));
    return Math.min(day.high, Math.max(day.low, 100 * Math.round(price / 100)));
  });
};

/**
 * Made-up prices of one day, by symbol, one every five seconds from the opening bell to the close: each path begins at its
 * open, ends at its close, touches high and low and stays between them. They fall and rise together. Same random
 * numbers, same paths.
 */
export const drawPaths = (
  days: ReadonlyMap<string, DayPrices>,
  random: () => number,
  steps = STEPS_PER_DAY,
): ReadonlyMap<string, readonly Micros[]> => {
  const common = Array.from({ length: steps }, () => normal(random));
  const market = { high: random(), low: random() };
  const stepNear = (share: number): number => Math.round((share + APART * (2 * random() - 1)) * steps);
  /** Steps from one price to another at the fastest. */
  const reach = (from: Micros, to: Micros): number =>
    Math.ceil((100 * Math.abs(Math.log(to / from)) * steps) / (FASTEST_PERCENT_A_MINUTE * MINUTES_PER_DAY)) + 2;
  /** The step nearest to one at which a day can have a price. */
  const reached = (step: number, price: Micros, { open, close }: DayPrices): number =>
    Math.max(reach(open, price), Math.min(steps - reach(price, close), step));
  return new Map(
    [...days].map(([symbol, day]) => {
      const shocks = common.map((it) => COMMON * it + Math.sqrt(1 - COMMON ** 2) * normal(random));
      const high = reached(stepNear(market.high), day.high, day);
      const near = reached(stepNear(market.low), day.low, day);
      const apart = reach(day.high, day.low);
      const low = Math.abs(near - high) >= apart ? near : high + (high + apart < steps ? apart : -apart);
      const anchors: Anchor[] = [
        { step: 0, price: day.open },
        { step: high, price: day.high },
        { step: low, price: day.low },
        { step: steps, price: day.close },
      ].toSorted((a, b) => a.step - b.step);
      const sigma = (Math.log(day.high / day.low) * SIGMA_OF_SPAN) / Math.sqrt(steps);
      const path = anchors.flatMap((from, n) => {
        const to = anchors[n + 1];
        return to ? bridge(from, to, day, shocks, sigma) : [from.price];
      });
      return [symbol, path];
    }),
  );
};

/** The price of a path so many milliseconds after the opening bell; that of the close from then on. */
export const priceOnPath = (path: readonly Micros[], afterOpenMs: number): Micros =>
  path[Math.min(path.length - 1, Math.max(0, Math.floor(afterOpenMs / PATH_STEP_MS)))] ?? 0;
