/** The board cannot be opened until a person acts. The message is one line: what happened and what to do. */
export class BoardError extends Error {
  override readonly name = 'BoardError';
}

const REASONS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `BOARD_PORT ${port} is taken on ${host}; stop the other program or set BOARD_PORT to another port (0 = any free one)`,
  EACCES: (_host, port) =>
    `BOARD_PORT ${port} needs rights that this program does not have; set BOARD_PORT to a port above 1023 (0 = any free one)`,
  EADDRNOTAVAIL: (host) =>
    `BOARD_HOST ${host} is no address of this machine; set BOARD_HOST to 127.0.0.1 or to one of its own`,
  ENOTFOUND: (host) =>
    `BOARD_HOST ${host} is not a name this machine knows; set BOARD_HOST to 127.0.0.1 or to one of its own`,
};

/** What the operating system said about listening on `host` and `port`, for a person. */
export const boardErrorOf = (fault: NodeJS.ErrnoException, host: string, port: number): BoardError => {
  const message = REASONS[fault.code ?? '']?.(host, port);
  return new BoardError(
    message ??
      `The board cannot listen on ${host} port ${port} (${fault.code ?? fault.message}); check BOARD_HOST and BOARD_PORT`,
    { cause: fault },
  );
};
