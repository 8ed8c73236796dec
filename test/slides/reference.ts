import type { Rules } from '../../src/market/watchlist.ts';
import type { Observation } from '../../src/slides/machine.ts';
import type { Alert } from '../../src/stories/alert.ts';

/** One close on record. */
interface Close {
  readonly session: string;
  readonly price: bigint;
}

/** State of one rule, level by level: which are armed, and which of those the quote before had reached. */
interface Levels {
  readonly armed: Set<number>;
  seen: ReadonlySet<number>;
}

/** How one observation compares with the levels of one rule. */
interface Comparison {
  readonly all: readonly number[];
  reached(level: number): boolean;
  recovered(level: number): boolean;
}

/** The level that fired, and the deepest that was disarmed before. */
interface Fired {
  readonly level: number;
  readonly above?: number;
}

/** One step of one rule. Undefined if nothing fired. */
const step = (levels: Levels, final: boolean, { all, reached, recovered }: Comparison): Fired | undefined => {
  for (const level of all) if (!levels.armed.has(level) && recovered(level)) levels.armed.add(level);
  const before = all.filter((level) => !levels.armed.has(level));
  const candidates = all.filter((level) => levels.armed.has(level) && reached(level));
  const fired = candidates.filter((level) => final || levels.seen.has(level));
  const deepest = fired.length > 0 ? Math.max(...fired) : undefined;
  if (deepest !== undefined) for (const level of all) if (level <= deepest) levels.armed.delete(level);
  levels.seen = new Set(final ? [] : candidates.filter((level) => levels.armed.has(level)));
  if (deepest === undefined) return undefined;
  return { level: deepest, ...(before.length > 0 && { above: Math.max(...before) }) };
};

const fresh = (all: readonly number[]): Levels => ({ armed: new Set(all), seen: new Set() });

/**
 * Reference implementation of the alert rules, slow and plain: every level has its own flag, every product is a BigInt,
 * every peak is searched from scratch, and nothing depends on the order of the levels. It takes one observation at a time
 * and keeps the closes itself.
 */
export const createReference = (rules: Rules, valueStep?: number) => {
  const closes: Close[] = [];
  const windows = rules.drawdown.map(({ window, levels }) => ({ window, all: levels, levels: fresh(levels) }));
  const multiples = valueStep === undefined ? [] : Array.from({ length: 400 }, (_, n) => (n + 1) * valueStep);
  const value = fresh(multiples);
  let day = { session: '', levels: fresh(rules.day) };
  const rises = rules.rise ?? [];
  const rise = fresh(rises);
  const dayRises = rules.dayRise ?? [];
  let dayRise = { session: '', levels: fresh(dayRises) };

  const peakWithin = (window: number, price: bigint, { session, final }: Observation) => {
    const own = final ? [{ session, price }] : [];
    const within = [...closes, ...own].slice(-window);
    const highest = within.reduce((most, close) => (close.price > most ? close.price : most), 0n);
    const sessions = [...closes.map((close) => close.session), session];
    const peakSession = within.filter((close) => close.price === highest).at(-1)?.session ?? session;
    return { peak: highest, peakSession, sessions: sessions.indexOf(session) - sessions.indexOf(peakSession) };
  };

  const lowWithin = (window: number, price: bigint, { session, final }: Observation) => {
    const own = final ? [{ session, price }] : [];
    const within = [...closes, ...own].slice(-window);
    // A price that no close is below is its own low.
    const lowest = within.reduce((least, close) => (close.price < least ? close.price : least), price);
    const sessions = [...closes.map((close) => close.session), session];
    const lowSession = within.filter((close) => close.price === lowest).at(-1)?.session ?? session;
    return { low: lowest, lowSession, sessions: sessions.indexOf(session) - sessions.indexOf(lowSession) };
  };

  const bestSince = (price: bigint, previous: bigint): string | null => {
    const better = closes.filter((close, n) => {
      const before = closes[n - 1];
      return before !== undefined && close.price * previous >= price * before.price;
    });
    return better.at(-1)?.session ?? null;
  };

  const worstSince = (price: bigint, previous: bigint): string | null => {
    const worse = closes.filter((close, n) => {
      const before = closes[n - 1];
      return before !== undefined && close.price * previous <= price * before.price;
    });
    return worse.at(-1)?.session ?? null;
  };

  return (observation: Observation): Alert[] => {
    const { symbol, session, final } = observation;
    const price = BigInt(observation.price);
    const crossing = { symbol, session, price: observation.price };
    const alerts: Alert[] = [];

    for (const { window, all, levels } of windows) {
      const { peak, ...where } = peakWithin(window, price, observation);
      const fired = step(levels, final, {
        all,
        reached: (it) => price * 10_000n <= peak * (10_000n - BigInt(it)),
        recovered: (it) => price * 20_000n > peak * (20_000n - BigInt(it)),
      });
      if (fired !== undefined)
        alerts.push({ ...crossing, kind: 'drawdown', window, ...fired, peak: Number(peak), ...where });
    }

    if (multiples.length > 0) {
      const { peak, ...where } = peakWithin(252, price, observation);
      const lost = peak - price;
      const fired = step(value, final, {
        all: multiples,
        reached: (it) => lost >= BigInt(it) * 1_000_000n,
        recovered: (it) => 2n * lost < BigInt(it) * 1_000_000n,
      });
      if (fired !== undefined)
        alerts.push({ ...crossing, kind: 'value', window: 252, ...fired, peak: Number(peak), ...where });
    }

    if (day.session !== session) day = { session, levels: fresh(rules.day) };
    const previous = closes.at(-1);
    if (previous !== undefined) {
      const fired = step(day.levels, final, {
        all: rules.day,
        reached: (it) => price * 10_000n <= previous.price * (10_000n - BigInt(it)),
        recovered: () => false,
      });
      if (fired !== undefined)
        alerts.push({
          ...crossing,
          kind: 'day',
          ...fired,
          previous: Number(previous.price),
          worstSince: worstSince(price, previous.price),
        });
    }

    if (rises.length > 0) {
      const { low, ...where } = lowWithin(252, price, observation);
      const fired = step(rise, final, {
        all: rises,
        reached: (it) => price * 10_000n >= low * (10_000n + BigInt(it)),
        recovered: (it) => price * 20_000n < low * (20_000n + BigInt(it)),
      });
      if (fired !== undefined)
        alerts.push({ ...crossing, kind: 'rise', window: 252, ...fired, low: Number(low), ...where });
    }

    if (dayRise.session !== session) dayRise = { session, levels: fresh(dayRises) };
    if (previous !== undefined && dayRises.length > 0) {
      const fired = step(dayRise.levels, final, {
        all: dayRises,
        reached: (it) => price * 10_000n >= previous.price * (10_000n + BigInt(it)),
        recovered: () => false,
      });
      if (fired !== undefined)
        alerts.push({
          ...crossing,
          kind: 'day-rise',
          ...fired,
          previous: Number(previous.price),
          bestSince: bestSince(price, previous.price),
        });
    }

    if (final) closes.push({ session, price });
    return alerts;
  };
};
