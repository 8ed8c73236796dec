import { channelTime, mutedName } from '../src/cards/answers/channel-rows.ts';
import { unmuteButton } from '../src/cards/mute-buttons.ts';
import type { Calendar } from '../src/market/calendar.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

const MINUTE_MS = 60_000;
/** An hour. */
const USUAL = '60';

/** The close of the next session to open, epoch milliseconds. */
export const endOfNextSession = (calendar: Calendar, now: number): number => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  if (hours && now < hours.open) return hours.close;
  return calendar.hours(calendar.next(today))?.close ?? now;
};

/** Silences a symbol in this channel, or everything, and says until when. What happens meanwhile is counted. */
export const mute: Command = {
  name: 'mute',
  options: [
    { name: 'symbol', kind: 'symbol' },
    { name: 'duration', kind: 'duration' },
  ],
  ownOnSlack: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { now, options, asker } = question;
    const { symbol = '*', duration = USUAL } = options;
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
