import { type Answer, failure, invalidForm } from './answer.ts';
import { isRecord } from './components.ts';
import type { Route } from './route.ts';
import type { World } from './world.ts';

/** Told for a message to somebody who takes none from bots, or shares no server with this one. */
export const CANNOT_MESSAGE = failure(403, 50007, 'Cannot send messages to this user');

/** A private conversation; asking again brings the same one, even with somebody who takes no messages. */
export const openDirect: Route = {
  method: 'POST',
  path: /^\/users\/@me\/channels$/,
  answer: ({ world, payload }): Answer => {
    const user = isRecord(payload) ? String(payload.recipient_id) : '';
    if (!/^\d{15,20}$/.test(user)) return invalidForm(['recipient_id: not a snowflake']);
    const id = directWith(world, user) ?? world.newId();
    world.direct.set(id, user);
    return { status: 200, body: { id, type: 1, recipients: [{ id: user, username: `user-${user}` }] } };
  },
};

/** The channel of the private conversation with a person, where there is one. */
export const directWith = (world: World, user: string): string | undefined =>
  [...world.direct].find(([, other]) => other === user)?.[0];
