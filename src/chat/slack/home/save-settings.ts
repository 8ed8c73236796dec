import type { Questions } from '../../../../commands/questions.ts';
import type { Call } from '../../../cards/call.ts';
import type { Translator } from '../../../i18n/catalogue.ts';
import { type Channel, DEFAULT_KINDS } from '../../../stories/channel.ts';
import type { AskerContext } from '../asker-context.ts';
import type { LookAtPlace } from '../look-at-place.ts';
import { doubtText, type Rights, refusalText } from '../rights.ts';
import type { SettingsForm } from './form.ts';
import { type Field, WEEK } from './settings-modal.ts';

/** A command that saves a part of the form, and the field at which its problem is shown. */
interface Change {
  readonly call: Call;
  readonly field: Field;
}

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** As typed: `mon,wed`; `every` for all sessions. */
const daysText = (days: readonly number[]): string =>
  days.length === 0 || days.length === WEEK.length ? 'every' : days.map((day) => DAY_NAMES[day - 1]).join(',');

/** A command with the options that differ from before; none if all are the same. */
const changeOf = (
  name: string,
  field: Field,
  before: Readonly<Record<string, string | undefined>>,
  after: Readonly<Record<string, string>>,
): Change[] => {
  const options = Object.fromEntries(Object.entries(after).filter(([option, value]) => before[option] !== value));
  return Object.keys(options).length === 0 ? [] : [{ call: { name, options }, field }];
};

const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** The difference as additions and removals (`+figures,-day`), because a list of kinds could not be empty. */
const kindsText = (before: readonly string[], after: readonly string[]): string =>
  [
    ...after.filter((kind) => !before.includes(kind)).map((kind) => `+${kind}`),
    ...before.filter((kind) => !after.includes(kind)).map((kind) => `-${kind}`),
  ].join(',');

/** The current settings as options of the commands. */
const asOptions = ({ language, settings }: Pick<Channel, 'language' | 'settings'>, timeZone: string | undefined) => {
  const { at, days = [], closedDays = false } = settings.digest ?? {};
  const { quiet, kinds = DEFAULT_KINDS } = settings;
  return {
    language,
    'time-zone': settings.timeZone ?? timeZone,
    quiet: quiet ? `${quiet.from}-${quiet.to}` : 'off',
    digest: onOff(kinds.includes('digest')),
    time: at ?? 'close',
    days: daysText(days),
    'closed-days': onOff(closedDays),
  };
};

const quietText = ({ quietFrom, quietTo }: SettingsForm): string =>
  quietFrom === undefined && quietTo === undefined ? 'off' : `${quietFrom ?? ''}-${quietTo ?? ''}`;

/**
 * The changes in the form as commands, so that typed and picked values have the same validation. `before` is undefined for
 * a channel that is to be set up. `timeZone`: the channel's own, or the default.
 */
const changesOf = (form: SettingsForm, before: Channel | undefined, timeZone?: string): readonly Change[] => {
  const was = asOptions(before ?? { language: '', settings: {} }, timeZone);
  const kinds = before?.settings.kinds ?? DEFAULT_KINDS;
  const change = kindsText(
    kinds.filter((kind) => kind !== 'digest'),
    form.kinds,
  );
  const quiet = quietText(form);
  return [
    ...changeOf('setup', 'zone', was, {
      ...(form.language !== undefined && { language: form.language }),
      ...(form.zone !== '' && { 'time-zone': form.zone }),
    }),
    ...changeOf('alerts set', quiet === was.quiet ? 'kinds' : 'quiet-from', was, {
      ...(change !== '' && { kinds: change }),
      quiet,
    }),
    ...changeOf('schedule', 'time', was, {
      digest: onOff(form.digest),
      time: form.time ?? 'close',
      days: daysText(form.days),
      'closed-days': onOff(form.closedDays),
    }),
  ];
};

export interface SaveParts {
  readonly questions: Questions;
  readonly context: AskerContext;
  readonly rights: Rights;
  readonly lookAt: LookAtPlace;
  /** The bot's workspace, once it is known. */
  readonly workspace: () => string | undefined;
}

/** Result of saving a form. */
export type SaveResult =
  | { readonly kind: 'saved' }
  /** One field has a problem. The changes before it are saved, and the form can be submitted again. */
  | { readonly kind: 'field'; readonly field: Field; readonly text: string }
  | { readonly kind: 'problem'; readonly text: string };

/** Saves a form by running the commands for its changes. Never rejects. */
export const createSave =
  ({ questions, context, rights, lookAt, workspace }: SaveParts) =>
  async (form: SettingsForm, words: Translator): Promise<SaveResult> => {
    const { asker, channelId } = form;
    const verdict = await rights.mayChange(asker, channelId);
    if (verdict !== true) {
      const text = verdict === false ? refusalText(words, rights.managers) : doubtText(words, verdict);
      return form.chosen ? { kind: 'field', field: 'channel', text } : { kind: 'problem', text };
    }
    const before = await context.channelAt(channelId);
    const { obstacle } = before === undefined ? await lookAt(words, channelId) : {};
    if (obstacle !== undefined)
      return form.chosen ? { kind: 'field', field: 'channel', text: obstacle } : { kind: 'problem', text: obstacle };
    const timeZone = before && (await questions.view(before, words.language)).timeZone;
    const team = workspace();
    for (const { call, field } of changesOf(form, before, timeZone)) {
      const answer = await questions.ask(call.name, {
        options: call.options,
        language: words.language,
        platform: 'slack',
        channel: channelId,
        asker,
        mayChange: async () => (await rights.mayChange(asker, channelId)) === true,
        ...(team !== undefined && { workspace: team }),
      });
      if (answer.kind === 'problem') return { kind: 'field', field, text: answer.text };
    }
    return { kind: 'saved' };
  };
