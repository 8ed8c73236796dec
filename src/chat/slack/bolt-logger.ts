import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';

const text = (parts: readonly unknown[]): string =>
  parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .replace(/\b(xox[a-z]|xapp|xoxe)[.-][\w.-]+/g, '[token]')
    .replace(/\b(wss?:\/\/[^\s?]+)\?\S*/g, '$1');

/**
 * Lets Slack's libraries speak through our log. Their debug output holds requests and socket tickets, so it is dropped;
 * all the rest is our debug, with tokens struck from it: what matters of it we say ourselves, once.
 */
export const boltLogger = (log: Logger): SlackLogger => ({
  debug: () => undefined,
  info: (...parts: unknown[]) => log.debug({ said: text(parts) }, 'slack library'),
  warn: (...parts: unknown[]) => log.debug({ said: text(parts) }, 'slack library warns'),
  error: (...parts: unknown[]) => log.debug({ said: text(parts) }, 'slack library reports an error'),
  getLevel: () => LogLevel.INFO,
  setLevel: () => undefined,
  setName: () => undefined,
});
