import { MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies, PendingReply } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Address } from './incoming.ts';
import { createReply, sentenceMessage } from './reply.ts';
import type { RestClient } from './rest-client.ts';
import { sendSafely } from './send-safely.ts';

/** What an asker sees while waiting: "thinking", or the old message with the pressed button. */
type Waiting = 'thinking' | 'old message';

/** Askers who wait for a deferred answer, remembered over a restart. Nothing here rejects. */
export interface PendingInteractions {
  /** Call with a deferral. Call the returned function when the answer was sent or has failed. */
  begin(address: Address, language: string, sees: Waiting): () => Promise<void>;
  /** Tells askers whose answers a restart has interrupted, if Discord still takes an answer. */
  notifyInterrupted(): Promise<void>;
}

export interface PendingInteractionsOptions {
  readonly pendingReplies: PendingReplies;
  readonly catalogue: Catalogue;
  /** For answers, which are sent with the interaction's own token. */
  readonly client: RestClient;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** How long Discord takes answers to an interaction. */
const TOKEN_LIFETIME_MS = 15 * 60 * 1_000;

const Body = z.object({
  applicationId: z.string(),
  token: z.string(),
  language: z.string(),
  sees: z.enum(['thinking', 'old message']),
});

const Original = z.object({ flags: z.number().default(0) });

export const createPendingInteractions = ({
  pendingReplies,
  catalogue,
  client,
  log,
  now,
}: PendingInteractionsOptions): PendingInteractions => {
  const ownIds = new Set<string>();

  const notify = async ({ id, body }: PendingReply): Promise<void> => {
    const { applicationId, token, language, sees } = Body.parse(JSON.parse(body));
    const translator = catalogue.orEnglish(language);
    const reply = createReply({ applicationId, id, token }, client, log);
    const message = sentenceMessage(translator.say('discord.restarted'));
    if (sees === 'old message') await reply.followUp(message);
    // The earlier run may have answered just before it ended.
    else if (await isThinking(client, applicationId, token)) await reply.edit(message);
  };

  return {
    begin: ({ applicationId, id, token }, language, sees) => {
      ownIds.add(id);
      const body = JSON.stringify({ applicationId, token, language, sees } satisfies z.infer<typeof Body>);
      const begun = pendingReplies.begin({ id, platform: 'discord', body, createdAt: now() });
      return async () => {
        await begun;
        await pendingReplies.end(id);
        ownIds.delete(id);
      };
    },

    notifyInterrupted: async () => {
      const left = (await pendingReplies.left('discord')).filter(
        ({ id, createdAt }) => !ownIds.has(id) && createdAt > now() - TOKEN_LIFETIME_MS,
      );
      const results = await Promise.allSettled(left.map(notify));
      const failed = results.filter(({ status }) => status === 'rejected').length;
      if (left.length > 0) log.info({ count: left.length, failed }, 'pending replies closed after restart');
    },
  };
};

/** Whether the answer is still missing. False if Discord does not say: a given answer must not be overwritten. */
const isThinking = async (client: RestClient, applicationId: string, token: string): Promise<boolean> => {
  let thinking = false;
  await sendSafely(client, async () => {
    const original = await client.rest.get(Routes.webhookMessage(applicationId, token, '@original'), { auth: false });
    thinking = (Original.parse(original).flags & MessageFlags.Loading) !== 0;
  });
  return thinking;
};
