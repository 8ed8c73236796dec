import {
  type APIApplicationCommandOptionChoice,
  InteractionResponseType,
  MessageFlags,
  type RawFile,
  Routes,
} from 'discord.js';
import type { Logger } from '../../telemetry/log.ts';
import { clipLine } from '../plain-text.ts';
import type { Address } from './incoming.ts';
import { escapeText, maskedLink } from './markdown.ts';
import type { RestClient } from './rest-client.ts';
import { type SendResult, sendSafely } from './send-safely.ts';

/** What an answer shows. The reply adds the flag that hides it from others. */
export interface Message {
  readonly body: { readonly flags?: number } & Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name: string; readonly data: Uint8Array; readonly contentType: string }[];
}

/** The one answer to an interaction. Nothing here rejects; what fails is logged. */
export interface Reply {
  /** Shows "thinking" in the channel, or to the asker alone. */
  defer(forAsker: boolean): Promise<void>;
  /** Acknowledges a click; the message with the button stays as it is until `edit`. */
  deferUpdate(): Promise<void>;
  /**
   * Answers, or replaces the deferral. Discord cannot hide a visible deferral afterwards, so for an answer to the asker
   * alone it is deleted and the answer follows as a hidden message. If it cannot be deleted, all see `instead`, never the answer.
   */
  answer(message: Message, forAsker: boolean, instead: Message): Promise<SendResult['kind']>;
  /** Changes the message with the button, after `deferUpdate`. */
  edit(message: Message): Promise<SendResult['kind']>;
  /** Another message for the asker alone, after a deferral. */
  followUp(message: Message): Promise<SendResult['kind']>;
  /** Choices for the text being typed. Tried once: the next key stroke asks again. */
  choices(choices: readonly APIApplicationCommandOptionChoice<string>[]): Promise<void>;
}

/** Discord wants a first response within three seconds, which two tries share. */
const ACKNOWLEDGE_WITHIN_MS = 2_800;
const MIN_TRY_MS = 300;

/** `client` sends without the bot's token: the address has its own. */
export const createReply = ({ applicationId, id, token }: Address, client: RestClient, log: Logger): Reply => {
  const arrivedAt = performance.now();
  let deferred: 'no' | 'for all' | 'for asker' | 'taken back' = 'no';
  /** Whether all may see a deferral, because Discord's answer to it was lost. */
  let maybeSeen = false;
  let expired = false;

  const logFailure = (step: string, sent: SendResult): SendResult['kind'] => {
    if (sent.kind === 'refused') log.error({ step, fault: sent.fault }, 'discord rejected a reply');
    else if (sent.kind !== 'taken')
      log.warn({ step, fault: sent.fault, why: sent.kind }, 'discord reply not delivered');
    return sent.kind;
  };

  const callback = async (type: InteractionResponseType, data?: Message['body'], files: Message['files'] = []) => {
    const send = () => {
      const leftMs = ACKNOWLEDGE_WITHIN_MS - (performance.now() - arrivedAt);
      const signal = AbortSignal.timeout(Math.ceil(Math.max(leftMs / 2, MIN_TRY_MS)));
      const body = { type, ...(data === undefined ? {} : { data }) };
      return client.rest.post(Routes.interactionCallback(id, token), {
        body,
        files: rawFiles(files),
        auth: false,
        signal,
      });
    };
    const sent = logFailure('acknowledge', await sendSafely(client, send));
    expired = sent === 'late';
    return sent;
  };

  const original = Routes.webhookMessage(applicationId, token, '@original');
  const edit = async ({ body, files }: Message) => {
    if (expired) return 'late';
    const send = () => client.rest.patch(original, { body, files: rawFiles(files), auth: false });
    return logFailure('edit', await sendSafely(client, send));
  };

  const followUp = async (message: Message) => {
    if (expired) return 'late';
    const { body, files } = hidden(message);
    const send = () =>
      client.rest.post(Routes.webhook(applicationId, token), { body, files: rawFiles(files), auth: false });
    return logFailure('follow up', await sendSafely(client, send, true));
  };

  return {
    edit,
    followUp,

    defer: async (forAsker) => {
      const flags = forAsker ? { flags: MessageFlags.Ephemeral } : {};
      const sent = await callback(InteractionResponseType.DeferredChannelMessageWithSource, flags);
      if (sent === 'taken') deferred = forAsker ? 'for asker' : 'for all';
      maybeSeen = sent === 'lost' && !forAsker;
    },

    deferUpdate: async () => {
      await callback(InteractionResponseType.DeferredMessageUpdate);
    },

    answer: async (message, forAsker, instead) => {
      if (expired) return 'late';
      if (deferred === 'no') {
        const { body, files } = forAsker ? hidden(message) : message;
        const sent = await callback(InteractionResponseType.ChannelMessageWithSource, body, files);
        // Discord may have taken it although its answer was lost.
        return sent === 'lost' ? edit(forAsker && maybeSeen ? instead : message) : sent;
      }
      if (deferred === 'for all' && forAsker) {
        const removed = await sendSafely(client, () => client.rest.delete(original, { auth: false }));
        if (logFailure('delete', removed) !== 'taken') return edit(instead);
        deferred = 'taken back';
      }
      return deferred === 'taken back' ? followUp(message) : edit(message);
    },

    choices: async (choices) => {
      const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
      try {
        await client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
      } catch {
        log.debug('discord rejected the autocomplete choices');
      }
    },
  };
};

const hidden = ({ body, files }: Message): Message => ({
  body: { ...body, flags: (body.flags ?? 0) | MessageFlags.Ephemeral },
  files,
});

const rawFiles = (files: Message['files']): RawFile[] =>
  files.map((file) => ({ ...file, data: Buffer.from(file.data) }));

/** Half of Discord's limit for a message's text, because escaping at most doubles it. */
const MAX_SENTENCE_LENGTH = 1_000;

/** One sentence as a message, perhaps with a link after it. */
export const sentenceMessage = (text: string, link?: { readonly label: string; readonly url: string }): Message => {
  const sentence = escapeText(clipLine(text, MAX_SENTENCE_LENGTH)) || '…';
  const content = link === undefined ? sentence : `${sentence} ${maskedLink(link.label, link.url)}`;
  return { body: { content, allowed_mentions: { parse: [] } }, files: [] };
};
