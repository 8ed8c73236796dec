import type { ClockOff } from '../../clock/bot-clock.ts';
import type { OpenNote } from '../../facts/edgar/open-note.ts';
import type { LedgerAge } from '../../facts/ledger-age.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate, formatInstant } from '../../i18n/dates.ts';
import { joinNames, nameInList, sayOr } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { SourceList, Speakers } from '../../market/source.ts';
import type { JobRun } from '../../stories/job-run.ts';
import type { PlatformState } from '../../stories/platforms.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../util/durations.ts';
import { awayText } from '../away-text.ts';
import type { Card, Row, Section } from '../card.ts';
import { sourceName } from '../card-footer.ts';
import { platformNoteText } from '../platform-note-text.ts';
import { questionTexts } from '../question-text.ts';
import { ago, jobName, jobText } from './job-text.ts';

/** The bot's status. Times in epoch milliseconds. */
interface StatusStory {
  readonly now: number;
  readonly problem?: string;
  readonly sourceName: string;
  readonly speakers?: SourceList;
  readonly goodAt?: number;
  readonly marketOpen: boolean;
  readonly nextSession: string;
  /** The newest and the oldest of the symbols' last trades. */
  readonly newest?: { readonly symbol: string; readonly at: number };
  readonly oldest?: { readonly symbol: string; readonly at: number };
  readonly platforms: readonly PlatformState[];
  /** Number of unconfirmed deliveries in all channels. */
  readonly unsure?: number;
  readonly lastAlert?: { readonly symbol: string; readonly at: number };
  /** What is not settled about prices, in fixed words. */
  readonly questions?: readonly { readonly symbol: string; readonly question: string }[];
  readonly clockOff?: ClockOff;
  /** Figures of the newest reports that are not in. */
  readonly openFigures?: readonly OpenNote[];
  readonly filingsReadAt?: number;
  /** Periodic jobs. */
  readonly jobs?: readonly JobRun[];
  /** Whether filings are not read, for want of a contact. */
  readonly filingsOff?: true;
  readonly ledgerAge?: LedgerAge;
}

const tradeText = (words: Translator, trade: { symbol: string; at: number }, now: number): string =>
  words.say('status.trade', {
    symbol: trade.symbol,
    instant: formatInstant(words, trade.at),
    ago: ago(words, trade.at, now),
  });

/** "Yahoo", or "Finnhub (Yahoo refusing requests since 30 Jul 2024 10:02 New York)". */
const speakersText = (
  words: Translator,
  speakers: Speakers | undefined,
  { sourceName: first }: Pick<StatusStory, 'sourceName'>,
): string => {
  const speaking = [...new Set(speakers?.bySymbol.values())];
  const names = (speaking.length > 0 ? speaking : [first]).map((name) => sourceName(words, name)).join(', ');
  const failing = (speakers?.failing ?? []).map(({ source, fault, since }) =>
    words.say(`status.failing.${fault}`, { name: sourceName(words, source), instant: formatInstant(words, since) }),
  );
  return failing.length === 0 ? names : words.say('status.speaks', { names, failing: failing.join('; ') });
};

const questionRows = (words: Translator, { questions = [] }: StatusStory): Row[] =>
  questions.length === 0 ? [] : [{ label: words.say('status.unconfirmed'), text: questionTexts(words, questions) }];

/** "According to Yahoo and EDGAR, the clock of the computer that runs Slidewatch is 62 minutes fast." */
const clockLines = (words: Translator, { clockOff }: StatusStory): string[] => {
  if (!clockOff) return [];
  const { aheadMs, hosts } = clockOff;
  const off = Math.abs(aheadMs);
  const [value, unit] =
    off < 2 * HOUR_MS
      ? [off / MINUTE_MS, 'minute']
      : off < 2 * DAY_MS
        ? [off / HOUR_MS, 'hour']
        : [off / DAY_MS, 'day'];
  const span = formatNumber(words.language, Math.round(value), { style: 'unit', unit, unitDisplay: 'long' });
  const names = joinNames(words, hosts);
  return [words.say(aheadMs > 0 ? 'status.clock-ahead' : 'status.clock-behind', { span, names })];
};

const priceSection = (words: Translator, story: StatusStory): Section => {
  const { now, goodAt, newest, oldest, speakers } = story;
  const name = speakersText(words, speakers?.quotes, story);
  const row = (key: string, text: string): Row => ({ label: words.say(`status.${key}`), text });
  return {
    heading: words.say('status.prices'),
    rows: [
      row(
        'source',
        goodAt === undefined
          ? words.say('status.source-never', { name })
          : words.say('status.source-ok', { name, ago: ago(words, goodAt, now) }),
      ),
      ...(speakers && speakers.histories.failing.length > 0
        ? [row('histories', speakersText(words, speakers.histories, story))]
        : []),
      row(
        'market',
        story.marketOpen
          ? words.say('status.market-open')
          : words.say('status.market-closed', { date: formatFullDate(words, story.nextSession) }),
      ),
      row('newest', newest ? tradeText(words, newest, now) : words.say('status.none')),
      ...(oldest && oldest.symbol !== newest?.symbol ? [row('oldest', tradeText(words, oldest, now))] : []),
      ...questionRows(words, story),
    ],
  };
};

/** "No cards since 30 Jul 2024, 10:04 New York: ...", "Not connected since ...", and what else there is to know. */
const platformText = (words: Translator, platform: PlatformState): string => {
  const { state, detail, cause, since, disconnected, notes = [] } = platform;
  const why = detail !== undefined && cause !== undefined && sayOr(words, `status.closed.${cause}`, detail, { detail });
  const text = why || (detail ?? sayOr(words, `status.state.${state}`, state));
  const cards =
    since === undefined ? text : words.say('status.closed-since', { instant: formatInstant(words, since), why: text });
  // Cards are not "still posted" where none are, and both mostly have one reason.
  const key = state === 'down' ? 'status.disconnected-besides' : 'status.disconnected-since';
  const away =
    disconnected &&
    words.say(key, { instant: formatInstant(words, disconnected.since), why: awayText(words, disconnected) });
  // "Working" and "not connected" would contradict each other.
  const states = away === undefined ? [cards] : state === 'down' ? [cards, away] : [away];
  const said = states.join(' ');
  return notes.length === 0
    ? said
    : [said.replace(/[^.]$/, '$&.'), ...notes.map((note) => platformNoteText(words, note))].join(' ');
};

/** A platform's detail says what it lacks, such as a permission, and how to grant it. */
const chatSection = (words: Translator, { platforms, lastAlert, unsure, now }: StatusStory): Section => ({
  heading: words.say('status.chats'),
  rows: [
    ...platforms.map((platform) => ({
      label: sayOr(words, `status.platform.${platform.name}`, platform.name),
      text: platformText(words, platform),
    })),
    ...(unsure === undefined
      ? []
      : [{ label: words.say('status.unsure'), text: words.say('status.unsure-cards', { count: unsure }) }]),
    {
      label: words.say('status.alert'),
      text: lastAlert ? tradeText(words, lastAlert, now) : words.say('status.none'),
    },
  ],
});

/** "Late figure: Microsoft capex, report of 29 Jul 2026", "Awaited: Nvidia's figures, results out 26 Aug 2026 16:20". */
const figureRows = (words: Translator, { openFigures = [] }: StatusStory): Row[] =>
  openFigures.map(({ subject, ...open }) => {
    const label = words.say(`status.figure.${open.state}`);
    const name = nameInList(words, subject);
    if (open.state === 'released')
      return { label, text: words.say('status.figures-of', { name, instant: formatInstant(words, open.at) }) };
    const metric = words.say(`metric-name.${open.metric}`);
    return { label, text: words.say('status.figure-of', { name, metric, date: formatFullDate(words, open.filed) }) };
  });

/** When filings were last read; without a contact, what to set. */
const filingsText = (words: Translator, { filingsOff, filingsReadAt, now }: StatusStory): string => {
  if (filingsOff) return words.say('status.filings-off');
  return filingsReadAt === undefined ? words.say('status.filings-none') : ago(words, filingsReadAt, now);
};

/** "29 Sep 2026, 59 days ago"; the date alone of one that is to come, by a clock that is behind. */
const newestFactRow = (words: Translator, { newest, days }: LedgerAge): Row => {
  const date = formatFullDate(words, newest);
  return {
    label: words.say('status.newest-fact'),
    text: days < 0 ? date : words.say('status.newest-fact-of', { date, count: days }),
  };
};

const ledgerSection = (words: Translator, story: StatusStory): Section => ({
  heading: words.say('status.ledger'),
  rows: [
    {
      label: words.say('status.filings'),
      text: filingsText(words, story),
    },
    ...(story.ledgerAge ? [newestFactRow(words, story.ledgerAge)] : []),
    ...figureRows(words, story),
  ],
});

/** The last and the next run of each periodic job. */
const jobsSection = (words: Translator, { jobs = [], now }: StatusStory): Section[] => {
  const rows = jobs.map((job) => ({ label: jobName(words, job.name), text: jobText(words, job, now) }));
  return rows.length === 0 ? [] : [{ heading: words.say('status.jobs'), rows }];
};

/** Prices, platforms, last alert, ledger and jobs; `here` is about the channel of the question. */
export const statusCard = (words: Translator, story: StatusStory, here: readonly Section[] = []): Card => ({
  kind: 'status',
  tone: story.problem === undefined ? 'calm' : 'amber',
  ...(story.problem !== undefined && { edge: 'gap' }),
  title: words.say(story.problem === undefined ? 'status.title' : 'status.title-problem'),
  lead: [
    ...(story.problem === undefined ? [] : [words.say('status.problem', { problem: story.problem })]),
    ...clockLines(words, story),
  ],
  sections: [
    priceSection(words, story),
    ...here,
    chatSection(words, story),
    ledgerSection(words, story),
    ...jobsSection(words, story),
  ],
  footer: [words.say('answer.as-of', { instant: formatInstant(words, story.now) })],
});
