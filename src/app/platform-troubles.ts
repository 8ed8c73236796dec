import type { PlatformState } from '../stories/platforms.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** A shorter trouble of a platform is none of the bot's as a whole. */
const TROUBLE_MS = 10 * MINUTE_MS;

/** What has been wrong with platforms for ten minutes or longer, a line each. `now`: epoch milliseconds. */
export const platformTroubles = (platforms: readonly PlatformState[], now: number): string[] =>
  platforms.flatMap(({ name, since, detail, disconnected }) => [
    ...(since !== undefined && now - since >= TROUBLE_MS ? [`No cards go to ${name}: ${detail}`] : []),
    ...(disconnected !== undefined && now - disconnected.since >= TROUBLE_MS
      ? [`Nothing arrives from ${name}: ${disconnected.reason}`]
      : []),
  ]);
