import { calendarQuarter } from '../facts/period.ts';
import { formatPriceInTable } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatPeriod, formatWeekday } from '../i18n/dates.ts';
import { nameInList, symbolInList } from '../i18n/names.ts';
import { changePercent, formatChangeInTable } from '../i18n/percent.ts';
import type { DigestRow, News, SessionDigest, Span } from '../stories/digest-story.ts';
import type { Grid, Row, Section } from './card.ts';
import { rowsWithDisputes } from './fact-row.ts';
import { fundingRows, growthRow } from './funding-rows.ts';
import { type PeakRow, peakSection } from './peak-table.ts';
import { reachedRows } from './reached-levels.ts';
import { fourRow } from './related-figures-sections.ts';

const peakRow = (words: Translator, row: DigestRow): PeakRow => ({
  symbol: row.symbol,
  name: symbolInList(words, row),
  unit: row.unit,
  ...(row.close && { price: row.close }),
});

/** A section, unless it has no rows. */
const headed = (words: Translator, key: string, hint: string, rows: readonly Row[]): Section[] =>
  rows.length === 0 ? [] : [{ heading: words.say(`digest.${key}.heading`), hint, rows }];

/** The changes over a span of sessions, one row a symbol, in the table's order. */
const spanSection = (
  words: Translator,
  key: 'week' | 'quarter',
  hint: string,
  { changes }: Span,
  rows: readonly DigestRow[],
): Section[] => {
  if (changes.length === 0) return [];
  const unitOf = new Map(rows.map(({ symbol, unit }) => [symbol, unit]));
  const nameOf = new Map(rows.map((row) => [row.symbol, symbolInList(words, row)]));
  const cells = changes.map(({ symbol, price, base }) => ({
    symbol,
    percent: changePercent(price, base),
    base,
    unit: unitOf.get(symbol) ?? 'usd',
  }));
  const title = words.say(`digest.${key}.change`);
  const from = words.say('digest.from');
  const narrow: Grid = {
    columns: [
      { title: '', align: 'left' },
      { title: from, align: 'right' },
      { title, align: 'right' },
    ],
    rows: cells.map(({ symbol, base, unit, percent }) => [
      symbol,
      formatPriceInTable(words, base, unit),
      formatChangeInTable(words, percent),
    ]),
  };
  return [
    {
      heading: words.say(`digest.${key}.heading`),
      hint,
      rows: [],
      table: {
        columns: narrow.columns,
        rows: narrow.rows.map(([symbol = '', ...figures]) => [nameOf.get(symbol) ?? symbol, ...figures]),
        narrow,
      },
    },
  ];
};

const weekSection = (words: Translator, { week, session, rows }: SessionDigest): Section[] => {
  if (!week) return [];
  const hint = words.say('digest.week.hint', { date: formatDate(words, week.from, session) });
  return spanSection(words, 'week', hint, week, rows);
};

const quarterSection = (words: Translator, { quarter, rows }: SessionDigest): Section[] => {
  if (!quarter) return [];
  const { start, end } = calendarQuarter(quarter.to);
  const hint = words.say('digest.quarter.hint', { period: formatPeriod(words, start, end) });
  return spanSection(words, 'quarter', hint, quarter, rows);
};

/** One row for all symbols that have reached the same levels. */
const alertSection = (words: Translator, { alerts }: SessionDigest): Section[] => {
  const reached = [...Map.groupBy(alerts, ({ symbol }) => symbol)].map(([symbol, own]) => ({ symbol, alerts: own }));
  const rows = reachedRows(words, reached);
  return rows.length === 0 ? [] : [{ heading: words.say('digest.alerted.heading'), rows }];
};

const newsRows = (words: Translator, { shown, revision }: News, session: string): Row[] => {
  const rows = rowsWithDisputes(words, shown, session);
  if (revision === undefined || revision === 'first') return rows;
  return rows.map((row) => ({
    ...row,
    text: words.say('guidance.step', { figure: row.text, revision: words.say(`guidance.${revision}`) }),
  }));
};

const newsSection = (words: Translator, { news, moreNews, session }: SessionDigest): Section[] => {
  const more = moreNews === 0 ? [] : [{ label: '', text: words.say('digest.news.more', { count: moreNews }) }];
  const rows = [...news.flatMap((it) => newsRows(words, it, session)), ...more];
  return headed(words, 'news', words.say('digest.news.hint'), rows);
};

const reportSection = (words: Translator, { reports = [], session }: SessionDigest): Section[] => {
  const rows = reports.map(({ symbol, day, estimated }) => ({
    label: nameInList(words, symbol),
    text: formatWeekday(words, day, session, 'short'),
    ...(estimated && { aside: words.say('digest.reports.estimated') }),
  }));
  return headed(words, 'reports', words.say('digest.reports.hint'), rows);
};

/** The four's capex in one row; with who pays on a quarter's first session. */
const billSection = (words: Translator, { bill, pays, session }: SessionDigest): Section[] => {
  if (!bill) return [];
  const rows = [
    fourRow(words, bill, session),
    ...(pays ? fundingRows(words, pays.lines, ['left_over', 'shareholders', 'committed']) : []),
    ...(pays?.growth ? [growthRow(words, pays.growth, bill.quarter)] : []),
  ];
  return [{ heading: words.say('bill.heading'), hint: words.say('bill.four'), rows }];
};

/** Table, week and quarter, alerts, the bill, new figures, next reports; without empty sections. */
export const digestSections = (words: Translator, story: SessionDigest): Section[] => [
  peakSection(
    words,
    story.rows.map((row) => peakRow(words, row)),
  ),
  ...weekSection(words, story),
  ...quarterSection(words, story),
  ...alertSection(words, story),
  ...billSection(words, story),
  ...newsSection(words, story),
  ...reportSection(words, story),
];
