import type { Interaction } from 'discord.js';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import { decodeCall } from '../../cards/call.ts';
import type { Catalogue, Translator } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import { waitAtMost } from '../../util/promises.ts';
import { choicesOf } from './choices.ts';
import { type Incoming, incomingOf } from './incoming.ts';
import { codeOf } from './outcome.ts';
import type { PendingInteractions } from './pending-interactions.ts';
import { createPreparing, type Prepared, problemOf } from './prepare.ts';
import { createReply, type Reply } from './reply.ts';
import type { Wire } from './wire.ts';

export interface InteractionsOptions {
  readonly questions: Questions;
  readonly commands: readonly Command[];
  readonly catalogue: Catalogue;
  readonly wire: Wire;
  /** Remembers who waits; nobody does where it is left out. */
  readonly waiting?: PendingInteractions | undefined;
  readonly log: Logger;
  /** An answer that is not there by then is deferred; Discord gives three seconds. */
  readonly deferAfterMs: number;
  readonly patienceMs: number;
}

export interface Interactions {
  /** Takes what discord.js has received; never throws, goes on by itself. */
  take(interaction: Interaction): void;
  /** Lets answers under way be finished for a second, then tells the rest that the bot restarts. */
  stop(): Promise<void>;
}

const GRACE_MS = 1_000;

/**
 * Questions by slash command and button, and completion. Mistakes are answered to the asker alone. A button in a
 * message that others see is anybody's: its answer is for whoever clicked, the message stays. In a message that only
 * the clicker sees, the answer takes its place.
 */
export const createInteractions = (options: InteractionsOptions): Interactions => {
  const { questions, commands, catalogue, wire, waiting, log, deferAfterMs, patienceMs } = options;
  const { prepare, giveUp } = createPreparing({ questions, log, patienceMs });
  const slow = new Set(commands.filter((command) => command.slow).map(({ name }) => name));
  const running = new Set<Promise<void>>();

  const wordsFor = ({ locale }: Incoming): Translator => {
    const language = questions.languageOf(locale);
    return catalogue.in(catalogue.isLanguage(language) ? language : 'en');
  };

  const sorry = (words: Translator, key: string) => problemOf(words.say(`discord.${key}`)).message;

  const onCommand = async (incoming: Incoming & { kind: 'command' }, reply: Reply, words: Translator) => {
    const work = prepare({ ...incoming, words });
    await answer(reply, work, words, { incoming, atOnce: slow.has(incoming.name), hidden: false });
  };

  const onClick = async (incoming: Incoming & { kind: 'click' }, reply: Reply, words: Translator) => {
    const call = decodeCall(incoming.customId);
    if (call === undefined) {
      await reply.answer(sorry(words, 'stale'), true);
      return;
    }
    const work = prepare({ ...incoming, ...call, words });
    if (!incoming.own) return answer(reply, work, words, { incoming, atOnce: slow.has(call.name), hidden: true });
    const end = waiting?.begin(incoming.address, words.language, 'old message');
    await reply.deferUpdate();
    const { message, problem } = await work;
    const sent = await (problem ? reply.aside(message) : reply.edit(message));
    if (sent === 'refused') await reply.aside(sorry(words, 'unanswered'));
    await end?.();
  };

  const answer = async (
    reply: Reply,
    work: Promise<Prepared>,
    words: Translator,
    { incoming, atOnce, hidden }: { readonly incoming: Incoming; readonly atOnce: boolean; readonly hidden: boolean },
  ) => {
    let end: (() => Promise<void>) | undefined;
    if (atOnce || !(await readyWithin(work, deferAfterMs))) {
      end = waiting?.begin(incoming.address, words.language, 'thinking');
      await reply.defer(hidden);
    }
    const { message, forAsker } = await work;
    const sent = await reply.answer(message, hidden || forAsker);
    if (sent === 'refused') await reply.answer(sorry(words, 'unanswered'), true);
    await end?.();
  };

  const handle = async (incoming: Incoming) => {
    const reply = createReply(incoming.address, wire, log);
    const words = wordsFor(incoming);
    switch (incoming.kind) {
      case 'command':
        return onCommand(incoming, reply, words);
      case 'click':
        return onClick(incoming, reply, words);
      case 'typing':
        return reply.choices(choicesOf(questions, incoming, words.language));
    }
  };

  return {
    take: (interaction) => {
      const incoming = incomingOf(interaction);
      if (incoming === undefined) return;
      const handling = handle(incoming)
        .catch((error: unknown) => log.error({ fault: codeOf(error) }, 'interaction failed'))
        .finally(() => running.delete(handling));
      running.add(handling);
    },

    stop: async () => {
      const rest = () => Promise.allSettled(running);
      await waitAtMost(rest(), GRACE_MS);
      giveUp();
      await waitAtMost(rest(), GRACE_MS);
    },
  };
};

const readyWithin = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  let ready = false;
  const done = work.then(() => {
    ready = true;
  });
  await waitAtMost(done, ms);
  return ready;
};
