import { z } from 'zod';

/** The channel of an interaction as Discord describes it; discord.js tells only of channels that it has heard of before. */
export interface InteractionPlace {
  /** A `ChannelType`. */
  readonly type?: number | undefined;
  /** Whether it is a locked thread. */
  readonly locked: boolean;
}

export interface InteractionPlaces {
  /** Hears every frame. */
  hear(frame: unknown): void;
  /** What came with an interaction, once. */
  take(interactionId: string): InteractionPlace;
}

/** More than this are never under way: a frame and its interaction follow each other at once. */
const MAX_KEPT = 100;

const UNKNOWN: InteractionPlace = { locked: false };

const Frame = z.object({
  t: z.literal('INTERACTION_CREATE'),
  d: z.object({
    id: z.string(),
    channel: z.object({
      type: z.number().optional().catch(undefined),
      thread_metadata: z.object({ locked: z.boolean() }).optional().catch(undefined),
    }),
  }),
});

export const createInteractionPlaces = (): InteractionPlaces => {
  const places = new Map<string, InteractionPlace>();
  return {
    hear: (frame) => {
      const { data } = Frame.safeParse(frame);
      if (!data) return;
      const { id, channel } = data.d;
      if (places.size >= MAX_KEPT) places.clear();
      places.set(id, { type: channel.type, locked: channel.thread_metadata?.locked ?? false });
    },
    take: (id) => {
      const place = places.get(id) ?? UNKNOWN;
      places.delete(id);
      return place;
    },
  };
};
