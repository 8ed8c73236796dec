import { moreIn } from '../src/cards/omitted-rows.ts';
import { languageFor } from '../src/i18n/languages.ts';
import type { Logger } from '../src/telemetry/log.ts';
import { MINUTE_MS } from '../src/util/durations.ts';
import { createAnyTicker, TICKER_LIMITS, type TickerLimits } from './any-ticker.ts';
import type { Answer, Command } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { commandByName, unknownCommand } from './command-names.ts';
import { createComplete } from './complete.ts';
import { createLimiter, type Limit } from './limiter.ts';
import { permissionProblem } from './permission.ts';
import { absent, problem, type Reader } from './problems.ts';
import type { Questions } from './questions.ts';
import { readOptions } from './read-options.ts';
import { viewOfChannel } from './this-channel.ts';

interface QuestionHandlerOptions {
  readonly context: CommandContext;
  readonly commands: readonly Command[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
  /** Questions of one person that change nothing. Default: 10 a minute. */
  readonly limit?: Limit;
  /** Changes by one person, counted separately. Default: 30 a minute. */
  readonly changeLimit?: Limit;
  /** Tickers that nobody watches and that the source is asked for. */
  readonly tickerLimits?: TickerLimits;
  /** For locales that the messages do not have. Default: English. */
  readonly language?: string;
}

const QUESTION_LIMIT: Limit = { count: 10, perMs: MINUTE_MS };
/** Enough for setting up a channel by hand, but not for a script. */
const CHANGE_LIMIT: Limit = { count: 30, perMs: MINUTE_MS };

/** Lines of one person that are read at all: as many as may be answered. */
export const LINE_LIMIT: Limit = { count: QUESTION_LIMIT.count + CHANGE_LIMIT.count, perMs: MINUTE_MS };

/** Answers questions of all platforms, except for pictures, which need a renderer. */
export const createQuestionHandler = (given: QuestionHandlerOptions): Omit<Questions, 'picture'> => {
  const { context, commands, now, log, limit = QUESTION_LIMIT, changeLimit = CHANGE_LIMIT } = given;
  const { catalogue, watchlist, companies, calendar } = context;
  const { widen, unwatchedLine } = createAnyTicker(given.tickerLimits ?? TICKER_LIMITS);
  const questions = { limit, waitFor: createLimiter(limit), refusal: 'ask.wait' };
  const changes = { limit: changeLimit, waitFor: createLimiter(changeLimit), refusal: 'ask.wait-changes' };
  const fallback = catalogue.orEnglish(given.language).language;

  const languageOf: Questions['languageOf'] = (locale) => languageFor(catalogue, locale) ?? fallback;

  const answer: Questions['ask'] = async (name, question): Promise<Answer> => {
    const at = now();
    const reader: Reader = { catalogue, language: languageOf(question.language), platform: question.platform };
    const command = commandByName(commands, name, catalogue);
    const { limit, waitFor, refusal } = command?.changes ? changes : questions;
    const waitMs = waitFor(`${question.platform}/${question.asker}`, at);
    if (waitMs > 0) return problem(reader, refusal, { limit: limit.count, count: Math.ceil(waitMs / 1000) });
    if (!command) return unknownCommand(reader, name, commands);
    const read = readOptions({ ...reader, watchlist, companies, today: calendar.dayOf(at) }, command, question.options);
    if ('kind' in read) return read;
    if (command.changes && question.absence !== undefined) return absent(question.absence);
    const forbidden = command.changes ? await permissionProblem(reader, question) : undefined;
    if (forbidden) return forbidden;
    const promises = command.promisesCards?.(read.options) ?? false;
    const looked = promises ? { ...question, ...(await question.look?.()) } : question;
    if (promises && looked.obstacle !== undefined) return { kind: 'problem', text: looked.obstacle };
    const asked = { ...looked, options: read.options, language: reader.language, now: at };
    const widened = await widen(command, asked, context, question.options);
    if ('kind' in widened) return widened;
    const found = await command.run(widened.question, widened.context);
    if (found.kind === 'problem') return found;
    const { card } = found;
    const line = await unwatchedLine(command, widened);
    const words = catalogue.in(reader.language);
    return {
      ...found,
      card: {
        more: moreIn(words),
        falls: words.falls,
        ...card,
        lead: [...widened.notes, ...card.lead],
        footer: line === undefined ? card.footer : [...card.footer, line],
      },
    };
  };

  return {
    languageOf,
    complete: createComplete(context, commands, now),
    channels: (platform, workspace) => context.channels.of(platform, workspace),
    view: (channel, language) => viewOfChannel(context, channel, languageOf(language), now()),
    ask: async (name, question) => {
      try {
        return await answer(name, question);
      } catch (err) {
        log.error({ err, command: String(name).slice(0, 40), platform: question.platform }, 'command failed');
        return problem({ catalogue, language: languageOf(question.language), platform: '' }, 'ask.failed');
      }
    },
  };
};
