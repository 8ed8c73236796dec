import { MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies, PendingReply } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Address } from './incoming.ts';
import { createReply } from './reply.ts';
import { sendSafely } from './sending.ts';
import { sentence } from './sentence.ts';
import type { Wire } from './wire.ts';

/** What an asker sees while waiting: "thinking" in place of the answer, or the old message with the pressed button. */
type Sees = 'thinking' | 'old message';

/** Who waits for a deferred answer. Nothing here rejects. */
export interface PendingInteractions {
  /** To be called with a deferral; call what it returns when the answer is out, or never will be. */
  begin(address: Address, language: string, sees: Sees): () => Promise<void>;
  /** Tells those whom an earlier run has left without an answer, where Discord still takes one. */
  tellLeft(): Promise<void>;
}

export interface PendingInteractionsOptions {
  readonly pendingReplies: PendingReplies;
  readonly catalogue: Catalogue;
  /** For answers, which carry their own token. */
  readonly wire: Wire;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** As long as Discord takes answers to a question. */
const TOKEN_MS = 15 * 60 * 1_000;

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
  wire,
  log,
  now,
}: PendingInteractionsOptions): PendingInteractions => {
  const own = new Set<string>();

  const tell = async ({ id, body }: PendingReply): Promise<void> => {
    const { applicationId, token, language, sees } = Body.parse(JSON.parse(body));
    const words = catalogue.in(catalogue.isLanguage(language) ? language : 'en');
    const reply = createReply({ applicationId, id, token }, wire, log);
    const message = sentence(words.say('discord.restarted'));
    if (sees === 'old message') await reply.aside(message);
    // The last thing an earlier run did may have been to answer.
    else if (await isThinking(wire, applicationId, token)) await reply.edit(message);
  };

  return {
    begin: ({ applicationId, id, token }, language, sees) => {
      own.add(id);
      const body = JSON.stringify({ applicationId, token, language, sees } satisfies z.infer<typeof Body>);
      const begun = pendingReplies.begin({ id, platform: 'discord', body, createdAt: now() });
      return async () => {
        await begun;
        await pendingReplies.end(id);
        own.delete(id);
      };
    },

    tellLeft: async () => {
      const left = (await pendingReplies.left('discord')).filter(
        ({ id, createdAt }) => !own.has(id) && createdAt > now() - TOKEN_MS,
      );
      const told = await Promise.allSettled(left.map(tell));
      const failed = told.filter(({ status }) => status === 'rejected').length;
      if (left.length > 0) log.info({ count: left.length, failed }, 'pending replies closed after restart');
    },
  };
};

/** Whether the answer is still owed. Where Discord does not say, no: what was answered must not be taken back. */
const isThinking = async (wire: Wire, applicationId: string, token: string): Promise<boolean> => {
  let thinking = false;
  await sendSafely(wire, async () => {
    const original = await wire.rest.get(Routes.webhookMessage(applicationId, token, '@original'), { auth: false });
    thinking = (Original.parse(original).flags & MessageFlags.Loading) !== 0;
  });
  return thinking;
};
