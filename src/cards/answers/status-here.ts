import type { Translator } from '../../i18n/catalogue.ts';
import type { PastAlert } from '../../stories/alert.ts';
import type { Invitation } from '../../stories/platforms.ts';
import type { Row, Section } from '../card.ts';
import { pauseText } from '../channel-notice-card.ts';
import { type ChannelView, channelTime, digestRows, heldText, mutedName } from './channel-rows.ts';
import { lackTexts } from './lack-texts.ts';

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

/** Whether cards come: not while the channel is paused or its platform takes none; perhaps without a part. */
const cardsText = ({ words, channel }: ChannelView, closed: string | undefined): string => {
  if (channel.paused) return pauseText(words, channel.paused);
  if (closed !== undefined) return words.say('status.cards-wait', { why: closed });
  const texts = lackTexts(words, channel);
  return texts.length === 0 ? words.say('status.cards-come') : texts.join(' ');
};

/**
 * `closed`: why the platform takes no cards at the moment. The status of the channel of the question: paused or not, mutes, next digest,
 * alerts that were not posted.
 */
export const statusHere = (view: ChannelView, past: readonly PastAlert[], closed?: string): Section => {
  const { words, mutes } = view;
  return {
    heading: words.say('status.here'),
    rows: [
      {
        label: words.say('status.cards'),
        text: cardsText(view, closed),
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

/** The status of a channel in a server that the bot is not in. */
export const statusAbsent = (words: Translator, invitation: Invitation | undefined): Section => ({
  heading: words.say('status.here'),
  rows: [
    {
      label: words.say('status.cards'),
      text: words.say('status.cards-absent'),
      ...(invitation && { aside: words.say(`invite.${invitation.to}-open`), link: invitation.url }),
    },
  ],
});

/** The status of a channel that is not set up. */
export const statusNowhere = (words: Translator, setup: string): Section => ({
  heading: words.say('status.here'),
  rows: [{ label: words.say('status.cards'), text: words.say('status.cards-none', { setup }) }],
});
