import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandRoleOption,
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, Option } from '../../../commands/command.ts';
import { isCompleted } from '../../../commands/complete.ts';
import { valueLabel } from '../../../commands/options/choice.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { BASE_LANGUAGE, languageFor } from '../../i18n/languages.ts';
import { languagesInWords } from '../../i18n/names.ts';
import { clipLine } from '../plain-text.ts';

const MAX_DESCRIPTION_LENGTH = 100;
const MAX_CHOICES = 25;
/** Discord's pattern for command names, which must also be lower case. */
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Name and description of a command: `command.facts-list` in the messages for `facts list`. */
interface Described {
  readonly name: string;
  readonly name_localizations?: Record<string, string>;
  readonly description: string;
  readonly description_localizations?: Record<string, string>;
}

/**
 * Who sees commands that change the channel. Discord requires every listed permission, so there is only one; a server can
 * choose others (Server Settings, Integrations). Discord has permissions for whole commands only, so a group is hidden if
 * one of its subcommands changes something. The check in the command decides.
 */
const CHANGE_PERMISSION = PermissionFlagsBits.ManageChannels.toString();

/** Where a command can be used, and for whom the app has to be added for that. */
type Reach = Required<Pick<RESTPostAPIChatInputApplicationCommandsJSONBody, 'contexts' | 'integration_types'>>;

const IN_SERVERS = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} as const satisfies Reach;

const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
} as const satisfies Reach;

/** The commands for an application that people cannot add for themselves. */
export const forServersAlone = (
  commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[],
): RESTPostAPIChatInputApplicationCommandsJSONBody[] =>
  commands.map((command) => ({
    ...command,
    contexts: (command.contexts ?? []).filter((context) => context !== InteractionContextType.PrivateChannel),
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }));

/**
 * The commands as Discord registers them, in every language of the catalogue that Discord supports. Two-word names become
 * subcommands. Names that Discord would refuse in a language stay English.
 */
export const commandDefinitions = (
  commands: readonly Command[],
  catalogue: Catalogue,
): RESTPostAPIChatInputApplicationCommandsJSONBody[] => {
  const say = commandTexts(catalogue);
  const byBase = Map.groupBy(commands, ({ name }) => name.split(' ')[0] ?? name);
  return [...byBase].map(([base, group]) => {
    const changes = group.some((command) => command.changes);
    // Questions are for everybody, wherever they are; a change needs a channel of a server that the bot is in.
    const { contexts, integration_types } = changes ? IN_SERVERS : EVERYWHERE;
    return {
      type: ApplicationCommandType.ChatInput,
      ...described(say, base, base),
      options: group.flatMap((command) => optionsOf(say, command)),
      contexts: [...contexts],
      integration_types: [...integration_types],
      default_member_permissions: changes ? CHANGE_PERMISSION : null,
    };
  });
};

const optionsOf = (
  say: CommandTexts,
  command: Command,
): (APIApplicationCommandBasicOption | APIApplicationCommandSubcommandOption)[] => {
  const [, subcommand] = command.name.split(' ');
  // Discord wants required options first.
  const options = command.options
    .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
    .map((option) => optionOf(say, command, option));
  if (subcommand === undefined) return options;
  return [{ type: ApplicationCommandOptionType.Subcommand, ...described(say, command.name, subcommand), options }];
};

const optionOf = (
  say: CommandTexts,
  command: Command,
  option: Option,
): APIApplicationCommandStringOption | APIApplicationCommandRoleOption => {
  const words = {
    name: option.name,
    ...describe(say, `${keyOf(command.name)}.option.${option.name}`, option.name),
    required: option.required ?? false,
  };
  if (option.kind === 'role') return { ...words, type: ApplicationCommandOptionType.Role };
  const shared = { ...words, type: ApplicationCommandOptionType.String as const };
  if (option.kind === 'choice' && option.choices !== undefined) {
    return { ...shared, choices: option.choices.slice(0, MAX_CHOICES).map((value) => choiceOf(say, value)) };
  }
  return isCompleted(option) ? { ...shared, autocomplete: true } : shared;
};

const choiceOf = (say: CommandTexts, value: string): APIApplicationCommandOptionChoice<string> => {
  const words = (language: string) => clipLine(say.choice(language, value), MAX_DESCRIPTION_LENGTH);
  const name = words(BASE_LANGUAGE);
  return { name, value, ...localised('name_localizations', say, words, name) };
};

const described = (say: CommandTexts, name: string, own: string): Described => {
  const nameIn = (language: string) => {
    const local = say.in(language, `${keyOf(name)}.name`) ?? own;
    return COMMAND_NAME.test(local) && local === local.toLowerCase() ? local : own;
  };
  return { name: own, ...localised('name_localizations', say, nameIn, own), ...describe(say, keyOf(name), own) };
};

/** The text under `<key>.description`, or under the key itself, otherwise the name. */
const describe = (say: CommandTexts, key: string, name: string): Omit<Described, 'name' | 'name_localizations'> => {
  const words = (language: string) =>
    clipLine(say.in(language, `${key}.description`) ?? say.in(language, key) ?? name, MAX_DESCRIPTION_LENGTH);
  const description = words(BASE_LANGUAGE);
  return { description, ...localised('description_localizations', say, words, description) };
};

/** The texts that differ from the English ones, which Discord sends back, by locale; an empty object if none does. */
const localised = <Key extends string>(
  key: Key,
  { locales }: CommandTexts,
  wordsIn: (language: string) => string,
  english: string,
): { readonly [K in Key]?: Record<string, string> } => {
  const differing = locales
    .map(({ locale, language }) => [locale, wordsIn(language)] as const)
    .filter(([, text]) => text !== english);
  if (differing.length === 0) return {};
  const found: { [K in Key]?: Record<string, string> } = {};
  found[key] = Object.fromEntries(differing);
  return found;
};

const keyOf = (name: string): string => `command.${name.replaceAll(' ', '-')}`;

interface CommandTexts {
  /** Discord's locales with the language that their people get: `ja` has `ja`, `es-419` has `es`. Without English. */
  readonly locales: readonly { readonly locale: string; readonly language: string }[];
  in(language: string, key: string): string | undefined;
  choice(language: string, value: string): string;
}

const commandTexts = (catalogue: Catalogue): CommandTexts => ({
  locales: Object.values(Locale).flatMap((locale) => {
    const language = languageFor(catalogue, locale);
    return language === undefined || language === BASE_LANGUAGE ? [] : [{ locale, language }];
  }),
  in: (language, key) => {
    if (!catalogue.isLanguage(language)) return undefined;
    const words = catalogue.in(language);
    const text = words.knows(key) ? words.say(key, { languages: languagesInWords(catalogue, words) }) : undefined;
    return text === undefined || text === '' ? undefined : text;
  },
  choice: (language, value) => valueLabel(catalogue, language, value),
});
