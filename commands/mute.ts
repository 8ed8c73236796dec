import { channelTime, mutedName } from '../src/cards/answers/channel-rows.ts';
import { unmuteButton } from '../src/cards/buttons.ts';
import type { Calendar } from '../src/market/calendar.ts';
import { MINUTE_MS } from '../src/util/durations.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

const DEFAULT_MINUTES = '60';

/** The close of the next session that has not opened yet, in epoch milliseconds. */
export const endOfNextSession = (calendar: Calendar, now: number): number => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  if (hours && now < hours.open) return hours.close;
  return calendar.hours(calendar.next(today))?.close ?? now;
};

/** Mutes a symbol in this channel, or all of them, for a while. Alerts that are held back are counted. */
export const mute: Command = {
  name: 'mute',
  options: [
    { name: 'symbol', kind: 'symbol' },
    { name: 'duration', kind: 'duration' },
  ],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { now, options, asker } = question;
    const { symbol = '*', duration = DEFAULT_MINUTES } = options;
    const until = duration === 'session' ? endOfNextSession(context.calendar, now) : now + Number(duration) * MINUTE_MS;
    await context.channels.mute(channel.id, symbol, until, asker, now);
    return showChannel(question, context, channel, (view) => ({
      title: view.words.say('channel.mute.until', {
        name: mutedName(view.words, symbol),
        instant: channelTime(view, until),
      }),
      lead: [view.words.say('channel.mute.lead')],
      topics: view.mutes.length > 1 ? ['mutes'] : [],
      actions: [unmuteButton(view.words, symbol)],
    }));
  }),
};
