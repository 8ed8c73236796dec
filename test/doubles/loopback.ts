import { once } from 'node:events';
import type { Server } from 'node:http';

/** A server that answers on 127.0.0.1. */
export interface Loopback {
  /** Its origin. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1; by default on any free port. Closing it also ends what is under way. */
export const listenOnLoopback = async (server: Server, port = 0): Promise<Loopback> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The double has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
