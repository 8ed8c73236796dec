import type { CommandContext, SystemStatus } from '../../commands/command-context.ts';
import { createSubscriptions } from '../channels/subscriptions.ts';
import type { BotClock } from '../clock/bot-clock.ts';
import type { TestReports } from '../delivery/test-reports.ts';
import { nextDigestAt } from '../digest/digest-due.ts';
import type { Article } from '../facts/article.ts';
import type { Companies } from '../facts/companies.ts';
import type { FactStore } from '../facts/fact-store.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { firstHole } from '../market/holes.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { testSampleFor } from '../outbox/test-sample.ts';
import { readUntoldAlerts } from '../outbox/untold-alerts.ts';
import { FILINGS_READ } from '../refresh/filings-read.ts';
import { isTold, priceNow } from '../slides/price-levels.ts';
import { lastAlert } from '../store/alerts.ts';
import { readJobRuns } from '../store/job-runs.ts';
import { readMark } from '../store/meta.ts';
import { readOpenNotes } from '../store/open-notes.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Store } from '../store/store.ts';
import { countUnconfirmed } from '../store/unconfirmed.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Logger } from '../telemetry/log.ts';
import { recordedSlide } from '../watch/recorded-slide.ts';
import { openQuestion, openQuestionOfAny } from '../watch/watch-state.ts';
import type { Watcher } from '../watch/watcher.ts';

export interface CommandContextParts extends Pick<CommandContext, 'channels' | 'timeZone' | 'digest' | 'tickerDesk'> {
  readonly catalogue: Catalogue;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly watcher: Watcher;
  readonly factStore: FactStore;
  readonly companies: Companies;
  readonly article: Article;
  readonly store: Store;
  readonly sourceName: string;
  /** Whether an EDGAR_CONTACT is set. */
  readonly readsFilings: boolean;
  readonly platforms: () => SystemStatus['platforms'];
  readonly testReports: Pick<TestReports, 'expect'>;
  readonly botClock?: Pick<BotClock, 'off'>;
  readonly log: Logger;
}

/** The parts of the running bot that commands may use. */
export const createCommandContext = (parts: CommandContextParts): CommandContext => {
  const { watcher, factStore, store, catalogue, watchlist, calendar, companies, article } = parts;
  /** The recorded slide is for want of another: a test card without it is a test card all the same. */
  const recorded = (): SlideStory | undefined => {
    try {
      return recordedSlide({ watchlist, calendar, companies, ledger: factStore.ledger() });
    } catch (err) {
      parts.log.warn({ err }, 'recorded slide could not be read');
      return undefined;
    }
  };
  return {
    channels: parts.channels,
    subscriptions: createSubscriptions(store),
    timeZone: parts.timeZone,
    digest: parts.digest,
    tickerDesk: parts.tickerDesk,
    nextDigest: (settings, now) => nextDigestAt(settings, parts.timeZone, calendar, now),
    catalogue,
    watchlist,
    calendar,
    companies,
    article,
    histories: watcher.memory.histories,
    quotes: watcher.memory.quotes,
    ledger: factStore.ledger,
    reportDays: async (now) => (await readReportDays(store.db, now)) ?? [],
    untoldAlerts: (channel) => readUntoldAlerts(store.db, parts, channel),
    testSample: (channel) => testSampleFor(store.db, { watchlist, recorded }, channel),
    whenTested: parts.testReports.expect,
    openQuestion: (symbol) => openQuestionOfAny(watcher.memory, symbol),
    priceRule: (symbol, price) => {
      const rule = { ...price, day: newYorkDay(price.since) };
      const told = isTold(watcher.memory.states.get(symbol)?.prices, rule);
      return { target: priceNow(rule, watcher.memory.histories.splits(symbol)), told };
    },
    systemStatus: async () => {
      const { problem, goodAt, speakers, refused } = watcher.health();
      const alert = await lastAlert(store.db);
      const filingsReadAt = await readMark(store.db, FILINGS_READ);
      const unsure = await countUnconfirmed(store.db);
      const clockOff = parts.botClock?.off();
      return {
        sourceName: parts.sourceName,
        ...(speakers && { speakers }),
        platforms: parts.platforms(),
        ...(problem !== undefined && { problem }),
        ...(goodAt !== undefined && { goodAt }),
        ...(unsure > 0 && { unsure }),
        ...(clockOff && { clockOff }),
        ...(alert && { lastAlert: alert }),
        ...(filingsReadAt !== undefined && { filingsReadAt }),
        ...(!parts.readsFilings && { filingsOff: true as const }),
        jobs: await readJobRuns(store.db),
        questions: [...watchlist.symbols.values()].flatMap(({ symbol, custom }) => {
          // Custom symbols are private to the channels that added them.
          if (custom) return [];
          const hole = firstHole(watcher.memory.histories.bars(symbol), calendar);
          const refusal = refused.get(symbol);
          const question =
            openQuestion(watcher.memory, symbol) ??
            (refusal === 'not newer' ? undefined : refusal) ??
            (hole && 'closes missing');
          return question === undefined ? [] : { symbol, question };
        }),
        openFigures: await readOpenNotes(store.db),
      };
    },
  };
};
