import type { SessionDate } from '../market/calendar.ts';
import type { Alert, PastAlert } from '../stories/alert.ts';
import { lineOfAlert } from './alert-kinds.ts';
import {
  LATER_SESSIONS,
  LONGEST_YEARS,
  type PastCase,
  type Played,
  type PlayedSymbol,
  playRules,
  startOfYears,
} from './backtest.ts';
import { YEAR_SESSIONS } from './machine.ts';
import { median } from './median.ts';

const RISES: readonly string[] = ['rise', 'day-rise'];

/** The spans that alerts are counted in, in years up to the last close. */
const SPAN_YEARS = [1, 5, LONGEST_YEARS] as const;

/** With fewer cases, nothing is said of what came after. */
export const FEW_CASES = 5;

/** The last so many years, or all that there is. */
export interface YearSpan {
  /** Absent where the prices begin later than that: then from `from`. */
  readonly years?: number;
  /** The first day of it. */
  readonly from: SessionDate;
}

/** The middle and the ends of a set of changes, in percent. */
export interface Spread {
  readonly cases: number;
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
}

/** A level, or steps of market value, by what `/alerts history` says of an alert. */
export type LevelName = Pick<PastAlert, 'kind' | 'level' | 'window'>;

/** What came after alerts of the longest span; each undefined with fewer than FEW_CASES. */
export interface Aftermath {
  /** By LATER_SESSIONS. */
  readonly later: readonly (Spread | undefined)[];
  /** Of falls alone. */
  readonly back?: {
    readonly cases: number;
    readonly count: number;
    /** Sessions in which half of all cases were back; absent if fewer than half of them are. */
    readonly halfIn?: number;
  };
}

/** How often a level fired, and what came after. */
export interface LevelRecord extends Aftermath {
  readonly name: LevelName;
  /** By span. An alert counts at the deepest level that it reached. */
  readonly counts: readonly number[];
}

/** How often a symbol would have been told of, and what came after; it is back when it is from the highest price that it fell from. */
export interface SymbolRecord extends Aftermath {
  readonly symbol: string;
  readonly first: SessionDate;
  /** By span. */
  readonly counts: readonly number[];
}

/** What a level is measured from: a peak, the close before, or upwards from a low or the close before. */
export const MEASURES = ['peak', 'day', 'up'] as const;
export type Measure = (typeof MEASURES)[number];

/** What a kind of alert is measured from. */
export const measureOf = ({ kind }: Pick<LevelName, 'kind'>): Measure =>
  RISES.includes(kind) ? 'up' : kind === 'day' ? 'day' : 'peak';

export interface YearRecord {
  readonly year: number;
  /** Whether all of it lies in the longest span. */
  readonly isWhole: boolean;
  readonly alerts: number;
  /** Levels by what they are measured from; several can be one alert. */
  readonly by: Readonly<Record<Measure, number>>;
}

/** How often rules would have spoken. An alert is a symbol's session in which at least one level fired. */
export interface BacktestSummary {
  /** The last close of all. */
  readonly until: SessionDate;
  /** The shortest first, one at least. */
  readonly spans: readonly YearSpan[];
  /** By span. */
  readonly alerts: readonly number[];
  readonly symbols: readonly SymbolRecord[];
  /** In the order of a replay: by kind, window and level. */
  readonly levels: readonly LevelRecord[];
  /** Of the longest span, oldest first. */
  readonly years: readonly YearRecord[];
}

/** The spans that the prices reach back to, then, if that is not the longest, all of them. A week is no difference. */
const spansOf = (first: SessionDate, until: SessionDate): YearSpan[] => {
  const reached = Temporal.PlainDate.from(first).subtract({ days: 7 }).toString();
  const whole = SPAN_YEARS.map((years) => ({ years, from: startOfYears(until, years) })).filter(
    ({ from }) => from >= reached,
  );
  return whole.length === SPAN_YEARS.length ? whole : [...whole, { from: first }];
};

const levelKey = ({ kind, window, level }: LevelName): string => [kind, window, level].join(' ');

/** Each level of the rules, in the order of a replay; a symbol's steps of market value are one. */
const levelsOf = ({ played: { watch } }: PlayedSymbol): LevelName[] => {
  const { drawdown, day, rise = [], dayRise = [] } = watch.rules;
  const step = watch.valueStep;
  return [
    ...drawdown.flatMap(({ window, levels }) => levels.map((level) => ({ kind: 'drawdown', window, level }))),
    ...day.map((level) => ({ kind: 'day', level })),
    ...(step === undefined ? [] : [{ kind: 'value', window: YEAR_SESSIONS, level: step }]),
    ...rise.map((level) => ({ kind: 'rise', window: YEAR_SESSIONS, level })),
    ...dayRise.map((level) => ({ kind: 'day-rise', level })),
  ];
};

const RULE_ORDER = ['drawdown', 'day', 'value', 'rise', 'day-rise'];

const inOrder = (a: LevelName, b: LevelName): number =>
  RULE_ORDER.indexOf(a.kind) - RULE_ORDER.indexOf(b.kind) ||
  (b.window ?? 0) - (a.window ?? 0) ||
  (a.level ?? 0) - (b.level ?? 0);

const yearOf = (day: SessionDate): number => Number(day.slice(0, 4));

const spreadOf = (changes: readonly number[]): Spread | undefined =>
  changes.length < FEW_CASES
    ? undefined
    : { cases: changes.length, lowest: Math.min(...changes), median: median(changes), highest: Math.max(...changes) };

const backOf = (cases: readonly PastCase[]): Aftermath['back'] => {
  if (cases.length < FEW_CASES) return undefined;
  const waits = cases.map(({ backIn = Number.POSITIVE_INFINITY }) => backIn);
  const halfIn = median(waits);
  const count = waits.filter(Number.isFinite).length;
  return { cases: cases.length, count, ...(Number.isFinite(halfIn) && { halfIn }) };
};

const aftermathOf = (cases: readonly PastCase[]): Aftermath => {
  const back = backOf(cases.filter(({ alert }) => measureOf(alert) !== 'up'));
  return {
    later: LATER_SESSIONS.map((_, at) => spreadOf(cases.flatMap(({ later }) => later[at] ?? []))),
    ...(back && { back }),
  };
};

/** Sessions to the price that it fell from; a rise has none to wait for. */
const waitOf = ({ alert, backIn = Number.POSITIVE_INFINITY }: PastCase): number =>
  measureOf(alert) === 'up' ? -1 : backIn;

/** One case a session: the one that took longest to be back. */
const bySession = ({ cases }: PlayedSymbol): PastCase[] => {
  const longest = new Map<SessionDate, PastCase>();
  for (const it of cases) {
    const { session } = it.alert;
    const known = longest.get(session);
    if (!known || waitOf(it) > waitOf(known)) longest.set(session, it);
  }
  return [...longest.values()];
};

/** The level of an alert; of market value lost, the step of its symbol. */
const levelOf = (alert: Alert, { played: { watch } }: PlayedSymbol): LevelName => {
  const { kind, level, window } = lineOfAlert(alert);
  const step = kind === 'value' ? watch.valueStep : undefined;
  return { kind, ...(window !== undefined && { window }), level: step ?? level ?? 0 };
};

/** Sums up what was played, in spans that end with the last close of all. Expects one symbol at least. */
export const summariseBacktest = (symbols: readonly PlayedSymbol[]): BacktestSummary => {
  const until = symbols.map(({ last }) => last).reduce((a, b) => (a > b ? a : b));
  const first = symbols.map((it) => it.first).reduce((a, b) => (a < b ? a : b));
  const spans = spansOf(first, until);
  const longest = (spans.at(-1) as YearSpan).from;
  /** By span, of sessions. */
  const countsOf = (sessions: readonly SessionDate[]): number[] =>
    spans.map(({ from }) => sessions.filter((session) => session >= from).length);
  const sessionOf = ({ alert }: PastCase): SessionDate => alert.session;
  const isRecent = ({ alert }: PastCase): boolean => alert.session >= longest;
  const records = symbols.map((it): SymbolRecord => {
    const own = bySession(it);
    const { played, first } = it;
    return { symbol: played.symbol, first, counts: countsOf(own.map(sessionOf)), ...aftermathOf(own.filter(isRecent)) };
  });
  const sessions = symbols.flatMap((it) => bySession(it).map(sessionOf));

  const cases = Map.groupBy(
    symbols.flatMap((symbol) => symbol.cases.map((it) => ({ it, key: levelKey(levelOf(it.alert, symbol)) }))),
    ({ key }) => key,
  );
  const recordOf = (name: LevelName): LevelRecord => {
    const own = (cases.get(levelKey(name)) ?? []).map(({ it }) => it);
    return { name, counts: countsOf(own.map(sessionOf)), ...aftermathOf(own.filter(isRecent)) };
  };
  const levels = new Map(symbols.flatMap(levelsOf).map((name) => [levelKey(name), name]));

  const [from, to] = [yearOf(longest), yearOf(until)];
  const years = Array.from({ length: to - from + 1 }, (_, nth) => {
    const year = from + nth;
    const isIn = (session: SessionDate): boolean => session >= longest && yearOf(session) === year;
    const fired = symbols.flatMap((it) => it.cases).filter(({ alert }) => isIn(alert.session));
    const countOf = (measure: Measure): number => fired.filter(({ alert }) => measureOf(alert) === measure).length;
    return {
      year,
      isWhole: longest <= `${year}-01-07` && until >= `${year}-12-29`,
      alerts: sessions.filter(isIn).length,
      by: { peak: countOf('peak'), day: countOf('day'), up: countOf('up') },
    };
  });

  return {
    until,
    spans,
    alerts: countsOf(sessions),
    symbols: records,
    levels: [...levels.values()].sort(inOrder).map(recordOf),
    years,
  };
};

/** What was played, and what it comes to. */
export interface Backtest {
  readonly symbols: readonly PlayedSymbol[];
  readonly summary: BacktestSummary;
}

/** Plays one symbol at least, each under its rules, and sums up. Yields between pieces of work. */
export const playBacktest = function* (subjects: readonly Played[]): Generator<undefined, Backtest> {
  const symbols: PlayedSymbol[] = [];
  for (const subject of subjects) symbols.push(yield* playRules(subject));
  const summary = summariseBacktest(symbols);
  yield;
  return { symbols, summary };
};
