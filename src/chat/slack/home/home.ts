import type { App, webApi } from '@slack/bolt';
import { platformNoteText } from '../../../cards/platform-note-text.ts';
import type { Catalogue, Translator } from '../../../i18n/catalogue.ts';
import type { Channel } from '../../../stories/channel.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { resultWithin } from '../../../util/promises.ts';
import { faultText, slackFault } from '../fault.ts';
import type { People } from '../people.ts';
import { doubtText, type Permission, refusalText } from '../rights.ts';
import { type Scopes, scopeNote } from '../scopes.ts';
import { sentenceContent } from '../sentence.ts';
import { openedHome, pressedHome, settingsForm } from './form.ts';
import { CHANNELS_PER_PAGE, HOME_ACTION, homeView } from './home-view.ts';
import { createSave, type SaveParts } from './save-settings.ts';
import { noticeModal, SETTINGS_MODAL, settingsModal } from './settings-modal.ts';

export interface HomeParts extends SaveParts {
  readonly client: webApi.WebClient;
  readonly catalogue: Catalogue;
  readonly people: People;
  readonly scopes: Scopes;
  readonly log: Logger;
}

/** Part of the three seconds within which a trigger_id must be used. */
const RIGHTS_TIMEOUT_MS = 1_000;
/** Slack waits three seconds for the result of a submitted modal. */
const SUBMIT_TIMEOUT_MS = 2_500;

/** Handles App Home: shows the workspace's channels and their settings, which can be changed in a modal. */
export const handleHome = (app: App, parts: HomeParts): void => {
  const { client, questions, catalogue, context, people, rights, scopes, log } = parts;
  const save = createSave(parts);

  const failed = (error: unknown): void =>
    log.warn({ fault: faultText(slackFault(error)) }, 'slack app home could not be shown');

  const translatorFor = async (asker: string): Promise<Translator> => catalogue.in(await context.language(asker));

  /** `notice`: the key of a sentence above everything else. */
  const publish = async (asker: string, wanted: number, notice?: string): Promise<void> => {
    const words = await translatorFor(asker);
    const channels = await context.channels();
    const pages = Math.max(1, Math.ceil(channels.length / CHANNELS_PER_PAGE));
    const page = Math.min(wanted, pages - 1);
    const shown = channels.slice(page * CHANNELS_PER_PAGE, (page + 1) * CHANNELS_PER_PAGE);
    const maySee = await Promise.all(shown.map((channel) => rights.maySee(asker, channel)));
    const visible = shown.filter((_, n) => maySee[n]);
    const views = await Promise.all(visible.map((channel) => questions.view(channel, words.language)));
    const hidden = shown.length - visible.length;
    const note = scopeNote(scopes.missing());
    const said = [
      ...(notice === undefined ? [] : [words.say(notice)]),
      ...(note === undefined ? [] : [platformNoteText(words, note)]),
    ];
    await client.views.publish({
      user_id: asker,
      view: homeView(words, { views, hidden, page, pages, notices: said }),
    });
  };

  const zoneOf = async (asker: string): Promise<string | undefined> => {
    const found = await people.of(asker);
    return 'kind' in found ? undefined : found.timeZone;
  };

  /** Opens the modal, also if Slack does not tell in time whether the person may change the channel: saving checks again. */
  const open = async (
    { asker, triggerId, page }: { readonly asker: string; readonly triggerId: string; readonly page: number },
    channel: Channel | undefined,
    verdict: Promise<Permission>,
  ): Promise<void> => {
    const [words, may] = await Promise.all([translatorFor(asker), resultWithin(verdict, RIGHTS_TIMEOUT_MS)]);
    if (may === false || typeof may === 'object') {
      const why = may === false ? refusalText(words, rights.managers) : doubtText(words, may);
      await client.views.open({ trigger_id: triggerId, view: noticeModal(words, why) });
      return;
    }
    const timeZone = channel
      ? (await questions.view(channel, words.language)).timeZone
      : await resultWithin(zoneOf(asker), RIGHTS_TIMEOUT_MS);
    const view = settingsModal({ words, languages: catalogue.languages, channel, timeZone, page });
    await client.views.open({ trigger_id: triggerId, view });
  };

  app.event('app_home_opened', async ({ body }) => {
    const { asker, isHome } = openedHome.parse(body);
    if (isHome) await publish(asker, 0).catch(failed);
  });

  app.action(HOME_ACTION, async ({ body, ack }) => {
    await ack();
    const pressed = pressedHome.parse(body);
    const { asker, actionId, value, page } = pressed;
    const respond = async (): Promise<void> => {
      if (actionId.startsWith('home:page')) return publish(asker, Number(value) || 0);
      if (actionId === 'home:setup') return open(pressed, undefined, rights.maySetUp(asker));
      const channel = await context.channelAt(value);
      // The channel may have ended since the page was shown.
      return channel ? open(pressed, channel, rights.mayChange(asker, value)) : publish(asker, page);
    };
    await respond().catch(async (error: unknown) => {
      failed(error);
      // The modal did not open: a trigger_id lives for three seconds. The next view of Home drops the sentence again.
      await publish(asker, page, 'slack.home.press-again').catch(failed);
    });
  });

  app.view(SETTINGS_MODAL, async ({ body, ack }) => {
    const form = settingsForm.parse(body);
    const words = await translatorFor(form.asker);
    const saving = save(form, words);
    const saved = await resultWithin(saving, SUBMIT_TIMEOUT_MS);
    if (saved === undefined) await ack();
    else if (saved.kind === 'field') await ack({ response_action: 'errors', errors: { [saved.field]: saved.text } });
    else if (saved.kind === 'problem') await ack({ response_action: 'update', view: noticeModal(words, saved.text) });
    else await ack();
    const late = saved === undefined ? await saving : undefined;
    if (late !== undefined && late.kind !== 'saved')
      await client.chat.postMessage({ channel: form.asker, ...sentenceContent(late.text) }).catch(failed);
    await publish(form.asker, form.page).catch(failed);
  });
};
