import { type Logger as PinoLogger, pino } from 'pino';

/** Messages are static; what varies goes into fields. Never log a token or a message body. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Logs to stderr. If it cannot be written, as on a full disk, the log goes quiet and the bot goes on. */
export const createLogger = (level: string): Logger => {
  const destination = pino.destination(2);
  const quiet = () => true;
  // Without this, pino throws, or retries for ever when the process ends.
  destination.on('error', () =>
    Object.assign(destination, { write: quiet, end: quiet, flushSync: quiet, destroy: quiet }),
  );
  return pino({ level }, destination);
};

/** For tests, and for command line tools that print their result. */
export const silent: Logger = pino({ level: 'silent' });
