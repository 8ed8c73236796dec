import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Outcome } from '../platform.ts';
import { idAt, isSnowflake } from './ids.ts';
import { outcomeOf, READ_HISTORY } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

const PAGE_SIZE = 100;
const MAX_PAGES = 20;

const id = z.string().refine(isSnowflake);
/** Newest first. Only our own component ids matter. */
const Page = z.array(
  z.object({ id, components: z.array(z.object({ id: z.number().optional().catch(undefined) })).catch([]) }),
);
const Channel = z.object({ last_message_id: id.nullish() });

const unsure = (why: string): Outcome => ({
  kind: 'unsure',
  reason: `Discord's reply was lost and the channel cannot be checked for the card: ${why}.`,
  remedy: READ_HISTORY,
});

const isNewer = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/**
 * Looks for the message of an earlier try by its container's number, from `since` on (epoch milliseconds of Discord's
 * clock). Undefined if it is certainly not there; otherwise the outcome of the posting.
 */
export const findPosted = async (
  { rest, track }: RestClient,
  channelId: string,
  number: number,
  since: number,
): Promise<Outcome | undefined> => {
  const progress: RequestProgress = { maybeTaken: false, throttled: false };
  const start = idAt(Math.max(0, since));
  let after = start;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE), after });
      const read = Page.safeParse(await track(progress, () => rest.get(Routes.channelMessages(channelId), { query })));
      if (!read.success) return unsure('the response is unreadable');
      const found = read.data.find(({ components }) => components.some((part) => part.id === number));
      if (found) return { kind: 'sent', messageId: found.id, duplicate: true };
      const [newest] = read.data;
      if (newest === undefined) break;
      if (read.data.length < PAGE_SIZE) return undefined;
      after = newest.id;
      if (page === MAX_PAGES - 1) return unsure('too much was written since');
    }
    if (after !== start) return undefined;
    // An empty history can also mean that we may not read it: the last message's id tells which.
    const channel = Channel.safeParse(await track(progress, () => rest.get(Routes.channel(channelId))));
    if (!channel.success) return unsure('the response is unreadable');
    const last = channel.data.last_message_id;
    return last && isNewer(last, start) ? unsure('the bot cannot read its messages') : undefined;
  } catch (error) {
    const outcome = outcomeOf(error, progress);
    // This was only a look-up, so a lost answer did not post anything.
    if (outcome.kind === 'unknown') return { kind: 'later', reason: outcome.reason };
    return outcome.kind === 'rejected' ? unsure(outcome.reason) : outcome;
  }
};
