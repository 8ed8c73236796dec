import { expect, test } from 'vitest';
import { muteButton } from '../../../src/cards/buttons.ts';
import { callButton } from '../../../src/cards/call.ts';
import { memoryChannels } from '../../commands/memory-channels.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { catalogue } from './fake-questions.ts';
import { NOW, realBot } from './real-bot.ts';
import { CHANNEL, double, nvidia, platform, posting } from './support.ts';

const ADMIN = 'U0000000002';
const GUEST = 'U0000000003';

/** An alert with mute buttons that an earlier run has posted, and a bot that was started since. */
const restarted = async (action = muteButton(catalogue.in('en'), 'NVDA')) => {
  const slack: SlackDouble = await double();
  slack.setPerson(ADMIN, { admin: true });
  slack.setPerson(GUEST, {});
  const before = platform(slack);
  await before.post(posting({ card: { ...nvidia, actions: [action] } }));
  await before.stop();
  const channels = memoryChannels();
  const { id } = await channels.open({ platform: 'slack', address: CHANNEL }, { language: 'en', origin: 'setup' }, NOW);
  await realBot(slack, { channels });
  const press = async (userId: string) => {
    await slack.press({ messageId: slack.messages(CHANNEL)[0]?.ts ?? '', label: action.label, userId });
    await slack.until(() => slack.ephemerals.length === 1);
  };
  return { slack, press, mutes: () => channels.mutes(id, NOW) };
};

test('a mute button on an old card works after a restart, and answers only the person who pressed it', async () => {
  const { slack, press, mutes } = await restarted();
  await press(ADMIN);
  expect(await mutes()).toMatchObject([{ symbol: 'NVDA', until: NOW + 3_600_000 }]);
  expect(slack.ephemerals).toMatchObject([{ userId: ADMIN, text: expect.stringContaining('NVDA') }]);
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0, text: expect.stringContaining(nvidia.title) }]);
  expect([slack.invalid, slack.late]).toEqual([[], []]);
});

test('a mute button mutes nothing for people who may not change the channel, and says so', async () => {
  const { slack, press, mutes } = await restarted();
  await press(GUEST);
  expect(await mutes()).toEqual([]);
  expect(slack.ephemerals).toMatchObject([{ userId: GUEST }]);
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0 }]);
});

test('buttons that cards no longer have still work on those of an earlier version', async () => {
  const session = { name: 'mute', options: { symbol: 'NVDA', duration: 'session' } };
  const { press, mutes } = await restarted(callButton('Mute to end of next session', session));
  await press(ADMIN);
  const [muted] = await mutes();
  expect(muted).toMatchObject({ symbol: 'NVDA' });
  expect(muted?.until).toBeGreaterThan(NOW + 3_600_000);

  const { slack, ...other } = await restarted(
    callButton('Drawdown', { name: 'drawdown', options: { symbol: 'NVDA' } }),
  );
  await other.press(ADMIN);
  expect(slack.ephemerals).toMatchObject([{ userId: ADMIN, text: expect.stringContaining('Nvidia') }]);
});
