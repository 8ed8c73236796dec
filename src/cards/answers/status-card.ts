import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate, formatInstant } from '../../i18n/dates.ts';
import type { JobRun } from '../../stories/job-run.ts';
import type { Card, Row, Section } from '../card.ts';
import { ago } from './ago.ts';
import { jobName, jobText } from './job-text.ts';

/** How the bot is, ready to be told. Times in epoch milliseconds. */
export interface StatusStory {
  readonly now: number;
  readonly problem?: string;
  readonly sourceName: string;
  readonly goodAt?: number;
  readonly marketOpen: boolean;
  readonly nextSession: string;
  /** The newest and the oldest of the last trades seen. */
  readonly newest?: { readonly symbol: string; readonly at: number };
  readonly oldest?: { readonly symbol: string; readonly at: number };
  readonly platforms: readonly { readonly name: string; readonly state: string; readonly detail?: string }[];
  /** Cards of which nobody can tell whether they were posted, in all channels. */
  readonly unsure?: number;
  readonly lastAlert?: { readonly symbol: string; readonly at: number };
  readonly filingsReadAt?: number;
  /** What is done by the clock. */
  readonly jobs?: readonly JobRun[];
  /** Publication day of the newest figure in the ledger. */
  readonly newestFact?: string;
}

const sourceName = (words: Translator, id: string): string => {
  const key = `source.${id.toLowerCase()}`;
  return words.knows(key) ? words.say(key) : id;
};

const tradeText = (words: Translator, trade: { symbol: string; at: number }, now: number): string =>
  words.say('status.trade', {
    symbol: trade.symbol,
    instant: formatInstant(words, trade.at),
    ago: ago(words, trade.at, now),
  });

const priceSection = (words: Translator, story: StatusStory): Section => {
  const { now, goodAt, newest, oldest } = story;
  const name = sourceName(words, story.sourceName);
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
      row(
        'market',
        story.marketOpen
          ? words.say('status.market-open')
          : words.say('status.market-closed', { date: formatFullDate(words, story.nextSession) }),
      ),
      row('newest', newest ? tradeText(words, newest, now) : words.say('status.none')),
      ...(oldest && oldest.symbol !== newest?.symbol ? [row('oldest', tradeText(words, oldest, now))] : []),
    ],
  };
};

/** What a platform lacks stands in its detail, such as a permission and how to give it. */
const chatSection = (words: Translator, { platforms, lastAlert, unsure, now }: StatusStory): Section => ({
  heading: words.say('status.chats'),
  rows: [
    ...platforms.map(({ name, state, detail }) => ({
      label: words.knows(`status.platform.${name}`) ? words.say(`status.platform.${name}`) : name,
      text: detail ?? (words.knows(`status.state.${state}`) ? words.say(`status.state.${state}`) : state),
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

const ledgerSection = (words: Translator, { filingsReadAt, newestFact, now }: StatusStory): Section => ({
  heading: words.say('status.ledger'),
  rows: [
    {
      label: words.say('status.filings'),
      text: filingsReadAt === undefined ? words.say('status.filings-none') : ago(words, filingsReadAt, now),
    },
    ...(newestFact === undefined
      ? []
      : [{ label: words.say('status.newest-fact'), text: formatFullDate(words, newestFact) }]),
  ],
});

/** What is done by the clock: how it last went, and when next. */
const jobsSection = (words: Translator, { jobs = [], now }: StatusStory): Section[] =>
  jobs.length === 0
    ? []
    : [
        {
          heading: words.say('status.jobs'),
          rows: jobs.map((job) => ({ label: jobName(words, job.name), text: jobText(words, job, now) })),
        },
      ];

/** Age of the prices, health of the source, what a platform lacks, the last alert, the ledger; `here` is about the channel that asks. */
export const statusCard = (words: Translator, story: StatusStory, here: readonly Section[] = []): Card => ({
  kind: 'status',
  tone: story.problem === undefined ? 'calm' : 'amber',
  title: words.say(story.problem === undefined ? 'status.title' : 'status.title-problem'),
  lead: story.problem === undefined ? [] : [words.say('status.problem', { problem: story.problem })],
  sections: [
    priceSection(words, story),
    ...here,
    chatSection(words, story),
    ledgerSection(words, story),
    ...jobsSection(words, story),
  ],
  footer: [words.say('answer.as-of', { instant: formatInstant(words, story.now) })],
});
