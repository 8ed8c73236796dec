import { expect, test } from 'vitest';
import { cardHtml } from '../../../src/board/page/card-html.ts';
import { aiRevenueAllCard } from '../../../src/cards/answers/ai-revenue-all-card.ts';
import { aiRevenueCard } from '../../../src/cards/answers/ai-revenue-card.ts';
import { billCard } from '../../../src/cards/answers/bill-card.ts';
import { capexCard } from '../../../src/cards/answers/capex-card.ts';
import { capexSevenCard } from '../../../src/cards/answers/capex-seven-card.ts';
import { companyEarningsCard, earningsCard } from '../../../src/cards/answers/earnings-card.ts';
import { factsListCard } from '../../../src/cards/answers/facts-list-card.ts';
import { sourcesCard } from '../../../src/cards/answers/facts-source-card.ts';
import type { LedgerView } from '../../../src/cards/answers/ledger-view.ts';
import { digestCard } from '../../../src/cards/digest-card.ts';
import { sessionDigest } from '../../../src/digest/session-digest.ts';
import { knownFrom } from '../../../src/facts/known-from.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { calendarQuarter } from '../../../src/facts/period.ts';
import { relatedFigures } from '../../../src/facts/related-figures.ts';
import { createHistories } from '../../../src/market/history.ts';
import { loadCalendar } from '../../../src/market/load-calendar.ts';
import { toMicros } from '../../../src/market/money.ts';
import { loadWatchlist } from '../../../src/market/watchlist.ts';
import { addDays } from '../../../src/util/day.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import { companies, curatedFacts, ledger } from '../../facts/samples.ts';
import { catalogue } from '../stories.ts';

/** The minute after each at which something became known, oldest first. */
const minutes = [...new Set(curatedFacts.map(knownFrom))].sort((a, b) => a - b).map((from) => from + MINUTE_MS);

const calendar = loadCalendar();
const watchlist = loadWatchlist();

/** Closes of every symbol: the session's, the one before, and that at the end of the quarter before the last. */
const closesTo = (session: string) => {
  const histories = createHistories(watchlist);
  const price = toMicros(100);
  const last = calendar.previous(session);
  const days = [calendar.previous(calendarQuarter(last).start), last, session];
  const bar = (day: string) => ({ session: day, open: price, high: price, low: price, close: price, volume: 0 });
  for (const { symbol, sumOf } of watchlist.symbols.values()) if (!sumOf) histories.set(symbol, days.map(bar), []);
  return histories;
};

/** The first session of the quarter of an instant: its digest says who pays for the bill. */
const firstSession = (asOf: number): string => calendar.next(addDays(calendarQuarter(calendar.dayOf(asOf)).start, -1));

/** The story and the card of a digest made at `asOf`. */
const digest = ({ ledger, asOf }: Pick<LedgerView, 'ledger'> & { readonly asOf: number }) => {
  const session = firstSession(asOf);
  const story = sessionDigest({
    session,
    watchlist,
    calendar,
    histories: closesTo(session),
    ledger,
    companies,
    alerts: [],
    since: { before: asOf - 5 * DAY_MS, asOf },
    source: 'recorded',
  });
  if (!story) throw new Error(`expected a digest of ${session}`);
  return { story, card: digestCard(story, 'en', catalogue) };
};

/** Each of the seven on the day itself: it is left out where its figures are known by then. */
const reportDays = (asOf: number) =>
  companies.seven.map((symbol) => ({ symbol, day: calendar.dayOf(asOf), estimated: false }));

/** Every card of figures, as it is and as the board shows it, the digest, and the figures beside each symbol. */
const everything = (view: LedgerView & { readonly asOf: number }) => [
  billCard(view),
  ...[billCard(view), digest(view).card].map((card) => card && String(cardHtml(card))),
  digest(view),
  capexSevenCard(view),
  aiRevenueAllCard(view),
  earningsCard(view, companies.seven, reportDays(view.asOf)),
  ...companies.subjects.flatMap((subject) => [
    capexCard(view, subject),
    aiRevenueCard(view, subject),
    companyEarningsCard(view, subject, reportDays(view.asOf)),
    factsListCard(view, subject, 1),
    sourcesCard(view, subject),
  ]),
  ...[...companies.four, 'NVDA', 'TSLA', 'AAPL', 'IXIC', 'MAG7'].map((symbol) =>
    relatedFigures(view.ledger, companies, symbol, view.asOf),
  ),
];

test('no card of any minute of publication changes when what was published later is taken away', () => {
  expect(minutes.length).toBeGreaterThan(150);
  const words = catalogue.in('en');
  for (const asOf of minutes) {
    const then = createLedger(curatedFacts.filter((fact) => knownFrom(fact) < asOf));
    const given = { words, companies, asOf };
    expect(everything({ ...given, ledger }), new Date(asOf).toISOString()).toEqual(
      everything({ ...given, ledger: then }),
    );
  }
});

test('a digest made on a quarter’s first session says who pays, and so is compared above', () => {
  const { story } = digest({ ledger, asOf: minutes.at(-1) ?? 0 });
  expect(story.pays?.lines.length).toBeGreaterThan(3);
  expect(story.bill?.age?.stale).toBeDefined();
});

test('what is published a minute later changes what is compared above', () => {
  const changes = minutes.filter((asOf) => {
    const at = (instant: number) => JSON.stringify(digest({ ledger, asOf: instant }).story.bill ?? null);
    return at(asOf - 2 * MINUTE_MS) !== at(asOf);
  });
  expect(changes.length).toBeGreaterThan(40);
});
