import type { Translator } from '../../i18n/catalogue.ts';
import type { PastAlert } from '../../stories/alert.ts';
import type { Row, Section } from '../card.ts';
import { pauseText } from '../channel-notice-card.ts';
import { type ChannelView, channelTime, digestRows, heldText, mutedName } from './channel-rows.ts';

/** States of deliveries that were due and are not posted. */
const UNPOSTED_STATES = ['quiet', 'unsure', 'muted', 'expired', 'failed'] as const;

/** "3 held until the quiet hours end, 1 expired before posting". */
const unpostedRows = (words: Translator, past: readonly PastAlert[]): Row[] => {
  const states = UNPOSTED_STATES.map((state) => [state, past.filter((alert) => alert.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => words.say('status.waiting-count', { count, state: words.say(`channel.state.${state}`) }));
  if (states.length === 0) return [];
  const text = words.say('status.waiting-of', { count: past.length, states: states.join('; ') });
  return [{ label: words.say('status.waiting'), text }];
};

/** The status of the channel of the question: paused or not, mutes, next digest, alerts that were not posted. */
export const statusHere = (view: ChannelView, past: readonly PastAlert[]): Section => {
  const { words, channel, mutes } = view;
  return {
    heading: words.say('status.here'),
    rows: [
      {
        label: words.say('status.cards'),
        text: channel.paused ? pauseText(words, channel.paused) : words.say('status.cards-come'),
      },
      ...mutes.map(({ symbol, until, held }) => ({
        label: words.say('status.muted'),
        text: `${mutedName(words, symbol)}, ${words.say('channel.muted-until', { instant: channelTime(view, until), held: heldText(words, held) })}`,
      })),
      ...digestRows(view).slice(-1),
      ...unpostedRows(words, past),
    ],
  };
};

/** The status of a channel that is not set up. */
export const statusNowhere = (words: Translator, setup: string): Section => ({
  heading: words.say('status.here'),
  rows: [{ label: words.say('status.cards'), text: words.say('status.cards-none', { setup }) }],
});
