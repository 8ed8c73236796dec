import type { Route } from './route.ts';

/** Where the gateway is, and how often a session may still be started. */
export const gatewayBot: Route = {
  method: 'GET',
  path: /^\/gateway\/bot$/,
  answer: ({ gatewayUrl, world: { starts } }) => ({
    status: 200,
    body: {
      url: gatewayUrl,
      shards: 1,
      session_start_limit: {
        ...{ total: 1000, max_concurrency: 1 },
        ...{ remaining: starts.remaining, reset_after: starts.resetAfter },
      },
    },
  }),
};
