/** The board cannot be opened. The message is one line: what happened and what to do. */
export class BoardError extends Error {
  override readonly name = 'BoardError';
}

const REASONS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `BOARD_PORT ${port} is already in use on ${host}; stop the other program or set BOARD_PORT to another port (0 = any free port)`,
  EACCES: (_host, port) =>
    `BOARD_PORT ${port} needs privileges that Slidewatch does not have; set BOARD_PORT to a port above 1023 (0 = any free port)`,
  EADDRNOTAVAIL: (host) =>
    `BOARD_HOST ${host} is not an address of this machine; set BOARD_HOST to 127.0.0.1 or one of the machine's own addresses`,
  ENOTFOUND: (host) =>
    `BOARD_HOST ${host} is not a known host name; set BOARD_HOST to 127.0.0.1 or one of the machine's own addresses`,
};

/** Whether the process, or the whole computer, has as many files open as it may. */
export const hasNoDescriptors = ({ code }: NodeJS.ErrnoException): boolean => code === 'EMFILE' || code === 'ENFILE';

/** Converts an operating system error on listening to a message for a person. */
export const boardErrorOf = (fault: NodeJS.ErrnoException, host: string, port: number): BoardError => {
  const message = REASONS[fault.code ?? '']?.(host, port);
  return new BoardError(
    message ??
      `The board could not listen on ${host} port ${port} (${fault.code ?? fault.message}); check BOARD_HOST and BOARD_PORT`,
    { cause: fault },
  );
};
