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
import { clip } from './escape.ts';

/** The language of the names that Discord sends back; the others are shown in its place. */
const TYPED = 'en';
const LONGEST_DESCRIPTION = 100;
const MOST_CHOICES = 25;
/** Discord's rule for a command's name; lower case besides. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));

/** What a command is called and described as: `command.facts-list` in the messages for `facts list`. */
interface Described {
  readonly name: string;
  readonly name_localizations?: Record<string, string>;
  readonly description: string;
  readonly description_localizations?: Record<string, string>;
}

/**
 * Who is shown a command that changes the channel: Discord wants every bit that is listed, so it is the one that fits a
 * channel best; a server may choose others (Server Settings, Integrations). A whole group is hidden where one of its
 * commands changes something, since Discord knows rights of whole commands only. The check in the command decides.
 */
const CHANGERS = PermissionFlagsBits.ManageChannels.toString();

/**
 * The commands as Discord lists them, with the words of every language of the catalogue that Discord knows; two words
 * make a subcommand. Names that Discord would refuse in a language stay the English ones.
 */
export const registrationOf = (
  commands: readonly Command[],
  catalogue: Catalogue,
): RESTPostAPIChatInputApplicationCommandsJSONBody[] => {
  const say = sayIn(catalogue);
  const byBase = Map.groupBy(commands, ({ name }) => name.split(' ')[0] ?? name);
  return [...byBase].map(([base, group]) => {
    const changes = group.some((command) => command.changes);
    return {
      type: ApplicationCommandType.ChatInput,
      ...described(say, base, base),
      options: group.flatMap((command) => optionsOf(say, command)),
      contexts: [InteractionContextType.Guild, ...(changes ? [] : [InteractionContextType.BotDM])],
      integration_types: [ApplicationIntegrationType.GuildInstall],
      default_member_permissions: changes ? CHANGERS : null,
    };
  });
};

const optionsOf = (
  say: Say,
  command: Command,
): (APIApplicationCommandBasicOption | APIApplicationCommandSubcommandOption)[] => {
  const [, subcommand] = command.name.split(' ');
  // Discord wants what is required first.
  const options = command.options
    .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
    .map((option) => optionOf(say, command, option));
  if (subcommand === undefined) return options;
  return [{ type: ApplicationCommandOptionType.Subcommand, ...described(say, command.name, subcommand), options }];
};

const optionOf = (
  say: Say,
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
    return { ...shared, choices: option.choices.slice(0, MOST_CHOICES).map((value) => choiceOf(say, value)) };
  }
  return isCompleted(option) ? { ...shared, autocomplete: true } : shared;
};

const choiceOf = (say: Say, value: string): APIApplicationCommandOptionChoice<string> => {
  const words = (language: string) => clip(say.choice(language, value), LONGEST_DESCRIPTION);
  const name = words(TYPED);
  return { name, value, ...localised('name_localizations', say, words, name) };
};

const described = (say: Say, name: string, own: string): Described => {
  const nameIn = (language: string) => {
    const local = say.in(language, `${keyOf(name)}.name`) ?? own;
    return NAME.test(local) && local === local.toLowerCase() ? local : own;
  };
  return { name: own, ...localised('name_localizations', say, nameIn, own), ...describe(say, keyOf(name), own) };
};

/** The description under `<key>.description`, or the text under the key itself; where there is none, the name. */
const describe = (say: Say, key: string, name: string): Omit<Described, 'name' | 'name_localizations'> => {
  const words = (language: string) =>
    clip(say.in(language, `${key}.description`) ?? say.in(language, key) ?? name, LONGEST_DESCRIPTION);
  const description = words(TYPED);
  return { description, ...localised('description_localizations', say, words, description) };
};

/** What differs from English, by locale; nothing at all where nothing does. */
const localised = <Key extends string>(
  key: Key,
  { locales }: Say,
  wordsIn: (language: string) => string,
  english: string,
): { readonly [K in Key]?: Record<string, string> } => {
  const differing = locales.map((locale) => [locale, wordsIn(locale)] as const).filter(([, text]) => text !== english);
  if (differing.length === 0) return {};
  const found: { [K in Key]?: Record<string, string> } = {};
  found[key] = Object.fromEntries(differing);
  return found;
};

const keyOf = (name: string): string => `command.${name.replaceAll(' ', '-')}`;

interface Say {
  /** Languages besides English that Discord knows. */
  readonly locales: readonly string[];
  in(language: string, key: string): string | undefined;
  choice(language: string, value: string): string;
}

const sayIn = (catalogue: Catalogue): Say => ({
  locales: catalogue.languages.filter((language) => language !== TYPED && LOCALES.has(language)),
  in: (language, key) => {
    if (!catalogue.isLanguage(language)) return undefined;
    const words = catalogue.in(language);
    const text = words.knows(key) ? words.say(key) : undefined;
    return text === undefined || text === '' ? undefined : text;
  },
  choice: (language, value) => valueLabel(catalogue, language, value),
});
