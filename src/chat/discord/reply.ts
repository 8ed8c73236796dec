import {
  type APIApplicationCommandOptionChoice,
  InteractionResponseType,
  MessageFlags,
  type RawFile,
  Routes,
} from 'discord.js';
import type { Logger } from '../../telemetry/log.ts';
import type { Address } from './incoming.ts';
import { type Sent, sendSafely } from './sending.ts';
import type { Wire } from './wire.ts';

/** What an answer shows; the flag that hides it from others is added by the reply. */
export interface Message {
  readonly body: { readonly flags?: number } & Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name: string; readonly data: Uint8Array; readonly contentType: string }[];
}

/** The one answer to an interaction. Nothing here rejects; what fails is logged. */
export interface Reply {
  /** Shows "thinking" in the channel, or to the asker alone. */
  defer(forAsker: boolean): Promise<void>;
  /** Takes note of a click; the message with the button stays as it is until `edit`. */
  deferUpdate(): Promise<void>;
  /**
   * Answers, in place of what was deferred. An answer for the asker alone after a deferral that all can see: Discord
   * cannot hide a message any more, so that one is deleted and the answer follows unseen by others.
   */
  answer(message: Message, forAsker: boolean): Promise<Sent['kind']>;
  /** Changes the message with the button, after `deferUpdate`. */
  edit(message: Message): Promise<Sent['kind']>;
  /** One more message for the asker alone, after a deferral. */
  aside(message: Message): Promise<Sent['kind']>;
  /** Choices for what is being typed. One try: the next key asks again. */
  choices(choices: readonly APIApplicationCommandOptionChoice<string>[]): Promise<void>;
}

/** Discord wants a first sign within three seconds; what is left of them is shared by two tries. */
const ACKNOWLEDGE_MS = 2_800;
const SHORTEST_TRY_MS = 300;

/** `wire` sends without our token: the address holds its own. */
export const createReply = ({ applicationId, id, token }: Address, wire: Wire, log: Logger): Reply => {
  const arrivedAt = performance.now();
  let deferred: 'no' | 'for all' | 'for asker' = 'no';
  let over = false;

  const told = (step: string, sent: Sent): Sent['kind'] => {
    if (sent.kind === 'refused') log.error({ step, fault: sent.fault }, 'discord rejected a reply');
    else if (sent.kind !== 'taken')
      log.warn({ step, fault: sent.fault, why: sent.kind }, 'discord reply not delivered');
    return sent.kind;
  };

  const callback = async (type: InteractionResponseType, data?: Message['body'], files: Message['files'] = []) => {
    const send = () => {
      const leftMs = ACKNOWLEDGE_MS - (performance.now() - arrivedAt);
      const signal = AbortSignal.timeout(Math.ceil(Math.max(leftMs / 2, SHORTEST_TRY_MS)));
      const body = { type, ...(data === undefined ? {} : { data }) };
      return wire.rest.post(Routes.interactionCallback(id, token), { body, files: raw(files), auth: false, signal });
    };
    const sent = told('acknowledge', await sendSafely(wire, send));
    over = sent === 'late';
    return sent;
  };

  const original = Routes.webhookMessage(applicationId, token, '@original');
  const edit = async ({ body, files }: Message) => {
    if (over) return 'late';
    const send = () => wire.rest.patch(original, { body, files: raw(files), auth: false });
    return told('edit', await sendSafely(wire, send));
  };

  const aside = async (message: Message) => {
    if (over) return 'late';
    const { body, files } = hidden(message);
    const send = () => wire.rest.post(Routes.webhook(applicationId, token), { body, files: raw(files), auth: false });
    return told('follow up', await sendSafely(wire, send, true));
  };

  return {
    edit,
    aside,

    defer: async (forAsker) => {
      const flags = forAsker ? { flags: MessageFlags.Ephemeral } : {};
      const sent = await callback(InteractionResponseType.DeferredChannelMessageWithSource, flags);
      if (sent === 'taken') deferred = forAsker ? 'for asker' : 'for all';
    },

    deferUpdate: async () => {
      await callback(InteractionResponseType.DeferredMessageUpdate);
    },

    answer: async (message, forAsker) => {
      if (over) return 'late';
      if (deferred === 'no') {
        const { body, files } = forAsker ? hidden(message) : message;
        const sent = await callback(InteractionResponseType.ChannelMessageWithSource, body, files);
        // Where no answer came back, it may have been taken all the same.
        return sent === 'lost' ? edit(message) : sent;
      }
      if (deferred === 'for all' && forAsker) {
        const removed = await sendSafely(wire, () => wire.rest.delete(original, { auth: false }));
        // Shown to all rather than never: the message would say "thinking" for good.
        return told('delete', removed) === 'taken' ? aside(message) : edit(message);
      }
      return edit(message);
    },

    choices: async (choices) => {
      const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
      try {
        await wire.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
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

const raw = (files: Message['files']): RawFile[] => files.map((file) => ({ ...file, data: Buffer.from(file.data) }));
