import { DEFAULT_KINDS } from '../src/stories/card-kinds.ts';
import type { ChannelSettings, DigestTimes } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import { kindsAfter } from './options/kinds.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Back to a quarter of an hour after the exchange's close. */
const CLOSE = 'close';

const timesAfter = (
  { at, days, closedDays }: DigestTimes,
  { time, days: newDays, 'closed-days': closed }: Question['options'],
): DigestTimes => {
  const wanted = {
    at: time === undefined ? at : time === CLOSE ? undefined : time,
    days: newDays === undefined ? days : newDays === 'every' ? undefined : newDays.split(',').map(Number),
    closedDays: closed === undefined ? closedDays : closed === 'on',
  };
  return {
    ...(wanted.at !== undefined && { at: wanted.at }),
    ...(wanted.days !== undefined && { days: wanted.days }),
    ...(wanted.closedDays === true && { closedDays: true }),
  };
};

const scheduled = (settings: ChannelSettings, options: Question['options']): ChannelSettings => {
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

/** When this channel's digest comes. Without options: how it is, and when the next one is due. */
export const schedule: Command = {
  name: 'schedule',
  options: [
    { name: 'digest', kind: 'choice', choices: ['on', 'off'] },
    { name: 'time', kind: 'time', choices: [CLOSE] },
    { name: 'time-zone', kind: 'time-zone' },
    { name: 'days', kind: 'days' },
    { name: 'closed-days', kind: 'choice', choices: ['on', 'off'] },
  ],
  ownOnSlack: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { options } = question;
    const asks = Object.keys(options).length === 0;
    const shown = asks
      ? channel
      : await context.channels.change(channel.id, (settings) => scheduled(settings, options));
    return showChannel(question, context, shown, ({ words }) => ({
      title: words.say(asks ? 'channel.schedule.show' : 'channel.schedule.set'),
      topics: options['time-zone'] === undefined ? ['digest'] : ['digest', 'place'],
    }));
  }),
};
