import type { Interaction } from 'discord.js';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import { decodeCall } from '../../cards/call.ts';
import type { Catalogue, Translator } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import { resultWithin, waitAtMost } from '../../util/promises.ts';
import { choicesOf } from './autocomplete.ts';
import { type Incoming, incomingOf } from './incoming.ts';
import type { InteractionPlace } from './interaction-places.ts';
import { codeOf } from './outcome.ts';
import type { PendingInteractions } from './pending-interactions.ts';
import { createAnswerPreparer, type PreparedAnswer, problemAnswer } from './prepare-answer.ts';
import { createReply, type Message, type Reply, sentenceMessage } from './reply.ts';
import type { RestClient } from './rest-client.ts';

export interface InteractionsOptions {
  readonly questions: Questions;
  readonly commands: readonly Command[];
  readonly catalogue: Catalogue;
  readonly client: RestClient;
  /** Remembers askers over a restart. Default: nobody. */
  readonly pending?: PendingInteractions | undefined;
  readonly log: Logger;
  /** A later answer is deferred; Discord wants a first response within three seconds. */
  readonly deferAfterMs: number;
  /** A later answer fails. */
  readonly answerTimeoutMs: number;
  /** Whether people can add the app for themselves. */
  readonly forPeople: () => boolean;
  /** Hears with each interaction what the bot may do in its channel. */
  readonly onRights?: ((where: Pick<Incoming, 'channel' | 'workspace' | 'rights'>) => void) | undefined;
}

export interface Interactions {
  /** Handles an interaction in the background. Never throws. */
  handle(interaction: Interaction, place: InteractionPlace): void;
  /** Waits a second for unfinished answers, then answers the rest with a notice that the bot restarts. */
  stop(): Promise<void>;
}

/** How one asker is answered, and told something more after that. */
interface Conversation {
  readonly reply: Reply;
  readonly words: Translator;
  readonly tellLater: (text: string) => Promise<boolean>;
}

/** Wait for unfinished answers, and again for the notices. */
const STOP_GRACE_MS = 1_000;

/**
 * Slash commands, buttons and completion. Problems are shown to the asker alone. The answer to a button in a message that
 * others see is for the person who clicked, and the message stays. In a message that only this person sees, the answer
 * replaces it.
 */
export const createInteractions = (options: InteractionsOptions): Interactions => {
  const { questions, commands, catalogue, client, pending, log, deferAfterMs, answerTimeoutMs, onRights } = options;
  const { forPeople } = options;
  const { prepare, abandon } = createAnswerPreparer({ questions, log, timeoutMs: answerTimeoutMs, forPeople });
  const slow = new Set(commands.filter((command) => command.slow).map(({ name }) => name));
  const forAskers = new Set(commands.filter((command) => command.forAsker).map(({ name }) => name));
  const running = new Set<Promise<void>>();

  const translatorFor = ({ locale }: Incoming): Translator => {
    const language = questions.languageOf(locale);
    return catalogue.orEnglish(language);
  };

  const problemMessage = (words: Translator, key: string) => problemAnswer(words.say(`discord.${key}`)).message;

  const onCommand = async (incoming: Incoming & { kind: 'command' }, { reply, words, tellLater }: Conversation) => {
    const work = prepare({ ...incoming, words, tellLater });
    await answer(reply, work, words, {
      incoming,
      atOnce: slow.has(incoming.name),
      hidden: forAskers.has(incoming.name),
    });
  };

  const onClick = async (incoming: Incoming & { kind: 'click' }, { reply, words, tellLater }: Conversation) => {
    const call = decodeCall(incoming.customId);
    if (call === undefined) {
      const stale = problemMessage(words, 'stale');
      await reply.answer(stale, true, stale);
      return;
    }
    const work = prepare({ ...incoming, ...call, words, tellLater });
    if (!incoming.own) return answer(reply, work, words, { incoming, atOnce: slow.has(call.name), hidden: true });
    const end = pending?.begin(incoming.address, words.language, 'old message');
    await reply.deferUpdate();
    const { message, problem, withoutPicture } = await work;
    const send = (each: Message) => (problem ? reply.followUp(each) : reply.edit(each));
    let sent = await send(message);
    if (sent === 'refused' && withoutPicture) sent = await send(withoutPicture());
    if (sent === 'refused') await reply.followUp(problemMessage(words, 'unanswered'));
    await end?.();
  };

  const answer = async (
    reply: Reply,
    work: Promise<PreparedAnswer>,
    words: Translator,
    { incoming, atOnce, hidden }: { readonly incoming: Incoming; readonly atOnce: boolean; readonly hidden: boolean },
  ) => {
    let end: (() => Promise<void>) | undefined;
    if (atOnce || (await resultWithin(work, deferAfterMs)) === undefined) {
      end = pending?.begin(incoming.address, words.language, 'thinking');
      await reply.defer(hidden);
    }
    const { message, forAsker, withoutPicture } = await work;
    const unanswered = problemMessage(words, 'unanswered');
    let sent = await reply.answer(message, hidden || forAsker, unanswered);
    if (sent === 'refused' && withoutPicture)
      sent = await reply.answer(withoutPicture(), hidden || forAsker, unanswered);
    if (sent === 'refused') await reply.answer(unanswered, true, unanswered);
    await end?.();
  };

  const respond = async (incoming: Incoming, answered: Promise<void>) => {
    const reply = createReply(incoming.address, client, log);
    const words = translatorFor(incoming);
    // Discord takes nothing more before the answer.
    const tellLater = async (text: string) => {
      await answered;
      return (await reply.followUp(sentenceMessage(text))) === 'taken';
    };
    switch (incoming.kind) {
      case 'command':
        return onCommand(incoming, { reply, words, tellLater });
      case 'click':
        return onClick(incoming, { reply, words, tellLater });
      case 'typing':
        return reply.choices(choicesOf(questions, incoming, words.language));
    }
  };

  return {
    handle: (interaction, place) => {
      const incoming = incomingOf(interaction, place);
      if (incoming === undefined) return;
      onRights?.(incoming);
      const answered = Promise.withResolvers<void>();
      const handling = respond(incoming, answered.promise)
        .catch((error: unknown) => log.error({ fault: codeOf(error) }, 'interaction failed'))
        .finally(() => {
          answered.resolve();
          running.delete(handling);
        });
      running.add(handling);
    },

    stop: async () => {
      const rest = () => Promise.allSettled(running);
      await waitAtMost(rest(), STOP_GRACE_MS);
      abandon();
      await waitAtMost(rest(), STOP_GRACE_MS);
    },
  };
};
