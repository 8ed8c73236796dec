import { type ChannelSettings, DEFAULT_KINDS, type DigestTimes } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import { kindsAfter } from './options/kinds.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** The value of `time` for the default: 15 minutes after the exchange's close. */
const AFTER_CLOSE = 'close';

const timesAfter = (
  { at, days, closedDays }: DigestTimes,
  { time, days: newDays, 'closed-days': closed }: Question['options'],
): DigestTimes => {
  const wanted = {
    at: time === undefined ? at : time === AFTER_CLOSE ? undefined : time,
    days: newDays === undefined ? days : newDays === 'every' ? undefined : newDays.split(',').map(Number),
    closedDays: closed === undefined ? closedDays : closed === 'on',
  };
  return {
    ...(wanted.at !== undefined && { at: wanted.at }),
    ...(wanted.days !== undefined && { days: wanted.days }),
    ...(wanted.closedDays === true && { closedDays: true }),
  };
};

const settingsAfter = (settings: ChannelSettings, options: Question['options']): ChannelSettings => {
  const { digest: before = {}, ...others } = settings;
  const { digest: wanted, 'time-zone': timeZone } = options;
  const kinds =
    wanted === undefined
      ? others.kinds
      : kindsAfter(`${wanted === 'on' ? '+' : '-'}digest`, others.kinds ?? DEFAULT_KINDS);
  const digest = timesAfter(before, options);
  return {
    ...others,
    ...(kinds && { kinds }),
    ...(timeZone !== undefined && { timeZone }),
    ...(Object.keys(digest).length > 0 && { digest }),
  };
};

/** Sets when this channel's digest is posted. Without options, shows it and when the next one is due. */
export const schedule: Command = {
  name: 'schedule',
  options: [
    { name: 'digest', kind: 'choice', choices: ['on', 'off'] },
    { name: 'time', kind: 'time', choices: [AFTER_CLOSE] },
    { name: 'time-zone', kind: 'time-zone' },
    { name: 'days', kind: 'days' },
    { name: 'closed-days', kind: 'choice', choices: ['on', 'off'] },
  ],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { options } = question;
    const onlyShows = Object.keys(options).length === 0;
    const current = onlyShows
      ? channel
      : await context.channels.change(channel.id, (settings) => settingsAfter(settings, options));
    return showChannel(question, context, current, ({ words }) => ({
      title: words.say(onlyShows ? 'channel.schedule.show' : 'channel.schedule.set'),
      topics: options['time-zone'] === undefined ? ['digest'] : ['digest', 'place'],
    }));
  }),
};
