import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { sleep } from '../sleep.ts';
import { forServersAlone } from './command-definitions.ts';
import { codeOf } from './outcome.ts';
import { refusalClassOf } from './refusal-codes.ts';
import type { RestClient } from './rest-client.ts';

const arrayOrEmpty = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const Texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((texts) => Object.entries(texts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

const Numbers = arrayOrEmpty(z.number()).transform((numbers) => numbers.toSorted((a, b) => a - b));

const Flag = z.boolean().nullish().transform(Boolean);

const Named = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: Texts,
  description: z.string(),
  description_localizations: Texts,
});

/** The fields of an option that we set, with Discord's defaults. */
const Option = Named.extend({
  required: Flag,
  autocomplete: Flag,
  choices: arrayOrEmpty(
    z.object({ name: z.string(), name_localizations: Texts, value: z.union([z.string(), z.number()]) }),
  ),
});

/** The fields of a command that we set; drops its id and version. */
const ComparedCommand = Named.extend({
  options: arrayOrEmpty(Option.extend({ options: arrayOrEmpty(Option) })),
  contexts: Numbers,
  integration_types: Numbers,
  default_member_permissions: z.string().nullish().default(null),
});

const ComparedCommands = z
  .array(ComparedCommand)
  .transform((commands) => JSON.stringify(commands.sort((a, b) => (a.name < b.name ? -1 : 1))));

/** Whether Discord's list equals ours. The order of commands does not matter, the order of options does. */
export const sameCommands = (ours: unknown, theirs: unknown): boolean => {
  const [wanted, registered] = [ComparedCommands.safeParse(ours), ComparedCommands.safeParse(theirs)];
  return wanted.success && registered.success && wanted.data === registered.data;
};

export interface RegisterOptions {
  readonly client: RestClient;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** Wait before the first retry; doubles up to ten minutes. */
  readonly retryMs: number;
  /** Called where Discord takes the commands for servers alone: the application is not open to people. */
  readonly onServersAlone: () => void;
}

const OPEN_TO_PEOPLE =
  'Turn on User Install at https://discord.com/developers/applications (your application > Installation) and restart: people can then ask wherever they are.';

const MAX_RETRY_WAIT_MS = 10 * 60 * 1000;

/** Whether Discord itself refuses these commands; a token that is refused, or a page in front of it, may pass. */
const isFinal = (error: unknown): error is DiscordAPIError =>
  error instanceof DiscordAPIError &&
  typeof error.code === 'number' &&
  error.status !== 401 &&
  error.status < 500 &&
  refusalClassOf(error.code) !== 'network';

const isInvalid = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType;

/**
 * Registers the commands if Discord has others, and retries until it succeeds. Never rejects. If Discord refuses them, the
 * application may not be open to people, and they are registered for servers alone. A refusal is logged once, because alerts
 * work without commands.
 */
export const registerCommands = async (
  applicationId: string,
  commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[],
  { client, log, stopping, retryMs, onServersAlone }: RegisterOptions,
): Promise<void> => {
  const route = Routes.applicationCommands(applicationId);
  let wanted = commands;
  for (let waitMs = retryMs; !stopping.aborted; waitMs = Math.min(2 * waitMs, MAX_RETRY_WAIT_MS)) {
    const send = <T>(request: () => Promise<T>): Promise<T> =>
      client.track({ maybeTaken: false, throttled: false }, request);
    try {
      const query = new URLSearchParams({ with_localizations: 'true' });
      const registered = await send(() => client.rest.get(route, { query }));
      const upToDate = sameCommands(wanted, registered);
      if (!upToDate) await send(() => client.rest.put(route, { body: wanted }));
      if (wanted !== commands) {
        onServersAlone();
        log.warn({ remedy: OPEN_TO_PEOPLE }, 'discord takes the commands for servers alone');
      }
      if (upToDate) return log.debug('discord commands already up to date');
      return log.info({ commands: wanted.length }, 'discord commands registered');
    } catch (error) {
      if (stopping.aborted) return;
      if (wanted === commands && isInvalid(error)) {
        wanted = forServersAlone(commands);
        continue;
      }
      if (isFinal(error)) {
        return log.error({ status: error.status, fault: error.code }, 'discord rejected the commands');
      }
      log[waitMs === retryMs ? 'warn' : 'debug'](
        { fault: codeOf(error), waitMs },
        'discord commands not registered, will try again',
      );
      await sleep(waitMs, stopping);
    }
  }
};
