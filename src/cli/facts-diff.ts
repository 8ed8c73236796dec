import { asOfInstant } from '../facts/known-from.ts';
import { CHANGES, type ChangeKind, type LedgerChange, ledgerDiff } from '../facts/ledger-diff.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { factJson } from './fact-json.ts';
import { amountText, publishedText, sourceText } from './fact-text.ts';
import { ownLedger } from './own-store.ts';
import { table } from './table.ts';
import { UsageError } from './usage-error.ts';

/** The name and version of the JSON. */
const DIFF_SCHEMA = 'slidewatch-facts-diff/1';

const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  new: 'new',
  restated: 'restated or corrected',
  disputed: 'disputed by a second figure; both stand',
  withdrawn: 'withdrawn',
  raised: 'guidance raised',
  lowered: 'guidance cut',
  narrowed: 'guidance narrowed',
  widened: 'guidance widened',
  kept: 'guidance kept',
  'first-hand': 'the same, now first-hand',
};

const rowOf = ({ change, before, after }: LedgerChange): string[] => {
  const fact = after ?? before;
  if (!fact) return [];
  const both = [before, after].flatMap((it) => it ?? []);
  const isDisputed = change === 'disputed';
  const [told, separator] = isDisputed ? [both, ' against '] : [[fact], ' → '];
  return [
    ...[fact.subject, fact.metric, fact.label, both.map(amountText).join(separator), fact.unit, fact.basis],
    ...[told.map(publishedText).join('; '), told.map(sourceText).join('; ')],
  ];
};

const TITLES = ['subject', 'metric', 'period', 'value', 'unit', 'basis', 'published', 'source'];

const asText = (changes: readonly LedgerChange[], from: string, to: string): string => {
  const parts = CHANGES.flatMap((kind) => {
    const of = changes.filter(({ change }) => change === kind);
    if (of.length === 0) return [];
    const rows = table(
      TITLES.map((title) => ({ title, align: title === 'value' ? 'right' : 'left' })),
      of.map(rowOf),
    );
    return [`${HEADINGS[kind]}: ${of.length}\n${rows}`];
  });
  const body = parts.length === 0 ? 'Nothing changed.' : parts.join('\n\n');
  return `What changed in what was known, from ${from} to ${to}\n\n${body}\n`;
};

const asJson = (changes: readonly LedgerChange[], from: string, to: string): string => {
  const rows = changes.map(({ change, before, after }) => ({
    change,
    ...(before && { before: factJson(before) }),
    ...(after && { after: factJson(after) }),
  }));
  return `${JSON.stringify({ schema: DIFF_SCHEMA, from, to, changes: rows }, null, 2)}\n`;
};

const checkOrder = (from: string, to: string, now: number): void => {
  const today = newYorkDay(now);
  for (const asOf of [from, to]) {
    // Each means its end, so this day and this minute are allowed while they last.
    const isAhead = asOf.includes('T') ? asOfInstant(asOf) + 1 - MINUTE_MS > now : asOf > today;
    if (isAhead) throw new UsageError(`facts diff: ${asOf} is in the future; give a day up to ${today}`);
  }
  if (asOfInstant(from) > asOfInstant(to))
    throw new UsageError(`facts diff: ${from} is after ${to}; give the earlier one first`);
};

export interface DiffOptions {
  readonly format: 'json' | 'text';
  /** Default: the computer's clock. */
  readonly now?: number;
}

/**
 * `facts diff`: what changed in what was known between the ends of two days or minutes.
 * @throws UsageError, FactsError, ConfigError, StoreError
 */
export const diff = async (from: string, to: string, { format, now = Date.now() }: DiffOptions): Promise<string> => {
  checkOrder(from, to, now);
  const ledger = await ownLedger();
  const changes = ledgerDiff(ledger, from, ledger, to);
  return format === 'json' ? asJson(changes, from, to) : asText(changes, from, to);
};
