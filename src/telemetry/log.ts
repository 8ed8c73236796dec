import { type Logger as PinoLogger, pino } from 'pino';

/** Static messages; what varies goes into fields. Never a token, never a message body. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2));

/** For tests and for commands whose output is their answer. */
export const silent: Logger = pino({ level: 'silent' });
