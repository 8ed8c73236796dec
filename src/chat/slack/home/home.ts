import type { App, webApi } from '@slack/bolt';
import type { Catalogue, Translator } from '../../../i18n/catalogue.ts';
import type { Channel } from '../../../stories/channel.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { waitAtMost } from '../../../util/promises.ts';
import { faultText, slackFault } from '../fault.ts';
import type { People } from '../people.ts';
import { doubtText, type Permission, refusalText } from '../rights.ts';
import { filled, openedHome, pressedHome } from './filled.ts';
import { HOME_ACTION, homeView, PER_PAGE } from './home-view.ts';
import { createSaving, type SavingParts } from './saving.ts';
import { noticeModal, SETTINGS_MODAL, settingsModal } from './settings-modal.ts';

export interface HomeParts extends SavingParts {
  readonly client: webApi.WebClient;
  readonly catalogue: Catalogue;
  readonly people: People;
  readonly log: Logger;
}

/** A trigger_id opens a modal within three seconds, of which rights may take so much. */
const RIGHTS_MS = 1_000;
/** Slack waits three seconds for what becomes of a modal. */
const SUBMIT_MS = 2_500;

/** What `work` gives within `ms` milliseconds; undefined where it takes longer. */
const inTime = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  let result: T | undefined;
  await waitAtMost(
    work.then((value) => {
      result = value;
    }),
    ms,
  );
  return result;
};

/** App Home: this workspace's channels and their settings, which are changed in a modal. */
export const takeHome = (app: App, parts: HomeParts): void => {
  const { client, questions, catalogue, askers, people, rights, log } = parts;
  const save = createSaving(parts);

  const failed = (error: unknown): void =>
    log.warn({ fault: faultText(slackFault(error)) }, 'slack app home could not be shown');

  const wordsOf = async (asker: string): Promise<Translator> => catalogue.in(await askers.language(asker));

  const publish = async (asker: string, wanted: number): Promise<void> => {
    const words = await wordsOf(asker);
    const channels = await askers.channels();
    const pages = Math.max(1, Math.ceil(channels.length / PER_PAGE));
    const page = Math.min(wanted, pages - 1);
    const shown = channels.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
    const seen = await Promise.all(shown.map((channel) => rights.maySee(asker, channel)));
    const visible = shown.filter((_, n) => seen[n]);
    const views = await Promise.all(visible.map((channel) => questions.view(channel, words.language)));
    const hidden = shown.length - visible.length;
    await client.views.publish({ user_id: asker, view: homeView(words, { views, hidden, page, pages }) });
  };

  const zoneOf = async (asker: string): Promise<string | undefined> => {
    const found = await people.of(asker);
    return 'kind' in found ? undefined : found.timeZone;
  };

  /** Opened where Slack does not tell in time whether the person may: saving asks again. */
  const open = async (
    { asker, triggerId, page }: { readonly asker: string; readonly triggerId: string; readonly page: number },
    channel: Channel | undefined,
    verdict: Promise<Permission>,
  ): Promise<void> => {
    const [words, may] = await Promise.all([wordsOf(asker), inTime(verdict, RIGHTS_MS)]);
    if (may === false || typeof may === 'object') {
      const why = may === false ? refusalText(words, rights.managers) : doubtText(words, may);
      await client.views.open({ trigger_id: triggerId, view: noticeModal(words, why) });
      return;
    }
    const timeZone = channel
      ? (await questions.view(channel, words.language)).timeZone
      : await inTime(zoneOf(asker), RIGHTS_MS);
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
    const done = async (): Promise<void> => {
      if (actionId.startsWith('home:page')) return publish(asker, Number(value) || 0);
      if (actionId === 'home:setup') return open(pressed, undefined, rights.maySetUp(asker));
      const channel = await askers.channelAt(value);
      // It ended since the page was made.
      return channel ? open(pressed, channel, rights.mayChange(asker, value)) : publish(asker, page);
    };
    await done().catch(failed);
  });

  app.view(SETTINGS_MODAL, async ({ body, ack }) => {
    const form = filled.parse(body);
    const words = await wordsOf(form.asker);
    const saving = save(form, words);
    const saved = await inTime(saving, SUBMIT_MS);
    if (saved === undefined) await ack();
    else if (saved.kind === 'field') await ack({ response_action: 'errors', errors: { [saved.field]: saved.text } });
    else if (saved.kind === 'problem') await ack({ response_action: 'update', view: noticeModal(words, saved.text) });
    else await ack();
    const late = saved === undefined ? await saving : undefined;
    if (late !== undefined && late.kind !== 'saved')
      await client.chat.postMessage({ channel: form.asker, text: late.text }).catch(failed);
    await publish(form.asker, form.page).catch(failed);
  });
};
