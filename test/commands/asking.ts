import type { TickerLimits } from '../../commands/any-ticker.ts';
import { createQuestionHandler } from '../../commands/ask.ts';
import type { Answer, Command, Question } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/command-context.ts';
import { commands } from '../../commands/index.ts';
import type { Limit } from '../../commands/limiter.ts';
import { parseLine } from '../../commands/parse-line.ts';
import type { Card, Table } from '../../src/cards/card.ts';
import type { Channels } from '../../src/channels/channels.ts';
import { type Logger, silent } from '../../src/telemetry/log.ts';
import { cardOf, marketContext } from './market-context.ts';
import { type MemoryChannels, memoryChannels } from './memory-channels.ts';

export const context = marketContext({ until: '2024-08-30' });

interface Given {
  readonly at?: string;
  readonly language?: string;
  readonly platform?: string;
  readonly commands?: readonly Command[];
  readonly limit?: Limit;
  readonly log?: Logger;
  readonly changeLimit?: Limit;
  /** Default: those of the bot. */
  readonly tickerLimits?: TickerLimits;
  /** In the place of `at`. */
  readonly now?: () => number;
  readonly context?: CommandContext;
  /** Default: one open channel, that of the question. */
  readonly channels?: Channels;
  readonly tellLater?: Question['tellLater'];
  readonly pings?: Question['pings'];
  readonly lacking?: string;
  /** The person and the place. Default: a person who may change the channel of a server. */
  readonly who?: { readonly [K in 'workspace' | 'mayChange' | 'asker' | 'channel']?: Question[K] | undefined };
}

/** Channels with one open channel, that of the questions. */
export const oneChannel = (platform = 'discord'): MemoryChannels => {
  const channels = memoryChannels();
  void channels.open({ platform, address: 'c' }, { language: 'en', origin: 'setup', workspace: 'w', madeBy: 'a' }, 0);
  return channels;
};

const NO_LIMIT: Limit = { count: Number.MAX_SAFE_INTEGER, perMs: 1 };

/** Asks like a platform. `at` is an instant, by default on the evening of the recorded summer's last day. */
export const askingAt = ({ at = '2024-08-30T20:30:00Z', language = 'en', platform = 'discord', ...given }: Given) => {
  const channels = given.channels ?? oneChannel(platform);
  const asking = createQuestionHandler({
    context: { ...(given.context ?? context), channels },
    commands: given.commands ?? commands,
    now: given.now ?? (() => Date.parse(at)),
    log: given.log ?? silent,
    limit: given.limit ?? NO_LIMIT,
    changeLimit: given.changeLimit ?? NO_LIMIT,
    ...(given.tickerLimits && { tickerLimits: given.tickerLimits }),
  });
  const { mayChange, workspace, ...who } = {
    channel: 'c',
    asker: 'a',
    workspace: 'w',
    mayChange: async () => true,
    ...given.who,
  };
  const ask = (name: string, options: Record<string, string> = {}): Promise<Answer> =>
    asking.ask(name, {
      options,
      language,
      platform,
      channel: who.channel ?? 'c',
      asker: who.asker ?? 'a',
      ...(mayChange && { mayChange }),
      ...(workspace !== undefined && { workspace }),
      ...(given.tellLater && { tellLater: given.tellLater }),
      ...(given.pings && { pings: given.pings }),
      ...(given.lacking !== undefined && { lacking: given.lacking }),
    });
  return {
    ...asking,
    question: ask,
    line: (typed: string): Promise<Answer> => {
      const call = parseLine(typed, commands, context.catalogue);
      return ask(call.name, { ...call.options });
    },
  };
};

export const cardAt = async (line: string, at: string, language = 'en'): Promise<Card> =>
  cardOf(await askingAt({ at, language }).line(line));

export const problemAt = async (line: string, given: Given = {}): Promise<string> => {
  const answer = await askingAt(given).line(line);
  if (answer.kind === 'card') throw new Error(`expected a problem, got: ${answer.card.title}`);
  return answer.text;
};

export const tableOf = (card: Card): Table => {
  const table = card.sections.find((section) => section.table)?.table;
  if (!table) throw new Error('expected a table');
  return table;
};

/** The rows of the section with a heading, as text. */
export const textsUnder = (card: Card, heading: string): string[] =>
  card.sections
    .filter((section) => section.heading === heading)
    .flatMap(({ rows }) => rows.map(({ label, text }) => (label === '' ? text : `${label}: ${text}`)));
