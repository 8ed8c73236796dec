import { MessageFlags } from 'discord.js';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import { codeOf } from './outcome.ts';
import { show } from './render.ts';
import type { Message } from './reply.ts';
import { sentence } from './sentence.ts';

/** An answer that is ready to be sent. */
export interface Prepared {
  readonly message: Message;
  readonly forAsker: boolean;
  readonly problem: boolean;
}

export interface Asking {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly asker: string;
  readonly channel: string;
  readonly workspace?: string;
  readonly mayChange: boolean;
  readonly words: Translator;
}

export interface PrepareOptions {
  readonly questions: Questions;
  readonly log: Logger;
  /** An answer that takes longer is given up. */
  readonly patienceMs: number;
}

export interface Preparing {
  prepare(asking: Asking): Promise<Prepared>;
  /** Answers whatever is still being asked, and whatever will be, by saying that the bot restarts. */
  giveUp(): void;
}

/** Asks and draws. Never rejects: what goes wrong is a sentence for the asker. */
export const createPreparing = ({ questions, log, patienceMs }: PrepareOptions): Preparing => {
  const waiting = new Set<() => void>();
  let over = false;

  const ask = async ({ name, options, asker, channel, words, ...rights }: Asking): Promise<Prepared> => {
    const { language } = words;
    const answer = await questions.ask(name, {
      ...{ options, language, platform: 'discord', channel, asker },
      // In a private conversation there is no channel to change, and nobody has rights in it.
      ...(rights.workspace === undefined
        ? {}
        : { workspace: rights.workspace, mayChange: async () => rights.mayChange }),
    });
    return answer.kind === 'card' ? drawn(answer, await questions.picture(answer)) : problemOf(answer.text);
  };

  return {
    prepare: async (asking) => {
      const sorry = (key: string) => problemOf(asking.words.say(`discord.${key}`));
      if (over) return sorry('restarting');
      const { promise, resolve } = Promise.withResolvers<Prepared>();
      const stopWaiting = () => resolve(sorry('restarting'));
      waiting.add(stopWaiting);
      const patience = setTimeout(() => {
        log.error({ command: asking.name }, 'command took too long');
        resolve(sorry('unanswered'));
      }, patienceMs);
      ask(asking).then(resolve, (error: unknown) => {
        log.error({ command: asking.name, fault: codeOf(error) }, 'command failed to answer');
        resolve(sorry('unanswered'));
      });
      const prepared = await promise;
      clearTimeout(patience);
      waiting.delete(stopWaiting);
      return prepared;
    },

    giveUp: () => {
      over = true;
      for (const stopWaiting of waiting) stopWaiting();
    },
  };
};

/** A sentence that only the asker sees. */
export const problemOf = (text: string): Prepared => ({ message: sentence(text), forAsker: true, problem: true });

const drawn = ({ card, forAsker = false }: Answer & { kind: 'card' }, png: Uint8Array | undefined): Prepared => {
  const { body, files } = show(card, png);
  return { message: { body: { ...body, flags: MessageFlags.IsComponentsV2 }, files }, forAsker, problem: false };
};
