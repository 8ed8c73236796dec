import { channelTime, mutedName } from '../src/cards/answers/channel-rows.ts';
import { unmuteButton } from '../src/cards/buttons.ts';
import type { Calendar } from '../src/market/calendar.ts';
import { MINUTE_MS } from '../src/util/durations.ts';
import type { Command } from './command.ts';
import { shownPerson } from './shown-person.ts';
import { inChannel, showChannel } from './this-channel.ts';

const DEFAULT_MINUTES = '60';

/** The close of the next session that has not opened yet, in epoch milliseconds. */
export const endOfNextSession = (calendar: Calendar, now: number): number => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  if (hours && now < hours.open) return hours.close;
  return calendar.hours(calendar.next(today))?.close ?? now;
};

/** Mutes a symbol in this channel, or all of them, for a while. Alerts that are held back are counted, and told at its end. */
export const mute: Command = {
  name: 'mute',
  options: [
    { name: 'symbol', kind: 'symbol', choices: ['all'] },
    { name: 'duration', kind: 'duration' },
  ],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { now, options, asker } = question;
    const { symbol: asked = 'all', duration = DEFAULT_MINUTES } = options;
    const symbol = asked === 'all' ? '*' : asked;
    const until = duration === 'session' ? endOfNextSession(context.calendar, now) : now + Number(duration) * MINUTE_MS;
    const name = shownPerson(question.askerName);
    await context.channels.mute(channel.id, symbol, until, asker, now, {
      ...(name !== undefined && { name }),
      ...(question.message !== undefined && { messageId: question.message }),
    });
    return showChannel(question, context, channel, (view) => ({
      title: view.words.say('channel.mute.until', {
        name: mutedName(view.words, symbol),
        instant: channelTime(view, until),
      }),
      lead: [
        ...(name === undefined ? [] : [view.words.say('channel.mute.by', { by: name })]),
        view.words.say('channel.mute.lead'),
      ],
      topics: view.mutes.length > 1 ? ['mutes'] : [],
      actions: [unmuteButton(view.words, symbol)],
    }));
  }),
};
