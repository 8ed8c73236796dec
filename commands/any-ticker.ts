import { watches } from '../src/channels/channel-rules.ts';
import type { DeskRefusal, TickerOnDesk } from '../src/market/ticker-desk.ts';
import { HOUR_MS, MINUTE_MS } from '../src/util/durations.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { createLimiters, type Limit } from './limiter.ts';
import { readTicker } from './options/identifiers.ts';
import { type Problem, problem, quotable, readerOf } from './problems.ts';
import { nearestSymbols, unknownSymbol } from './read-options.ts';
import { placeOf } from './this-channel.ts';

/** Tickers that the source is asked for. One of a server's counts for the person, too; one that is kept for none. */
export type TickerLimits = Readonly<Record<'person' | 'server' | 'all' | 'hour', Limit>>;

/** A whole `/quote` for one person; together, a few requests for each poll of the watch. */
export const TICKER_LIMITS: TickerLimits = {
  person: { count: 10, perMs: MINUTE_MS },
  server: { count: 20, perMs: MINUTE_MS },
  all: { count: 20, perMs: MINUTE_MS },
  hour: { count: 240, perMs: HOUR_MS },
};

/** After this, a question looks up no further ticker: platforms wait a minute for an answer. */
const PATIENCE_MS = 15_000;

/** A question and its context, in which the tickers are that nobody watches. */
export interface Widened {
  readonly question: Question;
  readonly context: CommandContext;
  /** What cannot be answered, a line each, for a card about the rest. */
  readonly notes: readonly string[];
}

/** The symbols that a question names in options that take any ticker. */
const namedBy = ({ options }: Command, question: Question): readonly string[] =>
  options.flatMap(({ name, anyTicker }) =>
    anyTicker ? (question.options[name]?.split(',') ?? []).filter((id) => id !== '') : [],
  );

/** A context in which tickers look as if they were watched. Nothing else knows of them. */
const withTickers = (context: CommandContext, found: readonly TickerOnDesk[], areAll: boolean): CommandContext => {
  const bySymbol = new Map(found.map((it) => [it.watched.symbol, it]));
  const troubled = found.find((it) => it.problem !== undefined);
  return {
    ...context,
    watchlist: {
      ...context.watchlist,
      symbols: new Map([...context.watchlist.symbols, ...found.map((it) => [it.watched.symbol, it.watched] as const)]),
    },
    histories: {
      ...context.histories,
      bars: (symbol) => bySymbol.get(symbol)?.bars ?? context.histories.bars(symbol),
    },
    quotes: new Map([
      ...context.quotes,
      ...found.flatMap(({ watched, quote }) => (quote ? [[watched.symbol, quote] as const] : [])),
    ]),
    openQuestion: (symbol) => {
      const own = bySymbol.get(symbol);
      return own ? own.question : context.openQuestion(symbol);
    },
    systemStatus: async () => {
      const { problem: ofPolls, ...status } = await context.systemStatus();
      const trouble = troubled?.problem ?? (areAll ? undefined : ofPolls);
      return trouble === undefined ? status : { ...status, problem: trouble };
    },
  };
};

interface Refused {
  /** As the question names it. */
  readonly id: string;
  readonly ticker: string;
  readonly refusal: DeskRefusal;
}

/** A refusal in one sentence. */
const sentence = (question: Question, context: CommandContext, typed: string, refusal: DeskRefusal): Problem => {
  const reader = readerOf(question, context);
  const ticker = quotable(typed);
  switch (refusal.kind) {
    case 'unknown':
      return unknownSymbol({ ...reader, watchlist: context.watchlist }, typed);
    case 'no-lookup': {
      const names = nearestSymbols({ ...reader, watchlist: context.watchlist }, typed).names.join(', ');
      return problem(reader, 'unwatched.no-lookup', { ticker, names });
    }
    case 'no-answer':
      return problem(reader, 'channel.watch.no-answer', { ticker });
    case 'limited':
      return problem(reader, 'unwatched.limited', { ticker, count: Math.ceil(refusal.waitMs / MINUTE_MS) });
    case 'elsewhere': {
      const { currency } = refusal;
      const key = currency === 'USD' ? 'elsewhere-hours' : 'elsewhere';
      return problem(reader, `unwatched.${key}`, { ticker, name: refusal.name, currency: quotable(currency) });
    }
    default:
      return problem(reader, `unwatched.${refusal.kind}`, { ticker, name: refusal.name });
  }
};

/** Why each of several has no row, in one line; undefined if there is nothing to say. */
const leftOutLine = (
  { language }: Question,
  { catalogue }: CommandContext,
  refused: readonly Refused[],
): string | undefined => {
  if (refused.length === 0) return undefined;
  const words = catalogue.in(language);
  const names = refused.map(({ ticker, refusal }) => {
    const currency =
      refusal.kind === 'elsewhere' && refusal.currency !== 'USD' ? quotable(refusal.currency) : undefined;
    const kind = currency === undefined ? refusal.kind : 'currency';
    return words.say(`unwatched.reason.${kind}`, { ticker, ...(currency !== undefined && { currency }) });
  });
  return words.say('unwatched.left-out', { names: names.join(', ') });
};

/** Lets commands answer about tickers that nobody watches. */
export const createAnyTicker = (limits: TickerLimits) => {
  const waitFor = createLimiters(limits);

  const mayAsk =
    ({ platform, asker, workspace }: Question, now: number) =>
    () =>
      waitFor(
        {
          person: `${platform}/${asker}`,
          ...(workspace !== undefined && { server: `${platform}/${workspace}` }),
          ...{ all: '', hour: '' },
        },
        now,
      );

  /** One after the other. Of a source that has no answer for one, or is slow, the rest get only what is kept. */
  const lookUp = async (ids: readonly string[], question: Question, { tickerDesk }: CommandContext) => {
    const found = new Map<string, TickerOnDesk>();
    const refused: Refused[] = [];
    const begin = performance.now();
    for (const id of ids) {
      const ticker = readTicker(id);
      if (ticker === undefined) continue;
      const isSilent =
        performance.now() - begin > PATIENCE_MS || refused.some(({ refusal }) => refusal.kind === 'no-answer');
      const allow = isSilent ? () => Number.POSITIVE_INFINITY : mayAsk(question, question.now);
      const it = await tickerDesk.look(ticker, question.now, allow);
      if (it.kind === 'found') found.set(id, it);
      else refused.push({ id, ticker, refusal: isSilent && it.kind === 'limited' ? { kind: 'no-answer' } : it });
    }
    return { found, refused };
  };

  return {
    /** Looks up what the question names and nobody watches. `typed`: as it was typed. */
    widen: async (
      command: Command,
      question: Question,
      context: CommandContext,
      typed: Question['options'],
    ): Promise<Widened | Problem> => {
      const named = namedBy(command, question);
      const { found, refused } = await lookUp(
        named.filter((id) => !context.watchlist.symbols.has(id)),
        question,
        context,
      );
      if (found.size + refused.length === 0) return { question, context, notes: [] };
      const isKnown = (id: string): boolean => context.watchlist.symbols.has(id) || found.has(id);
      if (!named.some(isKnown)) {
        const told = refused.find(({ refusal }) => refusal.kind !== 'unknown') ?? refused[0];
        if (told?.refusal.kind === 'unknown') {
          const name = command.options.find(({ anyTicker }) => anyTicker)?.name ?? '';
          return sentence(question, context, typed[name] ?? told.ticker, told.refusal);
        }
        if (told) return sentence(question, context, told.ticker, told.refusal);
      }
      const explained = refused.filter(({ refusal }) => refusal.kind !== 'unknown');
      const rename = (id: string): string => found.get(id)?.watched.symbol ?? id;
      const kept = (id: string): boolean => !explained.some((it) => it.id === id);
      const options = { ...question.options };
      for (const { name, anyTicker } of command.options)
        if (anyTicker && options[name] !== undefined)
          options[name] = [...new Set(options[name].split(',').filter(kept).map(rename))].join(',');
      const note = leftOutLine(question, context, explained);
      return {
        question: { ...question, options },
        context: withTickers(context, [...found.values()], found.size === named.filter(isKnown).length),
        notes: note === undefined ? [] : [note],
      };
    },

    /** Says which of a question's symbols this channel does not watch, and how to watch them; undefined for none. */
    unwatchedLine: async (command: Command, { question, context }: Widened): Promise<string | undefined> => {
      const custom = namedBy(command, question).filter((id) => context.watchlist.symbols.get(id)?.custom);
      if (custom.length === 0) return undefined;
      const channel = await context.channels.at(placeOf(question));
      const unwatched = custom.filter((id) => !channel || !watches(channel.settings, context.watchlist, id));
      const [first] = unwatched;
      if (first === undefined) return undefined;
      return context.catalogue.in(question.language).say('unwatched.line', {
        names: unwatched.join(', '),
        example: typedCall({ name: 'watch add', options: { symbol: first } }, question.platform),
      });
    },
  };
};
