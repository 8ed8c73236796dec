import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';

/** Messages are static; what varies goes into fields. Never log a token or a message body. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Lines for programs, or for people. */
export const LOG_FORMATS = ['json', 'pretty'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Levels by name and times in ISO form, as people read them. */
const FORM = {
  timestamp: stdTimeFunctions.isoTime,
  formatters: { level: (level: string) => ({ level }) },
};

/** stderr. If it cannot be written, as on a full disk, the log goes quiet and the bot goes on. */
const toStderr = (): DestinationStream => {
  const destination = pino.destination(2);
  const quiet = () => true;
  // Without this, pino throws, or retries for ever when the process ends.
  destination.on('error', () =>
    Object.assign(destination, { write: quiet, end: quiet, flushSync: quiet, destroy: quiet }),
  );
  return destination;
};

/** One line an event: a JSON object, or with `pretty` words, in colour on a terminal. */
const streamOf = async (format: LogFormat): Promise<DestinationStream> => {
  const destination = toStderr();
  if (format === 'json') return destination;
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination,
    colorize: process.stderr.isTTY === true && !process.env.NO_COLOR,
    ignore: 'pid,hostname',
    translateTime: false,
    singleLine: true,
  });
};

/** Logs to stderr. */
export const createLogger = async (level: string, format: LogFormat = 'json'): Promise<Logger> => {
  const log: Logger = pino({ level, ...FORM }, await streamOf(format));
  return log;
};

/** For tests, and for command line tools that print their result. */
export const silent: Logger = pino({ level: 'silent' });
