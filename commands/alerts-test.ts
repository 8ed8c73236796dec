import { type ChannelView, channelTime, mutedName, pingedName } from '../src/cards/answers/channel-rows.ts';
import { formatFullDate } from '../src/i18n/dates.ts';
import { nameInSentence } from '../src/i18n/names.ts';
import type { TestSample } from '../src/stories/channel-stories.ts';
import type { Command } from './command.ts';
import { problem, readerOf } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** What the card shows. */
const sampleLine = ({ words }: ChannelView, sample: TestSample | undefined): string => {
  if (!sample) return words.say('channel.alerts.test-bare');
  const { slide, recorded } = sample;
  return words.say(recorded ? 'channel.alerts.test-recorded' : 'channel.alerts.test-own', {
    name: nameInSentence(words, slide),
    date: formatFullDate(words, slide.session),
  });
};

/** Settings that hold back an alert, or ping somebody, and what they do to the test card. */
const settingLines = (view: ChannelView, sample: TestSample | undefined): string[] => {
  const { words, channel, mutes } = view;
  const { ping, quiet } = channel.settings;
  const mute = mutes.find(({ symbol }) => symbol === '*' || symbol === sample?.slide.symbol);
  return [
    ...(ping ? [words.say('channel.alerts.test-ping', { who: pingedName(view, ping) })] : []),
    ...(quiet ? [words.say('channel.alerts.test-quiet', { ...quiet })] : []),
    ...(mute
      ? [
          words.say('channel.alerts.test-muted', {
            name: mutedName(words, mute.symbol),
            instant: channelTime(view, mute.until),
          }),
        ]
      : []),
    ...(channel.paused ? [words.say('channel.alerts.test-paused')] : []),
  ];
};

/** Enqueues a test card for this channel, which is delivered like an alert, and has the asker told what came of it. */
export const alertsTest: Command = {
  name: 'alerts test',
  options: [],
  standalone: false,
  forAsker: true,
  changes: true,
  promisesCards: () => true,
  run: inChannel(async (question, context, channel) => {
    const { now, language, lacking, tellLater, pings } = question;
    const { ping } = channel.settings;
    const pingIsSilent = ping !== undefined && pings?.(ping.id) === false;
    const sample = await context.testSample(channel);
    const { storyId, isNew } = await context.channels.sendTest(channel.id, now, sample);
    if (tellLater) context.whenTested(storyId, { language, pingIsSilent, tell: tellLater });
    if (!isNew) return problem(readerOf(question, context), 'channel.alerts.test-under-way');
    const answer = await showChannel(question, context, channel, (view) => ({
      title: view.words.say('channel.alerts.test'),
      lead: [
        view.words.say(tellLater ? 'channel.alerts.test-lead' : 'channel.alerts.test-lead-untold'),
        sampleLine(view, sample),
        ...settingLines(view, sample),
        ...(lacking === undefined ? [] : [lacking]),
      ],
      topics: [],
    }));
    return { ...answer, forAsker: true };
  }),
};
