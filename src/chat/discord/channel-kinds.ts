import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { RequestProgress, RestClient } from './rest-client.ts';

/** The channels that the gateway tells of, kept up to date by it. */
type KnownChannels = ReadonlyMap<string, { readonly type: ChannelType }>;

/** Which channels are of the kind that others can follow. */
export interface ChannelKinds {
  /** These take the place of the ones before. */
  follow(channels: KnownChannels): void;
  /**
   * Asks Discord about a channel that the gateway has not told of, once, and about five channels in five seconds: such
   * requests take the place of cards. Undefined in case of doubt. Never rejects.
   */
  isAnnouncement(channelId: string): Promise<boolean | undefined>;
}

const Channel = z.object({ type: z.number() });

const MOST_LOOK_UPS = { count: 5, inMs: 5_000 };

export const createChannelKinds = (client: RestClient, timeoutMs: number): ChannelKinds => {
  let known: KnownChannels = new Map();
  const asked = new Map<string, number>();
  let lookedAt: number[] = [];

  const lookUp = async (channelId: string): Promise<number | undefined> => {
    const now = performance.now();
    lookedAt = lookedAt.filter((at) => at > now - MOST_LOOK_UPS.inMs);
    if (lookedAt.length >= MOST_LOOK_UPS.count) return undefined;
    lookedAt.push(now);
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await client.track(progress, () => client.rest.get(Routes.channel(channelId), { signal }));
      const { type } = Channel.parse(answer);
      asked.set(channelId, type);
      return type;
    } catch {
      return undefined;
    }
  };

  return {
    follow: (channels) => {
      known = channels;
    },
    isAnnouncement: async (channelId) => {
      const type = known.get(channelId)?.type ?? asked.get(channelId) ?? (await lookUp(channelId));
      return type === undefined ? undefined : type === ChannelType.GuildAnnouncement;
    },
  };
};
