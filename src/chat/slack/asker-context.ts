import type { Questions } from '../../../commands/questions.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { languageFor } from '../../i18n/languages.ts';
import type { Channel } from '../../stories/channel.ts';
import { resultWithin } from '../../util/promises.ts';
import type { Person } from './answers.ts';
import type { People } from './people.ts';

/** An answer does not wait longer for the asker's locale and name. */
const PERSON_TIMEOUT_MS = 1_000;

export interface AskerContextParts {
  readonly people: People;
  readonly questions: Questions;
  readonly catalogue: Catalogue;
  /** The bot's own language. */
  readonly language: string;
  /** The bot's workspace, once it is known. */
  readonly workspace: () => string | undefined;
}

/** What an answer needs to know about who asks and where. */
export interface AskerContext {
  /** The person's language if Slack tells one that we support, otherwise the channel's, otherwise the bot's. */
  language(asker: string, channelId?: string): Promise<string>;
  /** The person's name if Slack tells it in time. */
  name(asker: string): Promise<string | undefined>;
  /** The channels of this workspace, in order of creation. */
  channels(): Promise<readonly Channel[]>;
  channelAt(channelId: string): Promise<Channel | undefined>;
}

export const createAskerContext = ({
  people,
  questions,
  catalogue,
  language,
  workspace,
}: AskerContextParts): AskerContext => {
  const personOf = async (asker: string): Promise<Person | undefined> => {
    const found = await resultWithin(people.of(asker), PERSON_TIMEOUT_MS);
    return found === undefined || 'kind' in found ? undefined : found;
  };

  const ownLanguage = async (asker: string): Promise<string | undefined> =>
    languageFor(catalogue, (await personOf(asker))?.locale);

  const channels = async (): Promise<readonly Channel[]> => {
    const all = await questions.channels('slack');
    const ours = workspace();
    // A channel of .env has no workspace until it is known.
    return all.filter((each) => each.workspace === undefined || ours === undefined || each.workspace === ours);
  };

  const channelAt = async (channelId: string): Promise<Channel | undefined> =>
    (await channels()).find(({ address }) => address === channelId);

  return {
    channels,
    channelAt,
    name: async (asker) => (await personOf(asker))?.name,
    language: async (asker, channelId) =>
      (await ownLanguage(asker)) ??
      (channelId === undefined ? undefined : (await channelAt(channelId))?.language) ??
      questions.languageOf(language),
  };
};
