import { type Logger as PinoLogger, pino } from 'pino';

/** Messages are static; variables go into fields. Never a token, never a message body. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2));

/** For tests, and for commands that print their result. */
export const silent: Logger = pino({ level: 'silent' });
