import { loadCompanies } from '../facts/companies.ts';
import type { Subject } from '../facts/fact.ts';
import { guidanceProgress, guidanceSteps, guidanceText, rangeText } from '../facts/guidance.ts';
import type { AsOf } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { METRIC_IDS, type Metric } from '../facts/metric.ts';
import {
  backlogCover,
  capexOfOperatingCashFlow,
  capitalIntensity,
  freeCashFlow,
  incrementalReturn,
  yearOnYear,
} from '../facts/ratios.ts';
import { isStale } from '../facts/stale.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { asOfText } from './as-of-text.ts';
import { factJson } from './fact-json.ts';
import { amountText, publishedText, sourceText } from './fact-text.ts';
import { ownLedger } from './own-store.ts';
import { table } from './table.ts';
import { UsageError } from './usage-error.ts';

/** Periods per metric in the text output. */
const PERIODS_SHOWN = 8;

const signed = (percent: number | undefined): string =>
  percent === undefined ? '' : `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(0)}%`;

const metricText = (ledger: Ledger, subject: Subject, metric: Metric, asOf: AsOf): string | undefined => {
  const figures = ledger.figures(subject, metric, asOf).slice(-PERIODS_SHOWN).reverse();
  if (figures.length === 0) return undefined;
  const rows = figures
    .flatMap((fact) => [fact, ...ledger.disputes(fact, asOf)])
    .map((fact) => {
      const isDisputed = ledger.disputes(fact, asOf).length > 0;
      return [
        fact.label,
        fact.period.end,
        amountText(fact),
        isDisputed ? 'disputed' : signed(yearOnYear(ledger, fact, asOf)?.value),
        fact.basis,
        publishedText(fact),
        sourceText(fact),
      ];
    });
  const unit = figures[0]?.unit === 'USD_M' ? ', millions of USD' : '';
  const history = metric === 'capex_guidance' && figures[0] ? guidanceSteps(ledger, figures[0], asOf) : [];
  return [
    `${metric}${unit}`,
    table(
      [
        { title: 'period' },
        { title: 'to' },
        { title: 'value', align: 'right' },
        { title: 'yoy', align: 'right' },
        { title: 'basis' },
        { title: 'published' },
        { title: 'source' },
      ],
      rows,
    ),
    ...(history.length > 1 ? [guidanceText(history)] : []),
  ].join('\n');
};

const percent = (value: number | undefined): string => (value === undefined ? 'not disclosed' : `${value.toFixed(0)}%`);

const billions = (millions: number): string => `${(millions / 1000).toFixed(1)}B`;

/** "80.6B of it spent in 2 quarters; 114.4–124.4B left for 2". */
const progressText = (ledger: Ledger, subject: Subject, asOf: AsOf): string => {
  const progress = guidanceProgress(ledger, subject, asOf);
  if (!progress) return 'not disclosed';
  const { guidance, spent, quartersReported, quartersLeft, remainderLow, remainderHigh } = progress;
  const left = [...new Set([remainderLow, remainderHigh].flatMap((it) => (it === undefined ? [] : [billions(it)])))];
  return `${rangeText(guidance)} for ${guidance.label}: ${billions(spent)} spent in ${quartersReported} quarters, ${left.join('–')} left for ${quartersLeft}`;
};

const cover = (ledger: Ledger, subject: Subject, asOf: AsOf): string => {
  const years = backlogCover(ledger, subject, asOf);
  return years ? `${years.value.toFixed(1)} years of cloud revenue` : 'not disclosed';
};

const incremental = (ledger: Ledger, subject: Subject, asOf: AsOf): string => {
  const increment = incrementalReturn(ledger, subject, asOf);
  if (!increment) return 'not disclosed';
  const { capex, cloud } = increment;
  return `capex ${billions(capex.value)}, cloud revenue ${billions(cloud.value)} more than in the quarter a year before`;
};

const ratiosText = (ledger: Ledger, subject: Subject, asOf: AsOf): string => {
  const free = freeCashFlow(ledger, subject, asOf);
  const freeText = free ? `${free.value.toLocaleString('en')} million USD (${free.inputs[0]?.label})` : 'not disclosed';
  return [
    `capex / operating cash flow   ${percent(capexOfOperatingCashFlow(ledger, subject, asOf)?.value)}`,
    `capex / revenue               ${percent(capitalIntensity(ledger, subject, asOf)?.value)}`,
    `free cash flow                ${freeText}`,
    `guidance                      ${progressText(ledger, subject, asOf)}`,
    `added in a year               ${incremental(ledger, subject, asOf)}`,
    `backlog                       ${cover(ledger, subject, asOf)}`,
  ].join('\n');
};

/**
 * What was known about a subject by the end of a day or a minute. JSON: a flat array of every figure, including superseded ones.
 * Text: tables with the last eight periods of each metric.
 */
const showFacts = (ledger: Ledger, subject: Subject, asOf: string, format: 'json' | 'text'): string => {
  if (format === 'json') {
    const known = ledger.known(asOf).filter((fact) => fact.subject === subject);
    const replaced = new Map(known.flatMap(({ supersedes, id }) => (supersedes ? [[supersedes, id]] : [])));
    return `${JSON.stringify(
      known.map((fact) => factJson(fact, { stale: isStale(ledger, fact, asOf), supersededBy: replaced.get(fact.id) })),
      null,
      2,
    )}\n`;
  }
  const parts = METRIC_IDS.flatMap((metric) => metricText(ledger, subject, metric, asOf) ?? []);
  const spends = ledger.latest(subject, 'capex_cash', asOf) !== undefined;
  const body = [...parts, ...(spends ? [ratiosText(ledger, subject, asOf)] : [])].join('\n\n');
  return `${subject} ${asOfText(asOf)}\n\n${body === '' ? 'Nothing was known yet.' : body}\n`;
};

const subjectOf = (text: string): Subject => {
  const symbol = loadWatchlist().resolve(text) ?? text.toUpperCase();
  const { subjects } = loadCompanies();
  const found = subjects.find((subject) => subject === symbol);
  if (!found)
    throw new UsageError(
      `facts show: no figures for "${text}"; expected one of ${subjects.join(', ')}, or FOUR for the hyperscalers together`,
    );
  return found;
};

/**
 * `facts show`: what was known about a company, or the four hyperscalers, by the end of a day or a minute; today if absent.
 * @throws UsageError, FactsError, ConfigError, StoreError
 */
export const show = async (
  name: string,
  { asOf = newYorkDay(Date.now()), format }: { readonly asOf?: string; readonly format: 'json' | 'text' },
): Promise<string> => {
  if (name.toUpperCase() === 'FOUR') {
    const { showFour } = await import('./facts-hyperscalers.ts');
    return showFour(await ownLedger(), loadCompanies(), asOf, format);
  }
  const subject = subjectOf(name);
  return showFacts(await ownLedger(), subject, asOf, format);
};
