import { formatUsdBillionsInWords } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { joinNames, nameInSentence, nameInTitle } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { formatChange, formatChangeInTable, wholePercent } from '../../i18n/percent.ts';
import type { SessionDate } from '../../market/calendar.ts';
import type { Rules, Watched } from '../../market/watchlist.ts';
import { LATER_SESSIONS } from '../../slides/backtest.ts';
import {
  type Aftermath,
  type Backtest,
  type BacktestSummary,
  FEW_CASES,
  type LevelName,
  type LevelRecord,
  MEASURES,
  measureOf,
  type SymbolRecord,
  type YearSpan,
} from '../../slides/backtest-summary.ts';
import { type Action, type Card, fitTitle, type Grid, type Row, type Section, type Table } from '../card.ts';
import { sourceName } from '../card-footer.ts';
import { DASH } from '../peak-table.ts';
import { rulesText } from './level-rows.ts';

/** A head, and the same in a narrow table. */
type Column = readonly [key: string, align: 'left' | 'right', values?: Readonly<Record<string, string | number>>];

const SPREAD_COLUMNS: readonly Column[] = [
  ['lowest', 'right'],
  ['median', 'right'],
  ['highest', 'right'],
];
const BACK_COLUMNS: readonly Column[] = [
  ['cases', 'right'],
  ['back', 'right'],
  ['half', 'right'],
];

/** What a backtest is told with, beside its results. */
export interface BacktestReading extends Backtest {
  /** The watched symbols of those. */
  readonly watched: ReadonlyMap<string, Watched>;
  /** Whose rules they are: the channel's, or typed with the question. */
  readonly rules: 'own' | 'typed';
  /** Whether the rules have some that closes cannot show. */
  readonly hasUnplayed: boolean;
  /** Symbols that there are no closes of. */
  readonly without: readonly string[];
  /** Id of where the closes come from. */
  readonly source: string;
}

const count = (words: Translator, value: number): string => formatNumber(words.language, value, {});

const columnsOf = (words: Translator, columns: readonly Column[], prefix: string): Grid['columns'] =>
  columns.map(([key, align, values]) => ({ title: words.say(`backtest.${prefix}.${key}`, values), align }));

/** "252d 20", for a column whose head has the percent sign. */
const levelInTable = (words: Translator, { kind, level = 0, window = 0 }: LevelName): string => {
  const number = formatNumber(words.language, kind === 'value' ? level : level / 100, { maximumFractionDigits: 2 });
  return words.say(`backtest.level.${kind}`, { number, ...(kind === 'drawdown' && { window }) });
};

/** "252d 20%". */
const levelText = (words: Translator, name: LevelName): string => {
  const number = levelInTable(words, name);
  return name.kind === 'value' ? number : words.say('format.percent', { number });
};

/** What the names of levels mean. */
const levelNote = (words: Translator, levels: readonly LevelRecord[]): string => {
  const steps = levels.flatMap(({ name }) => (name.kind === 'value' ? [name] : []));
  const lost = steps.map((name) => {
    const amount = formatUsdBillionsInWords(words, name.level ?? 0);
    return words.say('backtest.step', {
      name: levelText(words, name),
      what: words.say('channel.past.value', { amount }),
    });
  });
  return [words.say('backtest.level.note'), ...lost].join(' ');
};

/** What the rows of a table are named by. */
interface Named<Record> {
  readonly key: 'symbol' | 'level';
  nameOf(record: Record, isNarrow: boolean): string;
}

/** A table whose rows are symbols or levels. */
const tableOf = <Record>(
  words: Translator,
  { key, nameOf }: Named<Record>,
  records: readonly Record[],
  columns: readonly Column[],
  cellsOf: (record: Record, isNarrow: boolean) => readonly string[],
): Table => {
  const rows = (isNarrow: boolean): string[][] =>
    records.map((record) => [nameOf(record, isNarrow), ...cellsOf(record, isNarrow)]);
  const first = key === 'symbol' ? '' : words.say('backtest.column.brief.level');
  return {
    columns: columnsOf(words, [[key, 'left'], ...columns], 'column'),
    rows: rows(false),
    narrow: {
      columns: [{ title: first, align: 'left' }, ...columnsOf(words, columns, 'column.brief')],
      rows: rows(true),
    },
  };
};

const spanColumns = (words: Translator, spans: readonly YearSpan[]): Column[] =>
  spans.map(({ years, from }) =>
    years === undefined
      ? ['since', 'right', { date: formatFullDate(words, from) }]
      : ['years', 'right', { count: years }],
  );

const countCells =
  (words: Translator) =>
  ({ counts }: { readonly counts: readonly number[] }): string[] =>
    counts.map((it) => count(words, it));

/** What came after so many sessions, of what has enough cases. */
const laterSection = <Record extends Aftermath>(
  words: Translator,
  named: Named<Record>,
  records: readonly Record[],
  nth: number,
): Section[] => {
  const told = records.filter(({ later }) => later[nth] !== undefined);
  if (told.length === 0) return [];
  const change = (percent: number, isNarrow: boolean): string =>
    isNarrow ? formatChangeInTable(words, wholePercent(percent), 0) : formatChange(words, percent);
  const table = tableOf(words, named, told, SPREAD_COLUMNS, ({ later }, isNarrow) => {
    const spread = later[nth];
    return spread ? [spread.lowest, spread.median, spread.highest].map((it) => change(it, isNarrow)) : [];
  });
  return [{ heading: words.say('backtest.later', { count: LATER_SESSIONS[nth] ?? 0 }), rows: [], table }];
};

/** Which were too rare to say what came after. */
const rareNotes = <Record extends Aftermath & { readonly counts: readonly number[] }>(
  words: Translator,
  { nameOf }: Named<Record>,
  records: readonly Record[],
): string[] => {
  const lastOf = ({ counts }: Record): number => counts.at(-1) ?? 0;
  const rare = records.filter((it) => lastOf(it) > 0 && lastOf(it) < FEW_CASES);
  if (rare.length === 0) return [];
  const names = rare.map((it) => `${nameOf(it, false)} (${count(words, lastOf(it))})`);
  return [words.say('backtest.rare', { names: names.join(', '), limit: FEW_CASES })];
};

const backSection = <Record extends Aftermath>(
  words: Translator,
  named: Named<Record>,
  records: readonly Record[],
): Section[] => {
  const told = records.filter(({ back }) => back !== undefined);
  if (told.length === 0) return [];
  const table = tableOf(words, named, told, BACK_COLUMNS, ({ back }) => {
    if (!back) return [];
    const { cases, count: times, halfIn } = back;
    const half = halfIn === undefined ? DASH : formatNumber(words.language, halfIn, { maximumFractionDigits: 1 });
    return [count(words, cases), count(words, times), half];
  });
  return [{ heading: words.say('backtest.back'), rows: [], table, note: words.say('backtest.back-note') }];
};

const yearTable = (words: Translator, { years, levels }: BacktestSummary): Table => {
  const measures = MEASURES.filter((measure) => levels.some(({ name }) => measureOf(name) === measure));
  const columns: readonly Column[] = [
    ['year', 'left'],
    ['alerts', 'right'],
    ...measures.map((measure): Column => [measure, 'right']),
  ];
  const rows = years.map(({ year, isWhole, alerts, by }) => [
    `${year}${isWhole ? '' : '*'}`,
    count(words, alerts),
    ...measures.map((measure) => count(words, by[measure])),
  ]);
  return {
    columns: columnsOf(words, columns, 'column'),
    rows,
    narrow: { columns: columnsOf(words, columns, 'column.brief'), rows },
  };
};

/** The rules that were played, a row for the symbols that share them. */
const rulesRows = (words: Translator, { symbols }: BacktestReading): Row[] => {
  const sharing = new Map<string, string[]>();
  for (const { played } of symbols) {
    const { within: _, ...rules }: Rules = played.watch.rules;
    const text = rulesText(words, rules);
    sharing.set(text, [...(sharing.get(text) ?? []), played.symbol]);
  }
  return [...sharing].map(([text, named]) => ({ label: sharing.size === 1 ? '' : named.join(', '), text }));
};

/** Symbols whose prices begin within the longest span. */
const shortLine = (words: Translator, { symbols, spans }: BacktestSummary): string[] => {
  const from = spans.at(-1)?.from ?? '';
  const begins = symbols.filter(({ first }) => Temporal.PlainDate.from(first).subtract({ days: 7 }).toString() > from);
  const names = begins.map(({ symbol, first }) => `${symbol} ${formatFullDate(words, first)}`);
  return names.length === 0 ? [] : [words.say('backtest.short', { names: names.join(', ') })];
};

/** "in 10 years", or since when. */
const inSpan = (words: Translator, { years, from }: YearSpan): string =>
  years === undefined
    ? words.say('backtest.since', { date: formatFullDate(words, from) })
    : words.say('backtest.in-years', { count: years });

const titleOf = (words: Translator, summary: BacktestSummary, watched: BacktestReading['watched']): string => {
  const [one, ...others] = summary.symbols;
  const known = others.length === 0 ? watched.get(one?.symbol ?? '') : undefined;
  const name = known
    ? nameInSentence(words, known)
    : others.length === 0
      ? (one?.symbol ?? '')
      : words.say('backtest.symbols', { count: summary.symbols.length });
  const total = summary.alerts.at(-1) ?? 0;
  const span = inSpan(words, summary.spans.at(-1) as YearSpan);
  return words.say(total === 0 ? 'backtest.title-none' : 'backtest.title', { name, span, count: total });
};

const quietLine = (words: Translator, { years }: BacktestSummary): string[] => {
  const whole = years.filter(({ isWhole }) => isWhole);
  if (whole.length === 0) return [];
  const quiet = whole.filter(({ alerts }) => alerts === 0).map(({ year }) => String(year));
  return [
    quiet.length === 0
      ? words.say('backtest.never-quiet')
      : words.say('backtest.quiet', { years: joinNames(words, quiet) }),
  ];
};

const playedLine = (words: Translator, first: SessionDate, until: SessionDate, several: boolean): string =>
  words.say(`backtest.played${several ? '-several' : ''}`, {
    from: formatFullDate(words, first),
    to: formatFullDate(words, until),
  });

/** What came after, by what the rows are named; or that it was too rare. */
const afterSections = <Record extends Aftermath & { readonly counts: readonly number[] }>(
  words: Translator,
  named: Named<Record>,
  records: readonly Record[],
): Section[] => [
  ...LATER_SESSIONS.flatMap((_, nth) => laterSection(words, named, records, nth)),
  ...backSection(words, named, records),
];

/**
 * How often rules would have spoken in the last years, by level and by year, and what came after: of one symbol by level, of
 * several by symbol.
 */
export const backtestCard = (words: Translator, reading: BacktestReading, actions: readonly Action[] = []): Card => {
  const { symbols, summary, watched, rules, hasUnplayed, without, source } = reading;
  const { alerts, levels, spans, until } = summary;
  const several = symbols.length > 1;
  const longest = spans.at(-1) as YearSpan;
  const first = symbols.map((it) => it.first).reduce((a, b) => (a < b ? a : b));
  const total = alerts.at(-1) ?? 0;
  const isFew = total > 0 && total < FEW_CASES;
  const byLevel: Named<LevelRecord> = {
    key: 'level',
    nameOf: ({ name }, isNarrow) => (isNarrow ? levelInTable : levelText)(words, name),
  };
  const bySymbol: Named<SymbolRecord> = {
    key: 'symbol',
    nameOf: ({ symbol }, isNarrow) => {
      const known = watched.get(symbol);
      return known && !isNarrow ? nameInTitle(words, known) : symbol;
    },
  };
  const after = several ? afterSections(words, bySymbol, summary.symbols) : afterSections(words, byLevel, levels);
  const rare = isFew ? [] : several ? rareNotes(words, bySymbol, summary.symbols) : rareNotes(words, byLevel, levels);
  const isPart = summary.years.some(({ isWhole }) => !isWhole);
  const counted = spanColumns(words, spans);
  return {
    kind: 'backtest',
    tone: 'calm',
    title: fitTitle(titleOf(words, summary, watched)),
    ...(!several && { tag: symbols[0]?.played.symbol ?? '' }),
    lead: [
      playedLine(words, first > longest.from ? first : longest.from, until, several),
      ...(isFew ? [words.say('backtest.few', { count: total, span: inSpan(words, longest) })] : []),
      ...quietLine(words, summary),
      ...rare,
      ...(several ? shortLine(words, summary) : []),
      ...(without.length > 0 ? [words.say('backtest.without', { names: without.join(', ') })] : []),
      ...(hasUnplayed ? [words.say('backtest.unplayed')] : []),
    ],
    sections: [
      {
        heading: words.say('channel.heading.levels'),
        hint: words.say(`backtest.${rules}`),
        rows: rulesRows(words, reading),
      },
      ...(several
        ? [
            {
              heading: words.say('backtest.by-symbol'),
              rows: [],
              table: tableOf(words, bySymbol, summary.symbols, counted, countCells(words)),
            },
          ]
        : []),
      {
        heading: words.say('backtest.by-level'),
        rows: [],
        table: tableOf(words, byLevel, levels, counted, countCells(words)),
        note: levelNote(words, levels),
      },
      ...after,
      {
        heading: words.say('backtest.by-year'),
        rows: [],
        table: yearTable(words, summary),
        ...(isPart && { note: words.say('backtest.part') }),
      },
    ],
    footer: [
      words.say('backtest.source', { date: formatFullDate(words, until), source: sourceName(words, source) }),
      words.say('backtest.footer'),
    ],
    ...(actions.length > 0 && { actions }),
  };
};
