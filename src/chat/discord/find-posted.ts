import { Routes } from 'discord.js';
import { z } from 'zod';
import { MINUTE_MS } from '../../util/durations.ts';
import type { Outcome } from '../platform.ts';
import { outcomeOf } from './outcome.ts';
import { READ_HISTORY } from './remedies.ts';
import { idAt, isSnowflake } from './snowflake.ts';
import type { Flight, Wire } from './wire.ts';

/** Clocks differ. */
const MARGIN_MS = MINUTE_MS;
const PAGE = 100;
const MOST_PAGES = 20;

const id = z.string().refine(isSnowflake);
/** Newest first. Only components that carry a number of ours have one that matters. */
const Page = z.array(
  z.object({ id, components: z.array(z.object({ id: z.number().optional().catch(undefined) })).catch([]) }),
);
const Channel = z.object({ last_message_id: id.nullish() });

const unsure = (why: string): Outcome => ({
  kind: 'unsure',
  reason: `Discord's reply was lost and the channel cannot be checked for the card: ${why}.`,
  remedy: READ_HISTORY,
});

const newer = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/**
 * Looks for the message of an earlier try by the number in its container, from a minute before `since` (epoch
 * milliseconds) on. Undefined where it is certainly not there; otherwise the outcome of the whole posting.
 */
export const findPosted = async (
  { rest, fly }: Wire,
  channelId: string,
  mark: number,
  since: number,
): Promise<Outcome | undefined> => {
  const flight: Flight = { maybeTaken: false, throttled: false };
  const start = idAt(Math.max(0, since - MARGIN_MS));
  let after = start;
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const read = Page.safeParse(await fly(flight, () => rest.get(Routes.channelMessages(channelId), { query })));
      if (!read.success) return unsure('the response is unreadable');
      const found = read.data.find(({ components }) => components.some((part) => part.id === mark));
      if (found) return { kind: 'sent', messageId: found.id, duplicate: true };
      const [newest] = read.data;
      if (newest === undefined) break;
      if (read.data.length < PAGE) return undefined;
      after = newest.id;
      if (page === MOST_PAGES - 1) return unsure('too much was written since');
    }
    if (after !== start) return undefined;
    // Discord shows nothing to whoever may not read the history, and nothing where there is nothing.
    const channel = Channel.safeParse(await fly(flight, () => rest.get(Routes.channel(channelId))));
    if (!channel.success) return unsure('the response is unreadable');
    const last = channel.data.last_message_id;
    return last && newer(last, start) ? unsure('the bot cannot read its messages') : undefined;
  } catch (error) {
    const outcome = outcomeOf(error, flight);
    // Asking puts no message there: what was lost is only this answer.
    if (outcome.kind === 'unknown') return { kind: 'later', reason: outcome.reason };
    return outcome.kind === 'rejected' ? unsure(outcome.reason) : outcome;
  }
};
