import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, type RESTPutAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import type { Logger } from '../../telemetry/log.ts';
import { codeOf } from './outcome.ts';
import { sameCommands } from './same-commands.ts';
import type { Wire } from './wire.ts';

export interface RegisterOptions {
  readonly wire: Wire;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** The first wait before another try; doubles to ten minutes. */
  readonly retryMs: number;
}

const LONGEST_WAIT_MS = 10 * 60 * 1000;

/**
 * Gives Discord the commands where it has others, and tries until it has them. Never rejects. What Discord refuses
 * for good is told once: alerts do not need it.
 */
export const register = async (
  applicationId: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
  { wire, log, stopping, retryMs }: RegisterOptions,
): Promise<void> => {
  const route = Routes.applicationCommands(applicationId);
  for (let waitMs = retryMs; !stopping.aborted; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      const registered = await wire.rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
      if (sameCommands(commands, registered)) return log.debug('discord commands already up to date');
      await wire.rest.put(route, { body: commands });
      return log.info({ commands: commands.length }, 'discord commands registered');
    } catch (error) {
      if (stopping.aborted) return;
      if (error instanceof DiscordAPIError && error.status < 500 && error.status !== 429) {
        return log.error({ status: error.status, fault: error.code }, 'discord rejected the commands');
      }
      log[waitMs === retryMs ? 'warn' : 'debug'](
        { fault: codeOf(error), waitMs },
        'discord commands not registered, will try again',
      );
      await sleep(waitMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
};
