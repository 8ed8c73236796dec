import type { Call } from '../../../cards/call.ts';
import { type Channel, DEFAULT_KINDS } from '../../../stories/channel.ts';
import type { Filled } from './filled.ts';
import { type Field, WEEK } from './settings-modal.ts';

/** One command that the modal stands for, and the field beside which its problem is shown. */
export interface Change {
  readonly call: Call;
  readonly field: Field;
}

/** As typed: `mon,wed`; `every` for all sessions. */
const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const daysText = (days: readonly number[]): string =>
  days.length === 0 || days.length === WEEK.length ? 'every' : days.map((day) => NAMES[day - 1]).join(',');

/** Only options that differ from before; undefined where none does. */
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

/** From what there is to what is wanted, as additions and removals: nothing at all can be wanted, too. */
const kindsText = (before: readonly string[], after: readonly string[]): string =>
  [
    ...after.filter((kind) => !before.includes(kind)).map((kind) => `+${kind}`),
    ...before.filter((kind) => !after.includes(kind)).map((kind) => `-${kind}`),
  ].join(',');

/** How the settings stand as options of the commands; `time` and `quiet` as the commands turn them off. */
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

const quietText = ({ quietFrom, quietTo }: Filled): string =>
  quietFrom === undefined && quietTo === undefined ? 'off' : `${quietFrom ?? ''}-${quietTo ?? ''}`;

/**
 * What was changed in the modal, as the commands that change it: so there is one validation for what is typed and what
 * is picked. `before` is absent where the channel is none yet: then it is set up first. `timeZone` is the one that
 * `before` goes by, whether it is its own or everybody's.
 */
export const callsOf = (filled: Filled, before: Channel | undefined, timeZone?: string): readonly Change[] => {
  const was = asOptions(before ?? { language: '', settings: {} }, timeZone);
  const kinds = before?.settings.kinds ?? DEFAULT_KINDS;
  const change = kindsText(
    kinds.filter((kind) => kind !== 'digest'),
    filled.kinds,
  );
  const quiet = quietText(filled);
  return [
    ...changeOf('setup', 'zone', was, {
      ...(filled.language !== undefined && { language: filled.language }),
      ...(filled.zone !== '' && { 'time-zone': filled.zone }),
    }),
    ...changeOf('alerts set', quiet === was.quiet ? 'kinds' : 'quiet-from', was, {
      ...(change !== '' && { kinds: change }),
      quiet,
    }),
    ...changeOf('schedule', 'time', was, {
      digest: onOff(filled.digest),
      time: filled.time ?? 'close',
      days: daysText(filled.days),
      'closed-days': onOff(filled.closedDays),
    }),
  ];
};
