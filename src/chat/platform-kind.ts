import type { z } from 'zod';
import type { Command } from '../../commands/command.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import type { Invitation } from '../stories/platforms.ts';
import type { Logger } from '../telemetry/log.ts';
import { type Environment, readVariables } from '../util/environment.ts';
import type { PlatformHandlers } from './deferred-handlers.ts';
import type { Platform } from './platform.ts';

/** What the bot gives to a platform. */
export interface BotParts extends PlatformHandlers {
  readonly commands: readonly Command[];
  readonly catalogue: Catalogue;
  /** The bot's own. */
  readonly language: string;
  readonly log: Logger;
  /** The bot's time, epoch milliseconds. */
  readonly now?: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic?: () => number;
}

/** A channel that a file of config names, with what it says of it: it takes the place of stored settings. */
export interface NamedChannel {
  readonly address: string;
  /** Default: the bot's. */
  readonly language?: string;
  readonly settings: ChannelSettings;
}

interface PlatformOptions {
  /** The channel that .env names. */
  readonly channelId?: string;
  /** Those that a file of config names. */
  readonly channels?: readonly NamedChannel[];
  /** Replaces the platform's own. */
  readonly apiUrl?: string;
}

/** A platform as .env sets it up. Its client library is loaded by `create` and `createToLook`. */
export interface ConfiguredPlatform {
  /** As stored with channels and deliveries. */
  readonly id: string;
  readonly options: PlatformOptions;
  create(bot: BotParts): Promise<Platform>;
  /** The platform for a check of its tokens and channel, which disturbs no running bot. */
  createToLook(log: Logger): Promise<Platform>;
}

/** A platform that the bot can be set up for. */
export interface PlatformKind {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  /** Its hosts are in this domain; absent if they are anybody's. */
  readonly domain?: string;
  /** Why it is off if it is: "BOT_TOKEN is not set". */
  readonly unset: string;
  /** All its variables. */
  readonly variables: readonly string[];
  /** Those that a file of config names. Absent: none. */
  namedVariables?(): readonly string[];
  /** Where a person brings the bot in before anything is set up here; absent if that needs an application of their own first. */
  invitations?(): readonly Invitation[];
  /**
   * Undefined if it is not set up. `languages`: those with a message catalogue. @throws SettingsError naming the variable, one line a
   * fault, and ConfigError.
   */
  read(given: Environment, languages: readonly string[]): ConfiguredPlatform | undefined;
}

interface Definition<Shape extends z.ZodRawShape, Options extends PlatformOptions>
  extends Pick<PlatformKind, 'id' | 'name' | 'domain' | 'invitations'> {
  /** The variable without which it is off. */
  readonly token: string;
  readonly variables: Shape;
  /** Undefined if none of the variables is set. @throws SettingsError naming the variable. */
  read(variables: z.infer<z.ZodObject<Shape>>): Options | undefined;
  create(options: Options, bot: BotParts): Promise<Platform>;
  createToLook(options: Options, log: Logger): Promise<Platform>;
}

/** A platform's variables, and how it is made of them. */
export const platformKind = <Shape extends z.ZodRawShape, Options extends PlatformOptions>(
  definition: Definition<Shape, Options>,
): PlatformKind => {
  const { id, name, domain, token, variables, invitations } = definition;
  return {
    id,
    name,
    ...(domain !== undefined && { domain }),
    unset: `${token} is not set`,
    variables: Object.keys(variables),
    ...(invitations && { invitations }),
    read: (given) => {
      const options = definition.read(readVariables(variables, given));
      return (
        options && {
          id,
          options,
          create: (bot) => definition.create(options, bot),
          createToLook: (log) => definition.createToLook(options, log),
        }
      );
    },
  };
};
