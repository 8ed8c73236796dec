import {
  type Answer,
  failure,
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './answer.ts';
import { shown } from './messages.ts';
import type { Route } from './route.ts';
import { TYPES } from './world.ts';

const ALREADY = failure(400, 40033, 'This message has already been crossposted.');
const NOT_THIS_TYPE = failure(400, 50024, 'Cannot execute action on this channel type');

/** Messages that a channel passes on in an hour. Source: discord.js issue 4956, and what it shows people. */
const MOST = 10;
const HOUR_MS = 60 * 60 * 1000;

/** The body alone names the wait, in seconds. Source: discord-api-docs issue 6109. */
const limited = (retryAfter: number): Answer => ({
  status: 429,
  body: {
    message: 'The write action you are performing on the channel has hit the write rate limit.',
    ...{ code: 20028, retry_after: retryAfter, global: false },
  },
  headers: { 'Retry-After': '1', 'X-RateLimit-Scope': 'shared' },
});

/** Passes a message on to the followers of an announcement channel; the bot's own needs Send Messages. */
export const crosspost: Route = {
  method: 'POST',
  path: /^\/channels\/(\d+)\/messages\/(\d+)\/crosspost$/,
  answer: ({ world, params: [channelId = '', messageId = ''] }) => {
    const allowed = world.allowedIn(channelId);
    if (allowed === undefined) return world.channels.has(channelId) ? MISSING_ACCESS : UNKNOWN_CHANNEL;
    if (!allowed.viewChannel) return MISSING_ACCESS;
    if (world.channels.get(channelId)?.type !== TYPES.announcement) return NOT_THIS_TYPE;
    if (!allowed.sendMessages) return MISSING_PERMISSIONS;
    const all = world.messages.get(channelId) ?? [];
    const message = all.find(({ id }) => id === messageId);
    if (message === undefined) return UNKNOWN_MESSAGE;
    if (world.crossposted.has(messageId)) return ALREADY;
    const times = all.flatMap(({ id }) => world.crossposted.get(id) ?? []).filter((at) => at > world.now() - HOUR_MS);
    if (times.length >= MOST) return limited((Math.min(...times) + HOUR_MS - world.now()) / 1000);
    world.crossposted.set(messageId, world.now());
    return { status: 200, body: shown(world, message) };
  },
};
