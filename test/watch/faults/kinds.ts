import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import type { Draw } from './draw.ts';
import { FALLS } from './falls.ts';
import { closedAt, type Served, served, withBars, withQuotes } from './served.ts';
import { closeBefore, closeOf, type Day, type Truth, withGap } from './truth.ts';
import { type UnitChange, withUnitChange } from './unit-change.ts';
import { calendar, pastSessions } from './week.ts';

/** A drawn fault: what prices really were, and what the source said of them. */
export interface Faulty {
  readonly truth: Truth;
  readonly source: Served;
  /** A second source; absent for none. */
  readonly second?: Served;
}

/** What a fault is drawn for. */
export interface Drawn {
  readonly draw: Draw;
  readonly truth: Truth;
  /** Index of the session of the fault, and the session. */
  readonly at: number;
  readonly day: Day;
}

export type FaultKind = (drawn: Drawn) => Faulty;

/** Minutes after the opening bell, and before the closing bell, in which there is a poll every minute. */
export const BUSY_MINUTES = { first: 75, last: 45 } as const;

/** A whole minute at which there is a poll, with one every minute in the ten before and after. */
const busyMinute = ({ draw, day }: Drawn): number =>
  draw.chance(0.7)
    ? day.open + draw.whole(12, BUSY_MINUTES.first - 12) * MINUTE_MS
    : day.close - draw.whole(12, BUSY_MINUTES.last - 12) * MINUTE_MS;

const during = (from: number, forMs: number) => (now: number) => now >= from && now < from + forMs;

/** Prices that share one fault for some minutes. */
const wrongTicks = (drawn: Drawn, from: number, minutes: number, factor: number): Faulty => {
  const isWrong = during(from, minutes * MINUTE_MS);
  const source = withQuotes(served(drawn.truth), (quote, now) =>
    isWrong(now) ? { ...quote, price: Math.round(quote.price * factor) } : quote,
  );
  return { truth: drawn.truth, source };
};

const WILD = [0.01, 0.1, 0.25, 1 / 3, 0.5, 2 / 3, 0.72, 1.35, 1.5, 2, 3, 10, 100];
const MILD = [0.78, 0.85, 0.9, 0.93, 1.07, 1.12, 1.2];

const oneWrongTick: FaultKind = (drawn) => {
  const { draw, day } = drawn;
  const from = draw.chance(0.2) ? day.close + MINUTE_MS : busyMinute(drawn);
  return wrongTicks(drawn, from, 1, draw.one([...WILD, ...MILD]));
};

/** More than a quarter off: anything less cannot be told from a move of the price. */
const runOfWrongTicks: FaultKind = (drawn) =>
  wrongTicks(drawn, busyMinute(drawn), drawn.draw.whole(3, 8), drawn.draw.one(WILD));

/** How long a source keeps a fault: an hour or two, or until the next morning or evening. */
const keptFor = ({ draw }: Drawn): number => draw.one([1, 3, 16.5, 25]) * HOUR_MS;

const wrongClose = (drawn: Drawn, source: Served): Faulty => {
  const { draw, day, truth } = drawn;
  const isWrong = during(day.close, keptFor(drawn));
  const factor = draw.one([...WILD, ...MILD, 0.97, 1.03]);
  return {
    truth,
    source: withBars(source, (bar, now) =>
      bar.session === day.session && isWrong(now) ? closedAt(bar, Math.round(bar.close * factor)) : bar,
    ),
  };
};

const badBarWithQuotes: FaultKind = (drawn) => wrongClose(drawn, served(drawn.truth));

const withoutQuotesOf = (source: Served, { session }: Day): Served =>
  withQuotes(source, (quote) => (quote.session === session ? undefined : quote));

const badBarWithoutQuotes: FaultKind = (drawn) => wrongClose(drawn, withoutQuotesOf(served(drawn.truth), drawn.day));

/**
 * A row of long ago that comes back changed. For good only where it is a spike: a lasting change by less is what the source
 * now says on two days, and taken.
 */
const oldRowWrong: FaultKind = (drawn) => {
  const { draw, day, truth } = drawn;
  const session = pastSessions.at(-draw.one([3, 4, 5, 8, 12, 40, 120, 240])) ?? '';
  const factor = draw.one([0.1, 0.4, 0.7, 0.9, 1.1, 1.2, 1.4, 2.3, 10, 100]);
  const isSpike = factor < 0.7 || factor > 1.35;
  const from = day.open + draw.one([-1, 1, 7]) * HOUR_MS;
  const isWrong = during(from, isSpike ? draw.one([3 * HOUR_MS, DAY_MS, 30 * DAY_MS]) : draw.whole(2, 20) * HOUR_MS);
  return {
    truth,
    source: withBars(served(truth), (bar, now) =>
      bar.session === session && isWrong(now) ? closedAt(bar, Math.round(bar.close * factor)) : bar,
    ),
  };
};

const without =
  (isNull: boolean): FaultKind =>
  (drawn) => {
    const { draw, day, truth } = drawn;
    const isMissing = during(day.close, draw.one([0.5, 2, 16.5, 25, 72, 1_000]) * HOUR_MS);
    return {
      truth,
      source: withBars(served(truth), (bar, now) =>
        bar.session === day.session && isMissing(now) ? (isNull ? closedAt(bar, 0) : undefined) : bar,
      ),
    };
  };

const corrected: FaultKind = (drawn) => {
  const { draw, day, truth } = drawn;
  const factor = 1 + draw.one([-1, 1]) * draw.between(0.001, 0.03);
  const isWrong = during(day.close, draw.one([0.6, 1.5, 3, 16.5]) * HOUR_MS);
  return {
    truth,
    source: withBars(served(truth), (bar, now) =>
      bar.session === day.session && isWrong(now) ? closedAt(bar, Math.round(bar.close * factor)) : bar,
    ),
  };
};

const SPLITS = [
  [2, 1],
  [3, 1],
  [4, 1],
  [10, 1],
  [20, 1],
  [3, 2],
  [1, 8],
  [1, 10],
] as const;

/** The hour at which a morning's parts are there if nothing is late: before the histories are asked for. */
const early = ({ open }: Day): number => open - HOUR_MS;

/** When a part that is late arrives: minutes or hours after the bell, in the evening, or the next morning. */
const lateBy = ({ draw, day }: Drawn): number =>
  day.open + draw.one([0.02, 0.1, 0.25, 0.5, 1.5, 3, 6.9, 9, 23.5]) * HOUR_MS;

const split =
  (parts: (drawn: Drawn) => Omit<UnitChange, 'session' | 'ratio'>): FaultKind =>
  (drawn) => {
    const { draw, day, truth } = drawn;
    const change: UnitChange = { session: day.session, ratio: draw.one(SPLITS), ...parts(drawn) };
    return { truth, source: withUnitChange(served(truth), change) };
  };

const splitHistoryLate = split((drawn) => {
  const when = lateBy(drawn);
  return { closeFrom: early(drawn.day), rowsFrom: when, toldFrom: when };
});

const splitCloseLate = split((drawn) => ({
  ...{ closeFrom: lateBy(drawn), rowsFrom: early(drawn.day), toldFrom: early(drawn.day) },
}));

const splitRowsLate = split((drawn) => ({
  closeFrom: early(drawn.day),
  rowsFrom: drawn.draw.chance(0.3) ? drawn.day.open + 48 * HOUR_MS : lateBy(drawn),
  toldFrom: early(drawn.day),
}));

const splitMixed = split((drawn) => {
  const { draw, day } = drawn;
  const rowsFrom = draw.chance(0.5) ? early(day) : day.close + draw.one([0.1, 2, 16]) * HOUR_MS;
  return {
    closeFrom: early(day),
    rowsFrom,
    mixed: {
      at: (calendar.hours(calendar.previous(day.session))?.close ?? 0) + 5 * MINUTE_MS,
      rowsFrom: pastSessions.at(-draw.whole(2, 8)) ?? '',
    },
    ...(draw.chance(0.7) && { toldFrom: rowsFrom }),
  };
});

const splitWithoutClose = split((drawn) => {
  const when = drawn.draw.chance(0.4) ? early(drawn.day) : lateBy(drawn);
  return { rowsFrom: when, toldFrom: when };
});

const spinOff =
  (isCloseAdjusted: boolean): FaultKind =>
  (drawn) => {
    const { draw, day, truth } = drawn;
    const change: UnitChange = {
      session: day.session,
      ratio: [100, 100 - draw.whole(5, 30)],
      closeFrom: isCloseAdjusted ? early(day) : Number.POSITIVE_INFINITY,
      rowsFrom: draw.one([early(day), day.close + HOUR_MS, day.close + 16 * HOUR_MS]),
    };
    return { truth, source: withUnitChange(served(truth), change) };
  };

const timeAhead: FaultKind = (drawn) => {
  const { draw, day, truth } = drawn;
  const ahead = draw.one([3 * MINUTE_MS, HOUR_MS, 10 * HOUR_MS, DAY_MS, 30 * DAY_MS]);
  const change = draw.chance(0.2) ? (time: number) => time * 1_000 : (time: number) => time + ahead;
  const from = draw.chance(0.3) ? day.open : busyMinute(drawn);
  const isWrong = during(from, draw.whole(1, 4) * MINUTE_MS);
  return {
    truth,
    source: withQuotes(served(truth), (quote, now) =>
      isWrong(now) ? { ...quote, tradeTime: change(quote.tradeTime) } : quote,
    ),
  };
};

const stalePrice: FaultKind = (drawn) => {
  const { draw, truth } = drawn;
  const from = busyMinute(drawn);
  const isStale = during(from, draw.whole(5, 120) * MINUTE_MS);
  const isTimeNew = draw.chance(0.3);
  const clean = served(truth);
  return {
    truth,
    source: withQuotes(clean, (quote, now) => {
      const frozen = isStale(now) ? (clean.quote(from - MINUTE_MS) ?? quote) : quote;
      return isTimeNew ? { ...frozen, tradeTime: quote.tradeTime } : frozen;
    }),
  };
};

const previousCloseRubbish: FaultKind = (drawn) => {
  const { draw, day, truth } = drawn;
  const before = closeBefore(truth, day.session);
  const wrong = draw.one<(price: number) => number | null>([
    () => null,
    () => 1,
    () => Math.round(before * 0.01),
    () => before * 100,
    () => before * 10,
    () => Math.round(before * draw.between(0.8, 1.25)),
    () => truth.past.at(-draw.whole(2, 6))?.close ?? null,
    (price) => price,
  ]);
  const [isFlickering, fromOpen] = [draw.chance(0.4), draw.chance(0.5)];
  const isWrong = during(fromOpen ? day.open : busyMinute(drawn), draw.one([1, 5, 60, 420]) * MINUTE_MS);
  return {
    truth,
    source: withQuotes(served(truth), (quote, now) =>
      isWrong(now) && !(isFlickering && (now / MINUTE_MS) % 2 === 0)
        ? { ...quote, previousClose: wrong(quote.price) }
        : quote,
    ),
  };
};

const exDividend: FaultKind = ({ draw, at, day, truth }) => {
  const paid = draw.between(0.002, 0.015);
  const after = withGap(truth, at, 1 - paid);
  const isAdjusted = draw.chance(0.5);
  return {
    truth: after,
    source: withQuotes(served(after), (quote) =>
      isAdjusted && quote.session === day.session && quote.previousClose !== null
        ? { ...quote, previousClose: Math.round(quote.previousClose * (1 - paid)) }
        : quote,
    ),
  };
};

/** The truth with one session that opens and closes at shares of the close before it, in percent. */
export const withFall = (truth: Truth, at: number, openFall: number, closeFall: number): Truth => {
  const day = truth.days[at];
  if (!day) return truth;
  const close = closeBefore(truth, day.session) * (1 - closeFall / 100);
  const gapped = withGap(truth, at, close / closeOf(day));
  const open = closeBefore(truth, day.session) * (1 - openFall / 100);
  const path = [
    [0, Math.round(open)],
    [0.4, Math.round((open + close) / 2)],
    [1, closeOf(gapped.days[at] ?? day)],
  ] as const;
  return { ...gapped, days: gapped.days.map((it, n) => (n === at ? { ...it, path } : it)) };
};

const fall =
  (drawFall: (draw: Draw) => readonly [open: number, close: number]): FaultKind =>
  ({ draw, at, truth }) => {
    const after = withFall(truth, at, ...drawFall(draw));
    return { truth: after, source: served(after) };
  };

const around = (draw: Draw, open: number): readonly [number, number] => [
  open,
  Math.min(90, open + draw.between(-0.25, 0.25) * (100 - open)),
];

/** An opening deeper than this is told by a second source, or that evening: it is a split far more often than a fall. */
const DEEP = 45;

const realFall = (isDeep: boolean): FaultKind =>
  fall((draw) => {
    const { openFall, closeFall } = draw.one(FALLS.filter((it) => it.openFall > DEEP === isDeep));
    return [openFall, closeFall];
  });

const withSecondSource =
  (kind: FaultKind): FaultKind =>
  (drawn) => {
    const faulty = kind(drawn);
    return { ...faulty, second: served(faulty.truth) };
  };

const anyFall = fall((draw) => around(draw, draw.between(22, 60)));

const fallLikeASplit = fall((draw) => {
  const ratio = draw.one([1.5, 4 / 3, 2, 3]) * draw.between(0.96, 1.04);
  return around(draw, 100 * (1 - 1 / ratio));
});

/** The faults by name. */
export const KINDS: Readonly<Record<string, FaultKind>> = {
  control: ({ truth }) => ({ truth, source: served(truth) }),
  'one wrong tick': oneWrongTick,
  '3 to 8 wrong ticks': runOfWrongTicks,
  'wrong closing bar': badBarWithQuotes,
  'wrong bar, no quotes': badBarWithoutQuotes,
  'old row wrong': oldRowWrong,
  'row missing': without(false),
  'bar without a close': without(true),
  'close corrected': corrected,
  'split, history late': splitHistoryLate,
  'split, previous close late': splitCloseLate,
  'split, rows late': splitRowsLate,
  'split, mixed rows': splitMixed,
  'split, no previous close': splitWithoutClose,
  'spin-off, close adjusted': spinOff(true),
  'spin-off, close not adjusted': spinOff(false),
  'time ahead': timeAhead,
  'stale price': stalePrice,
  'previous close rubbish': previousCloseRubbish,
  'ex-dividend': exDividend,
  'real gap': realFall(false),
  'real gap, deeper than 45%': realFall(true),
  'any gap': anyFall,
  'gap like a split': fallLikeASplit,
  'any gap, second source': withSecondSource(anyFall),
};
