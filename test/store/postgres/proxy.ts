import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a proxy does when a COMMIT passes through it: it cuts the connection before the server has it, or after. */
export type CommitFate = 'passed on' | 'cut before' | 'cut after';

/** The way to a server, which may lose the connection at the worst moment. */
export interface Proxy {
  /** The URL of the same database through it. */
  readonly url: string;
  /** What happens to the COMMITs to come, one after the other; then all are passed on. */
  readonly fates: CommitFate[];
}

const COMMIT = /\bcommit\0/;
const COMMITTED = /COMMIT\0/;

/** Serves a proxy before the server on a Unix socket that `url` names. */
export const startProxy = async (url: string): Promise<Proxy> => {
  const { searchParams, pathname, username } = new URL(url.replace('@/', '@host/'));
  const socketPath = `${searchParams.get('host')}/.s.PGSQL.5432`;
  const fates: CommitFate[] = [];
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection(socketPath);
    const cut = (): void => {
      near.destroy();
      far.destroy();
    };
    let fate: CommitFate = 'passed on';
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    near.on('data', (bytes) => {
      if (COMMIT.test(bytes.toString('latin1'))) fate = fates.shift() ?? 'passed on';
      if (fate === 'cut before') cut();
      else far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (fate === 'cut after' && COMMITTED.test(bytes.toString('latin1'))) cut();
      else near.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `postgres://${username}@127.0.0.1:${port}${pathname}`, fates };
};
