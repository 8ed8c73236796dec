import { MessageFlags } from 'discord.js';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Address } from './incoming.ts';
import { invitationsTo } from './invitations.ts';
import { codeOf } from './outcome.ts';
import { absenceText, obstacleText, type PlaceRights, remarkText } from './place-rights.ts';
import { renderContent } from './render.ts';
import { type Message, sentenceMessage } from './reply.ts';

/** An answer that is ready to be sent. */
export interface PreparedAnswer {
  readonly message: Message;
  readonly forAsker: boolean;
  readonly problem: boolean;
  /** The same for where no picture is taken; absent if it has none. */
  readonly withoutPicture?: () => Message;
}

export interface AnswerRequest {
  readonly address: Pick<Address, 'applicationId'>;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly asker: string;
  readonly askerName?: string;
  /** The message whose button was pressed. */
  readonly message?: string;
  readonly channel: string;
  readonly workspace?: string;
  readonly mayChange: boolean;
  readonly rights?: PlaceRights;
  readonly pings?: (role: string) => boolean | undefined;
  readonly roleName?: (role: string) => string | undefined;
  /** Tells the asker something more after the answer. */
  readonly tellLater: (text: string) => Promise<boolean>;
  readonly words: Translator;
}

export interface PrepareOptions {
  readonly questions: Questions;
  readonly log: Logger;
  /** Whether people can add the app for themselves. */
  readonly forPeople: () => boolean;
  /** An answer that takes longer fails. */
  readonly timeoutMs: number;
}

export interface AnswerPreparer {
  prepare(request: AnswerRequest): Promise<PreparedAnswer>;
  /** Ends all current and future requests with the answer that the bot restarts. */
  abandon(): void;
}

/** Runs a command and renders its answer. Never rejects: a failure becomes a sentence for the asker. */
export const createAnswerPreparer = ({ questions, log, timeoutMs, forPeople }: PrepareOptions): AnswerPreparer => {
  const cancellations = new Set<() => void>();
  let stopped = false;

  const ask = async (request: AnswerRequest): Promise<PreparedAnswer> => {
    const {
      address,
      name,
      options,
      asker,
      askerName,
      message,
      channel,
      words,
      workspace,
      mayChange,
      rights,
      tellLater,
      pings,
      roleName,
    } = request;
    const { language } = words;
    const absence = absenceText(words, rights);
    const obstacle = rights && obstacleText(words, rights);
    const invitations = invitationsTo(address.applicationId, forPeople());
    const remark = rights && remarkText(words, rights);
    const lacking = rights?.mayAttach === false ? words.say('discord.no-pictures') : undefined;
    const answer = await questions.ask(name, {
      ...{ options, language, platform: 'discord', channel, asker, invitations, tellLater },
      ...(askerName !== undefined && { askerName }),
      ...(message !== undefined && { message }),
      // In a private conversation there is no channel to change, and nobody has rights in it.
      ...(workspace !== undefined && { workspace, mayChange: async () => mayChange }),
      ...(absence !== undefined && { absence }),
      ...(obstacle !== undefined && { obstacle }),
      ...(lacking !== undefined && { lacking }),
      ...(remark !== undefined && { remark }),
      ...(pings && { pings }),
      ...(roleName && { pingName: async (role: string) => roleName(role) }),
    });
    if (answer.kind === 'card') return cardAnswer(answer, await questions.picture(answer));
    const [invitation] = answer.invites ? invitations : [];
    return problemAnswer(answer.text, invitation && { label: words.say('discord.invite'), url: invitation.url });
  };

  return {
    prepare: async (request) => {
      const problem = (key: string) => problemAnswer(request.words.say(`discord.${key}`));
      if (stopped) return problem('restarting');
      const { promise, resolve } = Promise.withResolvers<PreparedAnswer>();
      const cancel = () => resolve(problem('restarting'));
      cancellations.add(cancel);
      const timer = setTimeout(() => {
        log.error({ command: request.name }, 'command took too long');
        resolve(problem('unanswered'));
      }, timeoutMs);
      ask(request).then(resolve, (error: unknown) => {
        log.error({ command: request.name, fault: codeOf(error) }, 'command failed to answer');
        resolve(problem('unanswered'));
      });
      const prepared = await promise;
      clearTimeout(timer);
      cancellations.delete(cancel);
      return prepared;
    },

    abandon: () => {
      stopped = true;
      for (const cancel of cancellations) cancel();
    },
  };
};

/** An answer of one sentence that only the asker sees. */
export const problemAnswer = (text: string, link?: Parameters<typeof sentenceMessage>[1]): PreparedAnswer => ({
  message: sentenceMessage(text, link),
  forAsker: true,
  problem: true,
});

const cardAnswer = (
  { card, forAsker = false }: Answer & { kind: 'card' },
  png: Uint8Array | undefined,
): PreparedAnswer => {
  const draw = (picture: Uint8Array | undefined): Message => {
    const { body, files } = renderContent(card, picture);
    return { body: { ...body, flags: MessageFlags.IsComponentsV2 }, files };
  };
  return { message: draw(png), forAsker, problem: false, ...(png && { withoutPicture: () => draw(undefined) }) };
};
