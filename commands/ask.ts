import { moreIn } from '../src/cards/omitted-rows.ts';
import { languageFor } from '../src/i18n/language-for.ts';
import type { Logger } from '../src/telemetry/log.ts';
import type { Answer, Command } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { commandByName, commandNames } from './command-names.ts';
import { createComplete } from './complete.ts';
import { createLimiter, type Limit } from './limiter.ts';
import { whyNotChange } from './permission.ts';
import { type ProblemContext, problem } from './problems.ts';
import type { Questions } from './questions.ts';
import { readOptions } from './read-options.ts';
import { viewOfChannel } from './this-channel.ts';
import { unknownCommand } from './unknown-command.ts';

export interface QuestionHandlerParts {
  readonly context: CommandContext;
  readonly commands: readonly Command[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
  /** Questions of one person; 10 a minute where it is left out. */
  readonly limit?: Limit;
  /** Changes that one person makes, counted by themselves; 30 a minute where it is left out. */
  readonly changeLimit?: Limit;
  /** For a locale that the messages do not speak; English, or else the first there is. */
  readonly language?: string;
}

const TEN_A_MINUTE: Limit = { count: 10, perMs: 60_000 };
/** Wide enough for somebody who sets a channel up, and an end to a script. */
const THIRTY_A_MINUTE: Limit = { count: 30, perMs: 60_000 };

/** Takes questions for all platforms. Everything but the pictures, which need a painter. */
export const createQuestionHandler = (parts: QuestionHandlerParts): Omit<Questions, 'picture'> => {
  const { context, commands, now, log, limit = TEN_A_MINUTE, changeLimit = THIRTY_A_MINUTE } = parts;
  const { catalogue, watchlist, calendar } = context;
  const reading = { limit, waitFor: createLimiter(limit) };
  const changing = { limit: changeLimit, waitFor: createLimiter(changeLimit) };
  const fallback =
    [parts.language, 'en'].find((language) => language !== undefined && catalogue.isLanguage(language)) ??
    catalogue.languages[0] ??
    'en';

  const languageOf: Questions['languageOf'] = (locale) => languageFor(catalogue, locale) ?? fallback;

  const answer: Questions['ask'] = async (name, question): Promise<Answer> => {
    const at = now();
    const asked: ProblemContext = { catalogue, language: languageOf(question.language), platform: question.platform };
    const command = commandByName(commands, name, catalogue);
    const { limit: bound, waitFor } = command?.changes ? changing : reading;
    const wait = waitFor(`${question.platform}/${question.asker}`, at);
    if (wait > 0) return problem(asked, 'ask.wait', { limit: bound.count, count: Math.ceil(wait / 1000) });
    if (!command) return unknownCommand(asked, name, commands, (each) => commandNames(each, catalogue));
    const read = readOptions({ ...asked, watchlist, today: calendar.dayOf(at) }, command, question.options);
    if ('kind' in read) return read;
    const refusal = command.changes ? await whyNotChange(asked, question) : undefined;
    if (refusal) return refusal;
    const found = await command.run({ ...question, options: read.options, language: asked.language, now: at }, context);
    if (found.kind === 'problem') return found;
    return { ...found, card: { more: moreIn(catalogue.in(asked.language)), ...found.card } };
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
