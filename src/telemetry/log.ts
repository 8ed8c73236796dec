import { type Logger as PinoLogger, pino } from 'pino';

/** Messages are static; what varies goes into fields. Never log a token or a message body. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2));

/** For tests, and for command line tools that print their result. */
export const silent: Logger = pino({ level: 'silent' });
