import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';

/** Status and headers of an answer have been read; a WebSocket is open. */
type Channel = 'undici:request:headers' | 'undici:websocket:open';

interface Message {
  readonly request?: { readonly origin: string | URL };
  readonly websocket?: { readonly url: string };
}

const portOf = ({ request, websocket }: Message): string => new URL(request?.origin ?? websocket?.url ?? '').port;

/**
 * Resolves when a HTTP client of this process has had an event with the server at `url`, after whoever else waits for that
 * event.
 */
export const nextEvent = async (channel: Channel, url: string): Promise<void> => {
  const { port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<void>();
  const listen = (message: unknown): void => {
    if (portOf(message as Message) === port) resolve();
  };
  subscribe(channel, listen);
  await promise;
  unsubscribe(channel, listen);
  await turn();
};
