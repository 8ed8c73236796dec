import { failure, NOT_FOUND } from './answer.ts';
import type { Route } from './route.ts';

const UNKNOWN_ROLE = failure(404, 10011, 'Unknown Role');

/** Every role of a server is there but for those that somebody has deleted. */
export const getRole: Route = {
  method: 'GET',
  path: /^\/guilds\/(\d+)\/roles\/(\d+)$/,
  answer: ({ world, params: [guildId = '', id = ''] }) => {
    if (!world.guilds.has(guildId)) return NOT_FOUND;
    return world.deletedRoles.has(id) ? UNKNOWN_ROLE : { status: 200, body: { id, name: id, permissions: '0' } };
  },
};
