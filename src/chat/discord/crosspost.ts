import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from '../../telemetry/log.ts';
import type { Lack } from '../platform.ts';
import { sleep } from '../sleep.ts';
import { lackOf } from './lack.ts';
import { outcomeOf, throttledMs } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

export interface CrosspostOptions {
  readonly client: RestClient;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** For one request. The card is in the channel already, and its record waits for this. */
  readonly timeoutMs: number;
  /** Before the second try. */
  readonly retryMs: number;
}

/**
 * Passes a message on to the channels that follow its channel. Returns why it was left out, or `stopped` if the bot stopped meanwhile:
 * it may be done or not. Never rejects.
 */
export type Crosspost = (channelId: string, messageId: string) => Promise<Lack | 'stopped' | undefined>;

/** A fault of the network: the next card is passed on again. */
const missed = (reason: string): Lack => ({
  part: 'crosspost',
  reason,
  remedy: 'The next card is published again; this one can be published by hand.',
  why: { key: 'discord-crosspost-missed' },
  afterMs: 0,
});

/** Discord lets a channel publish ten messages an hour. */
const limited = (afterMs: number): Lack => ({
  part: 'crosspost',
  reason: 'Discord publishes at most 10 messages an hour from one channel.',
  remedy: 'Cards are published again as soon as it does; those until then can be published by hand.',
  why: { key: 'discord-crosspost-limit' },
  afterMs,
});

/**
 * A message that was passed on already, by a try whose answer was lost or before a restart, is done. A refusal is final; a
 * fault of the network is followed by a second try.
 */
export const createCrosspost = (options: CrosspostOptions): Crosspost => {
  const { client, log, stopping, timeoutMs, retryMs } = options;

  /** `again`: a later try may succeed. */
  const attempt = async (channelId: string, messageId: string): Promise<{ lack?: Lack; again?: true }> => {
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    try {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
      await client.track(progress, () =>
        client.rest.post(Routes.channelMessageCrosspost(channelId, messageId), { signal }),
      );
      return {};
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.ThisMessageWasAlreadyCrossposted)
        return {};
      if (error instanceof RateLimitError && !error.global && !progress.banned)
        return { lack: limited(throttledMs(error, progress)) };
      const outcome = outcomeOf(error, progress);
      if (outcome.kind === 'later' || outcome.kind === 'unknown' || outcome.kind === 'credential')
        return { lack: missed(outcome.reason), again: true };
      return { lack: lackOf('crosspost', error, outcome) };
    }
  };

  return async (channelId, messageId) => {
    let { lack, again } = await attempt(channelId, messageId);
    if (again && !stopping.aborted) {
      await sleep(retryMs, stopping);
      ({ lack } = await attempt(channelId, messageId));
    }
    if (lack && stopping.aborted) return 'stopped';
    if (lack) log.debug({ channel: channelId, message: messageId, reason: lack.reason }, 'card not crossposted');
    return lack;
  };
};
