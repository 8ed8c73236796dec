import type { ServerResponse } from 'node:http';

/** Puts a double's own time, epoch milliseconds, into an answer, as every server does with its own. */
export const sendDate = (response: ServerResponse, now: () => number): void => {
  response.setHeader('date', new Date(now()).toUTCString());
};
