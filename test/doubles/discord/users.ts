import type { Route } from './route.ts';

/** The bot itself. */
export const getMe: Route = {
  method: 'GET',
  path: /^\/users\/@me$/,
  answer: ({ world }) => ({
    status: 200,
    body: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', avatar: null, bot: true },
  }),
};
