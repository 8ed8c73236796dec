import type { Questions } from '../../../commands/questions.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { languageFor } from '../../i18n/language-for.ts';
import type { Channel } from '../../stories/channel.ts';
import { waitAtMost } from '../../util/promises.ts';
import type { People } from './people.ts';

/** An answer does not wait longer to learn its language. */
const PATIENCE_MS = 1_000;

export interface AskerParts {
  readonly people: People;
  readonly questions: Questions;
  readonly catalogue: Catalogue;
  /** The bot's own language. */
  readonly language: string;
  /** The workspace that the bot is in, once it is known. */
  readonly workspace: () => string | undefined;
}

export interface Askers {
  /** A person's own language where Slack tells one that we speak, else the channel's, else the bot's. */
  language(asker: string, channelId?: string): Promise<string>;
  /** The destinations of this workspace, in the order they were made. */
  channels(): Promise<readonly Channel[]>;
  channelAt(channelId: string): Promise<Channel | undefined>;
}

/** Who asks, and where, as far as an answer depends on it. */
export const createAskers = ({ people, questions, catalogue, language, workspace }: AskerParts): Askers => {
  const ownLanguage = async (asker: string): Promise<string | undefined> => {
    let locale: string | undefined;
    const asked = people.of(asker).then((found) => {
      if (!('kind' in found)) locale = found.locale;
    });
    await waitAtMost(asked, PATIENCE_MS);
    return languageFor(catalogue, locale);
  };

  const channels = async (): Promise<readonly Channel[]> => {
    const all = await questions.channels('slack');
    const ours = workspace();
    // Those of .env name no workspace until it is known.
    return all.filter((each) => each.workspace === undefined || ours === undefined || each.workspace === ours);
  };

  const channelAt = async (channelId: string): Promise<Channel | undefined> =>
    (await channels()).find(({ address }) => address === channelId);

  return {
    channels,
    channelAt,
    language: async (asker, channelId) =>
      (await ownLanguage(asker)) ??
      (channelId === undefined ? undefined : (await channelAt(channelId))?.language) ??
      questions.languageOf(language),
  };
};
