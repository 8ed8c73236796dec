import { MISSING_ACCESS, UNKNOWN_CHANNEL } from './answer.ts';
import { channelBody } from './guild-bodies.ts';
import type { Route } from './route.ts';

export const getChannel: Route = {
  method: 'GET',
  path: /^\/channels\/(\d+)$/,
  answer: ({ world, params: [channelId = ''] }) => {
    const allowed = world.allowedIn(channelId);
    if (allowed === undefined) return world.channels.has(channelId) ? MISSING_ACCESS : UNKNOWN_CHANNEL;
    if (!allowed.viewChannel) return MISSING_ACCESS;
    return { status: 200, body: channelBody(world, channelId) };
  },
};
