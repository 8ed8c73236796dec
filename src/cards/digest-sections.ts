import { calendarQuarter } from '../facts/period.ts';
import { formatFigure } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatPeriod, formatWeekday } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatLevel } from '../i18n/percent.ts';
import type { Alert } from '../stories/alert.ts';
import type { DigestRow, News, SessionDigest, Span } from '../stories/digest-story.ts';
import { ENTRY_SEPARATOR, type Row, type Section } from './card.ts';
import { rowsWithDisputes } from './fact-row.ts';
import { fundingRows, growthRow } from './funding-rows.ts';
import { type PeakRow, peakTable } from './peak-table.ts';
import { fourRow } from './related-figures-sections.ts';
import { changeEntry, firedText } from './rollup-lines.ts';

/** One trillion US dollars in micro-billions. */
const MICRO_BILLIONS_PER_TRILLION = 1_000_000_000;

/** A price; a market value in short: "$15.55T". */
const priceText = (words: Translator, unit: DigestRow['unit'], price: number): string =>
  unit === 'usd-billions'
    ? words.say('digest.table.trillions', {
        amount: formatNumber(words.language, price / MICRO_BILLIONS_PER_TRILLION, {
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        }),
      })
    : formatFigure(words, price, unit);

const peakRow = (words: Translator, { symbol, unit, close }: DigestRow): PeakRow => ({
  symbol,
  ...(close && { price: { ...close, text: priceText(words, unit, close.price) } }),
});

/** A section, unless it has no rows. */
const headed = (words: Translator, key: string, hint: string, rows: readonly Row[]): Section[] =>
  rows.length === 0 ? [] : [{ heading: words.say(`digest.${key}.heading`), hint, rows }];

/** "TSLA −8.1   NVDA −4.2", in the table's order. */
const spanRow = (words: Translator, { changes }: Span): Row => ({
  label: '',
  text: changes
    .map(({ symbol, price, base }) => changeEntry(words, symbol, changePercent(price, base)))
    .join(ENTRY_SEPARATOR),
});

const weekSection = (words: Translator, { week, session }: SessionDigest): Section[] => {
  if (!week) return [];
  const hint = words.say('digest.week.hint', { date: formatDate(words, week.from, session) });
  return headed(words, 'week', hint, [spanRow(words, week)]);
};

const quarterSection = (words: Translator, { quarter }: SessionDigest): Section[] => {
  if (!quarter) return [];
  const { start, end } = calendarQuarter(quarter.to);
  const hint = words.say('digest.quarter.hint', { period: formatPeriod(words, start, end) });
  return headed(words, 'quarter', hint, [spanRow(words, quarter)]);
};

const alertText = (words: Translator, alert: Alert): string[] => {
  if (alert.kind !== 'day' && alert.kind !== 'day-rise') return firedText(words, alert);
  const key = alert.kind === 'day' ? 'digest.alerted.day' : 'digest.alerted.day_rise';
  return [words.say(key, { level: formatLevel(words, alert.level) })];
};

/** One row a symbol, with all levels that fired. */
const alertSection = (words: Translator, { alerts }: SessionDigest): Section[] => {
  const rows = [...Map.groupBy(alerts, ({ symbol }) => symbol)].map(([symbol, own]) => ({
    label: nameInList(words, symbol),
    text: own.flatMap((alert) => alertText(words, alert)).join(', '),
  }));
  return headed(words, 'alerted', words.say('digest.alerted.hint'), rows);
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
const billSection = (words: Translator, { bill, pays }: SessionDigest): Section[] => {
  if (!bill) return [];
  const rows = [
    fourRow(words, bill),
    ...(pays ? fundingRows(words, pays.lines, ['left_over', 'shareholders', 'committed']) : []),
    ...(pays?.growth ? [growthRow(words, pays.growth, bill.quarter)] : []),
  ];
  return [{ heading: words.say('bill.heading'), hint: words.say('bill.four'), rows }];
};

/** Table, week and quarter, alerts, the bill, new figures, next reports; without empty sections. */
export const digestSections = (words: Translator, story: SessionDigest): Section[] => [
  {
    heading: words.say('drawdown.table.heading'),
    hint: words.say('drawdown.table.hint'),
    rows: [],
    table: peakTable(
      words,
      story.rows.map((row) => peakRow(words, row)),
      2,
    ),
  },
  ...weekSection(words, story),
  ...quarterSection(words, story),
  ...alertSection(words, story),
  ...billSection(words, story),
  ...newsSection(words, story),
  ...reportSection(words, story),
];
